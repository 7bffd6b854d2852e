"""The main window: rail, scan strip, desk, unit card, status line. It joins the parts and decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, QTimer, Signal
from PySide6.QtGui import QIcon, QPaintEvent, QPalette
from PySide6.QtWidgets import QMainWindow

from dockmark.record.refusal import Conflict, Refusal
from dockmark.ui.attendant import Attendant
from dockmark.ui.bridge import Bridge
from dockmark.ui.by_barcode import ByBarcode
from dockmark.ui.cues import CuePlayer, cue_of
from dockmark.ui.file_drop import FileDrop
from dockmark.ui.icons import drawn
from dockmark.ui.scan_gate import ScanGate
from dockmark.ui.service import Service
from dockmark.ui.settings import load
from dockmark.ui.shell_frame import Frame
from dockmark.ui.theme import Theme
from dockmark.ui.wayfinder import Wayfinder
from dockmark.ui.words import _, said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dockmark.desks.views import Answered, StationInfo
    from dockmark.ui.pages import Pages

DESKS: Final = ("receiving", "holds")
"""The desks of this window; every scan goes to the one that was opened last."""


class Shell(QMainWindow):
    """One window. `painted` comes once, after the first paint: whatever is slow to load waits for it."""

    painted = Signal()
    completed = Signal()
    shown_answer = Signal(object)  # Answered: it stands in the strip now
    training_wanted = Signal(str)  # enter, leave, reset or sheet

    def __init__(self, bridge: Bridge, theme: Theme, cues: CuePlayer, settings_file: Path) -> None:
        super().__init__()
        self.setObjectName("shell")
        self.setWindowTitle("Dockmark")
        self._bridge = bridge
        self._theme = theme
        self._cues = cues
        self._settings_file = settings_file
        self._steps: Iterator[None] | None = None
        self._was_painted = False
        self.pages: Pages | None = None
        self._counting = QTimer(self)
        """After an answer the labels are counted, once for a row of scans."""
        self._counting.setSingleShot(True)
        self._counting.setInterval(400)
        self._build_frame()
        self.gate = ScanGate(self, bridge, self.strip, cues, DESKS[0])
        self.ways = Wayfinder(self, bridge)
        self.by_barcode = ByBarcode(self, cues)
        self.gate.commanded.connect(self.by_barcode.do)
        self.attendant = Attendant(self, bridge, load(settings_file).lock_minutes)
        bridge.told.connect(self._on_told)
        bridge.troubled.connect(self._on_troubled)
        self.strip.be_quiet(_("OPENING"), _("Opening the ledger …"))

    @property
    def service(self) -> Service | None:
        """The station that the window works with; none while it is opened."""
        return self.gate.service

    @property
    def desk(self) -> str:
        """The desk that scans go to."""
        return self.gate.desk

    def complete(self) -> None:
        """Build what the first paint did not need, a piece at a time."""
        from dockmark.ui.pages import Pages

        self.pages = Pages(self._bridge, self._theme, self._cues, self._settings_file)
        self._steps = self.pages.steps()
        QTimer.singleShot(0, self._on_step)

    def attend(self, service: Service) -> None:
        """Work with that station from now on, first with what was scanned too early."""
        assert self.pages is not None, "the pages are built before a station is opened"
        self.gate.open(service)
        self._bridge.attend(service)
        self.pages.attend(service)
        self.rail.wake(tuple(self.rail.buttons))
        self.attendant.attend(service)
        self._show_info(service.info)
        self.status.show_devices(service.lights())
        service.attend_devices()
        why = service.info.read_only
        self.strip.be_quiet(
            _("READ ONLY") if why else _("READY"),
            said(why) if why else _("Scan an order, a place or a unit."),
        )
        self.open_page(self.desk)
        self.gate.take_waiting()

    def let_go(self) -> None:
        """Ask nothing more of the station: it is going to be closed."""
        self.gate.service = None
        self._counting.stop()

    def pause(self) -> None:
        """The station goes and comes again: until then scans wait."""
        self.let_go()
        self.open_page("opening")
        self.strip.be_quiet(_("OPENING"), _("Opening the ledger …"))
        self.status.show_info(None)

    def refuse_scans(self) -> None:
        """Another ledger is going to be opened: what is scanned meanwhile is refused."""
        self.gate.refuse_scans()

    def take_scan(self, scan: object) -> None:
        """Send a scan to the desk, whatever page is in front."""
        self.gate.take(scan)

    def open_page(self, name: str, what: str = "") -> None:
        """Bring a page to the front; `what` says what to show there, in the page's own words."""
        if self.pages is None:
            return
        if name in ("opening", "first_run", "trouble", *DESKS):
            self.ways.home = name
        if name in DESKS:
            self.gate.desk = name
        self.pages.open_page(name, what)
        self.rail.mark(name)

    def show_unit(self, unit_id: str) -> None:
        """Bring a unit onto the card."""
        if self.service is not None and self.pages is not None and unit_id:
            self._bridge.ask(self, self.service.card(unit_id), self.pages.card.show_card, topic="card")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    # -- building -----------------------------------------------------------------------------------------------------

    def _build_frame(self) -> None:
        self.setWindowIcon(QIcon(drawn("dockmark", 64, self.palette().color(QPalette.ColorRole.Highlight))))
        self.frame = Frame()
        self.rail, self.strip, self.status = self.frame.rail, self.frame.strip, self.frame.status
        self.last_scans, self.band, self.notices = self.frame.last_scans, self.frame.band, self.frame.notices
        self.band.wanted.connect(self.training_wanted)
        self.setCentralWidget(self.frame)

    def _on_step(self) -> None:
        assert self._steps is not None and self.pages is not None, "complete() came first"
        if next(self._steps, StopIteration) is StopIteration:
            self._finish_pages()
        else:
            QTimer.singleShot(0, self._on_step)

    def _finish_pages(self) -> None:
        assert self.pages is not None, "complete() came first"
        self.frame.put_in(self.pages)
        self.rail.wake(("settings", "keys", "menu"))
        self.pages.receiving.unit_chosen.connect(self._on_unit_chosen)
        self.pages.search.unit_chosen.connect(self._on_unit_chosen)
        self.pages.search.page_wanted.connect(self.ways.open_page)
        self.pages.search.command_chosen.connect(self.ways.do)
        self.pages.unit_chosen.connect(self._on_unit_chosen)
        self.pages.page_wanted.connect(self.ways.open_page)
        FileDrop(self).dropped.connect(self._on_dropped)
        self.pages.spool.shown.connect(self.status.show_jobs)
        self.pages.simulated.scanned.connect(self.take_scan)
        self._counting.timeout.connect(self.pages.spool.refresh)
        self.open_page("opening")
        self.completed.emit()

    # -- news ---------------------------------------------------------------------------------------------------------

    def _show_info(self, info: StationInfo) -> None:
        self.status.show_info(info)
        self.attendant.show_info(info)
        self.band.setVisible(info.training)
        self.setWindowTitle(_("TRAINING: nothing here is real – Dockmark") if info.training else "Dockmark")
        if self.pages is not None:
            self.pages.receiving.header.show_operator(info.operator_name or info.operator)

    def _on_told(self, kind: str, content: object) -> None:
        from dockmark.desks.views import Answered

        if kind == "scanned":
            self.take_scan(content)
            return
        if self.pages is None or self.service is None:
            return
        self.pages.heard(kind, content)
        if kind == "answered" and isinstance(content, Answered):
            self._show_answered(content)
        elif kind == "jobs":
            self.pages.spool.refresh()
        elif kind == "devices" and isinstance(content, tuple):
            self.status.show_devices(content)
        elif kind == "ledger":
            self._show_info(self.service.info)
            self.pages.receiving.refresh()

    def _show_answered(self, told: Answered) -> None:
        assert self.pages is not None, "news comes from a station that is attended"
        self._write_down(told)
        if told.answer.code == "operator_switched" and self.service is not None:
            self._show_info(self.service.info)
        self.attendant.heard(told)
        self._cues.play(cue_of(told.answer))
        if told.answer.code == "desk_wanted":
            self.open_page(str(told.answer.facts["desk"]))
        if told.answer.unit is not None:
            self.pages.card.show_unit(told.answer.unit, told.answer.verdict)
            self.show_unit(told.answer.unit.id)
        if told.answer.code == "window_wanted":
            self.by_barcode.do(str(told.answer.facts["word"]))
        elif told.scan is not None and self.pages.current not in DESKS:
            self.open_page(self.desk)
        if told.desk == "holds":
            self.pages.holding.take(told.answer)
        self.pages.receiving.refresh()
        if not self._counting.isActive():
            self._counting.start()
        self.shown_answer.emit(told)

    def _write_down(self, told: Answered) -> None:
        """The answer into the strip, and among the last scans."""
        assert self.pages is not None, "news comes from a station that is attended"
        from dockmark.ui.meanings import meaning, raw_text

        raw = raw_text(told.scan) if told.scan is not None else ""
        today = QDate.currentDate().toPython()
        means = meaning(told.scan, today) if told.scan is not None else ""  # type: ignore[arg-type]  # stubs: object
        lane = self.status.lane_of(told.scan.device) if told.scan is not None else None
        self.strip.show_answer(told.answer, raw, means, lane)
        self.pages.receiving.refusal.strip_says(told.answer)
        if told.scan is not None:
            self.last_scans.take(told.answer, raw, means, lane)

    def _on_troubled(self, trouble: object) -> None:
        if isinstance(trouble, Refusal):
            self.strip.be_quiet(_("REFUSED"), said(trouble.code.value, trouble.facts))
        elif isinstance(trouble, Conflict):
            self.strip.be_quiet(_("BUSY"), said("busy"))
        else:
            self.strip.be_quiet(_("FAULT"), _("Something went wrong inside Dockmark: {what}").format(what=str(trouble)))

    def _on_unit_chosen(self, unit_id: str) -> None:
        self.show_unit(unit_id)
        if self.pages is not None:
            self.pages.show_card()

    def _on_dropped(self, path: str) -> None:
        self.ways.open_where_attended("import", path)
