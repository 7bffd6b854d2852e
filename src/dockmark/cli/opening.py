"""Opens the data folder for one command."""

from collections.abc import Iterator
from contextlib import contextmanager

from dockmark.ledger.ledger import Ledger
from dockmark.station.folders import data_folder
from dockmark.station.setup import open_ledger
from dockmark.station.station import Station


@contextmanager
def opened() -> Iterator[Ledger]:
    """The ledger of the data folder."""
    ledger = open_ledger(data_folder())
    try:
        yield ledger
    finally:
        ledger.close()


@contextmanager
def manned(printer: str = "", *, spooling: bool = True) -> Iterator[Station]:
    """The whole workstation of the data folder."""
    station = Station(open_ledger(data_folder()), data_folder(), printer=printer, spooling=spooling)
    try:
        yield station
    finally:
        station.close()
