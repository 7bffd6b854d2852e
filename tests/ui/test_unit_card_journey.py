"""The unit card in the whole window: from the scan to the photo, into the past and back by a scan, to the label."""

from pathlib import Path

from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dockmark.desks.card_views import Moment
from dockmark.identifiers.reading import Scan, TagKind
from dockmark.identifiers.tags import tag

from .test_real_station import UNIT, Station, start, station

__all__ = ["start", "station"]  # fixtures


def drop(station: Station, path: Path) -> bool:
    card = station.find("unitCard")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    told = (data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(QPoint(20, 20), Qt.DropAction.CopyAction, *told)
    QApplication.sendEvent(card, entering)
    event = QDropEvent(QPointF(20, 20), Qt.DropAction.CopyAction, *told)
    if entering.isAccepted():
        QApplication.sendEvent(card, event)
    return entering.isAccepted() and event.isAccepted()


def test_a_unit_is_photographed_looked_back_at_and_labelled_again(station: Station, tmp_path: Path) -> None:
    station.scan(UNIT + "S1")
    pages = station.shell.pages
    assert pages is not None
    card = pages.card
    Image.new("RGB", (400, 300), "teal").save(tmp_path / "front.jpg")
    assert drop(station, tmp_path / "front.jpg")
    station.qtbot.wait_until(lambda: len(card.files.files) == 1, timeout=20_000)
    assert pages.current == "receiving", "the drop was for the card, not for the import"

    picture = QImage(60, 40, QImage.Format.Format_RGB32)
    picture.fill(QColor("orange"))
    QApplication.clipboard().setImage(picture)
    QTest.keyClick(station.shell, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    station.qtbot.wait_until(lambda: len(card.files.files) == 2, timeout=20_000)
    QApplication.clipboard().clear()

    station.settle()
    received = min(entry.at for entry in (card.history.lines.entry(row) for row in range(3)) if entry is not None)
    card.show_moment(Moment(until=round(received.timestamp() * 1_000_000) + 1))
    station.settle()
    assert station.find("pastBand").isVisible() and not card.files.files
    QTest.keyClick(station.shell, Qt.Key.Key_Escape)
    station.settle()
    assert not station.find("pastBand").isVisible() and len(card.files.files) == 2

    card.show_moment(Moment(until=round(received.timestamp() * 1_000_000) + 1))
    station.settle()
    station.scan(UNIT + "S2")
    assert not station.find("pastBand").isVisible() and station.text("unitSerial") == "S2"

    QTest.keyClick(station.shell, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    station.shell.take_scan(Scan.of_text(tag(TagKind.REASON, "LABEL")))
    told = "Label printed again: label spoiled or lost."
    station.qtbot.wait_until(lambda: station.rows("unitHistory", 0)[:1] == [told], timeout=20_000)
    assert QApplication.activeModalWidget() is None


def test_both_histories_of_a_look_alike_are_compared_before_it_is_answered(station: Station) -> None:
    station.scan(UNIT + "A100")
    assert station.scan(UNIT + "Al00") == "LOOK-ALIKE"
    station.press("compareButton")
    station.settle()
    assert station.text("besideHow_0") == "In your hand" and station.text("besideSerial_0") == "Al00"
    assert station.text("besideHow_1") == "Known already" and station.text("besideSerial_1") == "A100"
    assert len(station.rows("besideHistory_1", 0)) == 1
    station.press("besideCloseButton")
    station.press("skipButton")
    station.qtbot.wait_until(lambda: not station.find("refusalPanel").isVisible(), timeout=20_000)


def test_the_biography_opens_as_a_paper(station: Station) -> None:
    station.scan(UNIT + "S1")
    pages = station.shell.pages
    assert pages is not None
    pages.card.sheet.biography.click()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    station.settle()
    assert "Unit biography" in " ".join(
        str(each.property("text")) for each in dialog.findChildren(type(pages.card.sheet.serial))
    )
    dialog.close()
    station.settle()
