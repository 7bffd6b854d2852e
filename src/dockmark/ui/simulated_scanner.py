"""A scanner to practise with: scan codes from a list or from the clipboard as if they came by cable."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from dockmark.custody.reasons import Reason
from dockmark.identifiers.reading import Scan, TagKind
from dockmark.identifiers.tags import Command, command_tag, tag
from dockmark.packed import packed
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import Card, columns, rows
from dockmark.ui.labels import Caption, Field, Headline, Sentence
from dockmark.ui.lists import Entry, EntryList
from dockmark.ui.words import _, seen
from dockmark.wording import command_help, command_word, reason_word
from dockmark.wording.samples import sample_word

SHEET: Final = "sample-depot.pdf"
"""The file beside the ledger of the sample depot that holds the same codes for paper."""

_CONTROLS: Final = {"␝": "\x1d", "␞": "\x1e", "␟": "\x1f", "␜": "\x1c", "␄": "\x04"}


@dataclass(frozen=True, slots=True)
class Sample:
    """One code of the sample delivery: what it is, and the text in the symbol."""

    title: str
    note: str
    raw: str


def samples() -> list[Sample]:
    """The sample delivery with all that can be wrong in it, then every command and every reason."""
    try:
        lines = packed("sample-depot", "delivery.jsonl").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    told = [json.loads(line) for line in lines if line.strip()]
    delivery = [
        Sample(sample_word(str(row["caption"])), sample_word(str(row.get("note", ""))), str(row["raw"])) for row in told
    ]
    commands = [
        Sample(command_word(word.value), command_help(word.value), command_tag(word))
        for word in Command
        if word is not Command.TYPED
    ]
    reasons = [Sample(_("Reason: {reason}").format(reason=reason_word(r)), "", tag(TagKind.REASON, r)) for r in Reason]
    return delivery + commands + reasons


def typed_controls(text: str) -> str:
    """The text with drawn control characters and `<GS>` turned into what a scanner would send."""
    for drawn, real in _CONTROLS.items():
        text = text.replace(drawn, real)
    for name, real in (("<GS>", "\x1d"), ("<RS>", "\x1e"), ("<US>", "\x1f"), ("<FS>", "\x1c"), ("<EOT>", "\x04")):
        text = text.replace(name, real)
    return text


class SimulatedScanner(Card):
    """The list, the field and the trigger."""

    scanned = Signal(object)  # Scan

    def __init__(self) -> None:
        super().__init__("simulatedScanner")
        self.setAccessibleName(_("Simulated scanner"))
        self._samples: dict[str, Sample] = {}
        self.words = Sentence("simulatedSentence", 0.95)
        self.words.setText(_("Choose a code to scan it, or paste one. GS may be written as <GS>."))
        self.samples = EntryList("simulatedSamples", _("Codes of the sample delivery"))
        self.field = Field("simulatedField", _("Code"), _("code to scan"))
        self.field.setMaxLength(100_000)
        self.trigger = CommandButton("simulatedTriggerButton", _("Scan"), "scanner", main=True)
        self.sheet = CommandButton("simulatedSheetButton", _("Open the sheet to print"), "printer")
        self.sheet.hide()
        self._sheet_file: Path | None = None
        self._lay_out()
        self.sheet.clicked.connect(self._on_sheet)
        self.samples.chosen.connect(self._on_sample)
        self.field.returnPressed.connect(self._on_trigger)
        self.trigger.clicked.connect(self._on_trigger)

    def attend(self, data: Path) -> None:
        """Offer the sheet of the sample depot where that folder holds one."""
        self._sheet_file = data / SHEET
        self.sheet.setVisible(self._sheet_file.is_file())

    def begin(self) -> None:
        """Come up with the sample delivery, ready to scan."""
        if not self._samples:
            self._samples = {str(number): sample for number, sample in enumerate(samples())}
            entries = [Entry(key, seen(s.title), seen(s.note or s.raw, 200)) for key, s in self._samples.items()]
            self.samples.show_entries(entries)
        self.samples.setVisible(bool(self._samples))
        (self.samples if self._samples else self.field).setFocus()

    def _lay_out(self) -> None:
        line_widget = QWidget()
        line = columns(line_widget)
        line.addWidget(self.field, 1)
        line.addWidget(self.trigger)
        whole = rows(self, margin=1.6, spacing=0.8)
        whole.addWidget(Headline(_("Simulated scanner")))
        whole.addWidget(self.words)
        whole.addWidget(self.samples, 100)
        whole.addWidget(Caption(_("Code"), self.field))
        whole.addWidget(line_widget)
        whole.addWidget(self.sheet)
        whole.addStretch(1)

    def _on_sheet(self) -> None:
        if self._sheet_file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._sheet_file)))

    def _on_sample(self, key: str) -> None:
        if (sample := self._samples.get(key)) is not None:
            self._scan(sample.raw)

    def _on_trigger(self) -> None:
        text = self.field.text()
        if text.strip():
            self.field.selectAll()
            self._scan(typed_controls(text))

    def _scan(self, text: str) -> None:
        self.scanned.emit(Scan.of_text(text, device="simulated"))
