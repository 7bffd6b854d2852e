"""The support report: what is in it is shown first, then it is saved as one file."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QSplitter, QWidget

from dockmark.station.folders import data_folder
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import columns, gap, rows
from dockmark.ui.labels import Caption, Headline, Sentence
from dockmark.ui.lists import Entry, EntryList
from dockmark.ui.paths import PathField
from dockmark.ui.words import _, number

if TYPE_CHECKING:
    from dockmark.station.support import Piece
    from dockmark.ui.bridge import Bridge
    from dockmark.ui.service import Service

_MOST_SHOWN = 200_000


class SupportDialog(QDialog):
    """Lists every file of the report with its content; nothing is written before Save."""

    def __init__(self, parent: QWidget, bridge: Bridge, service: Service | None) -> None:
        super().__init__(parent)
        self.setObjectName("supportDialog")
        self.setWindowTitle(_("Support report – Dockmark"))
        self._bridge = bridge
        self._service = service
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="support")
        self._pieces: dict[str, Piece] = {}
        self.words = Sentence("supportWords")
        self.words.setText(_("Looking how this station stands …"))
        self.pieces = EntryList("supportPieces", _("What is in the report"))
        self.content = QPlainTextEdit()
        self.content.setObjectName("supportContent")
        self.content.setAccessibleName(_("Content of the chosen file"))
        self.content.setReadOnly(True)
        self.content.setTabChangesFocus(True)
        self.file = PathField("supportFile", _("Save as"), folder=False)
        self.outcome = Sentence("supportOutcome", 1.0, QFont.Weight.DemiBold)
        self.save = CommandButton("supportSaveButton", _("Save"), "accept", main=True)
        self.back = CommandButton("supportCloseButton", _("Close"), "back", _("Esc"))
        self.save.setEnabled(False)
        self._lay_out()
        self.save.clicked.connect(self._on_save)
        self.file.entered.connect(self._on_save)
        self.back.clicked.connect(self.reject)
        self.pieces.chosen.connect(self._show_piece)
        self.pieces.selectionModel().currentChanged.connect(self._on_current)
        self.finished.connect(self._on_finished)

    def ask(self) -> None:
        """Come up, and look meanwhile."""
        parent = self.parentWidget()
        room = parent.size() if parent is not None else self.size()
        wide, high = self.fontMetrics().averageCharWidth() * 120, self.fontMetrics().height() * 34
        self.resize(min(wide, room.width()), min(high, room.height()))
        self.open()
        self._bridge.ask(self, self._looking(), self._on_looked, failed=self._on_failed)

    def _looking(self) -> Future[list[Piece]]:
        service = self._service
        data = service.info.data if service is not None else data_folder()

        def look() -> list[Piece]:
            from dockmark.station.support import pieces

            return pieces(data, lights=service.lights() if service is not None else ())

        return self._worker.submit(look)

    def _on_looked(self, made: list[Piece]) -> None:
        from dockmark.station.support import bundle_name

        self._pieces = {piece.name: piece for piece in made}
        size = _("{size} kB")
        entries = [
            Entry(each.name, f"{each.name} · {size.format(size=number(max(1, len(each.content) // 1024)))}", each.about)
            for each in made
        ]
        self.pieces.show_entries(entries)
        self.words.setText(_("This is all that the report holds. Choose a file to read it."))
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self.file.field.setText(str(Path(folder or Path.home()) / bundle_name()))
        self.save.setEnabled(True)
        self.pieces.setCurrentIndex(self.pieces.model().index(0, 0))
        self._show_piece(made[0].name)
        self.save.setFocus()

    def _on_failed(self, why: BaseException) -> None:
        self.words.setText(_("The report could not be made."))
        self._bridge.troubled.emit(why)

    def _on_current(self, *_what: object) -> None:
        row = self.pieces.currentIndex().row()
        if 0 <= row < len(self._pieces):
            self._show_piece(list(self._pieces)[row])

    def _show_piece(self, name: str) -> None:
        if (piece := self._pieces.get(name)) is not None:
            text = piece.content.decode("utf-8", "replace")
            self.content.setPlainText(text[-_MOST_SHOWN:] or _("(empty)"))

    def _on_save(self) -> None:
        path = self.file.path()
        if not path or not self._pieces:
            self.outcome.setText(_("Say where the file shall go."))
            return
        made, file = list(self._pieces.values()), Path(path).expanduser()

        def write() -> int:
            from dockmark.station.support import write_bundle

            return write_bundle(file, made)

        self._bridge.ask(self, self._worker.submit(write), self._on_saved, failed=self._on_not_saved)

    def _on_saved(self, _size: int) -> None:
        self.outcome.setText(_("Saved. Send this file to whoever helps you: {file}").format(file=self.file.path()))
        self.back.setFocus()

    def _on_not_saved(self, _why: BaseException) -> None:
        self.outcome.setText(_("The file could not be written there. Choose another folder."))
        self.file.setFocus()

    def _on_finished(self) -> None:
        self._worker.shutdown(wait=False)

    def _lay_out(self) -> None:
        self.content.setFont(QFont("monospace", max(8, round(self.font().pointSizeF() * 0.9))))
        split = QSplitter(Qt.Orientation.Vertical)  # what a file holds is a long line in some languages
        split.setObjectName("supportSplit")
        split.addWidget(self.pieces)
        split.addWidget(self.content)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setHandleWidth(gap(self))
        split.setChildrenCollapsible(False)
        buttons = QWidget()
        line = columns(buttons)
        line.addStretch(1)
        line.addWidget(self.back)
        line.addWidget(self.save)
        whole = rows(self, margin=2)
        whole.addWidget(Headline(_("Support report")))
        whole.addWidget(self.words)
        whole.addWidget(split, 1)
        whole.addWidget(Caption(_("Save as"), self.file.field))
        whole.addWidget(self.file)
        whole.addWidget(self.outcome)
        whole.addWidget(buttons)
