"""Every piece of work is an action with a key and a barcode; the button, where there is one, does no more."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget

from dockmark.ui.mnemonics import marked

KEY: Final = "key"
WORD: Final = "word"
"""Dynamic properties of an action: its key as it was written, and the command that does the same."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is done, by which key, and how."""

    says: str
    key: str
    do: Callable[[], None]
    word: str = ""
    """The command that does the same, where there is one; else its tag is made of its home and its key (`ui.deeds`)."""


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


def key_for(button: QPushButton, key: str, says: str = "") -> QAction:
    """A key and a barcode for a button that stands alone: they press it, where it is in sight and can be pressed."""
    made = action(button, None, Work(says or button.accessibleName(), key, button.click))
    _Follower(button, made)
    return made


def action(owner: QWidget, button: QPushButton | None, work: Work) -> QAction:
    """That work as an action of its owner, without auto-repeat: a held key never posts twice."""
    made = QAction(marked(work.says, owner.actions()), owner)
    made.setStatusTip(work.says)
    made.setProperty(KEY, work.key)
    made.setProperty(WORD, work.word)
    made.setObjectName(f"action_{work.key.replace('+', '_')}")
    made.setShortcut(QKeySequence(work.key))
    made.setAutoRepeat(False)
    made.triggered.connect(work.do)
    owner.addAction(made)
    if button is not None:
        _Follower(button, made)
        button.clicked.connect(made.trigger)
    return made
