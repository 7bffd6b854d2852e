"""No badge, no scan and no name gets into a log or a report."""

import json
import logging
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dockmark.identifiers.reading import TagKind
from dockmark.identifiers.tags import tag
from dockmark.station.faults import FAULTS, Fault, Faults
from dockmark.station.logs import WindowSession, begin_log, tail
from dockmark.station.scrubbing import scrubbed, scrubbed_message
from dockmark.station.support import pieces, write_bundle

_TEXT = st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), max_size=40)
_TOKEN = st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=16, max_size=16)


@given(before=_TEXT, token=_TOKEN, after=_TEXT)
def test_what_is_on_a_badge_never_stays(before: str, token: str, after: str) -> None:
    assume(token not in before + after)
    badge = tag(TagKind.BADGE, token)
    assert token not in scrubbed(f"{before} {badge} {after}")
    assert token not in scrubbed_message(f"{before} {badge} {after}")


@given(
    value=st.text(alphabet="ABCDEFGHXYZ0123456789", min_size=6, max_size=30).filter(
        lambda it: any(map(str.isdigit, it))
    )
)
def test_a_value_in_the_message_of_an_error_never_stays(value: str) -> None:
    for form in ("bad serial {}", "'{}' is wrong", 'invalid literal: "{}"', "]d201{}", "{}: no such unit"):
        assert value not in scrubbed_message(form.format(value))


def test_names_of_people_are_taken_out_whole() -> None:
    text = "anna signed in; Anna Berg did it; annabelle stays; mail a.berg@depot.example"
    assert (
        scrubbed(text, ["anna", "Anna Berg", "Berg"])
        == "<person> signed in; <person> did it; annabelle stays; mail <mail>"
    )


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    import sys

    hooks = sys.excepthook, threading.excepthook
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    FAULTS.clear()
    begin_log(tmp_path)
    yield tmp_path
    sys.excepthook, threading.excepthook = hooks
    for handler in [each for each in root.handlers if each not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    FAULTS.clear()


def fail(text: str = "SN-4711") -> Exception:
    try:
        raise ValueError(f"bad '{text}'")
    except ValueError as error:
        return error


def test_a_fault_is_told_once_and_counted_after_that(log: Path) -> None:
    told: list[Fault] = []
    FAULTS.listen(told.append)
    for _ in range(100):
        FAULTS.take(fail(), "bench")
    FAULTS.listen(None)
    assert len(told) == 1 and told[0].kind == "ValueError"
    assert [each.times for each in FAULTS.seen()] == [100]
    text = tail(log)
    assert "4711" not in text and text.count("ValueError") < 6 and "100 times" in text


def test_two_kinds_of_fault_are_told_apart() -> None:
    faults = Faults()
    faults.take(fail())
    faults.take(KeyError("x"))
    assert {each.kind for each in faults.seen()} == {"ValueError", "KeyError"}


def test_a_fault_of_any_thread_is_taken(log: Path) -> None:
    thread = threading.Thread(target=lambda: [][1], name="spool")
    thread.start()
    thread.join()
    assert [(each.kind, each.context) for each in FAULTS.seen()] == [("IndexError", "spool")]


def test_a_logged_exception_tells_its_place_and_not_its_values(log: Path) -> None:
    try:
        raise fail("BADGE-99")
    except ValueError:
        for _ in range(20):
            logging.getLogger("somewhere").exception("the spool goes on after a fault")
    text = tail(log)
    assert "the spool goes on after a fault" in text and "ValueError" in text
    assert "BADGE-99" not in text
    assert text.count("goes on after") == 3


def test_the_log_stays_small(log: Path) -> None:
    for number in range(30_000):
        logging.getLogger("flood").warning("line %d of a very long story that is told again and again", number)
    files = list((log / "log").glob("dockmark.log*"))
    assert sum(each.stat().st_size for each in files) < 3_000_000
    assert len(tail(log)) <= 200_000


def test_a_window_that_was_not_closed_is_known_at_the_next_start(tmp_path: Path) -> None:
    first = WindowSession(tmp_path)
    assert first.begin() is None
    first._lock.release()  # as the system does with the files of a process that is gone
    second = WindowSession(tmp_path)
    crash = second.begin()
    assert crash is not None and not crash.native
    beside = WindowSession(tmp_path)
    assert beside.begin() is None, "another window is open: nothing is known of a crash"
    second.end()
    assert WindowSession(tmp_path).begin() is None


def test_a_report_is_made_without_a_ledger_and_with_a_broken_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCKMARK_STATE", str(tmp_path / "state"))
    data = tmp_path / "data"
    for content in (None, b"this is no database"):
        if content is not None:
            data.mkdir()
            (data / "ledger.sqlite3").write_bytes(content)
        made = pieces(data)
        write_bundle(tmp_path / "report.zip", made)
        with zipfile.ZipFile(tmp_path / "report.zip") as report:
            assert json.loads(report.read("ledger.json"))["open"] is False
            listed = report.read("contents.txt").decode()
            assert all(name in listed for name in report.namelist() if name != "contents.txt")
