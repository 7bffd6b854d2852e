"""The commands and pages of the window by name, so that typing finds them as it finds a unit."""

from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from dockmark.lookup.lists.known import LISTS
from dockmark.ui.words import _
from dockmark.wording.lists import list_word

MOST = 8


@dataclass(frozen=True, slots=True)
class Command:
    """Something that the window can do: an action, or a page with what to show there."""

    key: str
    says: str
    hint: str
    action: QAction | None = None
    page: tuple[str, str] = ("", "")


def commands_of(window: QWidget, text: str) -> list[Command]:
    """What the window can do that is called so: every typed word begins a word of its name."""
    wanted = text.casefold().split()
    if not wanted:
        return []
    found: dict[str, Command] = {}
    for each in (*_actions(window), *_lists()):
        words = each.says.casefold().replace("…", " ").split()
        if all(any(word.startswith(piece) for word in words) for piece in wanted):
            found.setdefault(each.says, each)
    return list(found.values())[:MOST]


def _actions(window: QWidget) -> list[Command]:
    native = QKeySequence.SequenceFormat.NativeText
    made = []
    for number, action in enumerate(window.findChildren(QAction)):
        owner = action.parent()
        if action.text() and action.isEnabled() and isinstance(owner, QWidget) and owner.window() is window:
            says = action.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
            hint = action.shortcut().toString(native)
            made.append(Command(f"command:{number}", says, hint, action))
    return made


def _lists() -> list[Command]:
    return [
        Command(f"list:{name}", _("List of {list}").format(list=list_word(name)), "Ctrl+L", None, ("lists", name))
        for name in LISTS
    ]
