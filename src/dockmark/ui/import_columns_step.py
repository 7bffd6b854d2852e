"""Second step of the wizard: what the file is about, and which column feeds which field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QPalette, QWheelEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from dockmark.ui.cards import TallScroll, columns, emptied, gap, rows
from dockmark.ui.import_file_step import TroubleLine
from dockmark.ui.import_words import KINDS, kind_word
from dockmark.ui.labels import Caption, Sentence, Value
from dockmark.ui.theme import Role, target
from dockmark.ui.words import _, day_text, ngettext, number, seen
from dockmark.wording import field_word, file_warning

if TYPE_CHECKING:
    from dockmark.desks.importing.looking import ColumnLook, FileLook, TableLook

MOST: Final = 120
"""Columns that can be told what they feed; no table that people made has more."""
_AT_ONCE: Final = 8


class Choice(QComboBox):
    """One of several, with the height of a glove; the wheel scrolls the page and does not change it."""

    def __init__(self, name: str, says: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(says)
        self.setMinimumHeight(target())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ColumnsStep(QWidget):
    """The columns of the file from top to bottom, each with some of its values and the field that it feeds."""

    kind_chosen = Signal(str)
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("importColumnsStep")
        self._table: TableLook | None = None
        self._is_folder = False
        self._choices: list[Choice] = []
        self._left: list[ColumnLook] = []
        self._fields: list[str] = []
        self._names = QStringListModel(self)
        self.file = Value("importColumnsFile", 1.1)
        self.kind = Choice("importKind", _("What the file is about"))
        for each in KINDS:
            self.kind.addItem(kind_word(each), each)
        self.memory = Sentence("importMappingSentence")
        self.warning = TroubleLine("importFileWarning")
        self.missing = TroubleLine("importMissingFields")
        self._grid_in = QWidget()
        self._grid = QGridLayout(self._grid_in)
        self._lay_out()
        self.kind.activated.connect(self._on_kind)

    def show_look(self, look: FileLook) -> None:
        """Show the columns of that file."""
        self._is_folder = not look.kinds
        self.file.setText(seen(look.path.name))
        self.kind.setVisible(not self._is_folder)
        self._caption.setVisible(not self._is_folder)
        self.kind.setCurrentIndex(self.kind.findData(look.kind))
        said = [file_warning(it.code) + (f" ({', '.join(map(seen, it.names[:8]))})" if it.names else "")
                for table in look.tables for it in table.said]  # fmt: skip
        self.warning.say("\n".join(said), Role.WARN)
        if self._is_folder:
            self._table = None
            self._show_folder(look)
        else:
            self._table = look.tables[0]
            self._show_columns(self._table)
        self._show_state()

    def columns(self) -> dict[str, str]:
        """Which column of the file feeds each field, as it is chosen now."""
        if self._table is None:
            return {}
        told = {
            column.name: choice.currentIndex() for column, choice in zip(self._shown(), self._choices, strict=False)
        }
        told |= {
            column.name: self._index_of(column.name)
            for column in self._shown()[len(self._choices) :]
        }  # fmt: skip
        return {self._fields[index - 1]: name for name, index in told.items() if index > 0}

    def choose(self, columns: Mapping[str, str]) -> None:
        """Let these columns feed these fields, as far as there are both; what else fed one lets go of it."""
        by_name = {name: field for field, name in columns.items()}
        for column, choice in zip(self._shown(), self._choices, strict=False):
            field = by_name.get(column.name, "")
            choice.setCurrentIndex(self._fields.index(field) + 1 if field in self._fields else 0)
        self._show_state()

    def missing_fields(self) -> list[str]:
        """Fields that no column feeds although each row needs them; of a group one is enough."""
        if self._table is None:
            return []
        fed = self.columns()
        missing = [field_word(field.name) for field in self._table.fields if field.required and field.name not in fed]
        for group in dict.fromkeys(field.group for field in self._table.fields if field.group):
            if not any(name in fed for name in group):
                missing.append(_(" or ").join(field_word(name) for name in group))
        return missing

    def begin(self) -> None:
        """Ready to choose."""
        (self.kind if not self._choices else self._choices[0]).setFocus()

    def _lay_out(self) -> None:
        head = QWidget()
        line = columns(head, spacing=1.2)
        line.addWidget(self.file, 1)
        self._caption = Caption(_("What the file is about"), self.kind)
        line.addWidget(self._caption)
        line.addWidget(self.kind)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(gap(self) * 2)
        self._grid.setVerticalSpacing(gap(self) // 2)
        for column, share in enumerate((4, 6, 5)):
            self._grid.setColumnStretch(column, share)
        content = QWidget()
        body = rows(content)
        body.addWidget(self._grid_in)
        body.addStretch(1)
        self._scroll = TallScroll("importColumnsScroll", content)
        whole = rows(self)
        whole.addWidget(head)
        whole.addWidget(self.memory)
        whole.addWidget(self.warning)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(self.missing)

    # -- the columns ------------------------------------------------------------------------------------------------

    def _shown(self) -> list[ColumnLook]:
        return [column for column in self._table.columns if column.name][:MOST] if self._table is not None else []

    def _index_of(self, column: str) -> int:
        assert self._table is not None, "a table is shown"
        fed = {name: field for field, name in self._table.mapping.columns.items()}
        return self._fields.index(fed[column]) + 1 if column in fed else 0

    def _show_columns(self, table: TableLook) -> None:
        self._clear()
        self._fields = [field.name for field in table.fields]
        marked = [
            _("{field} – needed").format(field=field_word(field.name)) if field.required else field_word(field.name)
            for field in table.fields
        ]
        self._names.setStringList([_("not used"), *marked])
        self._titles((_("Column of the file"), _("Some of its values"), _("Feeds")))
        self._left = self._shown()
        self._more()

    def _more(self) -> None:
        """Some columns at a time: a table may have many, and the window stays awake."""
        some, self._left = self._left[:_AT_ONCE], self._left[_AT_ONCE:]
        for column in some:
            row = len(self._choices)
            name = Value(f"importColumn{row + 1}", 1.0)
            name.setText(seen(column.name))
            values = Value(f"importSamples{row + 1}", 0.95, QFont.Weight.Normal)
            values.setText(" · ".join(map(seen, column.samples)) or _("empty"))
            values.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            choice = Choice(f"importField{row + 1}", _("{column} feeds").format(column=seen(column.name)))
            choice.setModel(self._names)
            choice.setCurrentIndex(self._index_of(column.name))
            choice.setProperty("row", row)
            choice.activated.connect(self._on_choice)
            self._choices.append(choice)
            for place, widget in enumerate((name, values, choice)):
                self._grid.addWidget(widget, row + 1, place)
        if self._left:
            QTimer.singleShot(0, self._more)
        elif self._table is not None and len(self._table.columns) > MOST:
            rest = Sentence("importColumnsRest")
            count = len(self._table.columns) - MOST
            rest.setText(
                ngettext("{count} more column is not used.", "{count} more columns are not used.", count).format(
                    count=number(count)
                )
            )
            self._grid.addWidget(rest, len(self._choices) + 1, 0, 1, 3)

    def _show_folder(self, look: FileLook) -> None:
        self._clear()
        self._titles((_("File"), _("Columns that are used"), _("About")))
        for row, table in enumerate(look.tables, 1):
            used = ", ".join(map(seen, table.mapping.columns.values()))
            told = (seen(table.file), used, kind_word(table.kind))
            for place, text in enumerate(told):
                value = Value(f"importTable{row}_{place}", 1.0, QFont.Weight.Normal)
                value.setText(text)
                value.setMinimumHeight(target())
                self._grid.addWidget(value, row, place)

    def _titles(self, titles: tuple[str, ...]) -> None:
        for place, text in enumerate(titles):
            self._grid.addWidget(Caption(text), 0, place)

    def _clear(self) -> None:
        self._left = []
        self._choices = []
        emptied(self._grid)

    # -- what is chosen ---------------------------------------------------------------------------------------------

    def _show_state(self) -> None:
        if self._is_folder:
            self.memory.setText(_("Each file of the folder is known by its name, its columns by theirs."))
        elif self._table is not None and self._table.remembered:
            day = day_text(self._table.remembered)
            self.memory.setText(_("The columns are taken as on {day}.").format(day=day))
        else:
            self.memory.setText(_("Proposed from the names of the columns. What you choose is remembered."))
        missing = self.missing_fields()
        words = _("Still to be said: {fields}.").format(fields=", ".join(missing)) if missing else ""
        self.missing.say(words)

    def _on_choice(self) -> None:
        """A field is fed by one column: another one that fed it lets go of it."""
        chosen = self.sender()
        if isinstance(chosen, Choice) and chosen.currentIndex() > 0:
            for other in self._choices:
                if other is not chosen and other.currentIndex() == chosen.currentIndex():
                    other.setCurrentIndex(0)
        if self._table is not None and self._table.remembered:
            self.memory.setText(_("Changed. What you choose is remembered."))
        words = self.missing_fields()
        self.missing.say(_("Still to be said: {fields}.").format(fields=", ".join(words)) if words else "")
        self.changed.emit()

    def _on_kind(self, index: int) -> None:
        self.kind_chosen.emit(str(self.kind.itemData(index)))
