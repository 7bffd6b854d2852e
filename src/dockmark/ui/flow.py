"""A row of buttons that breaks into more rows where the window is narrow."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Places its items from left to right and breaks the line; the first line fills the width."""

    def __init__(self, parent: QWidget, space: int) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._space = space
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), really=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, really=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, really: bool) -> int:
        top = rect.top()
        most: int | None = None
        for line in self._broken(rect.width()):
            height = max(item.sizeHint().height() for item in line)
            if really:
                most = self._fill(line, QRect(rect.left(), top, rect.width(), height), most)
            top += height + self._space
        return max(0, top - self._space - rect.top())

    def _broken(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        room = 0
        for item in self._items:
            if (widget := item.widget()) is not None and widget.isHidden():
                continue
            wanted = item.sizeHint().width()
            if not lines or wanted + self._space > room:
                lines.append([])
                room = width + self._space
            lines[-1].append(item)
            room -= wanted + self._space
        return lines

    def _fill(self, line: list[QLayoutItem], rect: QRect, most: int | None) -> int:
        """Give each item of a line its share; in later lines no more than in the first. Returns that share."""
        hints = [item.sizeHint().width() for item in line]
        spare = rect.width() - sum(hints) - self._space * (len(line) - 1)
        spare = spare if most is None else min(spare, most * len(line))
        first = spare // len(line)
        left = rect.left()
        for number, (item, hint) in enumerate(zip(line, hints, strict=True)):
            share = spare // (len(line) - number)
            spare -= share
            item.setGeometry(QRect(QPoint(left, rect.top()), QSize(hint + share, rect.height())))
            left += hint + share + self._space
        return max(0, first)
