"""What the receiving desk answers: scans in, events and words out."""

from uuid import UUID

import pytest

from dockmark.catalog.events import OrderPlaced
from dockmark.desks.answer import Answer, Outcome
from dockmark.identifiers.reading import TagKind
from dockmark.identifiers.tags import Command, command_tag, key_tag, number_tag, tag, unit_tag
from dockmark.ledger.rebuild import rebuild
from dockmark.ledger.verify import Soundness, verify

from .conftest import BADGE, PSU_GTIN, Depot

GS = "\x1d"


def psu(serial: str, *, lot: str = "L1", expiry: str = "") -> str:
    date = f"17{expiry}" if expiry else ""
    return f"]d201{PSU_GTIN}{date}21{serial}{GS}10{lot}"


def told(answer: Answer) -> tuple[str, str]:
    return answer.outcome.value, answer.code


def test_a_unit_on_the_order_is_received_and_its_label_wanted(depot: Depot) -> None:
    assert told(depot.begin("PO1", "DOCK-1")) == ("noted", "receipt_ready")
    answer = depot.scan(psu("PS100"))
    assert told(answer) == ("accepted", "received")
    assert answer.unit is not None
    assert (answer.unit.part, answer.unit.serial, answer.unit.state) == ("CM-PSU24", "PS100", "received")
    assert answer.unit.place == "DOCK-1"
    assert answer.facts["line"] == "PO1-1"
    assert {light.value: found.state.value for light, found in answer.verdict.items()} == {
        "warranty": "ok", "recall": "ok", "counterfeit": "ok", "life": "ok", "owner": "ok", "hold": "ok",
    }  # fmt: skip
    assert depot.value("SELECT count(*) FROM print_jobs WHERE state = 'queued'") == 1
    assert depot.value("SELECT count(*) FROM events WHERE id = ?", answer.events[0]) == 1
    assert verify(depot.ledger).result is Soundness.NOT_WITNESSED


def test_the_same_unit_again_is_answered_already_and_kept(depot: Depot) -> None:
    depot.begin("PO1")
    depot.scan(psu("PS100"))
    before = depot.value("SELECT count(*) FROM events")
    again = depot.scan(psu("PS100"))
    assert told(again) == ("refused", "already")
    assert again.unit is not None and again.unit.state == "received"
    assert again.unit.id == depot.value("SELECT id FROM units WHERE serial = 'PS100'")
    assert depot.value("SELECT count(*) FROM events") == before + 1
    assert depot.value("SELECT count(*) FROM units WHERE state = 'received'") == 1


def test_an_order_line_or_sscc_opens_its_delivery_by_exact_match(depot: Depot) -> None:
    assert depot.begin("PO1-2").facts["paper"] == "PO1-2"
    assert depot.scan("00000000000000000017").facts["paper"] == "ASN1"
    assert told(depot.scan("(00)999999999999999999"))[0] == "refused"
    refused = depot.begin("NO-SUCH-ORDER")
    assert told(refused) == ("refused", "order_unknown")


def test_a_lone_serial_gets_its_part_from_the_one_open_line_or_its_announcement(depot: Depot) -> None:
    depot.begin("ASN1")
    announced = depot.scan("PS101")
    assert told(announced) == ("accepted", "received")
    assert announced.facts["inferred"] is True
    depot.begin("PO1-2", new=True)
    inferred = depot.scan("FAN0007")
    assert told(inferred) == ("accepted", "received")
    assert inferred.unit is not None and inferred.unit.part == "CM-FAN"
    assert inferred.unit.owner == "Clinic West"
    assert inferred.verdict and {k.value: v.state.value for k, v in inferred.verdict.items()}["owner"] == "warn"


