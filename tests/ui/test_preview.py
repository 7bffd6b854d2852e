"""Papers are looked at, printed and saved in the window; what leaves is recorded first, a reprint with its reason."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pypdf
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton, QWidget

from dockmark.ui.preview import show_commands, show_document
from dockmark.ui.preview_dialog import PreviewDialog

if TYPE_CHECKING:
    from .conftest import Window


def opened(window: "Window", kind: str = "receipt", ref: str = "RC-1") -> PreviewDialog:
    dialog = show_document(window.shell, window.bridge, window.service, kind, ref)
    settle(window)
    return dialog


def settle(window: "Window") -> None:
    window.qtbot.wait_until(lambda: window.bridge.is_quiet)


def child(dialog: QWidget, kind: type[QDialog], name: str) -> QDialog:
    found = dialog.findChildren(kind, name)
    assert len(found) == 1
    return found[0]


def choose(window: "Window", dialog: PreviewDialog, row: int) -> None:
    dialog.list.setCurrentIndex(dialog.list.model().index(row, 0))
    dialog.list.clicked.emit(dialog.list.currentIndex())
    settle(window)


def save_as(window: "Window", dialog: PreviewDialog, file: Path) -> None:
    ask = child(dialog, QFileDialog, "previewSaveDialog")
    assert isinstance(ask, QFileDialog)
    ask.fileSelected.emit(str(file))
    ask.done(QDialog.DialogCode.Accepted)
    window.qtbot.wait_until(lambda: window.bridge.is_quiet and file.exists())
    settle(window)


def print_to(window: "Window", dialog: PreviewDialog, file: Path) -> None:
    ask = child(dialog, QPrintDialog, "previewPrintDialog")
    assert isinstance(ask, QPrintDialog)
    printer = ask.printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    printer.setResolution(72)
    ask.done(QDialog.DialogCode.Accepted)
    window.qtbot.wait_until(lambda: "Sent to the printer" in dialog.status.text(), timeout=20_000)


def test_papers_and_files_of_a_receipt_are_listed_and_the_paper_asked_for_is_in_sight(window: "Window") -> None:
    window.service.papers.keep("certificate", "form one.pdf", b"%PDF-1.4 nothing")
    dialog = opened(window, "discrepancy")
    shown = [str(dialog.list.model().index(row, 0).data()) for row in range(dialog.list.model().rowCount())]
    assert shown == ["Receipt", "Discrepancy report", "form one.pdf"]
    assert dialog.title.text() == "Discrepancy report RC-1"
    assert dialog.pages.text() == "Page 1 of 3"
    assert window.service.papers.made == []


def test_pages_are_turned_and_seen_larger_and_smaller_by_key(window: "Window") -> None:
    dialog = opened(window)
    QTest.keyClick(dialog, Qt.Key.Key_PageDown)
    window.qtbot.wait_until(lambda: dialog.pages.text() == "Page 2 of 3")
    QTest.keyClick(dialog, Qt.Key.Key_PageDown)
    window.qtbot.wait_until(lambda: dialog.pages.text() == "Page 3 of 3")
    assert not dialog.after.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_PageUp)
    window.qtbot.wait_until(lambda: dialog.pages.text() == "Page 2 of 3")
    QTest.keyClick(dialog, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert dialog.view.pdf.zoomMode() is QPdfView.ZoomMode.Custom
    larger = dialog.view.pdf.zoomFactor()
    QTest.keyClick(dialog, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert dialog.view.pdf.zoomFactor() < larger
    QTest.keyClick(dialog, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert dialog.view.pdf.zoomMode() is QPdfView.ZoomMode.FitToWidth


def test_saving_records_the_paper_and_writes_its_very_bytes(window: "Window", tmp_path: Path) -> None:
    dialog = opened(window)
    dialog.save.click()
    file = tmp_path / "paper.pdf"
    save_as(window, dialog, file)
    [made] = window.service.papers.made
    assert (made.kind, made.copy) == ("receipt", 1)
    assert file.read_bytes() == made.content
    assert str(file) in dialog.status.text()


def test_a_second_copy_asks_for_its_reason_first(window: "Window", tmp_path: Path) -> None:
    dialog = opened(window)
    dialog.save.click()
    save_as(window, dialog, tmp_path / "one.pdf")
    dialog.save.click()
    assert dialog.reasons.isVisible()
    assert dialog.findChildren(QFileDialog, "previewSaveDialog") == []
    button = dialog.findChild(QPushButton, "previewreason_LOST")
    assert button is not None
    button.click()
    save_as(window, dialog, tmp_path / "two.pdf")
    assert window.service.papers.given == ["", "LOST"]
    text = pypdf.PdfReader(io.BytesIO((tmp_path / "two.pdf").read_bytes())).pages[0].extract_text()
    assert "REPRINT 2" in text


def test_printing_sends_every_page_and_records_the_paper(window: "Window", tmp_path: Path) -> None:
    dialog = opened(window)
    dialog.print_button.click()
    file = tmp_path / "printed.pdf"
    print_to(window, dialog, file)
    assert [made.copy for made in window.service.papers.made] == [1]
    assert len(pypdf.PdfReader(io.BytesIO(file.read_bytes())).pages) == 3
    assert dialog.print_button.text() == "Print"


@pytest.mark.parametrize("button", ["previewSaveButton", "previewPrintButton"])
def test_giving_up_records_nothing(window: "Window", button: str) -> None:
    dialog = opened(window)
    pressed = dialog.findChild(QPushButton, button)
    assert pressed is not None
    pressed.click()
    [asked] = [
        it for it in dialog.findChildren(QDialog) if it.objectName() in ("previewSaveDialog", "previewPrintDialog")
    ]
    asked.reject()
    settle(window)
    assert window.service.papers.made == []
    assert pressed.isEnabled()


def test_a_file_that_cannot_be_written_is_told(window: "Window", tmp_path: Path) -> None:
    dialog = opened(window)
    dialog.save.click()
    ask = child(dialog, QFileDialog, "previewSaveDialog")
    assert isinstance(ask, QFileDialog)
    ask.fileSelected.emit(str(tmp_path / "nowhere" / "x.pdf"))
    settle(window)
    assert "x.pdf" in dialog.status.text()
    assert dialog.save.isEnabled()


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "navy").save(out, "PNG")
    return out.getvalue()


def paper() -> bytes:
    made = pypdf.PdfWriter()
    made.add_blank_page(200, 200)
    out = io.BytesIO()
    made.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "shows", "can_print"),
    [
        (png, "previewPicture", True),
        (paper, "previewPdf", True),
        (lambda: b"%PDF-1.7 broken", "previewWords", False),
        (lambda: b"#!/bin/sh\nrm -rf /", "previewWords", False),
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "previewWords", False),
        (lambda: b"", "previewWords", False),
    ],
)
def test_kept_files_are_shown_where_they_are_pages_or_pictures_and_never_run(
    window: "Window", tmp_path: Path, content: Callable[[], bytes], shows: str, can_print: bool
) -> None:
    window.service.papers.keep("delivery_note", "what came.bin", content())
    dialog = opened(window)
    choose(window, dialog, 2)
    widget = dialog.findChild(QWidget, shows)
    assert widget is not None
    assert widget.isVisible()
    assert dialog.print_button.isEnabled() is can_print
    dialog.save.click()
    file = tmp_path / "copy.bin"
    save_as(window, dialog, file)
    assert file.read_bytes() == content()
    assert window.service.papers.made == []


def test_a_file_is_attached_and_listed(window: "Window", tmp_path: Path) -> None:
    photo = tmp_path / "note.png"
    photo.write_bytes(png())
    dialog = opened(window)
    dialog.attach.click()
    attach = dialog.attach_dialog
    assert attach.kind == "delivery_note"
    attach.file.field.setText(str(photo))
    attach.attach.click()
    window.qtbot.wait_until(lambda: dialog.list.model().rowCount() == 3)
    settle(window)
    assert dialog.title.text() == "note.png"
    assert dialog.view.picture.isVisible()
    assert [it.kind for it in window.service.papers.attached] == ["delivery_note"]


def test_a_receipt_that_is_not_there_is_said(window: "Window") -> None:
    dialog = opened(window, ref="nothing")
    assert "nothing" in dialog.view.words.text()
    assert not dialog.save.isEnabled()
    assert not dialog.print_button.isEnabled()


def test_a_command_sheet_is_printed_without_a_record(window: "Window", tmp_path: Path) -> None:
    dialog = show_commands(window.shell, window.bridge, window.service, "receiving")
    settle(window)
    assert dialog.title.text() == "Receiving: command sheet"
    assert not dialog.list.isVisible()
    dialog.print_button.click()
    print_to(window, dialog, tmp_path / "sheet.pdf")
    assert window.service.papers.made == []


def test_the_keys_offer_the_command_sheet(window: "Window") -> None:
    QTest.keyClick(window.shell, Qt.Key.Key_F1)
    keys = window.find("keysDialog")
    assert isinstance(keys, QDialog)
    button = keys.findChild(QPushButton, "keysSheetButton")
    assert button is not None
    button.click()
    window.qtbot.wait_until(lambda: isinstance(QApplication.activeModalWidget(), PreviewDialog))
    settle(window)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PreviewDialog)
    assert dialog.title.text() == "Receiving: command sheet"
    dialog.reject()


def test_everything_on_it_has_a_name_and_is_large_enough(window: "Window") -> None:
    dialog = opened(window)
    buttons = [it for it in dialog.findChildren(QPushButton) if it.isVisible() and it.objectName()]
    names = [it.objectName() for it in buttons]
    assert len(set(names)) == len(names) > 5
    assert all(it.accessibleName() for it in buttons)
    assert dialog.view.pdf.accessibleName()
    assert dialog.list.accessibleName()


def test_closing_while_it_reads_harms_nothing(window: "Window") -> None:
    dialog = show_document(window.shell, window.bridge, window.service, "receipt", "RC-1")
    dialog.reject()
    settle(window)
    assert window.shell.isVisible()


def preview(window: "Window") -> PreviewDialog:
    window.qtbot.wait_until(lambda: isinstance(QApplication.activeModalWidget(), PreviewDialog))
    settle(window)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PreviewDialog)
    return dialog


def test_the_papers_of_the_receipt_come_by_key_while_it_is_open_and_after_it_is_finished(window: "Window") -> None:
    screen = window.pages.receiving
    assert not screen.papers.isEnabled()
    window.scan("ORDER-1")
    number = screen.view.receipt
    assert number
    for _time in range(2):
        window.shell.activateWindow()
        window.qtbot.wait_until(window.shell.isActiveWindow)
        QTest.keyClick(window.shell, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
        dialog = preview(window)
        assert dialog.title.text() == f"Receipt {number}"
        dialog.reject()
        if screen.view.receipt:
            window.service.command("receiving", "FINISH").result()
            screen.refresh()
            window.qtbot.wait_until(lambda: not screen.view.receipt)
    assert screen.papers.isVisible()


def test_finishing_can_lead_to_the_papers(window: "Window") -> None:
    window.scan("ORDER-1")
    number = window.pages.receiving.view.receipt
    QTest.keyClick(window.shell, Qt.Key.Key_F10)
    window.qtbot.wait_until(lambda: window.pages.receiving.finish_dialog.isVisible())
    window.pages.receiving.finish_dialog.papers.click()
    dialog = preview(window)
    assert dialog.title.text() == f"Receipt {number}"
    assert [word for word, _facts in window.service.commands] == ["FINISH"]
    dialog.reject()


def test_a_delivery_note_is_attached_at_the_desk_and_what_was_kept_is_listed(window: "Window") -> None:
    window.service.papers.keep("certificate", "form one.pdf", b"%PDF-")
    window.scan("ORDER-1")
    QTest.keyClick(window.shell, Qt.Key.Key_F12)
    attach = window.pages.receiving.certificate_dialog
    window.qtbot.wait_until(lambda: attach.before.model().rowCount() == 1)
    assert attach.kind == "certificate"
    button = attach.findChild(QPushButton, "attachKind_delivery_note")
    assert button is not None
    button.click()
    attach.file.field.setText("papers/note.pdf")
    attach.attach.click()
    settle(window)
    assert window.service.commands == [("PAPER", {"kind": "delivery_note", "file": "papers/note.pdf"})]
