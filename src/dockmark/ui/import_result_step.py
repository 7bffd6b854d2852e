"""Last step of the wizard: how far it is, and what was made of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QProgressBar, QWidget

from dockmark.ui.actions import Work, action
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import gap, rows
from dockmark.ui.flow import FlowLayout
from dockmark.ui.import_file_step import TroubleLine
from dockmark.ui.import_words import result_words
from dockmark.ui.labels import Reading, Sentence
from dockmark.ui.theme import Role
from dockmark.ui.words import _, number, seen

if TYPE_CHECKING:
    from dockmark.desks.importing.verdicts import ImportResult
    from dockmark.station.imports import ImportProgress


class ResultStep(QWidget):
    """A bar while the file is recorded, then what became of it."""

    cancelled = Signal()
    another_wanted = Signal()
    undo_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("importResultStep")
        self._event = ""
        self.title = Sentence("importResultTitle", 1.4, QFont.Weight.DemiBold)
        self.verdict = TroubleLine("importResultSentence")
        self.note = Sentence("importResultNote")
        self.bad_file = Reading("importBadFile", _("File of the bad rows"))
        self.progress = QProgressBar()
        self.progress.setObjectName("importRecording")
        self.progress.setAccessibleName(_("Recording the file"))
        self.progress.setTextVisible(False)
        self.stop = CommandButton("importCancelButton", _("Cancel"), "skip", _("Esc"))
        self.another = CommandButton("importAnotherButton", _("Import another file"), "import", "Ctrl+N", main=True)
        self.undo = CommandButton("importResultUndoButton", _("Undo this import …"), "undo", "Ctrl+Shift+U")
        self._lay_out()
        self.stop.clicked.connect(self.cancelled)
        for button, work in (
            (self.another, Work(_("Import another file"), "Ctrl+N", self.another_wanted.emit)),
            (self.undo, Work(_("Undo this import"), "Ctrl+Shift+U", self._on_undo)),
        ):
            action(self, button, work)

    def show_recording(self, file: str) -> None:
        """The file is being recorded."""
        self.title.setText(_("Recording {file} …").format(file=seen(file)))
        self.verdict.say("")
        self.note.setText(_("Scans wait for a moment while it is written. If you cancel, nothing of it is recorded."))
        self.bad_file.hide()
        self.progress.setRange(0, 0)
        self._show(busy=True)
        self.stop.setEnabled(True)
        self.stop.setFocus()

    def show_progress(self, told: ImportProgress) -> None:
        """So far it is."""
        if told.total and not self.progress.isHidden():
            self.progress.setRange(0, told.total)
            self.progress.setValue(told.done)
            self.note.setText(_("{done} of {total} rows").format(done=number(told.done), total=number(told.total)))

    def show_cancelling(self) -> None:
        """The cancel was heard."""
        self.stop.setEnabled(False)
        self.note.setText(_("Cancelling …"))

    def show_result(self, result: ImportResult, file: str) -> None:
        """What was made of the file."""
        self._event = result.event
        self._show(busy=False)
        self.undo.setVisible(bool(result.event))
        self.title.setText(_("Done"))
        if result.refused:
            self.title.setText(_("Nothing was recorded"))
            self.verdict.say(_("Since the check the depot has changed, and now there are bad rows. Check again."))
        else:
            self.verdict.say(result_words(result, file), Role.OK)
        self.note.setText(_("The bad rows, each with its reason, are kept in this file:") if result.bad_file else "")
        self.bad_file.setVisible(result.bad_file is not None)
        self.bad_file.show_text(str(result.bad_file or ""))
        self.another.setFocus()

    def show_trouble(self, words: str) -> None:
        """It could not be recorded, or was cancelled."""
        self._event = ""
        self._show(busy=False)
        self.undo.hide()
        self.title.setText(_("Nothing was recorded"))
        self.verdict.say(words, Role.WARN)
        self.note.setText("")
        self.bad_file.hide()
        self.another.setFocus()

    def _lay_out(self) -> None:
        buttons = QWidget()
        flow = FlowLayout(buttons, gap(self))
        for button in (self.stop, self.another, self.undo):
            flow.addWidget(button)
        whole = rows(self, spacing=1.6)
        whole.addSpacing(gap(self) * 2)
        for widget in (self.title, self.verdict, self.progress, self.note, self.bad_file, buttons):
            whole.addWidget(widget)
        whole.addStretch(1)

    def _show(self, *, busy: bool) -> None:
        self.progress.setVisible(busy)
        self.stop.setVisible(busy)
        self.another.setVisible(not busy)
        self.undo.setVisible(not busy)

    def _on_undo(self) -> None:
        if self._event:
            self.undo_wanted.emit(self._event)
