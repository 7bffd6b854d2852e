"""The fields of a form, each with its caption above and what is wrong with it below. Enter goes to the next field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import emptied, gap, rows
from dockmark.ui.flow import FlowLayout
from dockmark.ui.import_columns_step import Choice
from dockmark.ui.import_file_step import TroubleLine
from dockmark.ui.labels import Caption, Field
from dockmark.ui.master_words import choice_word, label_of, problem_words
from dockmark.ui.theme import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dockmark.desks.master import Field as FormField
    from dockmark.desks.master import Problem


class OneOf(Choice):
    """A choice among words, or none of them."""

    def __init__(self, name: str, says: str, field: FormField) -> None:
        super().__init__(name, says)
        if not field.required:
            self.addItem("–", "")
        for word in field.words:
            self.addItem(choice_word(field.name, word), word)

    def text(self) -> str:
        """The word that is chosen."""
        return str(self.currentData() or "")

    def set_text(self, text: str) -> None:
        """Choose that word."""
        self.setCurrentIndex(max(0, self.findData(text)))


class SeveralOf(QWidget):
    """Buttons of which any number is pressed."""

    changed = Signal()

    def __init__(self, name: str, says: str, field: FormField) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(says)
        self._buttons: dict[str, QPushButton] = {}
        flow = FlowLayout(self, gap(self) // 2)
        for word in field.words:
            button = CommandButton(f"{name}_{word}", choice_word(field.name, word))
            button.setCheckable(True)
            button.toggled.connect(self.changed)
            self._buttons[word] = button
            flow.addWidget(button)
        self.setFocusProxy(next(iter(self._buttons.values())))

    def text(self) -> str:
        """The words that are chosen."""
        return " ".join(word for word, button in self._buttons.items() if button.isChecked())

    def set_text(self, text: str) -> None:
        """Choose these words."""
        for word, button in self._buttons.items():
            button.setChecked(word in text.split())


Editor = Field | OneOf | SeveralOf


class FieldGrid(QWidget):
    """Fields in columns from left to right, top to bottom."""

    changed = Signal()
    entered = Signal()  # Enter in the last field
    reached = Signal(QWidget)  # the field that has the focus now

    def __init__(self, prefix: str, across: int) -> None:
        super().__init__()
        self._prefix = prefix
        self._across = across
        self._kind = ""
        self._fields: tuple[FormField, ...] = ()
        self._editors: dict[str, Editor] = {}
        self._troubles: dict[str, TroubleLine] = {}
        self._is_filling = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(gap(self) * 2)
        self._grid.setVerticalSpacing(gap(self))
        for column in range(across):
            self._grid.setColumnStretch(column, 1)

    def show_fields(self, kind: str, fields: Sequence[FormField]) -> None:
        """These fields, all empty."""
        if (kind, tuple(fields)) == (self._kind, self._fields):
            return
        self._kind, self._fields = kind, tuple(fields)
        emptied(self._grid)
        self._editors, self._troubles = {}, {}
        place = 0
        for field in fields:
            wide = field.several or field.name in ("description", "name")
            span = self._across if wide else 1
            if place % self._across + span > self._across:
                place += self._across - place % self._across
            row, column = divmod(place, self._across)
            self._grid.addWidget(self._cell(field), row, column, 1, span, Qt.AlignmentFlag.AlignTop)
            place += span

    def values(self) -> dict[str, str]:
        """What stands in the fields, empty ones too."""
        return {name: editor.text().strip() for name, editor in self._editors.items()}

    def fill(self, values: Mapping[str, str], *, is_new: bool) -> None:
        """Write these values into the fields; some can be told only when the entry is new."""
        self._is_filling = True
        for field in self._fields:
            editor = self._editors[field.name]
            text = values.get(field.name, "")
            if isinstance(editor, Field):
                editor.setText(text)
                editor.setCursorPosition(0)
            else:
                editor.set_text(text)
            editor.setEnabled(is_new or not field.fixed)
        self._is_filling = False
        self.show_problems(())

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """What is wrong, below each field."""
        told: dict[str, Problem] = {}
        for problem in problems:
            told.setdefault(problem.field, problem)
        for name, line in self._troubles.items():
            found = told.get(name)
            role = Role.WARN if found is not None and found.warning else Role.STOP
            line.say(problem_words(found) if found is not None else "", role)

    def begin(self, name: str = "") -> None:
        """The focus goes to that field, else to the first that can be written."""
        editor = self._editors.get(name) or next((each for each in self._editors.values() if each.isEnabled()), None)
        if editor is not None:
            editor.setFocus()
            self.reached.emit(editor)
            if isinstance(editor, Field):
                editor.selectAll()

    def _cell(self, field: FormField) -> QWidget:
        name = f"{self._prefix}_{field.name}"
        says = label_of(self._kind, field.name, needed=field.required)
        editor = self._editor(name, says, field)
        trouble = TroubleLine(f"{name}Trouble")
        self._editors[field.name], self._troubles[field.name] = editor, trouble
        cell = QWidget()
        column = rows(cell, spacing=0.3)
        caption = Caption(says, editor)
        caption.setWordWrap(True)
        column.addWidget(caption)
        column.addWidget(editor)
        column.addWidget(trouble)
        return cell

    def _editor(self, name: str, says: str, field: FormField) -> Editor:
        if field.several:
            several = SeveralOf(name, says, field)
            several.changed.connect(self._on_changed)
            return several
        if field.words:
            one = OneOf(name, says, field)
            one.currentIndexChanged.connect(self._on_changed)
            return one
        line = Field(name, says)
        line.textChanged.connect(self._on_changed)
        line.returnPressed.connect(self._on_entered)
        if field.name in ("name", "description"):
            # Names may be written with an input method; codes are never composed.
            line.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, True)
        return line

    def _on_changed(self) -> None:
        if not self._is_filling:
            self.changed.emit()

    def _on_entered(self) -> None:
        editors = [each for each in self._editors.values() if each.isEnabled()]
        place = next((number for number, each in enumerate(editors) if each is self.sender()), -1)
        if 0 <= place < len(editors) - 1:
            editors[place + 1].setFocus()
            self.reached.emit(editors[place + 1])
        else:
            self.entered.emit()
