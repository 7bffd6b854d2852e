"""Plain listeners that are no printers."""

import contextlib
import socket
import threading
from collections.abc import Callable
from typing import Self


class Sink:
    """Listens on loopback and treats each connection as told. Everything read is kept."""

    def __init__(self, treat: Callable[["Sink", socket.socket], None]) -> None:
        self.received: list[bytearray] = []
        self.done = threading.Semaphore(0)
        self.release = threading.Event()
        self._treat = treat
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    @property
    def url(self) -> str:
        return f"tcp://127.0.0.1:{self._listener.getsockname()[1]}"

    def read_some(self, connection: socket.socket, count: int) -> bytes:
        """Read until that many bytes came or the other side stopped."""
        kept = bytearray()
        self.received.append(kept)
        while len(kept) < count and (data := connection.recv(count - len(kept))):
            kept += data
        return bytes(kept)

    def wait_done(self, times: int = 1) -> None:
        for _ in range(times):
            assert self.done.acquire(timeout=10)

    def close(self) -> None:
        self.release.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(10)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            self._treat(self, connection)
        self.done.release()
