"""What the receiving desk shows while no receipt is open: what to scan now."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from dockmark.ui.cards import Card, gap, rows
from dockmark.ui.icons import drawn
from dockmark.ui.labels import Sentence
from dockmark.ui.words import _


class Invitation(Card):
    """Three ways to begin, each with its drawing."""

    def __init__(self) -> None:
        super().__init__("receivingEmpty")
        self._pictures: list[tuple[QLabel, str]] = []
        self._title = Sentence("receivingEmptyTitle", 1.6, QFont.Weight.DemiBold)
        self._title.setText(_("Scan to begin"))
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        ways = QWidget()
        line = QHBoxLayout(ways)
        line.setSpacing(gap(self) * 4)
        for number, (drawing, title, words) in enumerate(_ways()):
            line.addWidget(self._way(number, drawing, title, words), 1)
        whole = rows(self, margin=3, spacing=2)
        whole.addStretch(1)
        whole.addWidget(self._title)
        whole.addWidget(ways)
        whole.addStretch(2)
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_pictures"):
            self._tint()

    def _way(self, number: int, drawing: str, title: str, words: str) -> QWidget:
        picture = QLabel()
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pictures.append((picture, drawing))
        head = Sentence(f"receivingWay{number}", 1.1, QFont.Weight.DemiBold)
        head.setText(title)
        body = Sentence(f"receivingWayWords{number}")
        body.setText(words)
        body.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        way = QWidget()
        column = rows(way, spacing=0.8)
        for each in (picture, head, body):
            if isinstance(each, Sentence):
                each.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            column.addWidget(each)
        column.addStretch(1)
        return way

    def _tint(self) -> None:
        side = self.fontMetrics().height() * 3
        for picture, drawing in self._pictures:
            picture.setPixmap(drawn(drawing, side, self.palette().color(QPalette.ColorRole.Highlight)))


def _ways() -> tuple[tuple[str, str, str], ...]:
    return (
        ("order", _("An order or ASN"), _("The barcode on the order, the delivery note or the pallet (SSCC).")),
        ("place", _("A place"), _("Where the units go. It stays until another place is scanned.")),
        ("unit", _("Or the first unit"), _("Without any paper: Dockmark opens a blind receipt for it.")),
    )
