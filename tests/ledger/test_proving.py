"""Whatever is changed in a stored ledger, `verify` says so, and names the event; the quick check as far as it looks."""

import sqlite3

import pytest

from dockmark.catalog.events import (
    AsnAdvised,
    CompanySet,
    ImportCompleted,
    OrderPlaced,
    PartAdded,
    PartnerAdded,
    PlaceAdded,
    RecallAnnounced,
    SerialRangeStated,
    UnitsExpected,
)
from dockmark.custody.events import (
    DocumentMade,
    FileAttached,
    ReceiptOpened,
    UnitConditionNoted,
    UnitReceived,
    UnitsJoined,
    UnitStocked,
)
from dockmark.database.tables import PROJECTIONS
from dockmark.ledger.ledger import Ledger
from dockmark.ledger.rebuild import rebuild
from dockmark.ledger.verify import Soundness, verify
from dockmark.people.events import OperatorEnrolled, SignInFailed
from dockmark.record.facts import Draft, Fact

from .conftest import MakeLedger


@pytest.fixture
def told(make_file_ledger: MakeLedger) -> Ledger:
    """Seven events: the station's own, a part, three units of which two have an event more, in signed pairs."""
    ledger = make_file_ledger()
    with ledger.writing() as book:
        part = book.new_id()
        book.record(Draft(fact=PartAdded(told={"part_number": "P-1"}), subj=(f"part:{part}",), new=True))
        units = [book.new_id() for _ in range(3)]
        for number, unit in enumerate(units):
            book.record(Draft(fact=UnitStocked(part=part, serial=f"S{number}"), subj=(f"unit:{unit}",), new=True))
    for unit in units[:2]:
        with ledger.writing() as book:
            book.record(Draft(fact=UnitConditionNoted(condition="unserviceable"), subj=(f"unit:{unit}",)))
    return ledger


def tamper(ledger: Ledger, *statements: str) -> None:
    database = sqlite3.connect(ledger.database.file)
    for name in ("update", "delete", "replace"):
        database.execute(f"DROP TRIGGER IF EXISTS events_keep_{name}")
    for statement in statements:
        database.execute(statement)
    database.commit()
    database.close()


def verdict(ledger: Ledger, *, quick: bool) -> tuple[object, object]:
    found = verify(ledger, quick=quick)
    assert (found.result is Soundness.BROKEN) == bool(found.at)
    return found.at.get("code"), found.at.get("seq")


def test_an_untouched_ledger_is_sound_both_ways(told: Ledger) -> None:
    for quick in (True, False):
        found = verify(told, quick=quick)
        assert (found.result, found.events) == (Soundness.NOT_WITNESSED, 7)
        assert found.trusted_to["seq"] == 7
        assert found.since


