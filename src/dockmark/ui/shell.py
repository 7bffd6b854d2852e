"""The main window: rail, scan strip, desk, unit card, status line. It joins the parts and decides nothing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, QTimer, Signal
from PySide6.QtGui import QAction, QIcon, QPaintEvent, QPalette
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from dockmark.record.refusal import Conflict, Refusal
from dockmark.ui.actions import Work, action
from dockmark.ui.attendant import Attendant
from dockmark.ui.bridge import Bridge
from dockmark.ui.cards import TallScroll, gap
from dockmark.ui.cues import Cue, CuePlayer, cue_of
from dockmark.ui.dialogs import answered
from dockmark.ui.file_drop import FileDrop
from dockmark.ui.icons import drawn
from dockmark.ui.last_scans import LastScans
from dockmark.ui.notices import Notices
from dockmark.ui.rail import Rail, RailScroll, Stop
from dockmark.ui.scan_strip import ScanStrip
from dockmark.ui.service import Service
from dockmark.ui.settings import load
from dockmark.ui.status_line import StatusLine
from dockmark.ui.theme import Theme
from dockmark.ui.training_band import TrainingBand
from dockmark.ui.words import _, ngettext, number, said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dockmark.desks.answer import Answer
    from dockmark.desks.views import Answered, StationInfo
    from dockmark.identifiers.reading import Scan
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
        self._service: Service | None = None
        self._early: list[Scan] = []
        self._is_switching = False
        self._open_dialog: QDialog | None = None
        self._steps: Iterator[None] | None = None
        self._was_painted = False
        self._desk = DESKS[0]
        self._home = "opening"
        """Where stepping back leads to."""
        self.pages: Pages | None = None
        self._counting = QTimer(self)
        """After an answer the labels are counted, once for a row of scans."""
        self._counting.setSingleShot(True)
        self._counting.setInterval(400)
        self._build_frame()
        self._build_keys()
        self.attendant = Attendant(self, bridge, load(settings_file).lock_minutes)
        bridge.told.connect(self._on_told)
        bridge.troubled.connect(self._on_troubled)
        self.strip.be_quiet(_("OPENING"), _("Opening the ledger …"))

    def complete(self) -> None:
        """Build what the first paint did not need, a piece at a time."""
        from dockmark.ui.pages import Pages

        self.pages = Pages(self._bridge, self._theme, self._cues, self._settings_file)
        self._steps = self.pages.steps()
        QTimer.singleShot(0, self._on_step)

    def attend(self, service: Service) -> None:
        """Work with that station from now on, first with what was scanned too early."""
        assert self.pages is not None, "the pages are built before a station is opened"
        self._service = service
        self._is_switching = False
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
        self.open_page(self._desk)
        self._take_waiting()

    def let_go(self) -> None:
        """Ask nothing more of the station: it is going to be closed."""
        self._service = None
        self._counting.stop()

    def pause(self) -> None:
        """The station goes and comes again: until then scans wait."""
        self.let_go()
        self.open_page("opening")
        self.strip.be_quiet(_("OPENING"), _("Opening the ledger …"))
        self.status.show_info(None)

    @property
    def desk(self) -> str:
        """The desk that scans go to."""
        return self._desk

    def refuse_scans(self) -> None:
        """Another ledger is going to be opened: nothing that is scanned meanwhile may land in it, nor in this one."""
        self._is_switching = True
        early, self._early = self._early, []
        for _scan in early:
            self._refuse_scan()

    def _refuse_scan(self) -> None:
        self.strip.be_quiet(_("NOT TAKEN"), said("training", {"about": "switching"}))
        self._cues.play(Cue.REFUSED)

    def take_scan(self, scan: object) -> None:
        """Send a scan to the desk, whatever page is in front. Before the ledger is open it waits."""
        from dockmark.identifiers.reading import Scan

        if not isinstance(scan, Scan):
            return
        if self._is_switching:
            self._refuse_scan()
            return
        if self._service is None:
            self._early.append(scan)
            return
        if self._waits(scan):
            return
        self._bridge.ask(self, self._service.scan(self._desk, scan), self._on_answer)

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
        self.strip.be_quiet(_("WAITING"), words.format(count=number(len(self._early))))
        return True

    def _on_asked(self) -> None:
        self._open_dialog = None
        QTimer.singleShot(0, self._take_waiting)

    def _take_waiting(self) -> None:
        early, self._early = self._early, []
        for scan in early:
            self.take_scan(scan)

    def _show_info(self, info: StationInfo) -> None:
        self.status.show_info(info)
        self.attendant.show_info(info)
        self.band.setVisible(info.training)
        self.setWindowTitle(_("TRAINING: nothing here is real – Dockmark") if info.training else "Dockmark")
        if self.pages is not None:
            self.pages.receiving.header.show_operator(info.operator_name or info.operator)

    def open_page(self, name: str, what: str = "") -> None:
        """Bring a page to the front; `what` says what to show there, in the page's own words."""
        if self.pages is None:
            return
        if name in ("opening", "first_run", "trouble", *DESKS):
            self._home = name
        if name in DESKS:
            self._desk = name
        self.pages.open_page(name, what)
        self.rail.mark(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def _build_frame(self) -> None:
        self.setWindowIcon(QIcon(drawn("dockmark", 64, self.palette().color(QPalette.ColorRole.Highlight))))
        self.rail = Rail(_stops())
        self.strip = ScanStrip()
        self.status = StatusLine()
        self.rail.wake(())
        whole, below = QWidget(), QWidget()
        space = gap(self)
        top = QVBoxLayout(whole)
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(0)
        line = _AsHighAsTheWindow(below)
        line.setContentsMargins(space // 2, space, space, space // 2)
        line.setSpacing(space // 2)
        self.band = TrainingBand()
        self.band.wanted.connect(self.training_wanted)
        self.notices = Notices()
        self._column = QVBoxLayout()
        self._column.setSpacing(space)
        self._column.addWidget(self.strip)
        self.last_scans = LastScans()
        self._column.addWidget(self.last_scans)
        self._column.addStretch(1)
        self._column.addWidget(self.status)
        line.addWidget(RailScroll(self.rail))
        line.addLayout(self._column, 1)
        top.addWidget(self.band)
        top.addWidget(self.notices)
        # Where band, notices and large text leave too little room, the rest scrolls: nothing is ever off the screen.
        top.addWidget(TallScroll("shellScroll", below), 1)
        self.setCentralWidget(whole)

    def _build_keys(self) -> None:
        for work in (
            Work(_("Find anything"), "Ctrl+K", self._on_find),
            Work(_("Import a file"), "Ctrl+I", self._on_import),
            Work(_("Parts, partners, places, orders, people"), "Ctrl+M", self._on_master),
            Work(_("Step back"), "Esc", self._on_escape),
            Work(_("Begin or leave training"), "Ctrl+Shift+T", self._on_training),
            Work(_("Close Dockmark"), "Ctrl+Q", self._on_close),
        ):
            action(self, None, work)
        for stop in _stops():
            button = self.rail.buttons[stop.name]
            action(self, button, Work(stop.says, stop.key, partial(self._on_rail, stop.name)))

    def _on_step(self) -> None:
        assert self._steps is not None and self.pages is not None, "complete() came first"
        if next(self._steps, StopIteration) is StopIteration:
            self._finish_pages()
        else:
            QTimer.singleShot(0, self._on_step)

    def _finish_pages(self) -> None:
        assert self.pages is not None, "complete() came first"
        self._column.takeAt(2)
        self._column.insertWidget(2, self.pages, 1)
        self.rail.wake(("settings", "keys", "menu"))
        self.pages.receiving.unit_chosen.connect(self._on_unit_chosen)
        self.pages.search.unit_chosen.connect(self._on_unit_chosen)
        self.pages.search.page_wanted.connect(self._on_page_wanted)
        self.pages.search.command_chosen.connect(self._on_command)
        self.pages.unit_chosen.connect(self._on_unit_chosen)
        self.pages.page_wanted.connect(self._on_page_wanted)
        FileDrop(self).dropped.connect(self._on_dropped)
        self.pages.spool.shown.connect(self.status.show_jobs)
        self.pages.simulated.scanned.connect(self.take_scan)
        self._counting.timeout.connect(self.pages.spool.refresh)
        self.open_page("opening")
        self.completed.emit()

    def show_unit(self, unit_id: str) -> None:
        """Bring a unit onto the card."""
        if self._service is not None and self.pages is not None and unit_id:
            self._bridge.ask(self, self._service.card(unit_id), self.pages.card.show_card, topic="card")

    def _on_unit_chosen(self, unit_id: str) -> None:
        self.show_unit(unit_id)
        if self.pages is not None:
            self.pages.show_card()

    def _on_answer(self, _answer: Answer) -> None:
        """The answer itself is shown when the station tells of it."""

    def _on_told(self, kind: str, content: object) -> None:
        from dockmark.desks.views import Answered

        if kind == "scanned":
            self.take_scan(content)
            return
        if self.pages is None or self._service is None:
            return
        self.pages.heard(kind, content)
        if kind == "answered" and isinstance(content, Answered):
            self._show_answered(content)
        elif kind == "jobs":
            self.pages.spool.refresh()
        elif kind == "devices" and isinstance(content, tuple):
            self.status.show_devices(content)
        elif kind == "ledger":
            self._show_info(self._service.info)
            self.pages.receiving.refresh()

    def _show_answered(self, told: Answered) -> None:
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
        if told.answer.code == "operator_switched" and self._service is not None:
            self._show_info(self._service.info)
        self.attendant.heard(told)
        self._cues.play(cue_of(told.answer))
        if told.answer.code == "desk_wanted":
            self.open_page(str(told.answer.facts["desk"]))
        if told.answer.unit is not None:
            self.pages.card.show_unit(told.answer.unit, told.answer.verdict)
            self.show_unit(told.answer.unit.id)
        if told.scan is not None and self.pages.current not in DESKS:
            self.open_page(self._desk)
        if told.desk == "holds":
            self.pages.holding.take(told.answer)
        self.pages.receiving.refresh()
        if not self._counting.isActive():
            self._counting.start()
        self.shown_answer.emit(told)

    def _on_page_wanted(self, name: str, what: str) -> None:
        if name == "training":
            self.training_wanted.emit(what)
        else:
            self.open_page(name, what)

    def _on_training(self) -> None:
        if self._service is not None:
            self.training_wanted.emit("leave" if self._service.info.training else "enter")

    def _on_troubled(self, trouble: object) -> None:
        if isinstance(trouble, Refusal):
            self.strip.be_quiet(_("REFUSED"), said(trouble.code.value, trouble.facts))
            return
        if isinstance(trouble, Conflict):
            self.strip.be_quiet(_("BUSY"), said("busy"))
            return
        self.strip.be_quiet(_("FAULT"), _("Something went wrong inside Dockmark: {what}").format(what=str(trouble)))

    def _on_close(self) -> None:
        self.close()

    def _on_rail(self, name: str) -> None:
        if self.pages is None:
            return
        if name == "simulated":
            self.pages.toggle_simulated()
            self.rail.mark(self.pages.current)
        elif name == "card":
            self.rail.mark(self.pages.current)
            self.pages.open_card()
        elif name == "keys":
            self._show_keys()
        elif name == "menu":
            self._show_menu()
        else:
            self.open_page(name)

    def _show_keys(self) -> None:
        from dockmark.ui.keys_dialog import KeysDialog

        assert self.pages is not None, "the rail is asleep before"
        self.rail.mark(self.pages.current)
        dialog = KeysDialog(self)
        dialog.finished.connect(dialog.deleteLater)
        dialog.sheet.setEnabled(self._service is not None)
        dialog.sheet_wanted.connect(self._on_sheet_wanted)
        dialog.ask(self)

    def _on_sheet_wanted(self) -> None:
        from dockmark.ui.preview import show_commands

        if self._service is not None:
            show_commands(self, self._bridge, self._service, self._desk)

    def _show_menu(self) -> None:
        from dockmark.ui.menu import MainMenu

        assert self.pages is not None, "the rail is asleep before"
        self.rail.mark(self.pages.current)
        menu = MainMenu(self, self._groups)
        menu.aboutToHide.connect(menu.deleteLater)
        button = self.rail.buttons["menu"]
        menu.popup(button.mapToGlobal(button.rect().topRight()))

    def _groups(self) -> list[tuple[str, str, list[QAction]]]:
        """What can be done: at the desk or page in front, with the unit on the card, and where one can go."""
        assert self.pages is not None, "the rail is asleep before"
        return [
            ("here", self.rail.says(self.pages.current) or _("This page"), self.pages.actions_here()),
            ("unit", _("Unit"), self.pages.card.actions()),
            ("go", _("Go to"), self.actions()),
        ]

    def _on_master(self) -> None:
        if self._service is not None:
            self.open_page("master")

    def _on_import(self) -> None:
        self._on_dropped("")

    def _on_dropped(self, path: str) -> None:
        if self._service is not None:
            self.open_page("import", path)

    def _on_command(self, command: QAction) -> None:
        """Do what was found by its name, on the page that it belongs to."""
        assert self.pages is not None, "the search page is one of them"
        home = self.pages.home_of(command.parent())
        if home:
            self.open_page(home)
        command.trigger()

    def _on_find(self) -> None:
        if self._service is not None:
            self.open_page("search")

    def _on_escape(self) -> None:
        if self.pages is None:
            return
        late = self.pages.late(self.pages.current)
        if late is not None and late.step_back():
            return
        if self.pages.current != self._home:
            self.open_page(self._home)
        elif not self.pages.step_back() and not self._step_back_at_desk():
            self.setFocus()

    def _step_back_at_desk(self) -> bool:
        assert self.pages is not None, "a desk is open"
        return self.pages.holding.step_back() if self._desk == "holds" else self.pages.receiving.step_back()


class _AsHighAsTheWindow(QHBoxLayout):
    """Never asks for more height than it needs at the least, so that its content shares what there is."""

    def hasHeightForWidth(self) -> bool:
        return False


def _stops() -> tuple[Stop, ...]:
    return (
        Stop("receiving", _("Receiving"), "receiving", "F2"),
        Stop("holds", _("Holds"), "quarantine", "F3"),
        Stop("search", _("Find"), "find", "F4"),
        Stop("spool", _("Labels"), "printer", "F5"),
        Stop("lists", _("Lists"), "lists", "Ctrl+L"),
        Stop("card", _("Unit"), "unit", "Ctrl+U"),
        Stop("simulated", _("Practice"), "scanner", "Ctrl+P", below=True),
        Stop("settings", _("Settings"), "settings", "Ctrl+,", below=True),
        Stop("keys", _("Keys"), "keys", "F1", below=True),
        Stop("menu", _("Menu"), "menu", "Alt+M", below=True),
    )
