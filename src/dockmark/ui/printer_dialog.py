"""Choose where labels come out: a printer that was found, or its address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialog, QWidget

from dockmark.devices.printer_url import read_printer_url
from dockmark.record.refusal import Refusal
from dockmark.ui.actions import key_for
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import columns, rows
from dockmark.ui.labels import Caption, Field, Sentence
from dockmark.ui.lists import Entry, EntryList
from dockmark.ui.words import _, said, seen

if TYPE_CHECKING:
    from collections.abc import Sequence


class PrinterDialog(QDialog):
    """Stops nothing: scans go on while it is open."""

    chosen = Signal(str)  # the printer's URL, or nothing for no printer

    def __init__(self, parent: QWidget, now: str) -> None:
        super().__init__(parent)
        self.setObjectName("printerDialog")
        self.setWindowTitle(_("Printer – Dockmark"))
        self.found = EntryList("printersFound", _("Printers found"))
        self.looking = Sentence("printersLooking")
        self.looking.setText(_("Looking for printers …"))
        self.field = Field("printerField", _("Printer address"), "tcp://192.168.1.20:9100")
        self.field.setText(now)
        self.hint = Sentence("printerHint", 0.95)
        self.hint.setText(_("tcp://host:9100 for a label printer in the network, pdf:folder, or queue:name."))
        self.trouble = Sentence("printerTrouble", 1.0, QFont.Weight.DemiBold)
        self.trouble.hide()
        self.nothing = CommandButton("printerNoneButton", _("No printer"), "skip")
        self.back = CommandButton("printerBackButton", _("Cancel"), "back", _("Esc"))
        self.use = CommandButton("printerUseButton", _("Use"), "printer", _("Enter"), main=True)
        key_for(self.nothing, "Ctrl+0")
        self._lay_out()
        self.found.chosen.connect(self.field.setText)
        self.field.returnPressed.connect(self._on_use)
        self.use.clicked.connect(self._on_use)
        self.nothing.clicked.connect(self._on_nothing)
        self.back.clicked.connect(self.reject)

    def ask(self) -> None:
        """Come up without stopping anything."""
        self.resize(self.fontMetrics().averageCharWidth() * 95, self.fontMetrics().height() * 26)
        self.open()
        self.field.setFocus()
        self.field.selectAll()

    def show_found(self, printers: Sequence[tuple[str, str]]) -> None:
        """Offer these: pairs of URL and name."""
        self.found.show_entries([Entry(url, seen(name) or seen(url), seen(url)) for url, name in printers])
        self.looking.setText("" if printers else _("No printer was found by itself: type its address."))
        self.looking.setVisible(not printers)

    def _lay_out(self) -> None:
        buttons = QWidget()
        line = columns(buttons)
        line.addWidget(self.nothing)
        line.addStretch(1)
        line.addWidget(self.back)
        line.addWidget(self.use)
        whole = rows(self, margin=2)
        whole.addWidget(Caption(_("Printers found"), self.found))
        whole.addWidget(self.looking)
        whole.addWidget(self.found, 1)
        whole.addWidget(Caption(_("Printer address"), self.field))
        for widget in (self.field, self.hint, self.trouble, buttons):
            whole.addWidget(widget)

    def _on_use(self) -> None:
        url = self.field.text().strip()
        try:
            read_printer_url(url)
        except Refusal as no:
            self.trouble.setText(said(no.code.value, no.facts))
            self.trouble.show()
            self.field.setFocus()
            return
        self.accept()
        self.chosen.emit(url)

    def _on_nothing(self) -> None:
        self.accept()
        self.chosen.emit("")
