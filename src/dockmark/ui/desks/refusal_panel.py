"""The refusal that waits for its answer, and the reasons to answer with. It stays until a scan or a key answers."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from shiboken6 import isValid

from dockmark.desks.answer import Answer, UnitView
from dockmark.ui.actions import Work, action
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import Card, columns, emptied, gap, rows
from dockmark.ui.flow import FlowLayout
from dockmark.ui.icons import status_shape
from dockmark.ui.labels import Sentence, Value
from dockmark.ui.theme import Role
from dockmark.ui.verdicts import face
from dockmark.ui.words import _, seen, told, unit_line

if TYPE_CHECKING:
    from dockmark.ui.bridge import Bridge
    from dockmark.ui.service import Service


class RefusalPanel(Card):
    """What was refused and why, with the three answers; beside them the units of ours that it is mistaken for."""

    unit_chosen = Signal(str)  # a unit that shall come onto the card

    def __init__(self) -> None:
        super().__init__("refusalPanel")
        self._bridge: Bridge | None = None
        self._service: Service | None = None
        self._refusal: Answer | None = None
        self._in_strip = ""
        self.setAccessibleName(_("Refused: waits for an answer"))
        self._face = (Role.STOP, "refused")
        self._shape = QLabel()
        self.title = Value("refusalTitle", 1.2, QFont.Weight.Bold)
        self.why = Sentence("refusalSentence", 1.05)
        self.unit = Value("refusalUnit", 1.0, QFont.Weight.Normal)
        self.accept = CommandButton("acceptButton", _("Accept with reason"), "accept", "ACCEPT · F6")
        self.quarantine = CommandButton("quarantineButton", _("Quarantine"), "quarantine", "QUARANTINE · F7")
        self.skip = CommandButton("skipButton", _("Skip"), "skip", "SKIP · F8")
        self.compare = CommandButton("compareButton", _("Compare histories"), "views", "Ctrl+Shift+H")
        action(self, self.compare, Work(_("Compare both histories"), "Ctrl+Shift+H", self.show_beside))
        self._lay_out()

    def attend(self, bridge: "Bridge", service: "Service") -> None:
        """Ask that station for the histories to compare."""
        self._bridge, self._service = bridge, service

    def strip_says(self, answer: Answer) -> None:
        """What the strip above says now need not be said here again; once it says something else, it is."""
        self._in_strip = told(answer)
        self._show_why()

    def _show_why(self) -> None:
        self.why.setVisible(self.why.text() != self._in_strip)

    def show_beside(self) -> None:
        """The piece in hand beside the units that the refusal names."""
        from dockmark.ui.beside_dialog import BesideDialog

        refusal, known = self._refusal, self._known()
        if self._bridge is None or self._service is None or refusal is None or not known:
            return
        dialog = BesideDialog(self.window())
        dialog.chosen.connect(self.unit_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.ask()
        show = partial(dialog.show_units, hand=hand_of(refusal), why=told(refusal))
        self._bridge.ask(dialog, self._service.cards.bearing(known), show)

    def _known(self) -> tuple[str, ...]:
        """The units of ours that the refusal names."""
        named = self._refusal.facts.get("units") if self._refusal is not None else None
        return tuple(named) if isinstance(named, list) else ()

    def show_refusal(self, refusal: Answer | None) -> None:
        """Show that refusal, or with None hide."""
        self.setVisible(refusal is not None)
        self._refusal = refusal
        self.compare.setVisible(bool(self._known()) and self._service is not None)
        if refusal is None:
            return
        shown = face(refusal)
        self._face = (shown.role, shown.shape)
        self.title.setText(_("Refused, waiting for your answer"))
        self.why.setText(told(refusal))
        self._show_why()
        self.unit.setText(unit_line(refusal.unit) if refusal.unit is not None else "")
        self.unit.setVisible(refusal.unit is not None)
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_shape"):
            self._tint()

    def _lay_out(self) -> None:
        words = QWidget()
        lines = rows(words, spacing=0.3)
        for line in (self.title, self.why, self.unit):
            lines.addWidget(line)
        head = QWidget()
        across = columns(head, spacing=1.6)
        across.addWidget(self._shape)
        across.addWidget(words, 1)
        answers = QWidget()
        flow = FlowLayout(answers, gap(self))
        for button in (self.accept, self.quarantine, self.skip, self.compare):
            flow.addWidget(button)
        whole = rows(self, margin=1.4, spacing=1.2)
        whole.addWidget(head)
        whole.addWidget(answers)

    def _tint(self) -> None:
        role, shape = self._face
        self.mark(role)
        self._shape.setPixmap(status_shape(shape, role, self.fontMetrics().height() * 3, self.window().palette()))


def hand_of(refusal: Answer) -> UnitView:
    """The piece in the clerk's hand, as far as the refusal tells of it: it is no unit of ours yet."""
    if refusal.unit is not None:
        return refusal.unit
    part, serial = refusal.facts.get("part", ""), refusal.facts.get("serial", "")
    return UnitView(id="", part=str(part), serial=str(serial), state="")


class ReasonPanel(Card):
    """The reasons as buttons, while one is awaited. Scanning a reason does the same."""

    chosen = Signal(str)  # the code of the reason

    def __init__(self, prefix: str = "") -> None:
        super().__init__(f"{prefix}ReasonPanel" if prefix else "reasonPanel")
        self.setAccessibleName(_("Choose the reason"))
        self._prefix = prefix
        self._reasons: tuple[tuple[str, str], ...] = ()
        self._before: QWidget | None = None
        """What had the focus before the reasons came."""
        self.title = Sentence(f"{prefix}ReasonTitle" if prefix else "reasonTitle", 1.1, QFont.Weight.DemiBold)
        self.title.setText(_("Scan the reason or choose it here."))
        self._choices = QWidget()
        self._flow = FlowLayout(self._choices, gap(self))
        whole = rows(self, margin=1.4, spacing=1.2)
        whole.addWidget(self.title)
        whole.addWidget(self._choices)

    def offer(self, reasons: Sequence[tuple[str, str]]) -> None:
        """Offer these reasons: pairs of code and sentence."""
        if tuple(reasons) == self._reasons:
            return
        self._reasons = tuple(reasons)
        emptied(self._flow)
        for code, sentence in self._reasons:
            button = CommandButton(f"{self._prefix}reason_{code}", seen(sentence))
            button.setProperty("reason", code)
            button.clicked.connect(self._on_clicked)
            self._flow.addWidget(button)

    def begin(self) -> None:
        """Come up with the first reason in focus."""
        focus = QApplication.focusWidget()
        if focus is not None and not self.isAncestorOf(focus):
            self._before = focus
        self.show()
        first = self._flow.itemAt(0)
        if first is not None and (widget := first.widget()) is not None:
            widget.setFocus()

    def setVisible(self, visible: bool) -> None:
        """Going, it gives the focus back: the next unit is typed where the one before was."""
        before, focus = self._before, QApplication.focusWidget()
        if not visible and before is not None:
            self._before = None
            if focus is not None and self.isAncestorOf(focus) and isValid(before) and before.isVisible():
                before.setFocus()
        super().setVisible(visible)

    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.chosen.emit(str(button.property("reason")))
