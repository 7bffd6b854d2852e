"""Backups from the command line: made while a desk is at full work, put back, recognised, and worked with again."""

import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dockmark.station.backing_up import check_backup
from tests.journeys.conftest import Program, program  # noqa: F401 - the fixture
from tests.ledger.conftest import SteppingClock


def scan(serial: str) -> str:
    return f'{{"raw": "]d20109506000143514\\u001d21{serial}"}}'


@contextmanager
def at_full_work(it: Program) -> Iterator[list[bytes]]:
    """A desk that is handed one scan after another, as fast as it takes them."""
    process = it.start("desk", "receiving", "--operator", "anna")
    assert process.stdin is not None and process.stdout is not None
    answers: list[bytes] = []
    over = threading.Event()

    def feed() -> None:
        number = 0
        while not over.is_set():
            number += 1
            assert process.stdin is not None and process.stdout is not None
            process.stdin.write(scan(f"L{number:06}").encode() + b"\n")
            process.stdin.flush()
            answers.append(process.stdout.readline())

    thread = threading.Thread(target=feed)
    thread.start()
    try:
        yield answers
    finally:
        over.set()
        thread.join()
        process.communicate()


def run_backups(it: Program, kept: Path, count: int) -> None:
    with at_full_work(it) as answers:
        while not answers:
            over = threading.Event()
            over.wait(0.01)
        made, before = [], 0
        for _ in range(count):
            acknowledged = len(answers)
            [told] = it.run("backup", "--to", str(kept))
            made.append(Path(told["file"]))
            assert told["events"] > max(before, acknowledged)
            before = told["events"]
    assert all(b'"accepted"' in answer for answer in answers)
    assert len(answers) > count
    for file in made:
        check_backup(file, SteppingClock(2_000_000_000_000_000))
    assert [line["file"] for line in it.run("backup", "list", "--to", str(kept))] == [str(it) for it in reversed(made)]


def test_backups_under_full_work_are_all_sound_and_hold_what_was_acknowledged(
    program: Program, tmp_path: Path  # noqa: F811
) -> None:  # fmt: skip
    run_backups(program, tmp_path / "kept", 3)


@pytest.mark.long
def test_50_backups_under_full_work_are_all_sound(program: Program, tmp_path: Path) -> None:  # noqa: F811
    run_backups(program, tmp_path / "kept", 50)


def test_a_folder_that_was_put_back_is_recognised_and_has_a_way_on(program: Program) -> None:  # noqa: F811
    program.run("desk", "receiving", "--operator", "anna", lines=[scan("B1")])
    [made] = program.run("backup")
    program.run("desk", "receiving", "--operator", "anna", lines=[scan("B2")])
    [told] = program.run("restore", made["file"])
    assert (told["result"], told["custody"]) == ("restored", "restored")
    assert Path(told["kept"], "ledger.sqlite3").is_file()
    [refused] = program.run("desk", "receiving", "--operator", "anna", lines=[scan("B3")], code=1)
    assert (refused["code"], refused["facts"]["why"]) == ("read_only", "restored")
    assert program.run("verify")[0]["result"] == "sound-not-witnessed"
    assert program.run("unit", "B1")[0]["state"] == "received"
    program.run("key", "adopt")
    [answer] = program.run("desk", "receiving", "--operator", "anna", lines=[scan("B2")])
    assert answer["outcome"] == "accepted"


def test_a_lost_or_spoilt_folder_is_put_back(program: Program, tmp_path: Path) -> None:  # noqa: F811
    program.run("desk", "receiving", "--operator", "anna", lines=[scan("B1")])
    [made] = program.run("backup", "--to", str(tmp_path / "stick"))
    (program.data / "ledger.sqlite3").write_bytes(b"Dear reader")
    for tail in ("-wal", "-shm"):
        (program.data / f"ledger.sqlite3{tail}").unlink(missing_ok=True)
    assert program.run("backup", code=1)[0]["code"] == "not_a_ledger"
    [told] = program.run("restore", made["file"])
    # Nothing was recorded since: it is this station's own, and goes on.
    assert told["custody"] == "ours"
    assert program.run("desk", "receiving", "--operator", "anna", lines=[scan("B2")])[0]["outcome"] == "accepted"
    shutil.rmtree(program.data)
    [told] = program.run("restore", made["file"])
    assert (told["custody"], "kept" in told) == ("restored", False)


def test_a_folder_that_a_window_works_with_is_not_put_aside(program: Program) -> None:  # noqa: F811
    from dockmark.station.locks import FolderLock

    [made] = program.run("backup")
    lock = FolderLock(program.data / "spool.lock")
    assert lock.acquire()
    assert program.run("restore", made["file"], code=1)[0]["code"] == "busy"
    lock.release()
    program.run("restore", made["file"])


def test_what_cannot_be_done_is_said(program: Program, tmp_path: Path) -> None:  # noqa: F811
    assert program.run("backup", "list", code=1)[0]["code"] == "no_backup"
    assert program.run("backup", "tomorrow", code=1)[0]["code"] == "bad_value"
    assert program.run("backup", "check", str(tmp_path / "gone"), code=1)[0]["code"] == "bad_file"
    assert program.run("restore", str(program.data / "ledger.sqlite3"), code=1)[0]["code"] == "backup_spoilt"
    (tmp_path / "file").write_text("")
    assert program.run("backup", "--to", str(tmp_path / "file" / "x"), code=1)[0]["code"] == "bad_file"
    [made] = program.run("backup")
    assert program.run("backup", "check", made["file"])[0]["result"] == "sound"
    assert sqlite3.connect(program.data / "ledger.sqlite3").execute("PRAGMA quick_check").fetchone() == ("ok",)
