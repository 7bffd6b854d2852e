"""Photos and papers of a unit on its card: small pictures, opened large; new ones dropped, pasted or chosen."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Signal
from PySide6.QtGui import QFont, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QLayoutItem, QPushButton, QWidget

from dockmark.desks.card_views import FileView
from dockmark.ui.bridge import Bridge
from dockmark.ui.buttons import Colour, CommandButton
from dockmark.ui.cards import emptied, gap
from dockmark.ui.darkroom import developed
from dockmark.ui.flow import FlowLayout
from dockmark.ui.icons import drawn
from dockmark.ui.labels import Sentence
from dockmark.ui.theme import target
from dockmark.ui.unit_facts import CardSection
from dockmark.ui.words import _, seen, when

if TYPE_CHECKING:
    from dockmark.ui.service import Service

_KEPT = 60
"""Small pictures that are kept for the next time."""


class Thumb(QPushButton):
    """One photo in small. What it shows is said by its name and day."""

    def __init__(self, number: int, file: FileView) -> None:
        super().__init__()
        self.file = file
        self.setObjectName(f"photoThumb_{number}")
        told = " · ".join(part for part in (seen(file.name), seen(file.note), seen(file.who), when(file.at)) if part)
        self.setAccessibleName(_("Photo {told}").format(told=told))
        self.setToolTip(told)
        self.setAutoDefault(False)
        side = round(target() * 1.7)
        self.setFixedSize(side, side)
        self._picture = QImage()
        self._is_broken = False

    def show_picture(self, picture: QImage) -> None:
        """Show it; an empty one says that it cannot be shown."""
        self._picture, self._is_broken = picture, picture.isNull()
        self.update()

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        palette = self.palette()
        box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        shape = QPainterPath()
        shape.addRoundedRect(box, 6, 6)
        painter.fillPath(shape, palette.color(Colour.AlternateBase))
        if not self._picture.isNull():
            painter.save()
            painter.setClipPath(shape)
            painter.drawImage(box, self._picture, _middle(self._picture))
            painter.restore()
        else:
            side = round(self.fontMetrics().height() * 1.6)
            name = "shape_unread" if self._is_broken else "unit"
            mark = palette.color(Colour.Base)
            picture = drawn(name, side, palette.color(Colour.PlaceholderText), mark)
            painter.drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, picture)
        strong = self.hasFocus() or self.underMouse()
        painter.setPen(QPen(palette.color(Colour.WindowText if strong else Colour.Mid), 2.5 if strong else 1))
        painter.drawPath(shape)


class _Shelf(FlowLayout):
    """Things side by side as wide as they are: pictures are not drawn out to fill a line."""

    def _fill(self, line: list[QLayoutItem], rect: QRect, most: int | None) -> int:
        left = rect.left()
        for item in line:
            size = item.sizeHint()
            item.setGeometry(QRect(QPoint(left, rect.top()), QSize(min(size.width(), rect.width()), rect.height())))
            left += size.width() + self._space
        return 0


def _middle(picture: QImage) -> QRectF:
    """The largest square in the middle of a picture."""
    side = min(picture.width(), picture.height())
    return QRectF((picture.width() - side) / 2, (picture.height() - side) / 2, side, side)


class FilesSection(CardSection):
    """Everything that is attached, and what was said of the last attempt to attach something."""

    opened = Signal(object)  # FileView

    def __init__(self, bridge: Bridge) -> None:
        super().__init__("unitFiles", _("Photos and papers"))
        self._bridge = bridge
        self._service: Service | None = None
        self._files: tuple[FileView, ...] = ()
        self._small: dict[str, QImage] = {}
        self.empty = Sentence("unitFilesEmpty", 0.95)
        self.empty.setText(_("None yet. Drop a photo or paper here, paste a picture, or choose a file."))
        self.says = Sentence("unitFilesSays", 0.95, QFont.Weight.DemiBold)
        self.says.hide()
        self._thumbs = QWidget()
        self._flow = _Shelf(self._thumbs, gap(self))
        for widget in (self.says, self.empty, self._thumbs):
            self.body.addWidget(widget)

    @property
    def files(self) -> tuple[FileView, ...]:
        """What is shown."""
        return self._files

    def attend(self, service: "Service") -> None:
        """Ask that station for what is in the files."""
        self._service = service

    def say(self, words: str) -> None:
        """What became of the last file; the empty text says nothing."""
        self.says.setText(words)
        self.says.setVisible(bool(words))

    def show_files(self, files: Sequence[FileView]) -> None:
        """Show these."""
        if tuple(files) == self._files:
            return
        self._files = tuple(files)
        emptied(self._flow)
        self.empty.setVisible(not files)
        self._thumbs.setVisible(bool(files))
        photos = [file for file in self._files if file.picture]
        for number, file in enumerate(photos):
            thumb = Thumb(number, file)
            thumb.clicked.connect(partial(self.opened.emit, file))
            self._flow.addWidget(thumb)
            self._fill(thumb)
        for number, file in enumerate(file for file in self._files if not file.picture):
            button = CommandButton(f"unitFile_{number}", seen(file.name), "certificate", file_kind_word(file.kind))
            button.clicked.connect(partial(self.opened.emit, file))
            self._flow.addWidget(button)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.update()

    def _fill(self, thumb: Thumb) -> None:
        kept = self._small.get(thumb.file.sha256)
        if kept is not None:
            thumb.show_picture(kept)
        elif self._service is not None:
            content = self._service.cards.file(thumb.file.sha256, thumb.file.name)
            self._bridge.ask(thumb, content, partial(self._develop, thumb), failed=partial(_broken, thumb))

    def _develop(self, thumb: Thumb, content: bytes) -> None:
        side = round(thumb.width() * thumb.devicePixelRatioF() * 1.5)
        self._bridge.ask(thumb, developed(content, side), partial(self._hang, thumb), failed=partial(_broken, thumb))

    def _hang(self, thumb: Thumb, picture: QImage) -> None:
        while len(self._small) >= _KEPT:
            self._small.pop(next(iter(self._small)))
        self._small[thumb.file.sha256] = picture
        thumb.show_picture(picture)


def _broken(thumb: Thumb, _trouble: BaseException) -> None:
    thumb.show_picture(QImage())


def file_kind_word(kind: str) -> str:
    """What a file is."""
    words = {
        "photo": _("Photo"),
        "document": _("Document"),
        "certificate": _("Certificate"),
        "delivery_note": _("Delivery note"),
    }
    return words.get(kind) or _("Paper")
