"""The card at the right: which unit this is, its six lights with the reason of each, where it is, what happened."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QStackedWidget, QWidget

from dockmark.custody.lights import Light, Verdict
from dockmark.desks.answer import UnitView
from dockmark.desks.card_views import NOW, Moment, Timeline
from dockmark.desks.views import Answered, UnitCard
from dockmark.ui.actions import Work, action
from dockmark.ui.bridge import Bridge
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import Card, TallScroll, gap, rows
from dockmark.ui.labels import Caption, Headline, Sentence
from dockmark.ui.theme import Role
from dockmark.ui.unit_acts import UnitActs, more_words
from dockmark.ui.unit_band import OwnerBand, PastBand
from dockmark.ui.unit_facts import CameWith, EarlierNames, FactGrid, Identity, Tree
from dockmark.ui.unit_files import FilesSection
from dockmark.ui.unit_lights import LightRow, LightSteps
from dockmark.ui.unit_text import card_text
from dockmark.ui.unit_timeline import TimelineView
from dockmark.ui.words import _, condition_word, light_word, seen, state_word

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
        self._build()
        self._lay_out()
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
        self._pages.setCurrentIndex(0)

    def show_unit(self, unit: UnitView, verdict: Verdict) -> None:
        """Show at once what an answer tells, as it is now; the rest follows with `show_card`."""
        self.back_to_now(read=False)
        if unit.id != self._shown or not unit.id:
            self._begin_another()
        self._show_identity(unit)
        self._show_verdict(verdict)

    def show_card(self, card: UnitCard) -> None:
        """Show everything that is known of a unit."""
        if card.unit.id != self._shown or card.moment != self._moment:
            self._begin_another()
        self._moment, self.acts.shown = card.moment, card
        self._show_identity(card.unit)
        self._show_verdict(card.verdict)
        self.facts.show_marks(card.marks)
        self.facts.show_fact("place", " › ".join(card.path) or card.unit.place)
        self.facts.show_fact("custody", card.custody)
        for light, steps in self._steps.items():
            steps.show_steps(card.steps.get(light, ()))
            steps.beside.setVisible(light is Light.COUNTERFEIT and bool(card.others))
        self.files.show_files(card.files)
        self.papers.show_papers(card.papers, card.documents)
        self.tree.show_tree(card.parent, card.contents)
        self.earlier.show_names(card.earlier)
        self.history.show_page(card.timeline)
        self._show_more()
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

    def toggle_light(self, light: Light) -> None:
        """Open or close how a light was worked out."""
        self._lights[light].toggle()
        if self._lights[light].isChecked():
            self._scroll.ensureWidgetVisible(self._steps[light])

    # -- building -----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.past = PastBand()
        self.owner = OwnerBand()
        self.identity = Identity()
        self.serial, self.part = self.identity.serial, self.identity.part
        self.description, self.state = self.identity.description, self.identity.state
        self._lights = {light: LightRow(light) for light in Light}
        self._steps = {light: LightSteps(light) for light in Light}
        self.facts = FactGrid()
        self.earlier = EarlierNames()
        self.files = FilesSection(self._bridge)
        self.papers = CameWith()
        self.tree = Tree()
        self.history = TimelineView()
        self.shown_count = Caption("")
        self.shown_count.setObjectName("historyCount")
        self.label = CommandButton("cardLabelButton", _("Print label"), "repeat", "Ctrl+Shift+L")
        self.attach = CommandButton("attachButton", _("Attach file"), "certificate", "Ctrl+Shift+A")
        self.paste = CommandButton("pasteButton", _("Paste"), "import", "Ctrl+V")
        self.then = CommandButton("momentButton", _("As it stood"), "undo", "Ctrl+Shift+D")
        self.copy_serial = CommandButton("copySerialButton", _("Copy serial"), "export", "Ctrl+Shift+C")
        self.copy_all = CommandButton("copyAllButton", _("Copy all"), "export", "Ctrl+Shift+X")
        self.biography = CommandButton("biographyButton", _("Biography"), "printer", "Ctrl+Shift+B")
        self.more = CommandButton("historyMoreButton", _("Earlier entries"), "", "Ctrl+Shift+M")

    def _lay_out(self) -> None:
        self._pages = QStackedWidget()
        whole = rows(self, margin=0.2)
        whole.addWidget(self._pages)
        self._pages.addWidget(_invitation())
        content = QWidget()
        body = rows(content, margin=1.6, spacing=0.9)
        body.addWidget(self.past)
        body.addWidget(self.owner)
        body.addWidget(self.identity)
        body.addWidget(self._all_lights())
        body.addWidget(self.facts)
        body.addWidget(self.earlier)
        body.addWidget(self._all_acts())
        for section in (self.files, self.papers, self.tree):
            body.addSpacing(gap(self) // 2)
            body.addWidget(section)
        body.addSpacing(gap(self) // 2)
        body.addWidget(Headline(_("History"), 1.0))
        body.addWidget(self.shown_count)
        body.addWidget(self.history, 1)
        body.addWidget(self.more)
        self._scroll = TallScroll("unitCardScroll", content)
        self._pages.addWidget(self._scroll)

    def _all_lights(self) -> QWidget:
        lights = QWidget()
        column = rows(lights)
        column.setSpacing(0)
        for light in Light:
            column.addWidget(self._lights[light])
            column.addWidget(self._steps[light])
        return lights

    def _all_acts(self) -> QWidget:
        acts = QWidget()
        grid = QGridLayout(acts)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(gap(self))
        buttons = (self.label, self.then, self.attach, self.paste, self.copy_serial, self.copy_all, self.biography)
        for place, button in enumerate(buttons):
            grid.addWidget(button, place // 2, place % 2)
        return acts

    def _connect(self) -> None:
        for light, row in self._lights.items():
            row.toggled.connect(self._steps[light].setVisible)
        self._steps[Light.COUNTERFEIT].beside.clicked.connect(self.acts.show_beside)
        self.files.opened.connect(self.acts.open_file)
        self.papers.wanted.connect(self._on_paper)
        self.history.opened.connect(self.acts.open_entry)
        self.acts.changed.connect(self.refresh)
        self.acts.said.connect(self._on_said)
        self.acts.moment_chosen.connect(self.show_moment)
        self.acts.unit_chosen.connect(self.unit_chosen)
        self.acts.entry_wanted.connect(self._on_entry_wanted)

    def _build_keys(self) -> None:
        for button, work in (
            (self.label, Work(_("Print the label again"), "Ctrl+Shift+L", self.acts.print_label)),
            (self.attach, Work(_("Attach a file to the unit"), "Ctrl+Shift+A", self.acts.choose_files)),
            (self.paste, Work(_("Attach what is on the clipboard"), "Ctrl+V", self.acts.paste)),
            (self.then, Work(_("Show the unit as it stood"), "Ctrl+Shift+D", self.acts.choose_moment)),
            (self.past.back, Work(_("Back to now"), "Ctrl+Shift+N", self._on_back)),
            (self.copy_serial, Work(_("Copy the serial"), "Ctrl+Shift+C", self._on_copy_serial)),
            (self.copy_all, Work(_("Copy the whole card"), "Ctrl+Shift+X", self._on_copy_all)),
            (self.biography, Work(_("Unit biography on paper"), "Ctrl+Shift+B", self.acts.show_biography)),
            (self.more, Work(_("Read earlier entries"), "Ctrl+Shift+M", self._on_more)),
            (None, Work(_("Hold it against its likes"), "Ctrl+Shift+S", self.acts.show_beside)),
        ):
            action(self, button, work)
        for number, light in enumerate(Light, 1):
            says = _("How it was worked out: {light}").format(light=light_word(light))
            action(self, None, Work(says, f"Alt+{number}", partial(self.toggle_light, light)))

    # -- showing ------------------------------------------------------------------------------------------------------

    def _begin_another(self) -> None:
        """Another unit or another moment: nothing of the one before stays."""
        self.history.lines.clear()
        self.facts.show_marks(())
        self.facts.show_fact("custody", "")
        self.files.show_files(())
        self.files.say("")
        self.papers.show_papers((), ())
        self.earlier.show_names(())
        self.acts.shown = None
        for row in self._lights.values():
            row.setChecked(False)
        for steps in self._steps.values():
            steps.show_steps(())
            steps.beside.hide()
        self._enable()
        self._show_more()

    def _show_identity(self, unit: UnitView) -> None:
        self._shown = unit.id
        self._pages.setCurrentIndex(1)
        self.serial.setText(seen(unit.serial) or _("no serial"))
        self.part.setText(seen(unit.part))
        self.description.setText(seen(unit.description))
        self.description.setVisible(bool(unit.description))
        self.state.setText(state_word(unit.state))
        self.owner.show_owner(unit.owner)
        quantity = str(unit.quantity) if unit.quantity != 1 else ""
        condition = condition_word(unit.condition) if unit.condition else ""
        own = (("place", unit.place), ("condition", condition), ("lot", unit.lot))
        for key, value in (*own, ("quantity", quantity), ("expiry", unit.expiry)):
            self.facts.show_fact(key, value)

    def _show_verdict(self, verdict: Verdict) -> None:
        for light, row in self._lights.items():
            row.show_finding(verdict.get(light))

    def _show_more(self) -> None:
        lines = self.history.lines
        self.more.setVisible(bool(lines.more))
        self.shown_count.setText(more_words(lines.rowCount(), lines.total))
        self.shown_count.setVisible(bool(lines.more))

    def _show_moment(self) -> None:
        moment = self._moment
        self.past.show_words("" if moment.is_now else moment_words(moment))
        self._enable()
        if not moment.is_now:
            self._scroll.verticalScrollBar().setValue(0)

    def _enable(self) -> None:
        """What is not in the tables can only be read, and the past cannot be changed."""
        known = self.acts.shown is not None
        for button in (self.label, self.attach, self.paste, self.biography):
            button.setEnabled(known and self._moment.is_now)
        self.then.setEnabled(known)

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
            self._show_more()

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

    def _on_said(self, words: str) -> None:
        self.files.say(words)
        if words:
            self._scroll.ensureWidgetVisible(self.files.says)

    def _on_copy_serial(self) -> None:
        self.acts.copy(self.serial.text())

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


def moment_words(moment: Moment) -> str:
    """Which past it is."""
    by = moment.until if moment.until is not None else moment.known
    shown = QDateTime.fromMSecsSinceEpoch((by or 0) // 1000)
    time = QLocale().toString(shown, QLocale.FormatType.ShortFormat)
    if moment.until is not None:
        return _("As it stood on {time}. This is the past.").format(time=time)
    return _("By what had been recorded until {time}. This is the past.").format(time=time)


def _invitation() -> QWidget:
    page = QWidget()
    body = rows(page, margin=2)
    words = Sentence("unitCardEmpty")
    words.setText(_("Scan a unit, or choose one from a list: its verdict and its history stand here."))
    words.setAlignment(Qt.AlignmentFlag.AlignCenter)
    words.setForegroundRole(Caption("").foregroundRole())
    words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
    body.addWidget(words)
    return page
