"""Backups in the settings: the last one is said, one more is a press away, and where they lie is chosen."""

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QProgressBar

from dockmark.station.backups import BackupNews
from dockmark.ui.theme import Theme
from tests.ui.conftest import Window


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


def says(window: Window, name: str) -> str:
    label = window.find(name)
    assert isinstance(label, QLabel)
    return label.text()


def test_one_is_made_at_once_and_said(settings: Window) -> None:
    assert "no backup yet" in says(settings, "backupLast")
    press(settings, "backupNowButton")
    assert "2026" in says(settings, "backupLast") and "7 events" in says(settings, "backupLast")


def test_how_far_it_is_is_shown_and_it_is_stopped(settings: Window) -> None:
    settings.service.tell("backup", BackupNews("proving", 30, 100))
    bar = settings.find("backupProgress")
    assert isinstance(bar, QProgressBar)
    settings.qtbot.wait_until(lambda: (bar.value(), bar.maximum()) == (30, 100))
    assert not settings.find("backupNowButton").isEnabled()
    press(settings, "backupStopButton")
    assert settings.service.backups.called_off == 1
    settings.service.tell("backup", BackupNews(code="disk_full", facts=(("file", "/kept"),)))
    settings.qtbot.wait_until(lambda: settings.find("backupNowButton").isEnabled())
    settings.settle()
    assert "/kept" in says(settings, "settingTrouble_backupMade")


def test_a_setting_is_taken_back(settings: Window) -> None:
    press(settings, "backupKeep_30")
    press(settings, "backupDaily_off")
    assert (settings.service.backups.now.keep, settings.service.backups.now.daily) == (30, False)
    press(settings, "settingsUndoButton")
    press(settings, "settingsUndoButton")
    assert (settings.service.backups.now.keep, settings.service.backups.now.daily) == (14, True)
