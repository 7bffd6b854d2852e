"""Every piece of work is an action with a key; the button, where there is one, does the same and no more."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget

from dockmark.ui.mnemonics import marked


@dataclass(frozen=True, slots=True)
class Work:
    """What is done, by which key, and how."""

    says: str
    key: str
    do: Callable[[], None]


class _Follower(QObject):
    """Lets an action be triggered only while its button could be pressed."""

    def __init__(self, button: QPushButton, action: QAction) -> None:
        super().__init__(action)
        self._button = button
        self._action = action
        button.installEventFilter(self)
        action.setEnabled(button.isEnabled())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.EnabledChange:
            self._action.setEnabled(self._button.isEnabled())
        return False


def action(owner: QWidget, button: QPushButton | None, work: Work) -> QAction:
    """That work as an action of its owner, without auto-repeat: a held key never posts twice."""
    made = QAction(marked(work.says, owner.actions()), owner)
    made.setStatusTip(work.says)
    made.setObjectName(f"action_{work.key.replace('+', '_')}")
    made.setShortcut(QKeySequence(work.key))
    made.setAutoRepeat(False)
    made.triggered.connect(work.do)
    owner.addAction(made)
    if button is not None:
        _Follower(button, made)
        button.clicked.connect(made.trigger)
    return made
