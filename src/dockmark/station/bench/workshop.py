"""Where jobs find what they are measured with: the large data folder, made once, and empty folders of their own."""

from collections.abc import Callable
from pathlib import Path

from dockmark.station.bench.depot import Depot, depot_in
from dockmark.station.bench.plan import Plan

Told = Callable[[str, dict[str, str | int | float]], None]
"""Told of what goes on, since it takes long: a code and its facts."""


class Workshop:
    """The folders of one run of the bench."""

    def __init__(self, plan: Plan, folder: Path, kept: Path | None, told: Told) -> None:
        self.plan = plan
        self._folder = folder
        self._kept = kept or folder
        self._told = told
        self._depots: dict[int, Depot] = {}

    def depot(self, at_most: int = 0) -> Depot:
        """The data folder with as many units as planned; or a smaller one, where that would be too many."""
        units = min(self.plan.units, at_most or self.plan.units)
        depot = self._depots.get(units)
        if depot is None:
            self._told("making_depot", {"units": units})
            depot = self._depots[units] = depot_in(self._kept / f"depot-{units}", units)
            self._told("depot_made", {"units": units, "seconds": depot.seconds})
        return depot

    def folder(self, name: str) -> Path:
        """A new folder for this job's own files."""
        folder = self._folder / name
        folder.mkdir(parents=True)
        return folder

    def close(self) -> None:
        """Lets go of the large data folders."""
        for depot in self._depots.values():
            depot.close()
