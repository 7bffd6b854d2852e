"""A checkpoint that somebody kept outside, held against the ledger: the proof that nothing was rewritten or cut off."""

from collections.abc import Sequence
from typing import Final

from dockmark.database.session import Session
from dockmark.ledger.chains import STATIONS, Broken
from dockmark.ledger.checkpoints import Note, notes
from dockmark.record.checkpoint_text import Typed, is_slip, read_checkpoint, same_note
from dockmark.record.clock import as_text
from dockmark.record.refusal import Refusal, Refused

_MOST: Final = 50
_TIME_SLACK_US: Final = 3_000_000
"""Papers of the first form carried the time of asking, a moment before the time of the record."""


def read_given(texts: Sequence[str]) -> list[Typed]:
    """The checkpoints that were typed, one in each text; refuses what is none."""
    if len(texts) > _MOST:
        raise Refusal(Refused.CHECKPOINT_UNREADABLE, value=f"{len(texts)}")
    given = []
    for text in texts:
        typed = read_checkpoint(text)
        if typed is None:
            raise Refusal(Refused.CHECKPOINT_UNREADABLE, value=text[:120])
        given.append(typed)
    return given


def agreeing(session: Session, given: Sequence[Typed]) -> list[Note]:
    """The ledger's notes that these papers are of, the earliest first. Raises for the first that does not agree."""
    found: list[Note] = []
    for typed in sorted(given, key=lambda it: (it.number, it.maker)):
        found.append(_held_against(session, typed, found))
    return found


def _held_against(session: Session, typed: Typed, trusted: Sequence[Note]) -> Note:
    top = session.value("SELECT max(seq) FROM events WHERE station = ?", (typed.maker,))
    note = next((it for it in notes(session, (typed.maker,)) if it.number == typed.number), None)
    if note is None:
        _refuse_slip(session, typed)
    if top is None:
        raise Broken("checkpoint_not_ours", typed.maker, 0, str(typed.number))
    if note is None:
        raise Broken("checkpoint_unknown", typed.maker, int(top) + 1, str(typed.number))
    if not same_note(typed.note, note.note):
        if is_slip(typed.note, note.note):
            raise Refusal(Refused.CHECKPOINT_MISTYPED, number=note.number, field="note")
        raise Broken("checkpoint_differs", typed.maker, _reach(trusted, typed.maker) + 1, str(typed.number))
    if typed.time not in (as_text(note.wall), *(as_text(note.wall - us) for us in (1_000_000, _TIME_SLACK_US))):
        raise Refusal(Refused.CHECKPOINT_MISTYPED, number=note.number, field="time")
    _demand_heads(session, note, trusted)
    return note


def _refuse_slip(session: Session, typed: Typed) -> None:
    """Where the hash is that of a checkpoint of this ledger, it was its number or its maker that was mistyped."""
    for note in notes(session, [row[0] for row in session.all(STATIONS)]):
        if same_note(typed.note, note.note):
            field = "number" if note.maker == typed.maker else "station"
            raise Refusal(Refused.CHECKPOINT_MISTYPED, number=typed.number, field=field)


def _demand_heads(session: Session, note: Note, trusted: Sequence[Note]) -> None:
    """What the note names is what stands here: the note alone proves nothing of events that were exchanged since."""
    for station, (seq, digest) in sorted(note.heads.items()):
        held = session.value("SELECT hash FROM events WHERE station = ? AND seq = ?", (station, seq))
        if held is None:
            top = session.value("SELECT max(seq) FROM events WHERE station = ?", (station,)) or 0
            raise Broken("checkpoint_head_missing", station, int(top) + 1, str(note.number))
        if held.hex() != digest:
            raise Broken("checkpoint_head", station, _reach(trusted, station) + 1, str(note.number))


def _reach(trusted: Sequence[Note], station: str) -> int:
    """Up to where papers that agreed reach in a station's chain."""
    return max((note.heads.get(station, (0, ""))[0] for note in trusted), default=0)
