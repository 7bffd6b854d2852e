"""Two pages that only say something: the ledger is being opened, or it could not be."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QProgressBar, QWidget

from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import Card, columns, rows
from dockmark.ui.labels import Sentence
from dockmark.ui.words import _


class OpeningPage(Card):
    """Seen for a moment after the start."""

    def __init__(self) -> None:
        super().__init__("openingPage")
        words = Sentence("openingSentence", 1.4, QFont.Weight.DemiBold)
        words.setText(_("Opening the ledger …"))
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        bar = QProgressBar()
        bar.setObjectName("openingProgress")
        bar.setAccessibleName(_("Opening the ledger"))
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        whole = rows(self, margin=6, spacing=2)
        whole.addStretch(1)
        whole.addWidget(words)
        whole.addWidget(bar)
        whole.addStretch(2)


class TroublePage(Card):
    """Why the ledger could not be opened, and what may be done."""

    again = Signal()

    def __init__(self) -> None:
        super().__init__("troublePage")
        self.title = Sentence("troubleTitle", 1.4, QFont.Weight.DemiBold)
        self.title.setText(_("The ledger could not be opened"))
        self.why = Sentence("troubleSentence", 1.1)
        self.retry = CommandButton("troubleRetryButton", _("Try again"), "repeat", main=True)
        self.retry.clicked.connect(self.again)
        buttons = QWidget()
        line = columns(buttons)
        line.addWidget(self.retry)
        line.addStretch(1)
        whole = rows(self, margin=3, spacing=1.5)
        whole.addStretch(1)
        whole.addWidget(self.title)
        whole.addWidget(self.why)
        whole.addWidget(buttons)
        whole.addStretch(2)

    def say(self, why: str) -> None:
        """Say why."""
        self.why.setText(why)
