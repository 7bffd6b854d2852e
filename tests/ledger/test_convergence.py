"""Three stations, skewed clocks, any order of arrival: the tables are the same to the byte."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dockmark.catalog.events import OrderChanged, OrderPlaced, PartAdded, PartChanged, PartsJoined, RecallAnnounced
from dockmark.custody import events as said
from dockmark.database.tables import PROJECTIONS
from dockmark.ledger.accepting import accept
from dockmark.ledger.book import Book
from dockmark.ledger.keys import KeyFolder
from dockmark.ledger.ledger import Ledger
from dockmark.ledger.rebuild import rebuild
from dockmark.ledger.verify import Soundness, verify
from dockmark.people.events import OperatorEnrolled
from dockmark.record.event import Event
from dockmark.record.facts import Draft

from .conftest import MakeLedger, SteppingClock

SKEWS_S = (0, -3600, 5400)
"""The second station's clock is an hour slow, the third's an hour and a half fast."""


def events_of(ledger: Ledger) -> list[Event]:
    session = ledger.session()
    rows = session.all("SELECT station, seq, hash, core, sig FROM events ORDER BY n")
    session.close()
    return [Event(row[0], row[1], row[2], row[3].encode(), row[4]) for row in rows]


def tables_of(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    session = ledger.session()
    found = {table.name: sorted(session.all(f"SELECT * FROM {table.name}")) for table in PROJECTIONS}
    session.close()
    return found


def units_of(ledger: Ledger) -> list[str]:
    session = ledger.session()
    found = [row[0] for row in session.all("SELECT id FROM units ORDER BY id")]
    session.close()
    return found


def act(ledger: Ledger, chance: random.Random) -> None:
    """One transaction as any desk might make it, about a unit known here or a new one."""
    known = units_of(ledger)
    with ledger.writing() as book:
        if not known or chance.random() < 0.3:
            unit = f"unit:{book.new_id()}"
            fact = said.UnitReceived(receipt="r", part="p", serial=f"SN{chance.randrange(5)}", place="dock")
            book.record(Draft(fact=fact, subj=(unit,), refs=("receipt:r",), new=True))
            return
        unit_id = chance.choice(known)
        unit = f"unit:{unit_id}"
        choice = chance.randrange(10)
        if choice >= 8:
            bond(book, known, unit_id, chance)
        elif choice == 0:
            state = book.unit(unit_id)
            book.record(Draft(fact=said.UnitReleased(holds=list(state.holds), reason="fine"), subj=(unit,)))
        elif choice == 1:
            last = book.fold.standing(unit).heads
            book.record(Draft(fact=said.DisputeResolved(heads=list(last), reason="seen"), subj=(unit,)))
        elif choice == 2:
            held = book.record(Draft(fact=said.UnitHeld(reason="damp"), subj=(unit,)))
            book.record(
                Draft(fact=said.UnitHeld(reason="doubt"), subj=(unit,)),
                Draft(fact=said.ActReversed(reverses=list(held)), subj=(unit,)),
            )
        elif choice == 3:
            book.record(Draft(fact=said.UnitReturned(receipt="r2", place="dock"), subj=(unit,)))
        elif choice == 4:
            book.record(
                Draft(fact=PartAdded(told={"part_number": f"P{chance.randrange(9)}"}), subj=("part:p",)),
                Draft(fact=PartChanged(told={"description": f"d{chance.randrange(9)}"}), subj=("part:p",)),
            )
        elif choice == 5:
            line = {"line": str(chance.randrange(3)), "part": "p", "quantity": chance.randrange(1, 9)}
            book.record(Draft(fact=OrderPlaced(number="PO1", lines=[line]), subj=("order:o",)))
            book.record(Draft(fact=OrderChanged(lines=[line | {"quantity": 3}]), subj=("order:o",)))
        elif choice == 6:
            lots = [f"L{chance.randrange(4)}"]
            book.record(Draft(fact=RecallAnnounced(number="R1", part="p", lots=lots), subj=("recall:r",)))
        else:
            book.record(
                Draft(fact=said.UnitPutAway(place=f"bin{chance.randrange(4)}"), subj=(unit,)),
                Draft(fact=OperatorEnrolled(roles=["operator"]), subj=(f"operator:op{chance.randrange(3)}",)),
            )


def bond(book: Book, known: list[str], unit: str, chance: random.Random) -> None:
    """Says that some units are one, or are not, or that whoever said so last was wrong."""
    others = {unit, *chance.choices(known, k=chance.randrange(1, 3))}
    subjects = tuple(sorted(f"unit:{each}" for each in others))
    if len(others) == 1:
        return
    joined = said.UnitsJoined(units=sorted(others), reason="same scratch")
    parted = said.UnitsParted(units=[unit], reason="another plate")
    drafts = [Draft(fact=joined, subj=subjects), Draft(fact=parted, subj=subjects)]
    [event] = book.record(chance.choices(drafts, weights=(3, 1))[0])
    if chance.random() < 0.3:
        book.record(Draft(fact=said.ActReversed(reverses=[event]), subj=subjects))
    parts = tuple(sorted(f"part:{each}" for each in chance.sample(("p", "q", "r"), 2)))
    for part in parts:
        book.record(Draft(fact=PartAdded(told={"part_number": f"P{chance.randrange(9)}"}), subj=(part,)))
    book.record(Draft(fact=PartsJoined(parts=list(parts), reason="one drawing"), subj=parts))


def three_stations(make_ledger: MakeLedger, seed: int) -> list[Ledger]:
    """Three stations of one ledger that worked apart and sometimes told each other."""
    chance = random.Random(seed)
    clocks = [SteppingClock(1_750_000_000_000_000 + skew * 1_000_000) for skew in SKEWS_S]
    first = make_ledger(f"{seed}-0", clock=clocks[0], seed=seed)
    stations = [first] + [
        make_ledger(f"{seed}-{n}", clock=clocks[n], ledger=first.identity.ledger, seed=seed) for n in (1, 2)
    ]
    for _ in range(60):
        station = chance.choice(stations)
        act(station, chance)
        if chance.random() < 0.2:
            accept(chance.choice(stations), events_of(station))
    return stations


def union_of(stations: list[Ledger]) -> list[Event]:
    """Each station's own events, as only it has all of them."""
    return [event for ledger in stations for event in events_of(ledger) if event.station == ledger.identity.station]


