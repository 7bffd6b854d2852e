"""From the scan to the paper: a delivery is received, closed, and its papers are made, kept and made again."""

import hashlib
import io
import json
import re
from pathlib import Path

import pypdf
import pytest
import zxingcpp
from PIL import Image

from dockmark.database.engine import Database
from dockmark.ledger.checkpoints import note_hash
from dockmark.packed import packed

from ..documents.readers import pages
from .conftest import Program


@pytest.fixture
def demo(tmp_path: Path) -> Program:
    it = Program(tmp_path / "demo", tmp_path / "state")
    it.run("demo")
    return it


def receive(demo: Program, *, finish: bool = True) -> str:
    """The sample delivery; returns the number of its receipt."""
    rows = [json.loads(line) for line in packed("sample-depot", "delivery.jsonl").read_text("utf-8").splitlines()]
    scans = [json.dumps({"raw": row["raw"]}) for row in rows if row["group"] == "delivery"]
    ends = ['{"cmd": "FINISH"}'] if finish else []
    answers = demo.run("desk", "receiving", "--operator", "anna", "--place", "DOCK-1", lines=[*scans, *ends])
    assert "refused" not in {answer["outcome"] for answer in answers}
    [hit] = [hit for hit in demo.run("search", "RC-") if hit["kind"] == "receipt"]
    return str(hit["title"])


def words(file: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(file.read_bytes())).pages)


