"""Ledgers of every form that there ever was, as they were left by the version that made them. Kept for ever.

As a program it opens one of them and kills itself before a statement of the upgrade.
"""

import json
import lzma
import os
import signal
import sqlite3
import sys
from pathlib import Path
from typing import Any

from dockmark.database.pool import Pool
from dockmark.ledger.keys import KeyFolder
from dockmark.ledger.ledger import Ledger
from dockmark.ledger.rebuild import rebuild
from dockmark.record.clock import Clock

GOLDEN = Path(__file__).parent / "golden"
FORMS = sorted(folder.name for folder in GOLDEN.iterdir() if folder.is_dir())


class StandingClock:
    """A clock long after the golden ledgers were made."""

    shift_s = 0

    def now_us(self) -> int:
        return 1_900_000_000_000_000


def told(form: str) -> dict[str, Any]:
    """What the version that made it said of it."""
    found: dict[str, Any] = json.loads((GOLDEN / form / "told.json").read_text("utf-8"))
    return found


def lay_out(form: str, folder: Path) -> Path:
    """A data folder as that version left it."""
    folder.mkdir(parents=True)
    content = lzma.decompress((GOLDEN / form / "ledger.sqlite3.xz").read_bytes())
    (folder / "ledger.sqlite3").write_bytes(content)
    return folder


def opened(folder: Path, clock: Clock | None = None) -> Ledger:
    """Opens it as a station does, tables made anew where they have to be."""
    ledger = Ledger.open(folder, KeyFolder(folder.with_name(f"{folder.name}-state")), clock or StandingClock())
    if ledger.wants_rebuild:
        rebuild(ledger)
    return ledger


class Counting:
    """Counts the statements that change something; kills this process before the one of a number."""

    def __init__(self, fatal: int) -> None:
        self.count = 0
        self._fatal = fatal

    def watch(self, connection: sqlite3.Connection) -> sqlite3.Connection:
        connection.set_trace_callback(self._heard)
        return connection

    def _heard(self, statement: str) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "PRAGMA", "--")):
            return
        self.count += 1
        if self.count == self._fatal:
            os.kill(os.getpid(), signal.SIGKILL)


def upgrade_until(folder: Path, fatal: int) -> int:
    """Opens the folder with every statement counted; returns how many there were, if it lives."""
    counting, connect = Counting(fatal), Pool.connect

    def counted(pool: Pool) -> sqlite3.Connection:
        return counting.watch(connect(pool))

    Pool.connect = counted  # type: ignore[method-assign] # this process lives for nothing else
    opened(folder).close()
    return counting.count


def kill_at_each(form: str, folder: Path, wanted: list[int]) -> None:
    """For each of these statements: a child that is killed before it, and what another one finds afterwards."""
    for fatal in wanted:
        at = lay_out(form, folder / f"{form}-{fatal}")
        child = os.fork()
        if not child:
            upgrade_until(at, fatal)
            os._exit(0)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(json.dumps({"statement": fatal, "ended": ended, "folder": str(at)}), flush=True)


if __name__ == "__main__":
    if sys.argv[3] == "open":
        opened(Path(sys.argv[2])).close()
    elif sys.argv[3] == "count":
        print(upgrade_until(lay_out(sys.argv[1], Path(sys.argv[2])), 0))
    else:
        kill_at_each(sys.argv[1], Path(sys.argv[2]), [int(word) for word in sys.argv[3].split(",")])
