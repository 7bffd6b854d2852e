"""Print queues of the operating system, with programs on the path that answer as CUPS does."""

import os
import sys

import pytest

from dockmark.devices.discovery import DeviceKind, queues
from dockmark.devices.label_printer import PrinterState, Sent, SentOutcome
from dockmark.devices.printers import open_printer

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="another spooler there")

LP = r"""#!/bin/sh
for each in "$@"; do printf '%s\n' "$each" >> "$TOLD"; done
printf 'LC_ALL=%s\n' "$LC_ALL" >> "$TOLD"
case "$2" in
  Gone) echo "lp: Error - The printer or class does not exist." >&2; exit 1 ;;
  Closed) echo "lp: Destination \"Closed\" is not accepting jobs." >&2; exit 1 ;;
  Odd) echo "lp: something else" >&2; exit 1 ;;
  Killed) kill -9 $$ ;;
  Early) echo "lp: Error - The printer or class does not exist." >&2; exit 1 ;;
esac
cat > "$TAKEN"
echo "request id is $2-17 (0 file(s))"
"""
LPSTAT = r"""#!/bin/sh
case "$1" in
  -r) echo "scheduler is ${SCHEDULER:-running}" ;;
  -e) printf '%s\n' Zebra_ZD421 'Büro' '-o' 'a b' ;;
  -p) case "$2" in
        Gone) echo "lpstat: Invalid destination name in list \"Gone\"." >&2; exit 1 ;;
        Paused) echo "printer Paused disabled since Mon 01 Jan 2024 -" ;;
        *) echo "printer $2 is idle.  enabled since Mon 01 Jan 2024" ;;
      esac ;;
esac
"""
JOB = bytes(range(256)) * 500


@pytest.fixture
def spooler(tmp_path, monkeypatch):
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, text in (("lp", LP), ("lpstat", LPSTAT)):
        (programs / name).write_text(text)
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("TOLD", str(tmp_path / "told"))
    monkeypatch.setenv("TAKEN", str(tmp_path / "taken"))
    return tmp_path


def told(spooler):
    return (spooler / "told").read_text().splitlines()


def test_a_job_goes_to_the_queue_byte_for_byte(spooler):
    sent = open_printer("queue:Zebra_ZD421").send(JOB, name="job 1")
    assert sent == Sent(SentOutcome.SENT, "spooled")
    assert (spooler / "taken").read_bytes() == JOB
    assert told(spooler) == ["-d", "Zebra_ZD421", "-t", "job 1", "LC_ALL=C"]


def test_zpl_goes_through_raw(spooler):
    assert open_printer("queue:Zebra_ZD421?raw=zpl").send(b"^XA^XZ", name="1").outcome is SentOutcome.SENT
    assert told(spooler) == ["-d", "Zebra_ZD421", "-t", "1", "-o", "raw", "LC_ALL=C"]


def test_a_name_is_data_and_never_an_option_or_a_command(spooler):
    open_printer("queue:q").send(b"x", name="-o raw; touch /tmp/x\n$(id) `id`" + "n" * 200)
    arguments = told(spooler)
    assert arguments[:3] == ["-d", "q", "-t"] and arguments[4:] == ["LC_ALL=C"]
    assert arguments[3].startswith("-o raw; touch /tmp/x $(id) `id`n") and len(arguments[3]) <= 100


@pytest.mark.parametrize(
    ("queue", "sent"),
    [
        ("Gone", Sent(SentOutcome.FAILED, "queue_unknown")),
        ("Early", Sent(SentOutcome.FAILED, "queue_unknown")),
        ("Closed", Sent(SentOutcome.AWAY, "queue_closed")),
        ("Odd", Sent(SentOutcome.FAILED, "lp_failed")),
        ("Killed", Sent(SentOutcome.UNKNOWN, "lp_killed")),
    ],
)
@pytest.mark.parametrize("size", [1, 2_000_000])
def test_what_the_spooler_refuses_is_told_apart(spooler, queue, sent, size):
    assert open_printer(f"queue:{queue}").send(b"x" * size, name="1") == sent


def test_a_spooler_that_is_down_is_away_although_lp_says_that_the_queue_does_not_exist(spooler, monkeypatch):
    monkeypatch.setenv("SCHEDULER", "not running")
    assert open_printer("queue:Gone").send(JOB, name="1") == Sent(SentOutcome.AWAY, "spooler_away")
    assert open_printer("queue:Gone").status().detail == "spooler_away"


@pytest.mark.parametrize("name", ["a/b", "a#b", "a b", "a'b", r"\\server\q"])
def test_a_name_that_cups_does_not_allow_is_not_even_tried(spooler, name):
    assert open_printer(f"queue:{name}").send(JOB, name="1") == Sent(SentOutcome.FAILED, "queue_unknown")
    assert not (spooler / "told").exists()


def test_without_lp_the_job_fails_by_name(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    printer = open_printer("queue:q")
    assert printer.send(JOB, name="1") == Sent(SentOutcome.FAILED, "lp_missing")
    assert printer.status().state is PrinterState.NOT_ANSWERING
    assert queues().reason == "lp_missing" and queues().devices == ()


def test_status_follows_the_spooler(spooler):
    assert open_printer("queue:q").status().state is PrinterState.READY
    assert open_printer("queue:Paused").status().state is PrinterState.PAUSED
    gone = open_printer("queue:Gone").status()
    assert (gone.state, gone.detail) == (PrinterState.NOT_ANSWERING, "queue_unknown")


def test_queues_are_found_and_names_that_could_not_be_used_are_passed_over(spooler):
    found = queues()
    assert [device.url for device in found.devices] == ["queue:Zebra_ZD421", "queue:Büro", "queue:a b"]
    assert {device.kind for device in found.devices} == {DeviceKind.QUEUE}


def test_an_empty_job_is_not_spooled(spooler):
    assert open_printer("queue:q").send(b"", name="1") == Sent(SentOutcome.FAILED, "empty_job")
    assert not (spooler / "told").exists()
