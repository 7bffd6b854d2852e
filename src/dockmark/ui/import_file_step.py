"""First step of the wizard: choose a file or a depot's folder, or look at what was imported and undo it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QLabel, QWidget

from dockmark.ui.actions import Work, action
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import Card, TallScroll, columns, rows
from dockmark.ui.icons import drawn, status_shape
from dockmark.ui.import_words import line_below, line_title
from dockmark.ui.labels import Caption, Field, Headline, Sentence
from dockmark.ui.lists import Entry, EntryList
from dockmark.ui.open_dialog import choose_path
from dockmark.ui.theme import Role
from dockmark.ui.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dockmark.station.imports import ImportLine


class TroubleLine(QWidget):
    """What is wrong and what to do next: a shape, and a sentence beside it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._shape = QLabel()
        self._role = Role.STOP
        self.words = Sentence(name, 1.05, QFont.Weight.DemiBold)
        line = columns(self)
        line.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.words, 1)
        self.hide()

    def say(self, words: str, role: Role = Role.STOP) -> None:
        """Say it; nothing hides the line."""
        self._role = role
        self.words.setText(words)
        self.setVisible(bool(words))
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._tint()

    def _tint(self) -> None:
        shape = {Role.STOP: "stop", Role.WARN: "warn", Role.OK: "ok", Role.INFO: "info"}[self._role]
        side = round(self.fontMetrics().height() * 1.5)
        self._shape.setPixmap(status_shape(shape, self._role, side, self.palette()))


class FileStep(QWidget):
    """Where the file is, and the imports that there were."""

    chosen = Signal(object)  # Path
    undo_wanted = Signal(str)  # id of an import

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("importFileStep")
        self.field = Field("importPathField", _("File or folder"), _("path of a file or folder"))
        self.field.setMaxLength(4096)
        self.browse = CommandButton("importBrowseButton", _("Choose a file …"), "import", "Ctrl+O", main=True)
        self.folder = CommandButton("importFolderButton", _("Choose a folder …"), "folder", "Ctrl+Shift+O")
        self.trouble = TroubleLine("importFileTrouble")
        self.list = EntryList("importList", _("Files that were imported"), acted_on=False)
        self.empty = Sentence("importListEmpty")
        self.empty.setText(_("Nothing was imported yet. What you import is listed here and can be undone as a whole."))
        self.empty.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.undo = CommandButton("importUndoButton", _("Undo this import …"), "undo", "Ctrl+Shift+U")
        self.undo.setEnabled(False)
        self._undone: set[str] = set()
        self._picture = QLabel()
        self._lay_out()
        self.field.returnPressed.connect(self._on_entered)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        for button, work in (
            (self.browse, Work(_("Choose a file"), "Ctrl+O", self._on_browse)),
            (self.folder, Work(_("Choose a folder"), "Ctrl+Shift+O", self._on_folder)),
            (self.undo, Work(_("Undo this import"), "Ctrl+Shift+U", self._on_undo)),
        ):
            action(self, button, work)

    def begin(self) -> None:
        """Ready to choose."""
        self.field.setFocus()
        self.field.selectAll()

    def show_imports(self, lines: Sequence[ImportLine]) -> None:
        """List these imports, the latest first."""
        self._undone = {line.it.id for line in lines if line.it.is_reversed}
        self.list.show_entries([Entry(line.it.id, line_title(line), line_below(line)) for line in lines])
        self.list.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self._on_current()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_picture"):
            self._tint()

    def _lay_out(self) -> None:
        drop = Card("importDropCard", ground=QPalette.ColorRole.AlternateBase)
        words = QWidget()
        lines = rows(words, spacing=0.4)
        lines.addWidget(Headline(_("Drop a file anywhere on this window"), 1.05))
        hint = Sentence("importDropHint")
        hint.setText(
            _("CSV or XLSX: parts, partners, places, orders, deliveries, units, stock, recalls, serial ranges.")
        )
        hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        lines.addWidget(hint)
        head = QWidget()
        across = columns(head, spacing=1.6)
        across.addWidget(self._picture)
        across.addWidget(words, 1)
        buttons = QWidget()
        line = columns(buttons)
        line.addWidget(self.field, 1)
        line.addWidget(self.browse)
        line.addWidget(self.folder)
        inner = rows(drop, margin=1.6, spacing=1.2)
        inner.addWidget(head)
        inner.addWidget(buttons)
        inner.addWidget(self.trouble)
        below = QWidget()
        foot = columns(below)
        foot.addWidget(Caption(_("Imported before"), self.list), 1)
        foot.addWidget(self.undo)
        content = QWidget()
        rows(self).addWidget(TallScroll("importFileScroll", content))
        whole = rows(content, spacing=1.2)
        whole.addWidget(drop)
        whole.addWidget(below)
        whole.addWidget(self.empty)
        whole.addWidget(self.list, 1)
        whole.addStretch(0)
        self._tint()

    def _tint(self) -> None:
        side = round(self.fontMetrics().height() * 2.4)
        self._picture.setPixmap(drawn("import", side, self.palette().color(QPalette.ColorRole.Highlight)))

    def _on_entered(self) -> None:
        if text := self.field.text().strip().strip('"'):
            self.chosen.emit(Path(text).expanduser())

    def _on_browse(self) -> None:
        choose_path(self, _("Choose a file"), self.field.text(), self._on_picked)

    def _on_folder(self) -> None:
        choose_path(self, _("Choose a folder"), self.field.text(), self._on_picked, folder=True)

    def _on_picked(self, path: str) -> None:
        self.field.setText(path)
        self._on_entered()

    def _on_current(self) -> None:
        key = self.list.current_key()
        self.undo.setEnabled(bool(key) and key not in self._undone)

    def _on_undo(self) -> None:
        if key := self.list.current_key():
            self.undo_wanted.emit(key)
