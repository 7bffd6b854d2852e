"""Everything between rail and status line: the pages, the unit card and the simulated scanner beside them."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from dockmark.identifiers.window_tags import home_of
from dockmark.ui.bridge import Bridge
from dockmark.ui.cards import gap, rows
from dockmark.ui.cues import CuePlayer
from dockmark.ui.desks.holding import HoldingScreen
from dockmark.ui.desks.receiving import ReceivingScreen
from dockmark.ui.first_run import FirstRunPage
from dockmark.ui.late import LATE, Kit, LatePage, make
from dockmark.ui.plain_pages import OpeningPage, TroublePage
from dockmark.ui.search import SearchPage
from dockmark.ui.service import Service
from dockmark.ui.simulated_scanner import SimulatedScanner
from dockmark.ui.spool_page import SpoolPage
from dockmark.ui.theme import Theme
from dockmark.ui.unit_card import UnitCardPanel

Page = TypeVar("Page", bound=QWidget)


class Pages(QWidget):
    """One page at a time at the left, the unit card at the right."""

    opened = Signal(str)  # name of the page
    unit_chosen = Signal(str)  # unit id
    page_wanted = Signal(str, str)  # name of a page, and what to show there

    def __init__(self, bridge: Bridge, theme: Theme, cues: CuePlayer, settings_file: Path) -> None:
        super().__init__()
        self._bridge = bridge
        self._kit = Kit(bridge, theme, cues, settings_file)
        self._service: Service | None = None
        self._late: dict[str, LatePage] = {}
        self._by_name: dict[str, QWidget] = {}
        self._is_narrow = False
        self._is_card_asked = False
        self._stack = QStackedWidget()
        self._stack.setObjectName("pages")

    def steps(self) -> Iterator[None]:
        """Build piece by piece, so that the window stays awake between."""
        self.opening = self._add("opening", OpeningPage())
        self.card = UnitCardPanel(self._bridge)
        self.card.unit_chosen.connect(self.unit_chosen)
        self.card.page_wanted.connect(self.page_wanted)
        yield
        self.receiving = self._add("receiving", ReceivingScreen(self._bridge))
        yield
        self.holding = self._add("holds", HoldingScreen(self._bridge))
        yield
        self.search = self._add("search", SearchPage(self._bridge))
        self.spool = self._add("spool", SpoolPage(self._bridge))
        yield
        self.simulated = SimulatedScanner()
        yield
        self.first_run = self._add("first_run", FirstRunPage())
        self.trouble = self._add("trouble", TroublePage())
        self._lay_out()

    @property
    def current(self) -> str:
        """The name of the page in front."""
        shown = self._stack.currentWidget()
        return next((name for name, page in self._by_name.items() if page is shown), "")

    def open_page(self, name: str, what: str = "") -> None:
        """Bring that page to the front, ready to work with; a late one is made at its first opening."""
        page = self._by_name.get(name) or self._make(name)
        self._stack.setCurrentWidget(page)
        self._is_card_asked = False
        self._share()
        if isinstance(page, LatePage):
            page.begin(what)
        elif isinstance(page, SearchPage | SpoolPage):
            page.begin()
        self.opened.emit(name)

    def has(self, name: str) -> bool:
        """Whether there is such a page."""
        return name in self._by_name or name in LATE

    def called(self, home: str) -> str:
        """The name of the page that a tag calls so; empty where there is none."""
        return next((name for name in (*self._by_name, *LATE) if home_of(name) == home), "")

    def make_one(self) -> bool:
        """Make one of the late pages that were not opened yet; false where there is none left."""
        name = next((name for name in LATE if name not in self._late), "")
        if name:
            self._make(name)
        return bool(name)

    def made(self, name: str) -> LatePage:
        """The late page of that name, made now where it was not opened yet."""
        return self._late.get(name) or self._make(name)

    def opened_late(self) -> dict[str, LatePage]:
        """The late pages that there are."""
        return self._late

    def late(self, name: str) -> LatePage | None:
        """The late page of that name, where it was opened already."""
        return self._late.get(name)

    def heard(self, news: str, content: object) -> None:
        """Pass what the station told on to the late pages that there are."""
        self.card.heard(news, content)
        for page in self._late.values():
            page.heard(news, content)

    def attend(self, service: Service) -> None:
        """Let every page work with that station."""
        self._service = service
        for page in self._late.values():
            page.attend(service)
        self.card.attend(service)
        self.receiving.attend(service)
        self.holding.attend(service)
        self.search.attend(service)
        self.simulated.attend(service.info.data)
        self.spool.attend(service)

    def home_of(self, owner: QObject | None) -> str:
        """The name of the page that this belongs to; empty where it belongs to the whole window."""
        for name, page in self._by_name.items():
            if owner is page or (isinstance(owner, QWidget) and page.isAncestorOf(owner)):
                return name
        return ""

    def actions_here(self) -> list[QAction]:
        """What can be done on the page in front."""
        page = self._stack.currentWidget()
        return list(page.actions()) if page is not None else []

    def toggle_simulated(self) -> None:
        """Show or put away the simulated scanner."""
        shown = not self.simulated.isVisible()
        self.simulated.setVisible(shown)
        self._is_card_asked = shown
        self._share()
        if shown:
            height = self._beside.height()
            self._beside.setSizes([height * 2 // 5, height * 3 // 5])
            self.simulated.begin()

    def open_card(self) -> None:
        """Bring the unit card to the front: where there is no room for both, in place of the page."""
        self.show_card()
        self.card.history.setFocus()

    def show_card(self) -> None:
        """Make the unit card visible."""
        self._is_card_asked = True
        self._share()

    def step_back(self) -> bool:
        """Put away what stands before the page; false when there was nothing."""
        late = self._late.get(self.current)
        if late is not None and late.step_back():
            return True
        if self.card.back_to_now():
            return True
        if not self.simulated.isHidden():
            self.simulated.hide()
        elif not (self._is_narrow and self._is_card_asked):
            return False
        self._is_card_asked = False
        self._share()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._is_narrow = self.width() < self.fontMetrics().averageCharWidth() * 140
        self._share()

    def _share(self) -> None:
        """Page and card side by side, or one of them where it is narrow."""
        alone = self.current in ("opening", "first_run", "trouble", "")
        beside = not alone and (not self._is_narrow or self._is_card_asked)
        self._beside.setVisible(beside)
        self._stack.setVisible(not (beside and self._is_narrow))

    def _add(self, name: str, page: Page) -> Page:
        self._by_name[name] = page
        self._stack.addWidget(page)
        return page

    def _make(self, name: str) -> LatePage:
        page = self._late[name] = self._add(name, make(name, self._kit))
        page.unit_chosen.connect(self.unit_chosen)
        page.page_wanted.connect(self.page_wanted)
        if self._service is not None:
            page.attend(self._service)
        return page

    def _lay_out(self) -> None:
        self._beside = QSplitter(Qt.Orientation.Vertical)
        self._beside.setObjectName("beside")
        self._beside.setChildrenCollapsible(False)
        self._beside.addWidget(self.card)
        self._beside.addWidget(self.simulated)
        self.simulated.hide()
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setObjectName("middle")
        split.setChildrenCollapsible(False)
        split.addWidget(self._stack)
        split.addWidget(self._beside)
        split.setHandleWidth(gap(self))
        self._beside.setHandleWidth(gap(self))
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 0)
        self._stack.setMinimumWidth(self.fontMetrics().averageCharWidth() * 40)
        self._beside.setMinimumWidth(self.fontMetrics().averageCharWidth() * 30)
        wide = self.fontMetrics().averageCharWidth() * 52
        split.setSizes([wide * 3, wide])
        rows(self).addWidget(split)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 150, self.fontMetrics().height() * 40)
