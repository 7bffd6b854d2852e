"""`export events`, `import events`: two data folders of one ledger tell each other what they know."""

from pathlib import Path

from dockmark.cli import speech
from dockmark.cli.opening import opened
from dockmark.ledger.exchanging import read_events, write_events


def export_events(to: Path) -> int:
    """Writes what is known here to a file."""
    with opened() as ledger:
        done = write_events(ledger, to)
    told = {"events": done.events, "held_back": done.held_back, "file": str(to)}
    speech.tell(told, f"{done.events} events, {done.held_back} held back: {to}")
    return 0


def import_events(file: Path) -> int:
    """Takes in what another data folder wrote."""
    with opened() as ledger:
        taken = read_events(ledger, file)
    done = taken.accepted
    told = {
        "new": done.new, "known": done.known, "waiting": done.waiting, "quarantined": done.quarantined,
        "disputes": taken.disputes,
    }  # fmt: skip
    words = f"{done.new} new, {done.known} known, {done.waiting} waiting, {len(taken.disputes)} in dispute"
    speech.tell(told, "\n".join([words, *(f"{station}: {code}" for station, code in done.quarantined.items())]))
    return 1 if done.quarantined else 0
