"""A barcode for each desk, page and key of the window, so that a whole shift runs without a key pressed."""

from typing import Final

from dockmark.desks.answer import Answer
from dockmark.desks.turn import Turn
from dockmark.identifiers.window_tags import wanted

DESKS: Final = {"RECEIVING": "receiving", "HOLDS": "holds"}
"""Word of the command -> name of the desk."""


def guided(turn: Turn, word: str) -> Answer | None:
    """The answer to a command that names a desk or something of the window; None for every other."""
    if word in DESKS:
        return turn.noted("desk_wanted", desk=DESKS[word])
    return turn.noted("window_wanted", word=word) if wanted(word) is not None else None
