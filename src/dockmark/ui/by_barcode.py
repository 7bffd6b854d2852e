"""Does what a barcode of the window asks for: goes to a page, or does at its home what a key does there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from dockmark.ui.cues import Cue
from dockmark.ui.words import _

if TYPE_CHECKING:
    from dockmark.ui.cues import CuePlayer
    from dockmark.ui.deeds import Deed
    from dockmark.ui.shell import Shell


class ByBarcode(QObject):
    """Works once the pages are there. What cannot be done now is said, and nothing else happens."""

    def __init__(self, shell: Shell, cues: CuePlayer) -> None:
        super().__init__(shell)
        self._shell = shell
        self._cues = cues

    def do(self, word: str) -> None:
        """Go there, or do it."""
        from dockmark.identifiers.window_tags import wanted

        want = wanted(word)
        if self._shell.pages is None:
            return
        page = self._shell.pages.called(want.home) if want is not None else ""
        is_way = want is None or not want.key
        if page and not is_way:
            self._bring(page)
        deed = self._deed(word)
        if deed is not None:
            self._trigger(deed)
        elif page and is_way:
            self._shell.ways.open_where_attended(page)
        else:
            self._refuse(_("Nothing in this window has that barcode. Print the command sheet anew: F1."))

    def _deed(self, word: str) -> Deed | None:
        from dockmark.ui.deeds import deeds

        return next((each for each in deeds(self._shell, self._shell.pages) if each.word == word), None)

    def _bring(self, page: str) -> None:
        pages = self._shell.pages
        if pages is not None and pages.current != page:
            self._shell.open_page(page)

    def _trigger(self, deed: Deed) -> None:
        from dockmark.ui.deeds import UNIT

        if deed.home == UNIT and self._shell.pages is not None:
            self._shell.pages.show_card()
        owner = deed.action.parent()
        if not deed.action.isEnabled() or not isinstance(owner, QWidget) or not owner.isVisible():
            self._refuse(_("This cannot be done here now: {what}").format(what=deed.says))
            return
        self._shell.strip.be_quiet(_("COMMAND"), deed.says)
        deed.action.trigger()

    def _refuse(self, words: str) -> None:
        self._shell.strip.be_quiet(_("NOT NOW"), words)
        self._cues.play(Cue.REFUSED)
