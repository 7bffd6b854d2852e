"""What the papers of a receipt say is what happened at the dock, at the time when it was closed."""

import pytest

from dockmark.custody.events import UnitPutAway
from dockmark.documents.paper.facts import ReceiptBook
from dockmark.lookup.receipt_papers import receipt_book, receipt_meant
from dockmark.record.facts import Draft
from dockmark.record.refusal import Refusal, Refused

from .conftest import PSU_GTIN, Depot


def psu(serial: str) -> str:
    return f"]d201{PSU_GTIN}21{serial}\x1d10L1"


def typed(depot: Depot, part: str, serial: str) -> str:
    return depot.command("TYPED", part=part, serial=serial).code


def book(depot: Depot, text: str = "") -> ReceiptBook:
    session = depot.ledger.session()
    number = text or str(session.value("SELECT number FROM receipts ORDER BY opened_at DESC, id DESC"))
    return receipt_book(session, receipt_meant(session, number))


@pytest.fixture
def received(depot: Depot) -> Depot:
    depot.begin(order="PO1", place="DOCK-1")
    assert [depot.scan(psu(serial)).code for serial in ("PS100", "PS101")] == ["received"] * 2
    return depot


def test_each_unit_is_told_with_who_when_where_and_whose(received: Depot) -> None:
    typed(received, "CM-FAN", "FAN0001")
    told = list(book(received).units())
    assert [(it.number, it.part, it.serial, it.lot) for it in told] == [
        (1, "CM-PSU24", "PS100", "L1"), (2, "CM-PSU24", "PS101", "L1"), (3, "CM-FAN", "FAN0001", ""),
    ]  # fmt: skip
    assert {(it.place, it.who, it.condition) for it in told} == {("DOCK-1", "Anna", "new")}
    assert [it.owner for it in told] == ["own", "own", "Clinic West"]
    assert [it.typed for it in told] == [False, False, True]
    assert all(it.at for it in told)


def test_an_undone_unit_is_on_no_paper(received: Depot) -> None:
    received.command("UNDO")
    told = book(received)
    assert [it.serial for it in told.units()] == ["PS100"]
    assert told.head.counts.pieces == 1
    received.scan(psu("PS101"))
    assert [it.serial for it in book(received).units()] == ["PS100", "PS101"]


def test_what_happens_after_the_closing_does_not_change_the_paper(received: Depot) -> None:
    received.command("DAMAGED")
    received.command("FINISH")
    before = list(book(received).units())
    unit = str(received.value("SELECT id FROM units WHERE serial = 'PS100'"))
    with received.ledger.writing() as open_book:
        open_book.record(Draft(fact=UnitPutAway(place=received.ids["bin"]), subj=(f"unit:{unit}",)))
    received.hold_desk("PS100")
    with received.ledger.writing() as open_book:
        received.holds.command(open_book, "QUARANTINE", {"reason": "DOUBT"})
    assert list(book(received).units()) == before
    assert [it.damaged for it in before] == [False, True]


def test_a_unit_that_went_out_and_came_back_stays_on_its_first_receipt(depot: Depot) -> None:
    depot.begin(order="PO1", place="DOCK-1")
    typed(depot, "CM-PSU24", "PS901")
    first = str(depot.value("SELECT number FROM receipts"))
    told = list(book(depot, first).units())
    assert [(it.serial, it.part, it.returned, it.held) for it in told] == [("PS901", "CM-PSU24", True, "returns")]


def test_lines_say_what_was_asked_for_and_what_had_come(received: Depot) -> None:
    received.command("FINISH")
    first = str(received.value("SELECT number FROM receipts"))
    told = {line.name: (line.wanted, line.here, line.come, line.missing) for line in book(received, first).lines}
    assert told == {"PO1-1": (3, 2, 2, 1), "PO1-2": (2, 0, 0, 2), "PO1-3": (50, 0, 0, 50)}
    received.begin(order="PO1", new=True)
    received.scan(psu("PS102"))
    received.command("FINISH")
    again = {line.name: (line.wanted, line.here, line.come, line.missing) for line in book(received, first).lines}
    assert again == told
    last = {line.name: (line.wanted, line.here, line.come, line.missing) for line in book(received).lines}
    assert last["PO1-1"] == (3, 1, 3, 0)


