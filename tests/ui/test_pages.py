"""Search, print jobs, settings and the simulated scanner."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QLineEdit, QPushButton, QWidget

from dockmark.desks.views import JobView
from dockmark.ui.settings import WindowSettings, keep, load
from dockmark.ui.simulated_scanner import typed_controls
from dockmark.ui.theme import Appearance, is_dark

from .conftest import Opened, Window
from .stand_in import StandIn, StandInDepots


def _press(window: Window, name: str) -> None:
    button = window.find(name)
    assert isinstance(button, QPushButton)
    QApplication.processEvents()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def _enabled(window: Window, name: str) -> bool:
    found = window.find(name)
    assert isinstance(found, QWidget)
    return found.isEnabled()


def _titles(window: Window, name: str) -> list[str]:
    view = window.find(name)
    assert isinstance(view, QAbstractItemView)
    return [str(view.model().index(row, 0).data()) for row in range(view.model().rowCount())]


def test_search_finds_as_one_types_and_opens_the_card(window: Window) -> None:
    for serial in ("SN100", "SN101", "XX200"):
        window.scan(f"PSU-750-A/{serial}")
    QTest.keyClick(window.shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    field = window.find("searchField")
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "sn10")
    window.qtbot.wait_until(lambda: len(_titles(window, "searchResults")) == 2)
    assert window.text("searchCount") == "2 found"
    QTest.keyClick(field, Qt.Key.Key_Return)
    window.settle()
    assert window.text("unitSerial") == "SN101"


def test_search_asks_once_after_a_pause_and_not_for_every_key(window: Window) -> None:
    field = window.find("searchField")
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "abcdef")
    window.qtbot.wait_until(lambda: window.text("searchCount") == "Nothing is known under this text.")
    assert window.service.searches == ["abcdef"]
    field.clear()
    window.qtbot.wait_until(lambda: window.text("searchCount").startswith("Type"))
    assert window.service.searches == ["abcdef"]


def test_the_arrow_leads_from_the_field_into_the_results(window: Window) -> None:
    window.scan("PSU-750-A/SN100")
    window.shell.open_page("search")
    field, results = window.find("searchField"), window.find("searchResults")
    assert isinstance(field, QLineEdit) and isinstance(results, QAbstractItemView)
    QTest.keyClicks(field, "SN")
    window.qtbot.wait_until(lambda: _titles(window, "searchResults") != [])
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert results.hasFocus() and results.currentIndex().row() == 0


def _jobs() -> list[JobView]:
    at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    return [
        JobView(id=state, title=f"label {state}", printer="tcp://printer:9100", state=state, at=at)
        for state in ("confirmed", "queued", "sending", "unknown", "failed")
    ]


def test_a_job_of_unknown_end_is_asked_about_and_nothing_is_printed_in_silence(window: Window) -> None:
    window.service.spool = _jobs()
    QTest.keyClick(window.shell, Qt.Key.Key_F5)
    window.qtbot.wait_until(lambda: _enabled(window, "jobPrintedButton"))
    assert "did it come out" in window.text("jobSentence")
    _press(window, "jobPrintedButton")
    window.settle()
    assert window.service.settled == [("unknown", True)]
    assert window.service.retried == []


@pytest.mark.parametrize(
    ("state", "printed", "again"),
    [
        ("confirmed", False, False),
        ("queued", False, False),
        ("sending", False, False),
        ("unknown", True, True),
        ("failed", False, True),
    ],
)
def test_only_what_can_be_answered_offers_an_answer(window: Window, state: str, printed: bool, again: bool) -> None:
    window.service.spool = [job for job in _jobs() if job.state == state]
    window.shell.open_page("spool")
    window.settle()
    table = window.find("jobsTable")
    assert isinstance(table, QAbstractItemView)
    table.setCurrentIndex(table.model().index(0, 0))
    assert (_enabled(window, "jobPrintedButton"), _enabled(window, "jobAgainButton")) == (printed, again)


def test_print_again_repeats_a_failed_job_and_settles_an_unknown_one(window: Window) -> None:
    for state in ("failed", "unknown"):
        window.service.spool = [job for job in _jobs() if job.state == state]
        window.shell.open_page("spool")
        window.settle()
        table = window.find("jobsTable")
        assert isinstance(table, QAbstractItemView)
        table.setCurrentIndex(table.model().index(0, 0))
        _press(window, "jobAgainButton")
        window.settle()
    assert window.service.retried == ["failed"]
    assert window.service.settled == [("unknown", False)]


def test_an_empty_spool_says_so(window: Window) -> None:
    window.shell.open_page("spool")
    window.settle()
    assert window.text("jobSentence").startswith("No labels yet")


def test_a_printer_is_chosen_from_those_found_and_kept(open_window: Opened, service: StandIn, tmp_path: Path) -> None:
    depots = StandInDepots(service)
    window = open_window(depots)
    QTest.keyClick(window.shell, Qt.Key.Key_F5)
    assert window.text("printerNow").startswith("none chosen")
    _press(window, "choosePrinterButton")
    window.qtbot.wait_until(lambda: len(_titles(window, "printersFound")) == 2)
    found = window.find("printersFound")
    assert isinstance(found, QAbstractItemView)
    found.activated.emit(found.model().index(0, 0))
    _press(window, "printerUseButton")
    window.qtbot.wait_until(lambda: window.text("printerNow") == "queue:Zebra")
    assert service.used == {"label": "queue:Zebra", "document": ""}
    assert not service.closed, "the station goes on"


@pytest.mark.parametrize("text", ["", "lpr:x", "tcp://", "tcp://host:99999", "<b>"])
def test_an_address_that_is_none_is_refused_and_the_dialog_stays(window: Window, text: str) -> None:
    window.shell.open_page("spool")
    _press(window, "choosePrinterButton")
    field = window.find("printerField")
    assert isinstance(field, QLineEdit)
    field.setText(text)
    _press(window, "printerUseButton")
    dialog = window.find("printerDialog")
    assert isinstance(dialog, QDialog) and dialog.isVisible()
    assert window.text("printerTrouble") != ""
    dialog.reject()


def test_a_chosen_appearance_is_taken_and_kept(window: Window, tmp_path: Path) -> None:
    window.shell.open_page("settings")
    _press(window, "appearance_dark")
    QApplication.processEvents()
    assert is_dark(window.shell.palette())
    _press(window, "volume_25")
    assert load(tmp_path / "window.toml") == WindowSettings(Appearance.DARK, 25)


@given(text=st.text(max_size=80))
def test_a_spoilt_settings_file_falls_back_to_the_default(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("settings") / "window.toml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    assert isinstance(load(file), WindowSettings)
    file.write_text('appearance = "neon"\nvolume_percent = "loud"', "utf-8")
    assert load(file) == WindowSettings()


@pytest.mark.parametrize("appearance", list(Appearance))
def test_settings_are_read_back_as_they_were_kept(tmp_path: Path, appearance: Appearance) -> None:
    file = tmp_path / "deep" / "window.toml"
    kept = WindowSettings(appearance, 35)
    assert keep(file, kept)
    assert load(file) == kept


def test_settings_that_cannot_be_kept_are_no_accident(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert not keep(tmp_path / "file" / "window.toml", WindowSettings())


def test_the_simulated_scanner_scans_what_is_pasted(window: Window) -> None:
    QTest.keyClick(window.shell, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    field = window.find("simulatedField")
    assert isinstance(field, QLineEdit)
    field.setText("[)><RS>06<GS>1PB-200<GS>S/0031<RS><EOT>")
    with window.qtbot.waitSignal(window.shell.shown_answer):
        _press(window, "simulatedTriggerButton")
    scan = window.service.heard[-1]
    assert scan.raw == b"[)>\x1e06\x1d1PB-200\x1dS/0031\x1e\x04"
    assert scan.device == "simulated"
    assert window.pages.simulated.isVisible()


def test_drawn_control_characters_are_scanned_as_the_real_ones() -> None:
    assert typed_controls("A␝B␞C␄<US><FS>") == "A\x1dB\x1eC\x04\x1f\x1c"
    assert typed_controls("<b>plain</b>") == "<b>plain</b>"
