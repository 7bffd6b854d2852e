"""Every work of the window on F1: its key, what it does, where, and its barcode to scan from the screen."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtGui import QFont, QKeySequence
from PySide6.QtWidgets import QDialog, QWidget

from dockmark.identifiers.window_tags import word_tag
from dockmark.ui.actions import Work, action
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import columns, gap, rows
from dockmark.ui.command_list import home_words, in_dialogs
from dockmark.ui.deeds import Deed
from dockmark.ui.labels import Headline, Sentence, Value
from dockmark.ui.symbol_view import SymbolView
from dockmark.ui.tables import Column, RowsModel, RowsTable
from dockmark.ui.words import _


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One work: its key, what it does, where, and the tag that does the same."""

    key: str
    says: str
    where: str
    tag: str


def lines_of(found: Sequence[Deed]) -> list[KeyLine]:
    """Every key of the window, in the order of the keys, and then what works in dialogs."""
    native = QKeySequence.SequenceFormat.NativeText
    lines = [
        KeyLine(QKeySequence(deed.key).toString(native), deed.says, home_words(deed.home), word_tag(deed.word))
        for deed in found
    ]
    dialogs = [
        KeyLine(_key_in(line.note), line.says, _where_in(line.note), word_tag(line.word)) for line in in_dialogs().lines
    ]
    return sorted(lines, key=_order) + dialogs


def _key_in(note: str) -> str:
    return note.rpartition(" · ")[2] if " · " in note else ""


def _where_in(note: str) -> str:
    return note.rpartition(" · ")[0] or _("In dialogs")


def _order(line: KeyLine) -> tuple[int, str, str]:
    plain = line.key.startswith("F") and line.key[1:].isdigit()
    return (int(line.key[1:]) if plain else 100, line.key, line.where)


class KeysDialog(QDialog):
    """The list of keys, and the barcode of the one that is chosen."""

    sheet_wanted = Signal()  # the command sheet of the desk

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("keysDialog")
        self.setWindowTitle(_("Keys – Dockmark"))
        self._model: RowsModel[KeyLine] = RowsModel(
            (
                Column(_("Key"), _key, 3, whole=True),
                Column(_("Does"), _says, 8, whole=True),
                Column(_("Where"), _where, 4, whole=True),
            ),
            _mark,
        )
        self.table = RowsTable("keysTable", _("Keys"), self._model, acted_on=False)
        self.words = Sentence("keysSentence")
        self.words.setText(
            _("Every work has a barcode: scan it here, or on the printed command sheet, in place of the key.")
        )
        self.symbol = SymbolView("keysSymbol")
        self.chosen = Value("keysChosen", 1.0, QFont.Weight.DemiBold)
        self.close_button = CommandButton("keysCloseButton", _("Close"), "back", _("Esc"))
        self.close_button.clicked.connect(self.reject)
        self.sheet = CommandButton("keysSheetButton", _("Print command sheet"), "printer", "Ctrl+P", main=True)
        action(self, self.sheet, Work(_("Print command sheet"), "Ctrl+P", self._on_sheet))
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(self._on_row)

    def ask(self, window: QWidget) -> None:
        """Come up; the keys follow with `show_deeds`."""
        size = self.fontMetrics().averageCharWidth() * 130, self.fontMetrics().height() * 36
        self.resize(min(size[0], window.width()), min(size[1], window.height()))
        self.open()
        self.table.setFocus()

    def show_deeds(self, found: Sequence[Deed]) -> None:
        """Show these; the choice stays where it is."""
        self._model.show_rows(lines_of(found))
        if not self.table.currentIndex().isValid() and self._model.rowCount():
            choose = QItemSelectionModel.SelectionFlag.SelectCurrent | QItemSelectionModel.SelectionFlag.Rows
            self.table.selectionModel().setCurrentIndex(self._model.index(0, 0), choose)

    def _lay_out(self) -> None:
        beside = QWidget()
        right = rows(beside)
        right.addWidget(self.symbol)
        right.addWidget(self.chosen)
        right.addStretch(1)
        self.chosen.setWordWrap(True)
        beside.setFixedWidth(self.symbol.sizeHint().width() + gap(self))
        middle, buttons = QWidget(), QWidget()
        across = columns(middle, spacing=1.4)
        across.addWidget(self.table, 1)
        across.addWidget(beside)
        line = columns(buttons)
        line.addStretch(1)
        line.addWidget(self.close_button)
        line.addWidget(self.sheet)
        whole = rows(self, margin=2)
        whole.addWidget(Headline(_("Keys and barcodes")))
        whole.addWidget(self.words)
        whole.addWidget(middle, 1)
        whole.addWidget(buttons)

    def _on_row(self) -> None:
        line = self.table.current()
        self.symbol.show_tag(line.tag if line is not None else "")
        self.chosen.setText(line.says if line is not None else "")

    def _on_sheet(self) -> None:
        self.accept()
        self.sheet_wanted.emit()


def _key(line: KeyLine) -> str:
    return line.key


def _says(line: KeyLine) -> str:
    return line.says


def _where(line: KeyLine) -> str:
    return line.where


def _mark(line: KeyLine) -> str:
    return f"{line.tag} {line.where} {line.says}"
