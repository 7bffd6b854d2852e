"""The company as its papers show it, and what this station is called: recorded for the whole depot."""

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from dockmark.record.refusal import Refusal
from dockmark.station.company import (
    LONGEST_LINE,
    LONGEST_NAME,
    LONGEST_STATION,
    MOST_LINES,
    as_told,
    faults_of,
    languages,
    station_fault,
)
from dockmark.ui.actions import key_for
from dockmark.ui.bridge import Bridge
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import gap, rows
from dockmark.ui.flow import FlowLayout
from dockmark.ui.labels import Field
from dockmark.ui.paths import PathField
from dockmark.ui.service import Service
from dockmark.ui.settings_recorded import RecordedSection, Told
from dockmark.ui.settings_rows import Choices, Row
from dockmark.ui.words import _, number, said

A = TypeVar("A")
B = TypeVar("B")


def language_names() -> dict[str, str]:
    """Every language that Dockmark speaks, in its own words."""
    own = {"en": "English", "de": "Deutsch", "es": "Español", "fr": "Français", "it": "Italiano"}
    return {code: own.get(code, code) for code in languages()}


class AddressField(QPlainTextEdit):
    """A few lines of plain text; Tab leads on to the next field."""

    def __init__(self, name: str, says: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(says)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * (MOST_LINES - 1) + gap(self) * 3)