def test_a_line_with_a_short_name_is_found_with_its_order_only(depot: Depot) -> None:
    lines = [{"line": "10", "part": depot.ids["fan"], "quantity": 1, "partner": depot.ids["doubtful"]}]
    depot.add("PO9", "order", OrderPlaced(number="PO9", lines=[*lines]))
    for name in ("PO9/10", "PO9-10", "PO9"):
        assert told(depot.begin(name, new=True)) == ("noted", "receipt_ready")
    assert told(depot.begin("10", new=True)) == ("refused", "order_unknown")


def test_the_supplier_of_a_line_counts_where_the_order_has_several(depot: Depot) -> None:
    for number, partner, code in (
        ("PO10", "doubtful", "supplier_not_approved"),
        ("PO11", "good", "certificate_missing"),
    ):
        line = {"line": "1", "part": depot.ids["strict"], "quantity": 1, "partner": depot.ids[partner]}
        depot.add(number, "order", OrderPlaced(number=number, lines=[line]))
        depot.begin(number, new=True)
        assert told(depot.command("TYPED", part="AV-LRU", serial=f"L{number}")) == ("refused", code)


def test_two_symbol_labels_are_joined_in_either_order(depot: Depot) -> None:
    depot.begin("PO1")
    assert told(depot.scan("FAN0008")) == ("noted", "part_needed")
    assert told(depot.scan("(P)CM-FAN")) == ("accepted", "received")
    assert told(depot.scan("CM-FAN")) == ("noted", "serial_needed")
    joined = depot.scan("S/N: FAN0009")
    assert told(joined) == ("accepted", "received")
    assert joined.unit is not None and joined.unit.serial == "FAN0009"


def test_a_lone_serial_never_becomes_a_piece_of_the_lot_whose_count_is_awaited(depot: Depot) -> None:
    depot.begin("PO1")
    box = f"[)>\x1e06{GS}1PGREASE-1{GS}1TL77\x1e\x04"
    assert told(depot.scan(box)) == ("noted", "quantity_needed")
    assert told(depot.scan("NOBODY-KNOWS-1")) == ("refused", "quantity_needed")
    done = depot.scan(number_tag(12))
    assert told(done) == ("accepted", "received")
    assert done.unit is not None and (done.unit.part, done.unit.quantity) == ("GREASE-1", 12)


def test_two_scanners_do_not_complete_each_others_labels(depot: Depot) -> None:
    depot.begin("PO1")
    assert told(depot.scan("CM-FAN", device="serial:A")) == ("noted", "serial_needed")
    assert told(depot.scan("FAN0008", device="serial:B")) == ("noted", "part_needed")
    first = depot.scan("S/N: FAN0009", device="serial:A")
    assert told(first) == ("accepted", "received")
    assert first.unit is not None and first.unit.serial == "FAN0009"
    second = depot.scan("(P)CM-FAN", device="serial:B")
    assert told(second) == ("accepted", "received")
    assert second.unit is not None and second.unit.serial == "FAN0008"


def test_a_place_instead_of_a_serial_is_the_wrong_kind(depot: Depot) -> None:
    depot.begin("PO1")
    depot.scan("CM-FAN")
    wrong = depot.scan("A-01")
    assert told(wrong) == ("refused", "wrong_kind")
    assert wrong.facts["kind"] == "place"
    assert told(depot.scan("FAN0010")) == ("accepted", "received")


def test_a_place_stays_until_another_is_scanned(depot: Depot) -> None:
    depot.begin("PO1")
    assert told(depot.scan(tag(TagKind.PLACE, "A01"))) == ("noted", "place_taken")
    for serial in ("PS100", "PS101"):
        answer = depot.scan(psu(serial))
        assert answer.unit is not None and answer.unit.place == "A-01"
    assert told(depot.scan(tag(TagKind.PLACE, "ZZ99"))) == ("refused", "place_unknown")


