"""What is wrong with a screen for somebody who listens, uses keys, wears gloves or sees little."""

from collections import Counter

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QCalendarWidget,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QProgressBar,
    QScrollBar,
    QTextEdit,
    QWidget,
)

from dockmark.ui.theme import contrast, target

Role = QAccessible.Role
ACTED_ON = (
    QAbstractButton, QLineEdit, QAbstractItemView, QProgressBar, QComboBox, QAbstractSpinBox, QTextEdit,
)  # fmt: skip
ROLES = {
    QAbstractButton: {Role.Button, Role.CheckBox, Role.RadioButton, Role.ButtonMenu, Role.PageTab},
    QLineEdit: {Role.EditableText},
    QAbstractItemView: {Role.List, Role.Table, Role.Tree},
    QProgressBar: {Role.ProgressBar},
    QComboBox: {Role.ComboBox},
    QAbstractSpinBox: {Role.SpinBox},
}
COMPOUND = (QAbstractScrollArea, QLineEdit, QComboBox, QAbstractSpinBox, QCalendarWidget, QHeaderView)


def shown(root: QWidget) -> list[QWidget]:
    """The widgets of ours that are to be seen: not the inner parts of Qt's own."""
    found = [each for each in root.findChildren(QWidget) if each.isVisible() and each.window() is root]
    return [each for each in found if not _is_inner(each, root)]


def _is_inner(widget: QWidget, root: QWidget) -> bool:
    if widget.objectName().startswith("qt_") or isinstance(widget, QScrollBar | QHeaderView):
        return True
    parent = widget.parentWidget()
    while parent is not None and parent is not root:
        if isinstance(parent, COMPOUND) and not widget.objectName():
            return True
        parent = parent.parentWidget()
    return False


def faults(root: QWidget) -> list[str]:
    """Everything that is wrong on that window, as it stands."""
    found = shown(root)
    acted = [each for each in found if isinstance(each, ACTED_ON)]
    return [
        *_twice(found), *(fault for each in acted for fault in _named(each)),
        *(fault for each in acted for fault in _hit(each)),
        *(fault for each in found for fault in _read(each)),
        *_reached(root, acted), *_in_reading_order(root, acted),
    ]  # fmt: skip


def _called(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()!r}"


def _twice(found: list[QWidget]) -> list[str]:
    names = Counter(each.objectName() for each in found if each.objectName())
    return [f"named {count} times: {name}" for name, count in names.items() if count > 1]


def _named(widget: QWidget) -> list[str]:
    told = QAccessible.queryAccessibleInterface(widget)
    wrong = [] if widget.objectName() else ["no object name"]
    if told is None or not told.text(QAccessible.Text.Name).strip():
        wrong.append("no accessible name")
    for kind, roles in ROLES.items():
        if isinstance(widget, kind) and told is not None and told.role() not in roles:
            wrong.append(f"role {told.role().name}")
    return [f"{each}: {_called(widget)}" for each in wrong]


def _hit(widget: QWidget) -> list[str]:
    pressed = isinstance(widget, QAbstractButton | QLineEdit | QComboBox | QAbstractSpinBox)
    if not pressed or (isinstance(widget, QLineEdit) and widget.isReadOnly()):
        return []
    size = min(widget.width(), widget.height())
    return [f"{widget.width()}x{widget.height()} is too small: {_called(widget)}"] if size < target() else []


def _read(widget: QWidget) -> list[str]:
    """Text at 4.5:1 on what it stands on; a picture alone is a control at 3:1."""
    if not widget.isEnabled() or not isinstance(widget, QLabel | QAbstractButton | QLineEdit | QComboBox):
        return []
    colours = widget.palette()
    if isinstance(widget, QLabel):
        pairs = [(widget.foregroundRole(), widget.backgroundRole())]
    elif isinstance(widget, QLineEdit):
        pairs = [(QPalette.ColorRole.Text, QPalette.ColorRole.Base)]
    else:
        pairs = [(QPalette.ColorRole.ButtonText, QPalette.ColorRole.Button)]
    wrong = []
    for text, ground in pairs:
        below = colours.color(ground)
        if below.alpha() < 255:
            below = (widget.parentWidget() or widget).palette().color(QPalette.ColorRole.Window)
        read = contrast(colours.color(text), below)
        if read < 4.5:
            wrong.append(f"{text.name} on {ground.name} reads at {read:.1f}: {_called(widget)}")
    return wrong


def _chain(root: QWidget) -> list[QWidget]:
    chain, widget = [], root.nextInFocusChain()
    for _step in range(5000):
        if widget is None or widget is root:
            return chain
        chain.append(widget)
        widget = widget.nextInFocusChain()
    raise AssertionError("the tab order never comes home")


def _takes_keys(widget: QWidget) -> bool:
    if isinstance(widget, QProgressBar) or (isinstance(widget, QLineEdit) and widget.isReadOnly()):
        return False
    return widget.isEnabled() and (
        widget.focusPolicy() != Qt.FocusPolicy.NoFocus or isinstance(widget, QAbstractButton)
    )


def _reached(root: QWidget, acted: list[QWidget]) -> list[str]:
    reached = {id(each) for each in _chain(root) if each.focusPolicy() & Qt.FocusPolicy.TabFocus}
    missed = [each for each in acted if _takes_keys(each) and id(each) not in reached]
    return [f"Tab never comes to {_called(each)}" for each in missed]


def _in_reading_order(root: QWidget, acted: list[QWidget]) -> list[str]:
    """Within one parent Tab goes down, and along a line from left to right."""
    known = {id(each) for each in acted if _takes_keys(each)}
    last: dict[int, QWidget] = {}
    wrong = []
    for widget in _chain(root):
        if id(widget) not in known:
            continue
        before = last.get(id(widget.parentWidget()))
        if before is not None and _is_before(widget, before, root):
            wrong.append(f"Tab goes back from {_called(before)} to {_called(widget)}")
        last[id(widget.parentWidget())] = widget
    return wrong


def _is_before(one: QWidget, other: QWidget, root: QWidget) -> bool:
    """Whether that stands wholly above, or at the left on the same line."""
    here, there = one.mapTo(root, QPoint(0, 0)), other.mapTo(root, QPoint(0, 0))
    if here.y() + one.height() <= there.y():
        return one.height() < root.height() // 3 and here.x() < there.x() + other.width()
    same_line = abs(here.y() - there.y()) < target() // 2
    return same_line and here.x() < there.x()
