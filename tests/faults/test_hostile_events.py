"""Files of events with something in them that no ledger of ours would write: a code each, and never a stack trace."""

import hashlib
import json
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dockmark.ledger.exchanging import read_events
from dockmark.ledger.keys import KeyFolder
from dockmark.ledger.ledger import Ledger
from dockmark.record.refusal import Refusal, Refused
from tests.journeys.conftest import Program, program  # noqa: F401 - the fixture
from tests.ledger.conftest import SteppingClock

Line = dict[str, Any]


def hashed(line: Line, core: str) -> Line:
    digest = hashlib.sha256(b"dockmark/event/v1\n" + core.encode("utf-8", "surrogatepass")).hexdigest()
    return line | {"core": core, "hash": digest}


def a_float(line: Line) -> Line:
    return hashed(line, line["core"].replace('"v":1', '"v":1.0'))


def a_key_twice(line: Line) -> Line:
    return hashed(line, line["core"].replace('"v":1', '"v":1,"v":1'))


def an_unknown_key(line: Line) -> Line:
    return hashed(line, line["core"].replace('"v":1', '"v":1,"w":1'))


def a_core_over_64_kib(line: Line) -> Line:
    return hashed(line, line["core"].replace('"v":1', '"v":1,"zz":"' + "x" * 70_000 + '"'))


def a_wide_integer(line: Line) -> Line:
    return hashed(line, line["core"].replace('"v":1', f'"v":{2**60}'))


def a_null(line: Line) -> Line:
    return hashed(line, line["core"].replace('"v":1', '"v":null'))


def a_list(line: Line) -> Line:
    return hashed(line, "[1]")


def nested_deep(line: Line) -> Line:
    return hashed(line, '{"v":' + "[" * 30_000 + "]" * 30_000 + "}")


def not_normal(line: Line) -> Line:
    return hashed(line, line["core"].replace('"v":1', '"v":1,"zz":"e\u0301"'))


def a_zero_byte(line: Line) -> Line:
    return hashed(line, line["core"] + "\0")


def another_seq(line: Line) -> Line:
    return line | {"seq": 7_000}


def a_truth_for_a_number(line: Line) -> Line:
    return line | {"seq": True}


def a_signature_that_is_short(line: Line) -> Line:
    return line | {"sig": "00"}


def a_hash_that_is_none(line: Line) -> Line:
    return line | {"hash": "zz"}


def a_station_that_climbs(line: Line) -> Line:
    return line | {"station": "../../etc"}


SPOILERS = [
    a_float, a_key_twice, an_unknown_key, a_core_over_64_kib, a_wide_integer, a_null, a_list, nested_deep, not_normal,
    a_zero_byte, another_seq, a_truth_for_a_number, a_signature_that_is_short, a_hash_that_is_none,
    a_station_that_climbs,
]  # fmt: skip


def run(it: Program, *words: str) -> tuple[int, list[Line], str]:
    done = subprocess.run(
        it.command(*words, "--json"), capture_output=True, env=it.environment, timeout=120, check=False
    )
    said = done.stderr.decode()
    assert "Traceback" not in said and "Something went wrong" not in said, said
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], said


def test_no_event_of_such_a_file_is_taken_and_the_ledger_stays_sound(
    program: Program, tmp_path: Path  # noqa: F811
) -> None:  # fmt: skip
    stranger = Program(tmp_path / "stranger", tmp_path / "stranger-state")
    stranger.run("init", "--operator", "bert")
    file, other = tmp_path / "mine.jsonl", tmp_path / "theirs.jsonl"
    program.run("export", "events", "-o", str(file))
    stranger.run("export", "events", "-o", str(other))
    head = file.read_bytes().splitlines()[0]
    line = json.loads(other.read_bytes().splitlines()[1])
    before = program.run("verify")[0]["events"]
    ledger = Ledger.open(program.data, KeyFolder(program.state), SteppingClock())
    for spoil in SPOILERS:
        file.write_bytes(head + b"\n" + json.dumps(spoil(dict(line))).encode() + b"\n")
        try:
            taken = read_events(ledger, file).accepted
        except Refusal as no:
            assert no.code is Refused.NOT_A_LEDGER, spoil
        else:
            assert taken.new == 0, spoil
    ledger.close()
    for spoil in (a_float, a_core_over_64_kib, a_key_twice):
        file.write_bytes(head + b"\n" + json.dumps(spoil(dict(line))).encode() + b"\n")
        _, [answer], _ = run(program, "import", "events", str(file))
        assert answer.get("code") == "not_a_ledger" or answer["new"] == 0, (spoil, answer)
    [found] = program.run("verify")
    assert (found["result"], found["events"]) == ("sound-not-witnessed", before)


@pytest.mark.parametrize("name", ["../climbed", "files/../../climbed"])
def test_an_archive_that_climbs_out_is_refused(program: Program, tmp_path: Path, name: str) -> None:  # noqa: F811
    [made] = program.run("backup", "--to", str(tmp_path / "kept"))
    with zipfile.ZipFile(made["file"], "a") as archive:
        archive.writestr(name, b"x")
    for words in (("restore",), ("backup", "check")):
        code, [answer], said = run(program, *words, made["file"])
        assert (code, answer["code"], answer["facts"]["why"]) == (1, "backup_spoilt", "path")
        assert "leads out" in said
    assert not list(tmp_path.rglob("climbed"))


@pytest.mark.parametrize("spoil", ["zeros", "cut", "words", "folder"])
def test_what_is_no_backup_and_no_paper_is_said(
    program: Program, tmp_path: Path, spoil: str  # noqa: F811
) -> None:  # fmt: skip
    makers: dict[str, Callable[[Path], object]] = {
        "zeros": lambda path: path.open("wb").truncate(2 * 1024**3),
        "cut": lambda path: path.write_bytes(b"PK\x03\x04"),
        "words": lambda path: path.write_text("Dear reader"),
        "folder": lambda path: path.mkdir(),
    }
    file = tmp_path / "x.zip"
    makers[spoil](file)
    for words in (("restore",), ("backup", "check")):
        code, [answer], _ = run(program, *words, str(file))
        assert code == 1 and answer["code"] in ("backup_spoilt", "bad_file"), answer
    if spoil != "zeros":
        code, [answer], _ = run(program, "check-document", str(file))
        assert code == 1 and (answer.get("result") == "not_ours" or answer["code"] == "bad_file"), answer
    assert program.run("verify")[0]["result"] == "sound-not-witnessed"
