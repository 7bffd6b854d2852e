"""The last scans in one line, newest first: the verdict as a shape, and what was scanned. In sight on every page."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem

from dockmark.desks.answer import Answer
from dockmark.ui.cards import gap
from dockmark.ui.icons import status_shape
from dockmark.ui.lanes import Lane, lane_badge
from dockmark.ui.verdicts import Face, face
from dockmark.ui.words import _, seen, when

Index = QModelIndex | QPersistentModelIndex

KEPT: Final = 50
LONGEST: Final = 24
"""Characters of what was scanned."""
_ROOT = QModelIndex()
_FACE = int(Qt.ItemDataRole.UserRole) + 1
_LANE = _FACE + 1


@dataclass(frozen=True, slots=True)
class Told:
    """One scan and how it was answered."""

    face: Face
    what: str
    at: datetime
    lane: Lane | None = None

    @property
    def words(self) -> str:
        """All of it, for tools and screen readers."""
        told = f"{self.face.word}: {self.what} · {when(self.at, with_date=False)}"
        return f"{told} · {self.lane.words}" if self.lane is not None else told


class _Scans(QAbstractListModel):
    """Newest first."""

    def __init__(self) -> None:
        super().__init__()
        self._told: deque[Told] = deque()

    def take(self, told: Told) -> None:
        self.beginInsertRows(_ROOT, 0, 0)
        self._told.appendleft(told)
        self.endInsertRows()
        if len(self._told) > KEPT:
            self.beginRemoveRows(_ROOT, KEPT, KEPT)
            self._told.pop()
            self.endRemoveRows()

    def clear(self) -> None:
        self.beginResetModel()
        self._told.clear()
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._told)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._told):
            return None
        told = self._told[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return told.what
        if role == _FACE:
            return told.face
        if role == _LANE:
            return told.lane
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return told.words
        return None


class _ShapeAndWord(QStyledItemDelegate):
    """Paints the shape of the verdict, then what was scanned."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        palette: QPalette = option.palette
        rect: QRect = option.rect
        shown = index.data(_FACE)
        metrics = QFontMetrics(option.font)
        side = metrics.height()
        painter.drawPixmap(
            rect.left(), rect.center().y() - side // 2, status_shape(shown.shape, shown.role, side, palette)
        )
        role = QPalette.ColorRole.WindowText if index.row() == 0 else QPalette.ColorRole.PlaceholderText
        painter.setPen(palette.color(role))
        painter.setFont(option.font)
        left = rect.left() + side + metrics.averageCharWidth()
        if (lane := index.data(_LANE)) is not None:
            painter.drawPixmap(left, rect.center().y() - side // 2, lane_badge(lane.number, side))
            left += side + metrics.averageCharWidth()
        room = rect.adjusted(left - rect.left(), 0, 0, 0)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), str(index.data()))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        metrics = QFontMetrics(option.font)
        width = metrics.horizontalAdvance(str(index.data())) + metrics.height() + metrics.averageCharWidth() * 4
        if index.data(_LANE) is not None:
            width += metrics.height() + metrics.averageCharWidth()
        return QSize(width, round(metrics.height() * 1.5))


class LastScans(QListView):
    """One line of what was scanned; it takes no focus and nothing is pressed in it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("lastScans")
        self.setAccessibleName(_("Last scans, newest first"))
        self._scans = _Scans()
        self._scans.setParent(self)
        self.setModel(self._scans)
        self.setItemDelegate(_ShapeAndWord(self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setFixedHeight(round(self.fontMetrics().height() * 1.5))
        self.setContentsMargins(gap(self), 0, gap(self), 0)

    def take(self, answer: Answer, raw: str, meaning: str, lane: Lane | None = None) -> None:
        """Put the newest scan in front. What it is called: the unit, else what the scan means."""
        unit = answer.unit
        what = (unit.serial or unit.lot or unit.part) if unit is not None else (meaning or raw)
        what = seen(what, LONGEST)
        self._scans.take(Told(face(answer), what, datetime.now().astimezone(), lane))
        self.scrollToTop()

    def clear(self) -> None:
        """Another ledger was opened: what was scanned before does not belong to it."""
        self._scans.clear()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._scans.rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            painter.drawText(
                self.viewport().rect(), int(Qt.AlignmentFlag.AlignVCenter), _("The last scans stand here.")
            )
