"""What is looked at: the pages of a PDF, a picture, or words where there is nothing to see."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QLabel, QScrollArea, QStackedWidget, QWidget

from dockmark.ui.cards import rows
from dockmark.ui.labels import Sentence
from dockmark.ui.scroll_bar import quiet_scrolling
from dockmark.ui.words import _

_STEP = 1.25
_SMALLEST, _LARGEST = 0.2, 6.0
_MOST_PIXELS = 60_000_000
_PDF, _PICTURE, _WORDS = range(3)


class PreviewView(QStackedWidget):
    """Shows one paper at a time; knows its pages and how large they stand."""

    turned = Signal(int, int)  # page in sight from 1, pages; 0, 0 where there are none

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("previewView")
        self._kept: QBuffer | None = None
        self._picture = QPixmap()
        self._factor = 1.0
        self.document = QPdfDocument(self)
        self.pdf = QPdfView(self)
        self.pdf.setObjectName("previewPdf")
        self.pdf.setAccessibleName(_("Pages"))
        self.pdf.setPageMode(QPdfView.PageMode.MultiPage)
        quiet_scrolling(self.pdf)
        self.pdf.setDocument(self.document)
        self.picture = QLabel()
        self.picture.setObjectName("previewPicture")
        self.picture.setAccessibleName(_("Picture"))
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._frame = QScrollArea()
        self._frame.setObjectName("previewPictureFrame")
        self._frame.setAccessibleName(_("Picture"))
        quiet_scrolling(self._frame)
        self._frame.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._frame.setWidget(self.picture)
        self.words = Sentence("previewWords", 1.1)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        empty = QWidget()
        lines = rows(empty, margin=2)
        lines.addStretch(1)
        lines.addWidget(self.words)
        lines.addStretch(1)
        for widget in (self.pdf, self._frame, empty):
            self.addWidget(widget)
        self.pdf.pageNavigator().currentPageChanged.connect(self._on_turned)

    @property
    def has_pages(self) -> bool:
        """Whether there are pages to turn and to print."""
        return self.currentIndex() == _PDF

    @property
    def can_zoom(self) -> bool:
        """Whether there is something to see."""
        return self.currentIndex() != _WORDS

    @property
    def image(self) -> QImage:
        """The picture in sight, at its own size."""
        return self._picture.toImage()

    def say(self, text: str) -> None:
        """Words in place of a paper."""
        self.words.setText(text)
        self.setCurrentIndex(_WORDS)
        self.turned.emit(0, 0)

    def show_pdf(self, content: bytes) -> bool:
        """The pages of that PDF; false where it is none, or a damaged or locked one."""
        buffer = QBuffer(self)
        buffer.setData(QByteArray(content))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.close()
        self.document.load(buffer)
        if self._kept is not None:
            self._kept.deleteLater()
        self._kept = buffer
        if self.document.error() is not QPdfDocument.Error.None_ or self.document.pageCount() == 0:
            return False
        self.setCurrentIndex(_PDF)
        self.fit()
        self.go(1)
        self.turned.emit(1, self.document.pageCount())
        return True

    def show_picture(self, content: bytes) -> bool:
        """That picture; false where it cannot be read or is too large to be one."""
        buffer = QBuffer()
        buffer.setData(QByteArray(content))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        reader = QImageReader(buffer)
        reader.setAutoTransform(True)
        reader.setDecideFormatFromContent(True)
        size = reader.size()
        if bytes(reader.format().data()) not in (b"png", b"jpeg", b"gif", b"bmp", b"webp"):
            return False
        if not size.isValid() or size.width() * size.height() > _MOST_PIXELS:
            return False
        read: QImage = reader.read()
        if read.isNull():
            return False
        self._picture = QPixmap.fromImage(read)
        self.setCurrentIndex(_PICTURE)
        self.fit()
        self.turned.emit(1, 1)
        return True

    def go(self, page: int) -> None:
        """Brings a page into sight, counted from 1."""
        if self.has_pages and 1 <= page <= self.document.pageCount():
            self.pdf.pageNavigator().jump(page - 1, QPointF(), 0)

    def next_page(self) -> None:
        """The next page."""
        self.go(self.pdf.pageNavigator().currentPage() + 2)

    def page_before(self) -> None:
        """The page before."""
        self.go(self.pdf.pageNavigator().currentPage())

    def larger(self) -> None:
        """A step nearer."""
        self._zoom(_STEP)

    def smaller(self) -> None:
        """A step away."""
        self._zoom(1 / _STEP)

    def fit(self) -> None:
        """As wide as there is room."""
        if self.has_pages:
            self.pdf.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        elif self.can_zoom:
            room, size = self._frame.viewport().size(), self._picture.size()
            self._scale(min(1.0, room.width() / max(size.width(), 1), room.height() / max(size.height(), 1)))

    def _zoom(self, step: float) -> None:
        if not self.has_pages:
            self._scale(self._factor * step)
            return
        if self.pdf.zoomMode() is not QPdfView.ZoomMode.Custom:
            self.pdf.setZoomFactor(self._fitted())
            self.pdf.setZoomMode(QPdfView.ZoomMode.Custom)
        self.pdf.setZoomFactor(min(_LARGEST, max(_SMALLEST, self.pdf.zoomFactor() * step)))

    def _fitted(self) -> float:
        """The zoom at which the page is as wide as the view."""
        points = self.document.pagePointSize(0).width() or 595.0
        margins = self.pdf.documentMargins()
        room = self.pdf.viewport().width() - margins.left() - margins.right()
        return max(_SMALLEST, room / (points * self.logicalDpiX() / 72))

    def _scale(self, factor: float) -> None:
        if self._picture.isNull():
            return
        self._factor = min(_LARGEST, max(0.02, factor))
        size = QSize(round(self._picture.width() * self._factor), round(self._picture.height() * self._factor))
        shown = self._picture.scaled(
            size.expandedTo(QSize(1, 1)), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        self.picture.setPixmap(shown)
        self.picture.resize(shown.size())

    def _on_turned(self, page: int) -> None:
        if self.has_pages:
            self.turned.emit(page + 1, self.document.pageCount())
