"""The rows of a list of any length: keys are held, pages are fetched when they are painted, nothing waits."""

from collections import OrderedDict
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPixmap

from dockmark.lookup.lists.columns import Column, Kind
from dockmark.lookup.lists.filters import Query
from dockmark.lookup.lists.known import listing
from dockmark.lookup.lists.ordered import Order
from dockmark.lookup.lists.paging import Cursor, ListRow, Page
from dockmark.station.lists import Ordered
from dockmark.ui.bridge import Bridge
from dockmark.ui.icons import status_shape
from dockmark.ui.lists_words import cell_shape, cell_text, title_of
from dockmark.ui.service import Service
from dockmark.ui.theme import target

Index = QModelIndex | QPersistentModelIndex
PAGE: Final = 128
_KEPT_PAGES: Final = 64
_NEAR: Final = PAGE // 4
"""So near to the end of a page the next one is fetched ahead."""
_UNREAD: Final = "…"
_ROOT = QModelIndex()
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class _Shown:
    """A row and, once it was painted, its texts."""

    __slots__ = ("row", "texts")

    def __init__(self, row: ListRow) -> None:
        self.row = row
        self.texts: tuple[str, ...] | None = None


class ListModel(QAbstractTableModel):
    """One list in one order. A new order takes the place of the old one when its first rows are there."""

    replaced = Signal(int)  # the rows are others now; where the kept key stands, or -1
    settled = Signal()  # every row has its place
    busied = Signal(bool)  # whether the order is being made
    troubled = Signal(object)  # BaseException: the list cannot be read now

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._service: Service | None = None
        self._query = Query("units")
        self._columns: tuple[Column, ...] = ()
        self._asked = 0
        self._order: Order | None = None
        self._count = 0
        self._pages: OrderedDict[int, list[_Shown]] = OrderedDict()
        self._stale: set[int] = set()
        self._wanted: dict[int, None] = {}
        self._is_fetching = False
        self._is_new = False
        self._ahead = 1
        self._cursor: Cursor | None = None
        """Until the order is there: the next page that can be read after what was read, and where it begins."""
        self.kept_key = ""
        """The row that is looked for when the rows are read again."""
        self._fetch = QTimer(self)
        self._fetch.setSingleShot(True)
        self._fetch.setInterval(0)
        self._fetch.timeout.connect(self._on_fetch)

    # -- what is shown ----------------------------------------------------------------------------------------------

    @property
    def query(self) -> Query:
        """What is shown, or will be in a moment."""
        return self._query

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns from left to right."""
        return self._columns

    @property
    def is_settled(self) -> bool:
        """Whether every row has its place."""
        return self._order is not None

    def attend(self, service: Service) -> None:
        """Read from that station from now on."""
        self._service = service
        self._is_fetching = False

    def show_query(self, query: Query, columns: Sequence[str]) -> None:
        """Show these rows; what is shown now stays until the first of them are there."""
        about = listing(query.list)
        chosen = tuple(about.column(key) for key in columns)
        if query.list != self._query.list or chosen != self._columns:
            self.beginResetModel()
            self._forget()
            self._columns = chosen
            self.endResetModel()
        self._query = query
        self._is_new = True
        self._ask()

    def refresh(self) -> None:
        """Something was recorded: read the rows again, in place."""
        self._is_new = False
        self._ask()

    def key(self, row: int) -> str:
        """The key of a row; empty where it is not known yet."""
        if self._order is not None:
            return (self._order.keys(row, 1) or [""])[0] if row >= 0 else ""
        shown = self._shown(row) if row >= 0 else None
        return shown.row.key if shown is not None else ""

    def values(self, row: int) -> dict[str, Any]:
        """The cells of a row by the keys of their columns, where it was read already."""
        shown = self._shown(row)
        if shown is None:
            return {}
        return {column.key: value for column, value in zip(self._columns, shown.row.cells, strict=True)}

    def texts(self, row: int) -> tuple[str, ...]:
        """What stands in a row, from left to right."""
        shown = self._shown(row)
        return self._texts_of(shown) if shown is not None else (_UNREAD,) * len(self._columns)

    def cell(self, row: int, column: int) -> tuple[str, bool, QPixmap | None]:
        """Text of a cell, whether it is a number, and its picture; asks for the page that is not there."""
        about = self._columns[column]
        self._note(row)
        shown = self._shown(row)
        if shown is None:
            return _UNREAD, about.kind is Kind.NUMBER, None
        shape = cell_shape(about, shown.row.cells[column])
        picture = status_shape(shape[1], shape[0], target() * 2 // 5, QGuiApplication.palette()) if shape else None
        return self._texts_of(shown)[column], about.kind is Kind.NUMBER, picture

    # -- what Qt asks -----------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (_DISPLAY, _SPOKEN, _ALIGNMENT):
            return None
        if role == _ALIGNMENT:
            return _RIGHT if self._columns[index.column()].kind is Kind.NUMBER else _LEFT
        self._note(index.row())
        return self.texts(index.row())[index.column()]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == _ALIGNMENT:
            return _RIGHT if column.kind is Kind.NUMBER else _LEFT
        if role not in (_DISPLAY, _SPOKEN):
            return None
        mark = ""
        about = listing(self._query.list)
        key, down = (self._query.sort, self._query.descending) if self._query.sort else (about.sort, about.descending)
        if key == column.key:
            mark = " ▼" if down else " ▲"
        return title_of(column) + mark

    # -- asking and answers -----------------------------------------------------------------------------------------

    def _ask(self) -> None:
        if self._service is None:
            return
        self._asked += 1
        mine = self._asked
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(0, len(self._columns) - 1))
        keys = [column.key for column in self._columns]
        self.busied.emit(True)
        question = self._service.lists.page(self._query, keys, limit=PAGE)
        self._bridge.ask(self, question, partial(self._on_first, mine), failed=partial(self._on_failed, mine))

    def _on_first(self, mine: int, page: Page) -> None:
        if mine != self._asked or self._service is None:
            return
        if len(page.rows) < PAGE:
            self._service.lists.stop_ordering()
            order = Order.of([row.key for row in page.rows])
            self._on_ordered(mine, Ordered(order, (order.number(self.kept_key),)), page)
            return
        if self._is_new or self._count < PAGE:
            self._replace(page, None, len(page.rows), -1)
            count = self._service.lists.count(self._query)
            self._bridge.ask(self, count, partial(self._on_counted, mine), failed=partial(self._on_failed, mine))
        keep = "" if self._is_new else self.kept_key
        order_of_all = self._service.lists.order(self._query, (keep,))
        self._bridge.ask(self, order_of_all, partial(self._on_ordered, mine), failed=partial(self._on_failed, mine))

    def _on_counted(self, mine: int, count: int) -> None:
        if mine == self._asked and self._order is None and count > self._count:
            self.beginInsertRows(_ROOT, self._count, count - 1)
            self._count = count
            self.endInsertRows()

    def _on_ordered(self, mine: int, ordered: Ordered, page: Page | None = None) -> None:
        if mine != self._asked:
            return
        order = ordered.order
        if page is None and self._order is None and self._fits(order):
            self._order = order
            self._stale = set(self._pages) - {0}
            self._grow(len(order))
            self._fetch.start()
        elif self._order is not None and not self._is_new and order.same_as(self._order):
            self._stale = set(self._pages)
            if page is not None:
                self._keep(0, page.rows)
            self._tell_changed(0, self._count - 1)
        else:
            self._replace(page, order, len(order), -1 if self._is_new else ordered.numbers[0])
        self._is_new = False
        self.busied.emit(False)
        self.settled.emit()

    def _fits(self, order: Order) -> bool:
        """Whether the rows shown already are the first ones of that order."""
        first = self._pages.get(0, [])
        return bool(first) and [shown.row.key for shown in first] == order.keys(0, len(first))

    def _grow(self, count: int) -> None:
        if count > self._count:
            self.beginInsertRows(_ROOT, self._count, count - 1)
            self._count = count
            self.endInsertRows()
        elif count < self._count:
            self.beginRemoveRows(_ROOT, count, self._count - 1)
            self._count = count
            self.endRemoveRows()

    def _replace(self, page: Page | None, order: Order | None, count: int, kept: int) -> None:
        self.beginResetModel()
        self._forget()
        if page is not None:
            self._keep(0, page.rows)
            self._ahead, self._cursor = 1, page.last
        self._order, self._count = order, count
        self.endResetModel()
        self.replaced.emit(kept)

    def _forget(self) -> None:
        self._pages.clear()
        self._stale.clear()
        self._wanted.clear()
        self._order, self._count = None, 0

    def _on_failed(self, mine: int, trouble: BaseException) -> None:
        if mine == self._asked:
            self.busied.emit(False)
            self.troubled.emit(trouble)

    # -- pages ------------------------------------------------------------------------------------------------------

    def _shown(self, row: int) -> _Shown | None:
        number, offset = divmod(row, PAGE)
        rows = self._pages.get(number)
        return rows[offset] if rows is not None and offset < len(rows) else None

    def _texts_of(self, shown: _Shown) -> tuple[str, ...]:
        if shown.texts is None:
            shown.texts = tuple(map(cell_text, self._columns, shown.row.cells))
        return shown.texts

    def _note(self, row: int) -> None:
        """A row is looked at: its page is wanted, and perhaps the next one."""
        number, offset = divmod(row, PAGE)
        self._want(number)
        if offset < _NEAR and number:
            self._want(number - 1)
        elif offset >= PAGE - _NEAR and row + _NEAR < self._count:
            self._want(number + 1)

    def _want(self, number: int) -> None:
        if number in self._pages and number not in self._stale:
            return
        self._wanted.pop(number, None)
        self._wanted[number] = None
        if not self._is_fetching and not self._fetch.isActive():
            self._fetch.start()

    def _on_fetch(self) -> None:
        """Ask for the page that was looked at last; what was scrolled past is not wanted any more."""
        if self._is_fetching or self._service is None or not self._wanted:
            return
        if self._order is None:
            self._fetch_by_cursor(self._service)
            return
        number, _none = self._wanted.popitem()
        while len(self._wanted) > 2:
            self._wanted.pop(next(iter(self._wanted)))
        keys = self._order.keys(number * PAGE, PAGE)
        self._is_fetching = True
        columns = [column.key for column in self._columns]
        self._bridge.ask(
            self, self._service.lists.rows(self._query.list, keys, columns),
            partial(self._on_rows, self._order, number, keys), failed=self._on_fetch_failed,
        )  # fmt: skip

    def _fetch_by_cursor(self, service: Service) -> None:
        """While the order is being made: the page after those that are there, or the very last one."""
        keys = [column.key for column in self._columns]
        last, rest = divmod(max(0, self._count - 1), PAGE)
        if self._ahead in self._wanted and self._ahead < last:
            number, asked = self._ahead, service.lists.page(self._query, keys, after=self._cursor, limit=PAGE)
        elif last in self._wanted and last > 0:
            number, asked = last, service.lists.page(self._query, keys, limit=rest + 1, backwards=True)
        else:
            return
        self._wanted.pop(number)
        self._is_fetching = True
        then = partial(self._on_page, self._asked, number)
        self._bridge.ask(self, asked, then, failed=self._on_fetch_failed)

    def _on_page(self, mine: int, number: int, page: Page) -> None:
        self._is_fetching = False
        if mine == self._asked and self._order is None and number not in self._pages:
            self._keep(number, page.rows)
            if number == self._ahead:
                self._ahead, self._cursor = number + 1, page.last
            self._tell_changed(number * PAGE, min(self._count, (number + 1) * PAGE) - 1)
        if self._wanted:
            self._fetch.start()

    def _on_rows(self, order: Order, number: int, keys: list[str], rows: list[ListRow]) -> None:
        self._is_fetching = False
        if order is self._order and all(len(row.cells) == len(self._columns) for row in rows):
            there = {row.key: row for row in rows}
            blank = (None,) * len(self._columns)
            self._keep(number, [there.get(key, ListRow(key, blank)) for key in keys])
            self._tell_changed(number * PAGE, min(self._count, (number + 1) * PAGE) - 1)
        if self._wanted:
            self._fetch.start()

    def _on_fetch_failed(self, trouble: BaseException) -> None:
        self._is_fetching = False
        self.troubled.emit(trouble)

    def _keep(self, number: int, rows: Sequence[ListRow]) -> None:
        self._pages[number] = [_Shown(row) for row in rows]
        self._pages.move_to_end(number)
        self._stale.discard(number)
        while len(self._pages) > _KEPT_PAGES:
            self._stale.discard(self._pages.popitem(last=False)[0])

    def _tell_changed(self, first: int, last: int) -> None:
        if last >= first and self._columns:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1))
