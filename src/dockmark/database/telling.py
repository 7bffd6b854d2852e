"""What SQLite says of its surroundings, in our words: a disk that is full, broken or read-only, a file that is held."""

import sqlite3
from typing import Final

from dockmark.record.refusal import Conflict, Refusal, Refused

_IO_ERROR: Final = "disk I/O error"


def _is_room(error: sqlite3.OperationalError) -> bool:
    """Whether an I/O error says that the shared memory beside the ledger could not grow: the disk is full."""
    return getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_IOERR_SHMSIZE


def told_of(error: sqlite3.OperationalError) -> Exception:
    """The fault of the surroundings as an answer; everything else stays the bug that it is."""
    text = str(error)
    if "disk is full" in text or (_IO_ERROR in text and _is_room(error)):
        return Refusal(Refused.DISK_FULL, detail=text)
    if _IO_ERROR in text or "unable to open" in text:
        return Refusal(Refused.DISK_FAULT, detail=text)
    if "readonly" in text:
        return Refusal(Refused.DISK_READ_ONLY)
    if "locked" in text or "busy" in text:
        return Conflict(text)
    return error
