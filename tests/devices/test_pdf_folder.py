"""A folder that takes one PDF for each job: whole, once, and never over something else."""

import os
import shutil
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockmark.devices.label_printer import PrinterState, Sent, SentOutcome
from dockmark.devices.pdf_folder import file_stem
from dockmark.devices.printers import open_printer

JOB = b"%PDF-1.4\n" + bytes(range(256)) * 40 + b"\n%%EOF\n"
OTHER = JOB + b"other"
ID = "01890f3e-8f6a-7cc2-98c4-dc0c0c07398f"
CONFIRMED = Sent(SentOutcome.CONFIRMED)
ALREADY = Sent(SentOutcome.CONFIRMED, "already_there")


def files(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "labels" / "dock 3"


@pytest.fixture
def printer(folder):
    return open_printer(f"pdf:{folder}")


def test_a_job_becomes_one_whole_file_under_its_own_name(printer, folder):
    assert printer.send(JOB, name=ID) == CONFIRMED
    assert files(folder) == [f"{ID}.pdf"]
    assert (folder / f"{ID}.pdf").read_bytes() == JOB


def test_the_same_job_sent_again_is_confirmed_and_makes_no_second_file(printer, folder):
    printer.send(JOB, name=ID)
    before = (folder / f"{ID}.pdf").stat()
    for again in (printer, open_printer(printer.url)):
        assert again.send(JOB, name=ID) == ALREADY
    assert files(folder) == [f"{ID}.pdf"]
    assert (folder / f"{ID}.pdf").stat().st_ino == before.st_ino


def test_another_content_under_the_same_name_overwrites_nothing(printer, folder):
    printer.send(JOB, name=ID)
    assert printer.send(OTHER, name=ID) == CONFIRMED
    assert printer.send(OTHER, name=ID) == ALREADY
    assert (folder / f"{ID}.pdf").read_bytes() == JOB
    assert sorted(path.read_bytes() for path in folder.iterdir()) == sorted([JOB, OTHER])


@pytest.mark.parametrize(
    "name",
    [
        "../../escape",
        "/etc/passwd",
        r"..\..\escape",
        "C:\\escape",
        "a/b",
        "a\x00b",
        "",
        ".",
        "..",
        ".hidden",
        "con",
        "CON.txt",
        "LPT1",
        "-rf",
        "label name\n",
        "x" * 500,
        "größe",
        "\ud800",
        "*?[a]",
        "$(id)",
        "~",
    ],
)
def test_a_name_is_data_and_never_a_path(printer, folder, name):
    assert printer.send(JOB, name=name) == CONFIRMED
    assert printer.send(JOB, name=name) == ALREADY
    (only,) = folder.iterdir()
    assert only.suffix == ".pdf" and only.is_file() and not only.name.startswith((".", "-"))
    assert len(only.name) < 120 and only.name.isascii()
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


@given(st.lists(st.text(st.characters(codec=None)), min_size=2, max_size=2, unique=True))
def test_two_names_never_share_a_file_not_even_where_case_does_not_count(names):
    stems = [file_stem(name).lower() for name in names]
    assert stems[0] != stems[1]
    for stem in stems:
        assert Path(stem).name == stem
        assert stem.split("~")[0].split(".")[0] not in {"con", "prn", "aux", "nul"} or "~" in stem


@pytest.mark.parametrize(
    "pair", [("a/b", "a_b"), ("Job", "job"), ("job", "JOB"), ("x" * 90, "x" * 91), ("é", "e\u0301")]
)
def test_names_that_look_alike_get_files_of_their_own(printer, folder, pair):
    for number, name in enumerate(pair):
        assert printer.send(JOB + bytes([number]), name=name) == CONFIRMED
    assert len({stem.lower() for stem in files(folder)}) == 2


def test_what_a_killed_attempt_left_is_cleared_away_and_the_job_is_there_once(printer, folder):
    folder.mkdir(parents=True)
    (folder / f".{ID}.0a1b2c3d.part").write_bytes(JOB[:100])
    (folder / ".another-job.0a1b2c3d.part").write_bytes(b"in work")
    (folder / f"{ID}.pdf").write_bytes(b"")  # a reserved name, where the file system knows no links
    assert printer.send(JOB, name=ID) == CONFIRMED
    assert files(folder) == [".another-job.0a1b2c3d.part", f"{ID}.pdf"]
    assert (folder / f"{ID}.pdf").read_bytes() == JOB


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_lying_in_wait_is_not_written_through(printer, folder, tmp_path):
    folder.mkdir(parents=True)
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    (folder / f"{ID}.pdf").symlink_to(victim)
    assert printer.send(JOB, name=ID) == CONFIRMED
    assert victim.read_bytes() == b"precious"
    (folder / "dangling.pdf").symlink_to(tmp_path / "nowhere")
    assert printer.send(JOB, name="dangling") == CONFIRMED
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_in_the_place_of_the_file_is_left_alone(printer, folder):
    (folder / f"{ID}.pdf").mkdir(parents=True)
    assert printer.send(JOB, name=ID) == CONFIRMED
    assert (folder / f"{ID}.pdf").is_dir()


def test_a_file_in_the_place_of_the_folder_fails_and_stays(tmp_path):
    (tmp_path / "labels").write_bytes(b"mine")
    for url in (f"pdf:{tmp_path / 'labels'}", f"pdf:{tmp_path / 'labels' / 'below'}"):
        printer = open_printer(url)
        assert printer.send(JOB, name=ID) == Sent(SentOutcome.FAILED, "not_a_folder")
        assert printer.status().state is PrinterState.FAULT
    assert (tmp_path / "labels").read_bytes() == b"mine"


def test_an_empty_job_makes_no_file(printer, folder):
    assert printer.send(b"", name=ID) == Sent(SentOutcome.FAILED, "empty_job")
    assert not folder.exists()


def test_status_is_ready_before_and_after_the_first_job(printer):
    assert printer.status().state is PrinterState.READY
    printer.send(JOB, name=ID)
    assert printer.status().state is PrinterState.READY


def test_many_hands_sending_the_same_job_leave_one_file(printer, folder):
    outcomes = []
    threads = [threading.Thread(target=lambda: outcomes.append(printer.send(JOB, name=ID))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(outcomes) == 8
    assert {sent.outcome for sent in outcomes} <= {SentOutcome.CONFIRMED, SentOutcome.AWAY}
    assert printer.send(JOB, name=ID) == ALREADY
    assert files(folder) == [f"{ID}.pdf"]


SEND_ONCE = """
import sys
from dockmark.devices.printers import open_printer
from dockmark.devices.pdf_folder import PdfFolder
{before}
sent = open_printer("pdf:" + sys.argv[1]).send(b"%PDF" + b"x" * {size}, name="job-1")
print(sent.outcome, sent.detail)
"""


def send_elsewhere(folder, *, before="", size=50_000):
    code = SEND_ONCE.format(before=before, size=size)
    done = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, timeout=60)
    return done.stdout.split()


@pytest.mark.skipif(sys.platform == "win32", reason="limits of this kind are not known there")
def test_a_file_that_grows_too_large_fails_as_disk_full_and_leaves_nothing(tmp_path):
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))"
    assert send_elsewhere(tmp_path, before=limit) == ["failed", "disk_full"]
    assert files(tmp_path) == []
    assert send_elsewhere(tmp_path, before=limit, size=900) == ["confirmed"]


