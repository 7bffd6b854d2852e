"""What is written on pages and recorded nowhere: kept as it is written, and offered when the window comes back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import shiboken6
from PySide6.QtCore import QObject, QTimer

from dockmark.ui.actions import Work, action
from dockmark.ui.notices import Notice
from dockmark.ui.theme import Role
from dockmark.ui.words import _

if TYPE_CHECKING:
    from dockmark.ui.shell import Shell

_LOOK_MS: Final = 300
_LARGEST: Final = 2_000_000
"""Characters of a draft that is kept; no form comes near."""
_AT_ONCE: Final = frozenset({"lists"})
"""Pages whose draft is only how they are looked at: it comes back unasked."""

Draft = dict[str, Any]


class Drafts(QObject):
    """Looks at the pages that were opened, a few times a second, and writes what changed."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._file: Path | None = None
        self._offered: dict[str, Draft] = {}
        self._written = ""
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.keep)
        self._acts = [
            action(shell, None, Work(_("Go on with what was written"), "Alt+Shift+G", self._on_go_on)),
            action(shell, None, Work(_("Throw away what was written"), "Alt+Shift+T", self._on_throw_away)),
        ]
        self._enable()

    def bring_back(self, file: Path) -> None:
        """Offer what was written with that ledger; from now on it is kept."""
        self._file = file
        told, self._written = _read(file)
        pages = self._shell.pages
        self._offered = {name: draft for name, draft in told.items() if pages is not None and pages.has(name)}
        for name in _AT_ONCE & self._offered.keys():
            self._give_back(name)
        self._offer()
        self._timer.start()

    def rest(self) -> None:
        """The ledger is going to be closed."""
        self._timer.stop()
        self.keep()
        self._file = None
        self._offered = {}
        self._offer()

    def keep(self) -> None:
        """Write down what stands on the pages now, where that changed."""
        pages = self._shell.pages
        if self._file is None or pages is None or not shiboken6.isValid(pages):
            return
        now = dict(self._offered)
        for name, page in pages.opened_late().items():
            if draft := page.draft():
                now[name] = draft
        text = json.dumps(now, ensure_ascii=False)
        if text != self._written and len(text) <= _LARGEST and _write(self._file, text if now else ""):
            self._written = text

    def _offer(self) -> None:
        self._enable()
        name = next(iter(self._offered), "")
        if not name:
            self._shell.notices.take_back("draft")
            return
        words = _("Written but not saved when the window closed: {what}.").format(what=_words(name))
        notice = Notice(
            Role.INFO, words, _("Go on"), self._on_go_on, may_close=False, other=_("Throw away"),
            do_other=self._on_throw_away,
        )  # fmt: skip
        self._shell.notices.say("draft", notice)

    def _enable(self) -> None:
        for each in self._acts:
            each.setEnabled(bool(self._offered))

    def _on_go_on(self) -> None:
        name = next(iter(self._offered))
        self._shell.open_page(name)
        self._give_back(name)
        self._offer()

    def _on_throw_away(self) -> None:
        del self._offered[next(iter(self._offered))]
        self._offer()
        self.keep()

    def _give_back(self, name: str) -> None:
        pages = self._shell.pages
        if pages is not None:
            pages.made(name).take_draft(self._offered.pop(name))


def _words(name: str) -> str:
    words = {
        "master": _("an entry of the master data"),
        "settings": _("settings of company or station"),
        "import": _("the columns of a file that is imported"),
    }
    return words.get(name, name)


def _read(file: Path) -> tuple[dict[str, Draft], str]:
    try:
        text = file.read_text("utf-8")
        told = json.loads(text)
    except (OSError, ValueError):
        return {}, ""
    if not isinstance(told, dict):
        return {}, ""
    return {name: draft for name, draft in told.items() if isinstance(draft, dict)}, text


def _write(file: Path, text: str) -> bool:
    try:
        if not text:
            file.unlink(missing_ok=True)
            return True
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_suffix(".new")
        beside.write_text(text, "utf-8")
        beside.replace(file)
    except OSError:
        return False
    return True