@pytest.mark.parametrize(
    ("statement", "quickly", "wholly"),
    [
        ("UPDATE events SET core = replace(core, 'S1', 'S9') WHERE seq = 4", ("hash", 4), ("hash", 4)),
        ("UPDATE events SET core = CAST(x'ff' AS TEXT) WHERE seq = 4", ("hash", 4), ("hash", 4)),
        ("UPDATE events SET core = x'00' WHERE seq = 4", ("hash", 4), ("hash", 4)),
        ("UPDATE events SET hash = zeroblob(32) WHERE seq = 4", ("hash", 4), ("hash", 4)),
        ("UPDATE events SET hash = 'text' WHERE seq = 4", ("hash", 4), ("hash", 4)),
        ("DELETE FROM events WHERE seq = 4", ("gap", 4), ("gap", 4)),
        ("DELETE FROM events WHERE seq = 1", ("gap", 1), ("gap", 1)),
        ("UPDATE events SET seq = seq + 1 WHERE seq = 7", ("gap", 7), ("gap", 7)),
        ("UPDATE events SET seq = 'seven' WHERE seq = 7", ("gap", 7), ("gap", 7)),
        ("UPDATE events SET sig = NULL WHERE seq = 7", ("unsigned_tail", 7), ("unsigned_tail", 7)),
        ("UPDATE events SET sig = zeroblob(64) WHERE seq = 7", (None, None), ("signature", 7)),
        ("UPDATE events SET sig = 'text' WHERE seq = 7", (None, None), ("signature", 7)),
        ("UPDATE events SET ts = ts + 1 WHERE seq = 4", (None, None), ("columns", 4)),
        ("UPDATE events SET ts = 'noon' WHERE seq = 1", (None, None), ("columns", 1)),
        ("UPDATE events SET id = id || 'x' WHERE seq = 4", (None, None), ("columns", 4)),
        ("UPDATE event_subjects SET event = 5 WHERE event = 4", (None, None), ("projection", 4)),
        ("DELETE FROM event_subjects WHERE event = 4", (None, None), ("projection", 4)),
        ("INSERT INTO event_subjects VALUES ('unit:x', 4)", (None, None), ("projection", 0)),
        ("UPDATE units SET condition = 'new' WHERE serial = 'S1'", (None, None), ("projection", 0)),
        ("DELETE FROM units WHERE serial = 'S1'", (None, None), ("projection", 0)),
        ("INSERT INTO units(id) VALUES ('x')", (None, None), ("projection", 0)),
    ],
)
def test_a_change_is_found_and_placed(
    told: Ledger, statement: str, quickly: tuple[object, object], wholly: tuple[object, object]
) -> None:
    tamper(told, statement)
    assert verdict(told, quick=True) == quickly
    assert verdict(told, quick=False) == wholly


def test_two_events_that_changed_places_break_the_chain(told: Ledger) -> None:
    tamper(
        told,
        "UPDATE events SET seq = 100 WHERE seq = 3",
        "UPDATE events SET seq = 3 WHERE seq = 4",
        "UPDATE events SET seq = 4 WHERE seq = 100",
    )
    assert verdict(told, quick=True) == ("chain", 3)
    assert verdict(told, quick=False) == ("wrong_place", 3)


def test_every_table_is_held_against_the_events(make_file_ledger: MakeLedger) -> None:
    ledger = make_file_ledger()
    facts: dict[str, Fact] = {
        "part": PartAdded(told={"part_number": "P-1"}),
        "partner": PartnerAdded(told={"partner": "S-1"}),
        "place": PlaceAdded(told={"place": "A-1"}),
        "order": OrderPlaced(number="O-1", lines=[{"line": "2", "part": "p"}, {"line": "1", "part": "p"}]),
        "asn": AsnAdvised(number="A-1", lines=[{"line": "1", "part": "p"}]),
        "expected": UnitsExpected(rows=[["p", "S2"], ["p", "S1"]]),
        "recall": RecallAnnounced(number="R-1", part="p", lots=["L2", "L1"]),
        "range": SerialRangeStated(part="p", first="1", last="9"),
        "operator": OperatorEnrolled(roles=["operator"]),
        "access": SignInFailed(why="pin", operator="operator-1", boot="b", up_s=1),
        "receipt": ReceiptOpened(number="R-1"),
        "document": DocumentMade(
            kind="receipt", ref="receipt-1", number="D-1", sha256="0" * 64, size=1, copy=1, pages=1, checkpoint=""
        ),
        "attachment": FileAttached(to="unit:unit-1", sha256="0" * 64, name="a.png", size=1),
        "company": CompanySet(told={"name": "Helix"}),
        "unit": UnitReceived(receipt="r", part="p", serial="S1", line="l"),
        "import": ImportCompleted(kind="parts", file="f", sha256="0" * 64, rows=1, recorded=1, spans=[[1, 2]]),
    }
    with ledger.writing() as book:
        book.record(*(Draft(fact=fact, subj=(f"{kind}:{kind}-1",), new=True) for kind, fact in facts.items()))
        joined = UnitsJoined(units=["unit-1", "unit-2"], reason="same")
        book.record(
            Draft(fact=UnitReceived(receipt="r", part="p", serial="S1"), subj=("unit:unit-2",), new=True),
            Draft(fact=joined, subj=("unit:unit-1", "unit:unit-2")),
        )
    assert verify(ledger).result is Soundness.NOT_WITNESSED
    for table in PROJECTIONS:
        key, *_, changed = (column.name for column in table.columns)
        for spoil in (
            f"DELETE FROM {table.name} WHERE {key} IN (SELECT {key} FROM {table.name} LIMIT 1)",
            f"UPDATE {table.name} SET {changed} = {changed} || '7'",
            f"UPDATE {table.name} SET {key} = {key} || 'x'",
        ):
            tamper(ledger, spoil)
            found = verify(ledger)
            assert found.at.get("code") == "projection", spoil
            assert str(found.at["detail"]).split()[0] in (table.name, "tallies", "subjects")
            rebuild(ledger)
            assert verify(ledger).result is Soundness.NOT_WITNESSED


