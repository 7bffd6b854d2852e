"""A part that two offices wrote down: once somebody said that it is one, every rule takes it for one."""

import pytest

from dockmark.catalog.events import OrderPlaced, PartAdded, RecallAnnounced, SerialRangeStated, UnitsExpected
from dockmark.custody.events import UnitStocked
from dockmark.desks import bonding
from dockmark.desks.answer import Answer
from dockmark.lookup import catalogue
from dockmark.record.canonical import Json

from .conftest import Depot


@pytest.fixture(params=["mine", "theirs"])
def twice(depot: Depot, request: pytest.FixtureRequest) -> Depot:
    """The part under two ids; order, recall, range and stock name the one of the other office, or ours."""
    depot.add("mine", "part", PartAdded(told={"part_number": "PUMP-7"}))
    depot.add("theirs", "part", PartAdded(told={"part_number": "PUMP-7", "description": "Pump"}))
    ids = sorted((depot.ids["mine"], depot.ids["theirs"]))
    named = depot.ids[request.param]
    lines: list[Json] = [{"line": "PO7-1", "part": named, "quantity": 2}]
    order = depot.add("PO7", "order", OrderPlaced(number="PO7", partner=depot.ids["good"], lines=lines))
    rows: list[Json] = [[named, "PU0001", "", f"{order}/PO7-1"]]
    depot.add("advised", "expected", UnitsExpected(rows=rows, order=order))
    depot.add("called", "recall", RecallAnnounced(number="RCL-7", part=named, serials=["PU0099"], reason="cracks"))
    depot.add("issued", "range", SerialRangeStated(part=named, first="PU0001", last="PU0100"))
    depot.add("old", "unit", UnitStocked(serial="PU0050", part=named, state="in_stock", place=depot.ids["bin"]))
    with depot.ledger.writing() as book:
        bonding.join_parts(book, ids[1], ids[0], "one drawing")
    return depot


def told(answer: Answer) -> tuple[str, str]:
    return answer.outcome.value, answer.code


def test_its_number_means_one_part_and_its_order_line_is_found(twice: Depot) -> None:
    twice.begin("PO7")
    answer = twice.scan("[)>\x1e06\x1d1PPUMP-7\x1dSPU0001\x1e\x04")
    assert told(answer) == ("accepted", "received")
    assert answer.facts["line"] == "PO7-1"
    assert answer.unit is not None and answer.unit.description == "Pump"
    again = twice.scan("[)>\x1e06\x1d1PPUMP-7\x1dSPU0001\x1e\x04")
    assert told(again) == ("refused", "already")
    assert told(twice.command("FINISH")) == ("noted", "receipt_closed")


def test_its_recalls_ranges_and_units_are_those_of_every_id(twice: Depot) -> None:
    twice.begin("PO7")
    asked = {"PU0099": "recalled", "PU0050": "alive_elsewhere", "PU0200": "out_of_range", "PUOOO1": "look_alike"}
    for serial, code in asked.items():
        assert told(twice.scan(f"[)>\x1e06\x1d1PPUMP-7\x1dS{serial}\x1e\x04")) == ("refused", code)
        twice.command("SKIP")


def test_each_of_its_ids_means_the_one_that_stands_for_it(twice: Depot) -> None:
    session = twice.ledger.session()
    first, second = sorted((twice.ids["mine"], twice.ids["theirs"]))
    assert catalogue.part_ids(session, second) == catalogue.part_ids(session, first) == (first, second)
    found = catalogue.part(session, second)
    assert found is not None and (found.id, found.description) == (first, "Pump")
    assert [part.id for part in catalogue.parts_by_number(session, "PUMP-7")] == [first]
    session.close()
