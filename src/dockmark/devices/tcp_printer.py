"""A ZPL label printer that takes raw jobs on a TCP port."""

from typing import Final

from dockmark.devices.label_printer import Format, PrinterState, PrinterStatus, Sent, SentOutcome, Why
from dockmark.devices.printer_url import TcpAddress
from dockmark.devices.tcp_link import TcpLink
from dockmark.devices.zpl_dialogue import LinkDown, Manner, Patience, ZplDialogue


class TcpPrinter:
    """One printer on the network. Keep the object: it remembers whether the printer answers questions."""

    format: Format = "zpl"

    def __init__(self, url: str, address: TcpAddress, patience: Patience | None = None) -> None:
        self.url: Final = url
        self._address: Final = address
        self._patience: Final = patience or Patience()
        self._dialogue: Final = ZplDialogue(self._patience)

    def send(self, job: bytes, *, name: str) -> Sent:
        """Hand one job over on a connection of its own."""
        if not job:
            return Sent(SentOutcome.FAILED, Why.EMPTY_JOB)
        try:
            return self._deliver(job)
        except LinkDown as down:
            return Sent(SentOutcome.AWAY, down.code)

    def status(self) -> PrinterStatus:
        """Ask how it stands, on a connection of its own."""
        try:
            with self._open() as link:
                return self._dialogue.status(link)
        except LinkDown as down:
            if down.is_clean and self._dialogue.manner is not Manner.ANSWERS:
                return PrinterStatus(PrinterState.UNKNOWN, down.code)
            return PrinterStatus(PrinterState.NOT_ANSWERING, down.code)

    def _deliver(self, job: bytes) -> Sent:
        try:
            with self._open() as link:
                return self._dialogue.deliver(link, job)
        except LinkDown as down:
            read_the_question = down.began and down.is_clean
            if not read_the_question or self._dialogue.manner is not Manner.UNTRIED:
                raise
        # No friend of questions. Nothing of the job has left, so begin again.
        self._dialogue.manner = Manner.MUTE
        with self._open() as link:
            return self._dialogue.deliver(link, job)

    def _open(self) -> TcpLink:
        return TcpLink.open(self._address.host, self._address.port, self._patience)
