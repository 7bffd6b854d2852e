"""`export events`, `import events`: two data folders of one ledger tell each other what they know; and evidence."""

from pathlib import Path

from dockmark.cli import speech
from dockmark.cli.asking import units_meant
from dockmark.cli.opening import manned, opened
from dockmark.ledger.exchanging import read_events, write_events
from dockmark.lookup import people
from dockmark.record.refusal import Refusal, Refused
from dockmark.station.evidence import export_evidence
from dockmark.wording import _


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


def hand_out_evidence(to: Path, unit: str, operator: str, *, everything: bool) -> int:
    """Writes what proves the history of one unit, or of everything, to somebody without Dockmark."""
    if bool(unit) == everything:
        raise Refusal(Refused.BAD_VALUE, field="unit", value=unit[:60])
    with manned(spooling=False) as station:
        found = units_meant(station, unit.encode()) if unit else []
        if unit and not found:
            raise Refusal(Refused.UNIT_UNKNOWN, tag=unit[:80])
        if len(found) > 1:
            raise Refusal(Refused.AMBIGUOUS, part=unit[:80], makers=[each.part_number for each in found])
        here = station.ledger.identity.station
        if not station.ledger.read_only:
            who = operator or station.ask(lambda session: people.last_at(session, here)).result()
            station.sign_in(who, "command line").result()
        done = export_evidence(station.ledger, station.data, to, found[0].id if found else "")
    told = {
        "result": "written", "file": str(done.path), "events": done.events, "withheld": done.withheld,
        "documents": done.documents, "missing": done.missing, "checkpoint": done.checkpoint, "units": list(done.units),
    }  # fmt: skip
    words = _("{file}: {events} events, {documents} documents. Check it there with: python verify.py")
    speech.tell(told, words.format(file=done.path, events=done.events, documents=done.documents))
    return 0
