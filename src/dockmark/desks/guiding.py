"""A barcode for each desk: the window goes there, so that a whole shift runs without a key pressed."""

from typing import Final

from dockmark.desks.answer import Answer
from dockmark.desks.turn import Turn

DESKS: Final = {"RECEIVING": "receiving", "HOLDS": "holds"}
"""Word of the command -> name of the desk."""


def guided(turn: Turn, word: str) -> Answer | None:
    """The answer to a command that names a desk; None for every other."""
    return turn.noted("desk_wanted", desk=DESKS[word]) if word in DESKS else None
