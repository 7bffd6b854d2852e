"""`bench`: the budgets on this machine, as ratios to a plain baseline run beside them."""

from pathlib import Path
from typing import Annotated

import typer

from dockmark.cli import speech
from dockmark.station.bench.plan import Plan
from dockmark.station.bench.report import HEAD, table
from dockmark.station.bench.running import Job, run

_WIDTHS = (9, 18, 12, 12, 9, 13, 0)


def bench(
    name: Annotated[Job | None, typer.Argument(help="One job; all of them without.")] = None,
    units: Annotated[int, typer.Option(help="Units in the large data folder.", min=100)] = 100_000,
    rounds: Annotated[int, typer.Option(help="Rounds, interleaved; medians are told.", min=1)] = 5,
    share: Annotated[
        float, typer.Option(help="Do only this share of each job's amount, to see that it works.", min=0.0, max=1.0)
    ] = 1.0,
    keep: Annotated[Path | None, typer.Option(help="Keep the large data folder here and use it again.")] = None,
) -> int:
    """Measure what the budgets promise."""
    if not speech.as_json:
        _row(HEAD)
    plan = Plan(units=units, rounds=rounds).shared(share)
    for report in run([name] if name else list(Job), plan, _told, keep):
        if speech.as_json:
            speech.speak_json(report.as_json())
        else:
            for row in table(report):
                _row(row)
    return 0


def _row(cells: tuple[str, ...]) -> None:
    speech.tell({}, "".join(cell.ljust(width) for cell, width in zip(cells, _WIDTHS, strict=True)).rstrip())


_WORDS = {
    "measuring": "{job} …",
    "making_depot": "a data folder of {units:,} units is made …",
    "depot_made": "it took {seconds:.0f} s",
}


def _told(code: str, facts: dict[str, str | int | float]) -> None:
    speech.say(_WORDS[code].format(**facts))


def add_to(app: typer.Typer) -> None:
    """Adds this subcommand."""
    app.command()(bench)
