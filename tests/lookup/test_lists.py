"""A list read a page at a time, in any order and under any filters, says exactly what all of it says at once."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockmark.catalog.events import OrderPlaced, PartAdded, PartnerAdded, PlaceAdded
from dockmark.custody.events import UnitHeld, UnitStocked
from dockmark.database.session import Session
from dockmark.identifiers.keys import serial_key
from dockmark.ledger.keys import KeyFolder
from dockmark.ledger.ledger import Ledger
from dockmark.lookup.lists import paging
from dockmark.lookup.lists.columns import Kind
from dockmark.lookup.lists.filters import Filter, Op, Query, as_json, from_json, read_filter
from dockmark.lookup.lists.known import LISTS, listing
from dockmark.lookup.lists.ordered import Order
from dockmark.record.facts import Draft
from dockmark.record.refusal import Refusal
from dockmark.station.clock import StationClock

SERIALS = ("PS-100", "ps-100", "PS-1001", "", "ÜB-7", "üb-7", "%_'\"", "\U0010ffff9", "PS-100", "Zeta", "ı", "=1+1")
LOTS = ("", "L1", "l1", "L10", "Ärger", "")
EXPIRIES = ("", "2026-01-01", "2026-12-31", "", "2030-06-15")


@dataclass
class Depot:
    """A small depot, read by one session."""

    session: Session
    units: list[dict[str, object]] = field(repr=False)


@pytest.fixture(scope="module")
def depot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Depot]:
    folder = tmp_path_factory.mktemp("lists")
    ledger = Ledger.create(folder / "data", KeyFolder(folder / "state"), StationClock(), random=7)
    units: list[dict[str, object]] = []
    with ledger.writing() as book:
        parts, place, partner, order = [book.new_id() for _ in range(3)], book.new_id(), book.new_id(), book.new_id()
        for number, part in zip(("B-2", "a-1", "A-10"), parts, strict=True):
            book.record(Draft(fact=PartAdded(told={"part_number": number}), subj=(f"part:{part}",), new=True))
        book.record(
            Draft(fact=PlaceAdded(told={"place": "A-01", "kind": "bin"}), subj=(f"place:{place}",), new=True),
            Draft(fact=PartnerAdded(told={"partner": "ACME", "name": "Acme"}), subj=(f"partner:{partner}",), new=True),
            Draft(
                fact=OrderPlaced(
                    number="PO-1", partner=partner, ordered="2026-01-05",
                    lines=[{"line": "1", "part": parts[0], "quantity": 3, "promised": "2026-02-01"}],
                ),
                subj=(f"order:{order}",), new=True,
            ),
        )  # fmt: skip
    for number in range(48):
        serial, lot = SERIALS[number % len(SERIALS)], LOTS[number % len(LOTS)]
        expiry, part, where = EXPIRIES[number % len(EXPIRIES)], number % 4, place if number % 3 else ""
        with ledger.writing() as book:
            unit = book.new_id()
            stocked = UnitStocked(
                part=parts[part] if part < 3 else book.new_id(), serial=serial, lot=lot, expiry=expiry, place=where,
                quantity=number % 5 + 1, condition=("new", "serviceable")[number % 2],
            )  # fmt: skip
            book.record(Draft(fact=stocked, subj=(f"unit:{unit}",), new=True))
            if number % 7 == 0:
                for reason in ("DOUBT", "EXPIRY")[: 1 + number % 2]:
                    book.record(Draft(fact=UnitHeld(reason=reason), subj=(f"unit:{unit}",)))
        units.append({
            "id": unit, "serial": serial, "lot": lot, "expiry": expiry, "place": "A-01" if where else "",
            "part_number": ("B-2", "a-1", "A-10", "")[part], "quantity": number % 5 + 1,
            "condition": ("new", "serviceable")[number % 2],
        })  # fmt: skip
    session = ledger.session()
    yield Depot(session, units)
    session.close()
    ledger.close()


def _folded(text: object) -> object:
    """Upper and lower case are one for the letters from A to Z, as for the database."""
    return "".join(c.lower() if c.isascii() else c for c in text) if isinstance(text, str) else text


def _paged(session: Session, query: Query, size: int, *, back: bool) -> list[str]:
    keys: list[str] = []
    page = paging.page(session, query, (), limit=size, backwards=back)
    while page.rows:
        found = [row.key for row in page.rows]
        keys = [*found, *keys] if back else [*keys, *found]
        if back:
            page = paging.page(session, query, (), before=page.first, limit=size)
        else:
            page = paging.page(session, query, (), after=page.last, limit=size)
    return keys


def _filters(name: str) -> st.SearchStrategy[Filter]:
    texts = st.sampled_from(["", "a", "PS", "ps-100", "Ü", "ü", "%", "_", "'", "A-01", "new", "2026-06-30", "ZZZ"])

    def of(key: str) -> st.SearchStrategy[Filter]:
        column = LISTS[name].by_key[key]
        values = texts if column.kind.is_text else st.integers(-3, 2**53)
        ops = [Op.EQUALS, Op.ONE_OF, Op.FROM_TO, Op.EMPTY, Op.NOT_EMPTY]
        ops += [Op.CONTAINS] if column.kind is Kind.TEXT else []
        return st.builds(
            Filter, st.just(key), st.sampled_from(ops), st.lists(values, min_size=2, max_size=3).map(tuple)
        )

    return st.sampled_from([column.key for column in LISTS[name].columns]).flatmap(of)


def _queries() -> st.SearchStrategy[Query]:
    def of(name: str) -> st.SearchStrategy[Query]:
        sorts = st.sampled_from(["", *(column.key for column in LISTS[name].columns)])
        return st.builds(Query, st.just(name), st.lists(_filters(name), max_size=3).map(tuple), sorts, st.booleans())

    return st.sampled_from(["units", "units", *LISTS]).flatmap(of)


@given(_queries(), st.integers(1, 17))
def test_pages_in_both_directions_hold_every_row_once_in_the_order_of_the_list(
    depot: Depot, query: Query, size: int
) -> None:
    whole = paging.order(depot.session, query)
    keys = whole.keys(0, len(whole))
    assert _paged(depot.session, query, size, back=False) == keys
    assert _paged(depot.session, query, size, back=True) == keys
    assert paging.count(depot.session, query) == len(keys) == len(set(keys))
    columns = LISTS[query.list].shown
    rows = paging.rows(depot.session, query.list, keys, columns)
    assert [row.cells for row in rows] == list(paging.stream(depot.session, query, columns))
    assert [whole.number(key) for key in keys] == list(range(len(keys)))


SORTED = ("serial", "lot", "expiry", "place", "part_number", "quantity", "condition")


@given(st.sampled_from(SORTED), st.booleans())
def test_rows_stand_in_the_order_of_what_they_say_and_ties_by_key(depot: Depot, key: str, descending: bool) -> None:
    def rank(unit: dict[str, object]) -> tuple[object, object]:
        value = serial_key(str(unit["serial"])) if key == "serial" else _folded(unit[key])
        return (value.encode() if isinstance(value, str) else value), unit["id"]

    expected = [unit["id"] for unit in sorted(depot.units, key=rank, reverse=descending)]  # type: ignore[type-var]
    whole = paging.order(depot.session, Query("units", (), key, descending))
    assert whole.keys(0, len(whole)) == expected


@given(st.sampled_from(("serial", "lot", "place", "part_number")), st.sampled_from((*SERIALS, *LOTS, "1", "b", "Z")))
def test_a_text_is_found_wherever_it_stands_whatever_its_case(depot: Depot, key: str, text: str) -> None:
    found = paging.order(depot.session, Query("units", (Filter(key, Op.CONTAINS, (text,)),)))
    forms = {_folded(form) for form in (text, text.lower(), text.upper())}
    expected = {unit["id"] for unit in depot.units if any(str(form) in str(_folded(unit[key])) for form in forms)}
    assert set(found.keys(0, len(found))) == expected


@given(st.integers(-1, 7), st.integers(-1, 7))
def test_from_and_to_are_both_included(depot: Depot, low: int, high: int) -> None:
    found = paging.order(depot.session, Query("units", (Filter("quantity", Op.FROM_TO, (low, high)),)))
    assert len(found) == sum(1 for unit in depot.units if low <= int(str(unit["quantity"])) <= high)


def test_a_unit_held_twice_stands_twice_among_the_holds(depot: Depot) -> None:
    rows = list(paging.stream(depot.session, Query("holds"), ("serial", "reason")))
    assert len(rows) == sum(1 + number % 2 for number in range(48) if number % 7 == 0)
    assert {row[1] for row in rows} == {"DOUBT", "EXPIRY"}


def test_an_order_says_what_was_asked_for_and_what_came(depot: Depot) -> None:
    wanted = ("order", "progress", "supplier", "lines", "pieces", "received", "ordered", "promised")
    rows = list(paging.stream(depot.session, Query("orders"), wanted))
    assert rows == [("PO-1", "open", "Acme", 1, 3, 0, "2026-01-05", "2026-02-01")]


@pytest.mark.parametrize("name", LISTS)
def test_every_column_of_every_list_can_be_read_sorted_and_filtered(depot: Depot, name: str) -> None:
    for column in LISTS[name].columns:
        for op in (Op.EMPTY, Op.NOT_EMPTY):
            query = Query(name, (Filter(column.key, op),), column.key, descending=True)
            found = [*paging.stream(depot.session, query, (column.key,))]
            assert len(found) == paging.count(depot.session, query)
        both = [paging.count(depot.session, Query(name, (Filter(column.key, op),))) for op in (Op.EMPTY, Op.NOT_EMPTY)]
        assert sum(both) == paging.count(depot.session, Query(name))


HOSTILE = st.one_of(
    st.text(max_size=20), st.sampled_from(["' OR 1=1 --", '"; DROP TABLE units; --', "\0", "\ud800", "*", "..", "|"])
)


@given(st.sampled_from([(name, c.key) for name in LISTS for c in LISTS[name].columns]), HOSTILE)
def test_what_is_typed_as_a_filter_is_a_filter_or_refused_and_never_sql(
    depot: Depot, column: tuple[str, str], text: str
) -> None:
    name, key = column
    try:
        made = read_filter(listing(name), key, text)
        found = paging.count(depot.session, Query(name, (made,)))
    except Refusal as no:
        assert no.code.value == "bad_value"
        return
    assert 0 <= found <= paging.count(depot.session, Query(name))


@given(_queries())
def test_a_query_that_was_kept_is_the_same_query(query: Query) -> None:
    assert from_json(as_json(query)) == query


@pytest.mark.parametrize(
    "kept",
    [{}, {"list": "nothing"}, {"list": "units", "sort": "u.id; --"},
     {"list": "units", "filters": [{"column": "serial"}]},
     {"list": "units", "filters": [{"column": "quantity", "op": "equals", "values": ["many"]}]},
     {"list": ["units"]}],
)  # fmt: skip
def test_a_kept_query_that_makes_no_sense_is_refused(kept: dict[str, object]) -> None:
    with pytest.raises(Refusal):
        from_json(kept)


def test_columns_that_there_are_not_are_refused(depot: Depot) -> None:
    for query in (Query("units", (), "holds"), Query("nobody"), Query("units", (Filter("id", Op.EMPTY),))):
        with pytest.raises(Refusal):
            paging.page(depot.session, query, ("serial",))
    with pytest.raises(Refusal):
        paging.rows(depot.session, "units", ["x"], ("1; DROP TABLE units",))


@given(st.lists(st.text(min_size=1, max_size=5), unique=True))
def test_an_order_of_keys_of_any_length_finds_each_by_number_and_by_key(keys: list[str]) -> None:
    made = Order.of(keys)
    assert made.keys(0, len(keys) + 3) == keys
    assert [made.number(key) for key in keys] == list(range(len(keys)))
    assert made.number("") == -1


def test_a_row_that_came_between_two_pages_moves_no_other_row(depot: Depot) -> None:
    query = Query("units", (), "lot")
    first = paging.page(depot.session, query, ("lot",), limit=10)
    assert first.last is not None
    again = paging.page(depot.session, replace(query), ("lot",), after=first.last, limit=10)
    assert not {row.key for row in first.rows} & {row.key for row in again.rows}
