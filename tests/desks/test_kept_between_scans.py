"""What a desk keeps in mind from one scan to the next is never older than what the folder says."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dockmark.catalog.events import RecallAnnounced
from dockmark.custody.lights import Light
from dockmark.database.came import came
from dockmark.desks import bonding
from dockmark.desks.answer import Outcome
from dockmark.identifiers import Scan, read
from dockmark.ledger.book import Author
from dockmark.ledger.keys import KeyFolder
from dockmark.ledger.ledger import Ledger
from dockmark.ledger.rebuild import rebuild
from dockmark.ledger.verify import Soundness, verify
from dockmark.people.events import OperatorChanged
from dockmark.record.facts import Draft
from tests.desks.conftest import TODAY, Depot


@pytest.fixture
def beside(depot: Depot, tmp_path: Path) -> Iterator[Depot]:
    """The same data folder, opened by a second program."""
    other = Depot(Ledger.open(tmp_path / "data", KeyFolder(tmp_path / "state"), depot.ledger.clock), ids=depot.ids)
    other.sign_in("anna")
    yield other
    other.ledger.close()


def label(serial: str) -> str:
    return f"]d2010401234500001621{serial}"


def recall(depot: Depot, number: str) -> None:
    fact = RecallAnnounced(number=number, part=depot.ids["psu"], reason="fan")
    with depot.ledger.writing() as book:
        book.record(Draft(fact=fact, subj=(f"recall:{book.new_id()}",), new=True))


def test_what_another_program_recorded_counts_at_the_next_scan(depot: Depot, beside: Depot) -> None:
    depot.begin("PO1")
    assert depot.scan(label("KB1")).code == "received"
    recall(beside, "R77")
    answer = depot.scan(label("KB2"))
    assert (answer.code, answer.facts["recall"]) == ("recalled", "R77")
    assert depot.scan(label("KB1")).code == "already"


def test_what_this_program_recorded_beside_the_desk_counts_at_the_next_scan(depot: Depot) -> None:
    depot.begin("PO1")
    assert depot.scan(label("KB1")).verdict[Light.RECALL].code == "not_recalled"
    recall(depot, "R78")
    assert depot.scan(label("KB2")).code == "recalled"


def test_two_programs_at_one_desk_share_what_is_in_hand(depot: Depot, beside: Depot) -> None:
    depot.begin("PO1")
    first = depot.scan(label("KB1"))
    second = beside.scan(label("KB2"))
    assert [first.code, second.code] == ["received", "received"]
    undone = depot.command("UNDO")
    assert (undone.code, undone.facts["serial"]) == ("undone", "KB2")
    assert beside.command("UNDO").facts["serial"] == "KB1"
    assert beside.command("UNDO").outcome is Outcome.REFUSED


def test_a_transaction_that_failed_leaves_nothing_in_mind(depot: Depot) -> None:
    depot.begin("PO1")
    depot.scan(label("KB1"))

    class BrokenError(Exception):
        """Something that goes wrong after the desk has done its work."""

    def fail(serial: str) -> None:
        with depot.ledger.writing() as book:
            assert depot.desk.scan(book, read(Scan(raw=label(serial).encode()), today=TODAY)).code == "received"
            book.flush()
            raise BrokenError

    for serial in ("KB2", "KB3"):
        with pytest.raises(BrokenError):
            fail(serial)
        assert depot.scan(label(serial)).code == "received"
    assert [depot.command("UNDO").facts["serial"] for _ in range(3)] == ["KB3", "KB2", "KB1"]
    assert verify(depot.ledger).result is Soundness.NOT_WITNESSED


def test_tables_made_anew_are_asked_anew(depot: Depot) -> None:
    depot.begin("PO1")
    depot.scan(label("KB1"))
    with depot.ledger.tending() as session:
        session.run("UPDATE parts SET part_number = 'spoilt'")
    assert depot.scan(label("KB2")).facts["part"] == "spoilt"
    rebuild(depot.ledger)
    assert depot.scan(label("KB3")).facts["part"] != "spoilt"


def test_a_unit_that_was_joined_to_another_is_known_by_its_own_mark_at_the_next_scan(depot: Depot) -> None:
    depot.begin("PO1")
    first, second = depot.scan(label("KB1")).unit, depot.scan(label("KB9")).unit
    assert first is not None and second is not None
    with depot.ledger.writing() as book:
        bonding.join_units(book, first.id, second.id, "one piece under two labels")
    assert depot.value("SELECT count(*) FROM units WHERE serial = 'KB9'") == 0
    assert depot.scan(label("KB9")).code == "already"


def test_what_somebody_may_do_is_looked_at_again_after_it_changed(depot: Depot) -> None:
    depot.begin("PO1")
    assert depot.scan(label("KB1")).code == "received"
    anna = depot.ledger.author
    depot.ledger.sign_in(Author())
    with depot.ledger.writing() as book:
        book.record(Draft(fact=OperatorChanged(roles=["supervisor"], disabled=True), subj=("operator:anna",)))
    depot.ledger.sign_in(anna)
    assert depot.scan(label("KB2")).code == "not_allowed"


STEPS = st.lists(st.tuples(st.sampled_from(["here", "beside"]), st.sampled_from(["new", "known", "undo"])), max_size=8)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_what_has_come_is_known_as_it_stands_whoever_scanned(
    depot: Depot, beside: Depot, steps: list[tuple[str, str]]
) -> None:
    for each in (depot, beside):
        each.begin("PO1", new=True)
    for who, what in steps:
        desk = depot if who == "here" else beside
        if what == "undo":
            desk.command("UNDO")
        else:
            desk.scan(label(next(SERIALS) if what == "new" else "KB1"))
        for each in (depot, beside):
            with each.ledger.writing() as book:
                lines = [str(row[0]) for row in book.session.all("SELECT id FROM order_lines ORDER BY id")]
                told = [came(book.session, line) for line in lines]
                kept = [came(book.session, line) for line in lines]
                stored = [book.session.value(STORED, (line,)) for line in lines]
            assert told == kept == stored


SERIALS = map("KBX{}".format, count())
STORED = "SELECT coalesce(sum(pieces), 0) FROM tallies WHERE line = ?"


def test_scans_between_two_programs_make_one_sound_chain(depot: Depot, beside: Depot) -> None:
    depot.begin("PO1")
    codes = [(depot, beside)[number % 2].scan(label(f"KB{number}")).code for number in range(5)]
    assert codes == ["received"] * 3 + ["over_receipt"] * 2
    assert verify(depot.ledger).result is Soundness.NOT_WITNESSED
    assert depot.value("SELECT count(*) FROM units WHERE serial LIKE 'KB%' AND state = 'received'") == 3
