"""What the ledger promises of everything recorded in it."""

import hashlib
import sqlite3
from pathlib import Path

import orjson
import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from dockmark.custody.events import UnitHeld, UnitReceived
from dockmark.ledger.ledger import Ledger
from dockmark.ledger.rebuild import rebuild
from dockmark.ledger.verify import Soundness, verify
from dockmark.lookup.search import search
from dockmark.record.facts import Draft
from dockmark.record.refusal import Refusal

from .conftest import MakeLedger


def receive(ledger: Ledger, serial: str = "SN1") -> str:
    with ledger.writing() as book:
        unit = book.new_id()
        fact = UnitReceived(receipt="r1", part="p1", serial=serial, scan={"raw_b64": "U04x", "device": "test"})
        book.record(Draft(fact=fact, subj=(f"unit:{unit}",), refs=("receipt:r1",), new=True))
    return unit


def hold(ledger: Ledger, unit: str) -> str:
    with ledger.writing() as book:
        return book.record(Draft(fact=UnitHeld(reason="damp"), subj=(f"unit:{unit}",)))[0]


def test_an_event_is_canonical_json_hashed_chained_and_signed(make_ledger: MakeLedger) -> None:
    ledger = make_ledger()
    unit = receive(ledger)
    hold(ledger, unit)
    session = ledger.session()
    rows = session.all("SELECT station, seq, hash, core, sig FROM events ORDER BY seq")
    assert [row[1] for row in rows] == [1, 2, 3]
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(orjson.loads(rows[0][3])["body"]["public_key"]))
    prev = "0" * 64
    for _, _, digest, core, sig in rows:
        read = orjson.loads(core)
        assert rfc8785.dumps(read) == core.encode()
        assert hashlib.sha256(b"dockmark/event/v1\n" + core.encode()).digest() == digest
        assert read["prev"] == prev
        key.verify(sig, b"dockmark/sig/v1\n" + digest)
        prev = digest.hex()
    assert orjson.loads(rows[2][3])["base"] == {f"unit:{unit}": [rows[1][2].hex()]}
    assert orjson.loads(rows[1][3])["base"] == {f"unit:{unit}": []}
    session.close()


def test_events_of_one_transaction_share_the_signature_of_the_last(make_ledger: MakeLedger) -> None:
    ledger = make_ledger()
    with ledger.writing() as book:
        unit = f"unit:{book.new_id()}"
        book.record(
            Draft(fact=UnitReceived(receipt="r", part="p", serial="1"), subj=(unit,), new=True),
            Draft(fact=UnitHeld(reason="damp"), subj=(unit,)),
        )
    session = ledger.session()
    assert [bool(row[0]) for row in session.all("SELECT sig FROM events ORDER BY seq")] == [True, False, True]
    session.close()
    assert verify(ledger).result is Soundness.NOT_WITNESSED


def test_events_can_be_neither_changed_nor_deleted_nor_replaced(make_file_ledger: MakeLedger, tmp_path: Path) -> None:
    ledger = make_file_ledger()
    receive(ledger)
    plain = sqlite3.connect(tmp_path / "a" / "ledger.sqlite3")
    for statement in (
        "UPDATE events SET core = '{}'",
        "DELETE FROM events",
        "REPLACE INTO events SELECT * FROM events WHERE seq = 1",
        "INSERT OR REPLACE INTO events(n, station, seq, hash, core, id, ts) SELECT 99, station, 1, x'00', '{}', 'x', 1"
        " FROM events LIMIT 1",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="events are never"):
            plain.execute(statement)
    plain.close()


def test_nothing_remains_of_a_transaction_that_raises(make_ledger: MakeLedger) -> None:
    ledger = make_ledger()
    with pytest.raises(ZeroDivisionError), ledger.writing() as book:
        book.record(Draft(fact=UnitReceived(receipt="r", part="p", serial="1"), subj=("unit:u",), new=True))
        book.flush()
        raise ZeroDivisionError
    session = ledger.session()
    assert session.value("SELECT count(*) FROM events") == 1
    assert session.value("SELECT count(*) FROM units") == 0
    session.close()


def test_a_fact_of_more_than_64_kib_is_refused(make_ledger: MakeLedger) -> None:
    ledger = make_ledger()
    with pytest.raises(Refusal, match="core_too_large"), ledger.writing() as book:
        book.record(Draft(fact=UnitHeld(reason="x" * 70_000), subj=(f"unit:{book.new_id()}",), new=True))


def test_rebuilt_tables_equal_the_ones_kept_in_step(make_ledger: MakeLedger) -> None:
    ledger = make_ledger()
    for number in range(20):
        unit = receive(ledger, f"SN{number}")
        if number % 3 == 0:
            hold(ledger, unit)
    session = ledger.session()
    before = session.all("SELECT * FROM units ORDER BY id")
    found = search(session, "SN1")
    rebuild(ledger)
    assert session.all("SELECT * FROM units ORDER BY id") == before
    assert {hit.id for hit in search(session, "SN1")} == {hit.id for hit in found}
    assert len(found) == 11
    session.close()


TAMPERING = {
    "hash": "UPDATE events SET core = replace(core, 'SN1', 'SN2') WHERE seq = 2",
    "gap": "DELETE FROM events WHERE seq = 2",
    "unsigned_tail": "UPDATE events SET sig = NULL WHERE seq = 3",
    "signature": "UPDATE events SET sig = zeroblob(64) WHERE seq = 2",
    "columns": "UPDATE events SET id = '01900000-0000-7000-8000-000000000000' WHERE seq = 2",
    "projection": "UPDATE units SET place = 'elsewhere'",
}


@pytest.mark.parametrize("code", TAMPERING)
def test_verify_names_what_somebody_did_to_the_file(make_file_ledger: MakeLedger, tmp_path: Path, code: str) -> None:
    ledger = make_file_ledger()
    hold(ledger, receive(ledger))
    assert verify(ledger).result is Soundness.NOT_WITNESSED
    plain = sqlite3.connect(tmp_path / "a" / "ledger.sqlite3", isolation_level=None)
    plain.execute("DROP TRIGGER events_keep_update")
    plain.execute("DROP TRIGGER events_keep_delete")
    plain.execute(TAMPERING[code])
    plain.close()
    finding = verify(ledger)
    assert finding.result is Soundness.BROKEN
    assert finding.at["code"] == code
