"""The refusal that waits for its answer, and the reasons to answer with. It stays until a scan or a key answers."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from dockmark.desks.answer import Answer
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import Card, columns, emptied, gap, rows
from dockmark.ui.flow import FlowLayout
from dockmark.ui.icons import status_shape
from dockmark.ui.labels import Sentence, Value
from dockmark.ui.theme import Role
from dockmark.ui.verdicts import face
from dockmark.ui.words import _, seen, told, unit_line


class RefusalPanel(Card):
    """What was refused and why, with the three answers."""

    def __init__(self) -> None:
        super().__init__("refusalPanel")
        self.setAccessibleName(_("Refused: waits for an answer"))
        self._face = (Role.STOP, "refused")
        self._shape = QLabel()
        self.title = Value("refusalTitle", 1.2, QFont.Weight.Bold)
        self.why = Sentence("refusalSentence", 1.05)
        self.unit = Value("refusalUnit", 1.0, QFont.Weight.Normal)
        self.accept = CommandButton("acceptButton", _("Accept with reason"), "accept", "ACCEPT · F6")
        self.quarantine = CommandButton("quarantineButton", _("Quarantine"), "quarantine", "QUARANTINE · F7")
        self.skip = CommandButton("skipButton", _("Skip"), "skip", "SKIP · F8")
        self._lay_out()

    def show_refusal(self, refusal: Answer | None) -> None:
        """Show that refusal, or with None hide."""
        self.setVisible(refusal is not None)
        if refusal is None:
            return
        shown = face(refusal)
        self._face = (shown.role, shown.shape)
        self.title.setText(_("Refused, waiting for your answer"))
        self.why.setText(told(refusal))
        self.unit.setText(unit_line(refusal.unit) if refusal.unit is not None else "")
        self.unit.setVisible(refusal.unit is not None)
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_shape"):
            self._tint()

    def _lay_out(self) -> None:
        words = QWidget()
        lines = rows(words, spacing=0.3)
        for line in (self.title, self.why, self.unit):
            lines.addWidget(line)
        head = QWidget()
        across = columns(head, spacing=1.6)
        across.addWidget(self._shape)
        across.addWidget(words, 1)
        answers = QWidget()
        flow = FlowLayout(answers, gap(self))
        for button in (self.accept, self.quarantine, self.skip):
            flow.addWidget(button)
        whole = rows(self, margin=1.4, spacing=1.2)
        whole.addWidget(head)
        whole.addWidget(answers)

    def _tint(self) -> None:
        role, shape = self._face
        self.mark(role)
        self._shape.setPixmap(status_shape(shape, role, self.fontMetrics().height() * 3, self.window().palette()))


class ReasonPanel(Card):
    """The reasons as buttons, while one is awaited. Scanning a reason does the same."""

    chosen = Signal(str)  # the code of the reason

    def __init__(self, prefix: str = "") -> None:
        super().__init__(f"{prefix}ReasonPanel" if prefix else "reasonPanel")
        self.setAccessibleName(_("Choose the reason"))
        self._prefix = prefix
        self._reasons: tuple[tuple[str, str], ...] = ()
        self.title = Sentence(f"{prefix}ReasonTitle" if prefix else "reasonTitle", 1.1, QFont.Weight.DemiBold)
        self.title.setText(_("Scan the reason or choose it here."))
        self._choices = QWidget()
        self._flow = FlowLayout(self._choices, gap(self))
        whole = rows(self, margin=1.4, spacing=1.2)
        whole.addWidget(self.title)
        whole.addWidget(self._choices)

    def offer(self, reasons: Sequence[tuple[str, str]]) -> None:
        """Offer these reasons: pairs of code and sentence."""
        if tuple(reasons) == self._reasons:
            return
        self._reasons = tuple(reasons)
        emptied(self._flow)
        for code, sentence in self._reasons:
            button = CommandButton(f"{self._prefix}reason_{code}", seen(sentence))
            button.setProperty("reason", code)
            button.clicked.connect(self._on_clicked)
            self._flow.addWidget(button)

    def begin(self) -> None:
        """Come up with the first reason in focus."""
        self.show()
        first = self._flow.itemAt(0)
        if first is not None and (widget := first.widget()) is not None:
            widget.setFocus()

    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.chosen.emit(str(button.property("reason")))
