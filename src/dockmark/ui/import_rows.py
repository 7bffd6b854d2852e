"""The rows of a file with their verdicts, fetched by the page: fifty thousand of them are never all in the window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QTimer
from PySide6.QtGui import QGuiApplication, QPixmap

from dockmark.desks.importing.preview import Preview, PreviewRow
from dockmark.ui.icons import status_shape
from dockmark.ui.import_words import SHAPES, reason_words, verdict_of_row
from dockmark.ui.tables import Column, RowsModel
from dockmark.ui.theme import Role, target
from dockmark.ui.words import _, number, seen

if TYPE_CHECKING:
    from dockmark.ui.bridge import Bridge
    from dockmark.ui.service import Service

Index = QModelIndex | QPersistentModelIndex
PAGE: Final = 100
_KEPT: Final = 40
_UNREAD: Final = "…"
_ROOT = QModelIndex()


def _place(row: PreviewRow) -> str:
    return number(row.said.row)


def _verdict(row: PreviewRow) -> str:
    return verdict_of_row(row.said.verdict)


def _shape(row: PreviewRow) -> tuple[Role, str] | None:
    return SHAPES.get(row.said.verdict)


def _words(row: PreviewRow) -> str:
    return seen(f"{row.said.file}: {row.words}" if row.said.file else row.words, 200)


def _why(row: PreviewRow) -> str:
    return reason_words(row.said)


def _key(row: PreviewRow) -> str:
    return str(row.place)


class PreviewModel(RowsModel[PreviewRow]):
    """The rows that a filter leaves of a preview."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(
            (
                Column(_("Row"), _place, 3, number=True),
                Column(_("Verdict"), _verdict, 6, shape=_shape),
                Column(_("What the row says"), _words, 9),
                Column(_("Why, or what changes"), _why, 19),
            ),
            _key,
        )
        self._bridge = bridge
        self._service: Service | None = None
        self._preview: Preview | None = None
        self._wanted = ""
        self._count = 0
        self._pages: dict[int, list[PreviewRow]] = {}
        self._asked: set[int] = set()
        self._due: dict[int, None] = {}
        self._round = 0
        self._fetch = QTimer(self)
        self._fetch.setSingleShot(True)
        self._fetch.setInterval(0)
        self._fetch.timeout.connect(self._on_fetch)

    def attend(self, service: Service) -> None:
        """Read from that station."""
        self._service = service

    def show_preview(self, preview: Preview | None, wanted: str = "") -> None:
        """Show these rows of it; None shows nothing."""
        self.beginResetModel()
        self._preview, self._wanted = preview, wanted
        self._count = preview.count(wanted) if preview is not None else 0
        self._pages.clear()
        self._asked.clear()
        self._due.clear()
        self._round += 1
        self.endResetModel()
        if self._count:
            self._want(0)

    def row(self, number: int) -> PreviewRow | None:
        """The row at that place, where it was read already; else it is read."""
        if not 0 <= number < self._count:
            return None
        page = self._pages.get(number // PAGE)
        if page is None:
            self._want(number // PAGE)
            return None
        place = number % PAGE
        return page[place] if place < len(page) else None

    def cell(self, row: int, column: int) -> tuple[str, bool, QPixmap | None]:
        """Text of a cell, whether it is a number, and its picture."""
        shown, about = self.row(row), self.columns[column]
        if shown is None:
            return _UNREAD, about.number, None
        shape = about.shape(shown) if about.shape is not None else None
        picture = status_shape(shape[1], shape[0], target() * 2 // 5, QGuiApplication.palette()) if shape else None
        return about.text(shown), about.number, picture

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._count

    def _want(self, page: int) -> None:
        if page not in self._asked and page not in self._pages:
            self._due[page] = None
            if not self._fetch.isActive():
                self._fetch.start()

    def _on_fetch(self) -> None:
        due, self._due = list(self._due), {}
        if self._service is None or self._preview is None:
            return
        # Who scrolls fast through thousands of rows sees the last pages that were asked for.
        for page in due[-3:]:
            self._asked.add(page)
            question = self._service.imports.page(self._preview, self._wanted, page * PAGE, PAGE)
            self._bridge.ask(self, question, partial(self._on_page, self._round, page))

    def _on_page(self, round_: int, page: int, found: list[PreviewRow]) -> None:
        if round_ != self._round:
            return
        self._asked.discard(page)
        self._pages[page] = found
        if len(self._pages) > _KEPT:
            self._pages.pop(next(iter(self._pages)))
        last = min(page * PAGE + len(found), self._count) - 1
        self.dataChanged.emit(self.index(page * PAGE, 0), self.index(last, len(self.columns) - 1))
