"""A whole file is taken back: what was not used is gone as if it had never come, what was used stays, both are said."""

import random
from typing import Any

import pytest

from dockmark.desks.importing.undoing import UndoPlan, plan_undo, undo_import
from dockmark.desks.receiving import Receiving
from dockmark.desks.signing import sign_in
from dockmark.identifiers import Scan, read
from dockmark.ledger.people import keep_person_record
from dockmark.lookup.imports import imports
from dockmark.people.events import OperatorEnrolled
from dockmark.record.clock import as_date
from dockmark.record.facts import Draft
from dockmark.record.refusal import Refusal, Refused

from .conftest import ORDERS, Shop

HEADS = slice(-4, None)
"""Heads, time of the last event, number of events, dispute: the columns of `units` that are history."""

FILES = {
    "parts": "part_number,description,tracking,supplier\nPSU,Power supply,serial,S1\nNEW-1,New one,lot,S9\n",
    "partners": "partner,name,approved\nS1,Helix Ltd,no\nS9,Nine,yes\n",
    "locations": "place,kind,parent\nB-01,shelf,\nB-01-1,bin,B-01\nA-01,bin,B-01\n",
    "orders": "order_line,part_number,quantity\nPO1-1,PSU,7\nPO9-1,FAN,4\nPO9-2,GREASE,10\n",
    "asn": "asn,order_line,quantity,serial,sscc\nA1,PO1-1,,SN1,000000000000000017\nA1,PO1-1,,SN2,000000000000000017\n",
    "expected": "part_number,serial,lot,po_line_id,quantity\nPSU,SN1,L1,PO1-1,\nPSU,SN2,,PO1-1,\nGREASE,,G1,PO2-1,20\n",
    "stock": "part_number,serial,lot,quantity,place\nPSU,K1,,,A-01\nPSU,K2,,,A-02\nGREASE,,G1,12,A-01\n",
    "recalls": "recall,part_number,lot,reason\nR1,PSU,L1,smoke\nR1,PSU,L2,smoke\n",
    "ranges": "part_number,supplier,serial_first,serial_last\nPSU,S1,0001,0999\n",
}


def boss(shop: Shop) -> None:
    """Somebody who may undo an import works here."""
    with shop.ledger.writing() as book:
        for name, role in (("boss", "supervisor"), ("anna", "operator")):
            fact = OperatorEnrolled(roles=[role], name=keep_person_record(book, f"name {name}"))
            book.record(Draft(fact=fact, subj=(f"operator:{name}",), new=True))
    works(shop, "boss")


def works(shop: Shop, operator: str) -> None:
    with shop.ledger.writing() as book:
        sign_in(book, operator, "test")


def undo(shop: Shop, name: str, reason: str = "wrong file") -> UndoPlan:
    with shop.ledger.writing() as book:
        return undo_import(book, name, reason)


def plan(shop: Shop, name: str) -> UndoPlan:
    session = shop.ledger.session()
    try:
        return plan_undo(session, name)
    finally:
        session.close()


def things(shop: Shop) -> dict[str, list[tuple[Any, ...]]]:
    """The tables without what is history."""
    tables = shop.tables()
    del tables["subjects"], tables["imports"], tables["operators"]
    return tables | {"units": [row[:-5] for row in tables["units"]]}


def receive(shop: Shop, order: str, *scans: str) -> list[str]:
    desk, said = Receiving(), []
    with shop.ledger.writing() as book:
        desk.begin(book, order=order, place="A-01")
    for text in scans:
        with shop.ledger.writing() as book:
            answer = desk.scan(book, read(Scan(raw=text.encode(), device="test"), today=as_date(book.now_us)))
            said.append(answer.code)
    return said


def close(shop: Shop) -> None:
    with shop.ledger.writing() as book:
        assert Receiving().command(book, "FINISH", {}).code == "receipt_closed"


def code_of(raised: pytest.ExceptionInfo[Refusal]) -> Refused:
    return raised.value.code


