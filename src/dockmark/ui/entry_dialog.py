"""One entry of a unit's time line in full: who, when, where, why, what corrected it, and the scan as it was read."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QDialog, QGridLayout, QPlainTextEdit, QWidget

from dockmark.desks.card_views import RawScan, TimelineEntry
from dockmark.ui.actions import key_for
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import columns, gap, rows
from dockmark.ui.labels import Caption, Sentence
from dockmark.ui.unit_dialogs import fit
from dockmark.ui.unit_timeline import reason_of
from dockmark.ui.words import _, seen, when
from dockmark.wording import event_line


class EntryDialog(QDialog):
    """Shows the entry; leads to the entries that it corrects and that corrected it."""

    wanted = Signal(str)  # id of the entry to show instead

    def __init__(self, parent: QWidget, entry: TimelineEntry) -> None:
        super().__init__(parent)
        self.entry = entry
        self.setObjectName("entryDialog")
        self.setWindowTitle(_("Entry – Dockmark"))
        self.title = Sentence("entryTitle", 1.15, QFont.Weight.DemiBold)
        self.title.setText(event_line(entry.type, entry.facts))
        struck = self.title.font()
        struck.setStrikeOut(bool(entry.undone_by))
        self.title.setFont(struck)
        self.undone = Sentence("entryUndone", 1.0, QFont.Weight.DemiBold)
        self.undone.setText(_("Taken back later: this entry is without effect."))
        self.undone.setVisible(bool(entry.undone_by))
        self.raw = QPlainTextEdit()
        self._build_raw()
        self.scan_button = CommandButton("entryScanButton", _("Show the scan"), "scanner")
        self.scan_button.clicked.connect(self._on_scan)
        key_for(self.scan_button, "Ctrl+R")
        self.scan_button.setVisible(entry.scan is not None and bool(entry.scan.raw))
        self.back = CommandButton("entryCloseButton", _("Close"), "back", _("Esc"), main=True)
        self.back.clicked.connect(self.reject)
        self._lay_out()

    def ask(self) -> None:
        """Come up without stopping anything."""
        fit(self, 72)
        self.open()
        self.back.setFocus()

    def _build_raw(self) -> None:
        self.raw.setObjectName("entryScan")
        self.raw.setAccessibleName(_("The scan as it was read"))
        self.raw.setReadOnly(True)
        self.raw.setTabChangesFocus(True)
        self.raw.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.raw.setMaximumHeight(self.fontMetrics().height() * 7)
        self.raw.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.raw.hide()

    def _lay_out(self) -> None:
        whole = rows(self, margin=2)
        whole.addWidget(self.title)
        whole.addWidget(self.undone)
        whole.addWidget(self._facts())
        for number, (event, name, says) in enumerate(self._links(), 1):
            button = CommandButton(name, says, "undo")
            key_for(button, f"Ctrl+{number}")
            button.setProperty("event", event)
            button.clicked.connect(self._on_link)
            whole.addWidget(button)
        whole.addWidget(self.scan_button)
        whole.addWidget(self.raw)
        foot = QWidget()
        line = columns(foot)
        line.addStretch(1)
        line.addWidget(self.back)
        whole.addStretch(1)
        whole.addWidget(foot)

    def _facts(self) -> QWidget:
        entry = self.entry
        told = when(entry.recorded) if abs((entry.recorded - entry.at).total_seconds()) >= 60 else ""
        lines = (
            ("when", _("When"), when(entry.at)),
            ("recorded", _("Recorded"), told),
            ("who", _("Who"), seen(entry.who)),
            ("station", _("Station"), seen(entry.station)),
            ("reason", _("Reason"), reason_of(entry)),
        )
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(gap(self) * 2)
        grid.setColumnStretch(1, 1)
        for row, (key, name, text) in enumerate((key, name, text) for key, name, text in lines if text):
            value = Sentence(f"entryFact_{key}", 1.0, QFont.Weight.DemiBold)
            value.setText(text)
            grid.addWidget(Caption(name), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
        return box

    def _links(self) -> list[tuple[str, str, str]]:
        links = [(self.entry.undone_by, "entryUndoneBy", _("Show what took it back"))] if self.entry.undone_by else []
        for number, event in enumerate(self.entry.undoes[:5]):
            links.append((event, f"entryUndoes_{number}", _("Show what it took back")))
        return links

    def _on_link(self) -> None:
        button = self.sender()
        if isinstance(button, CommandButton):
            self.accept()
            self.wanted.emit(str(button.property("event")))

    def _on_scan(self) -> None:
        shown = self.raw.isHidden()
        if shown and self.entry.scan is not None:
            self.raw.setPlainText(scan_words(self.entry.scan))
        self.raw.setVisible(shown)
        self.scan_button.say(_("Hide the scan") if shown else _("Show the scan"))
        fit(self, 72)


def scan_words(scan: RawScan) -> str:
    """A scan with its control characters named, who read it, and its bytes."""
    text = seen(scan.raw.decode("utf-8", "replace"), 4000)
    how = _("typed by hand") if scan.typed else " ".join(part for part in (scan.symbology, scan.device) if part)
    told = [text, seen(how)] if how else [text]
    if scan.length > len(scan.raw):
        told.append(_("{kept} of {all} bytes were kept").format(kept=len(scan.raw), all=scan.length))
    return "\n".join([*told, scan.raw[:512].hex(" ")])
