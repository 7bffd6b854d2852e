"""Ends calls that nobody answers: a network that fell silent says nothing, and a driver would wait for ever."""

import os
import socket
import threading
import time
from contextlib import suppress
from typing import Final

LOOK_S: Final = 0.25
"""How often it is looked whether a call is overdue."""


class Call:
    """One connection's call under way, and by when it has to be answered."""

    __slots__ = ("due", "handle", "is_over")

    def __init__(self, handle: int) -> None:
        self.handle = handle
        self.due = 0.0
        """When it is overdue, by the clock that only goes forward; 0 while nothing is asked."""
        self.is_over = False


class Watch:
    """Shuts the socket of a call that is overdue: whoever waits for it then gets an error at once.

    The socket is shut, and no request to cancel is sent: what was asked might be a commit.
    """

    def __init__(self) -> None:
        self._calls: set[Call] = set()
        self._lock = threading.Lock()
        self._change = threading.Event()
        self._thread: threading.Thread | None = None
        self._is_closed = False

    def over(self, call: Call) -> None:
        """From now on looks after this connection's calls."""
        with self._lock:
            self._calls.add(call)
            if self._thread is None:
                self._thread = threading.Thread(target=self._look, name="database deadlines", daemon=True)
                self._thread.start()
        self._change.set()

    def forget(self, call: Call) -> None:
        """That connection is not used any more."""
        with self._lock:
            self._calls.discard(call)

    def close(self) -> None:
        """Ends the thread."""
        self._is_closed = True
        self._change.set()
        if self._thread is not None:
            self._thread.join()

    def _look(self) -> None:
        while not self._is_closed:
            with self._lock:
                calls = list(self._calls)
            self._change.wait(LOOK_S if calls else None)
            if self._change.is_set():
                self._change.clear()
            now = time.monotonic()
            for call in calls:
                if call.due and now > call.due and not call.is_over:
                    call.is_over = True
                    _shut(call.handle)


def _shut(handle: int) -> None:
    with suppress(OSError), socket.socket(fileno=os.dup(handle)) as line:
        line.shutdown(socket.SHUT_RDWR)
