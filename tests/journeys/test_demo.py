"""The sample depot: made by one command, received from its own paper."""

import subprocess
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from .conftest import Program


@pytest.fixture
def demo(tmp_path: Path) -> Program:
    it = Program(tmp_path / "demo", tmp_path / "state")
    [told] = it.run("demo")
    assert told["operator"] == "anna"
    return it


@pytest.fixture
def paper(demo: Program, tmp_path: Path) -> list[bytes]:
    """Every symbol on the sheet, read from its rendered pages as a scanner would."""
    sheet = demo.data / "sample-depot.pdf"
    subprocess.run(["pdftoppm", "-r", "200", "-png", str(sheet), str(tmp_path / "page")], check=True)
    found: list[bytes] = []
    for page in sorted(tmp_path.glob("page*.png")):
        with Image.open(page) as image:
            for symbol in zxingcpp.read_barcodes(image):
                mark = symbol.symbology_identifier.encode() if symbol.symbology_identifier == "]d2" else b""
                found.append(mark + symbol.bytes)
    return found


def lines(scans: list[bytes]) -> list[bytes]:
    import base64
    import json

    return [json.dumps({"raw_b64": base64.b64encode(scan).decode()}).encode() for scan in scans]


def test_the_delivery_can_be_received_from_its_paper(demo: Program, paper: list[bytes]) -> None:
    assert len(paper) > 80
    box = next(scan for scan in paper if b"350600014300004569" in scan)
    psu = [scan for scan in paper if b"AMP48-0120" in scan and b"L2641" in scan]
    fans = [scan for scan in paper if b"AMPF-0330" in scan]
    fuses = next(scan for scan in paper if b"FU-771" in scan)
    hundred = next(scan for scan in paper if scan.startswith(b"DMN100"))
    finish = next(scan for scan in paper if scan.startswith(b"DMCFINISH"))
    scans = [box, *psu, *fans, fuses, hundred, finish]
    answers = demo.run("desk", "receiving", "--operator", "anna", lines=lines(scans))
    assert [answer["code"] for answer in answers] == [
        "paper_taken", *["received"] * (len(psu) + len(fans)), "quantity_needed", "received", "receipt_closed"
    ]  # fmt: skip
    assert (len(psu), len(fans)) == (3, 3)
    assert answers[-1]["facts"]["short"] == 1
    assert demo.run("verify")[0]["result"] == "sound-not-witnessed"


def test_everything_that_can_be_wrong_is_on_the_sheet(demo: Program, paper: list[bytes]) -> None:
    box = next(scan for scan in paper if b"350600014300004569" in scan)
    wanted = {
        b"EN-1": "not_on_asn",
        b"AMP48-O12O4": "look_alike",
        b"AMP48-09450": "not_on_asn",
        b"AMPF-02001": "not_on_asn",
        b"O2-810099": "not_on_asn",
        b"GPS-7001": "scrapped_seen",
        b"AMP48-00977": "alive_elsewhere",
        b"V60-22017": "returned",
    }
    scans = [next(scan for scan in paper if mark in scan) for mark in wanted]
    answers = demo.run("desk", "receiving", "--operator", "anna", lines=lines([box, *scans]))
    assert [answer["code"] for answer in answers[1:]] == list(wanted.values())
    blind = {b"AMP48-09450": "out_of_range", b"AMPF-02001": "recalled", b"O2-810099": "expired"}
    scans = [next(scan for scan in paper if mark in scan) for mark in blind]
    answers = demo.run("desk", "receiving", "--operator", "anna", "--new", lines=lines(scans))
    assert [answer["code"] for answer in answers] == list(blind.values())


def test_badges_and_places_of_the_sheet_are_known(demo: Program, paper: list[bytes]) -> None:
    badges = [scan for scan in paper if scan.startswith(b"DMB")]
    places = [scan for scan in paper if scan.startswith(b"DML")]
    assert (len(badges), len(places)) == (3, 13)
    answers = demo.run("desk", "receiving", "--operator", "anna", lines=lines(badges + places))
    assert [answer["code"] for answer in answers] == ["operator_switched"] * 3 + ["place_taken"] * 13
    text = b"".join(path.read_bytes() for path in demo.data.rglob("ledger.sqlite3*"))
    assert all(badge not in text and badge[3:-1] not in text for badge in badges), "a badge is a credential"
