"""The card at the right: which unit this is, its six lights with the reason of each, where it is, what happened."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent

from dockmark.custody.lights import Light, Verdict
from dockmark.desks.answer import UnitView
from dockmark.desks.card_views import NOW, Moment, Timeline
from dockmark.desks.views import Answered, UnitCard
from dockmark.ui.actions import Work, action
from dockmark.ui.bridge import Bridge
from dockmark.ui.cards import Card, rows
from dockmark.ui.theme import Role
from dockmark.ui.unit_acts import UnitActs
from dockmark.ui.unit_sheet import UnitSheet
from dockmark.ui.unit_text import card_text
from dockmark.ui.words import _, light_word

if TYPE_CHECKING:
    from dockmark.ui.service import Service


class UnitCardPanel(Card):
    """Shows one unit, or says how to come to one."""

    unit_chosen = Signal(str)  # another unit that shall come onto the card
    page_wanted = Signal(str, str)  # name of a page, and what to show there

    def __init__(self, bridge: Bridge) -> None:
        super().__init__("unitCard")
        self.setAccessibleName(_("Unit card"))
        self.setAcceptDrops(True)
        self._bridge = bridge
        self._service: Service | None = None
        self._shown = ""
        self._moment = NOW
        self.acts = UnitActs(self, bridge)
        self.sheet = UnitSheet(bridge)
        self.files, self.history = self.sheet.files, self.sheet.history
        rows(self, margin=0.2).addWidget(self.sheet)
        self._connect()
        self._build_keys()
        self.clear()

    @property
    def shown(self) -> str:
        """The id of the unit on show, or nothing."""
        return self._shown

    def attend(self, service: "Service") -> None:
        """Ask that station from now on."""
        self._service = self.acts.service = service
        self.files.attend(service)

    def heard(self, news: str, content: object) -> None:
        """Something was recorded of the unit on show, or somebody scans: then it is now again."""
        if news == "card" and self._shown and content in ("", self._shown):
            self.refresh()
        elif news == "answered" and isinstance(content, Answered) and content.scan is not None:
            self.back_to_now(read=content.answer.unit is None)

    def clear(self) -> None:
        """No unit: say how to come to one."""
        self._shown, self.acts.shown = "", None
        self.sheet.invite()

    def show_unit(self, unit: UnitView, verdict: Verdict) -> None:
        """Show at once what an answer tells, as it is now; the rest follows with `show_card`."""
        self.back_to_now(read=False)
        if unit.id != self._shown or not unit.id:
            self._begin_another()
        self._shown = unit.id
        self.sheet.show_identity(unit)
        self.sheet.show_verdict(verdict)

    def show_card(self, card: UnitCard) -> None:
        """Show everything that is known of a unit."""
        if card.unit.id != self._shown or card.moment != self._moment:
            self._begin_another()
        self._moment, self.acts.shown = card.moment, card
        self._shown = card.unit.id
        self.sheet.show_card(card)
        self._show_moment()

    def refresh(self) -> None:
        """Read the card again, at the moment that it shows."""
        self._read(self._moment)

    def show_moment(self, moment: object) -> None:
        """Show the unit as it stood then."""
        if isinstance(moment, Moment):
            self._read(moment)

    def back_to_now(self, *, read: bool = True) -> bool:
        """Leave the past; false where it was now already."""
        if self._moment.is_now:
            return False
        self._moment = NOW
        self._begin_another()
        self._show_moment()
        if read:
            self._read(NOW)
        return True

    # -- building -----------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.sheet.steps[Light.COUNTERFEIT].beside.clicked.connect(self.acts.show_beside)
        self.files.opened.connect(self.acts.open_file)
        self.sheet.papers.wanted.connect(self._on_paper)
        self.history.opened.connect(self.acts.open_entry)
        self.acts.changed.connect(self.refresh)
        self.acts.said.connect(self.sheet.say)
        self.acts.moment_chosen.connect(self.show_moment)
        self.acts.unit_chosen.connect(self.unit_chosen)
        self.acts.entry_wanted.connect(self._on_entry_wanted)

    def _build_keys(self) -> None:
        for button, work in (
            (self.sheet.label, Work(_("Print the label again"), "Ctrl+Shift+L", self.acts.print_label)),
            (self.sheet.attach, Work(_("Attach a file to the unit"), "Ctrl+Shift+A", self.acts.choose_files)),
            (self.sheet.paste, Work(_("Attach what is on the clipboard"), "Ctrl+V", self.acts.paste)),
            (self.sheet.then, Work(_("Show the unit as it stood"), "Ctrl+Shift+D", self.acts.choose_moment)),
            (self.sheet.past.back, Work(_("Back to now"), "Ctrl+Shift+N", self._on_back)),
            (self.sheet.copy_serial, Work(_("Copy the serial"), "Ctrl+Shift+C", self._on_copy_serial)),
            (self.sheet.copy_all, Work(_("Copy the whole card"), "Ctrl+Shift+X", self._on_copy_all)),
            (self.sheet.biography, Work(_("Unit biography on paper"), "Ctrl+Shift+B", self.acts.show_biography)),
            (self.sheet.more, Work(_("Read earlier entries"), "Ctrl+Shift+M", self._on_more)),
            (None, Work(_("Hold it against its likes"), "Ctrl+Shift+S", self.acts.show_beside)),
        ):
            action(self, button, work)
        for number, light in enumerate(Light, 1):
            says = _("How it was worked out: {light}").format(light=light_word(light))
            action(self, None, Work(says, f"Shift+F{number}", partial(self.sheet.toggle_light, light)))

    def _begin_another(self) -> None:
        self.acts.shown = None
        self.sheet.begin_another()
        self._enable()

    def _show_moment(self) -> None:
        self.sheet.show_moment(self._moment)
        self._enable()

    def _enable(self) -> None:
        self.sheet.enable(known=self.acts.shown is not None, now=self._moment.is_now)

    # -- asking -------------------------------------------------------------------------------------------------------

    def _read(self, moment: Moment) -> None:
        if self._service is None or not self._shown:
            return
        asked = self._service.cards.card(self._shown, until=moment.until, known=moment.known)
        self._bridge.ask(self, asked, self._on_card, failed=self.acts.say_trouble, topic="card")

    def _on_card(self, card: UnitCard) -> None:
        """An answer that comes when another unit is on show already is of no use any more."""
        if card.unit.id == self._shown:
            self.show_card(card)

    def _on_more(self) -> None:
        if self._service is None or not self.history.lines.more:
            return
        asked = self._service.cards.timeline(self._shown, self.history.lines.more, moment=self._moment)
        self._bridge.ask(self, asked, partial(self._on_page, self._shown), topic="more")

    def _on_page(self, unit: str, page: Timeline) -> None:
        if unit == self._shown:
            self.history.lines.add_page(page)
            self.sheet.show_more()

    def _on_entry_wanted(self, event: str) -> None:
        if self.history.choose(event):
            entry = self.history.lines.entry(self.history.lines.row_of(event))
            if entry is not None:
                self.acts.open_entry(entry)
        else:
            self.files.say(_("That entry is further back: read earlier entries first."))

    def _on_back(self) -> None:
        self.back_to_now()

    def _on_paper(self, kind: str, identity: str) -> None:
        if self._service is None or self.acts.shown is None:
            return
        if kind == "receipt":
            from dockmark.ui.preview import show_document

            show_document(self.window(), self._bridge, self._service, "receipt", identity)
        elif kind.startswith("paper:"):
            self._show_made(kind.removeprefix("paper:"), identity)
        else:
            number = next((it.number for it in self.acts.shown.papers if it.kind == kind), "")
            self.page_wanted.emit("lists", f"{kind}s:number={number}")

    def _show_made(self, kind: str, identity: str) -> None:
        from dockmark.ui.preview import show_document

        assert self._service is not None and self.acts.shown is not None, "asked before"
        receipt = next((it.id for it in self.acts.shown.papers if it.kind == "receipt"), "")
        ref = f"unit:{self._shown}" if kind == "biography" else receipt
        show_document(self.window(), self._bridge, self._service, kind, ref)

    def _on_copy_serial(self) -> None:
        self.acts.copy(self.sheet.serial.text())

    def _on_copy_all(self) -> None:
        if self.acts.shown is not None:
            self.acts.copy(card_text(self.acts.shown))

    # -- dropping -----------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.acts.takes(event.mimeData()):
            event.acceptProposedAction()
            self.mark(Role.INFO)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.mark(None)

    def dropEvent(self, event: QDropEvent) -> None:
        self.mark(None)
        if self.acts.take(event.mimeData()):
            event.acceptProposedAction()
