"""A later order of a list ends the earlier one; an export that is stopped leaves nothing."""

import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path

import pytest

from dockmark.custody.events import UnitStocked
from dockmark.ledger.keys import KeyFolder
from dockmark.ledger.ledger import Ledger
from dockmark.lookup.lists.filters import Query
from dockmark.record.facts import Draft
from dockmark.record.refusal import Refusal
from dockmark.station.clock import StationClock
from dockmark.station.station import Station

UNITS = 1300


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Station]:
    folder = tmp_path_factory.mktemp("lists")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOCKMARK_STATE", str(folder / "state"))
        ledger = Ledger.create(folder / "data", KeyFolder(folder / "state"), StationClock(), random=7)
        with ledger.writing() as book:
            part = book.new_id()
            for number in range(UNITS):
                stocked = UnitStocked(part=part, serial=f"S{number:05}", place="")
                book.record(Draft(fact=stocked, subj=(f"unit:{book.new_id()}",), new=True))
        made = Station(ledger, folder / "data", spooling=False)
        yield made
        made.close()


def test_of_many_orders_asked_at_once_the_last_one_comes(station: Station) -> None:
    asked = [station.lists.order(Query("units", (), "serial", bool(number % 2))) for number in range(40)]
    assert len(asked[-1].result(20).order) == UNITS
    for each in asked[:-1]:
        try:
            assert len(each.result(20).order) == UNITS
        except CancelledError:
            continue


def test_an_order_says_where_keys_stand(station: Station) -> None:
    page = station.lists.page(Query("units", (), "serial"), (), limit=3).result(20)
    keys = [row.key for row in page.rows]
    assert station.lists.order(Query("units", (), "serial"), (keys[2], "nobody")).result(20).numbers == (2, -1)


def test_an_export_tells_how_far_it_is(station: Station, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    query = Query("units", (), "serial")
    file = tmp_path / "a.csv"
    done = station.lists.export(query, ("serial",), file, progress=lambda *far: told.append(far)).result(20)
    assert (done.rows, done.is_whole) == (UNITS, True)
    assert told[0] == (0, UNITS) and told[-1] == (UNITS, UNITS) and told == sorted(told)
    assert file.read_text().splitlines() == ["serial", *(f"S{number:05}" for number in range(UNITS))]


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "json"])
def test_an_export_that_is_stopped_leaves_nothing(station: Station, tmp_path: Path, suffix: str) -> None:
    stop = threading.Event()
    file = tmp_path / f"a.{suffix}"

    def after_some(done: int, _total: int) -> None:
        if done:
            stop.set()

    done = station.lists.export(Query("units"), ("serial",), file, progress=after_some, cancel=stop).result(20)
    assert not done.is_whole
    assert list(tmp_path.iterdir()) == []


def test_a_form_that_is_not_known_is_refused(station: Station, tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        station.lists.export(Query("units"), ("serial",), tmp_path / "a.pdf").result(20)
