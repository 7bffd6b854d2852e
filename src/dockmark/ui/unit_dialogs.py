"""Small questions about the unit on the card: for what reason, and as it stood when."""

from collections.abc import Sequence

from PySide6.QtCore import QDateTime, QTime, Signal
from PySide6.QtWidgets import QButtonGroup, QDateEdit, QDialog, QRadioButton, QTimeEdit, QWidget

from dockmark.desks.card_views import Moment
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import columns, rows
from dockmark.ui.desks.refusal_panel import ReasonPanel
from dockmark.ui.labels import Caption, Field, Headline, Sentence
from dockmark.ui.theme import target
from dockmark.ui.words import _
from dockmark.wording import forms_here


class ReasonDialog(QDialog):
    """Asks for the reason of an act, and a note that may be left empty."""

    given = Signal(str, str)  # code of the reason, note

    def __init__(self, parent: QWidget, title: str, says: str, reasons: Sequence[tuple[str, str]]) -> None:
        super().__init__(parent)
        self.setObjectName("cardReasonDialog")
        self.setWindowTitle(_("{title} – Dockmark").format(title=title))
        self.words = Sentence("cardReasonWords")
        self.words.setText(says)
        self.note = Field("cardReasonNote", _("Note"), _("A note, if there is more to say"))
        self.note.setMaxLength(200)
        self.reasons = ReasonPanel("card")
        self.reasons.title.setText(_("Choose the reason:"))
        self._codes = {code for code, _words in reasons}
        self.reasons.offer(reasons)
        self.reasons.chosen.connect(self._on_chosen)
        self.back = CommandButton("cardReasonBackButton", _("Cancel"), "back", _("Esc"))
        self.back.clicked.connect(self.reject)
        whole = rows(self, margin=2)
        whole.addWidget(Headline(title))
        whole.addWidget(self.words)
        whole.addWidget(self.note)
        whole.addWidget(self.reasons)
        whole.addWidget(_at_the_right(self.back))

    def ask(self) -> None:
        """Come up without stopping anything."""
        fit(self, 84)
        self.open()
        self.reasons.begin()

    def take_reason(self, code: str) -> bool:
        """A reason was scanned; false where it is none of those offered."""
        is_offered = code in self._codes
        if is_offered:
            self._on_chosen(code)
        return is_offered

    def _on_chosen(self, code: str) -> None:
        self.given.emit(code, self.note.text().strip())
        self.accept()


class MomentDialog(QDialog):
    """Asks for the day and hour at which the card shall show the unit."""

    chosen = Signal(object)  # Moment

    def __init__(self, parent: QWidget, now: QDateTime) -> None:
        super().__init__(parent)
        self.setObjectName("momentDialog")
        self.setWindowTitle(_("As it stood – Dockmark"))
        self.day = QDateEdit(now.date())
        self.day.setObjectName("momentDay")
        self.day.setAccessibleName(_("Day"))
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat(_date_form())
        self.hour = QTimeEdit(QTime(23, 59))
        self.hour.setObjectName("momentHour")
        self.hour.setAccessibleName(_("Hour"))
        for field in (self.day, self.hour):
            field.setMinimumHeight(target())
        self.happened = QRadioButton(_("By what had happened by then"))
        self.happened.setObjectName("momentHappened")
        self.happened.setChecked(True)
        self.recorded = QRadioButton(_("By what had been recorded by then"))
        self.recorded.setObjectName("momentRecorded")
        self._how = QButtonGroup(self)
        for choice in (self.happened, self.recorded):
            choice.setAccessibleName(choice.text())
            choice.setMinimumHeight(target())
            self._how.addButton(choice)
        self.back = CommandButton("momentBackButton", _("Cancel"), "back", _("Esc"))
        self.back.clicked.connect(self.reject)
        self.show_button = CommandButton("momentShowButton", _("Show"), "find", _("Enter"), main=True)
        self.show_button.setDefault(True)
        self.show_button.clicked.connect(self._on_show)
        self._lay_out()

    def ask(self) -> None:
        """Come up without stopping anything."""
        self.open()
        self.day.setFocus()

    def _lay_out(self) -> None:
        when = QWidget()
        line = columns(when)
        for name, field in ((_("Day"), self.day), (_("Hour"), self.hour)):
            box = QWidget()
            column = rows(box, spacing=0.4)
            column.addWidget(Caption(name))
            column.addWidget(field)
            line.addWidget(box, 1)
        words = Sentence("momentWords")
        words.setText(_("The card shows the unit as it stood at that moment. The next scan leads back to now."))
        whole = rows(self, margin=2)
        whole.addWidget(Headline(_("As it stood")))
        whole.addWidget(words)
        whole.addWidget(when)
        whole.addWidget(self.happened)
        whole.addWidget(self.recorded)
        whole.addWidget(_at_the_right(self.back, self.show_button))
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 60)

    def _on_show(self) -> None:
        moment = QDateTime(self.day.date(), self.hour.time())
        us = int(moment.toMSecsSinceEpoch()) * 1000 + 59_999_999 - int(moment.time().second()) * 1_000_000
        self.chosen.emit(Moment(known=us) if self.recorded.isChecked() else Moment(until=us))
        self.accept()


def fit(dialog: QDialog, characters: int) -> None:
    """That wide, and as high as the words then need."""
    width = dialog.fontMetrics().averageCharWidth() * characters
    layout = dialog.layout()
    height = layout.totalHeightForWidth(width) if layout is not None and layout.hasHeightForWidth() else -1
    dialog.resize(width, height if height > 0 else dialog.sizeHint().height())


def _date_form() -> str:
    """The form of the operator's country, as Qt spells it."""
    return forms_here().pattern().replace("Y", "y").replace("D", "d")


def _at_the_right(*buttons: CommandButton) -> QWidget:
    line = QWidget()
    across = columns(line)
    across.addStretch(1)
    for button in buttons:
        across.addWidget(button)
    return line
