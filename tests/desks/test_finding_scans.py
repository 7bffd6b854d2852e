"""What was scanned is found at once, though its text is noted and indexed only later."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dockmark.ledger.keys import KeyFolder
from dockmark.ledger.ledger import Ledger
from dockmark.ledger.rebuild import rebuild
from dockmark.ledger.searching import waiting
from dockmark.lookup.search import search
from tests.desks.conftest import Clock, Depot

TEXTS = "SELECT count(*) FROM search_docs WHERE kind = 'unit'"


@pytest.fixture
def beside(depot: Depot, tmp_path: Path) -> Iterator[Depot]:
    """The same data folder, opened by a second program."""
    other = Depot(Ledger.open(tmp_path / "data", KeyFolder(tmp_path / "state"), depot.ledger.clock), ids=depot.ids)
    other.sign_in("anna")
    yield other
    other.ledger.close()


def label(serial: str, more: str = "") -> str:
    return f"]d2010401234500001621{serial}{more}"


def found(depot: Depot, text: str) -> list[str]:
    session = depot.ledger.session()
    try:
        return [hit.title for hit in search(session, text) if hit.kind == "unit"]
    finally:
        session.close()


def test_a_scan_leaves_its_text_for_later_and_is_found_all_the_same(depot: Depot) -> None:
    depot.begin("PO1")
    depot.ledger.index_search(1)
    before = depot.value(TEXTS)
    depot.scan(label("QX-4711", "\x1d10LOT77A"))
    assert depot.value(TEXTS) == before
    for text in ("QX-4711", "x-47", "711", "ot77"):
        assert found(depot, text) == ["QX-4711"], text
    assert not found(depot, "QX-4712")
    depot.ledger.index_search(1)
    assert depot.value(TEXTS) == int(str(before)) + 1
    for text in ("QX-4711", "x-47", "711", "ot77"):
        assert found(depot, text) == ["QX-4711"], text
    session = depot.ledger.session()
    assert waiting(session) == 0
    session.close()


def test_a_unit_whose_id_is_of_an_earlier_time_is_noted_at_once(depot: Depot) -> None:
    depot.begin("PO1")
    depot.scan(label("QX-1"))
    depot.ledger.index_search(1)
    clock = depot.ledger.clock
    assert isinstance(clock, Clock)
    clock.set_back(3_600_000_000)
    before = depot.value(TEXTS)
    depot.scan(label("QX-2"))
    assert depot.value(TEXTS) == int(str(before)) + 1
    assert found(depot, "QX-2") == ["QX-2"]


def test_texts_noted_later_are_those_of_a_rebuild(depot: Depot) -> None:
    depot.begin("PO1")
    depot.ledger.index_search(1)
    for text in (label("QX-1", "\x1d10LOT1"), label("LOT2", "\x1d10LOT2"), "356938035643809"):
        depot.scan(text)
    depot.ledger.index_search(1)
    texts = "SELECT kind, id, text FROM search_docs ORDER BY kind, id"
    session = depot.ledger.session()
    noted = session.all(texts)
    rebuild(depot.ledger)
    assert session.all(texts) == noted
    session.close()


SERIALS = map("QZ{:04d}".format, count())
STEPS = st.lists(st.sampled_from(["scan", "beside", "undo", "index", "index beside", "rebuild", "back"]), max_size=12)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_every_unit_is_found_whatever_happened_in_between(depot: Depot, beside: Depot, steps: list[str]) -> None:
    scanned = []
    for each in (depot, beside):
        each.begin("", new=True)
    for step in steps:
        desk = beside if "beside" in step else depot
        if step in ("scan", "beside"):
            scanned.append(next(SERIALS))
            assert desk.scan(label(scanned[-1])).code == "received_blind"
        elif step == "undo":
            desk.command("UNDO")
        elif step == "rebuild":
            rebuild(desk.ledger)
        elif step == "back":
            clock = desk.ledger.clock
            assert isinstance(clock, Clock)
            clock.set_back(50_000)
        else:
            desk.ledger.index_search(1)
        for serial in scanned:
            assert found(depot, serial[1:]) == found(beside, serial) == [serial]
