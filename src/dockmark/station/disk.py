"""How much room the disk has: warned of in time, and new scans refused while there is still room to finish.

Nothing is remembered: as soon as there is room again, work goes on.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from dockmark.desks.answer import Answer
from dockmark.desks.turn import Turn
from dockmark.identifiers.reading import Scan, TagKind
from dockmark.ledger.book import Book
from dockmark.record.refusal import Refused

MB: Final = 1_000_000
WARN_BYTES: Final = 200 * MB
WARN_PARTS: Final = 50
"""One part in so many of the whole disk: 2 %."""
MOST_WARN_BYTES: Final = 2000 * MB
"""A warning that stands there all year on a large disk is read by nobody."""
REFUSE_BYTES: Final = 50 * MB
"""What is kept back to finish with: closing a receipt, a backup's log, a print job."""


class RoomState(StrEnum):
    """Whether work can go on."""

    ENOUGH = "enough"
    LOW = "low"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Room:
    """The room on the disk of a folder, in bytes."""

    free: int
    whole: int

    @property
    def state(self) -> RoomState:
        """`low`: say so. `out`: take no new scans.

        A disk that as a whole is not larger than the reserve never had it: there only a full disk refuses.
        """
        if self.free < REFUSE_BYTES < self.whole:
            return RoomState.OUT
        return RoomState.LOW if self.free < self.warned_below else RoomState.ENOUGH

    @property
    def warned_below(self) -> int:
        """The larger of 200 MB and 2 % of the disk, but never more than 2 GB."""
        return max(WARN_BYTES, min(self.whole // WARN_PARTS, MOST_WARN_BYTES))


FINISHING: Final = frozenset({TagKind.COMMAND, TagKind.REASON, TagKind.NUMBER, TagKind.BADGE})
"""What is still taken where there is no room for new units: it answers, corrects and closes what was begun."""

Measure = Callable[[Path], Room]


def measured(folder: Path) -> Room:
    """The room on the disk of that folder. A disk that does not say is taken to have room: the next write tells."""
    try:
        usage = shutil.disk_usage(folder)
    except OSError:
        return Room(MOST_WARN_BYTES, MOST_WARN_BYTES)
    return Room(usage.free, usage.total)


def too_little_room(book: Book, desk: str, scan: Scan | None, room: Room) -> Answer:
    """Takes nothing new, and says so; the scan is kept as every other one is."""
    turn = Turn(book, desk, scan or Scan(raw=b"", device="keyboard", typed=True))
    return turn.refused(Refused.DISK_LOW, {"free": room.free // MB})
