"""The small line of a button: the command as its barcode is named on the sheet, and the key as keyboards name it."""

import re
from typing import Final

from PySide6.QtGui import QKeySequence

from dockmark.wording import command_word
from dockmark.wording.commands import NAMES

_BETWEEN: Final = " · "
_KEY: Final = re.compile(r"(?:(?:Ctrl|Alt|Shift|Meta)\+)+\S+")
_ARROWS: Final = {"↑": "Up", "↓": "Down"}


def ways(text: str) -> str:
    """`FINISH · Ctrl+E` in the language of the window; what is neither a command nor a key stays as it is."""
    return _BETWEEN.join(map(_way, text.split(_BETWEEN)))


def key_words(key: str) -> str:
    """A key as it is named on keyboards of this country: `Strg+Umschalt+L`."""
    held, plus, last = key.rpartition("+")
    known = f"{held}{plus}{_ARROWS[last]}" if last in _ARROWS else key
    shown = QKeySequence(known).toString(QKeySequence.SequenceFormat.NativeText)
    return shown or key


def _way(text: str) -> str:
    if text in NAMES:
        return command_word(text).upper()
    return key_words(text) if _KEY.fullmatch(text) else text
