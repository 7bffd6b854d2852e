"""Pages that are made when they are first opened: what they are handed, and what the window asks of them."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Signal

from dockmark.ui.bridge import Bridge
from dockmark.ui.cards import Card
from dockmark.ui.cues import CuePlayer
from dockmark.ui.service import Service
from dockmark.ui.theme import Theme

LATE: Final[dict[str, str]] = {
    "lists": "dockmark.ui.lists_page:ListsPage",
    "import": "dockmark.ui.import_page:ImportPage",
    "master": "dockmark.ui.master_page:MasterPage",
    "settings": "dockmark.ui.settings_page:SettingsPage",
}
"""Name of the page -> module and class. A new page is a line here, and a `Stop` in `shell` if the rail leads to it."""


@dataclass(frozen=True, slots=True)
class Kit:
    """What every page of this window is made with."""

    bridge: Bridge
    theme: Theme
    cues: CuePlayer
    settings_file: Path


class LatePage(Card):
    """A page of the window. It asks the station through the bridge, and nothing before `attend`."""

    unit_chosen = Signal(str)  # unit id: bring it onto the card
    page_wanted = Signal(str, str)  # name of a page, and what to show there

    def __init__(self, name: str, kit: Kit) -> None:
        super().__init__(name)
        self.kit = kit
        self.service: Service | None = None

    def attend(self, service: Service) -> None:
        """Ask that station from now on. Called again when the station was opened anew."""
        self.service = service

    def begin(self, what: str = "") -> None:
        """The page came to the front; `what` says what to show there, in the page's own words."""

    def heard(self, news: str, content: object) -> None:
        """The station told something (`ui.service` lists the news)."""

    def draft(self) -> dict[str, Any]:
        """What is written here and recorded nowhere, as plain values for JSON; empty where there is nothing."""
        return {}

    def take_draft(self, told: dict[str, Any]) -> None:
        """Go on with what `draft` told, perhaps in another life; whatever of it is of no use is left out."""

    def step_back(self) -> bool:
        """Esc: put away what stands open on the page; false where there was nothing."""
        return False


def make(name: str, kit: Kit) -> LatePage:
    """The page of that name."""
    module, _, kind = LATE[name].partition(":")
    page: LatePage = getattr(import_module(module), kind)(kit)
    return page


def warm() -> None:
    """Import the modules of all late pages, on a thread that may wait."""
    for name in LATE.values():
        import_module(name.partition(":")[0])
