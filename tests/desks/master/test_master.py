"""Parts, partners, places, orders and people by hand: judged like a file, corrected with a reason, undone."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dockmark.catalog.events import AsnAdvised
from dockmark.database.tables import PROJECTIONS
from dockmark.desks.master import (
    EntryView,
    Form,
    Saved,
    entry_view,
    judge,
    save_entry,
    save_operator,
    save_order,
    to_complete,
    undo,
    withdraw,
)
from dockmark.exchange.forms import form_fields, line_fields, read_value, shown_value
from dockmark.exchange.values import Fault
from dockmark.identifiers.tags import own_place_payload, place_tag
from dockmark.ledger.book import Author, Book
from dockmark.ledger.rebuild import rebuild
from dockmark.ledger.verify import Soundness, verify
from dockmark.lookup import catalogue, deliveries
from dockmark.people.events import OperatorChanged
from dockmark.record.facts import Draft
from dockmark.record.refusal import Refusal, Refused

from ..conftest import Depot

Act = Callable[[Book, Form], Saved]


def view(depot: Depot, kind: str, identity: str) -> EntryView:
    session = depot.ledger.session()
    try:
        return entry_view(session, kind, identity)
    finally:
        session.close()


def problems(depot: Depot, form: Form) -> list[tuple[str, str, bool]]:
    session = depot.ledger.session()
    try:
        return [(it.field, it.code, it.warning) for it in judge(session, form)]
    finally:
        session.close()


def save(depot: Depot, act: Act, kind: str, identity: str, reason: str = "", /, **values: str) -> Saved:
    with depot.ledger.writing() as book:
        return act(book, Form(kind=kind, id=identity, values=values, reason=reason))


def order(depot: Depot, identity: str, /, *lines: dict[str, str], reason: str = "", **values: str) -> Saved:
    with depot.ledger.writing() as book:
        return save_order(book, Form(kind="order", id=identity, values=values, lines=lines, reason=reason))


def take_back(depot: Depot, saved: Saved) -> None:
    with depot.ledger.writing() as book:
        undo(book, saved)


def refused(act: Callable[[], Any]) -> Refused:
    with pytest.raises(Refusal) as raised:
        act()
    return raised.value.code


def tables(depot: Depot) -> dict[str, list[Any]]:
    session = depot.ledger.session()
    try:
        return {table.name: sorted(session.all(f"SELECT * FROM {table.name}")) for table in PROJECTIONS}
    finally:
        session.close()


def check_sound(depot: Depot) -> None:
    assert verify(depot.ledger).result is Soundness.NOT_WITNESSED
    before = tables(depot)
    rebuild(depot.ledger)
    assert tables(depot) == before


def promote(depot: Depot, operator: str, role: str) -> None:
    with depot.ledger.writing() as book:
        author = book.author
        book.sign_in(Author())  # nobody makes an administrator of himself
        book.record(Draft(fact=OperatorChanged(roles=[role]), subj=(f"operator:{operator}",)))
        book.sign_in(author)


# -- parts, partners, places ------------------------------------------------------------------------------------------


def test_a_new_part_needs_no_reason_and_is_read_like_a_row_of_a_file(depot: Depot) -> None:
    saved = save(
        depot, save_entry, "part", "", part_number=" NEW-1 ", manufacturer="Acme", mass="1.5", unit_price="12.50",
        requires_certificate="yes", warranty_months="2 years",
    )  # fmt: skip
    assert (saved.is_new, saved.title) == (True, "NEW-1")
    shown = view(depot, "part", saved.id)
    assert shown.values == {
        "part_number": "NEW-1", "manufacturer": "Acme", "mass": "1.5 kg", "unit_price": "12.50", "currency": "USD",
        "requires_certificate": "yes", "warranty_months": "24",
    }  # fmt: skip
    assert shown.complete
    check_sound(depot)


def test_what_is_wrong_is_said_field_by_field_before_anything_is_saved(depot: Depot) -> None:
    form = Form(kind="part", id="", values={"gtin": "123", "warranty_months": "soon", "tracking": "magic"})
    assert problems(depot, form) == [
        ("gtin", "bad_length", False), ("tracking", "unknown_word", False), ("warranty_months", "bad_number", False),
        ("part_number", "missing", False),
    ]  # fmt: skip
    assert refused(lambda: save(depot, save_entry, "part", "", gtin="123")) is Refused.BAD_VALUE


def test_doubles_are_refused_and_look_alikes_warned_of(depot: Depot) -> None:
    assert refused(lambda: save(depot, save_entry, "part", "", part_number="cm-psu24")) is Refused.EXISTS_ALREADY
    form = Form(kind="part", id="", values={"part_number": "CM-PSU24", "manufacturer": "Other",
                                            "gtin": "04012345000016", "supplier": "S9"})  # fmt: skip
    assert problems(depot, form) == [
        ("part_number", "other_maker", True), ("gtin", "doubled_gtin", True), ("supplier", "partner_unknown", True),
    ]  # fmt: skip
    assert refused(lambda: save(depot, save_entry, "partner", "", partner="S1", name="X")) is Refused.EXISTS_ALREADY
    twin = Form(kind="partner", id="", values={"partner": "S7", "name": "helix"})
    assert problems(depot, twin) == [("name", "same_name", True)]


def test_a_correction_needs_a_reason_and_what_was_empty_needs_none(depot: Depot) -> None:
    psu = depot.ids["psu"]
    values = dict(view(depot, "part", psu).values)
    save(depot, save_entry, "part", psu, **(values | {"manufacturer": "Helix"}))
    changed = values | {"manufacturer": "Helix", "description": "Power supply, 24 V"}
    act = partial(save, depot, save_entry, "part", psu, **changed)
    assert refused(act) is Refused.CORRECTION_NEEDS_REASON
    save(depot, save_entry, "part", psu, "said on the label", **changed)
    assert refused(act) is Refused.NOTHING_CHANGED
    latest = view(depot, "part", psu).history[0]
    assert latest.changes == (("description", "Power supply", "Power supply, 24 V"),)
    assert latest.body["reason"] == "said on the label" and latest.who == "Anna"


def test_a_field_is_emptied_and_stays_empty(depot: Depot) -> None:
    psu = depot.ids["psu"]
    values = dict(view(depot, "part", psu).values) | {"description": "", "warranty_months": ""}
    save(depot, save_entry, "part", psu, "not true", **values)
    assert "description" not in view(depot, "part", psu).values
    assert "warranty_months" not in view(depot, "part", psu).values
    check_sound(depot)


def test_a_part_made_from_a_scan_waits_to_be_completed(empty_depot: Depot) -> None:
    empty_depot.begin()
    empty_depot.scan("[)>\x1e06\x1dPNEW-9\x1dS1\x1e\x04")
    session = empty_depot.ledger.session()
    count, [(identity, number, _)] = to_complete(session)
    session.close()
    assert (count, number) == (1, "NEW-9")
    values = dict(view(empty_depot, "part", identity).values)
    save(empty_depot, save_entry, "part", identity, **(values | {"description": "Nine"}))
    session = empty_depot.ledger.session()
    assert to_complete(session) == (0, [])
    session.close()


def test_places_stand_in_one_another_but_never_in_themselves(depot: Depot) -> None:
    shelf = save(depot, save_entry, "place", "", place="S", kind="shelf")
    inner = save(depot, save_entry, "place", "", place="S-1", parent="S")
    assert view(depot, "place", inner.id).values["parent"] == "S"
    act = partial(save, depot, save_entry, "place", shelf.id, "x", place="S", kind="shelf", parent="S-1")
    assert refused(act) is Refused.PLACE_LOOP
    assert refused(lambda: save(depot, save_entry, "place", "", place="Q", parent="Q")) is Refused.PLACE_LOOP
    assert refused(lambda: save(depot, save_entry, "place", "", place="Q", parent="nowhere")) is Refused.BAD_VALUE


def test_an_entry_is_undone_as_long_as_nothing_happened_to_it(depot: Depot) -> None:
    before = tables(depot)
    added = save(depot, save_entry, "partner", "", partner="S8", name="Eight")
    changed = save(depot, save_entry, "partner", added.id, "typing", partner="S8", name="Nine")
    assert refused(lambda: take_back(depot, added)) is Refused.MOVED_SINCE
    take_back(depot, changed)
    assert view(depot, "partner", added.id).values["name"] == "Eight"
    check_sound(depot)
    again = save(depot, save_entry, "partner", added.id, "typing", partner="S8", name="Eighty")
    take_back(depot, again)
    assert view(depot, "partner", added.id).values["name"] == "Eight"
    assert [past.undone for past in view(depot, "partner", added.id).history] == [False, True, False, True, False]
    other = save(depot, save_entry, "part", "", part_number="GONE-1")
    take_back(depot, other)
    assert refused(lambda: view(depot, "part", other.id)) is Refused.PART_UNKNOWN
    assert tables(depot)["parts"] == before["parts"]
    check_sound(depot)


def test_what_is_in_use_is_not_undone(depot: Depot) -> None:
    added = save(depot, save_entry, "part", "", part_number="USED-1")
    order(depot, "", {"part_number": "USED-1", "quantity": "2"}, order="PO9")
    assert refused(lambda: take_back(depot, added)) is Refused.MOVED_SINCE


# -- tags of places ---------------------------------------------------------------------------------------------------


def test_places_that_differ_in_punctuation_only_are_told_apart_by_their_tags(depot: Depot) -> None:
    alone = save(depot, save_entry, "place", "", place="1-11")

    def tag_of(identity: str) -> str:
        session = depot.ledger.session()
        try:
            place = catalogue.place(session, identity)
            assert place is not None
            return catalogue.place_tag_of(session, place)
        finally:
            session.close()

    old = tag_of(alone.id)
    assert old == place_tag("1-11")
    assert depot.scan(old).code == "place_taken"
    form = Form(kind="place", id="", values={"place": "11-1"})
    assert problems(depot, form) == [("place", "same_tag", True)]
    second = save(depot, save_entry, "place", "", place="11-1")
    answer = depot.scan(old)
    assert answer.code == "place_ambiguous" and answer.facts["places"] == ["1-11", "11-1"]
    tags = tag_of(alone.id), tag_of(second.id)
    assert len({old, *tags}) == 3
    for tag, code in zip(tags, ("1-11", "11-1"), strict=True):
        answer = depot.scan(tag)
        assert (answer.code, answer.facts["place"]) == ("place_taken", code)
    check_sound(depot)


def test_a_code_in_letters_that_a_tag_does_not_have_gets_a_tag_of_its_own(depot: Depot) -> None:
    places = [save(depot, save_entry, "place", "", place=code) for code in ("Ü-1", "É-1", "室")]
    session = depot.ledger.session()
    found = [catalogue.place(session, each.id) for each in places]
    tags = [catalogue.place_tag_of(session, place) for place in found if place is not None]
    session.close()
    assert len(set(tags)) == 3
    assert [depot.scan(tag).facts["place"] for tag in tags] == ["Ü-1", "É-1", "室"]


@given(st.uuids(version=4), st.uuids(version=4))
def test_tags_of_different_places_differ(one: Any, other: Any) -> None:
    assert (own_place_payload(str(one)) == own_place_payload(str(other))) == (one.int % 2**62 == other.int % 2**62)


# -- orders -----------------------------------------------------------------------------------------------------------


def test_an_order_is_placed_with_its_lines_and_received_against(depot: Depot) -> None:
    saved = order(
        depot, "",
        {"part_number": "CM-PSU24", "quantity": "2", "promised": "2026-04-01"},
        {"line": "X", "part_number": "CM-FAN", "quantity": "1", "unit_price": "9.95", "owner": "own"},
        order="PO-77", supplier="S1",
    )  # fmt: skip
    shown = view(depot, "order", saved.id)
    assert shown.values == {"order": "PO-77", "supplier": "S1", "owner": "own"}
    assert [line.values["line"] for line in shown.lines] == ["1", "X"]
    assert shown.lines[1].values["unit_price"] == "9.95"
    depot.begin(order="PO-77", place="DOCK-1")
    assert depot.scan("]d201040123450000162177001").code == "received"
    assert [line.received for line in view(depot, "order", saved.id).lines] == [1, 0]
    check_sound(depot)


def test_a_line_is_added_without_and_corrected_with_a_reason(depot: Depot) -> None:
    saved = order(depot, "", {"part_number": "CM-PSU24", "quantity": "2"}, order="PO-78")
    first = {"line": "1", "part_number": "CM-PSU24", "quantity": "2"}
    order(depot, saved.id, first, {"part_number": "CM-FAN", "quantity": "3"}, order="PO-78")
    more = first | {"quantity": "5"}
    second = {"line": "2", "part_number": "CM-FAN", "quantity": "3"}
    act = partial(order, depot, saved.id, more, second, order="PO-78")
    assert refused(act) is Refused.CORRECTION_NEEDS_REASON
    order(depot, saved.id, more, second, order="PO-78", reason="more wanted")
    assert [line.values["quantity"] for line in view(depot, "order", saved.id).lines] == ["5", "3"]
    assert refused(lambda: order(depot, saved.id, more, second, order="PO-78")) is Refused.NOTHING_CHANGED


def test_lines_are_judged_one_by_one(depot: Depot) -> None:
    form = Form(
        kind="order", id="", values={"order": "PO1"},
        lines=({"part_number": "NOPE", "quantity": "0"}, {"line": "1", "part_number": "CM-FAN", "quantity": "1"},
               {"line": "1", "part_number": "CM-FAN"}),
    )  # fmt: skip
    session = depot.ledger.session()
    found = [(it.line, it.field, it.code) for it in judge(session, form)]
    session.close()
    assert found == [
        (-1, "order", "exists_already"), (0, "quantity", "out_of_range"), (0, "part_number", "part_unknown"),
        (2, "quantity", "missing"), (2, "line", "doubled"),
    ]  # fmt: skip


# -- what will not come -----------------------------------------------------------------------------------------------


def withdrawn(depot: Depot, subject: str, *lines: str, reason: str = "discontinued") -> Saved:
    with depot.ledger.writing() as book:
        return withdraw(book, subject, lines, reason)


def lines_of(depot: Depot, number: str) -> list[tuple[str, int, int]]:
    session = depot.ledger.session()
    try:
        paper = deliveries.paper(session, number)
        assert paper is not None
        return [(line.name, line.quantity, line.received) for line in deliveries.lines(session, paper)]
    finally:
        session.close()


def test_what_will_not_come_is_not_expected_any_more(depot: Depot) -> None:
    depot.begin(order="PO1", place="DOCK-1")
    depot.scan("]d2010401234500001621PS100")
    saved = withdrawn(depot, f"order:{depot.ids['PO1']}", "PO1-1", "PO1-2")
    assert lines_of(depot, "PO1") == [("PO1-1", 1, 1), ("PO1-3", 50, 0)]
    closed = depot.command("FINISH")
    assert (closed.facts["short"], closed.facts["missing"]) == (50, 0)
    check_sound(depot)
    take_back(depot, saved)
    assert lines_of(depot, "PO1") == [("PO1-1", 3, 1), ("PO1-2", 2, 0), ("PO1-3", 50, 0)]
    check_sound(depot)


def test_what_comes_all_the_same_is_asked_about(depot: Depot) -> None:
    withdrawn(depot, f"order:{depot.ids['PO1']}", "PO1-1")
    depot.begin(order="PO1", place="DOCK-1")
    assert depot.scan("]d2010401234500001621PS555").code == "over_receipt"


def test_a_line_that_is_told_again_is_expected_again(depot: Depot) -> None:
    saved = order(depot, "", {"part_number": "CM-PSU24", "quantity": "2"}, order="PO-79")
    withdrawn(depot, f"order:{saved.id}")
    assert lines_of(depot, "PO-79") == []
    order(depot, saved.id, {"line": "1", "part_number": "CM-PSU24", "quantity": "4"}, order="PO-79", reason="again")
    assert lines_of(depot, "PO-79") == [("PO-79/1", 4, 0)]


def test_an_advice_is_withdrawn_and_its_order_goes_on(depot: Depot) -> None:
    withdrawn(depot, f"asn:{depot.ids['ASN1']}")
    assert lines_of(depot, "ASN1") == []
    assert lines_of(depot, "PO1")[0] == ("PO1-1", 3, 0)
    check_sound(depot)
    with depot.ledger.writing() as book:
        line: dict[str, Any] = {"line": "1", "part": depot.ids["psu"], "quantity": 2}
        book.record(Draft(fact=AsnAdvised(number="ASN1", lines=[line]), subj=(f"asn:{depot.ids['ASN1']}",)))
    assert lines_of(depot, "ASN1") == [("1", 2, 0)]


def test_only_what_is_still_to_come_can_be_withdrawn(depot: Depot) -> None:
    subject = f"order:{depot.ids['PO1']}"
    assert refused(lambda: withdrawn(depot, subject, "NOPE")) is Refused.LINE_UNKNOWN
    assert refused(lambda: withdrawn(depot, subject, reason=" ")) is Refused.CORRECTION_NEEDS_REASON
    assert refused(lambda: withdrawn(depot, "order:nowhere")) is Refused.ORDER_UNKNOWN
    withdrawn(depot, subject)
    assert refused(lambda: withdrawn(depot, subject)) is Refused.NOTHING_EXPECTED
    assert refused(lambda: withdrawn(depot, subject, "PO1-1")) is Refused.NOTHING_EXPECTED


# -- people -----------------------------------------------------------------------------------------------------------


def test_an_administrator_enrols_people_and_one_always_stays(depot: Depot) -> None:
    act = partial(save, depot, save_operator, "operator", "", operator="carl", name="Carl", roles="operator")
    assert refused(act) is Refused.NOT_ALLOWED
    promote(depot, "anna", "administrator")
    assert act().title == "Carl"
    assert refused(act) is Refused.EXISTS_ALREADY
    shown = view(depot, "operator", "carl")
    assert shown.values == {"operator": "carl", "name": "Carl", "roles": "operator", "disabled": "no"}
    save(depot, save_operator, "operator", "carl", "left", name="Carl", roles="operator inspector", disabled="yes")
    assert view(depot, "operator", "carl").values["disabled"] == "yes"
    last = partial(save, depot, save_operator, "operator", "anna", "x", name="Anna", roles="operator")
    assert refused(last) is Refused.LAST_ADMINISTRATOR
    save(depot, save_operator, "operator", "ben", "needed", name="Ben", roles="administrator")
    assert last().id == "anna"
    check_sound(depot)


def test_an_operators_id_is_one_that_every_event_can_carry(depot: Depot) -> None:
    promote(depot, "anna", "administrator")
    for identity in ("a b", "x/y", "ä", "", "x" * 49):
        act = partial(save, depot, save_operator, "operator", "", operator=identity, name="N", roles="operator")
        assert refused(act) is Refused.BAD_VALUE


# -- forms ------------------------------------------------------------------------------------------------------------

_TEXT = st.text(max_size=30)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_is_typed_is_read_or_refused_and_read_the_same_again(data: st.DataObject) -> None:
    columns = [*form_fields("part"), *form_fields("partner"), *form_fields("place"), *line_fields()]
    column = data.draw(st.sampled_from(columns))
    text = data.draw(st.one_of(_TEXT, st.from_regex(r"[0-9]{1,8}([.,][0-9]{1,3})?( ?(kg|g))?", fullmatch=True)))
    value = read_value(column, text, "EUR")
    if value is None or isinstance(value, Fault):
        return
    assert read_value(column, shown_value(column, value, "EUR"), "EUR") == value