@pytest.mark.parametrize("kind", FILES)
def test_a_file_taken_back_leaves_the_tables_as_if_it_had_never_come(ordered: Shop, kind: str) -> None:
    boss(ordered)
    before = things(ordered)
    done = ordered.take(kind, FILES[kind])
    assert done.recorded and things(ordered) != before
    undone = undo(ordered, done.event)
    assert undone.count and not undone.kept
    assert things(ordered) == before
    ordered.check_sound()
    assert things(ordered) == before
    again = ordered.take(kind, FILES[kind])
    assert (again.recorded, again.bad) == (done.recorded, 0)


@pytest.mark.parametrize("seed", range(12))
def test_any_files_taken_back_in_any_order_leave_nothing(ordered: Shop, seed: int) -> None:
    chance = random.Random(seed)
    boss(ordered)
    before = things(ordered)
    kinds = chance.sample(sorted(FILES), k=chance.randrange(2, 9))
    if seed % 2:
        kinds = [kind for kind in FILES if kind in kinds]
    taken = [done.event for kind in kinds if (done := ordered.take(kind, FILES[kind], skip_bad=True)).recorded]
    chance.shuffle(taken)
    waiting = taken
    for _ in range(len(taken)):
        left = []
        for name in waiting:
            try:
                if undo(ordered, name).kept:
                    # What others still refer to stayed; the rest of this import cannot be taken back again.
                    return ordered.check_sound()
            except Refusal as no:
                assert no.code is Refused.IMPORT_KEPT_WHOLE
                left.append(name)
        waiting = left
    assert not waiting
    ordered.check_sound()
    assert things(ordered) == before


def test_what_was_received_stays_and_the_rest_is_not_expected_any_more(ordered: Shop) -> None:
    boss(ordered)
    done = ordered.take("expected", "part_number,serial,po_line_id\nPSU,SN1,PO1-1\nPSU,SN2,PO1-1\nPSU,SN3,PO1-1\n")
    assert receive(ordered, "PO1", "PSU", "SN2") == ["serial_needed", "received"]
    told = plan(ordered, done.event)
    assert (told.withdrawn, told.kept) == ({"expected": 2}, {"expected": 1})
    assert [item.title for item in told.kept_items] == ["PSU SN2"]
    assert [item.title for item in told.withdrawn_items] == ["PSU SN1", "PSU SN3"]
    assert undo(ordered, done.event).withdrawn == told.withdrawn
    assert ordered.all("SELECT serial FROM expected_units") == [("SN2",)]
    assert ordered.all("SELECT serial, state FROM units") == [("SN2", "received")]
    ordered.check_sound()
    ordered.take("expected", "part_number,serial,po_line_id\nPSU,SN1,PO1-1\nPSU,SN2,PO1-1\nPSU,SN3,PO1-1\n")
    assert ordered.verdicts() == ["new", "same", "new"]


def test_lines_of_an_order_on_which_something_came_stay(stocked: Shop) -> None:
    boss(stocked)
    done = stocked.take("orders", ORDERS)
    receive(stocked, "PO1", "PSU", "SN2")
    close(stocked)
    told = undo(stocked, done.event)
    assert (told.withdrawn, told.kept) == ({"order_line": 3}, {"order_line": 1})
    assert [item.title for item in told.kept_items] == ["PO1-1"]
    assert stocked.all("SELECT line FROM order_lines") == [("PO1-1",)]
    assert stocked.all("SELECT number FROM orders") == [("PO1",)]
    stocked.check_sound()


def test_an_order_that_is_being_received_stays_whole(stocked: Shop) -> None:
    boss(stocked)
    done = stocked.take("orders", ORDERS)
    receive(stocked, "PO1")
    assert undo(stocked, done.event).kept == {"order_line": 2}
    assert len(stocked.all("SELECT line FROM order_lines")) == 2
    stocked.check_sound()


