"""Whatever is typed into the search, it answers; what it finds stands in order, each thing once."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockmark.catalog.events import PartAdded, PlaceAdded
from dockmark.custody.events import UnitStocked
from dockmark.database.session import Session
from dockmark.ledger.keys import KeyFolder
from dockmark.ledger.ledger import Ledger
from dockmark.lookup.search import Hit, search
from dockmark.record.facts import Draft
from dockmark.station.clock import StationClock

SERIALS = ("PS-100", "PS-1001", "ÜB-7", "\U0010ffff9", "PS-100")


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    folder = tmp_path_factory.mktemp("search")
    ledger = Ledger.create(folder / "data", KeyFolder(folder / "state"), StationClock(), random=7)
    with ledger.writing() as book:
        part, place = book.new_id(), book.new_id()
        book.record(
            Draft(fact=PartAdded(told={"part_number": "PS-1"}), subj=(f"part:{part}",), new=True),
            Draft(fact=PlaceAdded(told={"place": "A-01"}), subj=(f"place:{place}",), new=True),
        )
        for serial in SERIALS[:3]:
            fact = UnitStocked(part=part, serial=serial, place=place)
            book.record(Draft(fact=fact, subj=(f"unit:{book.new_id()}",), new=True))
    ledger.index_search(1)
    with ledger.writing() as book:
        for serial in SERIALS[3:]:
            fact = UnitStocked(part=part, serial=serial, place=place)
            book.record(Draft(fact=fact, subj=(f"unit:{book.new_id()}",), new=True))
    asked = ledger.session()
    yield asked
    asked.close()
    ledger.close()


def titles(hits: list[Hit]) -> list[str]:
    return [hit.title for hit in hits]


def test_exact_serials_come_first_and_each_thing_once(session: Session) -> None:
    hits = search(session, "ps-100")
    assert titles(hits) == ["PS-100", "PS-100", "PS-1001"]
    assert len({hit.id for hit in hits}) == 3


def test_a_hit_says_what_tells_it_apart(session: Session) -> None:
    assert [hit.detail for hit in search(session, "PS-1001")] == ["PS-1 · in_stock · A-01"]


def test_the_limit_holds_over_all_ways_of_finding(session: Session) -> None:
    assert titles(search(session, "ps-100", 2)) == ["PS-100", "PS-100"]
    assert titles(search(session, "PS", 2)) == ["PS-1", "PS-100"]
    assert search(session, "PS", 0) == []


def test_what_begins_with_two_characters_is_found_up_to_the_last_character_there_is(session: Session) -> None:
    assert titles(search(session, "üb")) == ["ÜB-7"]
    assert titles(search(session, "\U0010ffff")) == ["\U0010ffff9"]


@pytest.mark.parametrize(
    "typed", ["ab\0c", "\0", "a\ud800b", "\ud7ff", "x\ud7ff", '"', '"""', "AND OR", "NEAR(a b)", "text:*", "%__", "- -"]
)
def test_what_was_never_meant_to_be_found_is_not_found(session: Session, typed: str) -> None:
    assert search(session, typed) == []


@given(st.text(max_size=12) | st.text(alphabet='PS-10"*^%_\0\ud800 ', max_size=8))
def test_nothing_that_is_typed_raises(session: Session, typed: str) -> None:
    assert len(search(session, typed)) <= len(SERIALS) + 2
