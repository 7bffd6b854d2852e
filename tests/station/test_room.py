"""How much room there is, when it is warned of, and what is still taken when there is too little."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockmark.desks.answer import Answer, Outcome
from dockmark.identifiers.reading import Scan
from dockmark.identifiers.tags import Command, command_tag
from dockmark.station.disk import MB, Room, RoomState, measured
from dockmark.station.setup import create_ledger
from dockmark.station.station import Station

GTIN = "09506000143514"
LARGE = 500_000 * MB


class Disk:
    """A disk that is as full as a test says."""

    def __init__(self) -> None:
        self.free = LARGE // 2

    def __call__(self, _folder: Path) -> Room:
        return Room(self.free, LARGE)


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, disk: Disk) -> Iterator[Station]:
    monkeypatch.setenv("DOCKMARK_STATE", str(tmp_path / "state"))
    made = Station(create_ledger(tmp_path / "data", "anna", "Anna"), tmp_path / "data", spooling=False, measure=disk)
    yield made
    made.close()


def scan(station: Station, text: str) -> Answer:
    return station.scan("receiving", Scan.of_text(text)).result(30)


@given(free=st.integers(0, LARGE), whole=st.integers(1, LARGE))
def test_less_room_is_never_better_than_more(free: int, whole: int) -> None:
    order = [RoomState.OUT, RoomState.LOW, RoomState.ENOUGH]
    state = Room(min(free, whole), whole).state
    better = Room(min(free + 10 * MB, whole), whole).state
    assert order.index(better) >= order.index(state)


@pytest.mark.parametrize(
    ("free", "whole", "state"),
    [
        (201 * MB, 5_000 * MB, RoomState.ENOUGH),
        (199 * MB, 5_000 * MB, RoomState.LOW),
        (390 * MB, 20_000 * MB, RoomState.LOW),
        (410 * MB, 20_000 * MB, RoomState.ENOUGH),
        (2_100 * MB, 4_000_000 * MB, RoomState.ENOUGH),
        (1_900 * MB, 4_000_000 * MB, RoomState.LOW),
        (50 * MB, 5_000 * MB, RoomState.LOW),
        (50 * MB - 1, 5_000 * MB, RoomState.OUT),
        (50 * MB - 1, 60 * MB, RoomState.OUT),
        (2 * MB, 3 * MB, RoomState.LOW),
    ],
)
def test_a_disk_is_judged_by_what_is_left_of_it(free: int, whole: int, state: RoomState) -> None:
    assert Room(free, whole).state is state


def test_a_folder_that_is_gone_is_left_to_the_next_write_to_tell(tmp_path: Path) -> None:
    assert measured(tmp_path / "gone").state is not RoomState.OUT
    assert measured(tmp_path).free > 0


def test_with_too_little_room_new_units_are_refused_and_the_scan_is_kept(station: Station, disk: Disk) -> None:
    assert scan(station, f"]d201{GTIN}21A1").outcome is Outcome.ACCEPTED
    disk.free = 49 * MB
    refused = scan(station, f"]d201{GTIN}21A2")
    assert (refused.outcome, refused.code, refused.facts) == (Outcome.REFUSED, "disk_low", {"free": 49})
    typed = station.command("receiving", "TYPED", part="P", serial="A3").result(30)
    assert typed.code == "disk_low"
    session = station.ledger.session()
    noted = session.value("SELECT count(*) FROM events WHERE core LIKE '%scan_noted%disk_low%'") or session.value(
        "SELECT count(*) FROM events WHERE core LIKE '%disk_low%'"
    )
    session.close()
    assert noted == 2


def test_what_was_begun_can_be_finished_without_room(station: Station, disk: Disk) -> None:
    scan(station, f"]d201{GTIN}21A1")
    disk.free = 10 * MB
    assert scan(station, command_tag(Command.UNDO)).outcome is Outcome.ACCEPTED
    assert station.command("receiving", "FINISH").result(30).outcome is not Outcome.REFUSED


def test_work_goes_on_by_itself_when_there_is_room_again(station: Station, disk: Disk) -> None:
    disk.free = 10 * MB
    assert scan(station, f"]d201{GTIN}21A1").code == "disk_low"
    assert station.room().result(30).state is RoomState.OUT
    disk.free = LARGE // 2
    assert scan(station, f"]d201{GTIN}21A1").outcome is Outcome.ACCEPTED
