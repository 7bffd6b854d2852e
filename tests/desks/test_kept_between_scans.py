"""What a desk keeps in mind from one scan to the next is never older than what the folder says."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dockmark.catalog.events import RecallAnnounced
from dockmark.custody.lights import Light
from dockmark.desks.answer import Outcome
from dockmark.identifiers import Scan, read
from dockmark.ledger.keys import KeyFolder
from dockmark.ledger.ledger import Ledger
from dockmark.ledger.rebuild import rebuild
from dockmark.ledger.verify import Soundness, verify
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


def test_scans_between_two_programs_make_one_sound_chain(depot: Depot, beside: Depot) -> None:
    depot.begin("PO1")
    codes = [(depot, beside)[number % 2].scan(label(f"KB{number}")).code for number in range(5)]
    assert codes == ["received"] * 3 + ["over_receipt"] * 2
    assert verify(depot.ledger).result is Soundness.NOT_WITNESSED
    assert depot.value("SELECT count(*) FROM units WHERE serial LIKE 'KB%' AND state = 'received'") == 3
