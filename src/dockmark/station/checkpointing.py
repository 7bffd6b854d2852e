"""Checkpoints by themselves: every 256 events, every 15 minutes of activity, and when a receipt or a shift ends."""

from contextlib import suppress
from typing import Final

from dockmark.ledger.checkpoints import EVERY_EVENTS, EVERY_US, checkpoint_due, checkpoint_in
from dockmark.ledger.ledger import Ledger
from dockmark.record.refusal import Conflict, Refusal

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
        self._since = -1
        self._next = 0
        self._at = ledger.clock.now_us()

    def saw(self, next_seq: int) -> None:
        """A transaction ends before the event of this number."""
        if self._since < 0:
            # What an earlier run left uncovered counts as well: the ledger is asked once.
            self._since = next_seq - EVERY_EVENTS
        self._next = next_seq

    def make(self, code: str = "") -> None:
        """Makes a checkpoint where one is due, or where a piece of work ended. What was recorded stands without it."""
        now = self._ledger.clock.now_us()
        if code not in ENDINGS and self._next - self._since < EVERY_EVENTS and now - self._at < EVERY_US:
            return
        self._since, self._at = self._next, now
        with suppress(Refusal, Conflict):
            keep_checkpoint(self._ledger, now=code in ENDINGS)
