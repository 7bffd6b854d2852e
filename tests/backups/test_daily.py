"""A workstation makes a backup each day, by itself, and says how far it is."""

import threading
from concurrent.futures import CancelledError
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockmark.record.refusal import Refusal, Refused
from dockmark.station.backup_settings import BackupSettings, is_due, keep_settings, kept_settings
from dockmark.station.backups import BackupNews, CalledOff
from dockmark.station.station import Station
from tests.ledger.conftest import MakeLedger, SteppingClock, make_file_ledger  # noqa: F401 - the fixtures

DAY = 24 * 3600 * 1_000_000


@pytest.fixture
def station(make_file_ledger: MakeLedger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Station:  # noqa: F811
    monkeypatch.setenv("DOCKMARK_STATE", str(tmp_path / "state"))
    return Station(make_file_ledger("a", clock=SteppingClock()), tmp_path / "a", spooling=False)


def test_one_is_made_a_day_and_the_oldest_make_room(station: Station, tmp_path: Path) -> None:
    clock = station.ledger.clock
    assert isinstance(clock, SteppingClock)
    station.backups.use(BackupSettings(folder=tmp_path / "kept", keep=2, is_chosen=True)).result()
    for passed, made in ((0, True), (0, False), (DAY, True), (DAY, True)):
        clock.jump(passed)
        assert station.backups.make_if_due() is made
    assert len(station.backups.all().result()) == 2
    clock.jump(-3600 * 1_000_000)
    assert station.backups.make_if_due() is False
    station.backups.use(BackupSettings(folder=tmp_path / "kept", daily=False, is_chosen=True)).result()
    clock.jump(3 * DAY)
    assert station.backups.make_if_due() is False
    station.close()


def test_how_far_it_is_and_how_it_ended_are_told(station: Station) -> None:
    news: list[BackupNews] = []
    station.listen(lambda kind, what: news.append(what) if kind == "backup" and isinstance(what, BackupNews) else None)
    made = station.backups.make().result()
    assert made.file.parent == station.data.with_name("a-backups")
    assert {"copying", "proving", "reading"} >= {it.stage for it in news[:-1]} >= {"copying", "reading"}
    assert news[-1] == BackupNews()
    station.close()


def test_one_that_is_called_off_leaves_nothing(station: Station) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def hold(kind: str, what: object) -> None:
        if kind == "backup" and isinstance(what, BackupNews) and what.stage:
            begun.set()
            go_on.wait(30)

    station.listen(hold)
    asked = station.backups.make()
    assert begun.wait(30)
    station.backups.cancel()
    go_on.set()
    with pytest.raises((CalledOff, CancelledError)):
        asked.result(30)
    assert station.backups.all().result() == []
    station.close()


def test_what_is_refused_by_the_clock_is_told_and_not_raised(station: Station, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    news: list[BackupNews] = []
    station.listen(lambda kind, what: news.append(what) if kind == "backup" and isinstance(what, BackupNews) else None)
    station.backups.use(BackupSettings(folder=tmp_path / "file" / "x", is_chosen=True)).result()
    assert station.backups.make_if_due() is False
    assert news[-1].code == Refused.BAD_FILE.value
    station.close()


def test_settings_are_kept_for_each_data_folder_and_spoilt_ones_are_not_read(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    wanted = BackupSettings(folder=tmp_path / "stick", daily=False, keep=30, is_chosen=True)
    keep_settings(tmp_path, one, wanted)
    assert kept_settings(tmp_path, one) == wanted
    assert kept_settings(tmp_path, other) == BackupSettings(folder=tmp_path / "other-backups")
    with pytest.raises(Refusal):
        keep_settings(tmp_path, one, BackupSettings(folder=tmp_path, keep=0))
    for content in (b"", b"[]", b"\xff", b'{"%s": 7}' % str(one).encode(), b'{"%s": {"keep": -1}}' % str(one).encode()):
        (tmp_path / "backups.json").write_bytes(content)
        assert kept_settings(tmp_path, one).keep == 14


@given(st.lists(st.integers(0, 40 * DAY), max_size=6), st.integers(0, 40 * DAY))
def test_one_is_due_only_where_none_is_within_a_day(made: list[int], now: int) -> None:
    assert is_due(made, now) is all(abs(it - now) >= DAY for it in made)
    assert not is_due([*made, now], now)
