"""`import`: files in."""

from pathlib import Path
from typing import Annotated

import typer

from dockmark.cli import speech
from dockmark.cli.opening import opened
from dockmark.desks.importing.verdicts import RowVerdict
from dockmark.desks.signing import sign_in
from dockmark.lookup import people
from dockmark.wording import field_word, row_word, visible


def import_file(
    kind: Annotated[
        str, typer.Argument(help="parts partners locations orders asn expected stock recalls ranges depot")
    ],
    file: Annotated[Path, typer.Argument(help="A CSV or XLSX file; for depot a folder.")],
    mapping: Annotated[Path | None, typer.Option("--map", help="A file that says which column is which.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Judge every row and record nothing.")] = False,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Record the good rows, write the bad ones to a file.")
    ] = False,
    operator: Annotated[str, typer.Option(help="Who imports; else whoever worked here last.")] = "",
) -> int:
    """Take a file in: a verdict for each row, then what was recorded."""
    from dockmark.desks.importing import Importing

    with opened() as ledger:
        if not dry_run:
            session = ledger.session()
            who = operator or people.last_at(session, ledger.identity.station)
            session.close()
            with ledger.writing() as book:
                sign_in(book, who, "command line")
        done = Importing().run(
            ledger, kind, file, mapping=mapping, dry_run=dry_run, skip_bad=skip_bad,
            on_row=_row,
        )  # fmt: skip
    told: dict[str, object] = {"rows": done.rows, "recorded": done.recorded, "bad": done.bad}
    if done.warnings:
        told["warnings"] = done.warnings
    if done.bad_file:
        told["bad_file"] = str(done.bad_file)
    speech.tell(told, f"{done.rows} rows, {done.recorded} recorded, {done.bad} bad")
    return 1 if done.refused else 0


def _row(row: RowVerdict) -> None:
    extra = {"code": row.code, "field": row.field, "value": row.value, "file": row.file}
    told = {"row": row.row, "verdict": str(row.verdict)} | {key: text for key, text in extra.items() if text}
    if speech.as_json:
        speech.speak_json(told)
    elif row.verdict == "bad" or row.code:
        what = f"{field_word(row.field)} {visible(row.value)}" if row.field else ""
        speech.say(f"{row.file} {row.row}: {row.verdict} {row_word(row.code)} {what}".strip())


def add_to(app: typer.Typer) -> None:
    """Adds these subcommands."""
    app.command("import")(import_file)
