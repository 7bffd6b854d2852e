"""Killed, locked out, out of room, faulty: the window says so in words, loses nothing, and goes on."""

import base64
import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from queue import Empty, Queue
from typing import Any

import pytest

from dockmark.identifiers.tags import Command, badge_tag, command_tag
from dockmark.identifiers.window_tags import word_tag, work_word

from .conftest import Program

ROOT = Path(__file__).parents[2]
GTIN = "09506000143514"
PATIENCE_S = 60


class Running:
    """A window in a process of its own."""

    def __init__(self, program: Program, *words: str) -> None:
        environment = program.environment | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.window_child", *words],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, cwd=ROOT,
        )  # fmt: skip
        self._lines: Queue[bytes] = Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)

    def do(self, what: str, **told: Any) -> Any:
        """One thing done, and its answer."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"do": what, **told}).encode() + b"\n")
        self.process.stdin.flush()
        try:
            answer = json.loads(self._lines.get(timeout=PATIENCE_S))
        except Empty:
            self.process.kill()
            raise AssertionError(self.process.communicate()[1].decode()) from None
        assert not (isinstance(answer, dict) and "failed" in answer), answer
        return answer

    def until(self, seen: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Looks until that is so; returns what was to be seen."""
        end = time.monotonic() + PATIENCE_S
        while True:
            state: dict[str, Any] = self.do("state")
            if seen(state):
                return state
            assert time.monotonic() < end, state
            threading.Event().wait(0.05)

    def ready(self) -> dict[str, Any]:
        """The window with its station open and everything answered."""
        return self.until(lambda it: it["page"] not in ("", "opening") and it["quiet"])

    def close(self) -> int:
        self.do("close")
        return self.process.wait(timeout=PATIENCE_S)


@contextmanager
def window(program: Program, *words: str) -> Iterator[Running]:
    it = Running(program, *words)
    try:
        yield it
    finally:
        it.process.kill()
        it.process.wait()
        for pipe in (it.process.stdin, it.process.stdout, it.process.stderr):
            if pipe is not None:
                pipe.close()


