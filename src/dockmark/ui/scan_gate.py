"""What becomes of a scan in the window: to the desk at once, or it waits for the ledger or an open dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog

from dockmark.record.refusal import Refused
from dockmark.ui.cues import Cue
from dockmark.ui.dialogs import answered
from dockmark.ui.words import _, ngettext, number, said

if TYPE_CHECKING:
    from concurrent.futures import Future

    from dockmark.desks.answer import Answer
    from dockmark.identifiers.reading import Scan
    from dockmark.ui.bridge import Bridge
    from dockmark.ui.cues import CuePlayer
    from dockmark.ui.scan_strip import ScanStrip
    from dockmark.ui.service import Service


class ScanGate(QObject):
    """Every scan of the window passes here, in its order. `desk` is where the next one goes to."""

    commanded = Signal(str)  # the word of a command for the window, where no desk can answer it

    def __init__(self, parent: QObject, bridge: Bridge, strip: ScanStrip, cues: CuePlayer, desk: str) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._strip = strip
        self._cues = cues
        self.desk = desk
        self.service: Service | None = None
        """Without a station scans wait."""
        self._early: list[Scan] = []
        self._asked: list[tuple[str, Scan, Future[Answer]]] = []
        """Sent to a desk, and perhaps not answered yet."""
        self._is_switching = False
        self._open_dialog: QDialog | None = None

    def open(self, service: Service) -> None:
        """Scans go to that station; first what waits."""
        self.service = service
        self._is_switching = False

    def refuse_scans(self) -> None:
        """Another ledger is going to be opened: nothing that is scanned meanwhile may land in it, nor in this one."""
        self._is_switching = True
        early, self._early = self._early, []
        for _scan in early:
            self._refuse()

    def take(self, scan: object) -> None:
        """Send a scan to the desk, whatever page is in front. Before the ledger is open it waits."""
        from dockmark.identifiers.reading import Scan

        if not isinstance(scan, Scan):
            return
        if self._is_switching:
            self._refuse()
            return
        if self.service is None:
            self._early.append(scan)
            return
        if self._waits(scan):
            return
        if self.service.info.read_only and (word := _word_of(scan)):
            self.commanded.emit(word)  # nothing can be noted there, but everything can be looked at
            return
        self.take_for(self.desk, scan)

    def take_for(self, desk: str, scan: Scan) -> None:
        """Send a scan to that desk."""
        if self.service is not None:
            asked = self.service.scan(desk, scan)
            self._asked = [each for each in self._asked if not _is_answered(each[2])]
            self._asked.append((desk, scan, asked))
            self._bridge.ask(self, asked, self._on_answer)

    def unanswered(self) -> list[tuple[str, Scan]]:
        """What was scanned and is not answered, in its order: sent to the ledger, or waiting before it."""
        self._asked = [each for each in self._asked if not _is_answered(each[2])]
        return [(desk, scan) for desk, scan, _asked in self._asked] + [(self.desk, scan) for scan in self._early]

    def take_waiting(self) -> None:
        """Whatever waits goes on, in its order."""
        early, self._early = self._early, []
        for scan in early:
            self.take(scan)

    def _refuse(self) -> None:
        self._strip.be_quiet(_("NOT TAKEN"), said("training", {"about": "switching"}))
        self._cues.play(Cue.REFUSED)

    def _waits(self, scan: Scan) -> bool:
        """While a dialog stands open a scan waits until it is closed, or answers it where it is that command."""
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog):
            return False
        if answered(dialog, scan):
            return True
        self._early.append(scan)
        if dialog is not self._open_dialog:
            self._open_dialog = dialog
            dialog.finished.connect(self._on_asked)
        words = ngettext(
            "{count} scan waits until the open dialog is answered. SKIP closes it.",
            "{count} scans wait until the open dialog is answered. SKIP closes it.", len(self._early),
        )  # fmt: skip
        self._strip.be_quiet(_("WAITING"), words.format(count=number(len(self._early))))
        return True

    def _on_asked(self) -> None:
        self._open_dialog = None
        QTimer.singleShot(0, self, self.take_waiting)

    def _on_answer(self, _answer: Answer) -> None:
        """The answer itself is shown when the station tells of it."""


def _word_of(scan: Scan) -> str:
    """The word of the command that this scan gives to the window; empty for every other scan."""
    from dockmark.desks.guiding import DESKS
    from dockmark.identifiers.reading import TagKind
    from dockmark.identifiers.tags import parse
    from dockmark.identifiers.window_tags import wanted

    found = parse(scan.raw.decode("ascii", "replace").strip())
    if found is None or found[0] is not TagKind.COMMAND:
        return ""
    return found[1] if found[1] in DESKS or wanted(found[1]) is not None else ""


def _is_answered(asked: Future[Answer]) -> bool:
    """Whether it came to an answer. What was called off, or gave up at a lock, did not."""
    if not asked.done() or asked.cancelled():
        return False
    return asked.exception() is not None or asked.result().code != Refused.BUSY.value
