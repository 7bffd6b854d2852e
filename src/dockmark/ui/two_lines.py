"""How an entry of a list is painted: what it says, and below in small where and when. One way for every list."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from dockmark.ui.cards import gap
from dockmark.ui.scroll_bar import quiet_scrolling
from dockmark.ui.theme import scaled, target

Index = QModelIndex | QPersistentModelIndex
Colour = QPalette.ColorRole
BELOW = int(Qt.ItemDataRole.UserRole) + 1
"""The role of the small line."""
OWN = BELOW + 1
"""The first role that a list may use for what it paints besides."""
SMALL = 0.88


class TwoLines(QStyledItemDelegate):
    """Ground, edge, and two lines of words. A list that shows more paints it in `head` and `picture`."""

    edge_letters = 0.55
    """The room at both sides, in heights of a line."""
    height_lines = 1.35

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        palette: QPalette = option.palette
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setFont(option.font)
        rect = self.head(painter, QRect(option.rect), index, palette)
        if chosen:
            painter.fillRect(rect, palette.color(Colour.Highlight))
        else:
            painter.setPen(QPen(palette.color(Colour.Midlight), 1))
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        ink = palette.color(Colour.HighlightedText if chosen else Colour.Text)
        small = ink if chosen else palette.color(Colour.PlaceholderText)
        painter.setPen(small)
        self._write(painter, self.picture(painter, rect, index, palette), index, ink, small)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        font: QFont = option.font
        lines = QFontMetrics(font).height() + QFontMetrics(scaled(font, SMALL)).height()
        return QSize(10, max(target(), round(lines * self.height_lines)))

    def head(self, painter: QPainter, rect: QRect, index: Index, palette: QPalette) -> QRect:
        """Paint what stands over the entry; the room that it leaves."""
        return rect

    def picture(self, painter: QPainter, rect: QRect, index: Index, palette: QPalette) -> QRect:
        """Paint what stands beside the words, in the ink of the small line; the room that it leaves for them."""
        return rect

    def title(self, painter: QPainter, index: Index, small_ink: QColor) -> None:
        """Change font or ink for the title of an entry that is not as the others."""

    def write_line(self, painter: QPainter, room: QRect, text: str) -> None:
        """One line in the painter's font and ink, cut where there is no room."""
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room.left(), room.top() + metrics.ascent(), shown)

    def _write(self, painter: QPainter, rect: QRect, index: Index, ink: QColor, small_ink: QColor) -> None:
        font = QFont(painter.font())
        small = scaled(font, SMALL)
        metrics, below = QFontMetrics(font), QFontMetrics(small)
        edge = round(metrics.height() * self.edge_letters)
        second = str(index.data(BELOW) or "")
        block = metrics.height() + (below.height() if second else 0)
        room = QRect(rect.left() + edge, rect.top() + (rect.height() - block) // 2, rect.width() - 2 * edge, block)
        painter.setPen(ink)
        self.title(painter, index, small_ink)
        self.write_line(painter, room, str(index.data() or ""))
        if second:
            painter.setFont(small)
            painter.setPen(small_ink)
            self.write_line(painter, room.adjusted(0, metrics.height(), 0, 0), second)


def prepare(view: QListView, name: str, says: str, painter: TwoLines) -> None:
    """Make a list one of two-line entries that are read and chosen, never edited."""
    view.setObjectName(name)
    view.setAccessibleName(says)
    view.setItemDelegate(painter)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    quiet_scrolling(view)
    view.setMinimumHeight(target() + gap(view))
