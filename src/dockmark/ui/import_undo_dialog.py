"""Undo of a whole import: what would be withdrawn and what stays is said first, then a reason is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialog, QWidget

from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import columns, rows
from dockmark.ui.import_file_step import TroubleLine
from dockmark.ui.import_words import thing_word, things_words
from dockmark.ui.labels import Caption, Field, Sentence
from dockmark.ui.lists import Entry, EntryList
from dockmark.ui.theme import Role
from dockmark.ui.words import _, seen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dockmark.desks.importing.undoing import Item, UndoPlan


class ImportUndoDialog(QDialog):
    """Stops nothing: scans wait until it is answered, as with every dialog."""

    confirmed = Signal(str, str)  # id of the import, reason

    def __init__(self, parent: QWidget, plan: UndoPlan) -> None:
        super().__init__(parent)
        self._plan = plan
        self.setObjectName("importUndoDialog")
        self.setWindowTitle(_("Undo an import – Dockmark"))
        self.title = Sentence("importUndoTitle", 1.3, QFont.Weight.DemiBold)
        self.title.setText(_("Undo the import of {file}").format(file=seen(plan.file)))
        self.withdrawn = Sentence("importUndoWithdrawn", 1.05)
        self.withdrawn.setText(
            _("Withdrawn, as if it had never come: {things}.").format(things=things_words(plan.withdrawn))
            if plan.count else _("Everything of it is in use: nothing can be withdrawn.")
        )  # fmt: skip
        self.going = EntryList("importUndoGoing", _("What is withdrawn"), acted_on=False)
        self.going.show_entries(_entries(plan.withdrawn_items))
        self.kept = TroubleLine("importUndoKept")
        kept = _("Stays, because it was used since: {things}.").format(things=things_words(plan.kept))
        self.kept.say(kept if plan.kept else "", Role.WARN)
        self.staying = EntryList("importUndoStaying", _("What stays"), acted_on=False)
        self.staying.show_entries(_entries(plan.kept_items))
        self.staying.setVisible(bool(plan.kept_items))
        self.reason = Field("importUndoReason", _("Reason"), _("why the file is taken back"))
        self.trouble = TroubleLine("importUndoTrouble")
        self.back = CommandButton("importUndoBackButton", _("Keep the import"), "back", _("Esc"))
        self.confirm = CommandButton("importUndoConfirmButton", _("Undo the import"), "undo", _("Enter"), main=True)
        self.confirm.setEnabled(False)
        self._lay_out()
        self.reason.textChanged.connect(self._on_text)
        self.reason.returnPressed.connect(self._on_confirm)
        self.back.clicked.connect(self.reject)
        self.confirm.clicked.connect(self._on_confirm)

    def ask(self) -> None:
        """Come up, ready for the reason."""
        letter = self.fontMetrics().averageCharWidth()
        self.resize(letter * 90, self.fontMetrics().height() * (30 if self._plan.kept else 24))
        self.open()
        self.reason.setFocus()

    def refuse(self, words: str) -> None:
        """It may not be undone, and why."""
        self.trouble.say(words)
        self._on_text()

    def _lay_out(self) -> None:
        buttons = QWidget()
        line = columns(buttons)
        line.addStretch(1)
        line.addWidget(self.back)
        line.addWidget(self.confirm)
        whole = rows(self, margin=2)
        whole.addWidget(self.title)
        whole.addWidget(self.withdrawn)
        if self._plan.count:
            whole.addWidget(self.going, 1)
        whole.addWidget(self.kept)
        whole.addWidget(self.staying, 1)
        whole.addWidget(Caption(_("Reason"), self.reason))
        for widget in (self.reason, self.trouble, buttons):
            whole.addWidget(widget)

    def _on_text(self) -> None:
        self.confirm.setEnabled(bool(self.reason.text().strip()) and self._plan.count > 0)

    def _on_confirm(self) -> None:
        if self.confirm.isEnabled():
            self.confirm.setEnabled(False)
            self.confirmed.emit(self._plan.import_id, self.reason.text().strip())


def _entries(items: Sequence[Item]) -> list[Entry]:
    return [Entry(f"{place}", seen(item.title), thing_word(item.kind)) for place, item in enumerate(items)]
