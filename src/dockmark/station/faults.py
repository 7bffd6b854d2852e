"""Unexpected faults, wherever they happen: written down with their context, told once, and the work goes on."""

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final

from dockmark.station.scrubbing import scrubbed_message

log = logging.getLogger("dockmark.faults")

MOST_KEPT: Final = 50
_TOLD_AGAIN: Final = (10, 100, 1000, 10_000)
"""A fault that comes again and again is counted, and written down only so often."""
_PACKAGE: Final = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One kind of unexpected fault: what it is, where it happened, how often so far."""

    kind: str
    said: str
    """Its message without the values in it."""
    where: str
    """The innermost line of ours."""
    context: str
    """Which thread or part it stopped."""
    at: str
    times: int = 1
    frames: tuple[str, ...] = ()


class Faults:
    """Takes every unexpected fault, from any thread. Tells of each kind once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kinds: dict[tuple[str, str], Fault] = {}
        self._tell: Callable[[Fault], None] | None = None

    def listen(self, tell: Callable[[Fault], None] | None) -> None:
        """Who is told of a fault that was not there before, on the thread that it happened on."""
        self._tell = tell

    def take(self, trouble: BaseException, context: str = "") -> Fault:
        """Writes it down; whoever listens is told where it is the first of its kind."""
        fault = _fault(trouble, context or threading.current_thread().name)
        key = (fault.kind, fault.where)
        with self._lock:
            before = self._kinds.get(key)
            fault = replace(fault, times=before.times + 1) if before else fault
            if before is not None or len(self._kinds) < MOST_KEPT:
                self._kinds[key] = fault
        if fault.times == 1:
            log.error("%s in %s at %s: %s\n%s", fault.kind, fault.context, fault.where, fault.said, _lines(fault))
            if self._tell is not None:
                self._tell(fault)
        elif fault.times in _TOLD_AGAIN:
            log.error("%s at %s: %d times", fault.kind, fault.where, fault.times)
        return fault

    def seen(self) -> list[Fault]:
        """Every kind that there was since the start, the oldest first."""
        with self._lock:
            return list(self._kinds.values())

    def clear(self) -> None:
        """Forgets them: the next one of any kind is told of again."""
        with self._lock:
            self._kinds.clear()


FAULTS: Final = Faults()
"""Those of this process: Python's own hooks know no other place to bring them to."""


def catch_everything() -> None:
    """From now on, what nobody caught is taken here, on whatever thread it happened."""
    sys.excepthook = _on_thread_of_window
    threading.excepthook = _on_other_thread


def _on_thread_of_window(_kind: type[BaseException], trouble: BaseException, _trace: TracebackType | None) -> None:
    if isinstance(trouble, KeyboardInterrupt):
        sys.__excepthook__(_kind, trouble, _trace)
        return
    FAULTS.take(trouble)


def _on_other_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
        FAULTS.take(args.exc_value, args.thread.name if args.thread else "")


def _fault(trouble: BaseException, context: str) -> Fault:
    frames = tuple(_frames(trouble))
    ours = [frame for frame in frames if frame.startswith("dockmark/")]
    return Fault(
        kind=type(trouble).__name__, said=scrubbed_message(str(trouble)), where=(ours or frames or ("?",))[-1],
        context=context, at=datetime.now(UTC).isoformat(timespec="seconds"), frames=frames,
    )  # fmt: skip


def _frames(trouble: BaseException) -> list[str]:
    """Where it came through, without a line of source and without a value; causes first."""
    chain: list[BaseException] = []
    link: BaseException | None = trouble
    while link is not None and link not in chain and len(chain) < 5:
        chain.append(link)
        link = link.__cause__ or link.__context__
    return [_frame(frame) for each in reversed(chain) for frame in traceback.extract_tb(each.__traceback__)[-30:]]


def _frame(frame: traceback.FrameSummary) -> str:
    file = Path(frame.filename)
    name = f"dockmark/{file.relative_to(_PACKAGE).as_posix()}" if file.is_relative_to(_PACKAGE) else file.name
    return f"{name}:{frame.lineno} {frame.name}"


def _lines(fault: Fault) -> str:
    return "\n".join(f"    {frame}" for frame in fault.frames)
