"""The first page on a new computer: try the sample depot, begin a new one, or take over what there is."""

import platform
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QFont, QPalette, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from dockmark.station.company import LONGEST_NAME, LONGEST_STATION, languages
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import Card, TallScroll, columns, gap, rows
from dockmark.ui.icons import drawn
from dockmark.ui.labels import Caption, Field, Reading, Sentence
from dockmark.ui.paths import PathField
from dockmark.ui.settings_company import language_names
from dockmark.ui.settings_rows import Choices
from dockmark.ui.words import _, ngettext, number
from dockmark.wording import forms_here

_LETTER_TOO: Final = (QLocale.Country.Canada, QLocale.Country.Mexico)


@dataclass(frozen=True, slots=True)
class Start:
    """What was chosen: `demo`, `new` or `import`, and what it needs."""

    kind: str
    operator: str = ""
    name: str = ""
    folder: str = ""
    station: str = ""
    company: dict[str, str] = field(default_factory=dict)
    """What the company says of itself: name, paper, language."""


class _Way(Card):
    """One of the three: drawing, title, words; its fields and button come below."""

    def __init__(self, name: str, drawing: str, title: str, words: str) -> None:
        super().__init__(name)
        self._drawing = drawing
        self._picture = QLabel()
        head = Sentence(f"{name}Title", 1.25, QFont.Weight.DemiBold)
        head.setText(title)
        text = Sentence(f"{name}Words")
        text.setText(words)
        text.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.body: QVBoxLayout = rows(self, margin=2)
        top = QWidget()
        line = columns(top, spacing=1.5)
        line.addWidget(self._picture)
        line.addWidget(head, 1)
        for widget in (top, text):
            self.body.addWidget(widget)
        self._tint()

    def add(self, *asked: QWidget) -> None:
        """Add what is asked, each under its caption, side by side."""
        whole = QWidget()
        line = columns(whole, spacing=1.2)
        for each in asked:
            one = QWidget()
            below = rows(one, spacing=0.4)
            below.addWidget(Caption(each.accessibleName(), each))
            below.addWidget(each)
            line.addWidget(one, 1)
        self.body.addWidget(whole)

    def finish(self, button: CommandButton) -> CommandButton:
        """Add the button at the foot."""
        self.body.addStretch(1)
        self.body.addWidget(button)
        return button

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_picture"):
            self._tint()

    def _tint(self) -> None:
        side = round(self.fontMetrics().height() * 2.4)
        self._picture.setPixmap(drawn(self._drawing, side, self.palette().color(QPalette.ColorRole.Highlight)))


def usual_paper() -> str:
    """The sheet that is usual in the operator's country."""
    here = QLocale.system()
    letter = here.measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem
    return "Letter" if letter or here.territory() in _LETTER_TOO else "A4"


def usual_language() -> str:
    """The language that the window speaks, where papers can be written in it."""
    spoken = forms_here().language.partition("_")[0]
    return spoken if spoken in languages() else "en"


