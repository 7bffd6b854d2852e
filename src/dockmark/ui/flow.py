"""A row of buttons that breaks into more rows where the window is narrow."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Places its items from left to right and breaks the line; the first line fills the width, or all of them do."""

    def __init__(self, parent: QWidget, space: int, *, all_fill: bool = False) -> None:
        super().__init__(parent)
        self._all_fill = all_fill
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
        """The lines; where there are more than one, of about the same length, so that none holds a lone last one."""
        shown = [item for item in self._items if (widget := item.widget()) is None or not widget.isHidden()]
        sizes = [item.sizeHint().width() for item in shown]
        counts = self._greedy(sizes, width)
        tight, loose = 0, width
        while len(counts) > 1 and loose - tight > 4:
            middle = (tight + loose) // 2
            if len(self._greedy(sizes, middle)) == len(counts):
                loose = middle
            else:
                tight = middle
        lines, first = [], 0
        for count in self._greedy(sizes, loose):
            lines.append(shown[first : first + count])
            first += count
        return lines

    def _greedy(self, sizes: list[int], width: int) -> list[int]:
        """How many go into each line, filled one after another."""
        counts: list[int] = []
        room = 0
        for wanted in sizes:
            if not counts or wanted + self._space > room:
                counts.append(0)
                room = width + self._space
            counts[-1] += 1
            room -= wanted + self._space
        return counts

    def _fill(self, line: list[QLayoutItem], rect: QRect, most: int | None) -> int:
        """Give each item of a line its share; in later lines no more than in the first. Returns that share."""
        hints = [item.sizeHint().width() for item in line]
        spare = rect.width() - sum(hints) - self._space * (len(line) - 1)
        spare = spare if most is None or self._all_fill else min(spare, most * len(line))
        first = spare // len(line)
        left = rect.left()
        for number, (item, hint) in enumerate(zip(line, hints, strict=True)):
            share = spare // (len(line) - number)
            spare -= share
            item.setGeometry(QRect(QPoint(left, rect.top()), QSize(hint + share, rect.height())))
            left += hint + share + self._space
        return max(0, first)
