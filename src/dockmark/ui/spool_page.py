"""The labels on their way to paper. A job whose end is unknown is never printed again without being asked for."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from dockmark.desks.views import JobView
from dockmark.ui.actions import key_for
from dockmark.ui.bridge import Bridge
from dockmark.ui.buttons import CommandButton
from dockmark.ui.cards import Card, columns, rows
from dockmark.ui.labels import Caption, Headline, Sentence, Value
from dockmark.ui.service import Service
from dockmark.ui.tables import Column, RowsModel, RowsTable
from dockmark.ui.theme import Role
from dockmark.ui.words import _, printing, seen, when


class SpoolPage(Card):
    """Jobs, their state, and the question whether an uncertain one came out."""

    shown = Signal(object)  # list[JobView]: for the status line
    printer_wanted = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__("spoolPage")
        self._bridge = bridge
        self._service: Service | None = None
        self._model: RowsModel[JobView] = RowsModel(
            (
                Column(_("State"), _state, 8, shape=_shape),
                Column(_("Label"), _title, 16),
                Column(_("Printer"), _printer, 12),
                Column(_("Time"), _time, 8),
            ),
            _key,
        )
        self.table = RowsTable("jobsTable", _("Print jobs"), self._model, acted_on=True)
        self.printer = Value("printerNow")
        self.choose = CommandButton("choosePrinterButton", _("Printer …"), "printer")
        self.choose.clicked.connect(self.printer_wanted)
        self.why = Sentence("jobSentence", 1.05, QFont.Weight.DemiBold)
        self.printed = CommandButton("jobPrintedButton", _("It printed"), "accept")
        self.again = CommandButton("jobAgainButton", _("Print again"), "repeat")
        for button, key in ((self.printed, "F6"), (self.again, "F7"), (self.choose, "F8")):
            key_for(button, key)
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(self._on_selected)
        self.printed.clicked.connect(self._on_printed)
        self.again.clicked.connect(self._on_again)
        self._say()

    def attend(self, service: Service) -> None:
        """Show the jobs of that station from now on."""
        self._service = service
        self.refresh()

    def show_change(self, _done: object) -> None:
        """Another printer was chosen: say so, and what becomes of the jobs."""
        self.refresh()

    def refresh(self) -> None:
        """Ask for the jobs, and say where labels come out."""
        if self._service is not None:
            self.printer.setText(seen(self._service.printers().get("label", "")) or _("none chosen: labels wait"))
            self._bridge.ask(self, self._service.jobs(), self._show, topic="jobs")

    def begin(self) -> None:
        """Come up with the job that asks for an answer."""
        self.refresh()
        self.table.setFocus()

    def _lay_out(self) -> None:
        buttons = QWidget()
        line = columns(buttons)
        line.addWidget(self.printed)
        line.addWidget(self.again)
        line.addStretch(1)
        head = QWidget()
        top = columns(head, spacing=2)
        top.addWidget(Headline(_("Print jobs")))
        top.addStretch(1)
        top.addWidget(Caption(_("Printer"), self.printer))
        top.addWidget(self.printer)
        top.addWidget(self.choose)
        whole = rows(self, margin=2)
        whole.addWidget(head)
        whole.addWidget(self.table, 1)
        whole.addWidget(self.why)
        whole.addWidget(buttons)

    def _show(self, jobs: list[JobView]) -> None:
        self._model.show_rows(jobs)
        self.shown.emit(jobs)
        if self.table.current() is None:
            asking = [number for number, job in enumerate(jobs) if job.state in ("unknown", "failed")]
            if asking:
                self.table.selectRow(asking[0])
        self._say()

    def _on_selected(self) -> None:
        self._say()

    def _say(self) -> None:
        job = self.table.current()
        self.printed.setEnabled(job is not None and job.state == "unknown")
        self.again.setEnabled(job is not None and job.state in ("unknown", "failed"))
        if job is None:
            empty = self._model.rowCount() == 0
            self.why.setText(_("No labels yet: every unit received prints one.") if empty else _("Choose a job."))
        elif job.state == "unknown":
            self.why.setText(_("The connection broke while this label was sent. Look at the printer: did it come out?"))
        else:
            self.why.setText(printing(job.code, job.facts) if job.code else _state(job))

    def _on_printed(self) -> None:
        self._settle(printed=True)

    def _on_again(self) -> None:
        job = self.table.current()
        if job is not None and job.state == "failed" and self._service is not None:
            self._bridge.ask(self, self._service.retry(job.id), self._on_done)
        else:
            self._settle(printed=False)

    def _settle(self, *, printed: bool) -> None:
        job = self.table.current()
        if job is not None and self._service is not None:
            self._bridge.ask(self, self._service.settle(job.id, printed), self._on_done)

    def _on_done(self, _nothing: object) -> None:
        self.refresh()


def _key(job: JobView) -> str:
    return job.id


def _title(job: JobView) -> str:
    return seen(job.title)


def _printer(job: JobView) -> str:
    return seen(job.printer) or _("none chosen")


def _time(job: JobView) -> str:
    return when(job.at)


def _state(job: JobView) -> str:
    known = {
        "queued": _("waits"),
        "sending": _("is being sent"),
        "sent": _("sent"),
        "confirmed": _("printed"),
        "unknown": _("did it print?"),
        "failed": _("failed"),
    }
    return known.get(job.state, seen(job.state))


def _shape(job: JobView) -> tuple[Role, str] | None:
    known = {
        "sent": (Role.OK, "ok"),
        "confirmed": (Role.OK, "ok"),
        "unknown": (Role.WARN, "warn"),
        "failed": (Role.STOP, "refused"),
    }
    return known.get(job.state, (Role.INFO, "info"))
