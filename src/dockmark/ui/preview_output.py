"""Papers leave the window: onto paper by the system's printer, or into a file; both on a thread of their own."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRect, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from dockmark.record.refusal import DeviceFault, Refusal, Refused

_DPI = 300
_KEEP = Qt.AspectRatioMode.KeepAspectRatio
_pool = ThreadPoolExecutor(1, thread_name_prefix="paper")

Told = Callable[[int, int], None]
"""Takes the page that is being printed and how many there are."""


def printer_for(document: QPdfDocument, title: str, url: str = "") -> QPrinter:
    """The system's printer, set to the size of the paper's first page; the one chosen for papers where it is there."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    queue = url.removeprefix("queue:")
    if queue != url and queue in QPrinterInfo.availablePrinterNames():
        printer.setPrinterName(queue)
    printer.setResolution(_DPI)
    printer.setDocName(title[:80])
    printer.setCreator("Dockmark")
    size = document.pagePointSize(0) if document.pageCount() else QSizeF(595, 842)
    upright = size.width() <= size.height()
    sheet = QPageSize(QSizeF(size if upright else size.transposed()), QPageSize.Unit.Point)
    turned = QPageLayout.Orientation.Portrait if upright else QPageLayout.Orientation.Landscape
    printer.setPageLayout(QPageLayout(sheet, turned, QMarginsF()))
    printer.setFullPage(True)
    printer.setFromTo(0, 0)
    return printer


def print_pdf(content: bytes, printer: QPrinter, told: Told, stop: Event) -> "Future[int]":
    """Prints the pages chosen in the printer's dialog; the answer is how many pages were sent."""
    return _pool.submit(_printed, content, printer, told, stop)


def print_picture(picture: QImage, printer: QPrinter) -> "Future[int]":
    """Prints a picture as large as it goes on one sheet."""
    return _pool.submit(_picture_printed, picture, printer)


def save(content: bytes, file: Path) -> "Future[Path]":
    """Writes a paper into a file, whole or not at all."""
    return _pool.submit(_saved, content, file)


def _saved(content: bytes, file: Path) -> Path:
    beside = file.with_name(f".{file.name}.part")
    try:
        beside.write_bytes(content)
        beside.replace(file)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise Refusal(Refused.BAD_FILE, file=file.name, why=error.strerror or "") from error
    return file


def _printed(content: bytes, printer: QPrinter, told: Told, stop: Event) -> int:
    document = QPdfDocument()
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    count = document.pageCount()
    first, last = printer.fromPage() or 1, printer.toPage() or count
    pages = [page for page in range(1, count + 1) if first <= page <= last]
    painter = _painter(printer)
    done = 0
    try:
        for page in pages:
            if stop.is_set():
                printer.abort()
                break
            told(page, count)
            if done and not printer.newPage():
                raise DeviceFault("printer_failed", printer.printerName())
            _paint(painter, printer, document, page - 1)
            done += 1
    finally:
        painter.end()
        document.close()
    return done


def _painter(printer: QPrinter) -> QPainter:
    painter = QPainter()
    if not painter.begin(printer):
        raise DeviceFault("printer_failed", printer.printerName())
    return painter


def _paint(painter: QPainter, printer: QPrinter, document: QPdfDocument, page: int) -> None:
    """One page, whole-dot exact where the sheet has the page's size."""
    points = document.pagePointSize(page)
    sheet = printer.pageLayout().fullRectPixels(printer.resolution())
    dots = QSize(round(points.width() * printer.resolution() / 72), round(points.height() * printer.resolution() / 72))
    if abs(dots.width() - sheet.width()) > 3 or abs(dots.height() - sheet.height()) > 3:
        dots = dots.scaled(sheet.size(), _KEEP)
    image = document.render(page, dots)
    left, top = (sheet.width() - dots.width()) // 2, (sheet.height() - dots.height()) // 2
    painter.drawImage(QRect(left, top, dots.width(), dots.height()), image)


def _picture_printed(picture: QImage, printer: QPrinter) -> int:
    painter = _painter(printer)
    try:
        sheet = printer.pageLayout().fullRectPixels(printer.resolution())
        size = picture.size().scaled(sheet.size() * 0.94, _KEEP)
        left, top = (sheet.width() - size.width()) // 2, (sheet.height() - size.height()) // 2
        painter.drawImage(QRect(left, top, size.width(), size.height()), picture)
    finally:
        painter.end()
    return 1
