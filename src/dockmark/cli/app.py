"""The subcommands."""

import typer

from dockmark.cli import (
    asking,
    backup,
    beginning,
    bench,
    bonding,
    care,
    desk,
    devices,
    document,
    exporting,
    files,
    master,
    people,
    printing,
    recipe,
    support,
)

app = typer.Typer(
    name="dockmark", add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False,
    help="Workstation program of a repair depot. Without a subcommand it opens the window. "
    "--data DIR names the data folder; --json answers in JSON; --training works with the practice depot.",
)  # fmt: skip

_MODULES = (
    beginning, people, desk, asking, files, master, bonding, recipe, exporting, printing, devices, document, care,
    backup, bench, support,
)  # fmt: skip
for module in _MODULES:
    module.add_to(app)
