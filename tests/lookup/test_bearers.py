"""Who bears a mark, and whose mark only looks like it: by the indexes, held against every unit there is."""

from itertools import product
from pathlib import Path

from dockmark.custody.events import UnitStocked
from dockmark.identifiers.keys import look_key, serial_key
from dockmark.ledger.keys import KeyFolder
from dockmark.ledger.ledger import Ledger
from dockmark.lookup.units import bearers, look_alikes, same_mark
from dockmark.record.facts import Draft
from dockmark.station.clock import StationClock

SERIALS = ["".join(letters) for length in (1, 2, 3, 4) for letters in product("0O1b", repeat=length)]


def test_every_bearer_and_every_look_alike_is_found(tmp_path: Path) -> None:
    ledger = Ledger.create(tmp_path / "data", KeyFolder(tmp_path / "state"), StationClock(), random=3)
    with ledger.writing() as book:
        for number, serial in enumerate([*SERIALS, *SERIALS[::5], "", ""]):
            fact = UnitStocked(part="one" if number % 3 else "two", serial=serial)
            book.record(Draft(fact=fact, subj=(f"unit:u{number}",), new=True))
    session = ledger.session()
    stored = session.all("SELECT id, part, serial FROM units ORDER BY id")
    for serial in [*SERIALS, "0o1B", "LL", "", " "]:
        key, look = serial_key(serial), look_key(serial)
        same = [row[0] for row in stored if row[1] == "one" and key and serial_key(row[2]) == key]
        alike = [
            row[0]
            for row in stored
            if row[1] == "one" and key and row[2] and look_key(row[2]) == look and serial_key(row[2]) != key
        ]
        found, others = bearers(session, "one", look, key)
        assert [twin.id for twin in found] == same[:50]
        assert [twin.id for twin in others] == alike[:50]
        assert found == same_mark(session, "one", key)
        assert others == look_alikes(session, "one", look, key)
    session.close()
    ledger.close()
