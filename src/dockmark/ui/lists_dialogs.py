"""Which columns a list shows, which views were saved, and where a list is exported to."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from dockmark.lookup.lists.columns import Listing
from dockmark.station.list_files import SUFFIXES
from dockmark.ui.actions import Work, action
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import columns, rows
from dockmark.ui.labels import Caption, Field, Headline, Sentence
from dockmark.ui.lists import Entry, EntryList
from dockmark.ui.lists_views import LONGEST_NAME, View
from dockmark.ui.lists_words import title_of
from dockmark.ui.one_of import OneOf
from dockmark.ui.scroll_bar import quiet_scrolling
from dockmark.ui.theme import target
from dockmark.ui.words import _, seen
from dockmark.wording.lists import list_word

_KEY: Final = Qt.ItemDataRole.UserRole


class ColumnsDialog(QDialog):
    """Space shows or hides a column; Alt+Up and Alt+Down move it."""

    chosen = Signal(object)  # tuple[str, ...]

    def __init__(self, parent: QWidget, about: Listing, shown: Sequence[str]) -> None:
        super().__init__(parent)
        self.setObjectName("columnsDialog")
        self.setWindowTitle(_("Columns – Dockmark"))
        self._about = about
        self.list = QListWidget()
        self.list.setObjectName("columnsList")
        self.list.setAccessibleName(_("Columns"))
        quiet_scrolling(self.list)
        self.why = Sentence("columnsSentence")
        self.why.setText(_("Space shows or hides a column. The order here is the order in the list."))
        self.up = CommandButton("columnUpButton", _("Up"), "", "Alt+↑")
        self.down = CommandButton("columnDownButton", _("Down"), "", "Alt+↓")
        self.usual = CommandButton("columnsUsualButton", _("As at first"), "", "Alt+0")
        self.take = CommandButton("columnsTakeButton", _("Show these"), "accept", _("Enter"), main=True)
        self.back = CommandButton("columnsBackButton", _("Back"), "back", _("Esc"))
        self._lay_out()
        for button, work in (
            (self.up, Work(_("Up"), "Alt+Up", self._on_up)),
            (self.down, Work(_("Down"), "Alt+Down", self._on_down)),
            (self.usual, Work(_("As at first"), "Alt+0", self._on_usual)),
        ):
            action(self, button, work)
        self.list.itemActivated.connect(self._on_take)
        self.take.clicked.connect(self._on_take)
        self.back.clicked.connect(self.reject)
        self._fill(shown)

    def ask(self) -> None:
        """Come up with the columns as they are."""
        self.resize(self.fontMetrics().averageCharWidth() * 60, self.fontMetrics().height() * 30)
        self.open()
        self.list.setFocus()

    def _lay_out(self) -> None:
        moves, ends = QWidget(), QWidget()
        line = columns(moves)
        for button in (self.up, self.down, self.usual):
            line.addWidget(button)
        line.addStretch(1)
        last = columns(ends)
        last.addWidget(self.back)
        last.addStretch(1)
        last.addWidget(self.take)
        whole = rows(self, margin=2)
        whole.addWidget(Headline(_("Columns of the list")))
        whole.addWidget(self.why)
        whole.addWidget(self.list, 1)
        whole.addWidget(moves)
        whole.addWidget(ends)

    def _fill(self, shown: Sequence[str]) -> None:
        self.list.clear()
        rest = [column.key for column in self._about.columns if column.key not in shown]
        for key in (*shown, *rest):
            item = QListWidgetItem(title_of(self._about.column(key)))
            item.setData(_KEY, key)
            item.setCheckState(Qt.CheckState.Checked if key in shown else Qt.CheckState.Unchecked)
            item.setSizeHint(QSize(0, target()))
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _on_up(self) -> None:
        self._move(-1)

    def _on_down(self) -> None:
        self._move(1)

    def _move(self, step: int) -> None:
        row = self.list.currentRow()
        if 0 <= row + step < self.list.count():
            item = self.list.takeItem(row)
            self.list.insertItem(row + step, item)
            self.list.setCurrentRow(row + step)

    def _on_usual(self) -> None:
        self._fill(self._about.shown)

    def _on_take(self) -> None:
        items = [self.list.item(row) for row in range(self.list.count())]
        keys = tuple(str(each.data(_KEY)) for each in items if each.checkState() is Qt.CheckState.Checked)
        if not keys:
            self.why.setText(_("Choose at least one column."))
            return
        self.chosen.emit(keys)
        self.accept()


class ViewsDialog(QDialog):
    """The saved views: Enter opens one, a name saves the present one."""

    opened = Signal(object)  # View
    saved = Signal(str)  # name for the present view
    removed = Signal(str)  # name

    def __init__(self, parent: QWidget, views: Sequence[View], suggested: str) -> None:
        super().__init__(parent)
        self.setObjectName("viewsDialog")
        self.setWindowTitle(_("Views – Dockmark"))
        self._views = list(views)
        self.list = EntryList("viewsList", _("Saved views"))
        self.words = Sentence("viewsSentence")
        self.name = Field("viewName", _("Name for what is shown now"))
        self.name.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, True)
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setText(suggested)
        self.save = CommandButton("viewSaveButton", _("Save"), "accept", _("Enter"), main=True)
        self.remove = CommandButton("viewRemoveButton", _("Remove"), "skip", _("Del"))
        self.back = CommandButton("viewsBackButton", _("Back"), "back", _("Esc"))
        self._lay_out()
        action(self, self.remove, Work(_("Remove the view"), "Del", self._on_remove))
        self.list.chosen.connect(self._on_opened)
        self.name.returnPressed.connect(self._on_save)
        self.save.clicked.connect(self._on_save)
        self.back.clicked.connect(self.reject)
        self._show()

    def ask(self) -> None:
        """Come up with the views that there are."""
        tall = self.fontMetrics().height() * 28 if self._views else self.sizeHint().height()
        self.resize(self.fontMetrics().averageCharWidth() * 64, tall)
        self.open()
        (self.list if self._views else self.name).setFocus()

    def _lay_out(self) -> None:
        line_of_name, ends = QWidget(), QWidget()
        line = columns(line_of_name)
        line.addWidget(self.name, 1)
        line.addWidget(self.save)
        last = columns(ends)
        last.addWidget(self.back)
        last.addStretch(1)
        last.addWidget(self.remove)
        whole = rows(self, margin=2)
        whole.addWidget(Headline(_("Saved views")))
        whole.addWidget(self.words)
        whole.addWidget(self.list, 1)
        whole.addWidget(Caption(_("&Name for what is shown now"), self.name))
        whole.addWidget(line_of_name)
        whole.addWidget(ends)

    def _show(self) -> None:
        self.list.show_entries([Entry(each.name, seen(each.name), list_word(each.query.list)) for each in self._views])
        self.list.setVisible(bool(self._views))
        self.remove.setEnabled(bool(self._views))
        self.words.setText(
            _("Enter opens a view: its list, filters, columns and order.")
            if self._views
            else _("None yet. Give what is shown now a name, and it can be opened again from here.")
        )
        if self._views and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.list.model().index(0, 0))

    def _on_opened(self, name: str) -> None:
        for view in self._views:
            if view.name == name:
                self.opened.emit(view)
                self.accept()

    def _on_save(self) -> None:
        name = " ".join(self.name.text().split())
        if not name:
            self.words.setText(_("Type a name first."))
            self.name.setFocus()
            return
        self.saved.emit(name)
        self.accept()

    def _on_remove(self) -> None:
        name = self.list.current_key()
        if name and not self.name.hasFocus():
            self._views = [each for each in self._views if each.name != name]
            self.removed.emit(name)
            self._show()


class ExportDialog(QDialog):
    """Where to, and in which form."""

    wanted = Signal(object)  # Path

    def __init__(self, parent: QWidget, about: Listing, rows_words: str, start: Path) -> None:
        super().__init__(parent)
        self.setObjectName("exportDialog")
        self.setWindowTitle(_("Export – Dockmark"))
        self._replacing = ""
        self.words = Sentence("exportSentence")
        self.words.setText(_("{count}, with the columns, filters and order that are shown.").format(count=rows_words))
        self.file = Field("exportFile", _("File"))
        self.file.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, True)
        self.file.setMaxLength(4096)
        self.file.setText(str(start))
        self.forms: dict[str, CommandButton] = {}
        self.take = CommandButton("exportStartButton", _("Export"), "export", _("Enter"), main=True)
        self.back = CommandButton("exportBackButton", _("Back"), "back", _("Esc"))
        self._lay_out(list_word(about.name))
        self.file.returnPressed.connect(self._on_take)
        self.file.textChanged.connect(self._on_text)
        self.take.clicked.connect(self._on_take)
        self.back.clicked.connect(self.reject)
        self._on_text()

    def ask(self) -> None:
        """Come up ready to type another name."""
        self.resize(self.fontMetrics().averageCharWidth() * 80, self.sizeHint().height())
        self.open()
        self.file.setFocus()
        name, suffix = self.file.text(), self.path().suffix
        stem = len(self.path().stem)
        self.file.setSelection(len(name) - len(suffix) - stem, stem)

    def path(self) -> Path:
        """The file that was named."""
        return Path(self.file.text().strip()).expanduser()

    def _lay_out(self, title: str) -> None:
        forms, ends = QWidget(), QWidget()
        line, group = columns(forms), OneOf(self)
        names = {".xlsx": _("Excel (XLSX)"), ".csv": "CSV", ".json": "JSON"}
        for suffix in sorted(SUFFIXES, key=list(names).index):
            button = self.forms[suffix] = CommandButton(f"exportAs_{suffix[1:]}", names[suffix])
            button.setCheckable(True)
            button.setProperty("suffix", suffix)
            button.clicked.connect(self._on_form)
            group.addButton(button)
            line.addWidget(button)
        line.addStretch(1)
        last = columns(ends)
        last.addWidget(self.back)
        last.addStretch(1)
        last.addWidget(self.take)
        whole = rows(self, margin=2)
        whole.addWidget(Headline(_("Export {list}").format(list=title)))
        whole.addWidget(self.words)
        whole.addWidget(Caption(_("&File"), self.file))
        whole.addWidget(self.file)
        whole.addWidget(forms)
        whole.addWidget(ends)

    def _on_form(self) -> None:
        suffix = str(self.sender().property("suffix"))
        path = self.path()
        self.file.setText(str(path.with_suffix(suffix) if path.name else path / f"dockmark{suffix}"))

    def _on_text(self) -> None:
        suffix = self.path().suffix.lower()
        for known, button in self.forms.items():
            button.setChecked(known == suffix)
        if self._replacing:
            self._replacing = ""
            self.take.say(_("Export"), _("Enter"))

    def _on_take(self) -> None:
        path = self.path()
        if path.suffix.lower() not in SUFFIXES or path.is_dir():
            self.words.setText(_("The name must end in .xlsx, .csv or .json."))
        elif not path.parent.is_dir():
            self.words.setText(_("There is no such folder. Choose another."))
        elif path.exists() and self._replacing != str(path):
            self._replacing = str(path)
            self.words.setText(_("This file is there already. Press again to replace it."))
            self.take.say(_("Replace"), _("Enter"))
        else:
            self.wanted.emit(path)
            self.accept()
