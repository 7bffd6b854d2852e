"""What the main window looks like before any page is there: rail, scan strip, last scans, notices, status line."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dockmark.ui.cards import TallScroll, gap
from dockmark.ui.last_scans import LastScans
from dockmark.ui.notices import Notices
from dockmark.ui.rail import Rail, RailScroll, Stop
from dockmark.ui.scan_strip import ScanStrip
from dockmark.ui.status_line import StatusLine
from dockmark.ui.training_band import TrainingBand
from dockmark.ui.words import _


class Frame(QWidget):
    """Everything around the pages; they are put in when they are built."""

    def __init__(self) -> None:
        super().__init__()
        self.rail = Rail(stops())
        self.strip = ScanStrip()
        self.last_scans = LastScans()
        self.status = StatusLine()
        self.band = TrainingBand()
        self.notices = Notices()
        self.rail.wake(())
        self._lay_out()

    def put_in(self, pages: QWidget) -> None:
        """The pages take the middle."""
        self._column.takeAt(2)
        self._column.insertWidget(2, pages, 1)

    def _lay_out(self) -> None:
        below = QWidget()
        space = gap(self)
        top = QVBoxLayout(self)
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(0)
        line = _AsHighAsTheWindow(below)
        line.setContentsMargins(space // 2, space, space, space // 2)
        line.setSpacing(space // 2)
        self._column = QVBoxLayout()
        self._column.setSpacing(space)
        self._column.addWidget(self.strip)
        self._column.addWidget(self.last_scans)
        self._column.addStretch(1)
        self._column.addWidget(self.status)
        line.addWidget(RailScroll(self.rail))
        line.addLayout(self._column, 1)
        top.addWidget(self.band)
        top.addWidget(self.notices)
        # Where band, notices and large text leave too little room, the rest scrolls: nothing is ever off the screen.
        top.addWidget(TallScroll("shellScroll", below), 1)


class _AsHighAsTheWindow(QHBoxLayout):
    """Never asks for more height than it needs at the least, so that its content shares what there is."""

    def hasHeightForWidth(self) -> bool:
        return False


def stops() -> tuple[Stop, ...]:
    """Where the rail leads to."""
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
