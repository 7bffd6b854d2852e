"""Papers, and what the command line says, in the pseudo-locale: no word of them is left out of the catalogues."""

import io
import json
import re
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pypdf
import pytest

from dockmark.cli.main import _command
from dockmark.packed import packed
from dockmark.station.demo import make_demo
from dockmark.wording import Forms, use

from ..ui.wording_eye import Untold
from .pseudo import Pseudo

_OF_STANDARDS = (
    "GTIN SSCC GLN UII CAGE DUNS ASN SN UTC SHA PDF JSON CSV XLSX ZPL EUR USD DM PO RC DR BG USB TCP pdf usb tcp"
)
_TYPED = "init demo verify import desk spool document export key checkpoint dockmark ADDRESS PORT BAUD CRLF"
_OF_PEOPLE = "anna Anna Almqvist ben Ben Okafor carla Carla Weiss Amperia"
_SCANNED = "ACCEPT QUARANTINE SKIP RELEASE UNDO DAMAGED CERTIFICATE FINISH ENTER CLEAR HELP NOTE"
NAMES = set(f"Dockmark {_OF_STANDARDS} {_TYPED} {_OF_PEOPLE} {_SCANNED}".split())


_ACCENTED = re.compile("[áčďéíňóšťý]")


@pytest.fixture(scope="module")
def depot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("depot")
    with pytest.MonkeyPatch.context() as here:
        here.setenv("DOCKMARK_STATE", str(folder / "state"))
        make_demo(folder / "data")
    return folder


@pytest.fixture
def speaking_pseudo(depot: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DOCKMARK_STATE", str(depot / "state"))
    monkeypatch.setenv("DOCKMARK_DATA", str(depot / "data"))
    use(Pseudo(), Forms("xx"))
    yield
    use(None)


def sample_values() -> set[str]:
    """What the sample depot holds, cell by cell."""
    found: set[str] = {socket.gethostname()}
    for entry in packed("sample-depot").iterdir():
        if entry.name.endswith(".csv"):
            rows = entry.read_text("utf-8").splitlines()
            found |= {cell.strip('"') for row in rows[1:] for cell in row.split(",") if len(cell) > 2}
    return found - {"serial", "lot", "yes", "no", "part", "supplier", "customer", "received", "new", "stock"}


def untold(text: str, depot: Path, *given: str) -> list[str]:
    """The words in it that no catalogue said, and nobody gave."""
    eye = Untold(sample_values() | set(given) | {"swollen"}, NAMES, {str(depot)})
    # Hashes, tags and keys have digits in nearly every word of theirs; what has none is told by its neighbours.
    plain = re.sub(r"\b[0-9a-f]{6,}\b|\bDM[A-Z][0-9A-Z]+\b|[A-Z2-7]{16,}|…", " ", text)
    return [word for line in plain.splitlines() for word in eye.of(line)]


SPOKEN = [
    ["unit", "LI7-90120"],
    ["unit", "nobody"],
    ["search", "AMP"],
    ["search", "nothing like it"],
    ["verify"],
    ["rebuild"],
    ["key"],
    ["people", "list"],
    ["people", "reset", "ben"],
    ["decode", "]d2010950600000203321AMP48-01201"],
    ["decode", "%%%"],
    ["document", "receipt", "RC-NONE", "-o", "none.pdf"],
    ["set", "part", "TC-PSU-48", "warranty_months=12.345,6"],
    ["checkpoint"],
    ["backup", "list"],
    ["recipe", "show", "nothing"],
]


@pytest.mark.parametrize("words", SPOKEN, ids=" ".join)
def test_what_a_command_tells_people_comes_from_the_catalogues(
    words: list[str], speaking_pseudo: None, depot: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    capfd.readouterr()
    _command(words, training=False)
    told = capfd.readouterr()
    people = "\n".join(line for line in f"{told.out}\n{told.err}".splitlines() if not line.startswith("{"))
    assert untold(people, depot, *words) == [], people
    assert people.strip(), "it said nothing at all"


def test_each_answer_at_a_desk_comes_from_the_catalogues(
    speaking_pseudo: None, depot: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = packed("sample-depot", "delivery.jsonl").read_text("utf-8").splitlines()
    scans = [{"raw": json.loads(line)["raw"]} for line in lines]
    given = io.BytesIO(b"".join(json.dumps(scan).encode() + b"\n" for scan in [*scans, {"cmd": "FINISH"}]))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(given))
    _command(["desk", "receiving", "--operator", "anna"], training=False)
    out = capfd.readouterr().out
    answers = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    assert len(answers) > 15
    wrong = {each["say"]: found for each in answers if (found := untold(each["say"], depot))}
    assert wrong == {}


@pytest.mark.parametrize("kind", ["receipt", "discrepancy", "biography", "commands"])
def test_no_word_of_a_paper_is_left_out(
    kind: str, speaking_pseudo: None, depot: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    about = "receiving" if kind == "commands" else _first(depot, "id FROM units" if kind == "biography" else _RECEIPT)
    out = depot / f"{kind}.pdf"
    code = _command(["document", kind, about, "-o", str(out)], training=False)
    assert code == 0, capfd.readouterr().err
    said = "\n".join(page.extract_text() for page in pypdf.PdfReader(out).pages)
    assert len(_ACCENTED.findall(said)) > 100
    assert untold(said, depot) == [], said


_RECEIPT = "number FROM receipts"


def _first(depot: Path, what: str) -> str:
    with closing(sqlite3.connect(depot / "data" / "ledger.sqlite3")) as session:
        row = session.execute(f"SELECT {what} ORDER BY 1").fetchone()
    assert row is not None, f"the sample depot has no {what}"
    return str(row[0])
