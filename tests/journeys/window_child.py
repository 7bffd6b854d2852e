"""The real window in a process of its own, with a hand at it: lines of JSON come in, lines of JSON go out.

`python -m tests.journeys.window_child [--training]`: {"do": "scan", "raw": …} and so on; see `Hand`.
"""

import json
import os
import sys
import threading
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget

from dockmark.identifiers.reading import Scan
from dockmark.ui import start
from dockmark.ui.shell import Shell


class _Order(QEvent):
    KIND = QEvent.Type(QEvent.registerEventType())

    def __init__(self, told: dict[str, Any]) -> None:
        super().__init__(self.KIND)
        self.told = told


class Hand(QObject):
    """Does on the window's thread what a line says, and answers with a line."""

    def customEvent(self, event: QEvent) -> None:
        if isinstance(event, _Order):
            told = event.told
            try:
                answer = getattr(self, f"do_{told.pop('do')}")(**told)
            except Exception as trouble:  # whoever waits for the answer is told
                answer = {"failed": f"{type(trouble).__name__}: {trouble}"}
            sys.__stdout__.write(json.dumps(answer) + "\n")
            sys.__stdout__.flush()

    def do_state(self) -> dict[str, Any]:
        """What is to be seen."""
        shell = self._shell()
        if shell is None or shell.pages is None or not shell.pages.current or not hasattr(shell.pages, "trouble"):
            return {"page": "", "notices": {}, "band": False, "done": 0, "quiet": False, "title": "", "word": ""}
        notices = {
            each.objectName().removeprefix("noticeWords_"): each.text()
            for each in shell.notices.findChildren(QLabel)
            if each.objectName().startswith("noticeWords_") and not each.isHidden()
        }
        return {
            "page": shell.pages.current, "desk": shell.desk, "notices": notices, "title": shell.windowTitle(),
            "band": shell.band.isVisible(), "word": self._text("verdictWord"), "by_hand": self._visible("byHand"),
            "receipt": shell.pages.receiving.view.receipt, "done": shell.pages.receiving.view.done,
            "quiet": shell._bridge.is_quiet, "station": self._text("statusStation"),
        }  # fmt: skip

    def do_scan(self, raw: str) -> bool:
        shell = self._shell()
        assert shell is not None
        shell.take_scan(Scan.of_text(raw, device="test"))
        return True

    def do_open(self, page: str, shows: str = "") -> bool:
        shell = self._shell()
        assert shell is not None
        shell.open_page(page, shows)
        return True

    def do_checked(self, button: str) -> bool:
        found = self._widget(button)
        assert isinstance(found, QAbstractButton)
        return found.isChecked()

    def do_type(self, field: str, text: str) -> bool:
        found = self._widget(field)
        if isinstance(found, QPlainTextEdit):
            found.setPlainText(text)
        else:
            assert isinstance(found, QLineEdit)
            found.setText(text)
        return True

    def do_read(self, field: str) -> str:
        found = self._widget(field)
        assert isinstance(found, QLineEdit | QLabel)
        return found.text()

    def do_press(self, button: str) -> bool:
        found = self._widget(button)
        assert isinstance(found, QAbstractButton) and found.isEnabled()
        found.click()
        return True

    def do_fail(self, times: int) -> bool:
        """Lets a slot of the window fail, again and again."""
        for _ in range(times):
            QTimer.singleShot(0, self._fails)
        return True

    def do_close(self) -> bool:
        QTimer.singleShot(0, QApplication.closeAllWindows)
        return True

    def _fails(self) -> None:
        raise RuntimeError("badge 'DMB0123456789ABCDEF' of SN-SECRET-77")

    def _shell(self) -> Shell | None:
        return next((each for each in QApplication.topLevelWidgets() if isinstance(each, Shell)), None)

    def _widget(self, name: str) -> QWidget:
        found = [each for each in QApplication.allWidgets() if each.objectName() == name]
        assert found, name
        return found[0]

    def _text(self, name: str) -> str:
        return str(self._widget(name).property("text"))

    def _visible(self, name: str) -> bool:
        return self._widget(name).isVisible()


def listen(hand: Hand) -> None:
    """Passes every line on to the window's thread."""
    for line in sys.stdin:
        QApplication.postEvent(hand, _Order(json.loads(line)))


def main() -> int:
    """Opens the window; the hand comes with the application."""
    begun = threading.Event()
    real = QApplication.__init__

    def with_hand(self: QApplication, *args: Any) -> None:
        real(self, *args)
        self.hand = Hand()  # type: ignore[attr-defined]  # kept alive by the application
        if not begun.is_set():
            begun.set()
            threading.Thread(target=listen, args=(self.hand,), daemon=True).start()  # type: ignore[attr-defined]

    QApplication.__init__ = with_hand  # type: ignore[method-assign]  # the hand needs the application's thread
    return start.main(None, training="--training" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