def test_a_delivery_gets_its_receipt_and_its_report(demo: Program, tmp_path: Path) -> None:
    number = receive(demo)
    file = tmp_path / "receipt.pdf"
    [told] = demo.run("document", "receipt", number, "-o", str(file))
    assert told["file"] == str(file)
    assert told["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert (told["copy"], told["preliminary"]) == (1, False)
    said = words(file)
    serials = re.findall(r"AMP(?:48|F)-[0-9]{5}", said)
    assert len(serials) == len(set(serials)) > 4
    for text in ("PO-4711", "ASN-90210", "Amperia", "DOCK-1", "Anna Almqvist", number, f"Page 1 of {told['pages']}"):
        assert text in said
    kept = demo.data / "files" / told["sha256"][:2] / told["sha256"]
    assert kept.read_bytes() == file.read_bytes()
    report = tmp_path / "report.pdf"
    [second] = demo.run("document", "discrepancy", number, "-o", str(report))
    assert second["number"] == number.replace("RC-", "DR-")
    assert "short" in words(report)
    assert demo.run("verify")[0]["result"] == "sound-not-witnessed"


def test_the_paper_proves_its_ledger(demo: Program, tmp_path: Path) -> None:
    """The QR of the paper is the text of the checkpoint that covers every event of the receipt."""
    number = receive(demo)
    file = tmp_path / "receipt.pdf"
    [told] = demo.run("document", "receipt", number, "-o", str(file))
    sheet = pages(file.read_bytes(), tmp_path, 200)[0]
    codes = zxingcpp.read_barcodes(sheet, formats=zxingcpp.BarcodeFormat.QRCode)
    assert len(codes) == 1
    mark, maker, which, _time, note = codes[0].text.split(" ")
    session = Database(demo.data / "ledger.sqlite3").session()
    cores = [json.loads(row[0]) for row in session.all("SELECT core FROM events ORDER BY seq")]
    session.close()
    made = next(core for core in cores if core["type"] == "checkpoint_made" and str(core["body"]["number"]) == which)
    assert (mark, maker, note) == ("DMK1", made["station"], note_hash(made["body"]))
    closed = next(core for core in cores if core["type"] == "receipt_closed")
    covered, _digest = made["body"]["heads"][maker]
    assert closed["seq"] <= covered < made["seq"]
    paper = next(core for core in cores if core["id"] == told["event"])
    assert paper["body"]["checkpoint"] == codes[0].text
    assert (paper["type"], paper["actor"], paper["body"]["sha256"]) == ("document_made", "anna", told["sha256"])


def test_a_reprint_is_marked_counted_and_has_its_reason(demo: Program, tmp_path: Path) -> None:
    number = receive(demo)
    first, second = tmp_path / "first.pdf", tmp_path / "second.pdf"
    [made] = demo.run("document", "receipt", number, "-o", str(first))
    [no] = demo.run("document", "receipt", number, "-o", str(second), code=1)
    assert no["code"] == "reason_needed"
    assert not second.exists()
    [again] = demo.run("document", "receipt", number, "-o", str(second), "--reason", "LOST", "--note", "in the rain")
    assert again["copy"] == 2
    assert again["event"] != made["event"]
    said = words(second)
    assert "REPRINT 2" in said
    assert "lost or spoilt" in said
    assert "in the rain" in said
    assert made["sha256"][:16] in said
    assert "REPRINT" not in words(first)
    [kept] = demo.run("document", "receipt", number, "-o", str(second), "--copy", "1")
    assert second.read_bytes() == first.read_bytes()
    assert kept["event"] == made["event"]
    demo.run("rebuild")
    [third] = demo.run("document", "receipt", number, "-o", str(second), "--reason", "because I say so")
    assert third["copy"] == 3
    assert "because I say so" in words(second)


def test_an_open_receipt_is_marked_as_preliminary_and_leaves_the_first_copy_free(demo: Program, tmp_path: Path) -> None:
    number = receive(demo, finish=False)
    file = tmp_path / "paper.pdf"
    for copy in (1, 2):
        [told] = demo.run("document", "receipt", number, "-o", str(file))
        assert (told["copy"], told["preliminary"]) == (copy, True)
        assert "PRELIMINARY" in words(file)
    demo.run("desk", "receiving", "--operator", "anna", lines=['{"cmd": "FINISH"}'])
    [told] = demo.run("document", "receipt", number, "-o", str(file))
    assert (told["copy"], told["preliminary"]) == (1, False)
    assert "PRELIMINARY" not in words(file)


def test_a_preview_leaves_no_trace(demo: Program, tmp_path: Path) -> None:
    number = receive(demo)
    before = demo.run("verify")[0]["events"]
    file = tmp_path / "paper.pdf"
    [told] = demo.run("document", "receipt", number, "-o", str(file), "--preview")
    assert (told["copy"], told["event"]) == (0, None)
    assert "PREVIEW" in words(file)
    assert demo.run("verify")[0]["events"] == before


def test_a_delivery_note_goes_along(demo: Program, tmp_path: Path) -> None:
    number = receive(demo, finish=False)
    photo = tmp_path / "delivery note.png"
    Image.new("RGB", (40, 30), "white").save(photo)
    attach = json.dumps({"cmd": "PAPER", "file": str(photo)})
    [answer] = demo.run("desk", "receiving", "--operator", "anna", lines=[attach])
    assert answer["code"] == "paper_attached"
    file = tmp_path / "paper.pdf"
    demo.run("document", "receipt", number, "-o", str(file))
    said = words(file)
    assert "delivery note.png" in said
    assert hashlib.sha256(photo.read_bytes()).hexdigest() in "".join(said.split())


def test_a_spoilt_copy_is_never_given_out(demo: Program, tmp_path: Path) -> None:
    number = receive(demo)
    file = tmp_path / "paper.pdf"
    [told] = demo.run("document", "receipt", number, "-o", str(file))
    kept = demo.data / "files" / told["sha256"][:2] / told["sha256"]
    kept.write_bytes(kept.read_bytes() + b"x")
    file.unlink()
    [no] = demo.run("document", "receipt", number, "-o", str(file), "--copy", "1", code=1)
    assert no["code"] == "paper_spoilt"
    assert not file.exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("receipt", "RC-nothing"), "receipt_unknown"),
        (("receipt", ""), "receipt_unknown"),
        (("rocket", "RC-1"), "paper_unknown"),
        (("commands", "nowhere"), "desk_unknown"),
        (("commands", "receiving", "--paper", "quarto"), "bad_value"),
    ],
)
def test_what_cannot_be_made_is_refused(
    program: Program, tmp_path: Path, arguments: tuple[str, ...], code: str
) -> None:
    [no] = program.run("document", *arguments, "-o", str(tmp_path / "x.pdf"), code=1)
    assert no["code"] == code
    assert not (tmp_path / "x.pdf").exists()


def test_a_file_that_cannot_be_written_is_refused_before_anything_is_recorded(demo: Program, tmp_path: Path) -> None:
    number = receive(demo)
    before = demo.run("verify")[0]["events"]
    for place in (tmp_path, tmp_path / "nowhere" / "x.pdf"):
        [no] = demo.run("document", "receipt", number, "-o", str(place), code=1)
        assert no["code"] == "bad_file"
    assert demo.run("verify")[0]["events"] == before


def test_a_command_sheet_needs_no_ledger_entry(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "sheet.pdf"
    before = program.run("verify")[0]["events"]
    [told] = program.run("document", "commands", "receiving", "-o", str(file), "--paper", "Letter", "--places")
    assert (told["copy"], told["event"]) == (0, None)
    assert program.run("verify")[0]["events"] == before
    page = pypdf.PdfReader(io.BytesIO(file.read_bytes())).pages[0]
    assert (float(page.mediabox.width), float(page.mediabox.height)) == (612, 792)
