"""A scanner to practise with: scan codes from a list or from the clipboard as if they came by cable."""

import json
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dockmark.identifiers.reading import Scan
from dockmark.packed import packed
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import Card, columns, rows
from dockmark.ui.labels import Caption, Field, Headline, Sentence
from dockmark.ui.lists import Entry, EntryList
from dockmark.ui.words import _, seen

_CONTROLS = {"␝": "\x1d", "␞": "\x1e", "␟": "\x1f", "␜": "\x1c", "␄": "\x04"}


@dataclass(frozen=True, slots=True)
class Sample:
    """One code of the sample delivery: what it is, and the text in the symbol."""

    title: str
    raw: str


def samples() -> list[Sample]:
    """The codes of the sample delivery, as they are packed with the product."""
    try:
        lines = packed("demo", "scans.jsonl").read_text("utf-8").splitlines()
    except OSError:
        return []
    rows_ = (json.loads(line) for line in lines if line.strip())
    return [Sample(str(row.get("title", row["raw"])), str(row["raw"])) for row in rows_ if "raw" in row]


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
        self._lay_out()
        self.samples.chosen.connect(self._on_sample)
        self.field.returnPressed.connect(self._on_trigger)
        self.trigger.clicked.connect(self._on_trigger)

    def begin(self) -> None:
        """Come up with the sample delivery, ready to scan."""
        if not self._samples:
            self._samples = {str(number): sample for number, sample in enumerate(samples())}
            entries = [Entry(key, seen(s.title), seen(s.raw, 200)) for key, s in self._samples.items()]
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
        whole.addStretch(1)

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
