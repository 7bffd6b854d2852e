"""Events out to a file and in from one: how two data folders of one ledger come to know the same.

A file of lines of JSON. The first says what it is and of which ledger; each other line is an event, exactly as it was
recorded, or a side record with a person's name. Each station's events are in order and end with a signed one.
"""

import hashlib
from binascii import a2b_hex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final

import orjson

from dockmark.database.session import Session
from dockmark.ledger.accepting import Accepted, accept
from dockmark.ledger.chains import STATIONS
from dockmark.ledger.folding import history
from dockmark.ledger.ledger import Ledger
from dockmark.record.canonical import MAX_CORE
from dockmark.record.event import Event
from dockmark.record.refusal import Refusal, Refused

FORM: Final = "dockmark/events/v1"
_LONGEST: Final = 8 * MAX_CORE
"""Bytes of a line: every sign of a core may have to be written as six."""
_MOST_RECORDS: Final = 100_000


@dataclass(slots=True)
class Written:
    """What went out: how many events, how many were held back because nothing signs them yet."""

    events: int = 0
    held_back: int = 0


@dataclass(slots=True)
class Taken:
    """What came in, and the units that two stations now say different things of."""

    accepted: Accepted
    disputes: list[str] = field(default_factory=list)


def write_events(ledger: Ledger, to: Path) -> Written:
    """Writes every event that is known here and covered by a signature: whole, or no file at all."""
    written = Written()
    part = to.with_name(f"{to.name}.part")
    session = ledger.session()
    try:
        with session.reading(), part.open("wb") as file:
            file.write(orjson.dumps({"form": FORM, "ledger": ledger.identity.ledger}) + b"\n")
            for station in [row[0] for row in session.all(STATIONS)]:
                _write_station(session, station, file, written)
            for identity, salt, data in session.all(
                "SELECT id, salt, data FROM people_records WHERE data LIKE ? ORDER BY id", ("name %",)
            ):
                file.write(orjson.dumps({"record": identity, "salt": salt.hex(), "data": data}) + b"\n")
        part.replace(to)
    except OSError as error:
        raise Refusal(Refused.BAD_FILE, file=to.name, why=str(error.strerror)) from error
    finally:
        session.close()
        part.unlink(missing_ok=True)
    return written


def _write_station(session: Session, station: str, file: BinaryIO, written: Written) -> None:
    signed = session.value("SELECT max(seq) FROM events WHERE station = ? AND sig IS NOT NULL", (station,)) or 0
    top = session.value("SELECT max(seq) FROM events WHERE station = ?", (station,))
    written.events += signed
    written.held_back += top - signed
    rows = session.stream(
        "SELECT seq, hash, core, sig FROM events WHERE station = ? AND seq <= ? ORDER BY seq", (station, signed)
    )
    for seq, digest, core, sig in rows:
        told = {"station": station, "seq": seq, "hash": digest.hex(), "core": core}
        file.write(orjson.dumps(told | ({"sig": sig.hex()} if sig is not None else {})) + b"\n")


def read_events(ledger: Ledger, source: Path) -> Taken:
    """Takes a file of events in: all that can be accepted, or nothing where the file is not what it should be."""
    session = ledger.session()
    before = {row[0] for row in session.all(_DISPUTED)}
    records: dict[str, tuple[bytes, str]] = {}
    try:
        with source.open("rb") as file:
            taken = Taken(accept(ledger, _events(file, source.name, ledger.identity.ledger, records)))
    except OSError as error:
        raise Refusal(Refused.BAD_FILE, file=source.name, why="not_found") from error
    finally:
        session.close()
    _keep_records(ledger, records)
    session = ledger.session()
    taken.disputes = [row[0] for row in session.all(_DISPUTED) if row[0] not in before]
    session.close()
    return taken


_DISPUTED = "SELECT id FROM units WHERE disputed <> '' ORDER BY id"


def _events(file: BinaryIO, name: str, ledger: str, records: dict[str, tuple[bytes, str]]) -> Iterator[Event]:
    head = _line(file, name)
    if head is None or head.get("form") != FORM:
        raise Refusal(Refused.NOT_A_LEDGER, file=name)
    if head.get("ledger") != ledger:
        raise Refusal(Refused.ANOTHER_LEDGER, file=name)
    while (told := _line(file, name)) is not None:
        try:
            if "record" in told:
                if len(records) < _MOST_RECORDS:
                    records[str(told["record"])] = (a2b_hex(told["salt"]), str(told["data"]))
                continue
            seq, sig = told["seq"], told.get("sig")
            if type(seq) is not int or not 0 < seq < 2**53 or not isinstance(told["station"], str):
                raise Refusal(Refused.NOT_A_LEDGER, file=name)
            core = told["core"].encode()
            yield Event(told["station"], seq, a2b_hex(told["hash"]), core, None if sig is None else a2b_hex(sig))
        except (KeyError, TypeError, AttributeError, ValueError) as wrong:
            raise Refusal(Refused.NOT_A_LEDGER, file=name) from wrong


def _line(file: BinaryIO, name: str) -> dict[str, Any] | None:
    """The next line; None at the end. A line without an end is never read whole."""
    line = file.readline(_LONGEST)
    if not line:
        return None
    try:
        told = orjson.loads(line)
    except ValueError as wrong:
        raise Refusal(Refused.NOT_A_LEDGER, file=name) from wrong
    if not isinstance(told, dict):
        raise Refusal(Refused.NOT_A_LEDGER, file=name)
    return told


def _keep_records(ledger: Ledger, records: dict[str, tuple[bytes, str]]) -> None:
    """Keeps the names that an event vouches for by their hash; what nobody vouches for is let go."""
    with ledger.tending() as session:
        for operator, identity in session.all("SELECT id, name_record FROM operators ORDER BY id"):
            if identity not in records or session.one("SELECT 1 FROM people_records WHERE id = ?", (identity,)):
                continue
            salt, data = records[identity]
            told = {"id": identity, "hash": hashlib.sha256(salt + data.encode()).hexdigest()}
            if any(event.body.get("name") == told for event in history(session, f"operator:{operator}")):
                session.run("INSERT INTO people_records VALUES (?, ?, ?)", (identity, salt, data))
