"""The screen of the hold desk: a unit is held or released with a reason, and released by another than held it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget

from dockmark.desks.views import DeskView
from dockmark.record.refusal import Refused
from dockmark.ui.actions import Work, action
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import Card, TallScroll, gap, rows
from dockmark.ui.desks.refusal_panel import ReasonPanel
from dockmark.ui.flow import FlowLayout
from dockmark.ui.labels import Headline, Sentence, Value
from dockmark.ui.words import _, undoes, unit_line

if TYPE_CHECKING:
    from dockmark.desks.answer import Answer, UnitView
    from dockmark.ui.bridge import Bridge
    from dockmark.ui.service import Service

DESK: Final = "holds"


class HoldingScreen(QWidget):
    """The unit in hand, the two commands, and the reasons."""

    unit_chosen = Signal(str)  # unit id; the list that it would come from is the search

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.setObjectName("holdingScreen")
        self._bridge = bridge
        self._service: Service | None = None
        self._posted: set[str] = set()
        self._unit: UnitView | None = None
        self._build()
        self._lay_out()
        self.reasons.chosen.connect(self._on_reason)
        self._show(DeskView())

    def attend(self, service: Service) -> None:
        """Work with that station from now on."""
        self._service = service
        self.reasons.offer(service.reasons())
        self.refresh()

    def refresh(self) -> None:
        """Ask how the desk stands."""
        if self._service is not None:
            self._bridge.ask(self, self._service.view(DESK), self._show, topic="view")

    def take(self, answer: Answer) -> None:
        """An answer of this desk: it may name the unit in hand, or ask for a reason."""
        if answer.unit is not None:
            self._unit = answer.unit
        self._show_reasons(answer.code == Refused.REASON_NEEDED)
        self._show_unit()
        self.refresh()

    def step_back(self) -> bool:
        """Leave the question for a reason; false when there was none."""
        asked = not self.reasons.isHidden()
        self._show_reasons(False)
        return asked

    def _build(self) -> None:
        self.unit = Value("holdUnit", 1.4, QFont.Weight.Bold)
        self.words = Sentence("holdSentence", 1.1)
        self.reasons = ReasonPanel("hold")
        self.hold = CommandButton("holdButton", _("Hold"), "quarantine", "QUARANTINE · F7")
        self.release = CommandButton("releaseButton", _("Release"), "accept", "RELEASE · F6")
        self.undo = CommandButton("holdUndoButton", _("Undo"), "undo", keys="UNDO · Ctrl+Z", hint=undoes(None))
        for button, work in (
            (self.release, Work(_("Release the unit"), "F6", partial(self._command, "RELEASE"), "RELEASE")),
            (self.hold, Work(_("Hold the unit"), "F7", partial(self._command, "QUARANTINE"), "QUARANTINE")),
            (self.undo, Work(_("Undo"), "Ctrl+Z", partial(self._command, "UNDO"), "UNDO")),
        ):
            action(self, button, work)

    def _lay_out(self) -> None:
        card = Card("holdCard")
        inner = rows(card, margin=2)
        inner.addWidget(Headline(_("Hold and release")))
        inner.addWidget(self.unit)
        inner.addWidget(self.words)
        commands = QWidget()
        flow = FlowLayout(commands, gap(self))
        for button in (self.hold, self.release, self.undo):
            flow.addWidget(button)
        content = QWidget()
        body = rows(content)
        body.addWidget(card)
        body.addWidget(self.reasons)
        body.addStretch(1)
        whole = rows(self)
        whole.addWidget(TallScroll("holdingScroll", content), 1)
        whole.addWidget(commands)
        self.reasons.hide()

    def _show(self, view: DeskView) -> None:
        self.undo.say(_("Undo"), undoes(view.undo))
        self.undo.setAccessibleName(_("Undo: {what}").format(what=undoes(view.undo)))
        self.undo.setEnabled(view.undo is not None)
        if view.waiting == Refused.REASON_NEEDED:
            self._show_reasons(True)
        self._show_unit()

    def _show_unit(self) -> None:
        has = self._unit is not None and self._service is not None
        self.unit.setVisible(has)
        self.unit.setText(unit_line(self._unit) if self._unit is not None else "")
        known = _("Hold it or release it, and say why. Who holds a unit does not release it: scan another badge.")
        self.words.setText(known if has else _("Scan the unit that shall be held or released."))
        self.hold.setEnabled(has)
        self.release.setEnabled(has)

    def _show_reasons(self, wanted: bool) -> None:
        if wanted and self.reasons.isHidden():
            self.reasons.begin()
        elif not wanted:
            self.reasons.hide()

    def _command(self, word: str) -> None:
        """Send a command once: neither a double click nor a bouncing key posts it twice."""
        if self._service is None or word in self._posted:
            return
        self._posted = {word}
        QTimer.singleShot(QApplication.doubleClickInterval(), partial(self._posted.discard, word))
        self._bridge.ask(self, self._service.command(DESK, word), self._on_answer)

    def _on_reason(self, code: str) -> None:
        self._posted.clear()
        if self._service is not None:
            self._bridge.ask(self, self._service.command(DESK, "REASON", code=code), self._on_answer)

    def _on_answer(self, _answer: object) -> None:
        """The answer is shown when the station tells of it."""
