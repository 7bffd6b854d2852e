"""Brings window and station together: the station opens on a thread of its own while the window is already there."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from dockmark.record.refusal import Refusal, Refused
from dockmark.ui.bridge import Bridge
from dockmark.ui.words import _, said

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from dockmark.ui.cues import CuePlayer
    from dockmark.ui.service import Depots, Service
    from dockmark.ui.shell import Shell
    from dockmark.ui.wedge_filter import WedgeFilter

log = logging.getLogger(__name__)


class Conductor(QObject):
    """Opens the station after the first paint, and asks at the first run what shall be opened."""

    _progressed = Signal(int, int)

    def __init__(
        self,
        app: QApplication,
        shell: Shell,
        bridge: Bridge,
        cues: CuePlayer,
        depots: Callable[[], Depots],
        data: Path,
        settings_file: Path,
    ) -> None:
        super().__init__(app)
        self._app = app
        self._shell = shell
        self._bridge = bridge
        self._cues = cues
        self._depots = depots
        self._data = data
        self._settings_file = settings_file
        self._service: Service | None = None
        self._opening: Future[Service] | None = None
        self._stop = Event()
        self._is_sample = False
        self._opener = ThreadPoolExecutor(1, thread_name_prefix="opening")
        self.wedge: WedgeFilter | None = None
        shell.painted.connect(self._on_painted)
        shell.completed.connect(self._on_completed)

    def close(self) -> None:
        """Let the station finish what it was told, and go."""
        self._stop.set()
        if shiboken6.isValid(self._shell):
            self._shell.let_go()
        self._opener.shutdown(wait=True, cancel_futures=True)
        opened = self._opening
        if self._service is None and opened is not None and not opened.cancelled() and opened.exception() is None:
            self._service = opened.result()  # it came too late to be shown
        if self._service is not None:
            self._service.close()
            self._service = None

    def _on_painted(self) -> None:
        """Load the rest and open the station on the opening thread; the window stays awake."""
        self._bridge.ask(self, self._opener.submit(_load), self._on_loaded)
        self._opening = self._opener.submit(self._open)

    def _on_loaded(self, _nothing: None) -> None:
        from dockmark.ui.wedge_filter import WedgeFilter

        self.wedge = WedgeFilter(self)
        self.wedge.scanned.connect(self._shell.take_scan)
        self._app.installEventFilter(self.wedge)
        self._shell.complete()

    def _on_completed(self) -> None:
        pages = self._shell.pages
        assert pages is not None, "just completed"
        pages.first_run.chosen.connect(self._on_chosen)
        pages.first_run.stopped.connect(self._stop.set)
        pages.trouble.again.connect(self._on_again)
        self._progressed.connect(pages.first_run.show_progress)
        pages.spool.printer_wanted.connect(self._on_printer_wanted)
        self._wait_for_station()

    def _open(self) -> Service:
        return self._depots().open(self._data)

    def _wait_for_station(self) -> None:
        assert self._opening is not None, "it was begun at the first paint"
        self._bridge.ask(self, self._opening, self._on_open, failed=self._on_not_open)

    def _on_made(self, service: Service) -> None:
        self._on_open(service)
        if self._is_sample and self._shell.pages is not None:
            self._shell.pages.toggle_simulated()

    def _on_open(self, service: Service) -> None:
        self._service = service
        self._shell.attend(service)
        # Sounds are loaded once scans are taken: nobody waits for them.
        QTimer.singleShot(0, self._cues.warm)

    def _on_printer_wanted(self) -> None:
        from dockmark.ui.printer_dialog import PrinterDialog

        if self._service is None:
            return
        dialog = PrinterDialog(self._shell, self._service.printers().get("label", ""))
        dialog.chosen.connect(self._on_printer_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.ask()
        self._bridge.ask(dialog, self._opener.submit(self._find_printers), dialog.show_found)

    def _find_printers(self) -> list[tuple[str, str]]:
        return self._depots().printers()

    def _on_printer_chosen(self, url: str) -> None:
        """What waits goes there at once; work at the desk is not disturbed."""
        if self._service is not None and self._shell.pages is not None:
            pages = self._shell.pages
            self._bridge.ask(pages.spool, self._service.use_printer("label", url), pages.spool.show_change)

    def _on_not_open(self, why: BaseException) -> None:
        pages = self._shell.pages
        assert pages is not None, "completed before"
        if isinstance(why, Refusal) and why.code is Refused.NO_LEDGER:
            pages.first_run.show_folder(self._data)
            pages.first_run.be_idle()
            self._shell.strip.be_quiet(_("WELCOME"), _("This folder holds no ledger yet. How shall it begin?"))
            self._shell.open_page("first_run")
            return
        words = _words(why)
        self._shell.strip.be_quiet(_("NOT OPEN"), words)
        pages.trouble.say(words)
        self._shell.open_page("trouble")

    def _on_again(self) -> None:
        self._shell.open_page("opening")
        self._opening = self._opener.submit(self._open)
        self._wait_for_station()

    def _on_chosen(self, start: object) -> None:
        from dockmark.ui.first_run import Start

        pages = self._shell.pages
        if pages is None or not isinstance(start, Start):
            return
        busy = {
            "demo": _("The sample depot is being made …"),
            "new": _("The ledger is being made …"),
            "import": _("The depot is being taken over …"),
        }
        self._stop.clear()
        pages.first_run.be_busy(busy[start.kind], may_stop=start.kind == "import")
        self._opening = self._opener.submit(self._make, start.kind, start.operator, start.name, start.folder)
        self._is_sample = start.kind == "demo"
        self._bridge.ask(self, self._opening, self._on_made, failed=self._on_not_made)

    def _make(self, kind: str, operator: str, name: str, folder: str) -> Service:
        depots = self._depots()
        if kind == "demo":
            depots.demo(self._data)
        elif kind == "new":
            depots.create(self._data, operator, name)
        else:
            depots.take_over(self._data, Path(folder).expanduser(), operator, name, self._tell_progress)
        return self._open()

    def _tell_progress(self, done: int, whole: int) -> None:
        """Called on the opening thread, now and then while a depot is taken over."""
        if self._stop.is_set():
            from dockmark.desks.importing import Cancelled

            raise Cancelled
        self._progressed.emit(done, whole)

    def _on_not_made(self, why: BaseException) -> None:
        assert self._shell.pages is not None, "completed before"
        stopped = self._stop.is_set() and not isinstance(why, Refusal)
        words = _("Stopped. Nothing was taken over.") if stopped else _words(why)
        self._shell.pages.first_run.be_idle(words)


def _load() -> None:
    """Import what the first paint did not need."""
    for name in ("pages", "wedge_filter", "meanings"):
        import_module(f"dockmark.ui.{name}")


def _words(why: BaseException) -> str:
    """What went wrong, for the clerk; what nobody foresaw is also written down."""
    if isinstance(why, Refusal):
        return said(why.code.value, why.facts)
    log.error("the ledger could not be opened", exc_info=why)
    return _("Something went wrong: {what}").format(what=f"{type(why).__name__}: {why}")
