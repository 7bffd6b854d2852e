"""A line to a database that a test can cut, silence, or cut at the moment of a commit."""

import socket
import threading
from pathlib import Path
from typing import Final

COMMIT: Final = b"COMMIT"


class Line:
    """Passes on what goes between a station and a cluster. `on_commit`: pass, lost (never arrives) or unanswered."""

    def __init__(self, cluster: Path) -> None:
        [self._to] = cluster.glob(".s.PGSQL.*[0-9]")
        self.on_commit = "pass"
        self.silent = threading.Event()
        self.commits = 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._begin(self._accept)

    def url(self, url: str) -> str:
        """The same address, by way of this line."""
        head, _, _ = url.partition("?")
        port = self._listening.getsockname()[1]
        return head.replace("@/", f"@127.0.0.1:{port}/") + "?sslmode=disable&gssencmode=disable"

    def close(self) -> None:
        """Cuts everything."""
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._cut(*self._open)
        for thread in self._threads:
            thread.join(10)

    def _begin(self, work: object, *args: object) -> None:
        thread = threading.Thread(target=work, args=args, daemon=True)  # type: ignore[arg-type] # a method of ours
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            far = socket.socket(socket.AF_UNIX)
            far.connect(str(self._to))
            self._open += [near, far]
            holds = threading.Event()
            self._begin(self._there, near, far, holds)
            self._begin(self._back, far, near, holds)

    def _there(self, near: socket.socket, far: socket.socket, holds: threading.Event) -> None:
        while data := _received(near):
            if COMMIT in data:
                self.commits += 1
                what, self.on_commit = self.on_commit, "pass"
                if what == "lost":
                    self._cut(near, far)
                    return
                if what == "unanswered":
                    holds.set()
            if not self.silent.is_set() and not _sent(far, data):
                break
        self._cut(near, far)

    def _back(self, far: socket.socket, near: socket.socket, holds: threading.Event) -> None:
        while data := _received(far):
            if holds.is_set():
                # The server has done it when it answers; the answer stays with us.
                self._cut(near, far)
                return
            if not self.silent.is_set() and not _sent(near, data):
                break

    def _cut(self, *ends: socket.socket) -> None:
        for end in ends:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


def _received(end: socket.socket) -> bytes:
    try:
        return end.recv(1 << 16)
    except OSError:
        return b""


def _sent(end: socket.socket, data: bytes) -> bool:
    try:
        end.sendall(data)
    except OSError:
        return False
    return True
