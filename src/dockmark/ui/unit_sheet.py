"""What stands on the unit card: identity, lights, facts, papers, tree, history; or how to come to a unit."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from dockmark.custody.lights import Light, Verdict
from dockmark.desks.answer import UnitView
from dockmark.desks.card_views import Moment
from dockmark.desks.views import UnitCard
from dockmark.ui.bridge import Bridge
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import TallScroll, gap, rows
from dockmark.ui.flow import FlowLayout
from dockmark.ui.labels import Caption, Headline, Sentence
from dockmark.ui.unit_acts import more_words
from dockmark.ui.unit_band import OwnerBand, PastBand
from dockmark.ui.unit_facts import CameWith, EarlierNames, FactGrid, Identity, Tree
from dockmark.ui.unit_files import FilesSection
from dockmark.ui.unit_lights import LightRow, LightSteps
from dockmark.ui.unit_timeline import TimelineView
from dockmark.ui.words import _, condition_word, seen, state_word
from dockmark.wording import forms_here


class UnitSheet(QStackedWidget):
    """Shows one unit as it is told; it asks nothing."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.past = PastBand()
        self.owner = OwnerBand()
        self.identity = Identity()
        self.serial, self.part = self.identity.serial, self.identity.part
        self.description, self.state = self.identity.description, self.identity.state
        self.lights = {light: LightRow(light) for light in Light}
        self.steps = {light: LightSteps(light) for light in Light}
        self.facts = FactGrid()
        self.earlier = EarlierNames()
        self.files = FilesSection(bridge)
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
        self._lay_out()
        for light, row in self.lights.items():
            row.toggled.connect(self.steps[light].setVisible)

    def invite(self) -> None:
        """No unit: say how to come to one."""
        self.setCurrentIndex(0)

    def show_card(self, card: UnitCard) -> None:
        """Everything that is known of a unit."""
        self.show_identity(card.unit)
        self.show_verdict(card.verdict)
        self.facts.show_marks(card.marks)
        self.facts.show_fact("place", " › ".join(card.path) or card.unit.place)
        self.facts.show_fact("custody", card.custody)
        for light, steps in self.steps.items():
            steps.show_steps(card.steps.get(light, ()))
            steps.beside.setVisible(light is Light.COUNTERFEIT and bool(card.others))
        self.files.show_files(card.files)
        self.papers.show_papers(card.papers, card.documents)
        self.tree.show_tree(card.parent, card.contents)
        self.earlier.show_names(card.earlier)
        self.history.show_page(card.timeline)
        self.show_more()

    def begin_another(self) -> None:
        """Another unit or another moment: nothing of the one before stays."""
        self.history.lines.clear()
        self.facts.show_marks(())
        self.facts.show_fact("custody", "")
        self.files.show_files(())
        self.files.say("")
        self.papers.show_papers((), ())
        self.earlier.show_names(())
        for row in self.lights.values():
            row.setChecked(False)
        for steps in self.steps.values():
            steps.show_steps(())
            steps.beside.hide()
        self.show_more()

    def show_identity(self, unit: UnitView) -> None:
        """Which unit it is, and whose."""
        self.setCurrentIndex(1)
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

    def show_verdict(self, verdict: Verdict) -> None:
        """The six lights."""
        for light, row in self.lights.items():
            row.show_finding(verdict.get(light))

    def show_more(self) -> None:
        """How much of the history is read."""
        lines = self.history.lines
        self.more.setVisible(bool(lines.more))
        self.shown_count.setText(more_words(lines.rowCount(), lines.total))
        self.shown_count.setVisible(bool(lines.more))

    def show_moment(self, moment: Moment) -> None:
        """Which past it is, loudly; nothing where it is now."""
        self.past.show_words("" if moment.is_now else moment_words(moment))
        if not moment.is_now:
            self._scroll.verticalScrollBar().setValue(0)

    def enable(self, *, known: bool, now: bool) -> None:
        """What is not in the tables can only be read, and the past cannot be changed."""
        for button in (self.label, self.attach, self.paste, self.biography):
            button.setEnabled(known and now)
        self.then.setEnabled(known)

    def toggle_light(self, light: Light) -> None:
        """Open or close how a light was worked out."""
        self.lights[light].toggle()
        if self.lights[light].isChecked():
            self._scroll.ensureWidgetVisible(self.steps[light])

    def say(self, words: str) -> None:
        """What was done, or why it was not."""
        self.files.say(words)
        if words:
            self._scroll.ensureWidgetVisible(self.files.says)

    def _lay_out(self) -> None:
        self.addWidget(_invitation())
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
        self.addWidget(self._scroll)

    def _all_lights(self) -> QWidget:
        lights = QWidget()
        column = rows(lights)
        column.setSpacing(0)
        for light in Light:
            column.addWidget(self.lights[light])
            column.addWidget(self.steps[light])
        return lights

    def _all_acts(self) -> QWidget:
        acts = QWidget()
        flow = FlowLayout(acts, gap(self), all_fill=True)
        buttons = (self.label, self.then, self.attach, self.paste, self.copy_serial, self.copy_all, self.biography)
        for button in buttons:
            flow.addWidget(button)
        return acts


def moment_words(moment: Moment) -> str:
    """Which past it is."""
    by = moment.until if moment.until is not None else moment.known
    time = forms_here().moment(by or 0)
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
