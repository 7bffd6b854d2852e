"""How a write waits while another program holds the database, and who is told of it."""

import math
import threading
from collections.abc import Callable
from typing import Final

LOOK_MS: Final = 400
"""How long one try waits before whoever is at the window is told."""


class Patience:
    """Waits up to `longest_s`, or until it is asked to give up; tells how long it has waited at every look."""

    def __init__(self, longest_s: float = 15.0) -> None:
        self.longest_s = longest_s
        self._tell: Callable[[float | None], None] | None = None
        self._over = threading.Event()
        self._waits = False

    def have_all(self, tell: Callable[[float | None], None]) -> None:
        """Somebody sits there and sees it: wait for as long as it takes. `tell` gets the seconds, and None at last."""
        self.longest_s = math.inf
        self._tell = tell

    def listen(self, tell: Callable[[float | None], None]) -> None:
        """Whom to tell, without waiting any longer than before."""
        self._tell = tell

    def give_up(self) -> None:
        """Wait no longer: we are going to close."""
        self._over.set()

    def lasts(self, waited_s: float) -> bool:
        """Whether to try once more after that time; whoever listens is told that it is waited."""
        if waited_s >= self.longest_s or self._over.is_set():
            return False
        self._waits = True
        if self._tell is not None:
            self._tell(waited_s)
        return True

    def ended(self) -> None:
        """The database is free, or the wait was given up."""
        if self._waits:
            self._waits = False
            if self._tell is not None:
                self._tell(None)
