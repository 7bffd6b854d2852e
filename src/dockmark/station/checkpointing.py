"""Checkpoints by themselves: every 256 events, every 15 minutes of activity, and when a receipt or a shift ends."""

from typing import Final

from dockmark.ledger.checkpoints import EVERY_EVENTS, EVERY_US, checkpoint_due, checkpoint_in
from dockmark.ledger.ledger import Ledger

ENDINGS: Final = frozenset({"receipt_closed", "signed_out"})


def keep_checkpoint(ledger: Ledger, *, now: bool = False) -> bool:
    """Makes a checkpoint where one is due; `now` makes one whatever was recorded since. True where it was made."""
    if ledger.read_only:
        return False
    with ledger.writing() as book:
        if not now and not checkpoint_due(book):
            return False
        checkpoint_in(book)
    return True


class Checkpointing:
    """Counts what a station records, so that the ledger is asked only when a checkpoint may be due."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._seq = -1
        self._at = ledger.clock.now_us()

    def is_wanted(self, next_seq: int, code: str = "") -> bool:
        """Whether enough was recorded, or for long enough, since this was last true; or a piece of work ended."""
        if self._seq < 0:
            self._seq = next_seq
        now = self._ledger.clock.now_us()
        if code not in ENDINGS and next_seq - self._seq < EVERY_EVENTS and now - self._at < EVERY_US:
            return False
        self._seq, self._at = next_seq, now
        return True

    def make(self, code: str = "") -> None:
        """Makes a checkpoint where one is due, or where a piece of work ended."""
        keep_checkpoint(self._ledger, now=code in ENDINGS)
