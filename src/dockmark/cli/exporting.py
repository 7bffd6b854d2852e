"""`export`: lists out to files."""

from pathlib import Path
from typing import Annotated

import typer

from dockmark.cli import speech
from dockmark.cli.opening import manned
from dockmark.record.refusal import Refusal, Refused


def export(
    kind: Annotated[str, typer.Argument(help="units receipts orders asn holds parts partners places events evidence")],
    to: Annotated[Path, typer.Option("--output", "-o", help="The file to write: .csv, .xlsx or .json.")],
    filters: Annotated[
        list[str] | None,
        typer.Option("--filter", help="COLUMN=TEXT; =TEXT for the whole cell, A..B from and to, A|B, * not empty."),
    ] = None,
    columns: Annotated[str, typer.Option(help="Columns, by comma; all of them without.")] = "",
    sort: Annotated[str, typer.Option(help="The column to sort by; -COLUMN downwards.")] = "",
    unit: Annotated[str, typer.Option(help="For evidence: the unit's label, tag, serial or id.")] = "",
    everything: Annotated[bool, typer.Option("--all", help="For evidence: the whole ledger.")] = False,
    operator: Annotated[str, typer.Option(help="Who hands evidence out; else whoever worked here last.")] = "",
    words: Annotated[bool, typer.Option("--words", help="Titles and states in words, as in the window.")] = False,
) -> int:
    """Write a list to a file: whole, or not at all."""
    if kind == "events":
        from dockmark.cli.exchange import export_events

        return export_events(to)
    if kind == "evidence":
        from dockmark.cli.exchange import hand_out_evidence

        return hand_out_evidence(to, unit, operator, everything=everything)
    from dockmark.lookup.lists.filters import Query, read_filter
    from dockmark.lookup.lists.known import listing
    from dockmark.station.list_files import suffix_of

    about = listing(kind)
    suffix_of(to)
    wanted = [each.strip() for each in columns.split(",") if each.strip()] or list(about.by_key)
    for each in wanted:
        about.column(each)
    pairs = [each.partition("=") for each in filters or ()]
    for key, sign, _text in pairs:
        if not sign:
            raise Refusal(Refused.BAD_VALUE, field="filter", value=key[:40])
    conditions = tuple(read_filter(about, key.strip(), text) for key, _sign, text in pairs)
    query = Query(about.name, conditions, sort.removeprefix("-"), sort.startswith("-"))
    with manned(spooling=False) as station:
        done = station.lists.export(query, wanted, to, words=words).result()
    told = {"list": about.name, "rows": done.rows, "file": str(done.path), "columns": wanted}
    speech.tell(told, f"{done.rows} rows: {done.path}")
    return 0


def add_to(app: typer.Typer) -> None:
    """Adds these subcommands."""
    app.command()(export)
