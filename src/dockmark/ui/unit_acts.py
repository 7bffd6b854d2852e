"""What can be done with the unit on the card: attach, print, copy, look back, hold it against others."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDateTime, QMimeData, QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from dockmark.record.refusal import Refusal
from dockmark.ui.bridge import Bridge
from dockmark.ui.darkroom import as_png
from dockmark.ui.words import _, ngettext, number, said, seen

if TYPE_CHECKING:
    from dockmark.desks.answer import Answer
    from dockmark.desks.card_views import Beside, FileView, TimelineEntry
    from dockmark.desks.views import UnitCard
    from dockmark.station.cards import Offered
    from dockmark.ui.service import Service

MOST_AT_ONCE: Final = 20
"""Files that are taken in one drop."""


class UnitActs(QObject):
    """Asks and acts for one card. Nothing here waits: what comes back is told by signals."""

    changed = Signal()  # the card has to be read again
    said = Signal(str)  # words for the clerk
    moment_chosen = Signal(object)  # Moment
    unit_chosen = Signal(str)  # unit id
    entry_wanted = Signal(str)  # id of an entry of the time line

    def __init__(self, card: QWidget, bridge: Bridge) -> None:
        super().__init__(card)
        self._card = card
        self._bridge = bridge
        self.service: Service | None = None
        self.shown: UnitCard | None = None
        self._attaching = 0
        self._refused: list[str] = []

    # -- files --------------------------------------------------------------------------------------------------------

    def choose_files(self) -> None:
        """Ask for files of this machine."""
        dialog = QFileDialog(self._card.window(), _("Attach to the unit – Dockmark"))
        dialog.setObjectName("attachDialog")
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(
            [_("Photos and papers (*.jpg *.jpeg *.png *.gif *.webp *.bmp *.pdf *.txt)"), _("All files (*)")]
        )
        dialog.filesSelected.connect(self._on_files)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def paste(self) -> None:
        """Attach what is on the clipboard: files, or a picture."""
        if not self.take(QApplication.clipboard().mimeData()):
            self.said.emit(_("There is no picture or file on the clipboard."))

    def takes(self, data: QMimeData | None) -> bool:
        """Whether something of that can be attached now; an empty clipboard has no data at all."""
        if data is None or not self._unit():
            return False
        return data.hasImage() or any(url.isLocalFile() for url in data.urls())

    def take(self, data: QMimeData | None) -> bool:
        """Attach what was dropped or pasted; false where there is nothing that can be."""
        if data is None or not self.takes(data):
            return False
        paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        if paths:
            self._on_files(paths)
            return True
        picture = QImage(data.imageData())
        name = _("pasted {time}.png").format(time=QDateTime.currentDateTime().toString("yyyy-MM-dd hh.mm.ss"))
        self._bridge.ask(self, as_png(picture), partial(self._on_png, self._unit(), name))
        return True

    def detach(self, file: FileView) -> None:
        """Take a file away from the unit again, once a reason was given."""
        words = _("{name} stays in the history and is no longer shown.").format(name=seen(file.name))
        self._ask_reason(_("Take a file away"), words, partial(self._on_detach_reason, file))

    def open_file(self, file: FileView) -> None:
        """Look at a file in large."""
        from dockmark.ui.photo_dialog import PhotoDialog

        if self.service is None or self.shown is None:
            return
        dialog = PhotoDialog(self._card.window(), self._bridge, self.service, self.shown.files)
        dialog.away.setVisible(self.shown.moment.is_now)
        dialog.gone.connect(self.detach)
        dialog.finished.connect(dialog.deleteLater)
        dialog.ask(file)

    def _on_files(self, paths: list[str]) -> None:
        from dockmark.station.cards import Offered

        for path in paths[:MOST_AT_ONCE]:
            self._offer(self._unit(), Offered(name=Path(path).name, path=Path(path)))
        if len(paths) > MOST_AT_ONCE:
            self._refused.append(_("Only {count} files are taken at once.").format(count=number(MOST_AT_ONCE)))

    def _on_png(self, unit: str, name: str, content: bytes) -> None:
        from dockmark.station.cards import Offered

        self._offer(unit, Offered(name=name, content=content))

    def _offer(self, unit: str, offered: Offered) -> None:
        if self.service is None or not unit:
            return
        if self._attaching == 0:
            self._refused = []
        self._attaching += 1
        self.said.emit(_("Attaching …"))
        self._bridge.ask(self, self.service.cards.attach(unit, offered), self._on_attached, failed=self._on_refused)

    def _on_attached(self, _file: FileView) -> None:
        self._finish_one()

    def _on_refused(self, why: BaseException) -> None:
        self._refused.append(words_of(why))
        self._finish_one()

    def _finish_one(self) -> None:
        self._attaching -= 1
        if self._attaching == 0:
            self.said.emit("\n".join(self._refused))
            self.changed.emit()

    def _on_detach_reason(self, file: FileView, code: str, note: str) -> None:
        if self.service is not None:
            self._bridge.ask(
                self, self.service.cards.detach(file.id, code, note), self._on_done, failed=self.say_trouble
            )

    # -- label, copy, paper -------------------------------------------------------------------------------------------

    def print_label(self) -> None:
        """Print the unit's label again, once a reason was given."""
        words = _("The label is printed once more; the reason stands in the unit's history.")
        self._ask_reason(_("Print the label again"), words, self._on_label_reason)

    def show_biography(self) -> None:
        """The whole life of the unit on paper."""
        from dockmark.ui.preview import show_document

        if self.service is not None and (unit := self._unit()):
            dialog = show_document(self._card.window(), self._bridge, self.service, "biography", f"unit:{unit}")
            dialog.attach.hide()  # files are attached on the card itself

    def copy(self, text: str) -> None:
        """Put that text on the clipboard."""
        QApplication.clipboard().setText(text)
        self.said.emit(_("Copied."))

    def _on_label_reason(self, code: str, note: str) -> None:
        if self.service is not None and (unit := self._unit()):
            asked = self.service.cards.print_label(unit, code, note)
            self._bridge.ask(self, asked, self._on_printed, failed=self.say_trouble)

    def _on_printed(self, answer: Answer) -> None:
        self.said.emit(said(answer.code, answer.facts))
        self.changed.emit()

    # -- the past and the others --------------------------------------------------------------------------------------

    def choose_moment(self) -> None:
        """Ask at which moment the card shall show the unit."""
        from dockmark.ui.unit_dialogs import MomentDialog

        dialog = MomentDialog(self._card.window(), QDateTime.currentDateTime())
        dialog.chosen.connect(self.moment_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.ask()

    def show_beside(self) -> None:
        """This unit and those that bear its mark or look like it."""
        from dockmark.ui.beside_dialog import BesideDialog

        if self.service is None or self.shown is None or not self.shown.others:
            self.said.emit(_("No other unit bears this mark or looks like it."))
            return
        dialog = BesideDialog(self._card.window())
        dialog.chosen.connect(self.unit_chosen)
        dialog.joined.connect(self.join)
        dialog.parted.connect(self.part)
        dialog.finished.connect(dialog.deleteLater)
        dialog.ask()

        def show(units: tuple[Beside, ...]) -> None:
            dialog.show_units(units)

        self._bridge.ask(dialog, self.service.cards.besides(self.shown.unit.id), show)

    def join(self, unit: str, other: str) -> None:
        """Say that these two are one unit, once a reason was given."""
        words = _("They become one card with one history. It can be taken back.")
        self._ask_reason(_("These are one unit"), words, partial(self._on_bond_reason, True, unit, other))

    def part(self, unit: str, other: str) -> None:
        """Say that these two are two units, once a reason was given."""
        words = _("Both keep their counterfeit light, which says that somebody looked.")
        self._ask_reason(_("These are two units"), words, partial(self._on_bond_reason, False, unit, other))

    def _on_bond_reason(self, joined: bool, unit: str, other: str, code: str, note: str) -> None:
        if self.service is not None:
            act = self.service.cards.join if joined else self.service.cards.part
            self._bridge.ask(self, act(unit, other, code, note), self._on_done, failed=self.say_trouble)

    def open_entry(self, entry: TimelineEntry) -> None:
        """One entry of the time line in full."""
        from dockmark.ui.entry_dialog import EntryDialog

        dialog = EntryDialog(self._card.window(), entry)
        dialog.wanted.connect(self.entry_wanted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.ask()

    # -- common -------------------------------------------------------------------------------------------------------

    def _ask_reason(self, title: str, words: str, then: object) -> None:
        from dockmark.ui.unit_dialogs import ReasonDialog

        if self.service is None or not self._unit():
            return
        dialog = ReasonDialog(self._card.window(), title, words, self.service.reasons())
        dialog.given.connect(then)
        dialog.finished.connect(dialog.deleteLater)
        dialog.ask()

    def _unit(self) -> str:
        """The unit that can be acted on: the one on show, as it is now."""
        return self.shown.unit.id if self.shown is not None and self.shown.moment.is_now else ""

    def _on_done(self, _nothing: object) -> None:
        self.said.emit("")
        self.changed.emit()

    def say_trouble(self, why: BaseException) -> None:
        """Say why something was not done."""
        self.said.emit(words_of(why))


def words_of(why: BaseException) -> str:
    """Why it was not done."""
    return said(why.code.value, why.facts) if isinstance(why, Refusal) else _("Not done: {why}").format(why=str(why))


def more_words(shown: int, total: int) -> str:
    """How much of a time line is shown."""
    return ngettext("{shown} of {count} entry", "{shown} of {count} entries", total).format(
        shown=number(shown), count=number(total)
    )
