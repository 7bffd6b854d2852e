"""A file of a unit, opened large: pictures are shown, everything can be saved, and taken away with a reason."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QSizePolicy, QWidget

from dockmark.desks.card_views import FileView
from dockmark.record.refusal import Refusal
from dockmark.ui.actions import Work, action
from dockmark.ui.bridge import Bridge
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import gap, rows
from dockmark.ui.darkroom import developed, saved
from dockmark.ui.flow import FlowLayout
from dockmark.ui.labels import Sentence, Value
from dockmark.ui.unit_files import file_kind_word
from dockmark.ui.words import _, number, said, seen, when

if TYPE_CHECKING:
    from dockmark.ui.service import Service

_LARGEST = 4096
"""Dots along the longer side of a picture that is looked at."""


class Picture(QWidget):
    """One picture as large as there is room, or words in its place."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("photoPicture")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.picture = QImage()
        self._words = ""

    def show_picture(self, picture: QImage) -> None:
        """Show that picture."""
        self.picture, self._words = picture, "" if not picture.isNull() else _("This picture cannot be shown.")
        self.update()

    def say(self, words: str) -> None:
        """Words in place of a picture."""
        self.picture, self._words = QImage(), words
        self.setAccessibleDescription(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 90, self.fontMetrics().height() * 30)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 30, self.fontMetrics().height() * 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.picture.isNull():
            flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(self.rect(), flags, self._words)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self.picture.size()
        scale = min(self.width() / size.width(), self.height() / size.height(), 4.0)
        width, height = size.width() * scale, size.height() * scale
        place = QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)
        painter.drawImage(place, self.picture)


class PhotoDialog(QDialog):
    """Turns through the files; stops nothing."""

    gone = Signal(object)  # FileView that shall be taken away

    def __init__(self, parent: QWidget, bridge: Bridge, service: "Service", files: Sequence[FileView]) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._service = service
        self._files = list(files)
        self._at = 0
        self._content = b""
        self.setObjectName("photoDialog")
        self.setWindowTitle(_("Photos and papers – Dockmark"))
        self.view = Picture()
        self.title = Value("photoTitle", 1.15)
        self.told = Sentence("photoTold")
        self.before = CommandButton("photoBefore", _("Back"), "", "←")
        self.next = CommandButton("photoNext", _("Next"), "", "→")
        self.save = CommandButton("photoSave", _("Save a copy"), "folder", "Ctrl+S")
        self.away = CommandButton("photoAway", _("Take away"), "undo", _("Del"))
        self.back = CommandButton("photoClose", _("Close"), "back", _("Esc"), main=True)
        self._lay_out()
        self._connect()

    def ask(self, file: FileView) -> None:
        """Come up with that file."""
        parent = self.parentWidget()
        window = parent.window() if parent is not None else self
        self.resize(round(window.width() * 0.8), round(window.height() * 0.85))
        self.open()
        self._at = next((row for row, each in enumerate(self._files) if each == file), 0)
        self._show()
        self.back.setFocus()

    @property
    def file(self) -> FileView:
        """The file on show."""
        return self._files[self._at]

    def _lay_out(self) -> None:
        foot = QWidget()
        line = FlowLayout(foot, gap(self))
        for button in (self.before, self.next, self.save, self.away, self.back):
            line.addWidget(button)
        whole = rows(self, margin=1.6)
        whole.addWidget(self.title)
        whole.addWidget(self.told)
        whole.addWidget(self.view, 1)
        whole.addWidget(foot)

    def _connect(self) -> None:
        for button, work in (
            (self.before, Work(_("Back"), "Left", partial(self._turn, -1))),
            (self.next, Work(_("Next"), "Right", partial(self._turn, 1))),
            (self.save, Work(_("Save a copy"), "Ctrl+S", self._on_save)),
            (self.away, Work(_("Take away"), "Del", self._on_away)),
        ):
            action(self, button, work)
        self.back.clicked.connect(self.reject)

    def _turn(self, by: int) -> None:
        self._at = (self._at + by) % len(self._files)
        self._show()

    def _show(self) -> None:
        file = self.file
        self._content = b""
        self.title.setText(seen(file.name))
        size = _("{count} kB").format(count=number(max(1, round(file.size / 1000)))) if file.size else ""
        told = (file_kind_word(file.kind), seen(file.note), seen(file.who), when(file.at) if file.id else "", size)
        self.told.setText(" · ".join(part for part in told if part))
        self.before.setVisible(len(self._files) > 1)
        self.next.setVisible(len(self._files) > 1)
        self.away.setEnabled(bool(file.id) and file.of == "unit")
        self.save.setEnabled(False)
        self.view.setAccessibleName(seen(file.name))
        self.view.say(_("Opening …"))
        self._bridge.ask(
            self, self._service.cards.file(file.sha256, file.name), self._on_content, failed=self._on_failed,
            topic="content",
        )  # fmt: skip

    def _on_content(self, content: bytes) -> None:
        self._content = content
        self.save.setEnabled(True)
        if self.file.picture:
            self._bridge.ask(self, developed(content, _LARGEST), self.view.show_picture, topic="picture")
        else:
            self.view.say(_("This paper is not shown here. Save a copy to read it."))

    def _on_failed(self, trouble: BaseException) -> None:
        words = said(trouble.code.value, trouble.facts) if isinstance(trouble, Refusal) else str(trouble)
        self.view.say(words)

    def _on_save(self) -> None:
        dialog = QFileDialog(self, _("Save a copy"), _safe(self.file.name))
        dialog.setObjectName("photoSaveDialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.fileSelected.connect(self._on_named)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_named(self, path: str) -> None:
        self._bridge.ask(self, saved(Path(path), self._content), self._on_saved, failed=self._on_failed)

    def _on_saved(self, path: Path) -> None:
        self.told.setText(_("Saved as {name}").format(name=seen(str(path))))

    def _on_away(self) -> None:
        file = self.file
        self.accept()
        self.gone.emit(file)


def _safe(name: str) -> str:
    """A name that cannot lead out of the folder that it is saved in."""
    return Path(name.replace("\\", "/")).name.lstrip(".") or "file"
