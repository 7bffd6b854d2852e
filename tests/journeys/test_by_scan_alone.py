"""A delivery is received from the badge to FINISH with a scanner and nothing else, in the real window."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dockmark.identifiers.reading import TagKind
from dockmark.identifiers.tags import Command, command_tag, key_tag, number_tag, tag
from tests.ui.conftest import IGNORED, theme
from tests.ui.test_real_station import Starts, Station, start

from .hands import Hands, badges

__all__ = ["start", "theme"]  # fixtures

pytestmark = pytest.mark.qt_log_ignore(*IGNORED, extend=True)

BOX = "]C100350600014300004569"
UNIT = "]d2010950600000203321{serial}\x1d10L2641"
FUSES = "[)>\x1e06\x1d1PIN-FUSE-250\x1d1TFU-771\x1e\x04"
ODD = "AMP48-O12O4"
"""Looks like a serial that is advised, is not advised itself, and is outside its maker's range."""


class Desk:
    """The window of the sample depot, and somebody with a scanner before it."""

    def __init__(self, station: Station) -> None:
        self.station = station
        self.codes: list[str] = []
        station.shell.shown_answer.connect(lambda told: self.codes.append(told.answer.code))

    def scan(self, text: str) -> str:
        """Scan, and read the code of the answer."""
        self.station.scan(text)
        self.until(lambda: self.station.bridge.is_quiet)
        return self.codes[-1]

    def unit(self, serial: str) -> str:
        return self.scan(UNIT.format(serial=serial))

    def say(self, word: Command) -> str:
        return self.scan(command_tag(word))

    def because(self, word: str) -> str:
        return self.scan(tag(TagKind.REASON, word))

    def until(self, so: Callable[[], bool]) -> None:
        self.station.qtbot.wait_until(so, timeout=20_000)

    def seen(self, name: str) -> bool:
        return self.station.find(name).isVisible()

    def count(self) -> str:
        return self.station.text("receiptCount")


@pytest.fixture
def hands(qapp: QApplication) -> Iterator[Hands]:
    made = Hands(qapp)
    yield made
    qapp.removeEventFilter(made)
    made.deleteLater()


@pytest.fixture
def desk(start: Starts, hands: Hands) -> Desk:
    """The sample depot, ready to scan; from then on no key and no mouse is counted."""
    station = start()
    QTest.keyClick(station.find("demoButton"), Qt.Key.Key_Return)
    pages = station.shell.pages
    assert pages is not None
    station.qtbot.wait_until(lambda: pages.current == "receiving", timeout=60_000)
    station.settle()
    hands.used.clear()
    return Desk(station)


def test_a_delivery_is_received_by_scan_alone(desk: Desk, hands: Hands, tmp_path: Path) -> None:
    _anna, ben, carla = badges(tmp_path / "data" / "sample-depot.pdf", tmp_path)[:3]
    pages = desk.station.shell.pages
    assert pages is not None
    assert desk.scan(ben) == "operator_switched"
    assert desk.station.text("statusOperator") == "Ben Okafor"
    assert desk.scan(BOX) == "paper_taken"
    assert desk.scan(tag(TagKind.PLACE, "A01")) == "place_taken"
    assert [desk.unit(f"AMP48-0120{last}") for last in (1, 2)] == ["received", "received"]

    desk.scan(carla)  # an inspector: a safety rule is not set aside by everybody
    assert desk.unit(ODD) == "look_alike"
    assert desk.seen("refusalPanel")
    faults = [desk.codes[-1]]
    while desk.seen("refusalPanel"):
        assert desk.say(Command.ACCEPT) == "reason_needed"
        assert desk.seen("reasonPanel")
        faults.append(desk.because("INSPECTED"))
        desk.until(lambda: not desk.seen("reasonPanel"))
    assert faults == ["look_alike", "not_on_asn", "out_of_range", "received"], "each fault is answered for itself"

    desk.scan(ben)
    assert desk.unit("AMP48-09450") == "not_on_asn"
    desk.say(Command.QUARANTINE)
    desk.until(lambda: not desk.seen("refusalPanel"))
    desk.unit("AMP48-09451")
    assert desk.say(Command.SKIP) == "skipped"
    desk.until(lambda: not desk.seen("refusalPanel"))

    assert desk.unit("AMP48-01203") == "received"
    assert desk.say(Command.DAMAGED) == "damaged"
    assert desk.say(Command.UNDO) == "undone"
    assert desk.say(Command.REPEAT) == "reason_needed"
    assert desk.seen("reasonPanel")
    desk.because("LABEL")
    desk.until(lambda: not desk.seen("reasonPanel"))

    assert desk.scan(FUSES) == "quantity_needed"
    assert desk.scan(number_tag(50)) == "received"
    assert desk.scan(FUSES) == "quantity_needed"
    for key in "50":
        desk.scan(key_tag(key))
    assert desk.scan(key_tag("E")) == "received"
    assert desk.count() == "103 of 107", "what was not advised takes no other's place"

    desk.say(Command.HOLDS)
    assert pages.current == "holds"
    assert desk.scan("AMP48-01201") == "unit_chosen"
    desk.say(Command.QUARANTINE)
    desk.because("DOUBT")
    assert desk.scan(carla) == "operator_switched"
    desk.say(Command.RELEASE)
    desk.because("INSPECTED")
    assert desk.station.text("verdictWord") == "RELEASED"
    desk.say(Command.RECEIVING)
    assert pages.current == "receiving"
    assert desk.say(Command.FINISH) == "receipt_closed"
    desk.until(lambda: desk.seen("receivingEmpty"))
    assert hands.used == set(), "no key and no mouse"
