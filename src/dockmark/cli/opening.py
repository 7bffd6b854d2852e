"""Opens the data folder for one command."""

from collections.abc import Iterator
from contextlib import contextmanager

from dockmark.cli import speech
from dockmark.ledger.ledger import Ledger
from dockmark.station.folders import data_folder
from dockmark.station.setup import open_ledger
from dockmark.station.station import Station
from dockmark.wording import _


class _Waiting:
    """Says once for each wait that another program holds the ledger."""

    def __init__(self) -> None:
        self._said = False

    def tell(self, waited: float | None) -> None:
        """The seconds so far, or None when it is over."""
        if waited is not None and not self._said:
            speech.say(_("Another program holds the ledger, perhaps a backup. Waiting …"))
        self._said = waited is not None


@contextmanager
def opened() -> Iterator[Ledger]:
    """The ledger of the data folder."""
    ledger = open_ledger(data_folder())
    ledger.patience.listen(_Waiting().tell)
    try:
        yield ledger
    finally:
        ledger.close()


@contextmanager
def manned(printer: str = "", *, spooling: bool = True) -> Iterator[Station]:
    """The whole workstation of the data folder."""
    station = Station(open_ledger(data_folder()), data_folder(), printer=printer, spooling=spooling)
    station.ledger.patience.listen(_Waiting().tell)
    try:
        yield station
    finally:
        station.close()
