"""`bench`: the budgets on this machine, as ratios to a plain baseline run beside them."""

import os
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from dockmark.cli import speech
from dockmark.record.refusal import Refusal, Refused

JOBS = {
    "scan": "scan", "bulk": "bulk", "import": "import_file", "lookup": "lookup", "search": "search", "start": "start",
    "decode": "decode", "labels": "labels", "verify": "verify", "rebuild": "rebuild", "disk": "disk",
}  # fmt: skip
"""Job -> the module that measures it."""


def bench(
    name: Annotated[str, typer.Argument(help=f"One of {' '.join(JOBS)}; all without.")] = "",
    units: Annotated[int, typer.Option(help="Units in the data folder.", min=100)] = 100_000,
    rounds: Annotated[int, typer.Option(help="Rounds, interleaved; medians are told.", min=1)] = 5,
    share: Annotated[float, typer.Option(help="Do only this share of each job's amount, to see that it works.")] = 1.0,
    keep: Annotated[Path | None, typer.Option(help="Keep the large data folder here and use it again.")] = None,
) -> int:
    """Measure what the budgets promise."""
    if name and name not in JOBS:
        raise Refusal(Refused.BAD_VALUE, field="bench", value=name[:40])
    from dockmark.station.bench.plan import Plan
    from dockmark.station.bench.workshop import Workshop

    plain = Plan()
    amounts = ("scans", "bulk", "rows", "questions", "typed", "labels", "decoded", "signed", "later")
    plan = Plan(units=units, rounds=rounds, **{each: max(10, int(getattr(plain, each) * share)) for each in amounts})
    with tempfile.TemporaryDirectory(prefix="dockmark-bench-") as folder:
        os.environ["DOCKMARK_STATE"] = str(Path(folder) / "state")
        shop = Workshop(plan, Path(folder), keep, lambda code, facts: speech.say(f"{code} {facts}"))
        try:
            for job in [name] if name else JOBS:
                _measure(job, shop)
        finally:
            shop.close()
    return 0


def _measure(job: str, shop: object) -> None:
    from dockmark.station.bench.report import Report, table

    report: Report = import_module(f"dockmark.station.bench.{JOBS[job]}").measure(shop)
    rows = table(report)
    words = "\n".join(
        f"{row[0]:9}{row[1]:28}{row[2]:>14}{row[3]:>14}{row[4]:>9}{row[5]:>12}  {row[6]}".rstrip() for row in rows
    )
    speech.tell(report.as_json(), words)


def add_to(app: typer.Typer) -> None:
    """Adds this subcommand."""
    app.command()(bench)
