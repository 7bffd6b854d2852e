"""Every key of the window, on F1."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QWidget

from dockmark.ui.actions import Work, action
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import columns, rows
from dockmark.ui.labels import Headline, Sentence
from dockmark.ui.mnemonics import plain
from dockmark.ui.tables import Column, RowsModel, RowsTable
from dockmark.ui.words import _


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One key and what it does."""

    key: str
    says: str


def keys_of(window: QWidget) -> list[KeyLine]:
    """Every key that the window listens to, in the order of the keys."""
    native = QKeySequence.SequenceFormat.NativeText
    found: dict[str, str] = {}
    for work in window.findChildren(QAction):
        owner = work.parent()
        if isinstance(owner, QWidget) and owner.window() is not window:
            continue  # a key of a dialog, not of the window
        if not work.shortcut().isEmpty() and work.text():
            key = work.shortcut().toString(native)
            says = plain(work.text())
            found[key] = f"{found[key]} · {says}" if key in found else says
    return [KeyLine(key, says) for key, says in sorted(found.items(), key=_order)]


def _order(pair: tuple[str, str]) -> tuple[int, str]:
    key = pair[0]
    plain = key.startswith("F") and key[1:].isdigit()
    return (int(key[1:]) if plain else 100, key)


class KeysDialog(QDialog):
    """The list of keys."""

    sheet_wanted = Signal()  # the command sheet of the desk

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("keysDialog")
        self.setWindowTitle(_("Keys – Dockmark"))
        self._model: RowsModel[KeyLine] = RowsModel(
            (Column(_("Key"), _key, 3, whole=True), Column(_("Does"), _says, 8, whole=True)), _key
        )
        self.table = RowsTable("keysTable", _("Keys"), self._model, acted_on=False)
        self.words = Sentence("keysSentence")
        self.words.setText(_("Every command also has a barcode on the command sheet: scan it in place of the key."))
        self.close_button = CommandButton("keysCloseButton", _("Close"), "back", _("Esc"))
        self.close_button.clicked.connect(self.reject)
        self.sheet = CommandButton("keysSheetButton", _("Print command sheet"), "printer", "Ctrl+P", main=True)
        action(self, self.sheet, Work(_("Print command sheet"), "Ctrl+P", self._on_sheet))
        buttons = QWidget()
        line = columns(buttons)
        line.addStretch(1)
        line.addWidget(self.close_button)
        line.addWidget(self.sheet)
        whole = rows(self, margin=2)
        whole.addWidget(Headline(_("Keys")))
        whole.addWidget(self.words)
        whole.addWidget(self.table, 1)
        whole.addWidget(buttons)

    def ask(self, window: QWidget) -> None:
        """Come up with the keys of that window."""
        self._model.show_rows(keys_of(window))
        size = self.fontMetrics().averageCharWidth() * 100, self.fontMetrics().height() * 34
        self.resize(min(size[0], window.width()), min(size[1], window.height()))
        self.open()
        self.table.setFocus()

    def _on_sheet(self) -> None:
        self.accept()
        self.sheet_wanted.emit()


def _key(line: KeyLine) -> str:
    return line.key


def _says(line: KeyLine) -> str:
    return line.says
