"""Looks at the pixels of a window: can its text be read, and can it be seen where the keys go?"""

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)

from dockmark.ui.theme import contrast

from .audit import shown

TEXT, CONTROL = 4.5, 3.0
"""Contrast at least: of text, and of what tells a control or where the focus is (WCAG 2.2, 1.4.3, 1.4.11)."""
_EDGE = 3
"""Pixels of a frame that are no ground for text."""
_SEEN = 12
"""So many pixels that change can be seen."""


class PixelEye:
    """What is wrong with the pixels of windows. Each widget's focus is looked at once."""

    def __init__(self) -> None:
        self._focused: set[str] = set()

    def faults(self, root: QWidget) -> Iterator[str]:
        """Everything that cannot be read or seen on this window, as it stands."""
        image = root.grab().toImage()
        found = shown(root)
        for widget in found:
            if _bears_text(widget) and (read := _read(image, widget, root)) < TEXT:
                yield f"reads at {read:.1f}: {type(widget).__name__} {widget.objectName()!r}"
        for widget in found:
            name = widget.objectName()
            if not name or name in self._focused or not _takes_tab(widget):
                continue
            self._focused.add(name)
            if not _shows_focus(widget, root):
                yield f"does not show that it has the focus: {type(widget).__name__} {name!r}"


def _bears_text(widget: QWidget) -> bool:
    if not widget.isEnabled() or not isinstance(widget, QLabel | QAbstractButton):
        return False
    # What lies in a view that is scrolled is seen in part or not at all.
    return bool(widget.text().strip()) and widget.visibleRegion().boundingRect() == widget.rect()


def _read(image: QImage, widget: QWidget, root: QWidget) -> float:
    """How well the text on this widget reads: the pixel that stands out most from what it mostly stands on."""
    scale = image.devicePixelRatio()
    corner = widget.mapTo(root, QPoint(0, 0))
    inside = widget.rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
    if inside.isEmpty():
        return TEXT
    area = QRect(
        round((corner.x() + inside.x()) * scale), round((corner.y() + inside.y()) * scale),
        round(inside.width() * scale), round(inside.height() * scale),
    )  # fmt: skip
    part = image.copy(area.intersected(image.rect())).convertToFormat(QImage.Format.Format_RGB32)
    if part.isNull():
        return TEXT
    bits = bytes(part.constBits())
    pixels = Counter(bits[at : at + 4] for at in range(0, len(bits), 4))
    ground = _colour(pixels.most_common(1)[0][0])
    return max(contrast(_colour(each), ground) for each in pixels)


def _takes_tab(widget: QWidget) -> bool:
    kinds = (QAbstractButton, QLineEdit, QAbstractItemView, QComboBox)
    if widget.visibleRegion().boundingRect() != widget.rect():
        return False  # scrolled away: Tab brings it into sight, setting the focus does not
    return isinstance(widget, kinds) and widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _shows_focus(widget: QWidget, root: QWidget) -> bool:
    """Whether enough pixels, on it or around it, change by 3:1 when it gets the focus."""
    was = QApplication.focusWidget()
    if was is widget:
        widget.clearFocus()
    QApplication.processEvents()
    before = root.grab().toImage()
    root.activateWindow()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    after = root.grab().toImage()
    has = widget.hasFocus() or (widget.focusProxy() is not None and widget.focusProxy().hasFocus())
    if was is not None:
        was.setFocus(Qt.FocusReason.OtherFocusReason)
    return not has or _changed(before, after) >= _SEEN


def _changed(before: QImage, after: QImage) -> int:
    """How many pixels have changed by 3:1."""
    if before.size() != after.size():
        return _SEEN
    one = before.convertToFormat(QImage.Format.Format_RGB32)
    other = after.convertToFormat(QImage.Format.Format_RGB32)
    mine, theirs = bytes(one.constBits()), bytes(other.constBits())
    if mine == theirs:
        return 0
    pairs: Counter[tuple[bytes, bytes]] = Counter()
    step = one.bytesPerLine()
    for line in range(one.height()):
        here, there = mine[line * step : (line + 1) * step], theirs[line * step : (line + 1) * step]
        if here != there:
            pairs.update(
                (here[at : at + 4], there[at : at + 4])
                for at in range(0, step, 4)
                if here[at : at + 4] != there[at : at + 4]
            )
    return sum(count for (old, new), count in pairs.items() if contrast(_colour(old), _colour(new)) >= CONTROL)


def _colour(pixel: bytes) -> QColor:
    return QColor.fromRgb(int.from_bytes(pixel, "little"))
