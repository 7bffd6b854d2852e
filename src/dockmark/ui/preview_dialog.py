"""Papers looked at before they leave: a receipt with its report and everything that was kept with it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from dockmark.record.refusal import DeviceFault, Refusal
from dockmark.ui import preview_output as output
from dockmark.ui.actions import Work, action
from dockmark.ui.desks.certificate_dialog import kind_of_file
from dockmark.ui.lists import Entry
from dockmark.ui.preview_frame import PreviewFrame
from dockmark.ui.words import _, number, said, seen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtPdf import QPdfDocument

    from dockmark.station.papers import Folder, Paper, Sheet
    from dockmark.station.tag_groups import TagGroup
    from dockmark.ui.bridge import Bridge
    from dockmark.ui.service import Service

_FILE = "file:"


class PreviewDialog(PreviewFrame):
    """Shows papers, prints them, saves them. Looking records nothing; what leaves is recorded first."""

    _page_told = Signal(int, int)

    def __init__(self, parent: QWidget, bridge: Bridge, service: Service) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._service = service
        self._folder: Folder | None = None
        self._paper: Paper | None = None
        self._file: tuple[Sheet, bytes] | None = None
        self._ref = ""
        self._printer: QPrinter | None = None
        self._intent = ""
        self._stop = Event()
        self._is_printing = False
        self._connect()
        self._build_keys()
        self._show_state()

    # -- coming up --------------------------------------------------------------------------------------------------

    def ask(self, kind: str, ref: str) -> None:
        """Come up with everything on paper about a receipt, this kind of paper in sight."""
        self._ref = ref
        self._come_up()
        self.view.say(_("Reading the ledger …"))
        papers = self._service.papers
        self._bridge.ask(self, papers.folder(ref), partial(self._on_folder, kind), failed=self._on_failed)

    def ask_commands(self, desk: str, more: Sequence[TagGroup]) -> None:
        """Come up with the command sheet of a desk, and what the window can do besides."""
        self._come_up()
        self.attach.hide()
        self.view.say(_("Making the sheet …"))
        made = self._service.papers.commands(desk, places=True, more=more)
        self._bridge.ask(self, made, self._on_paper, failed=self._on_failed, topic="paper")

    def _come_up(self) -> None:
        parent = self.parentWidget()
        window = parent.window() if parent is not None else self
        metrics = self.fontMetrics()
        wanted = metrics.averageCharWidth() * 150, metrics.height() * 60
        self.resize(min(wanted[0], window.width()), min(wanted[1], window.height()))
        self.reasons.offer(self._service.papers.reasons())
        self.open()
        self.view.pdf.setFocus()

    # -- keys -------------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.view.turned.connect(self._on_turned)
        self.reasons.chosen.connect(self._on_reason)
        self.attach_dialog.kept.connect(self._on_attach_given)
        self._page_told.connect(self._on_page_told)

    def _build_keys(self) -> None:
        for button, work in (
            (self.before, Work(_("Page before"), "PgUp", self.view.page_before)),
            (self.after, Work(_("Next page"), "PgDown", self.view.next_page)),
            (self.smaller, Work(_("Smaller"), "Ctrl+-", self.view.smaller)),
            (self.larger, Work(_("Larger"), "Ctrl++", self.view.larger)),
            (self.fit, Work(_("Fit"), "Ctrl+0", self.view.fit)),
            (self.attach, Work(_("Attach a file"), "F12", self._on_attach)),
            (self.save, Work(_("Save"), "Ctrl+S", self._on_save)),
            (self.print_button, Work(_("Print"), "Ctrl+P", self._on_print)),
        ):
            action(self, button, work)
        action(self, None, Work(_("Larger"), "Ctrl+=", self.view.larger))
        self.back.clicked.connect(self.reject)

    # -- showing ----------------------------------------------------------------------------------------------------

    def _on_folder(self, kind: str, folder: Folder) -> None:
        self._folder = folder
        self.offer_list(True)
        self.setWindowTitle(_("Papers of {number} – Dockmark").format(number=seen(folder.number)))
        entries = [_entry(sheet) for sheet in folder.sheets]
        self.list.show_entries(entries)
        wanted = next((row for row, entry in enumerate(entries) if entry.key == kind), 0)
        self.list.setCurrentIndex(self.list.model().index(wanted, 0))
        self._on_chosen(entries[wanted].key)

    def _on_chosen(self, key: str) -> None:
        """Show that paper; a question asked before is dropped."""
        self._ask_reason(False)
        papers = self._service.papers
        if self._folder is None:
            return
        sheet = next((it for it in self._folder.sheets if _entry(it).key == key), None)
        if sheet is None:
            return
        self.status.setText("")
        self._paper = self._file = None
        self.title.setText(seen(sheet.name))
        self._show_state()
        if sheet.sha256:
            read = papers.file(sheet.sha256)
            self._bridge.ask(self, read, partial(self._on_file, sheet), failed=self._on_failed, topic="paper")
        else:
            look = papers.look(sheet.kind, self._folder.ref)
            self._bridge.ask(self, look, self._on_paper, failed=self._on_failed, topic="paper")

    def _on_paper(self, paper: Paper) -> None:
        self._paper, self._file = paper, None
        self.title.setText(f"{paper.title} {paper.number}".strip())
        if not self.view.show_pdf(paper.content):
            self.view.say(_("This paper cannot be shown."))
        self.status.setText(_standing(paper))
        self._show_state()

    def _on_file(self, sheet: Sheet, content: bytes) -> None:
        self._paper, self._file = None, (sheet, content)
        shown = self.view.show_pdf(content) if content.startswith(b"%PDF-") else self.view.show_picture(content)
        if not shown:
            self.view.say(_("This kind of file is not shown here. Save a copy to open it elsewhere."))
        self.status.setText(_("Kept with the receipt. SHA-256 {digest}").format(digest=sheet.sha256))
        self._show_state()

    def _on_failed(self, trouble: BaseException) -> None:
        """Says why not; what nobody foresaw is told as a fault as well."""
        self._intent, self._printer, self._is_printing = "", None, False
        if isinstance(trouble, Refusal):
            words = said(trouble.code.value, trouble.facts)
        elif isinstance(trouble, DeviceFault):
            words = _("The printer did not take it: {detail}").format(detail=seen(trouble.detail) or trouble.code)
        else:
            words = _("Something went wrong: {what}").format(what=seen(str(trouble)))
            self._bridge.troubled.emit(trouble)
        self.status.setText(words)
        if self._paper is None and self._file is None:
            self.view.say(words)
        self._show_state()

    def _on_turned(self, page: int, pages: int) -> None:
        told = _("Page {page} of {pages}").format(page=number(page), pages=number(pages)) if pages else ""
        self.pages.setText(told)
        self.before.setEnabled(page > 1)
        self.after.setEnabled(page < pages)

    def _show_state(self) -> None:
        ready = (self._paper is not None or self._file is not None) and not self._intent
        self.save.setEnabled(ready)
        self.print_button.setEnabled((ready and self.view.can_zoom) or self._is_printing)
        self.print_button.say(_("Stop printing") if self._is_printing else _("Print"))
        self.list.setEnabled(not self._intent)
        self.attach.setEnabled(self._folder is not None)
        for button in (self.smaller, self.larger, self.fit):
            button.setEnabled(self.view.can_zoom)
        if not self.view.can_zoom:
            self._on_turned(0, 0)

    def _sheets(self) -> tuple[Sheet, ...]:
        return self._folder.sheets if self._folder else ()

    # -- leaving the window -----------------------------------------------------------------------------------------

    def _on_print(self) -> None:
        if self._is_printing:
            self._stop.set()
        else:
            self._want("print")

    def _on_save(self) -> None:
        self._want("save")

    def _want(self, intent: str) -> None:
        """Print or save: a paper that was made before asks for its reason first."""
        if self._intent or (self._paper is None and self._file is None):
            return
        self._intent = intent
        if self._paper is not None and self._paper.copies:
            self._ask_reason(True)
        else:
            self._go_on("")

    def _ask_reason(self, asked: bool) -> None:
        self.reasons.setVisible(asked)
        if asked:
            self.reasons.begin()
            self.status.setText(_("The new copy says that it is a reprint, and why."))
        else:
            self._intent = ""

    def take_reason(self, code: str) -> bool:
        """A reason was scanned; false where none is asked for, or it is none of those offered."""
        offered = self.reasons.isVisible() and code in {each for each, _words in self._service.papers.reasons()}
        if offered:
            self._on_reason(code)
        return offered

    def _on_reason(self, code: str) -> None:
        self.reasons.hide()
        self._go_on(code)

    def _go_on(self, reason: str) -> None:
        if self._intent == "print":
            self._ask_printer(reason)
        elif self._intent == "save":
            self._ask_file(reason)

    def _ask_printer(self, reason: str) -> None:
        self._printer = output.printer_for(
            self._document(), self.title.text(), self._service.printers().get("document", "")
        )
        dialog = QPrintDialog(self._printer, self)
        dialog.setObjectName("previewPrintDialog")
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.finished.connect(partial(self._on_printer_chosen, reason))
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)

    def _on_printer_chosen(self, reason: str, result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            self._make(reason, None)
        else:
            self._on_given_up()

    def _ask_file(self, reason: str) -> None:
        dialog = QFileDialog(self, _("Save – Dockmark"), self._file_name())
        dialog.setObjectName("previewSaveDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        if self._paper is not None:
            dialog.setDefaultSuffix("pdf")
        # The system's own dialog would let a keyboard-wedge scanner type into it.
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.fileSelected.connect(partial(self._on_file_named, reason))
        dialog.rejected.connect(self._on_given_up)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_file_named(self, reason: str, path: str) -> None:
        self._make(reason, Path(path))

    def _make(self, reason: str, file: Path | None) -> None:
        """A paper is made and recorded before it leaves; a kept file and a sheet of commands leave as they are."""
        paper = self._paper
        self._show_state()
        if paper is None or paper.kind == "commands":
            content = paper.content if paper is not None else self._file[1] if self._file else b""
            self._send(content, file)
            return
        self.status.setText(_("Recording the paper …"))
        made = self._service.papers.make(paper.kind, paper.ref, reason=reason)
        self._bridge.ask(self, made, partial(self._on_made, file), failed=self._on_failed)

    def _on_made(self, file: Path | None, paper: Paper) -> None:
        self._on_paper(paper)
        self._send(paper.content, file)

    def _send(self, content: bytes, file: Path | None) -> None:
        if file is not None:
            self._bridge.ask(self, output.save(content, file), self._on_saved, failed=self._on_failed)
        elif self._printer is not None:
            self._stop = Event()
            self._is_printing = True
            if self.view.has_pages:
                done = output.print_pdf(content, self._printer, self._tell_page, self._stop)
            else:
                done = output.print_picture(self.view.image, self._printer)
            self._bridge.ask(self, done, self._on_printed, failed=self._on_failed)
            self._show_state()

    def _tell_page(self, page: int, pages: int) -> None:
        """From the printing thread; the dialog may be closed by now, and printing goes on."""
        if shiboken6.isValid(self):
            self._page_told.emit(page, pages)

    def _on_page_told(self, page: int, pages: int) -> None:
        self.status.setText(_("Printing page {page} of {pages} …").format(page=number(page), pages=number(pages)))

    def _on_saved(self, file: Path) -> None:
        self._intent = ""
        self.status.setText(_("Saved: {file}").format(file=seen(str(file))))
        self._show_state()

    def _on_printed(self, pages: int) -> None:
        self._intent, self._printer, self._is_printing = "", None, False
        self.status.setText(_("Sent to the printer. Pages: {pages}").format(pages=number(pages)))
        self._show_state()

    def _on_given_up(self) -> None:
        self._intent, self._printer = "", None
        self.status.setText(_standing(self._paper) if self._paper is not None else "")
        self._show_state()

    def _document(self) -> QPdfDocument:
        return self.view.document

    def _file_name(self) -> str:
        if self._file is not None:
            return self._file[0].name
        paper = self._paper
        name = (paper.number or paper.title) if paper is not None else ""
        return "".join(sign if sign.isalnum() or sign in "-_." else "-" for sign in name) + ".pdf"

    # -- what came with it ------------------------------------------------------------------------------------------

    def _on_attach(self) -> None:
        names = [sheet for sheet in self._sheets() if sheet.sha256]
        self.attach_dialog.ask()
        self.attach_dialog.choose("delivery_note")
        self.attach_dialog.show_kept([(sheet.kind, sheet.name) for sheet in names])

    def _on_attach_given(self, kind: str, path: str) -> None:
        kept = self._service.papers.attach(self._ref, kind, Path(path))
        self._bridge.ask(self, kept, self._on_attached, failed=self._on_failed)

    def _on_attached(self, digest: str) -> None:
        papers = self._service.papers
        self._bridge.ask(
            self, papers.folder(self._ref), partial(self._on_folder, f"{_FILE}{digest}"), failed=self._on_failed
        )


def _entry(sheet: Sheet) -> Entry:
    """A paper by its kind, a kept file by its fingerprint."""
    if not sheet.sha256:
        return Entry(sheet.kind, seen(sheet.name), _("made from the ledger"))
    return Entry(f"{_FILE}{sheet.sha256}", seen(sheet.name), kind_of_file(sheet.kind))


def _standing(paper: Paper) -> str:
    """How a paper stands, in one line."""
    if paper.kind == "commands":
        return ""
    if paper.copy:
        return _("Copy {copy}, recorded. SHA-256 {digest}").format(copy=number(paper.copy), digest=paper.sha256)
    if paper.preliminary:
        return _("The receipt is still open: what leaves now is marked as preliminary.")
    return _("A look at it: it is recorded when it is printed or saved.")
