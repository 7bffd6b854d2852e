"""Bytes to and from a printer over TCP, with every wait bounded and every loss told apart."""

import contextlib
import selectors
import socket
import struct
import sys
import time
from types import TracebackType
from typing import Final, Self

from dockmark.devices.label_printer import Why
from dockmark.devices.zpl_dialogue import LinkDown, Patience

_CHUNK: Final = 65536
_AFTER_HANG_UP_S: Final = 0.1
_LAST_WORDS_S: Final = 0.2
_MACOS_SO_NWRITE: Final = 0x1024
_LINGER: Final = "hh" if sys.platform == "win32" else "ii"


class TcpLink:
    """One connection. Leaving the `with` block says goodbye properly, so that the printer loses nothing it was sent."""

    def __init__(self, connection: socket.socket, patience: Patience) -> None:
        self._socket: Final = connection
        self._patience: Final = patience
        self._unread = b""
        self._is_stuck = False
        connection.setblocking(False)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    @classmethod
    def open(cls, host: str, port: int, patience: Patience) -> Self:
        """Connect, or raise `LinkDown` with the code of the reason; nothing has left then."""
        try:
            connection = socket.create_connection((host, port), timeout=patience.connect_s)
        except socket.gaierror as error:
            raise LinkDown(Why.HOST_UNKNOWN, began=False) from error
        except (OSError, UnicodeError) as error:
            raise LinkDown(_code(error), began=False) from error
        if connection.getsockname() == connection.getpeername():
            # A closed local port can meet itself: the system picked the target as the source.
            connection.close()
            raise LinkDown(Why.REFUSED, began=False)
        return cls(connection, patience)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def write(self, data: bytes) -> None:
        """Hand all of `data` to the system, as fast as the printer takes it."""
        view, done = memoryview(data), 0
        last_step = time.monotonic()
        job_ends = last_step + self._patience.job_s
        self._notice_hang_up(began=False)
        while done < len(view):
            try:
                step = self._socket.send(view[done : done + _CHUNK])
            except (BlockingIOError, InterruptedError):
                step = 0
            except OSError as error:
                raise LinkDown(_code(error), began=done > 0) from error
            now = time.monotonic()
            done += step
            if step:
                last_step = now
            elif now - last_step >= self._patience.stall_s or now >= job_ends:
                self._is_stuck = True
                raise LinkDown(Why.STALLED, began=done > 0)
            else:
                self._wait_for_room(min(last_step + self._patience.stall_s, job_ends) - now)
                self._notice_hang_up(began=done > 0)

    def read(self, within_s: float) -> bytes:
        """What came, or nothing after that time; `LinkDown` when the other side is gone."""
        if self._unread:
            data, self._unread = self._unread, b""
            return data
        is_readable = _wait(self._socket, selectors.EVENT_READ, within_s)
        return self._receive(began=True) if is_readable else b""

    def has_undelivered(self) -> bool:
        """Bytes that the printer's side has not acknowledged, where the system tells."""
        return bool(_unacknowledged(self._socket))

    def close(self) -> None:
        """Say that nothing more comes, hear the printer out, hang up. A stuck connection is cut instead."""
        with contextlib.suppress(OSError), self._socket:
            if self._is_stuck or not self._hear_out():
                # What still lies in our own buffer must not come out of the printer after we gave the job up.
                self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack(_LINGER, 1, 0))

    def _hear_out(self) -> bool:
        """Late answers left unread would reset the connection under the job's last bytes. False: it is stuck."""
        self._socket.shutdown(socket.SHUT_WR)
        deadline = time.monotonic() + _LAST_WORDS_S
        while (left := deadline - time.monotonic()) > 0:
            if _wait(self._socket, selectors.EVENT_READ, left) and not self._socket.recv(_CHUNK):
                return True
        return not self.has_undelivered()

    def _wait_for_room(self, within_s: float) -> None:
        listening = 0 if self._unread else selectors.EVENT_READ
        _wait(self._socket, selectors.EVENT_WRITE | listening, min(within_s, 1.0))

    def _notice_hang_up(self, *, began: bool) -> None:
        """A printer that hung up takes no more; what it said before is kept for `read`."""
        if not self._unread and _wait(self._socket, selectors.EVENT_READ, 0):
            self._unread = self._receive(began=began)

    def _receive(self, *, began: bool) -> bytes:
        try:
            data = self._socket.recv(_CHUNK)
        except (BlockingIOError, InterruptedError):
            return b""
        except OSError as error:
            raise LinkDown(_code(error), began=began) from error
        if not data:
            raise LinkDown(Why.CLOSED, began=began, is_clean=self._was_read_to_the_end())
        return data

    def _was_read_to_the_end(self) -> bool:
        """After a hang-up: a side that left bytes unread resets the connection, one that read them all does not."""
        deadline = time.monotonic() + _AFTER_HANG_UP_S
        while (left := deadline - time.monotonic()) > 0:
            if self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                return False
            time.sleep(min(left, 0.01))
        return not self.has_undelivered()


def _wait(connection: socket.socket, events: int, within_s: float) -> bool:
    """Whether one of these happened in time (no bare `select`: it fails on high descriptor numbers)."""
    with selectors.DefaultSelector() as selector:
        selector.register(connection, events)
        return bool(selector.select(max(within_s, 0.0)))


def _unacknowledged(connection: socket.socket) -> int:
    """Bytes sent but not acknowledged by the other side; 0 where the system does not tell."""
    try:
        if sys.platform == "linux":
            import fcntl
            import termios

            return int(struct.unpack("i", fcntl.ioctl(connection, termios.TIOCOUTQ, b"\0" * 4))[0])
        if sys.platform == "darwin":
            return connection.getsockopt(socket.SOL_SOCKET, _MACOS_SO_NWRITE)
    except OSError:
        return 0
    return 0  # Windows tells only whole statistics


def _code(error: Exception) -> Why:
    match error:
        case ConnectionRefusedError():
            return Why.REFUSED
        case ConnectionResetError() | BrokenPipeError() | ConnectionAbortedError():
            return Why.RESET
        case TimeoutError():
            return Why.TIMED_OUT
        case _:
            return Why.UNREACHABLE
