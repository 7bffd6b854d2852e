"""Two data folders of one ledger tell each other what they know, by files."""

import json
import shutil
from pathlib import Path

import pytest

from .conftest import Program


def scan(serial: str) -> str:
    return f'{{"raw": "]d20109506000143514\\u001d21{serial}"}}'


@pytest.fixture
def other(program: Program, tmp_path: Path) -> Program:
    """The same ledger on another machine, as a station of its own."""
    program.run("desk", "receiving", "--operator", "anna", lines=[scan("A1")])
    shutil.copytree(program.data, tmp_path / "other")
    there = Program(tmp_path / "other", tmp_path / "other-state")
    there.run("key", "adopt")
    return there


def test_what_each_did_is_known_to_both_afterwards(program: Program, other: Program, tmp_path: Path) -> None:
    program.run("desk", "receiving", "--operator", "anna", lines=[scan("B1"), scan("B2")])
    other.run("desk", "receiving", "--operator", "anna", lines=[scan("C1")])
    [out] = program.run("export", "events", "-o", str(tmp_path / "one.jsonl"))
    assert out["held_back"] == 0
    [taken] = other.run("import", "events", str(tmp_path / "one.jsonl"))
    assert taken["new"] > 0
    assert (taken["quarantined"], taken["waiting"]) == ({}, 0)
    other.run("export", "events", "-o", str(tmp_path / "two.jsonl"))
    program.run("import", "events", str(tmp_path / "two.jsonl"))
    for it in (program, other):
        for serial in ("A1", "B1", "B2", "C1"):
            assert it.run("unit", serial)[0]["state"] == "received"
        assert it.run("verify")[0]["result"] == "sound-not-witnessed"
    [again] = program.run("import", "events", str(tmp_path / "two.jsonl"))
    assert again["new"] == 0


def test_a_changed_file_and_another_ledgers_file_are_told_apart(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "events.jsonl"
    program.run("export", "events", "-o", str(file))
    stranger = Program(tmp_path / "stranger", tmp_path / "stranger-state")
    stranger.run("init", "--operator", "bert")
    assert stranger.run("import", "events", str(file), code=1)[0]["code"] == "another_ledger"
    lines = file.read_bytes().splitlines()
    for content in (b"", b"\0" * 5000, b"hello", b"[1]\n", lines[0] + b"\n{}", lines[0] + b"\n" + lines[1][:-9]):
        file.write_bytes(content)
        assert program.run("import", "events", str(file), code=1)[0]["code"] == "not_a_ledger", content[:40]
    with file.open("wb") as sparse:
        sparse.truncate(2 * 1024**3)
    assert program.run("import", "events", str(file), code=1)[0]["code"] == "not_a_ledger"
    told = json.loads(lines[2]) | {"hash": "00" * 32}
    file.write_bytes(lines[0] + b"\n" + json.dumps(told).encode())
    assert program.run("import", "events", str(file), code=1)[0]["quarantined"]
    assert program.run("verify")[0]["result"] == "sound-not-witnessed"


def test_a_checkpoint_is_made_when_a_receipt_is_closed_and_every_256_events(program: Program) -> None:
    program.run("desk", "receiving", "--operator", "anna", lines=[scan(f"K{n}") for n in range(300)])
    assert program.run("verify")[0]["checkpoints"] == 1
    program.run("desk", "receiving", "--operator", "anna", lines=[scan("Z1"), '{"cmd": "FINISH"}'])
    assert program.run("verify")[0]["checkpoints"] == 2


def test_the_keys_of_all_stations_are_listed(program: Program, other: Program) -> None:
    stations = other.run("key", "list")
    assert [(it["state"], it["own"]) for it in stations] == [("root", False), ("unbacked", True)]
    assert stations[1]["replaces"] == stations[0]["station"] == program.run("key")[0]["station"]


def test_a_paper_that_was_changed_by_a_byte_is_not_genuine(program: Program, tmp_path: Path) -> None:
    lines = [scan("P1"), '{"cmd": "FINISH"}']
    answers = program.run("desk", "receiving", "--operator", "anna", lines=lines)
    paper = tmp_path / "paper.pdf"
    program.run("document", "receipt", answers[-1]["facts"]["receipt"], "-o", str(paper))
    assert program.run("check-document", str(paper))[0]["result"] == "genuine"
    paper.write_bytes(paper.read_bytes()[:-1] + b"x")
    assert program.run("check-document", str(paper), code=1)[0]["result"] == "altered"
    paper.write_bytes(b"%PDF-1.4 somebody else's")
    assert program.run("check-document", str(paper), code=1)[0]["result"] == "not_ours"
    assert program.run("check-document", str(tmp_path / "gone"), code=1)[0]["code"] == "bad_file"
