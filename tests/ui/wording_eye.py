"""What stands written on a window: every text of it, whether it came through the catalogue, and whether it is cut."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from typing import Any

from PySide6.QtCore import QAbstractListModel, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QTextEdit,
    QToolButton,
    QWidget,
)

from dockmark.ui.buttons import CommandButton
from dockmark.ui.mnemonics import plain

from .audit import shown

ROWS_READ = 40
"""Rows of a table that are read; those below are of the same columns."""
_TOKEN = re.compile(r"[^\W_]+(?:[-/.:+_@][^\W_]+)*")
_LETTERS = re.compile(r"[A-Za-z]{2,}")
Text = tuple[str, str]
"""Where it stands, and what it says."""


def texts(root: QWidget) -> Iterator[Text]:
    """Every text of the window and of all that is in it, also of what is hidden now and may come up later."""
    yield from ((f"title of {_called(root)}", root.windowTitle()),)
    for widget in [root, *root.findChildren(QWidget)]:
        if _is_of_qt(widget) or widget.window() is not root:
            continue
        for where, text in _of(widget):
            yield f"{where} {_called(widget)}", plain(text)
    for action in root.findChildren(QAction):
        if not action.objectName().startswith(("_q_", "qt_")):
            yield f"action {action.objectName()}", plain(action.text())
            yield f"status tip of action {action.objectName()}", action.statusTip()


def _of(widget: QWidget) -> Iterator[Text]:
    yield "name", widget.accessibleName()
    yield "description", widget.accessibleDescription()
    yield "tool tip", re.sub("</?qt>", "", widget.toolTip())
    yield "what's this", widget.whatsThis()
    match widget:
        case QLabel() | QAbstractButton():
            yield "text", widget.text()
        case QLineEdit():
            yield "placeholder", widget.placeholderText()
            yield "value", widget.text()
        case QComboBox():
            yield from (("item", widget.itemText(number)) for number in range(widget.count()))
        case QTabBar():
            yield from (("tab", widget.tabText(number)) for number in range(widget.count()))
        case QAbstractItemView() if not isinstance(widget, QHeaderView):
            if isinstance(widget.window(), QFileDialog):
                return  # what lies in the folders of this machine
            yield from _cells(widget)
        case QAbstractSpinBox() | QProgressBar():
            yield "value", widget.text()
        case _:
            yield from _of_rarer(widget)


def _of_rarer(widget: QWidget) -> Iterator[Text]:
    if isinstance(widget, QTextEdit | QPlainTextEdit):
        yield "text", widget.toPlainText()
    elif isinstance(widget, QGroupBox | QMenu):
        yield "title", widget.title()


def _cells(view: QAbstractItemView) -> Iterator[Text]:
    model = view.model()
    if model is None:
        return
    roles = {
        "cell": Qt.ItemDataRole.DisplayRole,
        "spoken cell": Qt.ItemDataRole.AccessibleTextRole,
        "tool tip of a cell": Qt.ItemDataRole.ToolTipRole,
    }
    for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount()):
        head = model.headerData(column, Qt.Orientation.Horizontal)
        if isinstance(head, str):
            yield "title of a column", head
        for row in range(min(ROWS_READ, model.rowCount())):
            for where, role in roles.items():
                told = model.index(row, column).data(role)
                if isinstance(told, str):
                    yield where, told


def _is_of_qt(widget: QWidget) -> bool:
    return widget.objectName().startswith("qt_")


def _called(widget: QWidget) -> str:
    name, parent = widget.objectName(), widget
    while not name and parent.parentWidget() is not None:
        parent = parent.parentWidget()
        name = parent.objectName() and f"…{parent.objectName()}"
    return f"{type(widget).__name__} {name}"


class Untold:
    """Finds words that no catalogue said, in a text of the pseudo-locale, where every letter of a message is accented.

    Data may stand in it: `phrases` are values that the sample holds, `words` are names that are the same everywhere,
    and any path below `folders` is one. A word with a digit in it is a number, a serial or a day.
    One with the ending of a file is the name of one.
    """

    def __init__(self, phrases: set[str], words: Set[str], folders: set[str]) -> None:
        known = sorted((each for each in phrases if _LETTERS.search(each)), key=len, reverse=True)
        paths = [re.escape(each) + r"[^\s⟧]*" for each in folders]
        self._data = re.compile("|".join([*paths, *map(re.escape, known)]))
        self._words = words

    def of(self, text: str) -> list[str]:
        """The words in that text that were not translated."""
        rest = self._data.sub(" ", text)
        tokens = [token for token in _TOKEN.findall(rest) if not _is_data(token)]
        parts = [part for token in tokens for part in _LETTERS.findall(token) if token not in self._words]
        return [part for part in parts if part not in self._words]


def _is_data(token: str) -> bool:
    return any(each.isdigit() for each in token) or token.endswith((".json", ".jsonl", ".txt", ".png", ".csv"))


class Brush:
    """Watches what our own widgets paint: which words they shorten, and which they draw past their room."""

    def __init__(self, is_ours: Callable[[str], bool]) -> None:
        self._is_ours = is_ours
        self.cut: list[str] = []
        self.drawn: list[str] = []
        self._kept: list[tuple[type, str, Any]] = []

    def __enter__(self) -> Brush:
        self._watch(QFontMetrics, "elidedText", self._elided)
        self._watch(QPainter, "drawText", self._drew)
        return self

    def __exit__(self, *_what: object) -> None:
        for kind, name, own in self._kept:
            setattr(kind, name, own)
        self._kept = []

    def _watch(self, kind: type, name: str, told: Callable[..., None]) -> None:
        own = getattr(kind, name)
        self._kept.append((kind, name, own))

        def watched(self: Any, *what: Any) -> Any:
            found = own(self, *what)
            told(self, what, found)
            return found

        setattr(kind, name, watched)

    def _elided(self, _metrics: QFontMetrics, what: tuple[Any, ...], found: str) -> None:
        text = what[0]
        if found != text and self._is_ours(text):
            self.cut.append(f"shortened to {found!r}: {text!r}")

    def _drew(self, painter: QPainter, what: tuple[Any, ...], _found: object) -> None:
        text = next((each for each in what if isinstance(each, str)), "")
        self.drawn.append(text)
        room = next((each for each in what if isinstance(each, QRect)), None)
        flags = next((each for each in what if isinstance(each, int)), 0)
        if room is None or not self._is_ours(text):
            return
        wraps = bool(flags & int(Qt.TextFlag.TextWordWrap))
        need = painter.fontMetrics().boundingRect(room if wraps else QRect(0, 0, 10_000, 10_000), flags, text)
        # A letter of another font is a little higher than the line: only what wraps can be too high.
        if need.width() > room.width() + 1 or (wraps and need.height() > room.height() + 4):
            self.cut.append(f"drawn {need.width()}x{need.height()} in {room.width()}x{room.height()}: {text!r}")


def cuts(root: QWidget, is_ours: Callable[[str], bool]) -> list[str]:
    """Every text of ours that is not to be read whole, as the window stands."""
    found = []
    for widget in shown(root):
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit | QComboBox | QTabBar | QGroupBox):
            wrong = _short(widget, is_ours) or _off(widget, root) or _beneath(widget)
            if wrong:
                found.append(f"{wrong}: {_called(widget)} {_said(widget)!r}")
    canvas = QPixmap(root.size() * root.devicePixelRatio())
    canvas.setDevicePixelRatio(root.devicePixelRatio())
    with Brush(is_ours) as brush:
        root.render(canvas, QPoint(0, 0))
    return found + brush.cut


def _said(widget: QWidget) -> str:
    return str(widget.property("text") or widget.property("placeholderText") or "")[:60]


def _short(widget: QWidget, is_ours: Callable[[str], bool]) -> str:
    """Why the text of that widget has no room in it; nothing where it has."""
    match widget:
        case QLabel():
            return _short_label(widget, is_ours)
        case CommandButton():
            return ""  # paints itself: the brush sees it
        case QPushButton() | QCheckBox() | QRadioButton() | QToolButton() if widget.text():
            need, room = widget.sizeHint(), widget.size()
            # A button's own idea of its size has air around the text that it can do without.
            width = widget.fontMetrics().horizontalAdvance(plain(widget.text()))
            return _needs(QSize(min(need.width(), max(width, need.width() - 8)), 1), room)
        case QComboBox():
            option = QStyleOptionComboBox()
            widget.initStyleOption(option)
            field = widget.style().subControlRect(
                QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, widget
            )
            return _needs(QSize(widget.fontMetrics().horizontalAdvance(widget.currentText()), 1), field.size())
        case QLineEdit() if not widget.text() and widget.placeholderText():
            margins = widget.textMargins()
            room = widget.contentsRect().width() - margins.left() - margins.right() - 4
            need_width = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
            return _needs(QSize(need_width, 1), QSize(room, 1))
        case QTabBar():
            for number in range(widget.count()):
                width = widget.fontMetrics().horizontalAdvance(plain(widget.tabText(number)))
                if width > widget.tabRect(number).width():
                    return f"tab {number} is too narrow"
            return ""
        case _:
            return ""


def _short_label(label: QLabel, is_ours: Callable[[str], bool]) -> str:
    text = label.text()
    if not text or not label.pixmap().isNull():
        return ""
    room, metrics = label.contentsRect(), label.fontMetrics()
    if label.wordWrap():
        widest = max((metrics.horizontalAdvance(word) for word in text.split()), default=0)
        if widest > room.width() and is_ours(text):
            return f"a word needs {widest} of {room.width()} px"
        flags = int(Qt.TextFlag.TextWordWrap)
        need = metrics.boundingRect(QRect(0, 0, room.width(), 100_000), flags, text)
        return "" if need.height() <= room.height() + 2 else f"needs {need.height()} of {room.height()} px in height"
    if not is_ours(text):
        return ""
    lines = [plain(line) if label.buddy() is not None else line for line in text.split("\n")]
    width = max(metrics.horizontalAdvance(line) for line in lines)
    return _needs(QSize(width, 1), room.size())


def _needs(need: QSize, room: QSize) -> str:
    return "" if need.width() <= room.width() + 1 else f"needs {need.width()} of {room.width()} px"


def _off(widget: QWidget, root: QWidget) -> str:
    """Whether a part of it stands outside of what it stands in, where nothing scrolls there."""
    box, parent = widget.rect(), widget
    while parent is not root:
        above = parent.parentWidget()
        if above is None:
            return ""
        box = QRect(parent.mapTo(above, box.topLeft()), box.size())
        scrolls = above.parentWidget()
        if isinstance(scrolls, QAbstractScrollArea) and scrolls.viewport() is above:
            if isinstance(scrolls, QAbstractItemView):
                return ""
            if box.left() < -1 or box.right() > above.width():
                return f"stands {box.left()} to {box.right()} in {above.width()} px that do not scroll across"
            return ""
        if not above.rect().adjusted(-1, -1, 1, 1).contains(box):
            return f"stands outside of {_called(above)}"
        parent = above
    return ""


def _beneath(widget: QWidget) -> str:
    """Whether a neighbour lies over it."""
    parent = widget.parentWidget()
    if parent is None:
        return ""
    for other in parent.children():
        if isinstance(other, QWidget) and other is not widget and other.isVisible() and not _is_of_qt(other):
            both = widget.geometry().intersected(other.geometry())
            if both.width() > 2 and both.height() > 2 and isinstance(other, QLabel | QAbstractButton | QLineEdit):
                return f"lies {both.width()}x{both.height()} px over {_called(other)}"
    return ""
