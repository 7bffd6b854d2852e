"""Catches a keyboard-wedge scanner before shortcuts, fields and buttons see its keys, whatever has focus.

It stands before every window of the application. Each key press goes to the classifier, which judges by the time
stamps of the events. Keys that may belong to a scan are held back for some hundredths of a second; a typist's keys are
then sent on unchanged, a scanner's are used up. Qt first asks `ShortcutOverride`, then sends `KeyPress`: whichever
comes first is judged, so that no shortcut runs ahead of the decision.
"""

import sys
import time
from dataclasses import dataclass
from typing import Final

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

from dockmark.devices.wedge import (
    Dropped,
    Held,
    Key,
    Replay,
    ScanComplete,
    WedgeClassifier,
    WedgeRules,
)
from dockmark.identifiers.reading import Scan

_KEYS: Final = frozenset({QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease})
_SCANNER_CTRL: Final = (
    Qt.KeyboardModifier.MetaModifier if sys.platform == "darwin" else Qt.KeyboardModifier.ControlModifier
)


@dataclass(slots=True, eq=False)
class _Stroke:
    """One key that was pressed, and released by now or not; with the window it was meant for."""

    window: QWindow
    press: QKeyEvent
    release: QKeyEvent | None = None


class WedgeFilter(QObject):
    """Tells of each scan; everything else goes its usual way."""

    scanned = Signal(object)  # Scan

    def __init__(self, parent: QObject | None = None, rules: WedgeRules | None = None) -> None:
        super().__init__(parent)
        self._classifier = WedgeClassifier(rules)
        self._held: list[_Stroke] = []
        self._used_up: set[tuple[int, int]] = set()
        self._judged: tuple[tuple[int, int, int], bool] | None = None
        self._is_replaying = False
        self._fed_at = 0.0
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setTimerType(Qt.TimerType.PreciseTimer)
        self._quiet.timeout.connect(self._on_due)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.timeout.connect(self._on_quiet)

    @property
    def is_holding(self) -> bool:
        """Whether keys are kept back at this moment."""
        return bool(self._held)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _KEYS or self._is_replaying:
            return False
        if not isinstance(watched, QWindow) or not isinstance(event, QKeyEvent):
            return False
        if event.type() is QEvent.Type.KeyRelease:
            return self._take_release(event)
        return self._take_press(watched, event)

    def _take_press(self, window: QWindow, event: QKeyEvent) -> bool:
        """Judge a key once: at the question for shortcuts, or at the press where no such question came."""
        mark = (event.timestamp(), event.key(), event.nativeScanCode())
        asked = event.type() is QEvent.Type.ShortcutOverride
        if not asked and self._judged is not None and self._judged[0] == mark:
            goes_on = self._judged[1]
            self._judged = None
        else:
            goes_on = self._judge(window, event)
            self._judged = (mark, goes_on) if asked else None
        if not goes_on:
            event.accept()  # for a ShortcutOverride: no shortcut shall run
        return not goes_on

    def _judge(self, window: QWindow, event: QKeyEvent) -> bool:
        """Whether that key goes its usual way now."""
        if _is_mnemonic(event) or _is_nothing(event):
            return True
        self._used_up.discard(_mark(event))
        stroke = _Stroke(window, _copied(event, QEvent.Type.KeyPress))
        key = Key(
            text=event.text(),
            timestamp_ms=event.timestamp(),
            ctrl=bool(event.modifiers() & _SCANNER_CTRL),
            name=_name(event.key()),
            event=stroke,
        )
        goes_on = True
        for decision in self._classifier.feed(key):
            match decision:
                case Held():
                    self._held.append(stroke)
                    goes_on = False
                case Dropped():
                    self._use_up(stroke)
                    goes_on = False
                case Replay():
                    self._replay(tuple(each for each in decision.keys if each.event is not stroke))
                case ScanComplete():
                    self._complete(decision)
                    goes_on = False
        self._wait()
        return goes_on

    def _take_release(self, event: QKeyEvent) -> bool:
        mark = _mark(event)
        for stroke in self._held:
            if stroke.release is None and _mark(stroke.press) == mark:
                stroke.release = _copied(event, QEvent.Type.KeyRelease)
                return True
        if mark in self._used_up:
            if not event.isAutoRepeat():
                self._used_up.discard(mark)
            return True
        return False

    def _complete(self, scan: ScanComplete) -> None:
        for key in scan.keys:
            if isinstance(key.event, _Stroke):
                self._use_up(key.event)
        self.scanned.emit(Scan(raw=scan.raw, device="wedge"))

    def _use_up(self, stroke: _Stroke) -> None:
        if stroke in self._held:
            self._held.remove(stroke)
        if stroke.release is None:
            self._used_up.add(_mark(stroke.press))

    def _replay(self, keys: tuple[Key, ...]) -> None:
        """Send a typist's keys on, in order, to the window they were meant for or the one that is in front now."""
        strokes = [key.event for key in keys if isinstance(key.event, _Stroke)]
        for stroke in strokes:
            if stroke in self._held:
                self._held.remove(stroke)
        self._is_replaying = True
        try:
            for stroke in strokes:
                alive = shiboken6.isValid(stroke.window) and stroke.window.isVisible()
                window = stroke.window if alive else QGuiApplication.focusWindow()
                if window is not None:
                    QGuiApplication.sendEvent(window, stroke.press)
                    if stroke.release is not None and shiboken6.isValid(window):
                        QGuiApplication.sendEvent(window, stroke.release)
        finally:
            self._is_replaying = False

    def _wait(self) -> None:
        """Look again when what is held must be decided."""
        self._fed_at = time.monotonic()
        self._settled.stop()
        due = self._classifier.due_in_ms
        if due is None:
            self._quiet.stop()
        else:
            self._quiet.start(due + 1)

    def _on_due(self) -> None:
        """Time is over: first let in the keys that already wait in the queue, then decide."""
        self._settled.start(0)

    def _on_quiet(self) -> None:
        elapsed = int((time.monotonic() - self._fed_at) * 1000)
        for decision in self._classifier.quiet(elapsed):
            if isinstance(decision, Replay):
                self._replay(decision.keys)
        due = self._classifier.due_in_ms
        if due is not None:
            self._quiet.start(max(1, due - elapsed))


def _is_mnemonic(event: QKeyEvent) -> bool:
    """Alt with a key chooses a field: shortcuts see it at once. With Ctrl it may be AltGr, which types characters."""
    held = event.modifiers()
    alt, control = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
    return bool(held & alt) and not held & control


def _is_nothing(event: QKeyEvent) -> bool:
    """A key without text or name: some layouts press one to reach a character, so it must not end a scan."""
    return not event.text() and event.key() in (0, Qt.Key.Key_unknown.value)


def _name(key: int) -> str:
    try:
        return Qt.Key(key).name
    except ValueError:
        return ""


def _mark(event: QKeyEvent) -> tuple[int, int]:
    code = event.nativeScanCode()
    return (code, 0) if code else (0, event.key())


def _copied(event: QKeyEvent, kind: QEvent.Type) -> QKeyEvent:
    made = QKeyEvent(
        kind,
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )
    made.setTimestamp(event.timestamp())
    return made
