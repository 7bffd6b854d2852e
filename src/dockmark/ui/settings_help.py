"""Training, and help: the practice depot, the support report, the log, the version."""

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from dockmark import __version__
from dockmark.station.folders import state_folder
from dockmark.station.training import training_folder
from dockmark.ui.actions import key_for
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import gap, rows
from dockmark.ui.flow import FlowLayout
from dockmark.ui.labels import Reading
from dockmark.ui.late import Kit
from dockmark.ui.service import Service
from dockmark.ui.settings_rows import Row, Section
from dockmark.ui.words import _


class TrainingSection(Section):
    """Practise where nothing is real."""

    wanted = Signal(str)  # enter, leave, reset or sheet

    def __init__(self) -> None:
        words = _("A sample depot in a folder of its own. Nothing that is done there reaches the real ledger.")
        super().__init__("training", _("Training"), words)
        self.enter = CommandButton("trainingEnterButton", _("Begin training"), "demo", main=True)
        self.leave = CommandButton("trainingLeaveButton", _("Leave training"), "back", main=True)
        self.sheet = CommandButton("trainingSheetButton", _("Open the practice sheet"), "printer")
        self.reset = CommandButton("trainingResetButton", _("Begin anew"), "undo")
        keys = (self.enter, "F6"), (self.leave, "F7"), (self.sheet, "F8"), (self.reset, "F9")
        for button, key in keys:
            key_for(button, key)
        self.folder = Reading("trainingFolder", _("Practice folder"))
        acts = QWidget()
        body = rows(acts, spacing=0.8)
        line = QWidget()
        flow = FlowLayout(line, gap(self))
        for button in (self.enter, self.leave, self.sheet, self.reset):
            flow.addWidget(button)
        body.addWidget(line)
        body.addWidget(self.folder)
        words = _("The window says TRAINING while it lasts. Labels come out as PDF only, and say it too.")
        self.add(Row("training", _("Practice depot"), words, acts, also=_("learn practise demo simulate")))
        for button, what in ((self.enter, "enter"), (self.leave, "leave"), (self.reset, "reset")):
            button.clicked.connect(lambda _on=False, what=what: self.wanted.emit(what))
        self.sheet.clicked.connect(self._on_sheet)
        self._show(training=False)

    def attend(self, service: Service) -> None:
        super().attend(service)
        self._show(training=service.info.training)
        self.folder.show_text(str(training_folder(service.info.data)))

    def _show(self, *, training: bool) -> None:
        self.enter.setVisible(not training)
        for button in (self.leave, self.sheet, self.reset):
            button.setVisible(training)

    def _on_sheet(self) -> None:
        from dockmark.station.demo import SHEET

        if self.service is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.service.info.data / SHEET)))


class HelpSection(Section):
    """What to do when something is not as it should be."""

    def __init__(self, kit: Kit) -> None:
        super().__init__("help", _("Help"))
        self._bridge = kit.bridge
        self.report = CommandButton("supportButton", _("Make a report…"), "order")
        key_for(self.report, "Ctrl+Shift+H")
        self.log = Reading("logFolder", _("Log folder"))
        self.log.show_text(str(state_folder() / "log"))
        self.version = Reading("versionReading", _("Version"))
        self.version.show_text(f"Dockmark {__version__}")
        self.add(Row("support", _("Support report"),
                     _("One file that says how this station stands, without names, scans and keys."
                       " You see what is in it before it is saved."),
                     self.report, also=_("help bundle diagnosis error crash problem")))  # fmt: skip
        self.add(Row("log", _("Log"), _("What went wrong is written here, without names and scans."), self.log,
                     also=_("error folder")))  # fmt: skip
        self.add(Row("version", _("Version"), _("Say it when you ask for help."), self.version, also=_("about")))
        self.report.clicked.connect(self._on_report)

    def _on_report(self) -> None:
        from dockmark.ui.support_dialog import SupportDialog

        dialog = SupportDialog(self.window(), self._bridge, self.service)
        dialog.finished.connect(dialog.deleteLater)
        dialog.ask()
