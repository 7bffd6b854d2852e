"""The underlined letter of an action, found when the action is made: no translator has to think of one."""

from collections.abc import Iterable

from PySide6.QtGui import QAction


def with_mnemonic(says: str, taken: Iterable[str]) -> str:
    """That text with a mark before the first letter that none of these texts has taken; words begin before they go on.

    A `&` that belongs to the text is doubled, so that it is shown and not read as a mark.
    """
    used = {letter for text in taken if (letter := mnemonic_of(text))}
    starts = [place for place, each in enumerate(says) if each.isalnum() and (place == 0 or says[place - 1] == " ")]
    others = [place for place, each in enumerate(says) if each.isalnum() and place not in starts]
    for place in (*starts, *others):
        if says[place].lower() not in used:
            before, after = says[:place].replace("&", "&&"), says[place:].replace("&", "&&")
            return f"{before}&{after}"
    return says.replace("&", "&&")


def mnemonic_of(text: str) -> str:
    """The marked letter, in lower case; empty where none is marked."""
    rest = text.replace("&&", "")
    place = rest.find("&")
    return rest[place + 1 : place + 2].lower() if place >= 0 else ""


def plain(text: str) -> str:
    """The text as it is read: without its mark."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def marked(says: str, beside: Iterable[QAction]) -> str:
    """That text with a mnemonic that none of the actions beside it has."""
    return with_mnemonic(says, [each.text() for each in beside])
