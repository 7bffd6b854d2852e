"""`support`, `training`: a report for whoever helps, and the practice depot."""

from pathlib import Path
from typing import Annotated

import typer

from dockmark.cli import speech
from dockmark.record.refusal import Refusal, Refused
from dockmark.station.folders import data_folder
from dockmark.wording import _


def support(
    out: Annotated[str, typer.Option("-o", "--out", help="The ZIP file to write.")] = "",
) -> int:
    """Write a report of how this station stands, without personal data."""
    from dockmark.station.support import bundle_name, pieces, write_bundle

    file = Path(out or bundle_name()).expanduser()
    made = pieces(data_folder())
    try:
        size = write_bundle(file, made)
    except OSError as error:
        raise Refusal(Refused.BAD_FILE, file=file.name, why="not_writable") from error
    told = {
        "result": "written", "file": str(file), "bytes": size,
        "pieces": [{"name": each.name, "about": each.about, "bytes": len(each.content)} for each in made],
    }  # fmt: skip
    speech.tell(told, "\n".join([str(file), *(f"{each.name}: {each.about}" for each in made)]))
    return 0


def training(
    reset: Annotated[bool, typer.Option("--reset", help="Begin anew: what was practised is gone.")] = False,
) -> int:
    """Make the practice depot beside the data folder, and say where it is. The real ledger is not opened."""
    from dockmark.station.demo import SHEET
    from dockmark.station.training import PRINTS, make_training, reset_training

    folder = (reset_training if reset else make_training)(data_folder())
    told = {"result": "ready", "data": str(folder), "sheet": str(folder / SHEET), "prints": str(folder / PRINTS)}
    words = _("The practice depot is ready. Nothing in it is real.")
    speech.tell(told, "\n".join([words, *(f"{key}: {value}" for key, value in told.items())]))
    return 0


def add_to(app: typer.Typer) -> None:
    """Adds these subcommands."""
    app.command()(support)
    app.command()(training)
