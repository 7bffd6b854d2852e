"""Hands with a keyboard, and hands with only a scanner: what they send goes the way of real keys and scans."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import zxingcpp
from PIL import Image
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from dockmark.ui.wedge_filter import WedgeFilter
from tests.ui.test_real_station import Station

KEYS = {QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride, QEvent.Type.Shortcut}
MOUSE = {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick}
NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
PATIENCE = 30_000
MOST_TABS = 150
_NAMED = {" ": Qt.Key.Key_Space}


class Hands(QObject):
    """Counts what comes by keys and by mouse."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.used: set[QEvent.Type] = set()
        app.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in KEYS | MOUSE:
            self.used.add(event.type())
        return False


class Keyboard:
    """Presses keys on the window in front, as the window system would; never names a widget that it acts on."""

    def __init__(self, station: Station) -> None:
        self.station = station
        app = QApplication.instance()
        assert app is not None
        wedge = app.findChild(WedgeFilter)
        assert isinstance(wedge, WedgeFilter)
        self._wedge = wedge

    def until(self, so: Callable[[], bool]) -> None:
        """Wait for what is to come, and for all that was asked."""
        self.station.qtbot.wait_until(so, timeout=PATIENCE)
        self.station.settle()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """One key, alone or with others held; a person waits until it is heard."""
        QTest.keyClick(self._front(), key, held)
        self.until(lambda: not self._wedge.is_holding)

    def write(self, text: str) -> None:
        """Type it, letter by letter."""
        for letter in text:
            key = _NAMED.get(letter) or Qt.Key(ord(letter.upper()))
            QTest.sendKeyEvent(QTest.KeyAction.Click, self._front(), key, letter, NONE)
            self.until(lambda: not self._wedge.is_holding)

    def fill(self, name: str, text: str) -> None:
        """Tab to that field and type over what is in it."""
        self.tab_to(name)
        self.press(Qt.Key.Key_A, CONTROL)
        self.write(text)

    def tab_to(self, name: str) -> None:
        """Press Tab until the widget of that name, or the first whose name begins so, has the focus."""
        seen: list[str] = []
        while not self.focus().startswith(name):
            seen.append(self.focus())
            assert len(seen) < MOST_TABS, f"Tab never comes to {name}: {seen}"
            self.press(Qt.Key.Key_Tab)

    def push(self, name: str) -> None:
        """Tab to that button and press Enter."""
        self.tab_to(name)
        self.press(Qt.Key.Key_Return)

    def focus(self) -> str:
        """The name of what has the focus."""
        found = QApplication.focusWidget()
        return found.objectName() if found is not None else ""

    def dialog(self, name: str) -> None:
        """Wait until the dialog of that name stands in front."""

        def came() -> bool:
            found = QApplication.activeModalWidget()
            return found is not None and found.objectName() == name and found.isActiveWindow()

        self.until(came)

    def no_dialog(self) -> None:
        """Wait until the window itself is in front again."""
        self.until(lambda: QApplication.activeModalWidget() is None)

    def _front(self) -> QWindow:
        front: QWidget = QApplication.activePopupWidget() or QApplication.activeModalWidget() or self.station.shell
        if not front.isActiveWindow():
            front.activateWindow()
            self.station.qtbot.wait_until(lambda: front.isActiveWindow() or not front.isVisible(), timeout=PATIENCE)
        return front.windowHandle()


def badges(sheet: Path, pages: Path) -> list[str]:
    """The badges on the printed sheet, as a scanner reads them: they stand nowhere else."""
    subprocess.run(["pdftoppm", "-r", "150", "-png", str(sheet), str(pages / "page")], check=True)
    found = []
    for page in sorted(pages.glob("page*.png")):
        with Image.open(page) as image:
            found += [each.text for each in zxingcpp.read_barcodes(image) if each.text.startswith("DMB")]
    return found
