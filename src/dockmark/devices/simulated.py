"""The shipped twins of printer and scanner, for training, demonstration and tests: real bytes, faults on demand."""

import contextlib
import re
import socket
import struct
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Self

from dockmark.devices.simulated_printer import Answers, Fault, PrinterMind
from dockmark.devices.simulated_scanner import SimulatedScanner, wedge_keys

__all__ = ["Answers", "Fault", "SimulatedLabelPrinter", "SimulatedScanner", "wedge_keys"]

_LOOPBACK: Final = "127.0.0.1"
_RESET: Final = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
_QUESTION: Final = re.compile(rb"~HS|~HQES|~(?:H(?:QE?)?)?$")
_LOOK_UP_S: Final = 0.2


@dataclass
class _Behaviour:
    cut_after: int | None = None
    is_deaf: bool = False
    bite: int = 65536
    rest_s: float = 0.0
    says_in_pieces: bool = False


class SimulatedLabelPrinter:
    """A label printer on a loopback port. Use it in a `with` block; everything it got can be waited for."""

    def __init__(self, *, answers: Answers = Answers.ALWAYS) -> None:
        self._changed: Final = threading.Condition()
        self._mind: Final = PrinterMind(answers=answers)
        self._behaviour: Final = _Behaviour()
        self._received: list[bytearray] = []
        self._ended = 0
        self._is_closing = False
        self._listener: socket.socket | None = None
        self._open_now: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self.port = 0
        self.accept_connections()

    @property
    def url(self) -> str:
        """Its printer URL."""
        return f"tcp://{_LOOPBACK}:{self.port}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # what it got

    @property
    def labels(self) -> list[bytes]:
        """The labels that came out, in order."""
        with self._changed:
            return list(self._mind.printed)

    @property
    def held_labels(self) -> list[bytes]:
        """Whole labels that it keeps back because something is wrong."""
        with self._changed:
            return list(self._mind.waiting)

    @property
    def received(self) -> list[bytes]:
        """Every byte of every connection that brought any, questions among them."""
        with self._changed:
            return [bytes(each) for each in self._received if each]

    @property
    def commands(self) -> list[bytes]:
        """`~` commands other than questions: a proper job has none."""
        with self._changed:
            return list(self._mind.commands)

    def wait_until(self, is_so: Callable[["SimulatedLabelPrinter"], bool], timeout_s: float = 10.0) -> bool:
        """Wait for something to be true of this printer; looked at after each change."""
        with self._changed:
            return self._changed.wait_for(lambda: is_so(self), timeout_s)

    def wait_for_labels(self, count: int, timeout_s: float = 10.0) -> list[bytes]:
        """The labels, once that many came out or the time is over."""
        self.wait_until(lambda printer: len(printer._mind.printed) >= count, timeout_s)
        return self.labels

    def wait_for_hang_ups(self, count: int, timeout_s: float = 10.0) -> bool:
        """Wait until that many connections ended."""
        return self.wait_until(lambda printer: printer._ended >= count, timeout_s)

    # what can be wrong with it

    def break_down(self, *faults: Fault) -> None:
        """From now on these faults stand; labels are kept back."""
        with self._changed:
            self._mind.faults.update(faults)
            self._changed.notify_all()

    def break_down_at_next_label(self, *faults: Fault) -> None:
        """Ready until the next label begins to come in, then these faults stand: the paper ran out under it."""
        with self._changed:
            self._mind.coming_faults.update(faults)

    def mend(self) -> None:
        """Nothing is wrong any more; what was kept back comes out."""
        with self._changed:
            self._mind.faults.clear()
            self._mind.carry_on()
            self._changed.notify_all()

    def be_busy(self, is_busy: bool = True) -> None:
        """Keep labels in the buffer although nothing is wrong, or go on with them."""
        with self._changed:
            self._mind.is_busy = is_busy
            self._mind.carry_on()
            self._changed.notify_all()

    def set_answers(self, answers: Answers) -> None:
        """Change how it treats questions."""
        with self._changed:
            self._mind.answers = answers

    def cut_after(self, count: int | None) -> None:
        """Break each connection once that many bytes came in, other than questions; None for no more of that."""
        with self._changed:
            self._behaviour.cut_after = count

    def stop_reading(self) -> None:
        """Leave what comes where it is, so that the sender's buffers fill up."""
        with self._changed:
            self._behaviour.is_deaf = True

    def read_on(self) -> None:
        """Read again."""
        with self._changed:
            self._behaviour.is_deaf = False
            self._changed.notify_all()

    def go_slow(self, bite: int, rest_s: float) -> None:
        """Read so many bytes at a time, resting between."""
        with self._changed:
            self._behaviour.bite, self._behaviour.rest_s = bite, rest_s

    def answer_in_pieces(self) -> None:
        """Send answers byte by byte."""
        with self._changed:
            self._behaviour.says_in_pieces = True

    # its network side

    def refuse_connections(self) -> None:
        """Be off: connections break, new ones are refused. The port stays this printer's."""
        listener, self._listener = self._listener, None
        if listener is not None:
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)  # closing alone would not wake the thread that accepts
            listener.close()
        with self._changed:
            for connection in self._open_now:
                _reset(connection)

    def accept_connections(self) -> None:
        """Be on, on the same port as before."""
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((_LOOPBACK, self.port))
        listener.listen()
        listener.settimeout(_LOOK_UP_S)
        self.port = listener.getsockname()[1]
        self._listener = listener
        self._start(self._accept, listener)

    def close(self) -> None:
        """Hang up, stop the threads and wait for them."""
        with self._changed:
            self._is_closing = True
            self._changed.notify_all()
        self.refuse_connections()
        for thread in list(self._threads):
            thread.join(10)

    def _start(self, work: Callable[[socket.socket], None], connection: socket.socket) -> None:
        thread = threading.Thread(target=work, args=(connection,), name="simulated printer", daemon=True)
        self._threads = [each for each in self._threads if each.is_alive() or each.ident is None] + [thread]
        thread.start()

    def _accept(self, listener: socket.socket) -> None:
        while self._listener is listener:
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            except OSError:
                return
            connection.settimeout(None)
            with self._changed:
                self._open_now.add(connection)
            self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        received = bytearray()
        with self._changed:
            self._received.append(received)
        with connection, contextlib.suppress(OSError):
            while self._may_read() and (data := connection.recv(self._behaviour.bite)):
                answer, goes_on = self._take(data, received)
                self._say(connection, answer)
                if not goes_on:
                    _reset(connection)
                    break
        with self._changed:
            self._open_now.discard(connection)
            self._mind.hang_up()
            self._ended += 1
            self._changed.notify_all()

    def _may_read(self) -> bool:
        with self._changed:
            self._changed.wait_for(lambda: self._is_closing, self._behaviour.rest_s)
            self._changed.wait_for(lambda: self._is_closing or not self._behaviour.is_deaf)
            return not self._is_closing

    def _take(self, data: bytes, received: bytearray) -> tuple[bytes, bool]:
        with self._changed:
            cut = self._behaviour.cut_after
            kept = data if cut is None else _up_to(data, received, cut)
            received += kept
            answer = self._mind.take(kept)
            self._changed.notify_all()
            return answer, len(kept) == len(data) and (cut is None or _job_bytes(received) < cut)

    def _say(self, connection: socket.socket, answer: bytes) -> None:
        pieces = [answer[i : i + 1] for i in range(len(answer))] if self._behaviour.says_in_pieces else [answer]
        for piece in pieces:
            connection.sendall(piece)


def _reset(connection: socket.socket) -> None:
    """Make the connection end in a reset, and wake whoever reads from it."""
    with contextlib.suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        connection.shutdown(socket.SHUT_RD)


def _job_bytes(received: bytes | bytearray) -> int:
    return len(_QUESTION.sub(b"", bytes(received)))


def _up_to(data: bytes, received: bytearray, cut: int) -> bytes:
    sizes = range(len(data) + 1)
    size = next((each for each in sizes if _job_bytes(received + data[:each]) >= cut), len(data))
    return data[:size]