def test_a_part_stays_while_something_is_of_it(shop: Shop) -> None:
    boss(shop)
    parts = shop.take("parts", "part_number\nPSU\nFAN\nPIN\n").event
    places = shop.take("locations", "place,parent\nA,\nA-1,A\nB,\n").event
    stock = shop.take("stock", "part_number,serial,place\nPSU,1,A-1\n").event
    told = plan(shop, parts)
    assert [item.title for item in told.kept_items] == ["PSU"]
    assert [item.title for item in plan(shop, places).kept_items] == ["A", "A-1"]
    undo(shop, stock)
    assert plan(shop, parts).kept == {} and plan(shop, places).kept == {}
    undo(shop, parts)
    assert shop.all("SELECT * FROM parts") == []
    assert shop.value("SELECT count(*) FROM search_docs WHERE kind = 'part' AND text <> ''") == 0
    shop.check_sound()


def test_a_unit_that_was_scanned_since_stays(stocked: Shop) -> None:
    boss(stocked)
    done = stocked.take("stock", "part_number,serial,place\nPSU,K1,CUST-7\nPSU,K2,A-01\n")
    assert receive(stocked, "", "PSU", "K1")[-1] == "returned"
    told = undo(stocked, done.event)
    assert (told.withdrawn, told.kept) == ({"unit": 1}, {"unit": 1})
    assert stocked.all("SELECT serial, state FROM units") == [("K1", "returned")]
    stocked.check_sound()


def test_a_correction_taken_back_brings_what_was_said_before(stocked: Shop) -> None:
    boss(stocked)
    stocked.take("stock", "part_number,serial,place\nPSU,K1,A-01\n")
    before = things(stocked)
    done = stocked.take("stock", "part_number,serial,place\nPSU,K1,A-02\n")
    assert things(stocked) != before
    undo(stocked, done.event)
    assert things(stocked) == before
    stocked.take("stock", "part_number,serial,place\nPSU,K1,A-01\n", dry_run=True)
    assert stocked.verdicts() == ["same"]
    stocked.take("stock", "part_number,serial,place\nPSU,K1,A-02\n")
    assert stocked.verdicts() == ["changed"]
    stocked.check_sound()


def test_a_whole_depot_is_taken_back(shop: Shop) -> None:
    boss(shop)
    before = things(shop)
    folder = shop.folder / "depot"
    folder.mkdir()
    (folder / "parts.csv").write_text("part_number,supplier_id\nPSU,S1\nFAN,S1\n")
    (folder / "suppliers.csv").write_text("supplier_id,name\nS1,Helix\n")
    (folder / "purchase_orders.csv").write_text("po_line_id,part_no,quantity\nPO1-1,PSU,3\n")
    done = shop.take("depot", folder)
    assert undo(shop, done.event).kept == {}
    assert things(shop) == before
    shop.check_sound()


def test_an_import_is_undone_once_by_a_supervisor_with_a_reason(ordered: Shop) -> None:
    boss(ordered)
    done = ordered.take("ranges", FILES["ranges"])
    with pytest.raises(Refusal) as raised:
        undo(ordered, done.event, " ")
    assert code_of(raised) is Refused.CORRECTION_NEEDS_REASON
    works(ordered, "anna")
    with pytest.raises(Refusal) as raised:
        undo(ordered, done.event)
    assert code_of(raised) is Refused.NOT_ALLOWED
    works(ordered, "boss")
    undo(ordered, done.event)
    with pytest.raises(Refusal) as raised:
        undo(ordered, done.event)
    assert code_of(raised) is Refused.IMPORT_UNDONE
    with pytest.raises(Refusal) as raised:
        undo(ordered, "no-such-import")
    assert code_of(raised) is Refused.IMPORT_UNKNOWN


def test_the_list_of_imports_says_what_became_of_them(ordered: Shop) -> None:
    boss(ordered)
    done = ordered.take("ranges", FILES["ranges"])
    undo(ordered, done.event, "the maker sent another list")
    session = ordered.ledger.session()
    latest, *others = imports(session)
    session.close()
    assert (latest.id, latest.kind, latest.recorded, latest.is_reversed) == (done.event, "ranges", 1, True)
    assert (latest.reason, latest.reversed_by, latest.withdrawn) == ("the maker sent another list", "boss", 1)
    assert [it.kind for it in others] == ["orders", "locations", "partners", "parts"]
