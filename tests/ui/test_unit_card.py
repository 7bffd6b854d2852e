"""The unit card in the window, with a real station behind it: files dropped and pasted, reasons, the past."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from dockmark.catalog.events import PartAdded, PlaceAdded
from dockmark.custody.events import ActReversed, UnitHeld, UnitPutAway, UnitReceived
from dockmark.custody.lights import Light
from dockmark.desks.card_views import Moment
from dockmark.record.facts import Draft, Fact
from dockmark.station.setup import create_ledger
from dockmark.station.station import Station
from dockmark.ui.bridge import Bridge
from dockmark.ui.theme import Theme
from dockmark.ui.unit_card import UnitCardPanel


class Shown:
    """The card on its own, a station that it asks, and what a test does with them."""

    def __init__(self, qtbot: QtBot, bridge: Bridge, station: Station) -> None:
        self.qtbot = qtbot
        self.bridge = bridge
        self.station = station
        self.card = UnitCardPanel(bridge)
        qtbot.addWidget(self.card)
        bridge.told.connect(self.card.heard)
        bridge.attend(station)
        self.card.attend(station)
        self.card.resize(420, 900)
        self.card.show()
        self.part = self.add("part", PartAdded(told={"part_number": "PSU-1", "warranty_months": 12}))
        self.bin = self.add("place", PlaceAdded(told={"place": "A-01"}))

    def add(self, kind: str, fact: Fact, identity: str = "") -> str:
        def act(book):  # type: ignore[no-untyped-def]
            name = identity or book.new_id()
            event = book.record(Draft(fact=fact, subj=(f"{kind}:{name}",), new=not identity))[0]
            return event if identity else name

        return str(self.station.bench(act).result(timeout=60))

    def unit(self, serial: str = "S1", **more: str) -> str:
        """A unit received, and on the card."""
        unit = self.add("unit", UnitReceived(receipt="", part=self.part, serial=serial, place=self.bin, **more))
        self.open(unit)
        return unit

    def open(self, unit: str) -> None:
        self.card.show_card(self.station.card(unit).result(timeout=60))
        self.settle()

    def settle(self) -> None:
        self.qtbot.wait_until(lambda: self.bridge.is_quiet, timeout=20_000)
        QApplication.processEvents()

    def find(self, name: str) -> QWidget:
        found = [each for each in QApplication.allWidgets() if each.objectName() == name and each.isVisible()]
        assert len(found) == 1, f"{len(found)} are called {name}"
        return found[0]

    def has(self, name: str) -> bool:
        return any(each.objectName() == name and each.isVisible() for each in QApplication.allWidgets())

    def text(self, name: str) -> str:
        return str(self.find(name).property("text"))

    def press(self, name: str) -> None:
        button = self.find(name)
        assert isinstance(button, QPushButton)
        button.click()
        self.settle()

    def history(self) -> list[str]:
        model = self.card.history.lines
        return [str(model.index(row).data()) for row in range(model.rowCount())]

    def drop(self, data: QMimeData) -> QDropEvent:
        entering = QDragEnterEvent(
            QPoint(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(self.card, entering)
        event = QDropEvent(
            QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        if entering.isAccepted():
            QApplication.sendEvent(self.card, event)
        else:
            event.ignore()
        self.settle()
        return event


@pytest.fixture
def shown(
    qtbot: QtBot, qapp: QApplication, theme: Theme, bridge: Bridge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Shown]:
    monkeypatch.setenv("DOCKMARK_STATE", str(tmp_path / "state"))
    station = Station(create_ledger(tmp_path / "data", "anna", "Anna Berg"), tmp_path / "data", spooling=False)
    made = Shown(qtbot, bridge, station)
    yield made
    made.settle()
    station.close()


def photo(folder: Path, name: str = "front.jpg") -> Path:
    Image.new("RGB", (300, 200), "teal").save(folder / name)
    return folder / name


def urls(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_a_photo_that_is_dropped_is_attached_and_shown_in_small(shown: Shown, tmp_path: Path) -> None:
    shown.unit()
    assert shown.has("unitFilesEmpty")
    assert shown.drop(urls(photo(tmp_path))).isAccepted()
    shown.qtbot.wait_until(lambda: shown.has("photoThumb_0"), timeout=20_000)
    thumb = shown.find("photoThumb_0")
    shown.qtbot.wait_until(lambda: not thumb._picture.isNull(), timeout=20_000)  # type: ignore[attr-defined]  # a Thumb
    assert "front.jpg" in thumb.accessibleName() and not shown.has("unitFilesEmpty")
    assert shown.history()[0] == "Photo front.jpg attached."


def test_several_files_at_once_are_all_taken_and_the_bad_one_is_named(shown: Shown, tmp_path: Path) -> None:
    shown.unit()
    program = tmp_path / "setup.exe"
    program.write_bytes(b"MZ" + bytes(99))
    paper = tmp_path / "certificate.pdf"
    paper.write_bytes(b"%PDF-1.7\n%%EOF\n")
    shown.drop(urls(photo(tmp_path), program, paper))
    shown.qtbot.wait_until(lambda: shown.has("unitFile_0"), timeout=20_000)
    assert shown.has("photoThumb_0")
    assert shown.text("unitFilesSays").startswith("setup.exe cannot be used: it is neither a picture nor a paper")


def test_a_picture_on_the_clipboard_is_attached(shown: Shown) -> None:
    shown.unit()
    shown.card.acts.paste()
    assert shown.text("unitFilesSays") == "There is no picture or file on the clipboard."
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(QColor("teal"))
    QApplication.clipboard().setImage(picture)
    shown.press("pasteButton")
    shown.qtbot.wait_until(lambda: shown.has("photoThumb_0"), timeout=20_000)
    assert shown.card.files.files[0].name.startswith("pasted ")
    QApplication.clipboard().clear()


def test_a_photo_is_opened_large_and_taken_away_with_a_reason(shown: Shown, tmp_path: Path) -> None:
    shown.unit()
    shown.drop(urls(photo(tmp_path), photo(tmp_path, "back.png")))
    shown.qtbot.wait_until(lambda: shown.has("photoThumb_1"), timeout=20_000)
    shown.press("photoThumb_0")
    view = shown.find("photoPicture")
    shown.qtbot.wait_until(lambda: not view.picture.isNull(), timeout=20_000)  # type: ignore[attr-defined]  # a Picture
    first = shown.text("photoTitle")
    shown.press("photoNext")
    assert {first, shown.text("photoTitle")} == {"front.jpg", "back.png"}
    away = shown.text("photoTitle")
    shown.press("photoAway")
    shown.press("cardreason_OTHER")
    shown.qtbot.wait_until(lambda: len(shown.card.files.files) == 1, timeout=20_000)
    assert shown.card.files.files[0].name == first
    assert shown.history()[0] == f"File {away} taken away again: another reason."
    assert any("taken back" in str(shown.card.history.lines.index(row).data(257)) for row in (1, 2))


def test_without_a_unit_nothing_can_be_dropped(shown: Shown, tmp_path: Path) -> None:
    assert not shown.drop(urls(photo(tmp_path))).isAccepted()


@pytest.mark.parametrize("light", Light)
def test_a_light_opens_how_it_was_worked_out(shown: Shown, light: Light) -> None:
    shown.unit()
    assert not shown.has(f"lightSteps_{light.value}")
    shown.press(f"light_{light.value}")
    assert shown.text(f"lightStep_{light.value}_0").endswith(".")
    shown.press(f"light_{light.value}")
    assert not shown.has(f"lightSteps_{light.value}")


def test_a_light_can_be_opened_by_key(shown: Shown) -> None:
    shown.unit()
    row = shown.find("light_warranty")
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Space)
    assert shown.has("lightSteps_warranty")
    assert "Warranty" in row.accessibleName() and "days left" in row.accessibleDescription()


def test_another_unit_closes_what_was_opened_of_the_one_before(shown: Shown) -> None:
    shown.unit("S1")
    shown.press("light_warranty")
    shown.unit("S2")
    assert not shown.has("lightSteps_warranty")


def test_units_of_one_mark_are_opened_side_by_side(shown: Shown) -> None:
    shown.unit("S100")
    shown.unit("Sl00")
    shown.press("light_counterfeit")
    shown.press("besideButton_counterfeit")
    assert [shown.text(f"besideSerial_{place}") for place in (0, 1)] == ["Sl00", "S100"]
    assert shown.text("besideHow_1") == "Looks like it"
    with shown.qtbot.waitSignal(shown.card.unit_chosen) as chosen:
        shown.press("besideOpen_1")
    assert chosen.args and chosen.args[0] != shown.card.shown


def test_the_owner_stands_across_the_card(shown: Shown) -> None:
    shown.unit()
    assert shown.text("ownerWord") == "OURS"
    shown.unit("S2", owner="Clinic West")
    assert shown.text("ownerWord") == "BELONGS TO Clinic West"


def test_the_past_is_shown_under_a_band_and_left_again(shown: Shown) -> None:
    unit = shown.unit()
    before = shown.station.ledger.clock.now_us()
    shown.add("unit", UnitHeld(reason="DOUBT"), unit)
    shown.open(unit)
    assert shown.text("lightWord_hold") == "STOP" and not shown.has("pastBand")
    shown.card.show_moment(Moment(until=before))
    shown.settle()
    assert shown.text("lightWord_hold") == "OK" and len(shown.history()) == 1
    assert shown.has("pastBand") and not shown.find("attachButton").isEnabled()
    shown.press("backToNowButton")
    assert shown.text("lightWord_hold") == "STOP" and len(shown.history()) == 2
    assert not shown.has("pastBand") and shown.find("attachButton").isEnabled()


def test_an_answer_leads_back_to_now(shown: Shown) -> None:
    unit = shown.unit()
    shown.card.show_moment(Moment(until=shown.station.ledger.clock.now_us()))
    shown.settle()
    assert shown.has("pastBand")
    card = shown.station.card(unit).result(timeout=60)
    shown.card.show_unit(card.unit, card.verdict)
    assert not shown.has("pastBand")


def test_the_moment_is_chosen_by_day_and_hour(shown: Shown) -> None:
    shown.unit()
    shown.press("momentButton")
    with shown.qtbot.waitSignal(shown.card.acts.moment_chosen) as chosen:
        shown.press("momentShowButton")
    [moment] = chosen.args or []
    assert datetime.fromtimestamp(moment.until / 10**6).strftime("%H:%M:%S") == "23:59:59"


def test_an_entry_tells_who_when_why_and_its_scan(shown: Shown) -> None:
    unit = shown.add(
        "unit",
        UnitReceived(receipt="", part=shown.part, serial="S1", scan={"raw_b64": "XWQyMVAd", "device": "wedge"}),
    )
    held = shown.add("unit", UnitHeld(reason="DOUBT", note="smells"), unit)
    shown.add("unit", ActReversed(reverses=[held]), unit)
    shown.open(unit)
    view = shown.card.history
    view.clicked.emit(view.lines.index(1))
    assert shown.text("entryFact_who") == "Anna Berg" and "smells" in shown.text("entryFact_reason")
    assert shown.has("entryUndone") and shown.find("entryTitle").font().strikeOut()
    shown.press("entryUndoneBy")
    shown.qtbot.wait_until(lambda: shown.text("entryTitle").startswith("Undone"), timeout=5_000)
    shown.press("entryCloseButton")
    view.clicked.emit(view.lines.index(2))
    shown.press("entryScanButton")
    assert "]d21P<GS>" in str(shown.find("entryScan").property("plainText"))


def test_a_long_time_line_is_read_on_by_key(shown: Shown) -> None:
    unit = shown.unit()

    def act(book):  # type: ignore[no-untyped-def]
        for _number in range(230):
            book.record(Draft(fact=UnitPutAway(place=shown.bin), subj=(f"unit:{unit}",)))

    shown.station.bench(act).result(timeout=60)
    shown.open(unit)
    QAbstractItemModelTester(shown.card.history.lines, QAbstractItemModelTester.FailureReportingMode.Fatal, shown.card)
    assert len(shown.history()) == 100 and shown.text("historyCount") == "100 of 231 entries"
    shown.press("historyMoreButton")
    shown.press("historyMoreButton")
    assert len(shown.history()) == 231 and not shown.has("historyMoreButton")
    shown.card.refresh()
    shown.settle()
    assert len(shown.history()) == 231


def test_the_serial_and_the_whole_card_are_copied(shown: Shown) -> None:
    shown.unit("S-4711")
    shown.press("copySerialButton")
    assert QApplication.clipboard().text() == "S-4711"
    shown.press("copyAllButton")
    text = QApplication.clipboard().text()
    assert "S-4711" in text and "Warranty: OK" in text and "plus 12 months" in text and "Received at A-01" in text


def test_a_label_is_printed_again_with_its_reason(shown: Shown) -> None:
    shown.unit()
    shown.press("cardLabelButton")
    shown.press("cardreason_LABEL")
    shown.qtbot.wait_until(lambda: len(shown.history()) == 2, timeout=20_000)
    assert shown.history()[0] == "Label printed again: label spoiled or lost."
    assert len(shown.station.jobs().result(timeout=60)) == 1


def test_hostile_names_are_shown_as_text(shown: Shown) -> None:
    shown.unit("<img src=x>&amp;^XZ")
    assert shown.text("unitSerial") == "<img src=x>&amp;^XZ"


def test_everything_that_can_be_acted_on_has_a_name(shown: Shown, tmp_path: Path) -> None:
    shown.unit()
    shown.drop(urls(photo(tmp_path)))
    shown.qtbot.wait_until(lambda: shown.has("photoThumb_0"), timeout=20_000)
    buttons = shown.card.findChildren(QPushButton)
    assert len(buttons) > 12
    assert [each.objectName() for each in buttons if not each.accessibleName()] == []
    names = [each.objectName() for each in buttons]
    assert len(names) == len(set(names)) and "" not in names


def test_no_dialog_of_the_card_stops_the_window(shown: Shown) -> None:
    shown.unit()
    for name in ("momentButton", "cardLabelButton"):
        shown.press(name)
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        dialog.reject()
        shown.settle()