def test_refusals_are_told_with_their_answers(received: Depot) -> None:
    assert typed(received, "CM-FAN", "FAN9999") == "out_of_range"
    received.command("ACCEPT", reason="AGREED", note="by phone")
    assert typed(received, "OTHER-9", "X1") == "wrong_part"
    received.command("SKIP")
    assert typed(received, "OTHER-9", "X2") == "wrong_part"
    received.command("QUARANTINE", reason="DOUBT")
    assert typed(received, "OTHER-9", "X3") == "wrong_part"
    received.command("REJECT")
    assert typed(received, "CM-PSU24", "PS900") == "alive_elsewhere"
    received.scan(psu("PS102"))
    assert typed(received, "OTHER-9", "X4") == "wrong_part"
    received.command("ACCEPT", reason="AGREED")
    received.command("UNDO")
    told = [(it.serial, it.rule, it.answer, it.reason) for it in book(received).refusals()]
    assert told == [
        ("FAN9999", "out_of_range", "accepted", "AGREED"),
        ("X1", "wrong_part", "skipped", ""),
        ("X2", "wrong_part", "quarantined", "DOUBT"),
        ("X3", "wrong_part", "rejected", ""),
        ("PS900", "alive_elsewhere", "left", ""),
        ("X4", "wrong_part", "undone", "AGREED"),
    ]
    accepted = next(it for it in book(received).refusals() if it.answer == "accepted")
    assert (accepted.note, accepted.who) == ("by phone", "Anna")


def test_a_refusal_that_a_certificate_settled_says_so(depot: Depot) -> None:
    depot.begin(order="PO2", place="DOCK-1")
    assert typed(depot, "AV-LRU", "LRU-1") == "certificate_missing"
    depot.command("CERTIFICATE", sha256="ab" * 32, name="form one.pdf", size="9")
    told = book(depot)
    assert [(it.serial, it.answer) for it in told.refusals()] == [("LRU-1", "received_after")]
    assert [(it.kind, it.name) for it in told.head.enclosed] == [("certificate", "form one.pdf")]


def test_serials_that_were_announced_and_did_not_come(depot: Depot) -> None:
    depot.begin(order="ASN1", place="DOCK-1")
    depot.scan(psu("PS100"))
    depot.command("FINISH")
    first = str(depot.value("SELECT number FROM receipts"))
    assert list(book(depot, first).missing()) == [("CM-PSU24", "PS101")]
    depot.begin(order="ASN1", new=True)
    depot.scan(psu("PS101"))
    assert list(book(depot, first).missing()) == [("CM-PSU24", "PS101")]
    assert list(book(depot).missing()) == []


def test_a_delivery_note_is_enclosed_and_is_no_certificate(depot: Depot) -> None:
    depot.begin(order="PO2", place="DOCK-1")
    answer = depot.command("PAPER", sha256="cd" * 32, name="note.pdf", size="4")
    assert answer.code == "paper_attached"
    assert typed(depot, "AV-LRU", "LRU-1") == "certificate_missing"
    assert [(it.kind, it.name) for it in book(depot).head.enclosed] == [("delivery_note", "note.pdf")]


@pytest.mark.parametrize("facts", [{}, {"sha256": "../../etc/passwd"}, {"sha256": "ab" * 32, "kind": "rocket"}])
def test_a_paper_without_a_kept_file_is_refused(depot: Depot, facts: dict[str, str]) -> None:
    depot.begin(order="PO2", place="DOCK-1")
    assert depot.command("PAPER", **facts).outcome.value == "refused"


def test_a_receipt_is_meant_by_number_report_tag_and_id(received: Depot) -> None:
    head = book(received).head
    session = received.ledger.session()
    names = (
        head.number, head.number.lower(), f" {head.number} ", head.id, f"receipt:{head.id}", head.tag,
        head.number.replace("RC-", "DR-"),
    )  # fmt: skip
    assert {receipt_meant(session, name) for name in names} == {head.id}
    for name in ("", "RC-", "PO1", "' OR 1=1 --", "x" * 5000, "DMDRC1"):
        with pytest.raises(Refusal) as caught:
            receipt_meant(session, name)
        assert caught.value.code is Refused.RECEIPT_UNKNOWN


def test_an_empty_receipt_has_papers(depot: Depot) -> None:
    depot.begin(order="PO1")
    depot.command("FINISH")
    told = book(depot)
    assert (list(told.units()), told.head.counts.units, told.head.is_open) == ([], 0, False)
    assert [line.missing for line in told.lines] == [3, 2, 50]
    assert (told.head.partner, told.head.order, told.head.differs) == ("Helix", "PO1", True)
