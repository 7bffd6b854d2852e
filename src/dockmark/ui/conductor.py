"""Brings window and station together: the station opens on a thread of its own while the window is already there."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Final

import shiboken6
from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from dockmark.record.refusal import Conflict, Refusal, Refused
from dockmark.ui.bridge import Bridge
from dockmark.ui.words import _, said

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from dockmark.ui.cues import CuePlayer
    from dockmark.ui.first_run import Start
    from dockmark.ui.keeper import Keeper
    from dockmark.ui.service import Depots, Service
    from dockmark.ui.shell import Shell
    from dockmark.ui.wedge_filter import WedgeFilter

log = logging.getLogger(__name__)

_SLOW_MS: Final = 900
"""After that long somebody wonders."""


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
        *,
        state: Path | None = None,
        training: bool = False,
    ) -> None:
        super().__init__(app)
        self._app = app
        self._shell = shell
        self._bridge = bridge
        self._cues = cues
        self._depots = depots
        self._data = data
        self._settings_file = settings_file
        self._real = data
        """The folder that is come back to when training is left."""
        self._goes_to = "enter" if training else ""
        self._state = state
        self._keeper: Keeper | None = None
        self._service: Service | None = None
        self._opening: Future[Service] | None = None
        self._stop = Event()
        self._is_sample = False
        self._opener = ThreadPoolExecutor(1, thread_name_prefix="opening")
        self.wedge: WedgeFilter | None = None
        shell.painted.connect(self._on_painted)
        shell.completed.connect(self._on_completed)
        shell.training_wanted.connect(self._on_training)

    @property
    def is_training(self) -> bool:
        """Whether the practice depot is open."""
        return self._data != self._real

    def close(self) -> None:
        """Let the station finish what it was told, and go."""
        self._stop.set()
        if self._keeper is not None and shiboken6.isValid(self._shell):
            self._keeper.rest()
        if shiboken6.isValid(self._shell):
            self._shell.let_go()
        self._opener.shutdown(wait=True, cancel_futures=True)
        opened = self._opening
        if self._service is None and opened is not None and not opened.cancelled() and opened.exception() is None:
            self._service = opened.result()  # it came too late to be shown
        if self._service is not None:
            self._service.close()
            self._service = None
        if self._keeper is not None and shiboken6.isValid(self._shell):
            self._keeper.close()

    def _on_painted(self) -> None:
        """Load the rest and open the station on the opening thread; the window stays awake."""
        self._bridge.ask(self, self._opener.submit(self._load), self._on_loaded)
        self._opening = self._opener.submit(self._moved, None, self._goes_to)

    def _load(self) -> None:
        """Import what the first paint did not need."""
        from dockmark.ui.keeper import Keeper

        self._keeper = Keeper(self._state)
        self._keeper.begin()
        for name in ("pages", "wedge_filter", "meanings"):
            import_module(f"dockmark.ui.{name}")

    def _on_loaded(self, _nothing: None) -> None:
        from dockmark.ui.wedge_filter import WedgeFilter

        self.wedge = WedgeFilter(self)
        self.wedge.scanned.connect(self._shell.take_scan)
        self._app.installEventFilter(self.wedge)
        self._shell.complete()

    def _on_completed(self) -> None:
        pages = self._shell.pages
        assert pages is not None and self._keeper is not None, "just completed"
        self._keeper.watch(self._shell, self._bridge, None if self._goes_to else self._data)
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
        QTimer.singleShot(_SLOW_MS, self, self._on_slow)

    def _on_slow(self) -> None:
        if self._service is None and self._opening is not None and not self._opening.done():
            words = _("Still opening the ledger. Perhaps another program holds it, a backup for example.")
            self._shell.strip.be_quiet(_("OPENING"), words)

    def _on_made(self, service: Service) -> None:
        self._on_open(service)
        if self._is_sample and self._shell.pages is not None:
            self._shell.pages.toggle_simulated()

    def _on_open(self, service: Service) -> None:
        self._service = service
        self._shell.attend(service)
        if self._keeper is not None:
            self._keeper.attend(service)
        if service.info.training and self._shell.pages is not None and self._shell.pages.simulated.isHidden():
            self._shell.pages.toggle_simulated()
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

    # -- training -------------------------------------------------------------------------------------------------

    def _on_training(self, what: str) -> None:
        """To the practice depot or back. Until it is open, what is scanned is refused: it must land in neither."""
        if what == "sheet":
            self._open_sheet()
        elif self._service is not None or what == "enter":
            self._shell.refuse_scans()
            self._switch_when_quiet(what)

    def _switch_when_quiet(self, what: str) -> None:
        """What was scanned before is answered first, in the ledger that it was scanned for."""
        if not self._bridge.is_quiet:
            QTimer.singleShot(30, self, lambda: self._switch_when_quiet(what))
            return
        if self._keeper is not None:
            self._keeper.rest()
        self._shell.pause()
        before, self._service = self._service, None
        self._opening = self._opener.submit(self._moved, before, what)
        self._wait_for_station()

    def _moved(self, before: Service | None, what: str) -> Service:
        """Closes the one ledger and opens the other. Where there can be no practice depot, the real one goes on."""
        from dockmark.station.training import make_training, reset_training

        if before is not None:
            before.close()
        try:
            if what == "enter":
                self._data = make_training(self._real)
            elif what == "reset":
                self._data = reset_training(self._real)
            elif what == "leave":
                self._data = self._real
        except Refusal:
            self._data = self._real
            if before is not None:
                return self._open()
            raise
        return self._open()

    def _open_sheet(self) -> None:
        from dockmark.station.demo import SHEET

        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._data / SHEET)))

    def _on_again(self) -> None:
        self._shell.open_page("opening")
        self._opening = self._opener.submit(self._moved, None, "")
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
        self._opening = self._opener.submit(self._make, start)
        self._is_sample = start.kind == "demo"
        self._bridge.ask(self, self._opening, self._on_made, failed=self._on_not_made)

    def _make(self, start: Start) -> Service:
        depots = self._depots()
        if start.kind == "demo":
            depots.demo(self._data)
        elif start.kind == "new":
            depots.create(self._data, start.operator, start.name)
            depots.introduce(self._data, start.station, start.company)
        else:
            folder = Path(start.folder).expanduser()
            depots.take_over(self._data, folder, start.operator, start.name, self._tell_progress)
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


def _words(why: BaseException) -> str:
    """What went wrong, for the clerk; what nobody foresaw is also written down."""
    if isinstance(why, Refusal):
        return said(why.code.value, why.facts)
    if isinstance(why, Conflict):
        return said("busy")
    log.error("the ledger could not be opened", exc_info=why)
    return _("Something went wrong: {what}").format(what=f"{type(why).__name__}: {why}")
