"""Two questions of the forms: what to do with what is not saved, and why something will not come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialog, QWidget

from dockmark.ui.actions import key_for
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import columns, rows
from dockmark.ui.import_file_step import TroubleLine
from dockmark.ui.labels import Caption, Field, Sentence
from dockmark.ui.words import _, seen

if TYPE_CHECKING:
    from collections.abc import Sequence


class UnsavedDialog(QDialog):
    """Save, leave it, or go on writing."""

    save_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent)
        self.setObjectName("masterUnsavedDialog")
        self.setWindowTitle(_("Not saved – Dockmark"))
        words = Sentence("masterUnsavedSentence", 1.15, QFont.Weight.DemiBold)
        words.setText(_("{what} is not saved.").format(what=title))
        self.back = CommandButton("masterUnsavedBackButton", _("Go on writing"), "back", _("Esc"))
        self.leave = CommandButton("masterUnsavedLeaveButton", _("Leave it unsaved"), "skip", _("Alt+L"))
        self.save = CommandButton("masterUnsavedSaveButton", _("Save"), "accept", "Ctrl+S", main=True)
        key_for(self.leave, "Alt+L")
        key_for(self.save, "Ctrl+S")
        buttons = QWidget()
        line = columns(buttons)
        for button in (self.back, self.leave, self.save):
            line.addWidget(button)
        whole = rows(self, margin=2, spacing=2)
        whole.addWidget(words)
        whole.addWidget(buttons)
        self.back.clicked.connect(self.reject)
        self.leave.clicked.connect(self._on_leave)
        self.save.clicked.connect(self._on_save)

    def ask(self) -> None:
        """Come up without stopping anything."""
        self.resize(self.fontMetrics().averageCharWidth() * 72, self.sizeHint().height())
        self.open()
        self.save.setFocus()

    def _on_leave(self) -> None:
        self.accept()
        self.leave_wanted.emit()

    def _on_save(self) -> None:
        self.accept()
        self.save_wanted.emit()


class WithdrawDialog(QDialog):
    """Which lines, and why what is missing of them will not come."""

    confirmed = Signal(str)

    def __init__(self, parent: QWidget, order: str, lines: Sequence[str]) -> None:
        super().__init__(parent)
        self.setObjectName("masterWithdrawDialog")
        self.setWindowTitle(_("Will not come – Dockmark"))
        words = Sentence("masterWithdrawSentence", 1.15, QFont.Weight.DemiBold)
        about = _("line {line} of {order}").format(line=seen(lines[0]), order=seen(order)) if lines else seen(order)
        words.setText(_("What has not come of {what} will not be expected any more.").format(what=about))
        hint = Sentence("masterWithdrawHint")
        hint.setText(_("What has come stays. A line that is corrected later is expected again."))
        self.reason = Field("masterWithdrawReason", _("Reason"), _("why it will not come"))
        self.trouble = TroubleLine("masterWithdrawTrouble")
        self.back = CommandButton("masterWithdrawBackButton", _("Go on waiting for it"), "back", _("Esc"))
        self.confirm = CommandButton(
            "masterWithdrawConfirmButton", _("It will not come"), "damaged", _("Enter"), main=True
        )
        self.confirm.setEnabled(False)
        buttons = QWidget()
        line = columns(buttons)
        line.addStretch(1)
        line.addWidget(self.back)
        line.addWidget(self.confirm)
        whole = rows(self, margin=2, spacing=1.4)
        whole.addWidget(words)
        whole.addWidget(hint)
        whole.addWidget(Caption(_("Reason"), self.reason))
        for widget in (self.reason, self.trouble, buttons):
            whole.addWidget(widget)
        self.reason.textChanged.connect(self._on_text)
        self.reason.returnPressed.connect(self._on_confirm)
        self.back.clicked.connect(self.reject)
        self.confirm.clicked.connect(self._on_confirm)

    def ask(self) -> None:
        """Come up, ready for the reason."""
        self.resize(self.fontMetrics().averageCharWidth() * 80, self.sizeHint().height())
        self.open()
        self.reason.setFocus()

    def refuse(self, words: str) -> None:
        """It may not be, and why."""
        self.trouble.say(words)
        self._on_text()

    def _on_text(self) -> None:
        self.confirm.setEnabled(bool(self.reason.text().strip()))

    def _on_confirm(self) -> None:
        if self.confirm.isEnabled():
            self.confirm.setEnabled(False)
            self.confirmed.emit(self.reason.text().strip())
