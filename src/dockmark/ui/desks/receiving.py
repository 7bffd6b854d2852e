"""The screen of the receiving desk. It shows what the desk says and sends what the clerk wants; it decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from dockmark.desks.answer import Answer, Outcome
from dockmark.desks.views import DeskView, ReceivedUnit
from dockmark.record.refusal import Refused
from dockmark.ui.actions import Work, action
from dockmark.ui.bridge import Bridge
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import TallScroll, gap, rows
from dockmark.ui.desks.by_hand import ByHand
from dockmark.ui.desks.certificate_dialog import CertificateDialog
from dockmark.ui.desks.finish_dialog import FinishDialog
from dockmark.ui.desks.invitation import Invitation
from dockmark.ui.desks.receipt_header import ReceiptHeader
from dockmark.ui.desks.receiving_tables import ReceivingTables
from dockmark.ui.desks.refusal_panel import ReasonPanel, RefusalPanel
from dockmark.ui.flow import FlowLayout
from dockmark.ui.service import Service
from dockmark.ui.words import _, undoes

if TYPE_CHECKING:
    from dockmark.station.papers import Folder

DESK: Final = "receiving"


class ReceivingScreen(QWidget):
    """Receipt, refusal, lines, units, and the commands below."""

    unit_chosen = Signal(str)  # unit id

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.setObjectName("receivingScreen")
        self._bridge = bridge
        self._service: Service | None = None
        self._view = DeskView()
        self._reason_wanted = False
        self._last_receipt = ""
        """The receipt that was open before: its papers stay at hand when it is finished."""
        self._posted: set[str] = set()
        """Commands sent a moment ago."""
        self.actions_: list[QAction] = []
        self._build_parts()
        self._build_commands()
        self._lay_out()
        self._connect()
        self._show(self._view)

    def attend(self, service: Service) -> None:
        """Work with that station from now on."""
        self._service = service
        self.reasons.offer(service.reasons())
        self.refusal.attend(self._bridge, service)
        self.refresh()

    def refresh(self) -> None:
        """Ask how the desk stands; a late answer to an older question is dropped."""
        if self._service is not None:
            self._bridge.ask(self, self._service.view(DESK), self._show, topic="view")

    def step_back(self) -> bool:
        """Leave what is half done; false when there was nothing."""
        if self.by_hand.isVisible() and self._view.receipt:
            self._show_by_hand(False)
            return True
        return False

    @property
    def view(self) -> DeskView:
        """The desk as it was told last."""
        return self._view

    def _build_parts(self) -> None:
        self.header = ReceiptHeader()
        self.refusal = RefusalPanel()
        self.refusal.unit_chosen.connect(self.unit_chosen)
        self.reasons = ReasonPanel()
        self.tables = ReceivingTables()
        self.by_hand = ByHand()
        self.invitation = Invitation()
        self.finish_dialog = FinishDialog(self)
        self.certificate_dialog = CertificateDialog(self)

    def _build_commands(self) -> None:
        self.undo = CommandButton("undoButton", _("Undo"), "undo", _("nothing to undo"), keys="UNDO · Ctrl+Z")
        self.damaged = CommandButton("damagedButton", _("Damaged"), "damaged", "DAMAGED · F9")
        self.repeat = CommandButton("repeatButton", _("Label again"), "repeat", "REPEAT · F11")
        self.certificate = CommandButton("certificateButton", _("Certificate"), "certificate", "F12")
        self.papers = CommandButton("papersButton", _("Papers"), "order", "Ctrl+R")
        self.hand = CommandButton("byHandButton", _("By hand"), "type", "Ctrl+T")
        self.hand.setCheckable(True)
        self.finish = CommandButton("finishButton", _("Finish"), "finish", "FINISH · F10", main=True)
        work: tuple[tuple[QPushButton, Work], ...] = (
            (self.refusal.accept, Work(_("Accept with reason"), "F6", self._on_accept, "ACCEPT")),
            (self.refusal.quarantine, Work(_("Quarantine"), "F7", self._on_quarantine, "QUARANTINE")),
            (self.refusal.skip, Work(_("Skip the refused unit"), "F8", self._on_skip, "SKIP")),
            (self.damaged, Work(_("Damaged"), "F9", self._on_damaged, "DAMAGED")),
            (self.finish, Work(_("Finish the receipt"), "F10", self._on_finish, "FINISH")),
            (self.repeat, Work(_("Print the label again"), "F11", self._on_repeat, "REPEAT")),
            (self.certificate, Work(_("Attach a certificate"), "F12", self._on_certificate)),
            (self.papers, Work(_("Papers of this receipt"), "Ctrl+R", self._on_papers)),
            (self.undo, Work(_("Undo"), "Ctrl+Z", self._on_undo, "UNDO")),
            (self.hand, Work(_("Type order, place or unit by hand"), "Ctrl+T", self._on_by_hand)),
        )
        self.actions_ = [action(self, button, each) for button, each in work]

    def _lay_out(self) -> None:
        self._commands = QWidget()
        self._flow = FlowLayout(self._commands, gap(self))
        for button in (
            self.undo, self.damaged, self.repeat, self.certificate, self.papers, self.hand, self.finish,
        ):  # fmt: skip
            self._flow.addWidget(button)
        content = QWidget()
        body = rows(content)
        parts: tuple[QWidget, ...] = (self.header, self.refusal, self.reasons)
        for widget in parts:
            body.addWidget(widget)
        body.addWidget(self.invitation, 1)
        body.addWidget(self.tables, 1)
        body.addWidget(self.by_hand)
        self._scroll = TallScroll("receivingScroll", content)
        whole = rows(self)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(self._commands)
        self.reasons.hide()

    def _connect(self) -> None:
        self.reasons.chosen.connect(self._on_reason)
        self.tables.units.chosen.connect(self._on_unit_chosen)
        self.by_hand.order_typed.connect(self._on_order_typed)
        self.by_hand.place_typed.connect(self._on_place_typed)
        self.by_hand.note_typed.connect(self._on_note_typed)
        self.by_hand.unit_typed.connect(self._on_unit_typed)
        self.finish_dialog.accepted.connect(self._on_finish_confirmed)
        self.certificate_dialog.given.connect(self._on_certificate_given)
        self.certificate_dialog.paper_given.connect(self._on_paper_given)

    def _show(self, view: DeskView) -> None:
        fresh = view.receipt != self._view.receipt
        self._last_receipt = view.receipt or self._view.receipt or self._last_receipt
        self._view = view
        open_now = bool(view.receipt)
        self.header.setVisible(open_now)
        self.header.show_view(view)
        self.refusal.show_refusal(view.refusal)
        self._show_reasons(view.waiting == Refused.REASON_NEEDED)
        self.invitation.setVisible(not open_now)
        self.tables.setVisible(open_now)
        self.tables.show_view(view)
        if fresh or not open_now:
            self._show_by_hand(not open_now)
        self._show_commands(view)

    def _show_commands(self, view: DeskView) -> None:
        reverses = undoes(view.undo)
        self.undo.say(_("Undo"), reverses)
        self.undo.setAccessibleName(_("Undo: {what}").format(what=reverses))
        for button, on in (
            (self.undo, view.undo is not None),
            (self.damaged, bool(view.receipt)),
            (self.repeat, bool(view.units)),
            (self.certificate, bool(view.receipt)),
            (self.papers, bool(self._last_receipt)),
            (self.finish, bool(view.receipt)),
        ):
            button.setEnabled(on and self._service is not None)
        for button in (self.refusal.accept, self.refusal.quarantine, self.refusal.skip):
            button.setEnabled(view.refusal is not None)
        for button in (self.repeat, self.hand, self.finish):
            button.setVisible(view.refusal is None)
        # While a receipt is open the row is full: its papers are at hand by key and menu.
        self.papers.setVisible(not view.receipt)
        self._flow.invalidate()
        if self.finish_dialog.isVisible() and not view.receipt:
            self.finish_dialog.reject()

    def _show_reasons(self, wanted: bool) -> None:
        if wanted and not self._reason_wanted:
            self.reasons.begin()
            QTimer.singleShot(0, self._on_reasons_laid_out)
        elif not wanted:
            self.reasons.hide()
        self._reason_wanted = wanted

    def _show_by_hand(self, shown: bool) -> None:
        self.by_hand.setVisible(shown)
        self.hand.setChecked(shown)
        if shown and self._view.receipt:
            QTimer.singleShot(0, self._on_hand_laid_out)

    def _on_reasons_laid_out(self) -> None:
        self._scroll.ensureWidgetVisible(self.reasons)

    def _on_hand_laid_out(self) -> None:
        self._scroll.ensureWidgetVisible(self.by_hand)

    def _command(self, word: str, facts: Mapping[str, str] | None = None) -> None:
        """Send a command once: neither a double click nor a bouncing key posts it twice."""
        if self._service is None or word in self._posted:
            return
        # Another command between: it is asked for anew, however fast.
        self._posted.clear()
        if word != "TYPED":
            self._posted.add(word)
            QTimer.singleShot(QApplication.doubleClickInterval(), partial(self._posted.discard, word))
        self._bridge.ask(self, self._service.command(DESK, word, **(facts or {})), self._on_answer)

    def _on_answer(self, _answer: object) -> None:
        self.refresh()

    def _on_accept(self) -> None:
        self._command("ACCEPT")

    def _on_quarantine(self) -> None:
        self._command("QUARANTINE")

    def _on_skip(self) -> None:
        self._command("SKIP")

    def _on_damaged(self) -> None:
        self._command("DAMAGED")

    def _on_repeat(self) -> None:
        self._command("REPEAT")

    def _on_undo(self) -> None:
        self._command("UNDO")

    def _on_reason(self, code: str) -> None:
        self._command("REASON", {"code": code})

    def _on_finish(self) -> None:
        self.finish_dialog.ask(self._view)

    def _on_finish_confirmed(self) -> None:
        if not self.finish_dialog.wants_papers:
            self._command("FINISH")
        elif self._service is not None and "FINISH" not in self._posted:
            closed = self._service.command(DESK, "FINISH")
            self._bridge.ask(self, closed, partial(self._on_closed, self._view.receipt))

    def _on_closed(self, receipt: str, answer: Answer) -> None:
        self.refresh()
        if answer.outcome is not Outcome.REFUSED:
            self._show_papers(receipt)

    def _on_papers(self) -> None:
        self._show_papers(self._last_receipt)

    def _show_papers(self, receipt: str) -> None:
        from dockmark.ui.preview import show_document

        if self._service is not None and receipt:
            show_document(self, self._bridge, self._service, "receipt", receipt)

    def _on_certificate(self) -> None:
        self.certificate_dialog.ask()
        if self._service is not None:
            kept = self._service.papers.folder(self._view.receipt)
            self._bridge.ask(self, kept, self._on_folder, topic="folder")

    def _on_folder(self, folder: Folder) -> None:
        self.certificate_dialog.show_kept([(it.kind, it.name) for it in folder.sheets if it.sha256])

    def _on_certificate_given(self, path: str) -> None:
        self._command("CERTIFICATE", {"file": path})

    def _on_paper_given(self, kind: str, path: str) -> None:
        self._command("PAPER", {"kind": kind, "file": path})

    def _on_by_hand(self) -> None:
        self._show_by_hand(not self.by_hand.isVisible() or not self._view.receipt)
        if self.by_hand.isVisible() and self._view.receipt:
            self.by_hand.begin_unit()
        elif self.by_hand.isVisible():
            self.by_hand.begin_receipt()

    def _on_unit_chosen(self, row: object) -> None:
        if isinstance(row, ReceivedUnit):
            self.unit_chosen.emit(row.unit.id)

    def _on_order_typed(self, text: str) -> None:
        self._begin(order=text)

    def _on_place_typed(self, text: str) -> None:
        self._begin(place=text)

    def _begin(self, *, order: str = "", place: str = "") -> None:
        if self._service is not None:
            self._bridge.ask(self, self._service.begin(DESK, order=order, place=place), self._on_answer)

    def _on_note_typed(self, text: str) -> None:
        self._command("NOTE", {"value": text})

    def _on_unit_typed(self, typed: object) -> None:
        if isinstance(typed, dict):
            self._command("TYPED", {str(key): str(value) for key, value in typed.items()})