@pytest.fixture
def tiny_disk(tmp_path):
    """A file system of 64 KiB, where one can be mounted."""
    mount, umount = shutil.which("mount"), shutil.which("umount")
    point = tmp_path / "tiny"
    point.mkdir()
    if sys.platform != "linux" or not mount or not umount or os.geteuid() != 0:
        pytest.skip("mounting needs root on Linux")
    if subprocess.run([mount, "-t", "tmpfs", "-o", "size=64k", "tmpfs", point], capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    yield point
    subprocess.run([umount, point], check=True)


def test_a_full_disk_fails_leaves_nothing_and_the_same_job_succeeds_once_there_is_room(tiny_disk):
    filler = tiny_disk / "filler"
    filler.write_bytes(b"x" * 40_000)
    assert send_elsewhere(tiny_disk) == ["failed", "disk_full"]
    assert files(tiny_disk) == ["filler"]
    filler.unlink()
    assert send_elsewhere(tiny_disk) == ["confirmed"]


@pytest.mark.skipif(sys.platform == "win32" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_a_folder_that_may_not_be_written_fails(tmp_path):
    tmp_path.chmod(0o500)
    printer = open_printer(f"pdf:{tmp_path}")
    assert printer.send(JOB, name=ID) == Sent(SentOutcome.FAILED, "not_allowed")
    assert printer.status().state is PrinterState.FAULT


@pytest.mark.skipif(sys.platform == "win32", reason="renaming serves there")
def test_a_file_that_appears_in_the_last_moment_is_not_overwritten(printer, folder, monkeypatch):
    link = os.link

    def be_late(source, target):
        Path(target).write_bytes(OTHER)
        monkeypatch.setattr(os, "link", link)
        link(source, target)

    monkeypatch.setattr(os, "link", be_late)
    assert printer.send(JOB, name=ID) == CONFIRMED
    assert (folder / f"{ID}.pdf").read_bytes() == OTHER
    assert sorted(path.read_bytes() for path in folder.iterdir()) == sorted([JOB, OTHER])


@pytest.mark.skipif(sys.platform == "win32", reason="renaming serves there")
def test_the_bytes_are_on_the_disk_before_the_name_and_the_name_before_the_answer(printer, folder, monkeypatch):
    steps, fsync, link = [], os.fsync, os.link

    def note_fsync(handle):
        steps.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "bytes")
        fsync(handle)

    def note_link(source, target):
        steps.append("name")
        link(source, target)

    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(os, "link", note_link)
    printer.send(JOB, name=ID)
    assert steps == ["bytes", "name", "folder"]


@pytest.mark.skipif(sys.platform == "win32", reason="renaming serves there")
@pytest.mark.parametrize("is_reserved", [False, True])
def test_a_file_system_without_links_keeps_the_promise_too(printer, folder, monkeypatch, is_reserved):
    def no_links(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    if is_reserved:
        folder.mkdir(parents=True)
        (folder / f"{ID}.pdf").write_bytes(b"")
    assert printer.send(JOB, name=ID) == CONFIRMED
    assert printer.send(JOB, name=ID) == ALREADY
    assert printer.send(OTHER, name=ID) == CONFIRMED
    assert len(files(folder)) == 2 and (folder / f"{ID}.pdf").read_bytes() == JOB


KILL_AT = """
import os, signal
real = os.{call}
def deadly(*args, **kwargs):
    if {when!r} == "after":
        real(*args, **kwargs)
    os.kill(os.getpid(), signal.SIGKILL)
os.{call} = deadly
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such kill there")
@pytest.mark.parametrize("call", ["fsync", "link"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_kill_at_any_step_leaves_one_whole_file_after_the_next_attempt(tmp_path, call, when):
    send_elsewhere(tmp_path, before=KILL_AT.format(call=call, when=when))
    assert send_elsewhere(tmp_path)[0] == "confirmed"
    assert files(tmp_path) == ["job-1.pdf"]
    assert (tmp_path / "job-1.pdf").read_bytes() == b"%PDF" + b"x" * 50_000
