"""Runs jobs one after another, in one temporary folder."""

import tempfile
from collections.abc import Iterator, Sequence
from enum import StrEnum
from importlib import import_module
from pathlib import Path

from dockmark.station.bench.plan import Plan
from dockmark.station.bench.report import Report
from dockmark.station.bench.workshop import Told, Workshop


class Job(StrEnum):
    """What can be measured, in the order in which it is."""

    SCAN = "scan"
    BULK = "bulk"
    IMPORT = "import"
    LOOKUP = "lookup"
    SEARCH = "search"
    START = "start"
    DECODE = "decode"
    LABELS = "labels"
    VERIFY = "verify"
    REBUILD = "rebuild"
    DISK = "disk"


_MODULES = {Job.IMPORT: "import_file"}
"""The module that measures a job, where it cannot bear its name."""


def run(jobs: Sequence[Job], plan: Plan, told: Told, keep: Path | None = None) -> Iterator[Report]:
    """Measures these jobs, one after another. `keep` is where the large data folder stays for the next run."""
    with tempfile.TemporaryDirectory(prefix="dockmark-bench-") as folder:
        shop = Workshop(plan, Path(folder), keep, told)
        try:
            for job in jobs:
                told("measuring", {"job": job.value})
                # Each job loads much that no other needs, and the memory of this process is measured too.
                module = import_module(f"dockmark.station.bench.{_MODULES.get(job, job.value)}")
                report: Report = module.measure(shop)
                yield report
        finally:
            shop.close()
