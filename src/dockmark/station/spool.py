"""The spool thread: takes queued print jobs to their printers and notes honestly what became of them."""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from dockmark.devices.label_printer import LabelPrinter, Sent, SentOutcome
from dockmark.devices.lights import DeviceLight
from dockmark.devices.printers import open_printer
from dockmark.ledger import spool
from dockmark.ledger.ledger import Ledger
from dockmark.ledger.spool import Job
from dockmark.record.refusal import Conflict, Refusal
from dockmark.station.locks import FolderLock
from dockmark.station.printer_watch import PrinterWatch
from dockmark.station.printing import PaperKind, Printing

log = logging.getLogger(__name__)

POLL_S = 2.0
BACKOFF_S = 3.0
_ASKING_S = 0.2

_STATES = {
    SentOutcome.CONFIRMED: spool.CONFIRMED,
    SentOutcome.SENT: spool.SENT,
    SentOutcome.UNKNOWN: spool.UNKNOWN,
    SentOutcome.AWAY: spool.QUEUED,
    SentOutcome.FAILED: spool.FAILED,
}


class Spool:
    """Drains the print jobs of one data folder. One process at a time does: a lock in the folder sees to it."""

    def __init__(
        self,
        ledger: Ledger,
        data: Path,
        printing: Printing,
        told: Callable[[], None] | None = None,
        lit: Callable[[], None] | None = None,
    ) -> None:
        self._ledger = ledger
        self._lock = FolderLock(data / "spool.lock")
        self._printing = printing
        self._told = told or (lambda: None)
        self._lit = lit or (lambda: None)
        self._watch = PrinterWatch()
        self._is_asking = False
        self._printers: dict[str, LabelPrinter] = {}
        self._away: set[str] = set()
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._owns = False

    def start(self) -> None:
        """Begins to drain in a thread of its own."""
        self._thread = threading.Thread(target=self._run, name="spool", daemon=True)
        self._thread.start()

    def watch(self) -> None:
        """From now on somebody looks at the lights: ask the label printer now and then how it stands."""
        self._watch.is_on = True
        self.wake()

    def lights(self) -> tuple[DeviceLight, ...]:
        """How the label printer stands; nothing where none was chosen."""
        url = self._default()
        return (self._watch.light(url),) if url else ()

    def wake(self) -> None:
        """There is something new to print."""
        self._wake.set()

    def close(self, wait_s: float = 30.0) -> None:
        """Ends after the job that is being sent."""
        self._stop.set()
        self._wake.set()
        if self._thread is not None:
            # Nobody waits for the answer of a printer that was only asked how it stands.
            self._thread.join(_ASKING_S if self._is_asking else wait_s)
        self._lock.release()

    def drain(self) -> None:
        """Sends what can be sent now; printers that are away keep their jobs queued."""
        if not self._take_over():
            return
        self._away.clear()
        while not self._stop.is_set() and self._send_next():
            pass

    def finish(self, wait_s: float) -> None:
        """Waits until nothing more can be printed now: jobs are done, doubtful, or their printers are away."""
        self._stop.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(wait_s)
        self._stop.clear()
        if self._thread is None or not self._thread.is_alive():
            self.drain()

    def _take_over(self) -> bool:
        if not self._owns and self._lock.acquire():
            self._owns = True
            if spool.doubt_interrupted(self._ledger):
                self._told()
        return self._owns

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self.drain()
                self._ask()
            except Conflict:
                # Somebody else writes for long; the jobs are still there at the next look.
                log.info("the ledger is busy")
            except Exception:
                log.exception("the spool goes on after a fault")
            self._wake.wait(BACKOFF_S if self._away else POLL_S)
            self._wake.clear()

    def _send_next(self) -> bool:
        default = self._default()
        job = spool.claim(self._ledger, default, frozenset(self._away))
        if job is None:
            return False
        self._told()
        sent = self._send(job)
        if self._watch.learn(job.printer, sent):
            self._lit()
        if sent.outcome is SentOutcome.AWAY:
            self._away.add(job.printer)
        spool.settle(self._ledger, job.id, _STATES[sent.outcome], sent.detail)
        if sent.outcome is SentOutcome.AWAY and job.printer == default != self._default():
            # Another printer was chosen while this one was tried.
            spool.forget_printers_of_waiting(self._ledger)
        self._told()
        return True

    def _send(self, job: Job) -> Sent:
        try:
            printer = self._opened(job.printer)
            data = drawn([job.facts], printer.format, training=self._printing.is_training)
        except Refusal as no:
            return Sent(SentOutcome.FAILED, no.code.value)
        return printer.send(data, name=job.id)

    def _ask(self) -> None:
        """See how the label printer stands, where it is time to."""
        url = self._default()
        if self._stop.is_set() or not self._watch.is_due(url):
            return
        self._is_asking = True
        try:
            changed = self._watch.ask(url, self._opened(url))
        except Refusal:
            return
        finally:
            self._is_asking = False
        if changed and not self._stop.is_set():
            self._lit()

    def _opened(self, url: str) -> LabelPrinter:
        if url not in self._printers:
            self._printers[url] = open_printer(url)
        return self._printers[url]

    def _default(self) -> str:
        return self._printing.printer(PaperKind.LABEL)


Form = Literal["zpl", "pdf", "png"]


def drawn(facts: Sequence[Mapping[str, Any]], form: Form, dpi: int = 203, *, training: bool = False) -> bytes:
    """Labels in the language of a printer (zpl, pdf) or as a picture (png); in training they are stamped as such."""
    # Drawing labels takes a while to load; a station that only scans does without.
    from dockmark.documents.label import LabelFacts, load_template, render

    if training:
        from dockmark.documents.practice import practice_template

        return render(practice_template(), [LabelFacts(**{**each, "held": True}) for each in facts], form, dpi=dpi)
    return render(load_template(), [LabelFacts(**each) for each in facts], form, dpi=dpi)
