"""Filters of a list: a dialog that makes one, and a chip for each that holds."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QLayoutItem, QListWidget, QListWidgetItem, QWidget

from dockmark.lookup.lists.columns import Column, Kind, Listing
from dockmark.lookup.lists.filters import Filter, Op, moment
from dockmark.record.refusal import Refusal, Refused
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import columns, emptied, gap, rows
from dockmark.ui.flow import FlowLayout
from dockmark.ui.labels import Caption, Field, Headline, Sentence
from dockmark.ui.lists_words import filter_words, op_words, title_of
from dockmark.ui.scroll_bar import quiet_scrolling
from dockmark.ui.theme import target
from dockmark.ui.words import _
from dockmark.wording.lists import cell_word

_OPS: Final = {
    Kind.TEXT: (Op.CONTAINS, Op.EQUALS, Op.FROM_TO, Op.EMPTY, Op.NOT_EMPTY),
    Kind.NUMBER: (Op.EQUALS, Op.FROM_TO, Op.EMPTY, Op.NOT_EMPTY),
    Kind.DAY: (Op.FROM_TO, Op.EQUALS, Op.EMPTY, Op.NOT_EMPTY),
    Kind.MOMENT: (Op.FROM_TO, Op.EMPTY, Op.NOT_EMPTY),
    Kind.STATE: (Op.ONE_OF, Op.EMPTY, Op.NOT_EMPTY),
    Kind.FLAG: (Op.ONE_OF,),
}


class _Loose(FlowLayout):
    """Chips are as wide as their words, however much room there is."""

    def _fill(self, line: list[QLayoutItem], rect: QRect, most: int | None) -> int:
        left = rect.left()
        for item in line:
            width = min(item.sizeHint().width(), rect.width())
            item.setGeometry(QRect(QPoint(left, rect.top()), QSize(width, rect.height())))
            left += width + self._space
        return 0


class FilterChips(QWidget):
    """What holds now, each with a press to take it away."""

    removed = Signal(int)  # its number

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("filterChips")
        self.setAccessibleName(_("Filters"))
        self._line = _Loose(self, gap(self) // 2)
        self.hide()

    def show_filters(self, about: Listing, filters: Sequence[Filter]) -> None:
        """One chip for each filter."""
        emptied(self._line)
        for number, each in enumerate(filters):
            words = filter_words(about.column(each.column), each)
            chip = CommandButton(f"chip_{number}", f"{words}  ×")
            chip.setAccessibleName(_("Take away the filter {filter}").format(filter=words))
            chip.setProperty("number", number)
            chip.clicked.connect(self._on_clicked)
            self._line.addWidget(chip)
            chip.show()
        self.setVisible(bool(filters))

    def _on_clicked(self) -> None:
        self.removed.emit(int(self.sender().property("number")))


class FilterDialog(QDialog):
    """Column, comparison, value: Tab from one to the next, Enter adds the filter."""

    added = Signal(object)  # Filter

    def __init__(self, parent: QWidget, about: Listing, start: str) -> None:
        super().__init__(parent)
        self.setObjectName("filterDialog")
        self.setWindowTitle(_("Filter – Dockmark"))
        self._about = about
        self.column = _choice("filterColumn", _("Column"))
        self.op = _choice("filterOp", _("Comparison"))
        self.value = Field("filterValue", _("Value"))
        self.to = Field("filterTo", _("To"), _("empty: no end"))
        for field in (self.value, self.to):
            field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, True)
        self.choices = QListWidget()
        self.choices.setObjectName("filterChoices")
        self.choices.setAccessibleName(_("Values"))
        quiet_scrolling(self.choices)
        self.why = Sentence("filterSentence")
        self.add = CommandButton("filterAddButton", _("Add the filter"), "accept", _("Enter"), main=True)
        self.back = CommandButton("filterBackButton", _("Back"), "back", _("Esc"))
        self._lay_out()
        self._connect()
        for each in about.columns:
            self.column.addItem(title_of(each), each.key)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 64)
        self.column.setCurrentIndex(max(0, self.column.findData(start)))
        self._on_column()

    def ask(self) -> None:
        """Come up ready to type a value."""
        self.open()
        (self.choices if self.choices.isVisible() else self.value).setFocus()

    def _lay_out(self) -> None:
        whole = rows(self, margin=2)
        whole.addWidget(Headline(_("Show only rows where")))
        for text, field in (
            (_("&Column"), self.column),
            (_("C&omparison"), self.op),
            (_("&Value"), self.value),
            (_("&To"), self.to),
            (_("&Values"), self.choices),
        ):
            caption = Caption(text, field)
            whole.addWidget(caption)
            whole.addWidget(field)
        whole.addWidget(self.why)
        buttons = QWidget()
        line = columns(buttons)
        line.addWidget(self.back)
        line.addStretch(1)
        line.addWidget(self.add)
        whole.addWidget(buttons)

    def _connect(self) -> None:
        self.column.currentIndexChanged.connect(self._on_column)
        self.op.currentIndexChanged.connect(self._on_op)
        self.value.returnPressed.connect(self._on_add)
        self.to.returnPressed.connect(self._on_add)
        self.choices.itemActivated.connect(self._on_add)
        self.add.clicked.connect(self._on_add)
        self.back.clicked.connect(self.reject)

    def _chosen(self) -> Column:
        return self._about.column(str(self.column.currentData()))

    def _on_column(self) -> None:
        column = self._chosen()
        words = op_words()
        self.op.clear()
        for op in _OPS[column.kind]:
            self.op.addItem(words[op], op.value)
        self.choices.clear()
        for code, says in _choices(column):
            item = QListWidgetItem(says)
            item.setData(Qt.ItemDataRole.UserRole, code)
            item.setCheckState(Qt.CheckState.Unchecked)
            item.setSizeHint(QSize(0, target()))
            self.choices.addItem(item)
        if self.choices.count():
            self.choices.setCurrentRow(0)
        self.choices.setFixedHeight(min(6, max(1, self.choices.count())) * target() + gap(self))

    def _on_op(self) -> None:
        if self.op.currentData() is None:
            return
        op, kind = Op(self.op.currentData()), self._chosen().kind
        days = kind in (Kind.DAY, Kind.MOMENT)
        self._set_visible(self.value, op in (Op.CONTAINS, Op.EQUALS, Op.FROM_TO))
        self._set_visible(self.to, op is Op.FROM_TO)
        self._set_visible(self.choices, op is Op.ONE_OF)
        self.value.setPlaceholderText(_("year-month-day, such as 2026-01-31") if days else "")
        self.why.setText(_("Mark with Space what shall be shown.") if op is Op.ONE_OF else "")
        self.adjustSize()

    def _set_visible(self, field: QWidget, shown: bool) -> None:
        field.setVisible(shown)
        if (caption := self.findChild(Caption, f"{field.objectName()}Caption")) is not None:
            caption.setVisible(shown)

    def _on_add(self) -> None:
        try:
            made = self._made()
        except Refusal:
            self.why.setText(_("This value does not fit the column. Correct it."))
            self.value.setFocus()
            return
        if made is None:
            self.why.setText(_("Say a value first."))
            return
        self.added.emit(made)
        self.accept()

    def _made(self) -> Filter | None:
        column, op = self._chosen(), Op(self.op.currentData())
        if op in (Op.EMPTY, Op.NOT_EMPTY):
            return Filter(column.key, op)
        if op is Op.ONE_OF:
            codes = self._marked()
            return Filter(column.key, op, codes) if codes else None
        texts = [self.value.text().strip(), *([self.to.text().strip()] if op is Op.FROM_TO else [])]
        if not any(texts):
            return None
        return Filter(column.key, op, tuple(_read(column, text, last=n == 1) for n, text in enumerate(texts)))

    def _marked(self) -> tuple[str | int, ...]:
        items = [self.choices.item(row) for row in range(self.choices.count())]
        marked = [each for each in items if each.checkState() is Qt.CheckState.Checked]
        if not marked and (current := self.choices.currentItem()) is not None:
            marked = [current]
        return tuple(each.data(Qt.ItemDataRole.UserRole) for each in marked)


def _choices(column: Column) -> list[tuple[str | int, str]]:
    if column.kind is Kind.FLAG:
        return [(1, _("yes")), (0, _("no"))]
    return [(code, cell_word(column.words, code)) for code in column.choices]


def _read(column: Column, text: str, *, last: bool) -> str | int:
    """A typed value as its column compares it. A day of a moment is the operator's day, not that of UTC."""
    if not text:
        return ""
    if column.kind is Kind.MOMENT:
        return moment(column.key, text, last=last, zone=None)
    if column.kind is Kind.DAY:
        moment(column.key, text)
        return text[:10]
    if column.kind is Kind.NUMBER:
        try:
            return int("".join(text.split()))
        except ValueError as wrong:
            raise Refusal(Refused.BAD_VALUE, field=column.key, value=text[:40]) from wrong
    return text


def _choice(name: str, says: str) -> QComboBox:
    made = QComboBox()
    made.setObjectName(name)
    made.setAccessibleName(says)
    made.setMinimumHeight(target())
    made.setMaxVisibleItems(24)
    return made
