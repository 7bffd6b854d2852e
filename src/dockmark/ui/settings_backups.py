"""Backups: when the last one was made, one more at once, where they lie, and how many stay."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from dockmark.record.refusal import Refusal
from dockmark.ui.actions import key_for
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import gap, rows
from dockmark.ui.flow import FlowLayout
from dockmark.ui.labels import Reading, Sentence
from dockmark.ui.late import Kit
from dockmark.ui.service import Service
from dockmark.ui.settings_rows import Change, Choices, Row, Section, not_default
from dockmark.ui.words import _, said
from dockmark.wording import forms_here

if TYPE_CHECKING:
    from dockmark.station.backup_files import Backup
    from dockmark.station.backup_settings import BackupSettings

_KEPT: Final = (7, 14, 30, 90)


class BackupsSection(Section):
    """Whole copies of the data folder, each proved before it counts."""

    def __init__(self, kit: Kit) -> None:
        words = _("A backup is a whole copy of the data folder, proved before it counts. Work goes on meanwhile.")
        super().__init__("backups", _("Backups"), words)
        self._bridge = kit.bridge
        self._now: BackupSettings | None = None
        also = _("backup copy restore save safety")
        self.last = Sentence("backupLast")
        self._made = self.add(Row("backupMade", _("Last backup"),
                                  _("To put one back: dockmark restore, on the command line."),
                                  self._making(), also=also))  # fmt: skip
        daily = {"on": _("Every day"), "off": _("Only when I ask")}
        self.daily = Choices("backupDaily", _("How often"), daily)
        self._often = self.add(Row("backupDaily", _("How often"),
                                   _("One is made each day while the window is open."), self.daily,
                                   also=also))  # fmt: skip
        self.keep = Choices("backupKeep", _("How many stay"), {str(each): str(each) for each in _KEPT})
        self._stay = self.add(Row("backupKeep", _("How many stay"), _("Older ones of this station are deleted."),
                                  self.keep, also=also))  # fmt: skip
        self._where = self.add(Row("backupFolder", _("Folder"),
                                   _("Another disk is best: a backup beside the data is lost with it."),
                                   self._choosing(), also=also))  # fmt: skip
        self.now.clicked.connect(self._on_now)
        self.stop.clicked.connect(self._on_stop)
        self.choose.clicked.connect(self._on_choose)
        self.beside.clicked.connect(lambda: self._use(self._where, is_chosen=False))
        self.daily.chosen.connect(lambda value: self._use(self._often, daily=value == "on"))
        self.keep.chosen.connect(lambda value: self._use(self._stay, keep=int(value)))
        self.setEnabled(False)

    def attend(self, service: Service) -> None:
        super().attend(service)
        self.setEnabled(not service.info.training)
        self.begin()

    def begin(self) -> None:
        if self.service is None or self.service.info.training:
            self.last.setText(_("A practice depot is not backed up."))
            return
        self._show_settings(self.service.backups.settings())
        self._bridge.ask(self, self.service.backups.all(), self._show_last, failed=self._show_nothing, topic="last")

    def heard(self, news: str, content: object) -> None:
        if news != "backup" or self.service is None:
            return
        stage = str(getattr(content, "stage", ""))
        self._show_under_way(stage, int(getattr(content, "done", 0)), int(getattr(content, "total", 0)))
        if not stage:
            code = str(getattr(content, "code", ""))
            self._made.complain(said(code, dict(getattr(content, "facts", ()))) if code else "")
            self.begin()

    def _making(self) -> QWidget:
        whole, line = QWidget(), QWidget()
        self.now = CommandButton("backupNowButton", _("Back up now"), "accept", main=True)
        self.stop = CommandButton("backupStopButton", _("Stop the backup"), "skip")
        self.progress = QProgressBar()
        self.progress.setObjectName("backupProgress")
        self.progress.setAccessibleName(_("How far the backup is"))
        self.progress.setTextVisible(False)
        key_for(self.now, "Ctrl+B")
        key_for(self.stop, "Ctrl+Shift+W")
        flow = FlowLayout(line, gap(self))
        flow.addWidget(self.now)
        flow.addWidget(self.stop)
        body = rows(whole, spacing=0.8)
        for widget in (self.last, self.progress, line):
            body.addWidget(widget)
        whole.setFocusProxy(self.now)
        self._show_under_way("", 0, 0)
        return whole

    def _choosing(self) -> QWidget:
        whole, line = QWidget(), QWidget()
        self.folder = Reading("backupFolder", _("Folder of the backups"))
        self.choose = CommandButton("backupChooseButton", _("Choose a folder…"), "folder")
        self.beside = CommandButton("backupBesideButton", _("Beside the data folder"), "undo")
        key_for(self.choose, "Ctrl+Alt+B")
        key_for(self.beside, "Ctrl+Alt+Shift+B")
        flow = FlowLayout(line, gap(self))
        flow.addWidget(self.choose)
        flow.addWidget(self.beside)
        body = rows(whole, spacing=0.6)
        body.addWidget(self.folder)
        body.addWidget(line)
        whole.setFocusProxy(self.choose)
        return whole

    def _show_settings(self, settings: "BackupSettings") -> None:
        self._now = settings
        self.daily.show_value("on" if settings.daily else "off")
        self.keep.show_value(str(min(_KEPT, key=lambda each: abs(each - settings.keep))))
        self.folder.show_text(str(settings.folder))
        self.beside.setEnabled(settings.is_chosen)
        self._often.mark(not_default(settings.daily))
        self._stay.mark(not_default(settings.keep == 14))
        self._where.mark(not_default(not settings.is_chosen))

    def _show_last(self, found: "list[Backup]") -> None:
        if not found:
            self.last.setText(_("There is no backup yet."))
            return
        last, megabytes = found[0], max(1, round(found[0].size / 1_000_000))
        made = forms_here().moment(last.made_us)
        words = _("{made}: {events} events, {size} MB. {count} backups in the folder.")
        self.last.setText(words.format(made=made, events=last.events, size=megabytes, count=len(found)))

    def _show_nothing(self, _why: BaseException) -> None:
        self.last.setText(_("The folder of the backups cannot be read."))

    def _show_under_way(self, stage: str, done: int, total: int) -> None:
        words = {
            "copying": _("Copying the ledger …"), "proving": _("Proving the copy …"), "packing": _("Packing files …"),
            "reading": _("Reading it back …"),
        }  # fmt: skip
        self.now.setEnabled(not stage)
        self.stop.setEnabled(bool(stage))
        self.stop.setVisible(bool(stage))
        self.progress.setVisible(bool(stage))
        self.progress.setRange(0, max(total, 0))
        self.progress.setValue(min(done, total))
        if stage:
            self.last.setText(words.get(stage, stage))

    def _on_now(self) -> None:
        if self.service is None:
            return
        self._made.complain("")
        self._show_under_way("copying", 0, 0)
        # How it ends comes as news, as it does for one that the clock began.
        self._bridge.ask(self, self.service.backups.make(), lambda _made: self.begin(), failed=self._on_failed)

    def _on_failed(self, why: BaseException) -> None:
        self._show_under_way("", 0, 0)
        if isinstance(why, Refusal):
            self._made.complain(said(why.code.value, why.facts))
        self.begin()

    def _on_stop(self) -> None:
        if self.service is not None:
            self.service.backups.cancel()

    def _on_choose(self) -> None:
        dialog = QFileDialog(self.window(), _("Folder of the backups"), self.folder.text())
        dialog.setObjectName("backupFolderDialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda path: self._use(self._where, folder=Path(path), is_chosen=True))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _use(self, row: Row, *, undone: bool = False, **changes: object) -> None:
        if self.service is None or self._now is None:
            return
        before = {name: getattr(self._now, name) for name in ("folder", "daily", "keep", "is_chosen")}

        def used(now: "BackupSettings") -> None:
            row.complain("")
            self._show_settings(now)
            self.begin()
            if not undone:
                self.changed.emit(Change(row.title, lambda: self._use(row, undone=True, **before)))

        def refused(why: BaseException) -> None:
            row.complain(said(why.code.value, why.facts) if isinstance(why, Refusal) else str(why))

        wanted = replace(self._now, **changes)  # type: ignore[arg-type] # the names are those of the settings
        self._bridge.ask(self, self.service.backups.use(wanted), used, failed=refused)
