"""Search over everything as one types; Ctrl+K comes here from everywhere."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPalette

from dockmark.desks.views import Found
from dockmark.ui.bridge import Bridge
from dockmark.ui.cards import Card, rows
from dockmark.ui.labels import Caption, Field, Headline, Sentence
from dockmark.ui.search_list import FoundLine, FoundList
from dockmark.ui.service import Service
from dockmark.ui.words import _, ngettext, number, seen, state_word

if TYPE_CHECKING:
    # What commands and lists are called is read when the first is sought.
    from dockmark.ui.commands_found import Command
    from dockmark.ui.openings import Openings

MOST: Final = 100
_PAUSE_MS: Final = 90
_RECENT: Final = 12
_ORDER: Final = ("unit", "receipt", "order", "asn", "part", "place", "partner", "recall", "operator")


class SearchPage(Card):
    """A field and what it finds, kind by kind; what was opened last where nothing is typed."""

    unit_chosen = Signal(str)  # unit id
    page_wanted = Signal(str, str)  # name of a page, and what to show there
    command_chosen = Signal(object)  # QAction

    def __init__(self, bridge: Bridge) -> None:
        super().__init__("searchPage")
        self._bridge = bridge
        self._service: Service | None = None
        self._found: dict[str, Found] = {}
        self._recent: deque[Found] = deque(maxlen=_RECENT)
        self._by_command: dict[str, Command] = {}
        self._openings: Openings | None = None
        self._shown_for = ""
        """The text that the lines were found for."""
        self._is_hasty = False
        """Enter was pressed before the answer came: open the first line when it is there."""
        self.field = Field("searchField", _("Find anything"), _("serial, part, lot, order, place, command …"))
        self.field.setClearButtonEnabled(True)
        # Names may be written with an input method; codes are never scanned into this field.
        self.field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, True)
        self.field.installEventFilter(self)
        self.count = Sentence("searchCount")
        self.results = FoundList("searchResults", _("What was found"))
        self.results.installEventFilter(self)
        self.hint = Sentence("searchHint", 1.1)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._lay_out()
        self.field.textChanged.connect(self._on_text_changed)
        self.field.returnPressed.connect(self._on_return)
        self._pause.timeout.connect(self._on_pause_over)
        self.results.chosen.connect(self._on_chosen)
        self._say_count("", 0)
        self._show_hint("")

    def attend(self, service: Service) -> None:
        """Ask that station from now on."""
        self._service = service
        self._recent.clear()

    def begin(self) -> None:
        """Ready to type; what was typed before is replaced by the first key."""
        self.field.setFocus()
        self.field.selectAll()
        if not self.field.text().strip():
            self._show([])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down leads from the field into the results, Up from the first of them back; letters go to the field."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if watched is self.field:
            return self._key_in_field(event)
        first = self.results.currentIndex().row() <= 0
        if event.key() == Qt.Key.Key_Up and first:
            self.field.setFocus()
            return True
        if event.text().isprintable() and event.text() and event.key() != Qt.Key.Key_Space:
            self.field.setFocus()
            self.field.insert(event.text())
            return True
        return False

    def _key_in_field(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Down or self.results.found.rowCount() == 0:
            return False
        self.results.setFocus()
        self.results.setCurrentIndex(self.results.found.index(0, 0))
        return True

    def _lay_out(self) -> None:
        whole = rows(self, margin=2)
        whole.addWidget(Headline(_("Find anything")))
        whole.addWidget(Caption(_("Text or code"), self.field))
        whole.addWidget(self.field)
        whole.addWidget(self.count)
        whole.addWidget(self.results, 1)
        whole.addWidget(self.hint, 1)

    def _on_text_changed(self) -> None:
        self._is_hasty = False
        self._pause.start()

    def _on_pause_over(self) -> None:
        text = self.field.text().strip()
        if self._service is None or not text:
            self._show([])
            return
        self._bridge.ask(self, self._service.search(text, MOST), partial(self._on_found, text), topic="search")

    def _on_found(self, text: str, found: list[Found]) -> None:
        """Show the answer, unless the text was typed on meanwhile: then another is on its way."""
        if text != self.field.text().strip():
            return
        self._show(found)
        if self._is_hasty:
            self._is_hasty = False
            self._open_first()

    def _show(self, found: list[Found]) -> None:
        text = self._shown_for = self.field.text().strip()
        lines = self._grouped(found, text) if text else self._recent_lines()
        commands = self._commands(text)
        self.results.show_lines([*lines, *commands], text)
        self._say_count(text, len(found), len(commands))
        self._show_hint(text)

    def _show_hint(self, text: str) -> None:
        """Where nothing is listed, what to do."""
        empty = self.results.found.rowCount() == 0
        self.results.setVisible(not empty)
        self.hint.setVisible(empty)
        nothing = _("Type less of it: a few characters from anywhere in it are enough.")
        self.hint.setText(
            nothing if text else _("What you open from here is listed, so that you find it again at once.")
        )

    def _grouped(self, found: list[Found], text: str) -> list[FoundLine]:
        """Kind by kind; the kind of which one is called exactly so comes first."""
        self._found = {f"{hit.kind}:{hit.id}": hit for hit in found}
        kinds: dict[str, list[Found]] = {}
        for hit in found:
            kinds.setdefault(hit.kind, []).append(hit)

        def rank(kind: str) -> tuple[bool, int, str]:
            exact = any(hit.title.casefold() == text.casefold() for hit in kinds[kind])
            return not exact, _ORDER.index(kind) if kind in _ORDER else len(_ORDER), kind

        full = len(found) >= MOST
        lines = []
        for kind in sorted(kinds, key=rank):
            many = number(len(kinds[kind])) + ("+" if full and kind == "unit" else "")
            head = _("{kind} · {count}").format(kind=_kinds().get(kind, kind), count=many)
            for place, hit in enumerate(kinds[kind]):
                lines.append(_line(hit, head if place == 0 else ""))
        return lines

    def _recent_lines(self) -> list[FoundLine]:
        self._found = {f"{hit.kind}:{hit.id}": hit for hit in self._recent}
        return [_line(hit, "" if place else _("Opened last")) for place, hit in enumerate(self._recent)]

    def _commands(self, text: str) -> list[FoundLine]:
        if len(text) < 2:
            self._by_command = {}
            return []
        from dockmark.ui.commands_found import commands_of

        self._by_command = {each.key: each for each in commands_of(self.window(), text)}
        head = _("{kind} · {count}").format(kind=_("Commands"), count=number(len(self._by_command)))
        return [
            FoundLine(each.key, each.says, each.hint, "" if place else head)
            for place, each in enumerate(self._by_command.values())
        ]

    def _say_count(self, text: str, count: int, commands: int = 0) -> None:
        if not text:
            self.count.setText(_("Type a part of a serial, a part number, a lot, an order, or what you want to do."))
        elif count == 0:
            none = _("No unit, paper or part is known under this text.") if commands else ""
            self.count.setText(none or _("Nothing is known under this text."))
        elif count >= MOST:
            self.count.setText(_("The first {count}; type more to narrow it down.").format(count=number(count)))
        else:
            self.count.setText(ngettext("{count} found", "{count} found", count).format(count=number(count)))

    def _on_return(self) -> None:
        """Open the first line; where its answer is not there yet, as soon as it is."""
        if self._shown_for == self.field.text().strip():
            self._open_first()
            return
        self._is_hasty = True
        if self._pause.isActive():
            self._pause.stop()
            self._on_pause_over()

    def _open_first(self) -> None:
        if self.results.found.rowCount() > 0:
            self.results.setCurrentIndex(self.results.found.index(0, 0))
            self._on_chosen(self.results.current_key())

    def _on_chosen(self, key: str) -> None:
        hit = self._found.get(key)
        if hit is not None:
            self._open(hit)
        elif (command := self._by_command.get(key)) is not None:
            if command.action is not None:
                self.command_chosen.emit(command.action)
            else:
                self.page_wanted.emit(*command.page)

    def _open(self, hit: Found) -> None:
        """Go where its kind leads; remember it for the next time."""
        if hit in self._recent:
            self._recent.remove(hit)
        self._recent.appendleft(hit)
        if hit.kind == "unit":
            self.unit_chosen.emit(hit.id)
            return
        from dockmark.ui.openings import Openings, Thing

        if self._openings is None:
            self._openings = Openings(self, self._bridge)
            self._openings.unit_chosen.connect(self.unit_chosen)
            self._openings.page_wanted.connect(self.page_wanted)
        if self._service is not None:
            self._openings.attend(self._service)
        ways = self._openings.ways(Thing(hit.kind, hit.id, hit.title, hit.detail))
        if ways:
            ways[0].go()


def _line(hit: Found, head: str) -> FoundLine:
    return FoundLine(f"{hit.kind}:{hit.id}", seen(hit.title), seen(_detail(hit)), head)


def _detail(hit: Found) -> str:
    """What tells a hit apart, its state in words."""
    parts = hit.detail.split(" · ")
    if hit.kind == "unit" and len(parts) > 1:
        parts[1] = state_word(parts[1])
    return " · ".join(parts)


def _kinds() -> dict[str, str]:
    return {
        "unit": _("Units"),
        "receipt": _("Receipts"),
        "order": _("Orders"),
        "asn": _("ASNs"),
        "part": _("Parts"),
        "place": _("Places"),
        "partner": _("Partners"),
        "recall": _("Recalls"),
        "operator": _("Operators"),
    }
