"""Two ids that mean one unit, one mark on two units, and what stations did at once."""

from datetime import date

import pytest

from dockmark.catalog.events import PartAdded
from dockmark.custody import events as said
from dockmark.custody.lights import Lamp, Light
from dockmark.desks import bonding
from dockmark.desks.showing import verdict_of
from dockmark.ledger.accepting import accept
from dockmark.ledger.ledger import Ledger
from dockmark.ledger.rebuild import rebuild
from dockmark.ledger.verify import Soundness, verify
from dockmark.lookup import units
from dockmark.lookup.search import search
from dockmark.record.facts import Draft
from dockmark.record.refusal import Refusal, Refused
from tests.ledger.conftest import MakeLedger, make_ledger  # noqa: F401 - the fixtures
from tests.ledger.test_convergence import events_of, tables_of

TODAY = date(2026, 1, 1)


def received(ledger: Ledger, serial: str, part: str = "p") -> str:
    with ledger.writing() as book:
        unit = book.new_id()
        fact = said.UnitReceived(receipt="r", part=part, serial=serial, place="dock")
        book.record(Draft(fact=fact, subj=(f"unit:{unit}",), new=True))
    return unit


def light(ledger: Ledger, unit: str) -> tuple[Lamp, str]:
    session = ledger.session()
    known = units.unit(session, unit)
    assert known is not None
    found = verdict_of(session, known, TODAY)[Light.COUNTERFEIT]
    session.close()
    return found.state, found.code


def test_joined_units_are_one_row_under_the_oldest_id_and_the_light_goes_out(make_ledger: MakeLedger) -> None:  # noqa: F811
    ledger = make_ledger("a")
    older, younger = received(ledger, "SN1"), received(ledger, "SN1")
    assert light(ledger, older) == (Lamp.STOP, "mark_alive_twice")
    with ledger.writing() as book:
        bound = bonding.join_units(book, younger, older, "same scratch on the lid")
    assert bound.first == min(older, younger)
    assert light(ledger, younger)[0] is not Lamp.STOP
    session = ledger.session()
    assert session.value("SELECT count(*) FROM units") == 1
    other, known = units.unit(session, younger), units.unit(session, older)
    assert known is not None and other == known and not known.out_of_sequence
    assert {event.type for event in units.history(session, younger)} == {"unit_received", "units_joined"}
    assert len(units.history(session, older)) == 3
    assert [hit.id for hit in search(session, "SN1")] == [older]
    session.close()
    with ledger.writing() as book:
        book.record(Draft(fact=said.UnitPutAway(place="bin"), subj=(f"unit:{younger}",)))
    session = ledger.session()
    moved = units.unit(session, older)
    assert moved is not None and moved.state == "in_stock"
    session.close()
    before = tables_of(ledger)
    rebuild(ledger)
    assert tables_of(ledger) == before
    assert verify(ledger).result is Soundness.NOT_WITNESSED


def test_a_join_is_taken_back_by_a_correcting_event(make_ledger: MakeLedger) -> None:  # noqa: F811
    ledger = make_ledger("a")
    one, other = received(ledger, "SN1"), received(ledger, "SN1")
    before = tables_of(ledger)["units"]
    with ledger.writing() as book:
        bonding.join_units(book, one, other, "same scratch")
    with ledger.writing() as book:
        bonding.take_back(book, "unit", one, other, "looked again", joining=True)
    assert light(ledger, one) == light(ledger, other) == (Lamp.STOP, "mark_alive_twice")
    assert [row[:20] for row in tables_of(ledger)["units"]] == [row[:20] for row in before]
    with ledger.writing() as book, pytest.raises(Refusal) as no:
        bonding.take_back(book, "unit", one, other, "again", joining=True)
    assert no.value.code is Refused.NOTHING_TO_UNDO


