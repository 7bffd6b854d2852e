"""Whatever a file says: what was good is the same the next time, what was bad is bad still, nothing is recorded."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from dockmark.ledger.keys import KeyFolder
from dockmark.ledger.ledger import Ledger
from tests.desks.importing.conftest import ORDERS as ORDERED
from tests.desks.importing.conftest import Clock, Shop, furnish

_QUIET = settings(max_examples=25, deadline=None)


def cells(*choices: str) -> st.SearchStrategy[str]:
    """Rows of a file: each cell one of the words between bars."""
    return st.lists(st.tuples(*(st.sampled_from(some.split("|")) for some in choices)), max_size=10).map(
        lambda rows: "".join(",".join(row) + "\n" for row in rows)
    )


def check(kind: str, head: str, first: str, second: str) -> None:
    with fresh() as shop:
        _check(shop, kind, head, first, second)


@contextmanager
def fresh() -> Iterator[Shop]:
    """A data folder with parts, places and orders."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ledger = Ledger.create(folder / "data", KeyFolder(folder / "state"), Clock(), random=11)
        shop = Shop(folder, ledger)
        furnish(shop)
        shop.take("orders", ORDERED)
        yield shop
        ledger.close()


def _check(shop: Shop, kind: str, head: str, first: str, second: str) -> None:
    for text in (first, second):
        shop.take(kind, f"{head}\n{text}", skip_bad=True)
        said = [(verdict.row, verdict.verdict == "bad") for verdict in shop.said]
        before, events = shop.tables(), shop.events
        shop.take(kind, f"{head}\n{text}", skip_bad=True)
        assert [(verdict.row, verdict.verdict == "bad") for verdict in shop.said] == said
        assert {str(verdict.verdict) for verdict in shop.said} <= {"same", "bad"}
        assert (shop.tables(), shop.events) == (before, events)
    assert shop.value("SELECT coalesce(sum(out_of_sequence), 0) FROM units") == 0


PARTS = cells("A|B|C|a", "|Acme|ACME|Bravo", "|x|y", "|1AB23|9ZZ99")
ORDERS = cells("Q1|Q2|PO1", "|1|2|10", "PSU|FAN|NOPE", "1|2", "|S1|S2|S9", "|2026-01-02")
ADVICES = cells(
    "A1|A2", "|PO1-1|PO1-2|PO3-1", "|1|2", "|PSU|FAN|GREASE", "|1|2|3", "|X1|X2|X3", "|L1|L2", "|2026-01-02"
)
STOCK = cells("PSU|FAN|GREASE", "|X1|X2|x1", "A-01|A-02|CUST-7", "|1|2", "|new|scrapped", "|L1|L2", "|2025-01-02")
PLACES = cells("P|Q|R|S", "|P|Q|R|S|A-01", "|bin|room")
RECALLS = cells("R1|R2", "PSU|FAN", "|L1|L2", "|X1|X2", "|fire|smoke")


@_QUIET
@given(first=PARTS, second=PARTS)
def test_parts(first: str, second: str) -> None:
    check("parts", "part_number,manufacturer,description,cage", first, second)


@_QUIET
@given(first=ORDERS, second=ORDERS)
def test_orders(first: str, second: str) -> None:
    check("orders", "order,line,part_number,quantity,supplier,promised", first, second)


@_QUIET
@given(first=ADVICES, second=ADVICES)
def test_advices(first: str, second: str) -> None:
    check("asn", "asn,order_line,line,part_number,quantity,serial,lot,shipped", first, second)


@_QUIET
@given(first=STOCK, second=STOCK)
def test_stock(first: str, second: str) -> None:
    check("stock", "part_number,serial,place,quantity,condition,lot,date", first, second)


@_QUIET
@given(first=PLACES, second=PLACES)
def test_places(first: str, second: str) -> None:
    check("locations", "place,parent,kind", first, second)


@_QUIET
@given(first=RECALLS, second=RECALLS)
def test_recalls(first: str, second: str) -> None:
    check("recalls", "recall,part_number,lot,serial,reason", first, second)


@_QUIET
@given(first=ADVICES, second=STOCK)
def test_tables_are_what_the_events_say_after_any_of_it(first: str, second: str) -> None:
    with fresh() as shop:
        shop.take("asn", f"asn,order_line,line,part_number,quantity,serial,lot,shipped\n{first}", skip_bad=True)
        shop.take("stock", f"part_number,serial,place,quantity,condition,lot,date\n{second}", skip_bad=True)
        shop.check_sound()
