"""Where somebody was when the window ended, however it ended: desk, page, and what was typed and not sent yet.

Receipt and line are kept by the desk itself, in the ledger's folder. This is of the window, kept in its state folder.
"""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QLineEdit, QWidget

from dockmark.ui.bridge import Bridge
from dockmark.ui.drafts import Drafts
from dockmark.ui.shell import DESKS, Shell

_PAUSE_MS: Final = 200
_LONGEST: Final = 2000
_NOT_RESUMED: Final = ("opening", "first_run", "trouble", "")


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody was."""

    desk: str = ""
    page: str = ""
    typed: dict[str, str] = field(default_factory=dict)
    """Name of the field -> what stood in it."""


class Resume(QObject):
    """Writes it down shortly after every change, and brings it back."""

    def __init__(self, shell: Shell, bridge: Bridge, folder: Path) -> None:
        super().__init__(shell)
        self._bridge = bridge
        self._hand_wanted = False
        self._shell = shell
        self._folder = folder
        self._file: Path | None = None
        self._kept = Place()
        self._fields: dict[str, QLineEdit] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._keep)
        self._drafts = Drafts(shell)

    def bring_back(self, data: Path) -> None:
        """Back to where somebody was with that data folder; from now on it is kept."""
        self._pause.stop()
        self._file = self._folder / f"place-{sha256(str(data.absolute()).encode()).hexdigest()[:16]}.json"
        place = _read(self._file)
        self._watch()
        for name, text in place.typed.items():
            if (known := self._fields.get(name)) is not None and not known.text():
                known.setText(text)
        self._hand_wanted = any(name in place.typed for name in self._by_hand())
        self._when_quiet()
        pages = self._shell.pages
        if pages is not None and place.desk in DESKS:
            self._shell.open_page(place.desk)
            if place.page not in (place.desk, *_NOT_RESUMED) and pages.has(place.page):
                self._shell.open_page(place.page)
        self._kept = place
        self._drafts.bring_back(self._file.with_name(self._file.name.replace("place-", "drafts-")))

    def rest(self) -> None:
        """The station goes: what happens until the next one is of no place."""
        if self._pause.isActive():
            self._pause.stop()
            self._keep()
        self._drafts.rest()
        self._file = None

    def _watch(self) -> None:
        pages = self._shell.pages
        if pages is None or self._fields:
            return
        screens: tuple[QWidget, ...] = (pages.receiving, pages.holding, pages.search)
        for screen in screens:
            for each in screen.findChildren(QLineEdit):
                if each.objectName() and not each.isReadOnly():
                    self._fields[each.objectName()] = each
                    each.textChanged.connect(self._on_changed)
        pages.opened.connect(self._on_changed)

    def _on_changed(self, *_what: object) -> None:
        if self._file is not None and not self._pause.isActive():
            self._pause.start()

    def _keep(self) -> None:
        pages = self._shell.pages
        if self._file is None or pages is None or not shiboken6.isValid(pages):
            return
        typed = {name: each.text()[:_LONGEST] for name, each in self._fields.items() if each.text()}
        page = pages.current if pages.current not in _NOT_RESUMED else ""
        place = Place(self._shell.desk, page, typed)
        if place != self._kept and _write(self._file, place):
            self._kept = place

    def _by_hand(self) -> list[str]:
        pages = self._shell.pages
        return [] if pages is None else [each.objectName() for each in pages.receiving.by_hand.findChildren(QLineEdit)]

    def _when_quiet(self) -> None:
        """The desk shows or hides its fields when it has read what is in hand: they are opened after that."""
        if not self._hand_wanted or not shiboken6.isValid(self._shell):
            return
        if self._bridge.is_quiet:
            self._hand_wanted = False
            self._open_by_hand()
        else:
            QTimer.singleShot(50, self, self._when_quiet)

    def _open_by_hand(self) -> None:
        pages = self._shell.pages
        if pages is not None:
            hand = pages.receiving.hand
            if pages.receiving.by_hand.isHidden() and hand.isEnabled():
                hand.click()


def _read(file: Path) -> Place:
    try:
        told = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return Place()
    if not isinstance(told, dict):
        return Place()
    desk, page, typed = told.get("desk"), told.get("page"), told.get("typed")
    kept = typed.items() if isinstance(typed, dict) else ()
    return Place(
        desk if isinstance(desk, str) else "",
        page if isinstance(page, str) else "",
        {name: text for name, text in kept if isinstance(name, str) and isinstance(text, str)},
    )


def _write(file: Path, place: Place) -> bool:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_suffix(".new")
        beside.write_text(json.dumps({"desk": place.desk, "page": place.page, "typed": place.typed}), "utf-8")
        beside.replace(file)
    except OSError:
        return False
    return True