def test_what_comes_before_a_break_is_still_trusted(told: Ledger) -> None:
    tamper(told, "UPDATE events SET core = core || ' ' WHERE seq = 7")
    for quick in (True, False):
        assert verify(told, quick=quick).trusted_to["seq"] == 6


def test_a_rebuild_mends_every_table_that_hangs_on_the_events(told: Ledger) -> None:
    tamper(told, "DELETE FROM event_subjects", "DELETE FROM units", "UPDATE parts SET part_number = 'P-2'")
    assert verdict(told, quick=False)[0] == "projection"
    assert rebuild(told) == 7
    assert verify(told).result is Soundness.NOT_WITNESSED


def test_progress_tells_of_every_event_and_may_end_the_work(make_file_ledger: MakeLedger) -> None:
    ledger = make_file_ledger()
    with ledger.writing() as book:
        for number in range(4500):
            fact = UnitStocked(part="p", serial=f"S{number}")
            book.record(Draft(fact=fact, subj=(f"unit:{book.new_id()}",), new=True))
    for quick in (True, False):
        heard: list[tuple[int, int]] = []
        verify(ledger, lambda done, of, heard=heard: heard.append((done, of)), quick=quick)
        assert heard == [(2000, 4501), (4000, 4501)]

    class EnoughError(Exception):
        pass

    def stop(_done: int, _all: int) -> None:
        raise EnoughError

    with pytest.raises(EnoughError):
        verify(ledger, stop)
    assert verify(ledger).result is Soundness.NOT_WITNESSED


def test_a_ledger_may_be_verified_beside_a_writer(told: Ledger) -> None:
    with told.writing() as book:
        book.record(Draft(fact=UnitStocked(part="p", serial="late"), subj=(f"unit:{book.new_id()}",), new=True))
        assert verify(told).events == 7
    assert verify(told).events == 8


def test_a_rebuild_that_is_given_up_leaves_tables_and_indexes_as_they_were(make_file_ledger: MakeLedger) -> None:
    ledger = make_file_ledger()
    with ledger.writing() as book:
        for number in range(6000):
            fact = UnitStocked(part="p", serial=f"S{number}")
            book.record(Draft(fact=fact, subj=(f"unit:{book.new_id()}",), new=True))
    session = ledger.session()

    def kept() -> list[list[tuple[object, ...]]]:
        forms = session.all("SELECT type, name, sql FROM sqlite_master ORDER BY type, name")
        return [forms, session.all("SELECT * FROM units ORDER BY id"), session.all("SELECT * FROM search_docs")]

    before = kept()

    class EnoughError(Exception):
        pass

    def stop(_done: int, _all: int) -> None:
        raise EnoughError

    with pytest.raises(EnoughError):
        rebuild(ledger, stop)
    assert kept() == before
    rebuild(ledger)
    forms, units, docs = kept()
    assert (forms, units) == (before[0], before[1])
    assert sorted(row[1:] for row in docs) == sorted(row[1:] for row in before[2])
    session.close()
