"""What FINISH will write down: the differences between what was advised and what has come, for a last look."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialog, QWidget

from dockmark.desks.views import DeskView, LineView
from dockmark.ui.actions import Work, action
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import gap, rows
from dockmark.ui.desks.receipt_header import count_words
from dockmark.ui.dialogs import ANSWERED_BY
from dockmark.ui.flow import FlowLayout
from dockmark.ui.labels import Sentence, Value
from dockmark.ui.tables import Column, RowsModel, RowsTable
from dockmark.ui.words import _, condition_word, number, seen


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of the differences."""

    key: str
    kind: str
    part: str
    detail: str


def differences(view: DeskView) -> list[Difference]:
    """What did not come, came too often, was not asked for, or came damaged."""
    found = [each for line in view.lines if (each := _of_line(line)) is not None]
    advised = {line.part for line in view.lines}
    for row in view.units:
        unit = row.unit
        what = seen(unit.serial or unit.lot)
        if view.lines and unit.part not in advised:
            found.append(Difference(f"stranger {unit.id}", _("not asked for"), unit.part, what))
        if unit.condition not in ("", "new", "serviceable"):
            found.append(Difference(f"state {unit.id}", condition_word(unit.condition), unit.part, what))
    return found


def _of_line(line: LineView) -> Difference | None:
    if line.received == line.ordered:
        return None
    counted = _("{received} of {ordered} received").format(received=number(line.received), ordered=number(line.ordered))
    kind = _("short") if line.received < line.ordered else _("over")
    return Difference(f"line {line.id}", kind, line.part, counted)


class FinishDialog(QDialog):
    """Shows the differences and asks once. A scanned FINISH says yes to it, SKIP no."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("finishDialog")
        self.setProperty(ANSWERED_BY, "FINISH")
        self.setWindowTitle(_("Finish the receipt – Dockmark"))
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.count = Value("finishCount", 1.8, QFont.Weight.Bold)
        self.words = Sentence("finishSentence")
        self._model: RowsModel[Difference] = RowsModel(
            (
                Column(_("Difference"), _kind, 4, whole=True),
                Column(_("Part"), _part, 5),
                Column(_("Detail"), _detail, 6, whole=True),
            ),
            _key,
        )
        self.table = RowsTable("finishDifferences", _("Differences"), self._model, acted_on=False)
        self.back = CommandButton("finishBackButton", _("Go on receiving"), "back", _("Esc"))
        self.close_button = CommandButton("finishConfirmButton", _("Finish"), "finish", "FINISH", main=True)
        self.papers = CommandButton("finishPapersButton", _("Finish and see the papers"), "order", "Ctrl+R")
        self.wants_papers = False
        """Whether the receipt's papers are to be shown once it is closed."""
        self._lay_out()
        action(self, self.papers, Work(_("Finish and see the papers"), "Ctrl+R", self._on_papers))
        self.back.clicked.connect(self.reject)
        self.close_button.clicked.connect(self.accept)

    def ask(self, view: DeskView) -> None:
        """Show the differences of that receipt and come up without stopping anything."""
        self.wants_papers = False
        found = differences(view)
        self._model.show_rows(found)
        self.table.setVisible(bool(found))
        self.count.setText(count_words(view))
        self.words.setText(_finish_words(found))
        self.resize(self.fontMetrics().averageCharWidth() * 90, self.fontMetrics().height() * (24 if found else 10))
        self.open()
        self.close_button.setFocus()

    def _on_papers(self) -> None:
        self.wants_papers = True
        self.accept()

    def _lay_out(self) -> None:
        buttons = QWidget()
        line = FlowLayout(buttons, gap(self))
        line.addWidget(self.back)
        line.addWidget(self.papers)
        line.addWidget(self.close_button)
        whole = rows(self, margin=2)
        for widget in (self.count, self.words):
            whole.addWidget(widget)
        whole.addWidget(self.table, 1)
        whole.addWidget(buttons)


def _finish_words(found: list[Difference]) -> str:
    if not found:
        return _("Everything came as it was advised.")
    return _("These differences will be written down. What did not come stays expected.")


def _key(row: Difference) -> str:
    return row.key


def _kind(row: Difference) -> str:
    return row.kind


def _part(row: Difference) -> str:
    return seen(row.part)


def _detail(row: Difference) -> str:
    return row.detail