def test_a_blind_receipt_on_an_empty_catalogue_makes_the_part_from_the_scan(empty_depot: Depot) -> None:
    answer = empty_depot.scan(psu("X1"))
    assert told(answer) == ("accepted", "received_blind")
    assert empty_depot.value("SELECT complete FROM parts WHERE gtin = ?", PSU_GTIN) == 0
    again = empty_depot.scan(psu("X2"))
    assert again.unit is not None and answer.unit is not None
    assert empty_depot.value("SELECT count(*) FROM parts") == 1
    told_by_keys = empty_depot.command("TYPED", part="NEW-7", serial="77")
    assert told(told_by_keys) == ("accepted", "received_blind")
    assert empty_depot.value("SELECT typed FROM units WHERE serial = '77'") == 1


def test_a_box_of_a_lot_wants_its_quantity_from_keypad_tags(depot: Depot) -> None:
    depot.begin("PO1")
    box = f"[)>\x1e06{GS}1PGREASE-1{GS}1TL77\x1e\x04"
    assert told(depot.scan(box)) == ("noted", "quantity_needed")
    assert told(depot.scan(key_tag(2))) == ("noted", "keys")
    depot.scan(key_tag(0))
    done = depot.scan(key_tag("E"))
    assert told(done) == ("accepted", "received")
    assert done.unit is not None and (done.unit.quantity, done.unit.lot) == (20, "L77")
    assert told(depot.scan(box)) == ("noted", "quantity_needed")
    assert told(depot.scan(number_tag(31))) == ("refused", "over_receipt")
    whole = depot.scan(f"[)>\x1e06{GS}1PGREASE-1{GS}1TL78{GS}Q30\x1e\x04")
    assert told(whole) == ("accepted", "received")
    assert depot.value("SELECT sum(quantity) FROM units WHERE lot LIKE 'L7%'") == 50