class FirstRunPage(QWidget):
    """Asks once; the choice is carried out elsewhere, and its progress shown here."""

    chosen = Signal(object)  # Start
    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("firstRunPage")
        self.title = Sentence("firstRunTitle", 1.9, QFont.Weight.DemiBold)
        self.title.setText(_("Welcome to Dockmark"))
        self.folder = Reading("firstRunFolder", _("Data folder"))
        self.trouble = Sentence("firstRunTrouble", 1.1, QFont.Weight.DemiBold)
        self.progress = QProgressBar()
        self.progress.setObjectName("firstRunProgress")
        self.progress.setAccessibleName(_("Progress"))
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.stop = CommandButton("firstRunStopButton", _("Stop"), "back")
        self.stop.clicked.connect(self.stopped)
        self._build_demo()
        self._build_new()
        self._build_import()
        self._lay_out()
        self.be_idle()

    def show_folder(self, data: Path) -> None:
        """Say which folder will hold the ledger."""
        self.folder.show_text(str(data))

    def be_busy(self, words: str, *, may_stop: bool = False) -> None:
        """Show that the choice is being carried out."""
        self.trouble.setText(words)
        self.trouble.show()
        self.progress.setRange(0, 0)
        self.progress.show()
        self.stop.setVisible(may_stop)
        self._ways.setEnabled(False)

    def show_progress(self, done: int, whole: int) -> None:
        """How far it has come: rows judged while `whole` is not known yet, then rows recorded of all."""
        self.progress.setRange(0, whole)
        self.progress.setValue(done)
        if whole:
            words = _("{done} of {whole} rows recorded").format(done=number(done), whole=number(whole))
        else:
            words = ngettext("{count} row read", "{count} rows read", done).format(count=number(done))
        self.trouble.setText(words)

    def be_idle(self, trouble: str = "") -> None:
        """Ready for a choice; perhaps after one that failed."""
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        self.progress.hide()
        self.stop.hide()
        self._ways.setEnabled(True)

    def _build_demo(self) -> None:
        words = _(
            "Parts, suppliers, orders and a delivery of four industries, with a sheet of labels to scan."
            " Nothing to fill in."
        )
        self._demo = _Way("demoWay", "demo", _("Try the sample depot"), words)
        self.demo = self._demo.finish(CommandButton("demoButton", _("Open the sample"), "demo", main=True))
        self.demo.clicked.connect(self._on_demo)

    def _build_new(self) -> None:
        words = _("An empty ledger for your own depot. You are its first administrator. All but names may wait.")
        self._new = _Way("newWay", "new", _("New depot"), words)
        self.operator = Field("newOperatorField", _("Your short name"), _("for example anna"))
        self.name = Field("newNameField", _("Your full name"))
        self.company = Field("newCompanyField", _("Company name"), _("on every paper"))
        self.station = Field("newStationField", _("Station name"), _("for example Dock 1"))
        self.station.setText(platform.node()[:LONGEST_STATION])
        self.company.setMaxLength(LONGEST_NAME)
        self.station.setMaxLength(LONGEST_STATION)
        self.paper = Choices("newPaper", _("Paper"), {"A4": "A4", "Letter": "Letter"})
        self.paper.show_value(usual_paper())
        self.language = Choices("newLanguage", _("Language of papers"), language_names())
        self.language.show_value(usual_language())
        self._new.add(self.operator, self.name)
        self._new.add(self.company, self.station)
        self._new.add(self.paper, self.language)
        self.new = self._new.finish(CommandButton("newButton", _("Create"), "new"))
        self.new.clicked.connect(self._on_new)
        for each in (self.operator, self.name, self.company, self.station):
            each.returnPressed.connect(self._on_new)

    def _build_import(self) -> None:
        words = _("A new ledger, filled from a folder of tables: parts, suppliers, orders, deliveries.")
        self._import = _Way("importWay", "import", _("Take over a depot"), words)
        self.import_operator = Field("importOperatorField", _("Your short name"))
        self.source = PathField("importFolder", _("Folder with the tables"), folder=True)
        self._import.add(self.import_operator)
        self._import.body.addWidget(Caption(_("Folder with the tables"), self.source.field))
        self._import.body.addWidget(self.source)
        self.import_ = self._import.finish(CommandButton("importButton", _("Take over"), "import"))
        self.import_.clicked.connect(self._on_import)
        self.import_operator.returnPressed.connect(self._on_import)
        self.source.entered.connect(self._on_import)

    def _lay_out(self) -> None:
        self._ways = QWidget()
        self._side = columns(self._ways, spacing=1.6)
        for way, share in ((self._demo, 4), (self._new, 6), (self._import, 5)):
            self._side.addWidget(way, share)
        content = QWidget()
        body = rows(content, margin=2, spacing=1.2)
        body.addStretch(1)
        body.addWidget(self.title)
        body.addWidget(Caption(_("Everything stays on this computer, in this folder:"), self.folder))
        body.addWidget(self.folder)
        body.addWidget(self.trouble)
        body.addWidget(self.progress)
        body.addWidget(self.stop)
        body.addSpacing(gap(self))
        body.addWidget(self._ways)
        body.addStretch(2)
        whole = rows(self)
        whole.addWidget(TallScroll("firstRunScroll", content))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= self.fontMetrics().averageCharWidth() * 140
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._side.direction() is not way:
            self._side.setDirection(way)

    def _on_demo(self) -> None:
        self.chosen.emit(Start("demo"))

    def _on_new(self) -> None:
        operator = self.operator.text().strip()
        if not operator:
            self.be_idle(_("Say under which short name you work: it stands beside everything you record."))
            self.operator.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        company = {"name": self.company.text().strip(), "paper": self.paper.value, "language": self.language.value}
        for field_, text in ((self.company, company["name"]), (self.station, self.station.text())):
            if not text.isprintable():
                self.be_idle(
                    _("{field} holds characters that cannot be printed.").format(field=field_.accessibleName())
                )
                field_.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        station = self.station.text().strip()
        self.chosen.emit(Start("new", operator, self.name.text().strip() or operator, "", station, company))

    def _on_import(self) -> None:
        operator, folder = self.import_operator.text().strip(), self.source.path()
        if not operator or not folder:
            self.be_idle(_("Say your short name and the folder with the tables."))
            (self.source if operator else self.import_operator).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.chosen.emit(Start("import", operator, operator, folder))
