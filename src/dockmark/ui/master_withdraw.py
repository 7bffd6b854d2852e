"""What has not come of an order and will not come: asked with its reason, and recorded."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from dockmark.ui.master_dialogs import WithdrawDialog

if TYPE_CHECKING:
    from dockmark.desks.master import EntryView, Saved
    from dockmark.ui.bridge import Bridge
    from dockmark.ui.service import Service


class Withdrawing(QObject):
    """One question at a time, on the page that it belongs to."""

    done = Signal(object)  # Saved
    failed = Signal(object)  # BaseException

    def __init__(self, page: QWidget, bridge: Bridge) -> None:
        super().__init__(page)
        self._page = page
        self._bridge = bridge
        self.service: Service | None = None
        self.dialog: WithdrawDialog | None = None

    def ask(self, view: EntryView, names: list[str]) -> None:
        """Why these lines of that order will not come."""
        self.dialog = WithdrawDialog(self._page, view.title, names)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.confirmed.connect(partial(self._on_confirmed, view.id, names))
        self.dialog.ask()

    def refuse(self, words: str) -> None:
        """It may not be, and why."""
        if self.dialog is not None:
            self.dialog.refuse(words)

    def _on_confirmed(self, identity: str, names: list[str], reason: str) -> None:
        if self.service is not None:
            question = self.service.master.withdraw(f"order:{identity}", names, reason)
            self._bridge.ask(self, question, self._on_done, failed=self.failed.emit)

    def _on_done(self, saved: Saved) -> None:
        if self.dialog is not None:
            self.dialog.accept()
        self.done.emit(saved)

    def _on_closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
