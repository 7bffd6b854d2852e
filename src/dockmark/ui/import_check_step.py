"""Third step of the wizard: the verdict on every row, before anything is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QProgressBar, QWidget

from dockmark.ui.actions import Work, action
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import columns, gap, rows
from dockmark.ui.flow import FlowLayout
from dockmark.ui.import_file_step import TroubleLine
from dockmark.ui.import_rows import PreviewModel
from dockmark.ui.import_words import filter_words
from dockmark.ui.labels import Sentence
from dockmark.ui.one_of import OneOf
from dockmark.ui.tables import RowsTable
from dockmark.ui.theme import Role
from dockmark.ui.words import _, ngettext, number

if TYPE_CHECKING:
    from dockmark.desks.importing.preview import Preview, PreviewRow
    from dockmark.station.imports import ImportProgress
    from dockmark.ui.bridge import Bridge
    from dockmark.ui.service import Service

FILTERS: Final = ("", "new", "changed", "same", "bad", "warned")


class CheckStep(QWidget):
    """Counts by verdict that filter the table below, and what would be recorded."""

    cancelled = Signal()
    save_wanted = Signal()
    good_only_wanted = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.setObjectName("importCheckStep")
        self.preview: Preview | None = None
        self.words = Sentence("importCheckSentence", 1.1, QFont.Weight.DemiBold)
        self.trouble = TroubleLine("importCheckTrouble")
        self.progress = QProgressBar()
        self.progress.setObjectName("importJudging")
        self.progress.setAccessibleName(_("Checking the rows"))
        self.progress.setTextVisible(False)
        self.progress.setRange(0, 0)
        self.stop = CommandButton("importStopButton", _("Stop checking"), "skip", _("Esc"))
        self.model = PreviewModel(bridge)
        self.table: RowsTable[PreviewRow] = RowsTable(
            "importRows", _("Rows of the file"), self.model, acted_on=False, empty=_("No row of this kind.")
        )
        self.save = CommandButton("importSaveBadButton", _("Save the bad rows …"), "export", "Ctrl+S")
        self.good_only = CommandButton("importGoodOnlyButton", _("Record the good rows only"), "accept", "Ctrl+G")
        self._filters: dict[str, CommandButton] = {}
        self._build_filters()
        self._lay_out()
        self.stop.clicked.connect(self.cancelled)
        for button, work in (
            (self.save, Work(_("Save the bad rows"), "Ctrl+S", self.save_wanted.emit)),
            (self.good_only, Work(_("Record the good rows only"), "Ctrl+G", self.good_only_wanted.emit)),
        ):
            action(self, button, work)

    def attend(self, service: Service) -> None:
        """Read the rows from that station."""
        self.model.attend(service)

    def show_judging(self) -> None:
        """The rows are being judged."""
        self.preview = None
        self.model.show_preview(None)
        self.words.setText(_("Checking the rows …"))
        self.words.show()
        self.trouble.say("")
        self._show_busy(True)

    def show_progress(self, told: ImportProgress) -> None:
        """So many rows were judged."""
        if self.preview is None:
            words = ngettext("{count} row checked …", "{count} rows checked …", told.done)
            self.words.setText(words.format(count=number(told.done)))

    def show_preview(self, preview: Preview) -> None:
        """The verdicts are there."""
        self.preview = preview
        self._show_busy(False)
        done = preview.result
        for wanted, button in self._filters.items():
            count = preview.count(wanted)
            button.say(filter_words(wanted, count))
            button.setEnabled(count > 0 or not wanted)
            button.setVisible(count > 0 or wanted != "warned")
        self.words.setText(self._verdict())
        self.words.setVisible(not done.bad)
        self.trouble.say(self._trouble(), Role.STOP)
        good = done.new + done.changed
        self.good_only.setEnabled(good > 0)
        self.good_only.say(
            ngettext("Record the {count} good row only", "Record the {count} good rows only", good).format(
                count=number(good)
            )
        )
        self._filter("bad" if done.bad else "")
        self.table.setFocus()

    def say(self, words: str) -> None:
        """Something about the rows as a whole."""
        self.words.setText(words)
        self.words.show()

    def show_trouble(self, words: str) -> None:
        """The rows could not be judged."""
        self._show_busy(False)
        for button in self._filters.values():
            button.setEnabled(False)
        self.words.setText("")
        self.trouble.say(words)

    @property
    def bad(self) -> int:
        """How many rows are bad."""
        return self.preview.result.bad if self.preview is not None else 0

    def can_record(self) -> bool:
        """Whether there is something new and nothing bad."""
        done = self.preview.result if self.preview is not None else None
        return done is not None and not done.bad and done.new + done.changed > 0

    def _build_filters(self) -> None:
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, gap(self))
        group = OneOf(self)
        for place, wanted in enumerate(FILTERS):
            button = CommandButton(f"importFilter_{wanted or 'all'}", filter_words(wanted, 0))
            button.setToolTip(f"Ctrl+{place + 1}")
            button.setCheckable(True)
            button.setProperty("wanted", wanted)
            group.addButton(button)
            self._filters[wanted] = button
            self._flow.addWidget(button)
            action(self, None, Work(filter_words(wanted, 0).partition(":")[0], f"Ctrl+{place + 1}", button.click))
        group.buttonClicked.connect(self._on_filter)

    def _lay_out(self) -> None:
        busy = QWidget()
        across = columns(busy)
        across.addWidget(self.progress, 1)
        across.addWidget(self.stop)
        self._busy = busy
        whole = rows(self)
        whole.addWidget(self.words)
        whole.addWidget(self.trouble)
        whole.addWidget(busy)
        whole.addWidget(self._chips)
        whole.addWidget(self.table, 1)
        whole.addStretch(0)

    def _show_busy(self, busy: bool) -> None:
        self._busy.setVisible(busy)
        self._chips.setVisible(not busy)
        self.table.setVisible(not busy)
        if busy:
            self.stop.setFocus()

    def _verdict(self) -> str:
        assert self.preview is not None, "there is a preview"
        done = self.preview.result
        good = done.new + done.changed
        if not good and not done.bad:
            return _("Everything in this file is known already: there is nothing to record.")
        words = ngettext("{count} row says something new.", "{count} rows say something new.", good)
        return words.format(count=number(good))

    def _trouble(self) -> str:
        assert self.preview is not None, "there is a preview"
        if not (count := self.preview.result.bad):
            return ""
        words = ngettext(
            "{count} row is bad. Correct it in the file and choose it again, or record the good rows only.",
            "{count} rows are bad. Correct them in the file and choose it again, or record the good rows only.",
            count,
        )
        return words.format(count=number(count))

    def _on_filter(self, button: object) -> None:
        if isinstance(button, CommandButton):
            self._filter(str(button.property("wanted")))

    def _filter(self, wanted: str) -> None:
        self._filters[wanted].setChecked(True)
        self.model.show_preview(self.preview, wanted)
