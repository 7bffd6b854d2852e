"""Sees to it that somebody works at the window: covers it while nobody does, asks for PINs and signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from dockmark.record.refusal import Refusal
from dockmark.ui.actions import Work, action
from dockmark.ui.words import _, said

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from dockmark.desks.answer import Answer
    from dockmark.desks.views import Answered, StationInfo
    from dockmark.people.signatures import Signer
    from dockmark.station.sessions import PersonView
    from dockmark.ui.bridge import Bridge
    from dockmark.ui.service import Service
    from dockmark.ui.sign_in_dialog import SignInCover, SignInDialog, SignInForm
    from dockmark.ui.signature_dialog import SignatureDialog

_WORDS: Final = {"release": "RELEASE", "override": "ACCEPT"}
"""Which command is said once more, signed, for which meaning."""
_BUSY: Final = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel})


class Attendant(QObject):
    """Made with the window, busy once a station is attended."""

    def __init__(self, window: QMainWindow, bridge: Bridge, minutes: int) -> None:
        super().__init__(window)
        self._window = window
        self._bridge = bridge
        self._service: Service | None = None
        self._cover: SignInCover | None = None
        self._dialog: SignInDialog | None = None
        self._signature: SignatureDialog | None = None
        self._operator = ""
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(max(0, minutes) * 60_000)
        self._idle.timeout.connect(self._on_idle)
        action(window, None, Work(_("Sign in with a PIN"), "Ctrl+Shift+I", self.ask_sign_in))
        action(window, None, Work(_("Leave the window to others"), "Ctrl+Shift+E", self._on_leave))

    def attend(self, service: Service) -> None:
        """Watch over that station from now on."""
        self._service = service
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
            app.installEventFilter(self)

    def show_info(self, info: StationInfo) -> None:
        """Somebody came or went: cover the window, or free it."""
        self._operator = info.operator
        away = not info.operator and not info.read_only
        if away and self._cover is None:
            from dockmark.ui.sign_in_dialog import SignInCover

            self._cover = SignInCover(self._window)
            self._cover.form.offered.connect(self._on_offered)
        if self._cover is not None:
            self._cover.lie(away)
        self._rest()

    def heard(self, told: Answered) -> None:
        """An answer came: work goes on, and perhaps a signature is wanted."""
        self._rest()
        answer = told.answer
        if answer.code == "not_signed_in" and self._cover is not None:
            self._cover.form.show_fault(said(answer.code))
        if answer.code == "signature_needed" and self._service is not None and self._signature is None:
            asked = self._service.sessions.people()
            self._bridge.ask(self, asked, lambda people: self._ask_signature(told.desk, answer, people))

    def ask_sign_in(self) -> None:
        """The dialog for id and PIN."""
        from dockmark.ui.sign_in_dialog import SignInDialog

        if self._service is None or (self._cover is not None and self._cover.isVisible()):
            return
        dialog = self._dialog = SignInDialog(self._window)
        dialog.form.offered.connect(self._on_offered)
        dialog.finished.connect(self._on_dialog_done)
        dialog.ask()

    def leave(self, why: str) -> None:
        """Sign out: the window is covered until somebody signs in."""
        if self._service is not None and self._operator:
            self._bridge.ask(self, self._service.sessions.leave(why), _nothing)

    def _on_leave(self) -> None:
        self.leave("left")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _BUSY:
            self._rest()
        return False

    def _rest(self) -> None:
        if self._operator and self._idle.interval():
            self._idle.start()
        else:
            self._idle.stop()

    def _on_idle(self) -> None:
        if self._service is not None and self._operator:
            self._bridge.ask(self, self._service.sessions.people(), self._leave_idle)

    def _leave_idle(self, people: list[PersonView]) -> None:
        """Only where somebody can come back: with a badge or a PIN."""
        me = next((each for each in people if each.id == self._operator), None)
        if me is not None and (me.badges or me.pin == "own"):
            self.leave("idle")

    def _forms(self) -> list[SignInForm]:
        return [it.form for it in (self._dialog, self._cover) if it is not None and shiboken6.isValid(it)]

    def _on_offered(self, operator: str, pin: str) -> None:
        if self._service is not None:
            asked = self._service.sessions.sign_in(operator, pin)
            self._bridge.ask(self, asked, self._on_signed_in, failed=self._on_not_signed_in)

    def _on_signed_in(self, _done: None) -> None:
        if self._dialog is not None and shiboken6.isValid(self._dialog):
            self._dialog.accept()

    def _on_not_signed_in(self, why: BaseException) -> None:
        for form in self._forms():
            form.show_fault(said(why.code.value, why.facts) if isinstance(why, Refusal) else str(type(why).__name__))

    def _on_dialog_done(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None

    # -- signatures -------------------------------------------------------------------------------------------------

    def _ask_signature(self, desk: str, answer: Answer, people: list[PersonView]) -> None:
        from dockmark.ui.signature_dialog import SignatureDialog
        from dockmark.wording import statement

        word = _WORDS.get(str(answer.facts.get("meaning", "")))
        if word is None or self._signature is not None:
            return
        apart = answer.facts.get("apart")
        lines = statement(str(answer.facts["meaning"]), answer.facts)
        names = {each.id: each.name or each.id for each in people if not each.disabled and not each.erased}
        dialog = SignatureDialog(self._window, lines, names, apart if isinstance(apart, list) else [])
        self._signature = dialog
        facts = {name: str(answer.facts[name]) for name in ("reason", "note") if answer.facts.get(name)}
        dialog.signed.connect(lambda signer: self._sign(desk, word, facts, signer))
        dialog.badge_scanned.connect(self._on_badge)
        dialog.finished.connect(self._on_signature_done)
        dialog.ask()

    def _on_badge(self, payload: str) -> None:
        if self._service is not None and self._signature is not None:
            asked = self._service.sessions.owner(payload)
            self._bridge.ask(self._signature, asked, self._on_owner)

    def _on_owner(self, found: tuple[str, str]) -> None:
        if self._signature is not None and shiboken6.isValid(self._signature):
            self._signature.show_owner(*found)

    def _sign(self, desk: str, word: str, facts: dict[str, str], signer: Signer) -> None:
        if self._service is not None:
            asked = self._service.signed(desk, word, dict(facts), signer)
            self._bridge.ask(self, asked, self._on_sign_answer)

    def _on_sign_answer(self, answer: Answer) -> None:
        dialog = self._signature
        if dialog is None or not shiboken6.isValid(dialog):
            return
        if answer.outcome.value == "refused":
            dialog.show_fault(said(answer.code, answer.facts))
        else:
            dialog.accept()

    def _on_signature_done(self) -> None:
        if self._signature is not None:
            self._signature.deleteLater()
            self._signature = None


def _nothing(_done: object) -> None:
    """The window hears of it as news."""