@pytest.mark.parametrize("seed", range(4))
def test_tables_are_equal_whatever_the_order_of_arrival(make_ledger: MakeLedger, tmp_path: Path, seed: int) -> None:
    stations = three_stations(make_ledger, seed)
    union = union_of(stations)
    for ledger in stations:
        accept(ledger, union)
    wanted = tables_of(stations[0])
    assert tables_of(stations[1]) == wanted
    assert tables_of(stations[2]) == wanted
    assert wanted["units"], "the stations did something"
    chance = random.Random(seed)
    for attempt in range(50):
        reader = make_ledger(f"{seed}-reader{attempt}", ledger=stations[0].identity.ledger, seed=seed)
        own = tables_of(reader)
        shuffled = union + chance.choices(union, k=len(union) // 3)
        chance.shuffle(shuffled)
        while shuffled:
            size = chance.randrange(1, 30)
            accept(reader, shuffled[:size])
            shuffled = shuffled[size:]
        got = tables_of(reader)
        for table, rows in wanted.items():
            assert [row for row in got[table] if row not in own[table]] == rows, table
        if attempt == 0:
            assert verify(reader).result is Soundness.NOT_WITNESSED
            rebuild(reader)
            assert tables_of(reader) == got
        reader.close()


def test_an_event_changed_under_way_puts_its_station_in_quarantine_and_the_rest_goes_on(
    make_ledger: MakeLedger,
) -> None:
    stations = three_stations(make_ledger, 99)
    reader = make_ledger("q", ledger=stations[0].identity.ledger)
    union = union_of(stations)
    bad = stations[0].identity.station
    accept(reader, union)
    forged = next(event for event in union if event.station == bad and event.seq == 2)
    core = forged.core.replace(b'"v":1', b'"v":1 ')
    from dockmark.record.event import event_hash

    answer = accept(reader, [Event(bad, 2, event_hash(core), core, forged.sig)])
    assert answer.quarantined == {bad: "fork"}
    assert verify(reader).result is Soundness.NOT_WITNESSED


def test_an_unsigned_tail_is_held_back(make_ledger: MakeLedger) -> None:
    ledger = make_ledger("x")
    with ledger.writing() as book:
        unit = f"unit:{book.new_id()}"
        book.record(
            Draft(fact=said.UnitReceived(receipt="r", part="p", serial="1"), subj=(unit,), new=True),
            Draft(fact=said.UnitHeld(reason="damp"), subj=(unit,)),
        )
    events = events_of(ledger)
    reader = make_ledger("y", ledger=ledger.identity.ledger)
    assert accept(reader, events[:2]).waiting == 1
    assert units_of(reader) == []
    assert accept(reader, events[2:]).new == 2
    assert len(units_of(reader)) == 1


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.binary(max_size=64))
def test_garbage_from_elsewhere_is_never_accepted(
    make_ledger: MakeLedger, tmp_path_factory: pytest.TempPathFactory, core: bytes, sig: bytes
) -> None:
    from dockmark.record.event import event_hash

    folder = tmp_path_factory.mktemp("garbage")
    ledger = Ledger.create(folder / "d", KeyFolder(folder / "s"), SteppingClock(), random=7)
    accept(ledger, [Event("01900000-0000-7000-8000-000000000000", 1, event_hash(core), core, sig)])
    session = ledger.session()
    assert session.value("SELECT count(*) FROM events") == 1
    session.close()
    ledger.close()