def test_units_said_to_be_two_keep_their_light_which_says_so(make_ledger: MakeLedger) -> None:  # noqa: F811
    ledger = make_ledger("a")
    one, other = received(ledger, "SN1"), received(ledger, "SN1")
    with ledger.writing() as book:
        bonding.part_units(book, one, other, "other plate")
    assert light(ledger, one) == light(ledger, other) == (Lamp.STOP, "parted")
    third = received(ledger, "SN1")
    assert light(ledger, one) == light(ledger, third) == (Lamp.STOP, "mark_alive_twice")


def test_one_of_a_joined_set_leaves_it(make_ledger: MakeLedger) -> None:  # noqa: F811
    ledger = make_ledger("a")
    ids = [received(ledger, "SN1") for _ in range(3)]
    with ledger.writing() as book:
        bonding.join_units(book, ids[0], ids[1], "same")
        bonding.join_units(book, ids[1], ids[2], "same")
    with ledger.writing() as book:
        bonding.part_units(book, ids[0], ids[1], "another plate")
    session = ledger.session()
    assert units.ids_of(session, ids[2]) == (ids[0], ids[2])
    assert units.ids_of(session, ids[1]) == (ids[1],)
    session.close()
    assert light(ledger, ids[1]) == (Lamp.STOP, "parted")


def test_what_cannot_be_joined_is_refused(make_ledger: MakeLedger) -> None:  # noqa: F811
    ledger = make_ledger("a")
    one, other, foreign = received(ledger, "SN1"), received(ledger, "SN1"), received(ledger, "SN1", part="q")
    with ledger.writing() as book:
        for wanted, pair, reason in (
            (Refused.CORRECTION_NEEDS_REASON, (one, other), " "),
            (Refused.NOTHING_CHANGED, (one, one), "x"),
            (Refused.WRONG_PART, (one, foreign), "x"),
            (Refused.UNIT_UNKNOWN, (one, "0190aaaa-0000-7000-8000-000000000000"), "x"),
        ):
            with pytest.raises(Refusal) as no:
                bonding.join_units(book, *pair, reason)
            assert no.value.code is wanted


def test_parts_that_two_offices_wrote_down_are_one(make_ledger: MakeLedger) -> None:  # noqa: F811
    ledger = make_ledger("a")
    with ledger.writing() as book:
        ids = sorted((book.new_id(), book.new_id()))
        for each, told in zip(ids, ({"part_number": "P-1"}, {"description": "Pump"}), strict=True):
            book.record(Draft(fact=PartAdded(told=dict(told)), subj=(f"part:{each}",), new=True))
    one, other = received(ledger, "SN1", ids[0]), received(ledger, "SN1", ids[1])
    with ledger.writing() as book:
        assert bonding.join_parts(book, ids[1], ids[0], "one drawing").first == ids[0]
    rows = tables_of(ledger)["parts"]
    assert [(row[1], row[7], row[-1]) for row in rows] == [("P-1", "Pump", ""), ("P-1", "Pump", ids[0])]
    with ledger.writing() as book:
        bonding.join_units(book, one, other, "same scratch")
    assert verify(ledger).result is Soundness.NOT_WITNESSED


def test_a_dispute_is_settled_by_naming_every_head(make_ledger: MakeLedger) -> None:  # noqa: F811
    first = make_ledger("a")
    second = make_ledger("b", ledger=first.identity.ledger)
    unit = received(first, "SN1")
    accept(second, events_of(first))
    for ledger, place in ((first, "bin1"), (second, "bin2")):
        with ledger.writing() as book:
            book.record(Draft(fact=said.UnitPutAway(place=place), subj=(f"unit:{unit}",)))
    accept(first, events_of(second))
    with first.writing() as book:
        bonding.settle(book, unit, "looked at the shelf")
    session = first.session()
    known = units.unit(session, unit)
    assert known is not None and not known.disputed
    session.close()
    with first.writing() as book, pytest.raises(Refusal) as no:
        bonding.settle(book, unit, "again")
    assert no.value.code is Refused.NOTHING_PENDING