class Logo(QWidget):
    """The picture that goes onto papers: choose another, or none."""

    def __init__(self, changed: Callable[[], None]) -> None:
        super().__init__()
        self.sha256 = ""
        self._changed = changed
        self.picture = QLabel()
        self.picture.setObjectName("companyLogoPicture")
        self.picture.setAccessibleName(_("Logo"))
        self.file = PathField("companyLogo", _("Picture (PNG or JPEG)"), folder=False)
        self.take = CommandButton("companyLogoTakeButton", _("Take this picture"), "accept")
        self.none = CommandButton("companyLogoNoneButton", _("No logo"), "skip")
        keys = (self.file.browse, "Ctrl+5"), (self.take, "Ctrl+6"), (self.none, "Ctrl+7")
        for button, key in keys:
            key_for(button, key, f"{_('Logo')}: {button.accessibleName()}")
        self.setFocusProxy(self.file)
        body = rows(self, spacing=0.6)
        body.addWidget(self.picture)
        body.addWidget(self.file)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap(self))
        flow.addWidget(self.take)
        flow.addWidget(self.none)
        body.addWidget(buttons)
        self.none.clicked.connect(self._on_none)

    def show_logo(self, sha256: str, data: Path | None) -> None:
        """Show the kept picture."""
        self.sha256 = sha256
        picture = QPixmap()
        if sha256 and data is not None:
            picture.load(str(data / "files" / sha256[:2] / sha256))
        if not picture.isNull():
            height = self.fontMetrics().height() * 4
            picture = picture.scaled(
                height * 4, height, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        self.picture.setPixmap(picture)
        self.picture.setVisible(not picture.isNull())
        self.none.setVisible(bool(sha256))

    def _on_none(self) -> None:
        self.show_logo("", None)
        self._changed()


class CompanySection(RecordedSection):
    """What the company says of itself."""

    def __init__(self, bridge: Bridge) -> None:
        words = _("Holds for the whole depot and stands on every paper that leaves it.")
        super().__init__("company", _("Company"), words, bridge)
        self.name = Field("companyNameField", _("Company name"))
        self.address = AddressField("companyAddressField", _("Address"))
        self.logo = Logo(self.on_edited)
        self.paper = Choices("companyPaper", _("Paper"), {"A4": "A4", "Letter": "Letter"})
        names = {"": _("As the station speaks"), **language_names()}
        self.language = Choices("companyLanguage", _("Language of papers"), names)
        forms = {"": _("As the language"), "iso": "2026-11-23", "dmy": "23.11.2026", "mdy": "11/23/2026"}
        self.date_form = Choices("companyDate", _("Date form"), forms)
        self._add_rows()
        self.finish()
        self.name.textChanged.connect(self.on_edited)
        self.address.textChanged.connect(self.on_edited)
        for each in (self.paper, self.language, self.date_form):
            each.chosen.connect(self.on_edited)
        self.logo.take.clicked.connect(self._on_logo)
        self.logo.file.entered.connect(self._on_logo)

    def edited(self) -> Told:
        lines = [line.strip() for line in self.address.toPlainText().split("\n")]
        return {
            "name": self.name.text().strip(), "address": "\n".join(line for line in lines if line),
            "logo": self.logo.sha256, "paper": self.paper.value, "language": self.language.value,
            "date_form": self.date_form.value,
        }  # fmt: skip

    def put(self, told: Told) -> None:
        if self.name.text().strip() != told["name"]:
            self.name.setText(told["name"])
        if self.edited()["address"] != told["address"]:
            self.address.setPlainText(told["address"])
        self.logo.show_logo(told["logo"], self.service.info.data if self.service is not None else None)
        self.paper.show_value(told["paper"])
        self.language.show_value(told["language"])
        self.date_form.show_value(told["date_form"])

    def faults(self, told: Told) -> Told:
        words = {
            ("name", "too_long"): _("At most {most} characters go onto a paper.").format(most=number(LONGEST_NAME)),
            ("address", "too_long"): _("A line holds at most {most} characters.").format(most=number(LONGEST_LINE)),
            ("address", "too_many_lines"): _("At most {most} lines go onto a paper.").format(most=number(MOST_LINES)),
        }
        other = _("This holds characters that cannot be printed.")
        return {field: words.get((field, code), other) for field, code in faults_of(told).items()}

    def ask(self, service: Service) -> "Future[Told]":
        return _then(service.depot.company(), as_told)

    def tell(self, service: Service, told: Told, reason: str) -> "Future[Told]":
        return _then(service.depot.set_company(told, reason), as_told)

    def _add_rows(self) -> None:
        self.recorded("name", Row("companyName", _("Company name"), _("At the head of every paper."), self.name,
                                  also=_("firm business")))  # fmt: skip
        self.recorded("address", Row("companyAddress", _("Address"),
                                     _("Line by line, as it stands on an envelope."), self.address))  # fmt: skip
        self.recorded("logo", Row("companyLogo", _("Logo"), _("A PNG or JPEG picture, at the head of papers."),
                                  self.logo, also=_("picture image")))  # fmt: skip
        self.recorded("paper", Row("companyPaper", _("Paper"), _("The sheet that papers are laid out for."),
                                   self.paper, also=_("format size page")))  # fmt: skip
        self.recorded("language", Row("companyLanguage", _("Language of papers"),
                                      _("What is printed is written in it, whatever the window speaks."),
                                      self.language, also=_("translation")))  # fmt: skip
        self.recorded("date_form", Row("companyDate", _("Date form"), _("How a day is written on papers."),
                                       self.date_form, also=_("day month year")))  # fmt: skip

    def _on_logo(self, *_what: object) -> None:
        path = self.logo.file.path()
        if self.service is None or not path:
            return
        kept = self.service.depot.keep_logo(Path(path).expanduser())
        self._bridge.ask(self, kept, self._on_logo_kept, failed=self._on_logo_refused)

    def _on_logo_kept(self, sha256: str) -> None:
        self.logo.file.field.clear()
        self.logo.show_logo(sha256, self.service.info.data if self.service is not None else None)
        self.on_edited()

    def _on_logo_refused(self, why: BaseException) -> None:
        words = said(why.code.value, why.facts) if isinstance(why, Refusal) else _("This picture cannot be used.")
        self._row_of["logo"].complain(words)


class StationSection(RecordedSection):
    """What this station is called."""

    def __init__(self, bridge: Bridge) -> None:
        words = _("This one computer. Its name stands beside everything that is recorded here.")
        super().__init__("station", _("Station"), words, bridge)
        self.name = Field("stationNameField", _("Station name"), _("for example Dock 1"))
        self.recorded("name", Row("stationName", _("Station name"),
                                  _("On papers and in the history; colleagues know it by this."), self.name,
                                  also=_("computer workstation")))  # fmt: skip
        self.finish()
        self.name.textChanged.connect(self.on_edited)

    def edited(self) -> Told:
        return {"name": self.name.text().strip()}

    def put(self, told: Told) -> None:
        if self.name.text().strip() != told["name"]:
            self.name.setText(told["name"])

    def faults(self, told: Told) -> Told:
        words = {
            "empty": _("A station needs a name."),
            "too_long": _("At most {most} characters.").format(most=number(LONGEST_STATION)),
            "control": _("This holds characters that cannot be printed."),
        }
        code = station_fault(told["name"])
        return {"name": words[code]} if code else {}

    def ask(self, service: Service) -> "Future[Told]":
        known: Future[Told] = Future()
        known.set_result({"name": service.info.name})
        return known

    def tell(self, service: Service, told: Told, reason: str) -> "Future[Told]":
        return _then(service.depot.name_station(told["name"], reason), lambda name: {"name": name})


def _then(asked: "Future[A]", make: Callable[[A], B]) -> "Future[B]":
    """The answer in another form, on whatever thread it comes."""
    made: Future[B] = Future()

    def finish(done: "Future[A]") -> None:
        if done.cancelled():
            made.cancel()
        elif (why := done.exception()) is not None:
            made.set_exception(why)
        else:
            made.set_result(make(done.result()))

    asked.add_done_callback(finish)
    return made
