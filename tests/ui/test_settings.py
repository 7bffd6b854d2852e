"""Settings: found by one field, kept at once or saved with a reason, refused in words, taken back."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from dockmark.lookup.company import Company
from dockmark.station.disk import MB, Room
from dockmark.ui.caretaker import Caretaker
from dockmark.ui.notices import Notice, Notices
from dockmark.ui.settings import WindowSettings, keep, load
from dockmark.ui.settings_page import SettingsPage
from dockmark.ui.theme import Appearance, Role, Theme

from .conftest import Window
from .stand_in import StandIn


@pytest.fixture
def settings(window: Window, theme: Theme) -> Window:
    window.shell.open_page("settings")
    window.settle()
    return window


def press(window: Window, name: str) -> None:
    button = window.find(name)
    assert isinstance(button, QAbstractButton) and button.isEnabled(), name
    button.click()
    window.settle()


def type_in(window: Window, name: str, text: str) -> None:
    field = window.find(name)
    if isinstance(field, QPlainTextEdit):
        field.setPlainText(text)
    else:
        assert isinstance(field, QLineEdit)
        field.setText(text)
    window.settle()


def shown(window: Window, name: str) -> bool:
    found = window.find(name)
    assert isinstance(found, QWidget)
    return found.isVisible()


def rows(window: Window) -> set[str]:
    page = window.shell.findChild(SettingsPage)
    assert page is not None
    return {row.objectName() for section in page.sections for row in section.rows if row.isVisible()}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("dark", "appearance"), ("FONT", "textSize"), ("a4", ""), ("logo", "companyLogo"), ("quiet", "volume"),
     ("station name", "stationName"), ("diagnosis", "support"), ("practise", "training")],
)  # fmt: skip
def test_a_setting_is_found_by_what_people_call_it(settings: Window, text: str, wanted: str) -> None:
    everything = rows(settings)
    type_in(settings, "settingsSearch", text)
    found = rows(settings)
    assert found < everything
    if wanted:
        assert f"settingRow_{wanted}" in found


def test_the_name_of_a_section_shows_all_of_it(settings: Window) -> None:
    type_in(settings, "settingsSearch", "Company")
    assert {"settingRow_companyName", "settingRow_companyPaper"} <= rows(settings)
    assert not shown(settings, "settingsSection_sounds")


def test_what_is_not_found_is_said_and_everything_can_be_shown_again(settings: Window) -> None:
    everything = rows(settings)
    type_in(settings, "settingsSearch", "zebra stripes")
    assert rows(settings) == set() and shown(settings, "settingsNothing")
    press(settings, "settingsShowAllButton")
    assert rows(settings) == everything and not shown(settings, "settingsNothing")


def test_escape_gives_up_the_search_first(settings: Window) -> None:
    type_in(settings, "settingsSearch", "logo")
    page = settings.shell.findChild(SettingsPage)
    assert page is not None and page.step_back() and settings.text("settingsSearch") == ""
    assert not page.step_back()


def test_ctrl_f_leads_to_the_search(settings: Window) -> None:
    field = settings.find("companyNameField")
    assert isinstance(field, QLineEdit)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert settings.shell.focusWidget() is settings.find("settingsSearch")


def test_text_grows_at_once_with_what_stands_on_the_screen(
    settings: Window, theme: Theme, qapp: QApplication, tmp_path: Path
) -> None:
    plain, word = settings.find("settingWords_textSize"), settings.find("verdictWord")
    assert isinstance(plain, QLabel) and isinstance(word, QWidget)
    before = plain.font().pointSizeF()
    press(settings, "textSize_200")
    assert plain.font().pointSizeF() == pytest.approx(before * 2, rel=0.02)
    assert load(tmp_path / "window.toml").text_percent == 200
    assert shown(settings, "settingMark_textSize")
    press(settings, "settingsUndoButton")
    assert plain.font().pointSizeF() == pytest.approx(before, rel=0.02)
    assert theme.text_percent == 100 and not shown(settings, "settingMark_textSize")


def test_every_change_can_be_taken_back_one_by_one(settings: Window, theme: Theme, tmp_path: Path) -> None:
    theme.choose(Appearance.SYSTEM)
    press(settings, "appearance_dark")
    press(settings, "volume_25")
    press(settings, "language_de")
    kept = load(tmp_path / "window.toml")
    assert (kept.appearance, kept.volume_percent, kept.language) == (Appearance.DARK, 25, "de")
    undo = settings.find("settingsUndoButton")
    assert isinstance(undo, QAbstractButton) and "Language" in undo.text()
    for _ in range(3):
        press(settings, "settingsUndoButton")
    assert load(tmp_path / "window.toml") == WindowSettings()
    assert not undo.isEnabled() and theme.appearance is Appearance.SYSTEM


def test_the_company_is_saved_with_a_reason_and_not_without(settings: Window, service: StandIn) -> None:
    type_in(settings, "companyNameField", "Nordwind Repair")
    type_in(settings, "companyAddressField", " Hafen 1 \n\n20457 Hamburg ")
    press(settings, "companyPaper_Letter")
    assert settings.text("settingMark_companyName") == "Changed, not saved yet"
    press(settings, "companySaveButton")
    assert service.depot.told == [] and "reason" in settings.text("companyOutcome")
    type_in(settings, "companyReasonField", "we moved")
    press(settings, "companySaveButton")
    told = {"name": "Nordwind Repair", "address": "Hafen 1\n20457 Hamburg", "paper": "Letter"}
    assert service.depot.told == [(told, "we moved")]
    assert not shown(settings, "companySaveButton") and "Saved" in settings.text("companyOutcome")
    press(settings, "settingsUndoButton")
    assert service.depot.now == Company(address=("",))
    assert settings.text("companyNameField") == ""


def test_what_no_paper_can_bear_is_refused_in_words_beside_it(settings: Window, service: StandIn) -> None:
    type_in(settings, "companyNameField", "x" * 81)
    type_in(settings, "companyReasonField", "try")
    assert "80" in settings.text("settingTrouble_companyName")
    press(settings, "companySaveButton")
    assert service.depot.told == []
    press(settings, "companyDiscardButton")
    assert settings.text("companyNameField") == "" and not shown(settings, "companySaveButton")


def test_what_is_being_edited_stays_when_the_station_tells_news(settings: Window, service: StandIn) -> None:
    type_in(settings, "companyNameField", "half typ")
    service.depot.now = Company(name="Told elsewhere", paper="Letter")
    service.tell("ledger", None)
    letter = settings.find("companyPaper_Letter")
    assert isinstance(letter, QAbstractButton)
    settings.qtbot.wait_until(letter.isChecked)
    assert settings.text("companyNameField") == "half typ"


def test_a_station_is_renamed_with_a_reason(settings: Window, service: StandIn) -> None:
    type_in(settings, "stationNameField", " ")
    assert "needs a name" in settings.text("settingTrouble_stationName")
    type_in(settings, "stationNameField", "Dock 7")
    type_in(settings, "stationReasonField", "moved")
    press(settings, "stationSaveButton")
    assert service.depot.told == [({"station": "Dock 7"}, "moved")]


def test_a_printer_of_each_kind_is_shown_and_given_up(settings: Window, service: StandIn) -> None:
    service.used["document"] = "queue:Office"
    service.tell("jobs", None)
    settings.qtbot.wait_until(lambda: settings.text("printer_document") == "queue:Office")
    press(settings, "printer_document_noneButton")
    settings.qtbot.wait_until(lambda: settings.text("printer_document") == "none chosen")
    assert service.used["document"] == ""
    press(settings, "settingsUndoButton")
    assert service.used["document"] == "queue:Office"


@pytest.mark.parametrize(
    "text", ['text_percent = 900\nlanguage = "../../x"', "text_percent = true", 'language = 5', "text_percent = 50"]
)  # fmt: skip
def test_settings_that_nobody_chose_fall_back(tmp_path: Path, text: str) -> None:
    file = tmp_path / "window.toml"
    file.write_text(text, "utf-8")
    found = load(file)
    assert 100 <= found.text_percent <= 200 and found.language == ""
    chosen = WindowSettings(Appearance.DARK, 25, 150, "de")
    assert keep(file, chosen) and load(file) == chosen


def test_the_gravest_notice_stands_first_and_a_newer_one_takes_the_place_of_its_own(qtbot: QtBot) -> None:
    notices = Notices()
    qtbot.addWidget(notices)
    notices.say("disk", Notice(Role.WARN, "low"))
    notices.say("crash", Notice(Role.INFO, "ended"))
    notices.say("disk", Notice(Role.STOP, "full", may_close=False))
    words = [each.text() for each in notices.findChildren(QLabel) if each.objectName().startswith("noticeWords")]
    assert sorted(words) == ["ended", "full"]
    layout = notices.layout()
    assert layout is not None
    first = layout.itemAt(0)
    assert first is not None and first.widget().objectName() == "notice_disk"
    notices.take_back("disk")
    notices.take_back("crash")
    assert notices.isHidden()


def test_a_disk_that_fills_up_is_said_and_taken_back_by_itself(window: Window, service: StandIn) -> None:
    notices, caretaker = window.shell.notices, window.shell.findChild(Caretaker)
    assert caretaker is not None
    for free, words in ((150 * MB, "only 150 MB left"), (20 * MB, "full but for 20 MB"), (500_000 * MB, "")):
        service.free = Room(free, 1_000_000 * MB)
        caretaker.look()
        window.settle()
        assert notices.has("disk") is bool(words)
        if words:
            assert words in window.text("noticeWords_disk")
