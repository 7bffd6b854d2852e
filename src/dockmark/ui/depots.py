"""The real workstation as the window opens it. Loaded after the first paint, on the opening thread."""

from pathlib import Path

from dockmark.station.setup import create_ledger, open_ledger
from dockmark.station.station import Station
from dockmark.ui.service import Service


class StationDepots:
    """Opens and makes data folders. Every method blocks: it is called on the opening thread."""

    def open(self, data: Path) -> Service:
        """The workstation of that folder; refuses with `no_ledger` where there is none."""
        station = Station(open_ledger(data), data)
        if signed := station.sign_in_again():
            signed.result()
        return station

    def create(self, data: Path, operator: str, name: str) -> None:
        """A new, empty depot."""
        create_ledger(data, operator, name).close()
