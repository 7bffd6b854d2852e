"""The verdict is read from three metres, and whatever was scanned is only ever text."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from dockmark.desks.answer import Answer, Outcome
from dockmark.ui.scan_strip import ScanStrip
from dockmark.ui.theme import Appearance, Theme, contrast
from dockmark.ui.verdicts import face
from dockmark.wording.flood import DONE, LONGEST, REFUSED

from .stand_in import CLEAR, DOUBTFUL, RECALLED

ANSWERS = {
    "RECEIVED": Answer(outcome=Outcome.ACCEPTED, code="received", verdict=CLEAR),
    "CHECK": Answer(outcome=Outcome.ACCEPTED, code="received", verdict=DOUBTFUL),
    "STOP": Answer(outcome=Outcome.ACCEPTED, code="received", verdict=RECALLED),
    "PLACE": Answer(outcome=Outcome.NOTED, code="place_taken"),
    "TOO MANY": Answer(outcome=Outcome.REFUSED, code="over_receipt"),
    "UNREADABLE": Answer(outcome=Outcome.REFUSED, code="unreadable"),
}


@pytest.fixture
def strip(qtbot: QtBot, theme: Theme) -> ScanStrip:
    made = ScanStrip()
    qtbot.addWidget(made)
    made.resize(1300, 200)
    made.show()
    return made


@pytest.mark.parametrize("width", [600, 1000, 1800])
@pytest.mark.parametrize("word", list(ANSWERS))
def test_the_capitals_of_every_word_take_a_twelfth_of_the_screen(strip: ScanStrip, word: str, width: int) -> None:
    strip.resize(width, 200)
    strip.show_answer(ANSWERS[word])
    assert strip.word.text() == word
    assert QFontMetricsF(strip.word.font()).capHeight() >= strip.screen().geometry().height() / 12
    assert strip.word.height() >= QFontMetricsF(strip.word.font()).capHeight()


def test_on_a_screen_of_usual_shape_every_word_leaves_room_for_the_scan(strip: ScanStrip, qapp: QApplication) -> None:
    strip.resize(strip.screen().geometry().height() * 16 // 10, 200)
    for word in {*REFUSED.values(), *DONE.values(), "W" * LONGEST}:
        strip.be_quiet(word, "")
        qapp.processEvents()
        assert QFontMetricsF(strip.word.font()).horizontalAdvance(word) <= strip.word.width() + 1
        assert strip.last_scan.width() > strip.last_scan.fontMetrics().averageCharWidth() * 8


def test_each_verdict_has_its_own_shape_word_and_contrast(strip: ScanStrip, theme: Theme) -> None:
    seen = set()
    for appearance in (Appearance.LIGHT, Appearance.DARK):
        theme.choose(appearance)
        for answer in ANSWERS.values():
            strip.show_answer(answer)
            ground = strip.palette().color(QPalette.ColorRole.Window)
            for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
                assert contrast(ground, strip.palette().color(role)) >= 7
            assert contrast(ground, strip.word.palette().color(QPalette.ColorRole.WindowText)) >= 7
            seen.add((face(answer).shape, face(answer).word))
    assert len(seen) == len(ANSWERS)
    assert len({shape for shape, _word in seen}) == len(ANSWERS)


def test_the_flood_is_what_is_painted(strip: ScanStrip) -> None:
    strip.show_answer(ANSWERS["TOO MANY"])
    strip.repaint()
    picture = strip.grab().toImage()
    edge = picture.pixelColor(picture.width() // 2, 4)
    assert edge == strip.palette().color(QPalette.ColorRole.Window)
    assert edge != QColor("white")


def test_a_change_of_appearance_repaints_the_flood(strip: ScanStrip, theme: Theme, qapp: QApplication) -> None:
    strip.be_quiet("READY", "Scan.")
    light = strip.palette().color(QPalette.ColorRole.Window)
    theme.choose(Appearance.DARK)
    qapp.processEvents()
    assert strip.palette().color(QPalette.ColorRole.Window) != light


def test_what_stands_in_the_strip_can_be_read_by_tools(strip: ScanStrip) -> None:
    strip.show_answer(ANSWERS["TOO MANY"], "]C1ABC\x1d123", "Serial 123")
    word = QAccessible.queryAccessibleInterface(strip.word)
    assert word is not None and word.text(QAccessible.Text.Name) == "TOO MANY"
    sentence = QAccessible.queryAccessibleInterface(strip.sentence)
    assert sentence is not None and sentence.text(QAccessible.Text.Name) == strip.sentence.text() != ""
    for field, name, value in (
        (strip.last_scan, "Last scan", "]C1ABC<GS>123"),
        (strip.meaning, "Meaning of the last scan", "Serial 123"),
    ):
        told = QAccessible.queryAccessibleInterface(field)
        assert told is not None
        assert told.text(QAccessible.Text.Name) == name
        assert told.text(QAccessible.Text.Value) == value
        assert field.isReadOnly()


@pytest.mark.parametrize(
    "raw", ["<img src=x onerror=1><b>bold</b>", "&File", "%s{0}{serial}", "\u202egnp.exe", "A" * 100_000]
)
def test_a_hostile_scan_is_shown_as_text_and_moves_nothing(strip: ScanStrip, raw: str) -> None:
    strip.show_answer(ANSWERS["PLACE"])
    before = strip.minimumSizeHint()
    strip.show_answer(ANSWERS["PLACE"], raw, raw)
    assert strip.minimumSizeHint() == before
    shown = strip.last_scan.text()
    assert len(shown) < 500 and "\u202e" not in shown
    assert shown.startswith(raw[:10].replace("\u202e", "�"))
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in _value_labels(strip))


def _value_labels(strip: ScanStrip) -> list[QLabel]:
    return [
        label for label in strip.findChildren(QLabel) if label.buddy() is None and label.objectName() != "verdictShape"
    ]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(raw=st.text(max_size=60))
def test_no_scan_upsets_the_strip(strip: ScanStrip, raw: str) -> None:
    strip.show_answer(ANSWERS["UNREADABLE"], raw, raw)
    assert strip.word.text() == "UNREADABLE"
    assert isinstance(strip.last_scan, QLineEdit)
    assert all(ord(char) >= 32 for char in strip.last_scan.text())