@contextmanager
def locked(data: Path) -> Iterator[None]:
    """Another program that holds the ledger, as a backup does."""
    code = (
        "import sqlite3, sys\n"
        "held = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60)\n"
        "held.execute('BEGIN EXCLUSIVE')\n"
        "print('held', flush=True)\n"
        "sys.stdin.read()\n"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(data / "ledger.sqlite3")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None and holder.stdout.readline() == b"held\n"
    try:
        yield
    finally:
        holder.communicate()


def unit(number: int) -> str:
    return f"]d201{GTIN}21SN{number:05}"


def received(program: Program) -> int:
    with sqlite3.connect(program.data / "ledger.sqlite3") as session:
        count = session.execute("SELECT count(*) FROM units").fetchone()[0]
    session.close()
    return int(count)


def test_killed_without_warning_it_comes_back_at_the_same_place_with_what_was_typed(program: Program) -> None:
    with window(program) as it:
        it.ready()
        for number in range(3):
            it.do("scan", raw=unit(number))
        before = it.until(lambda state: state["done"] == 3 and state["quiet"])
        if not before["by_hand"]:
            it.do("press", button="byHandButton")
        it.do("type", field="serialField", text="half a ser")
        it.do("open", page="search")
        files = program.state / "window"
        it.until(lambda _state: any("half a ser" in each.read_text() and '"search"' in each.read_text()
                                    for each in files.glob("place-*.json")))  # fmt: skip
        it.process.kill()
        it.process.wait()
    with window(program) as it:
        after = it.until(lambda state: state["page"] == "search" and state["quiet"])
        assert (after["desk"], after["receipt"]) == ("receiving", before["receipt"])
        assert it.do("read", field="serialField") == "half a ser"
        assert "ended unexpectedly" in after["notices"]["crash"]
        it.do("open", page="receiving")
        it.until(lambda state: state["by_hand"] and state["done"] == 3)
        assert it.close() == 0
    with window(program) as it:
        assert "crash" not in it.ready()["notices"], "it was closed as it should be"


def test_a_ledger_held_by_another_program_is_said_and_nothing_scanned_is_lost(program: Program) -> None:
    with window(program) as it:
        it.ready()
        with locked(program.data):
            for number in range(4):
                it.do("scan", raw=unit(number))
            state = it.until(lambda state: "locked" in state["notices"])
            assert "Another program" in state["notices"]["locked"]
            it.do("open", page="settings")
            assert it.until(lambda state: state["page"] == "settings")["done"] == 0, "the window is awake"
            assert received(program) == 0
        it.until(lambda state: "locked" not in state["notices"] and state["quiet"])
        assert received(program) == 4
        assert it.close() == 0


def test_a_window_can_be_closed_while_another_program_holds_the_ledger_for_ever(program: Program) -> None:
    with window(program) as it:
        it.ready()
        with locked(program.data):
            it.do("scan", raw=unit(1))
            it.until(lambda state: "locked" in state["notices"])
            assert it.close() == 0
    assert received(program) == 0
    assert program.run("verify")[0]["result"] == "sound-not-witnessed"


def _killed(it: Running) -> None:
    it.process.kill()
    it.process.wait()


def _until_written(it: Running, program: Program, *words: str) -> None:
    """All of that stands in one draft on the disk."""
    files = program.state / "window"
    it.until(
        lambda _state: any(all(word in each.read_text() for word in words) for each in files.glob("drafts-*.json"))
    )


def test_forms_lists_and_imports_come_back_after_a_kill(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "parts.csv"
    file.write_text("part_number,description,tracking\nP-1,Pump,serial\n")
    with window(program) as it:
        it.ready()
        it.do("open", page="lists")
        it.do("press", button="list_parts")
        it.do("open", page="master")
        it.until(lambda state: state["quiet"])
        it.do("type", field="master_part_number", text="PUMP-77")
        it.do("open", page="import", shows=str(file))
        it.until(lambda state: state["quiet"])
        it.do("open", page="settings")
        it.until(lambda state: state["quiet"])
        it.do("type", field="companyNameField", text="Almost GmbH")
        it.do("type", field="companyReasonField", text="it moved")
        _until_written(it, program, "PUMP-77", "Almost GmbH", "it moved", "parts.csv", '"now": "parts"')
        _killed(it)
    with window(program) as it:
        seen = []
        for _each in range(3):
            state = it.until(lambda state: "draft" in state["notices"] and state["quiet"])
            seen.append(state["notices"]["draft"])
            it.do("scan", raw=word_tag(work_word("window", "Alt+Shift+G")))
            it.until(lambda state: state["notices"].get("draft") != seen[-1] and state["quiet"])
        assert len(set(seen)) == 3
        assert it.do("read", field="master_part_number") == "PUMP-77"
        assert it.do("read", field="companyNameField") == "Almost GmbH"
        assert it.do("read", field="companyReasonField") == "it moved"
        assert it.do("read", field="importColumnsFile") == "parts.csv"
        it.do("open", page="lists")
        assert it.do("checked", button="list_parts")
        _until_written(it, program, "PUMP-77", "Almost GmbH", "parts.csv")
        assert it.close() == 0


def test_what_was_written_can_be_thrown_away(program: Program) -> None:
    with window(program) as it:
        it.ready()
        it.do("open", page="master")
        it.until(lambda state: state["quiet"])
        it.do("type", field="master_part_number", text="PUMP-77")
        _until_written(it, program, "PUMP-77")
        _killed(it)
    with window(program) as it:
        it.until(lambda state: "draft" in state["notices"] and state["quiet"])
        _killed(it)
    with window(program) as it:
        it.until(lambda state: "draft" in state["notices"] and state["quiet"])
        it.do("press", button="noticeOther_draft")
        assert "draft" not in it.until(lambda state: state["quiet"])["notices"]
        assert not list((program.state / "window").glob("drafts-*.json"))
        assert it.close() == 0


def _until_kept(it: Running, program: Program, count: int) -> None:
    """That many scans are on the shelf."""
    files = program.state / "window"
    it.until(lambda _state: [len(json.loads(each.read_text())) for each in files.glob("scans-*.json")] == [count])


@pytest.mark.parametrize("end", ["closed", "killed"])
def test_scans_that_wait_for_a_ledger_outlive_the_window_and_are_offered(program: Program, end: str) -> None:
    badge = badge_tag(bytes(range(10)))
    with window(program) as it:
        it.ready()
        with locked(program.data):
            for raw in (unit(1), unit(2), badge, unit(3)):
                it.do("scan", raw=raw)
            _until_kept(it, program, 4)
            if end == "closed":
                assert it.close() == 0
            else:
                it.process.kill()
                it.process.wait()
    assert received(program) == 0
    kept = "".join(each.read_text() for each in (program.state / "window").glob("scans-*.json"))
    assert badge not in kept and base64.b64encode(badge.encode()).decode() not in kept
    with window(program) as it:
        state = it.until(lambda state: "unanswered" in state["notices"] and state["quiet"])
        assert state["notices"]["unanswered"].startswith("4 scans were not answered")
        it.do("press", button="noticeAct_unanswered")
        state = it.until(lambda state: state["done"] == 2 and state["quiet"])
        assert "badge" in state["notices"]["unanswered"]
        _until_kept(it, program, 2)
        it.process.kill()
        it.process.wait()
    with window(program) as it:
        it.until(lambda state: "unanswered" in state["notices"] and state["quiet"])
        it.do("press", button="noticeAct_unanswered")
        it.until(lambda state: state["done"] == 3 and "unanswered" not in state["notices"] and state["quiet"])
        assert it.close() == 0
    assert received(program) == 3
    assert not list((program.state / "window").glob("scans-*.json"))


def test_scans_that_waited_can_be_thrown_away(program: Program) -> None:
    with window(program) as it:
        it.ready()
        with locked(program.data):
            it.do("scan", raw=unit(1))
            _until_kept(it, program, 1)
            assert it.close() == 0
    with window(program) as it:
        it.until(lambda state: "unanswered" in state["notices"] and state["quiet"])
        it.do("scan", raw=word_tag(work_word("window", "Alt+Shift+W")))
        it.until(lambda state: "unanswered" not in state["notices"] and state["quiet"])
        assert "unanswered" not in it.until(lambda state: state["quiet"])["notices"]
        assert it.close() == 0
    with window(program) as it:
        assert "unanswered" not in it.ready()["notices"]
        assert it.close() == 0
    assert received(program) == 0


def test_a_window_is_opened_while_another_program_holds_the_ledger(program: Program) -> None:
    with locked(program.data), window(program) as it:
        it.until(lambda state: state["page"] == "opening" and state["word"] == "OPENING")
    with window(program) as it:
        assert it.ready()["page"] == "receiving"


def test_a_fault_is_said_once_and_written_down_without_what_was_scanned(program: Program) -> None:
    with window(program) as it:
        it.ready()
        it.do("fail", times=100)
        state = it.until(lambda state: "fault" in state["notices"])
        assert list(state["notices"]) == ["fault"] and "RuntimeError" in state["notices"]["fault"]
        it.do("press", button="noticeClose_fault")
        it.do("fail", times=1)
        it.do("scan", raw=unit(1))
        state = it.until(lambda state: state["done"] == 1 and state["quiet"])
        assert state["notices"] == {}, "it was told of before"
        assert it.close() == 0
    log = (program.state / "log" / "dockmark.log").read_text()
    assert "RuntimeError" in log and "100 times" in log
    assert log.count("RuntimeError") < 10
    assert "DMB0123" not in log and "SECRET" not in log
    program.run("support", "-o", str(program.state / "report.zip"))
    with zipfile.ZipFile(program.state / "report.zip") as report:
        whole = b"".join(report.read(name) for name in report.namelist())
        assert json.loads(report.read("ledger.json"))["verify"]["result"] == "sound-not-witnessed"
    assert b"RuntimeError" in whole
    for secret in (b"Almqvist", b"anna", b"DMB0123", b"SECRET", b"SN00001", str(Path.home()).encode() + b"/"):
        assert secret.lower() not in whole.lower(), secret


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal on Windows")
def test_a_crash_below_python_leaves_its_stacks_for_the_report(program: Program) -> None:
    with window(program) as it:
        it.ready()
        it.process.send_signal(signal.SIGABRT)
        assert it.process.wait(timeout=PATIENCE_S) != 0
    with window(program) as it:
        assert "crash" in it.ready()["notices"]
        assert it.close() == 0
    program.run("support", "-o", str(program.state / "report.zip"))
    with zipfile.ZipFile(program.state / "report.zip") as report:
        assert b"most recent call first" in report.read("native.txt")


def test_a_command_waits_in_words_while_another_program_holds_the_ledger(program: Program) -> None:
    with locked(program.data):
        process = program.start("desk", "receiving", "--operator", "anna")
        assert process.stderr is not None
        assert b"Another program holds the ledger" in process.stderr.readline()
    out, _ = process.communicate(unit(1).encode() + b"\n", timeout=PATIENCE_S)
    assert json.loads(out)["outcome"] == "accepted"


@pytest.mark.long
def test_a_command_gives_up_in_words_on_a_ledger_that_is_held_for_ever(program: Program) -> None:
    with locked(program.data):
        [told] = program.run("desk", "receiving", "--operator", "anna", lines=[unit(1)], code=1)
    assert told["code"] == "busy"


def test_an_unexpected_fault_of_a_command_is_written_down_without_a_trace_for_the_clerk(program: Program) -> None:
    with sqlite3.connect(program.data / "ledger.sqlite3") as session:
        session.execute("DROP TABLE print_jobs")
    session.close()
    done = subprocess.run(
        program.command("spool", "list"),
        env=program.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "Something went wrong" in done.stderr and "Traceback" not in done.stderr
    assert "command line" in (program.state / "log" / "dockmark.log").read_text()


def _bytes_of(folder: Path) -> dict[str, str]:
    return {
        str(each.relative_to(folder)): hashlib.sha256(each.read_bytes()).hexdigest()
        for each in sorted(folder.rglob("*")) if each.is_file()
    }  # fmt: skip


def test_training_leaves_every_byte_of_the_real_folder_as_it_is(program: Program) -> None:
    program.run("desk", "receiving", "--operator", "anna", lines=[unit(1)])
    before = _bytes_of(program.data)
    with window(program, "--training") as it:
        state = it.until(lambda state: state["band"] and state["page"] == "receiving" and state["quiet"])
        assert "TRAINING" in state["title"]
        for number in range(5):
            it.do("scan", raw=unit(100 + number))
        it.until(lambda state: state["done"] >= 5 and state["quiet"])
        assert _bytes_of(program.data) == before
        assert it.close() == 0
    assert _bytes_of(program.data) == before
    program.run("--training", "desk", "receiving", "--operator", "anna", lines=[unit(300)])
    program.run("training", "--reset")
    assert _bytes_of(program.data) == before


def test_a_scan_while_the_ledger_is_changed_lands_in_neither(program: Program) -> None:
    with window(program) as it:
        it.ready()
        it.do("scan", raw=unit(1))
        it.do("open", page="settings")
        it.do("press", button="trainingEnterButton")
        it.do("scan", raw=unit(777))
        assert it.do("state")["word"] in ("NOT TAKEN", "OPENING")
        it.until(lambda state: state["band"] and state["quiet"])
        it.do("scan", raw=unit(2))
        it.until(lambda state: state["done"] == 1 and state["quiet"])
        it.do("press", button="bandLeaveButton")
        it.do("scan", raw=unit(778))
        state = it.until(lambda state: not state["band"] and state["page"] == "receiving" and state["quiet"])
        assert "TRAINING" not in state["title"]
        assert it.close() == 0
    assert received(program) == 1
    practice = program.data.with_name("data-training") / "ledger.sqlite3"
    with sqlite3.connect(practice) as session:
        serials = [row[0] for row in session.execute("SELECT serial FROM units WHERE serial LIKE 'SN%'")]
    session.close()
    assert serials == ["SN00002"]


@pytest.mark.skipif(sys.platform == "win32", reason="Qt finds a screen on Windows")
def test_without_a_display_it_says_in_words_what_to_do(program: Program) -> None:
    environment = {key: text for key, text in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    environment |= {"DOCKMARK_DATA": str(program.data), "DOCKMARK_STATE": str(program.state), "QT_QPA_PLATFORM": ""}
    for display in ("", ":977"):
        told = environment | ({"DISPLAY": display} if display else {})
        done = subprocess.run(
            [sys.executable, "-m", "dockmark"], env=told, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 1, done.stderr
        assert "Dockmark cannot open its window" in done.stderr
        assert "Traceback" not in done.stderr and "qt.qpa" not in done.stderr


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system whose size a test can change; it takes no more memory than is written."""
    folder = tmp_path / "small"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=400m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("needs the right to mount a small file system")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def _resize(folder: Path, size: str) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", str(folder)], check=True)


def test_a_disk_that_fills_is_said_in_time_and_work_goes_on_with_room(program: Program, small_disk: Path) -> None:
    there = replace(program, data=small_disk / "depot")
    there.run("init", "--operator", "anna")
    (small_disk / "other").write_bytes(bytes(12_000_000))
    with window(there) as it:
        assert "disk" not in it.ready()["notices"]
        it.do("scan", raw=unit(1))
        it.until(lambda state: state["done"] == 1 and state["quiet"])
        _resize(small_disk, "150m")
        state = it.until(lambda state: "disk" in state["notices"])
        assert "MB left" in state["notices"]["disk"]
        it.do("scan", raw=unit(2))
        it.until(lambda state: state["done"] == 2 and state["quiet"])
        _resize(small_disk, "52m")
        it.until(lambda state: "not taken" in state["notices"]["disk"])
        it.do("scan", raw=unit(3))
        it.until(lambda state: state["word"] == "DISK FULL" and state["quiet"])
        assert received(there) == 2
        it.do("scan", raw=command_tag(Command.UNDO))
        it.until(lambda state: state["done"] == 1 and state["quiet"])
        _resize(small_disk, "400m")
        it.until(lambda state: "disk" not in state["notices"])
        it.do("scan", raw=unit(3))
        it.until(lambda state: state["done"] == 2 and state["quiet"])
        assert it.close() == 0


def test_a_report_holds_nothing_of_what_was_typed_or_waits(program: Program) -> None:
    """Names, PINs, badges, drafts and scans that wait: all of it lies beside the log, none of it is in the report."""
    badge = badge_tag(bytes(range(20, 30)))
    with window(program) as it:
        it.ready()
        it.do("open", page="master", shows="operator")
        it.until(lambda state: state["quiet"])
        it.do("type", field="master_name", text="Planted Almqvist")
        it.do("open", page="search")
        it.do("type", field="searchField", text="PLANTED-SEARCH")
        with locked(program.data):
            it.do("scan", raw="PLANTED-SERIAL-9")
            it.do("scan", raw=badge)
            _until_kept(it, program, 2)
            _until_written(it, program, "Planted Almqvist")
            it.do("fail", times=3)
            it.until(lambda state: "fault" in state["notices"])
            _killed(it)
    program.run("support", "-o", str(program.state / "report.zip"))
    with zipfile.ZipFile(program.state / "report.zip") as report:
        whole = b"".join(report.read(name) for name in report.namelist()).lower()
    encoded = base64.b64encode(b"PLANTED-SERIAL-9")
    for secret in (b"almqvist", b"planted", badge.encode(), encoded, b"sn-secret"):
        assert secret.lower() not in whole, secret
