"""The card at the right: which unit this is, its six lights with the reason of each, where it is, what happened."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QStackedWidget, QWidget

from dockmark.custody.lights import Finding, Lamp, Light, Verdict
from dockmark.desks.answer import UnitView
from dockmark.desks.views import HistoryLine, UnitCard
from dockmark.ui.cards import Card, TallScroll, gap, rows
from dockmark.ui.icons import status_shape
from dockmark.ui.labels import Caption, Headline, Sentence, Value
from dockmark.ui.lists import Entry, EntryList
from dockmark.ui.theme import target
from dockmark.ui.verdicts import lamp_face
from dockmark.ui.words import (
    _,
    condition_word,
    finding_words,
    happened,
    lamp_word,
    light_word,
    mark_word,
    seen,
    state_word,
    when,
)


class LightRow(QWidget):
    """One light: shape, its name, one word, and why."""

    def __init__(self, light: Light) -> None:
        super().__init__()
        self.setObjectName(f"light_{light.value}")
        self._lamp = Lamp.UNKNOWN
        self._shape = QLabel()
        self._shape.setObjectName(f"lightShape_{light.value}")
        self.word = Value(f"lightWord_{light.value}", weight=QFont.Weight.Bold)
        self.why = Sentence(f"lightWhy_{light.value}", 0.95)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(gap(self))
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._shape, 0, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Headline(light_word(light), 1.0), 0, 1)
        self.word.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self.word, 0, 2)
        grid.addWidget(self.why, 1, 1, 1, 2)

    def show_finding(self, finding: Finding | None) -> None:
        """Show how this light stands; without a finding it is unknown."""
        lamp = finding.state if finding is not None else Lamp.UNKNOWN
        is_other, self._lamp = lamp is not self._lamp or not self.word.text(), lamp
        self.word.setText(lamp_word(self._lamp))
        self.why.setText(finding_words(finding.code, finding.facts) if finding is not None and finding.code else "")
        if self.why.isHidden() == bool(self.why.text()):
            self.why.setVisible(bool(self.why.text()))
        if is_other:
            self._tint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_shape"):
            self._tint()

    def _tint(self) -> None:
        role, shape = lamp_face(self._lamp)
        side = round(self.fontMetrics().height() * 1.25)
        self._shape.setPixmap(status_shape(shape, role, side, self.window().palette()))


class UnitCardPanel(Card):
    """Shows one unit, or says how to come to one."""

    def __init__(self) -> None:
        super().__init__("unitCard")
        self.setAccessibleName(_("Unit card"))
        self._shown = ""
        self._lights = {light: LightRow(light) for light in Light}
        self._build_head()
        self._build_facts()
        self.history = EntryList("unitHistory", _("History of this unit"), acted_on=False)
        self.history.setMinimumHeight(target() * 4)
        self.history.setFrameShape(QFrame.Shape.NoFrame)
        self._lay_out()
        self.clear()

    @property
    def shown(self) -> str:
        """The id of the unit on show, or nothing."""
        return self._shown

    def clear(self) -> None:
        """No unit: say how to come to one."""
        self._shown = ""
        self._pages.setCurrentIndex(0)

    def show_unit(self, unit: UnitView, verdict: Verdict) -> None:
        """Show at once what an answer tells; the rest follows with `show_card`."""
        if unit.id != self._shown or not unit.id:
            self.history.show_entries([])
            self._show_marks(())
        self._show_identity(unit)
        self._show_verdict(verdict)

    def show_card(self, card: UnitCard) -> None:
        """Show everything that is known of a unit."""
        self._show_identity(card.unit)
        self._show_verdict(card.verdict)
        self._show_marks(card.marks)
        self.history.show_entries([_entry(number, line) for number, line in enumerate(card.history)])

    def _build_head(self) -> None:
        self.serial = Value("unitSerial", 1.5, QFont.Weight.Bold)
        self.part = Value("unitPart", 1.1)
        self.description = Value("unitDescription", 1.0, QFont.Weight.Normal)
        self.state = Value("unitState", 1.0)

    def _build_facts(self) -> None:
        self._facts: dict[str, Value] = {}
        self._fact_rows = QWidget()
        self._fact_grid = QGridLayout(self._fact_rows)
        self._fact_grid.setContentsMargins(0, 0, 0, 0)
        self._fact_grid.setHorizontalSpacing(gap(self) * 2)
        self._fact_grid.setVerticalSpacing(gap(self) // 2)
        self._fact_grid.setColumnStretch(1, 1)
        for key in ("place", "owner", "condition", "lot", "quantity", "expiry"):
            self._fact(key)

    def _fact(self, key: str) -> Value:
        if key not in self._facts:
            value = Value(f"unitFact_{key}")
            row = self._fact_grid.rowCount()
            caption = Caption(mark_word(key))
            self._fact_grid.addWidget(caption, row, 0)
            self._fact_grid.addWidget(value, row, 1)
            caption.setObjectName(f"unitFactName_{key}")
            self._facts[key] = value
            value.setProperty("caption", caption)
        return self._facts[key]

    def _lay_out(self) -> None:
        self._pages = QStackedWidget()
        whole = rows(self, margin=0.2)
        whole.addWidget(self._pages)
        self._pages.addWidget(_invitation())
        content = QWidget()
        body = rows(content, margin=1.6, spacing=0.9)
        for line in (self.serial, self.part, self.description, self.state):
            body.addWidget(line)
        for light in Light:
            body.addWidget(self._lights[light])
        body.addSpacing(gap(self))
        body.addWidget(self._fact_rows)
        body.addSpacing(gap(self))
        body.addWidget(Headline(_("History"), 1.0))
        body.addWidget(self.history, 1)
        self._pages.addWidget(TallScroll("unitCardScroll", content))

    def _show_identity(self, unit: UnitView) -> None:
        self._shown = unit.id
        self._pages.setCurrentIndex(1)
        self.serial.setText(seen(unit.serial) or _("no serial"))
        self.part.setText(seen(unit.part))
        self.description.setText(seen(unit.description))
        self.description.setVisible(bool(unit.description))
        self.state.setText(state_word(unit.state))
        quantity = str(unit.quantity) if unit.quantity != 1 else ""
        condition = condition_word(unit.condition) if unit.condition else ""
        own = (("place", unit.place), ("owner", unit.owner), ("condition", condition))
        for key, value in (*own, ("lot", unit.lot), ("quantity", quantity), ("expiry", unit.expiry)):
            self._set_fact(key, value)

    def _set_fact(self, key: str, text: str) -> None:
        value = self._fact(key)
        value.setText(seen(text))
        if value.isHidden() == bool(text):  # every change of what is seen lays the card out anew
            value.setVisible(bool(text))
            value.property("caption").setVisible(bool(text))

    def _show_verdict(self, verdict: Verdict) -> None:
        for light, row in self._lights.items():
            row.show_finding(verdict.get(light))

    def _show_marks(self, marks: tuple[tuple[str, str], ...]) -> None:
        told = {key for key, _value in marks}
        for key in set(self._facts) - {"place", "owner", "condition", "lot", "quantity", "expiry"} - told:
            self._set_fact(key, "")
        for key, text in marks:
            self._set_fact(key, text)


def _entry(number: int, line: HistoryLine) -> Entry:
    below = " · ".join(part for part in (when(line.at), seen(line.who)) if part)
    return Entry(str(number), happened(line.what), below)


def _invitation() -> QWidget:
    page = QWidget()
    body = rows(page, margin=2)
    words = Sentence("unitCardEmpty")
    words.setText(_("Scan a unit, or choose one from a list: its verdict and its history stand here."))
    words.setAlignment(Qt.AlignmentFlag.AlignCenter)
    words.setForegroundRole(Caption("").foregroundRole())
    words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
    body.addWidget(words)
    return page
