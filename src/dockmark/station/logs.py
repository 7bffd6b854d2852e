"""The log of this station: a few files in its state folder that never grow large and hold no scan and no name."""

import faulthandler
import json
import logging
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from dockmark import __version__
from dockmark.station.faults import FAULTS, catch_everything
from dockmark.station.locks import FolderLock
from dockmark.station.scrubbing import scrubbed

FOLDER: Final = "log"
FILE: Final = "dockmark.log"
NATIVE: Final = "native.txt"
"""Where the stacks of all threads go when the process is ended by a fault below Python."""
NATIVE_BEFORE: Final = "native-before.txt"
_SESSION: Final = "window.json"
_LARGEST: Final = 512 * 1024
_FILES: Final = 4
_TOLD_IN_FULL: Final = 3


@dataclass(frozen=True, slots=True)
class Crash:
    """The window before this one ended without being closed: when it was begun, and whether it left a stack."""

    begun: str
    version: str
    native: bool


class _Lines(logging.Formatter):
    """One line a record, in UTC, without badges, mail addresses and home folders."""

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 - logging's name
        """To the millisecond."""
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return scrubbed(super().format(record))


class _Folder(RotatingFileHandler):
    """Writes lines. An exception is written as its places, without the values that it names, and not again and again.

    A full or vanished disk silences the log, never the work.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Writes one record."""
        trouble = record.exc_info[1] if record.exc_info else None
        if trouble is not None:
            fault = FAULTS.take(trouble, record.threadName or "")
            if fault.times > _TOLD_IN_FULL:
                return
            said = f"{record.getMessage()} [{fault.kind} at {fault.where}: {fault.said}]"
            record = logging.makeLogRecord(
                record.__dict__ | {"exc_info": None, "exc_text": None, "msg": said, "args": ()}
            )
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Nothing can be written, so nothing is."""


def begin_log(state: Path, level: int = logging.INFO) -> Path | None:
    """Writes down from now on what is worth it, and every unexpected fault; returns the folder, if it can be made."""
    folder = state / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = _Folder(folder / FILE, maxBytes=_LARGEST, backupCount=_FILES - 1, encoding="utf-8", delay=True)
    except OSError:
        return None
    handler.setFormatter(_Lines("%(asctime)s %(levelname)s [%(threadName)s] %(name)s: %(message)s"))
    root = logging.getLogger()
    for old in [each for each in root.handlers if isinstance(each, _Folder)]:
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    root.setLevel(level)
    catch_everything()
    return folder


class WindowSession:
    """Says at the start whether the window before ended without being closed, and leaves the same word for the next."""

    def __init__(self, state: Path) -> None:
        self._folder = state / FOLDER
        self._lock = FolderLock(self._folder / "window.lock")
        self._native: TextIOWrapper | None = None

    def begin(self) -> Crash | None:
        """Begins; None where the one before was closed, or where another window is still open."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            if not self._lock.acquire():
                return None
            crash = self._crash()
            self._write({"running": True, "begun": datetime.now(UTC).isoformat(timespec="seconds"),
                         "version": __version__, "process": os.getpid()})  # fmt: skip
            self._native = (self._folder / NATIVE).open("w", encoding="utf-8")
        except OSError:
            return None
        faulthandler.enable(self._native, all_threads=True)
        return crash

    def end(self) -> None:
        """The window was closed as it should be."""
        if self._native is None:
            return
        faulthandler.disable()
        self._native.close()
        self._native = None
        try:
            self._write({"running": False})
        except OSError:
            logging.getLogger(__name__).info("the end of the session could not be noted")
        self._lock.release()

    def _crash(self) -> Crash | None:
        try:
            told = json.loads((self._folder / _SESSION).read_text("utf-8"))
        except (OSError, ValueError):
            return None
        if not isinstance(told, dict) or told.get("running") is not True:
            return None
        native = self._folder / NATIVE
        left = native.is_file() and native.stat().st_size > 0
        if left:
            native.replace(self._folder / NATIVE_BEFORE)
        return Crash(str(told.get("begun", "")), str(told.get("version", "")), left)

    def _write(self, told: dict[str, object]) -> None:
        beside = self._folder / f"{_SESSION}.new"
        beside.write_text(json.dumps(told), "utf-8")
        beside.replace(self._folder / _SESSION)


def tail(state: Path, most: int = 200_000) -> str:
    """The end of the log, the oldest line first."""
    folder = state / FOLDER
    text = ""
    for file in (folder / FILE, *(folder / f"{FILE}.{number}" for number in range(1, _FILES))):
        if len(text) >= most or not file.is_file():
            break
        try:
            text = file.read_text("utf-8", "replace") + text
        except OSError:
            break
    return text[-most:].partition("\n")[2] if len(text) > most else text


def native_stack(state: Path) -> str:
    """The stacks that the window before left when it was ended by a fault below Python."""
    try:
        return scrubbed((state / FOLDER / NATIVE_BEFORE).read_text("utf-8", "replace"))[:100_000]
    except OSError:
        return ""
