"""Units of one mark, or that look alike, side by side: how each stands, and what happened to it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QScrollArea, QWidget

from dockmark.custody.lights import gravest
from dockmark.desks.answer import UnitView
from dockmark.desks.card_views import Beside
from dockmark.ui.actions import Work, action, key_for
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import Card, columns, gap, rows
from dockmark.ui.icons import status_shape
from dockmark.ui.labels import Caption, Headline, Sentence, Value
from dockmark.ui.scroll_bar import QuietScrollBar
from dockmark.ui.unit_timeline import TimelineView
from dockmark.ui.verdicts import lamp_face
from dockmark.ui.words import _, condition_word, ngettext, number, seen, state_word, unit_line

MOST = 6
"""Units that stand beside one another; more are counted."""


class BesideColumn(Card):
    """One unit: what it is here for, how it stands, its history."""

    chosen = Signal(str)  # unit id

    def __init__(self, place: int, unit: Beside) -> None:
        super().__init__(f"besideUnit_{place}")
        self.id = unit.unit.id
        self.setAccessibleName(f"{how_word(unit.how)}: {unit_line(unit.unit)}")
        self.history = TimelineView(most_in_sight=3)
        self.history.setObjectName(f"besideHistory_{place}")
        self.history.show_lines(unit.timeline.entries)
        head = Value(f"besideHow_{place}", 1.0, QFont.Weight.Bold)
        head.setText(how_word(unit.how))
        serial = Value(f"besideSerial_{place}", 1.25, QFont.Weight.Bold)
        serial.setText(seen(unit.unit.serial) or _("no serial"))
        part = Value(f"besidePart_{place}", 1.0)
        part.setText(seen(unit.unit.part))
        part.setVisible(bool(unit.unit.part))
        body = rows(self, margin=1.4, spacing=0.6)
        body.addWidget(self._headed(unit, head))
        body.addWidget(serial)
        body.addWidget(part)
        body.addWidget(self._facts(place, unit))
        if unit.how == "hand":
            words = Sentence(f"besideNew_{place}")
            words.setText(_("Not taken in yet: nothing is known of it but its label."))
            body.addWidget(words)
            body.addStretch(1)
            self.history.hide()
        else:
            body.addWidget(Headline(_("History"), 1.0))
        body.addWidget(self.history, 1)
        more = Caption(_more(unit))
        more.setVisible(bool(unit.timeline.more))
        body.addWidget(more)
        self.open_button = CommandButton(f"besideOpen_{place}", _("Open its card"), "unit")
        self.open_button.clicked.connect(self._on_open)
        key_for(self.open_button, f"Ctrl+{place + 1}", f"{self.open_button.accessibleName()} ({place + 1})")
        body.addWidget(self.open_button)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 34)

    def _headed(self, unit: Beside, head: Value) -> QWidget:
        role, shape = lamp_face(gravest(unit.verdict))
        picture = QLabel()
        picture.setPixmap(status_shape(shape, role, round(self.fontMetrics().height() * 1.3), self.palette()))
        line = QWidget()
        across = columns(line)
        across.addWidget(picture)
        across.addWidget(head, 1)
        return line

    def _facts(self, place: int, unit: Beside) -> QWidget:
        view = unit.unit
        told: tuple[tuple[str, str, str], ...] = (
            ("state", _("State"), state_word(view.state)),
            ("condition", _("Condition"), condition_word(view.condition) if view.condition else ""),
            ("place", _("Place"), seen(view.place)),
            ("lot", _("Lot"), seen(view.lot)),
            ("supplier", _("Supplier"), seen(unit.supplier)),
            ("receipt", _("Receipt"), seen(unit.receipt)),
        )
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(gap(self) * 2)
        grid.setVerticalSpacing(gap(self) // 3)
        grid.setColumnStretch(1, 1)
        if unit.how == "hand":
            told = tuple(each for each in told if each[2])
        for row, (key, name, text) in enumerate(told):
            value = Value(f"besideFact_{place}_{key}")
            value.setText(text or "–")
            grid.addWidget(Caption(name), row, 0)
            grid.addWidget(value, row, 1)
        return box

    def _on_open(self) -> None:
        self.chosen.emit(self.id)


class BesideDialog(QDialog):
    """The columns, scrolled sideways where there is no room for all."""

    chosen = Signal(str)  # unit id to be shown on the card
    joined = Signal(str, str)  # ids of two units that are one
    parted = Signal(str, str)  # ids of two units that are two

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("besideDialog")
        self.setWindowTitle(_("Side by side – Dockmark"))
        self.words = Sentence("besideWords")
        self._content = QWidget()
        self._line = columns(self._content)
        area = QScrollArea()
        area.setObjectName("besideScroll")
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setVerticalScrollBar(QuietScrollBar())
        area.setWidget(self._content)
        self.columns: list[BesideColumn] = []
        self.back = CommandButton("besideCloseButton", _("Close"), "back", _("Esc"), main=True)
        self.back.clicked.connect(self.reject)
        foot = QWidget()
        across = columns(foot)
        across.addWidget(self._build_join())
        across.addWidget(self._build_part())
        across.addStretch(1)
        across.addWidget(self.back)
        whole = rows(self, margin=2)
        whole.addWidget(Headline(_("Side by side")))
        whole.addWidget(self.words)
        whole.addWidget(area, 1)
        whole.addWidget(foot)

    def _build_join(self) -> CommandButton:
        self.join_button = CommandButton("besideJoinButton", _("These are one unit…"))
        self.join_button.setVisible(False)
        action(self, self.join_button, Work(_("These are one unit…"), "Ctrl+J", self._on_join))
        return self.join_button

    def _build_part(self) -> CommandButton:
        self.part_button = CommandButton("besidePartButton", _("These are two units…"))
        self.part_button.setVisible(False)
        action(self, self.part_button, Work(_("These are two units…"), "Ctrl+Shift+J", self._on_part))
        return self.part_button

    def ask(self) -> None:
        """Come up without stopping anything, still empty."""
        parent = self.parentWidget()
        window = parent.window() if parent is not None else self
        self.words.setText(_("Reading the ledger …"))
        self.resize(round(window.width() * 0.9), round(window.height() * 0.9))
        self.open()
        self.back.setFocus()

    def show_units(self, units: Sequence[Beside], hand: UnitView | None = None, why: str = "") -> None:
        """Show these; `hand` is the piece in the clerk's hand where no unit of ours is it yet."""
        if hand is not None:
            units = [Beside(how="hand", unit=hand), *[each if each.how != "this" else _other(each) for each in units]]
        for place, unit in enumerate(units[:MOST]):
            column = BesideColumn(place, unit)
            column.open_button.setVisible(bool(unit.unit.id))
            column.chosen.connect(self._on_chosen)
            self._line.addWidget(column, 1)
            self.columns.append(column)
        is_pair = hand is None and [each.how for each in units] in (["this", "twin"], ["this", "alike"])
        self.join_button.setVisible(is_pair)
        self.part_button.setVisible(is_pair)
        rest = len(units) - MOST
        more = ngettext("{count} more is not shown.", "{count} more are not shown.", rest).format(count=number(rest))
        self.words.setText(
            " ".join([why or _("Units of the same mark, or that look alike."), *([more] if rest > 0 else [])])
        )

    def _on_join(self) -> None:
        self._say(self.joined)

    def _on_part(self) -> None:
        self._say(self.parted)

    def _say(self, said: SignalInstance) -> None:
        if self.join_button.isVisible():
            one, other = (column.id for column in self.columns)
            self.accept()
            said.emit(one, other)

    def _on_chosen(self, unit: str) -> None:
        self.accept()
        self.chosen.emit(unit)


def _other(unit: Beside) -> Beside:
    return Beside(
        how="known", unit=unit.unit, verdict=unit.verdict, supplier=unit.supplier, receipt=unit.receipt,
        timeline=unit.timeline,
    )  # fmt: skip


def _more(unit: Beside) -> str:
    return _("The latest {shown} of {all}").format(
        shown=number(len(unit.timeline.entries)), all=number(unit.timeline.total)
    )


def how_word(how: str) -> str:
    """Why a unit stands here."""
    words = {
        "this": _("This unit"),
        "hand": _("In your hand"),
        "known": _("Known already"),
        "twin": _("The same mark"),
        "alike": _("Looks like it"),
        "scrapped": _("Scrapped"),
    }
    return words.get(how, how)
