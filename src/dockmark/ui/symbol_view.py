"""A barcode on the screen, to be scanned from it: black on white in every look, large and with its quiet zone."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dockmark.documents.matrix import matrix
from dockmark.ui.theme import INK, PAPER, target
from dockmark.ui.words import _

_QUIET = 4
"""Modules of white around it."""


class SymbolView(QWidget):
    """Shows one symbol, or nothing."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.content = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_tag("")

    def show_tag(self, content: str) -> None:
        """Show the symbol that a scanner reads as exactly this."""
        self.content = content
        self.setAccessibleName(_("Barcode {tag}").format(tag=content) if content else _("No barcode"))
        self.update()

    def sizeHint(self) -> QSize:
        side = target() * 4
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.content:
            return
        rows = matrix(self.content).rows
        painter = QPainter(self)
        painter.fillRect(self.rect(), PAPER)
        # Whole dots of the screen to a module, so that every module has the same size.
        dots = self.devicePixelRatioF()
        module = int(min(self.width(), self.height()) * dots) // (len(rows) + 2 * _QUIET) / dots
        left = (self.width() - module * len(rows)) / 2
        top = (self.height() - module * len(rows)) / 2
        for down, row in enumerate(rows):
            for across, each in enumerate(row):
                if each == "1":
                    box = QRectF(left + across * module, top + down * module, module, module)
                    painter.fillRect(box, INK)