REFUSED = {
    "wrong_part": ("PO1", f"[)>\x1e06{GS}1POTHER-9{GS}S1\x1e\x04"),
    "not_on_asn": ("ASN1", psu("PS555")),
    "alive_elsewhere": ("PO1", psu("PS900")),
    "scrapped_seen": ("PO1", psu("PS902")),
    "look_alike": ("PO1", psu("PS9OO")),
    "out_of_range": ("PO1", "(1P)CM-FAN|FAN0999"),
    "expired": ("PO1", psu("PS777", expiry="250101")),
    "recalled": ("PO1", psu("PS778", lot="BADLOT")),
    "supplier_not_approved": ("PO3", "(1P)AV-LRU|LRU1"),
    "certificate_missing": ("PO2", "(1P)AV-LRU|LRU1"),
    "unreadable": ("PO1", "]d2010401234500001921X"),
    "wrong_kind": ("PO1", "(414)9506000140445"),
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_may_not_come_in_is_refused_and_never_lost(depot: Depot, code: str) -> None:
    order, scans = REFUSED[code]
    depot.begin(order)
    before = int(str(depot.value("SELECT count(*) FROM events")))
    for scan in scans.split("|"):
        answer = depot.scan(scan)
    assert told(answer) == ("refused", code)
    assert int(str(depot.value("SELECT count(*) FROM events"))) == before + scans.count("|") + 1
    core = str(depot.value("SELECT core FROM events ORDER BY n DESC LIMIT 1"))
    assert f'"code":"{code}"' in core and '"raw_b64":"' in core


OVERRIDABLE = [code for code in REFUSED if code not in ("unreadable", "wrong_kind")]


@pytest.mark.parametrize("code", OVERRIDABLE)
def test_a_refusal_is_answered_by_accept_with_a_reason(depot: Depot, code: str) -> None:
    order, scans = REFUSED[code]
    depot.begin(order)
    for scan in scans.split("|"):
        depot.scan(scan)
    answer = depot.scan(command_tag(Command.ACCEPT))
    assert told(answer) == ("noted", "reason_needed")
    answer = depot.scan(tag(TagKind.REASON, "AGREED"))
    if code == "supplier_not_approved":
        assert told(answer) == ("refused", "certificate_missing")
        depot.scan(command_tag(Command.ACCEPT))
        answer = depot.scan(tag(TagKind.REASON, "AGREED"))
    assert told(answer) == ("accepted", "received")
    core = str(depot.value("SELECT core FROM events WHERE id = ?", answer.events[-1]))
    assert '"reason":"AGREED"' in core
    assert verify(depot.ledger).result is Soundness.NOT_WITNESSED


@pytest.mark.parametrize("code", OVERRIDABLE)
def test_a_refusal_is_answered_by_quarantine_and_a_second_person_releases(depot: Depot, code: str) -> None:
    order, scans = REFUSED[code]
    depot.begin(order)
    for scan in scans.split("|"):
        depot.scan(scan)
    held = depot.scan(command_tag(Command.QUARANTINE))
    assert told(held) == ("accepted", "quarantined")
    assert {light.value: found.state.value for light, found in held.verdict.items()}["hold"] == "stop"
    assert held.unit is not None and held.unit.condition == "quarantined"
    assert told(depot.scan(command_tag(Command.RELEASE))) == ("refused", "second_person_needed")
    depot.sign_in("ben")
    assert told(depot.hold_desk(unit_tag(UUID(held.unit.id)))) == ("noted", "unit_chosen")
    assert told(depot.hold_desk(command_tag(Command.RELEASE))) == ("noted", "reason_needed")
    free = depot.hold_desk(tag(TagKind.REASON, "INSPECTED"))
    assert told(free) == ("accepted", "released")
    assert {light.value: found.state.value for light, found in free.verdict.items()}["hold"] == "ok"


def test_skip_sets_a_refused_unit_aside(depot: Depot) -> None:
    depot.begin("PO1")
    depot.scan(psu("PS900"))
    assert told(depot.scan(command_tag(Command.SKIP))) == ("noted", "skipped")
    assert told(depot.scan(command_tag(Command.ACCEPT))) == ("refused", "nothing_pending")


def test_a_known_unit_coming_back_goes_to_returns_hold(depot: Depot) -> None:
    depot.begin("PO1")
    back = depot.scan(psu("PS901"))
    assert told(back) == ("accepted", "returned")
    assert back.unit is not None and (back.unit.state, back.unit.id) == ("returned", depot.ids["installed"])
    lights = {light.value: found.state.value for light, found in back.verdict.items()}
    assert (lights["hold"], lights["counterfeit"]) == ("stop", "ok")


def test_over_receipt_is_refused_and_an_accepted_excess_is_counted(depot: Depot) -> None:
    depot.begin("PO1")
    for number in range(3):
        assert told(depot.scan(psu(f"PS20{number}")))[0] == "accepted"
    assert told(depot.scan(psu("PS203"))) == ("refused", "over_receipt")
    depot.scan(tag(TagKind.REASON, "AGREED"))
    assert told(depot.scan(command_tag(Command.ACCEPT))) == ("accepted", "received")
    closed = depot.scan(command_tag(Command.FINISH))
    assert closed.facts["over"] == 1


def test_a_certificate_lets_the_waiting_unit_in(depot: Depot) -> None:
    depot.begin("PO2")
    depot.scan("AV-LRU")
    assert told(depot.scan("LRU5")) == ("refused", "certificate_missing")
    answer = depot.command("CERTIFICATE", sha256="ab" * 32, name="coc.pdf", size="10")
    assert told(answer) == ("accepted", "received")
    depot.scan("AV-LRU")
    assert told(depot.scan("LRU6")) == ("accepted", "received")


def test_undo_reverses_by_a_correcting_event_and_takes_the_label_back(depot: Depot) -> None:
    depot.begin("PO1")
    first = depot.scan(psu("PS100"))
    undone = depot.scan(command_tag(Command.UNDO))
    assert told(undone) == ("accepted", "undone")
    assert undone.facts["serial"] == "PS100"
    assert undone.unit is not None and undone.unit.state == "expected"
    assert depot.value("SELECT state FROM print_jobs") == "cancelled"
    again = depot.scan(psu("PS100"))
    assert told(again) == ("accepted", "received")
    assert again.unit is not None and first.unit is not None and again.unit.id == first.unit.id
    assert told(depot.scan(command_tag(Command.UNDO))) == ("accepted", "undone")
    assert told(depot.scan(command_tag(Command.UNDO))) == ("refused", "nothing_to_undo")
    session = depot.ledger.session()
    before = session.all("SELECT * FROM units ORDER BY id")
    rebuild(depot.ledger)
    assert session.all("SELECT * FROM units ORDER BY id") == before
    session.close()


def test_undo_is_refused_where_the_unit_has_gone_on_since(depot: Depot) -> None:
    depot.begin("PO1")
    answer = depot.scan(psu("PS100"))
    assert answer.unit is not None
    depot.hold_desk(unit_tag(UUID(answer.unit.id)))
    depot.hold_desk(command_tag(Command.QUARANTINE))
    depot.hold_desk(tag(TagKind.REASON, "DOUBT"))
    assert told(depot.scan(command_tag(Command.UNDO))) == ("refused", "moved_since")


def test_undo_after_undo_goes_back_act_by_act_past_labels_printed_again(depot: Depot) -> None:
    depot.begin("PO1")
    depot.scan(psu("PS100"))
    depot.scan(command_tag(Command.DAMAGED))
    depot.command("REPEAT", reason="LABEL")
    first = depot.scan(command_tag(Command.UNDO))
    assert (told(first), first.facts["what"]) == (("accepted", "undone"), "damaged")
    assert first.unit is not None and (first.unit.state, first.unit.condition) == ("received", "new")
    second = depot.scan(command_tag(Command.UNDO))
    assert (told(second), second.facts["what"]) == (("accepted", "undone"), "received")
    assert second.unit is not None and second.unit.state == "expected"


def test_a_stranger_in_quarantine_takes_no_advised_place(depot: Depot) -> None:
    depot.begin("ASN1")
    assert told(depot.scan(psu("PS555"))) == ("refused", "not_on_asn")
    assert told(depot.scan(command_tag(Command.QUARANTINE))) == ("accepted", "quarantined")
    for serial in ("PS100", "PS101"):
        assert told(depot.scan(psu(serial))) == ("accepted", "received")
    closed = depot.scan(command_tag(Command.FINISH))
    assert (closed.facts["stranger"], closed.facts["short"], closed.facts["over"]) == (1, 0, 0)


def test_repeat_prints_again_with_a_reason_and_a_copy_number(depot: Depot) -> None:
    depot.begin("PO1")
    depot.scan(psu("PS100"))
    assert told(depot.scan(command_tag(Command.REPEAT))) == ("noted", "reason_needed")
    again = depot.scan(tag(TagKind.REASON, "RELABEL"))
    assert told(again) == ("noted", "label_repeated")
    assert depot.value("SELECT max(copy) FROM print_jobs") == 2


def test_damaged_is_said_of_the_last_unit(depot: Depot) -> None:
    depot.begin("PO1")
    assert told(depot.scan(command_tag(Command.DAMAGED))) == ("refused", "nothing_received")
    depot.scan(psu("PS100"))
    answer = depot.scan(command_tag(Command.DAMAGED))
    assert told(answer) == ("accepted", "damaged")
    assert answer.unit is not None and answer.unit.condition == "unserviceable"


def test_finish_closes_with_differences_and_what_did_not_come_stays_expected(depot: Depot) -> None:
    depot.begin("ASN1")
    depot.scan(psu("PS100"))
    depot.scan(command_tag(Command.DAMAGED))
    closed = depot.scan(command_tag(Command.FINISH))
    assert told(closed) == ("noted", "receipt_closed")
    assert (closed.facts["short"], closed.facts["missing"], closed.facts["damaged"]) == (1, 1, 1)
    assert told(depot.scan(command_tag(Command.FINISH))) == ("refused", "no_receipt")
    depot.begin("ASN1")
    assert told(depot.scan(psu("PS101"))) == ("accepted", "received")


def test_finish_can_be_undone(depot: Depot) -> None:
    depot.begin("ASN1")
    depot.scan(psu("PS100"))
    depot.scan(command_tag(Command.FINISH))
    assert told(depot.scan(command_tag(Command.UNDO))) == ("noted", "undone_closing")
    assert told(depot.scan(psu("PS100"))) == ("refused", "already")


def test_the_delivery_note_is_taken(depot: Depot) -> None:
    depot.begin("PO1")
    assert told(depot.command("NOTE", value="LS-4711")) == ("noted", "note_taken")
    depot.scan(command_tag(Command.NOTE))
    depot.scan("LS-4712")
    assert depot.value("SELECT delivery_note FROM receipts") == "LS-4712"


def test_a_badge_switches_the_operator_and_is_itself_never_kept(depot: Depot) -> None:
    badge = tag(TagKind.BADGE, BADGE)
    assert told(depot.scan(badge)) == ("noted", "operator_switched")
    depot.begin("PO1")
    answer = depot.scan(psu("PS100"))
    assert '"actor":"ben"' in str(depot.value("SELECT core FROM events WHERE id = ?", answer.events[0]))
    assert told(depot.scan(tag(TagKind.BADGE, "ZZZZZZZZ12345678"))) == ("refused", "badge_unknown")
    session = depot.ledger.session()
    for (core,) in session.all("SELECT core FROM events"):
        assert BADGE not in core and "ZZZZZZZZ" not in core
        assert "Qk1CQUJD" not in core
    session.close()


def test_work_goes_on_at_the_same_line_after_a_restart(depot: Depot) -> None:
    depot.begin("PO1", "DOCK-1")
    depot.scan(psu("PS100"))
    depot.scan("CM-FAN")
    other = Depot(depot.ledger, ids=depot.ids)
    assert told(other.begin()) == ("noted", "receipt_ready")
    joined = other.scan("FAN0011")
    assert told(joined) == ("accepted", "received")
    assert joined.unit is not None and joined.unit.place == "DOCK-1"
    assert depot.value("SELECT count(*) FROM receipts") == 1


def test_a_unit_announced_on_another_order_finds_its_line_in_a_blind_receipt(depot: Depot) -> None:
    answer = depot.scan(psu("PS100"))
    assert told(answer) == ("accepted", "received_blind")
    assert answer.facts["line"] == "PO1-1"


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("serial", {"part": "CM-FAN", "serial": "9" * 81}),
        ("serial", {"part": "CM-FAN", "serial": "a\x00b"}),
        ("part_number", {"part": "x\ny", "serial": "1"}),
        ("expiry", {"part": "CM-FAN", "serial": "1", "expiry": "soon"}),
        ("quantity", {"part": "GREASE-1", "lot": "1", "quantity": "many"}),
    ],
)
def test_what_can_be_no_serial_is_not_typed_in(depot: Depot, field: str, facts: dict[str, str]) -> None:
    answer = depot.command("TYPED", **facts)
    assert told(answer) == ("refused", "bad_value")
    assert answer.facts["field"] == field


@pytest.mark.parametrize("text", ["", "\x00", "x" * 5000, "]d2", "DMC", "\ufffd", "' OR 1=1 --", "{}", "^XA^XZ"])
def test_no_scan_is_without_an_answer_and_none_is_lost(depot: Depot, text: str) -> None:
    before = int(str(depot.value("SELECT count(*) FROM events")))
    answer = depot.scan(text)
    assert answer.outcome in (Outcome.REFUSED, Outcome.NOTED)
    assert int(str(depot.value("SELECT count(*) FROM events"))) > before


def test_a_barcode_leads_to_another_desk_and_is_kept_like_every_scan(depot: Depot) -> None:
    answer = depot.scan(command_tag(Command.HOLDS))
    assert told(answer) == ("noted", "desk_wanted")
    assert answer.facts["desk"] == "holds"
