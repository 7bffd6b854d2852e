"""Where each kind of paper comes out, and the scanners of this station."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from dockmark.record.refusal import Refusal
from dockmark.ui.actions import key_for
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import gap, rows
from dockmark.ui.flow import FlowLayout
from dockmark.ui.labels import Reading
from dockmark.ui.late import Kit
from dockmark.ui.service import Service
from dockmark.ui.settings_rows import Change, Row, Section, not_default
from dockmark.ui.words import _, said

_KEYS: Final = {"label": ("Ctrl+1", "Ctrl+2"), "document": ("Ctrl+3", "Ctrl+4")}
"""By kind of paper: the keys for choosing its printer, and none."""


class _Printer(QWidget):
    """Where one kind of paper comes out, and a button to choose another printer."""

    def __init__(self, kind: str, says: str) -> None:
        super().__init__()
        self.url = ""
        self.reading = Reading(f"printer_{kind}", says)
        self.choose = CommandButton(f"printer_{kind}_chooseButton", _("Choose a printer…"), "printer")
        self.none = CommandButton(f"printer_{kind}_noneButton", _("No printer"), "skip")
        for button, key in zip((self.choose, self.none), _KEYS[kind], strict=True):
            key_for(button, key, f"{says}: {button.accessibleName()}")
        self.setFocusProxy(self.choose)
        body = rows(self, spacing=0.6)
        body.addWidget(self.reading)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap(self))
        flow.addWidget(self.choose)
        flow.addWidget(self.none)
        body.addWidget(buttons)

    def show_url(self, url: str) -> None:
        """Show which one it is."""
        self.url = url
        self.reading.show_text(url or _("none chosen"))
        self.none.setEnabled(bool(url))


class PrintersSection(Section):
    """One printer for each kind of paper."""

    def __init__(self, kit: Kit) -> None:
        super().__init__("printers", _("Printers"), _("Of this station. What waits comes out where you choose."))
        self._bridge = kit.bridge
        self._of: dict[str, tuple[_Printer, Row]] = {}
        self._add("label", _("Labels"), _("Where the labels of units come out. Without a printer they wait."))
        self._add("document", _("Documents"), _("Where receipts and other papers come out. Or print each by hand."))
        self.setEnabled(False)

    def attend(self, service: Service) -> None:
        super().attend(service)
        self.setEnabled(True)
        self.begin()

    def begin(self) -> None:
        if self.service is None:
            return
        now = self.service.printers()
        for kind, (printer, row) in self._of.items():
            printer.show_url(now.get(kind, ""))
            row.mark(not_default(not now.get(kind)))

    def heard(self, news: str, content: object) -> None:
        if news in ("jobs", "devices"):
            self.begin()

    def _add(self, kind: str, title: str, words: str) -> None:
        printer = _Printer(kind, title)
        row = self.add(Row(f"printer_{kind}", title, words, printer, also=_("printer print queue network")))
        self._of[kind] = (printer, row)
        printer.choose.clicked.connect(lambda: self._on_choose(kind))
        printer.none.clicked.connect(lambda: self._use(kind, ""))

    def _on_choose(self, kind: str) -> None:
        from dockmark.ui.printer_dialog import PrinterDialog

        if self.service is None:
            return
        dialog = PrinterDialog(self.window(), self._of[kind][0].url)
        dialog.chosen.connect(lambda url: self._use(kind, url))
        dialog.finished.connect(dialog.deleteLater)
        dialog.ask()
        self._bridge.ask(dialog, self.service.depot.found_printers(), dialog.show_found)

    def _use(self, kind: str, url: str, *, undone: bool = False) -> None:
        if self.service is None:
            return
        printer, row = self._of[kind]
        before = printer.url

        def used(_nothing: None) -> None:
            row.complain("")
            self.begin()
            if not undone:
                self.changed.emit(Change(row.title, lambda: self._use(kind, before, undone=True)))

        def refused(why: BaseException) -> None:
            if isinstance(why, Refusal):
                row.complain(said(why.code.value, why.facts))
            else:
                row.complain(_("This printer could not be taken."))
                self._bridge.troubled.emit(why)

        self._bridge.ask(self, self.service.use_printer(kind, url), used, failed=refused)


class ScannersSection(Section):
    """The scanners of this station, as their own panel shows them."""

    def __init__(self, kit: Kit) -> None:
        words = _("A scanner that types like a keyboard needs nothing here: it is always listened to.")
        super().__init__("scanners", _("Scanners"), words)
        self._panel: Any = None
        if find_spec("dockmark.ui.scanners_panel") is not None:
            self._panel = import_module("dockmark.ui.scanners_panel").ScannersPanel(kit.bridge)
            self.body.addWidget(self._panel)
        self.setEnabled(False)

    def attend(self, service: Service) -> None:
        super().attend(service)
        self.setEnabled(True)
        if self._panel is not None:
            self._panel.attend(service)

    def heard(self, news: str, content: object) -> None:
        if news == "devices" and hasattr(self._panel, "refresh"):
            self._panel.refresh()

    def show_matching(self, words: list[str]) -> bool:
        also = _("scanner serial barcode reader port lane usb")
        known = f"{self.title} {also}".casefold()
        found = all(word in known for word in words)
        self.setVisible(found)
        return found
