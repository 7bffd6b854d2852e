"""Where this station prints: one printer for each kind of paper, kept in the station's own table."""

import threading
from enum import StrEnum
from typing import Final

from dockmark.devices.printer_url import FolderAddress, QueueAddress, read_printer_url
from dockmark.ledger import spool
from dockmark.ledger.ledger import Ledger
from dockmark.record.refusal import Refusal, Refused


class PaperKind(StrEnum):
    """What comes out of a printer; each kind has one of its own. The codes are kept, never renamed."""

    LABEL = "label"
    DOCUMENT = "document"


class Printing:
    """Knows which printer takes what. The one place where that is asked and changed, from any thread.

    A printer given at the start (`--printer`) goes before the one that is kept for labels, until another is chosen.
    """

    def __init__(self, ledger: Ledger, given: str = "", *, only: str = "") -> None:
        """`only` is the one place where anything may come out, as in training."""
        self._ledger: Final = ledger
        self._lock: Final = threading.Lock()
        session = ledger.session()
        try:
            kept = spool.kept_printers(session)
        finally:
            session.close()
        self._urls = {kind.value: kept.get(kind.value, "") for kind in PaperKind}
        self._given = given
        self._only: Final = only
        if only:
            if given and not _is_folder(given):
                raise Refusal(Refused.TRAINING, about="printer")
            self._urls = {kind: url if _is_folder(url) else only for kind, url in self._urls.items()}

    @property
    def is_training(self) -> bool:
        """Whether what is printed is of the practice depot, and has to say so."""
        return bool(self._only)

    @property
    def given(self) -> str:
        """The label printer given at the start: jobs made now bear its name. Empty where none was."""
        return self._given

    def printers(self) -> dict[str, str]:
        """The printer's URL for each kind of paper; the empty text where none was chosen."""
        with self._lock:
            return {**self._urls, PaperKind.LABEL.value: self._given or self._urls[PaperKind.LABEL]}

    def printer(self, kind: PaperKind) -> str:
        """The printer of that kind of paper, or the empty text."""
        return self.printers()[kind]

    def use(self, kind: str, url: str) -> None:
        """From now on that kind comes out there; the empty text means nowhere, so that jobs wait.

        Labels that no byte of was sent go to the new printer. Refuses an address that names no printer for this kind.
        """
        check_printer(kind, url)
        if self._only and url and not _is_folder(url):
            raise Refusal(Refused.TRAINING, about="printer")
        spool.keep_printer(self._ledger, kind, url)
        with self._lock:
            self._urls[kind] = url
            self._given = "" if kind == PaperKind.LABEL else self._given
        if kind == PaperKind.LABEL:
            spool.forget_printers_of_waiting(self._ledger)


def _is_folder(url: str) -> bool:
    return bool(url) and isinstance(read_printer_url(url), FolderAddress)


def check_printer(kind: str, url: str) -> None:
    """Refuses a kind that does not exist, and an address that cannot be that kind's printer. Touches nothing."""
    if kind not in list(PaperKind):
        raise Refusal(Refused.BAD_VALUE, field="printer", value=kind[:40])
    if not url:
        return
    address = read_printer_url(url)
    if kind == PaperKind.DOCUMENT:
        # A label printer would print a document as pages and pages of nonsense.
        fits = isinstance(address, FolderAddress) or (isinstance(address, QueueAddress) and not address.raw)
        if not fits:
            raise Refusal(Refused.PRINTER_URL, url=url[:200])
