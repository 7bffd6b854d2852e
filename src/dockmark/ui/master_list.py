"""The entries of a kind at the left of the form, found by typing; parts to be completed first where that is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import rows
from dockmark.ui.import_columns_step import Choice
from dockmark.ui.labels import Caption, Field, Sentence
from dockmark.ui.lists import Entry, EntryList
from dockmark.ui.master_words import KINDS, detail_words, kinds_word
from dockmark.ui.words import _, ngettext, number, seen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dockmark.station.master import Listed, ToComplete


class EntriesPanel(QWidget):
    """Which kind, a field to find by, and the entries."""

    kind_chosen = Signal(str)
    text_changed = Signal(str)
    chosen = Signal(str)  # id of an entry
    to_complete_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("masterEntries")
        self.kind = Choice("masterKind", _("Kind of entry"))
        self.kind.setMinimumContentsLength(8)
        for each in KINDS:
            self.kind.addItem(kinds_word(each), each)
        self.field = Field("masterFindField", _("Find an entry"), _("number, code or name"))
        self.field.setClearButtonEnabled(True)
        self.field.installEventFilter(self)
        self.complete = CommandButton("masterToCompleteButton", _("To be completed"), "type", "Ctrl+J")
        self.list = EntryList("masterList", _("Entries"))
        self.empty = Sentence("masterListEmpty")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(120)
        whole = rows(self)
        whole.addWidget(self.kind)
        whole.addWidget(Caption(_("Find an entry"), self.field))
        for widget in (self.field, self.complete, self.empty):
            whole.addWidget(widget)
        whole.addWidget(self.list, 1)
        whole.addStretch(0)
        self.kind.activated.connect(self._on_kind)
        self.field.textChanged.connect(self._on_text)
        self._pause.timeout.connect(self._on_pause_over)
        self.list.chosen.connect(self.chosen)

    def show_kind(self, kind: str) -> None:
        """That kind is open."""
        self.kind.setCurrentIndex(self.kind.findData(kind))
        self.complete.setVisible(kind == "part" and self.complete.isEnabled())

    def show_entries(self, found: Sequence[Listed], current: str) -> None:
        """These entries, with the one that is open marked."""
        kind = str(self.kind.currentData())
        self.list.show_entries([Entry(each.id, seen(each.title), detail_words(kind, each.detail)) for each in found])
        self.list.choose(current)
        self.list.setVisible(bool(found))
        self.empty.setVisible(not found)
        words = _("Nothing is known under this text.") if self.field.text() else _("There is none yet. Add the first.")
        self.empty.setText(words)

    def mark(self, identity: str) -> None:
        """That entry is open."""
        self.list.choose(identity)

    def show_to_complete(self, told: ToComplete) -> None:
        """So many parts wait to be completed."""
        words = ngettext("{count} part to be completed", "{count} parts to be completed", told.count)
        self.complete.say(words.format(count=number(told.count)))
        self.complete.setEnabled(told.count > 0)
        self.complete.setVisible(told.count > 0 and self.kind.currentData() == "part")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if event.key() != Qt.Key.Key_Down or self.list.model().rowCount() == 0:
            return False
        self.list.setFocus()
        self.list.setCurrentIndex(self.list.model().index(0, 0))
        return True

    def _on_kind(self, index: int) -> None:
        self.kind_chosen.emit(str(self.kind.itemData(index)))

    def _on_text(self) -> None:
        self._pause.start()

    def _on_pause_over(self) -> None:
        self.text_changed.emit(self.field.text())
