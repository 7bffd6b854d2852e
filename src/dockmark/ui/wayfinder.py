"""The ways through the window: its own keys, the rail, the menu, the list of keys, and the way back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import shiboken6
from PySide6.QtCore import QObject, QTimer

from dockmark.ui.actions import Work, action
from dockmark.ui.shell_frame import stops
from dockmark.ui.words import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QAction

    from dockmark.ui.bridge import Bridge
    from dockmark.ui.keys_dialog import KeysDialog
    from dockmark.ui.shell import Shell

_DESKS: Final = frozenset({"receiving", "holds"})
"""Places whose barcode is a command of the desks."""


class Wayfinder(QObject):
    """Made with the window; leads nowhere before the pages are there."""

    def __init__(self, shell: Shell, bridge: Bridge) -> None:
        super().__init__(shell)
        self._shell = shell
        self._bridge = bridge
        self.home = "opening"
        """Where stepping back leads to."""
        self._build_keys()

    def open_page(self, name: str, what: str = "") -> None:
        """A page was asked for by name; training is one of the words."""
        if name == "training":
            self._shell.training_wanted.emit(what)
        else:
            self._shell.open_page(name, what)

    def open_where_attended(self, name: str, what: str = "") -> None:
        """A page that shows nothing without a station."""
        if self._shell.service is not None:
            self._shell.open_page(name, what)

    def do(self, command: QAction) -> None:
        """Do what was found by its name, on the page that it belongs to."""
        pages = self._shell.pages
        assert pages is not None, "the search page is one of them"
        home = pages.home_of(command.parent())
        if home:
            self._shell.open_page(home)
        command.trigger()

    def _build_keys(self) -> None:
        for work in (
            Work(_("Find anything"), "Ctrl+K", self._on_find),
            Work(_("Import a file"), "Ctrl+I", self._on_import),
            Work(_("Parts, partners, places, orders, people"), "Ctrl+M", self._on_master),
            Work(_("Step back"), "Esc", self._on_escape),
            Work(_("Begin or leave training"), "Ctrl+Shift+T", self._on_training),
            Work(_("Close Dockmark"), "Ctrl+Q", self._on_close),
        ):
            action(self._shell, None, work)
        for stop in stops():
            button = self._shell.rail.buttons[stop.name]
            word = stop.name.upper() if stop.name in _DESKS else f"GO{stop.name.upper()}"
            action(self._shell, button, Work(stop.says, stop.key, partial(self._on_rail, stop.name), word))

    def _on_find(self) -> None:
        self.open_where_attended("search")

    def _on_import(self) -> None:
        self.open_where_attended("import")

    def _on_master(self) -> None:
        self.open_where_attended("master")

    def _on_training(self) -> None:
        service = self._shell.service
        if service is not None:
            self._shell.training_wanted.emit("leave" if service.info.training else "enter")

    def _on_close(self) -> None:
        self._shell.close()

    def _on_rail(self, name: str) -> None:
        pages, rail = self._shell.pages, self._shell.rail
        if pages is None:
            return
        if name == "simulated":
            pages.toggle_simulated()
            rail.mark(pages.current)
        elif name == "card":
            rail.mark(pages.current)
            pages.open_card()
        elif name == "keys":
            rail.mark(pages.current)
            self._show_keys()
        elif name == "menu":
            rail.mark(pages.current)
            self._show_menu()
        else:
            self._shell.open_page(name)

    def _show_keys(self) -> None:
        from dockmark.ui.keys_dialog import KeysDialog

        dialog = KeysDialog(self._shell)
        dialog.finished.connect(dialog.deleteLater)
        dialog.sheet.setEnabled(self._shell.service is not None)
        dialog.sheet_wanted.connect(self._on_sheet_wanted)
        dialog.ask(self._shell)
        self._make_pages(partial(self._show_deeds, dialog))

    def _show_deeds(self, dialog: KeysDialog) -> None:
        from dockmark.ui.deeds import deeds

        if shiboken6.isValid(dialog):
            dialog.show_deeds(deeds(self._shell, self._shell.pages))

    def _on_sheet_wanted(self) -> None:
        self._make_pages(self._show_sheet)

    def _show_sheet(self) -> None:
        from dockmark.ui.command_list import sheet_groups
        from dockmark.ui.deeds import deeds
        from dockmark.ui.preview import show_commands

        if self._shell.service is not None:
            groups = sheet_groups(deeds(self._shell, self._shell.pages), self._shell.desk)
            show_commands(self._shell, self._bridge, self._shell.service, self._shell.desk, groups)

    def _make_pages(self, then: Callable[[], None]) -> None:
        """Every page there is, one at a time, so that the window stays awake between: their keys are known then."""
        if self._shell.pages is not None and self._shell.pages.make_one():
            QTimer.singleShot(0, self, partial(self._make_pages, then))
        else:
            then()

    def _show_menu(self) -> None:
        from dockmark.ui.menu import MainMenu

        menu = MainMenu(self._shell, self._groups)
        menu.aboutToHide.connect(menu.deleteLater)
        button = self._shell.rail.buttons["menu"]
        menu.popup(button.mapToGlobal(button.rect().topRight()))

    def _groups(self) -> list[tuple[str, str, list[QAction]]]:
        """What can be done: at the desk or page in front, with the unit on the card, and where one can go."""
        pages = self._shell.pages
        assert pages is not None, "the rail is asleep before"
        return [
            ("here", self._shell.rail.says(pages.current) or _("This page"), pages.actions_here()),
            ("unit", _("Unit"), pages.card.actions()),
            ("go", _("Go to"), self._shell.actions()),
        ]

    def _on_escape(self) -> None:
        pages = self._shell.pages
        if pages is None:
            return
        late = pages.late(pages.current)
        if late is not None and late.step_back():
            return
        if pages.current != self.home:
            self._shell.open_page(self.home)
        elif not pages.step_back() and not self._step_back_at_desk():
            self._shell.setFocus()

    def _step_back_at_desk(self) -> bool:
        pages = self._shell.pages
        assert pages is not None, "a desk is open"
        return pages.holding.step_back() if self._shell.desk == "holds" else pages.receiving.step_back()
