"""A print queue of the operating system: CUPS through `lp`, the Windows spooler through `winspool`."""

import os
import shutil
import subprocess
import sys
from typing import Final

from dockmark.devices.label_printer import Format, PrinterState, PrinterStatus, Sent, SentOutcome, Why
from dockmark.devices.printer_url import QueueAddress

_LONGEST_TITLE: Final = 100
_JOB_S: Final = 30.0
_ASK_S: Final = 10.0


class QueuePrinter:
    """One queue. The spooler's "taken" is not the printer's "printed": the best outcome here is `sent`."""

    def __init__(self, url: str, address: QueueAddress) -> None:
        self.url: Final = url
        self.format: Final[Format] = "zpl" if address.raw else "pdf"
        self._address: Final = address

    def send(self, job: bytes, *, name: str) -> Sent:
        """Hand one job to the spooler."""
        if not job:
            return Sent(SentOutcome.FAILED, Why.EMPTY_JOB)
        if sys.platform == "win32":
            return _spool_on_windows(self._address, job, _title(name))
        return _lp(self._address, job, _title(name))

    def status(self) -> PrinterStatus:
        """What the spooler says of the queue."""
        if sys.platform == "win32":
            from dockmark.devices import winspool

            known = self._address.name in winspool.printer_names()
            return PrinterStatus(PrinterState.READY) if known else _NO_SUCH_QUEUE
        return _lpstat(self._address.name)


_NO_SUCH_QUEUE: Final = PrinterStatus(PrinterState.NOT_ANSWERING, Why.QUEUE_UNKNOWN)


def _title(name: str) -> str:
    return "".join(char if char.isprintable() else " " for char in name)[:_LONGEST_TITLE].strip() or "label"


def _spool_on_windows(address: QueueAddress, job: bytes, title: str) -> Sent:
    if not address.raw:
        # The spooler prints bytes as they are: a PDF would come out as its own source text.
        return Sent(SentOutcome.FAILED, Why.PDF_NEEDS_SYSTEM_PRINTER)
    from dockmark.devices import winspool

    return winspool.send_raw(address.name, job, title)


def _is_cups_name(name: str) -> bool:
    return not any(char.isspace() or char in "/#?'\"\\" for char in name)


def run_quietly(command: str, *arguments: str, given: bytes = b"", within_s: float) -> tuple[int, str]:
    """Exit code and words of a program of the system, in plain English; 127 when there is no such program."""
    program = shutil.which(command)
    if program is None:
        return 127, ""
    plain = {**os.environ, "LC_ALL": "C", "LANGUAGE": "C"}
    done = subprocess.run(  # noqa: S603 - a list of arguments, no shell; names are checked before
        [program, *arguments], input=given, capture_output=True, timeout=within_s, check=False, env=plain
    )
    return done.returncode, (done.stdout + b"\n" + done.stderr).decode("utf-8", "replace")


def _lp(address: QueueAddress, job: bytes, title: str) -> Sent:
    if not _is_cups_name(address.name):
        return Sent(SentOutcome.FAILED, Why.QUEUE_UNKNOWN)
    raw = ("-o", "raw") if address.raw else ()
    try:
        code, words = run_quietly("lp", "-d", address.name, "-t", title, *raw, given=job, within_s=_JOB_S)
    except subprocess.TimeoutExpired:
        return Sent(SentOutcome.UNKNOWN, Why.TIMED_OUT)
    except OSError:
        return Sent(SentOutcome.FAILED, Why.LP_MISSING)
    if code == 0:
        return Sent(SentOutcome.SENT, Why.SPOOLED)
    return _not_taken(code, words)


def _not_taken(code: int, words: str) -> Sent:
    """Why `lp` took nothing: it gives up a job that it could not hand over whole."""
    if code == 127:
        return Sent(SentOutcome.FAILED, Why.LP_MISSING)
    if code < 0:
        return Sent(SentOutcome.UNKNOWN, Why.LP_KILLED)
    if not is_spooler_up():
        return Sent(SentOutcome.AWAY, Why.SPOOLER_AWAY)
    if "not accepting" in words:
        return Sent(SentOutcome.AWAY, Why.QUEUE_CLOSED)
    if "does not exist" in words or "unknown" in words.lower():
        return Sent(SentOutcome.FAILED, Why.QUEUE_UNKNOWN)
    return Sent(SentOutcome.FAILED, Why.LP_FAILED)


def is_spooler_up() -> bool:
    """`lp` says "does not exist" of every queue while the spooler is down, so ask for the spooler itself."""
    try:
        code, words = run_quietly("lpstat", "-r", within_s=_ASK_S)
    except (OSError, subprocess.TimeoutExpired):
        return True
    return code == 127 or "not running" not in words


def _lpstat(name: str) -> PrinterStatus:
    if not _is_cups_name(name):
        return _NO_SUCH_QUEUE
    try:
        code, words = run_quietly("lpstat", "-p", name, within_s=_ASK_S)
    except (OSError, subprocess.TimeoutExpired):
        return PrinterStatus(PrinterState.NOT_ANSWERING, Why.TIMED_OUT)
    if code == 127:
        return PrinterStatus(PrinterState.NOT_ANSWERING, Why.LP_MISSING)
    if code != 0:
        return _NO_SUCH_QUEUE if is_spooler_up() else PrinterStatus(PrinterState.NOT_ANSWERING, Why.SPOOLER_AWAY)
    state = PrinterState.PAUSED if " disabled since" in words else PrinterState.READY
    return PrinterStatus(state, raw=words.strip().encode()[:500])
