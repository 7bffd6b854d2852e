"""`document`: papers as PDF."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dockmark.cli import speech
from dockmark.cli.opening import manned
from dockmark.lookup import people
from dockmark.record.refusal import Refusal, Refused
from dockmark.station.station import Station
from dockmark.wording import _

if TYPE_CHECKING:
    from dockmark.station.papers import Paper

_COMMANDS = "commands"


def document(
    kind: Annotated[str, typer.Argument(help="receipt, discrepancy or biography; commands for the sheet of a desk.")],
    ref: Annotated[
        str,
        typer.Argument(metavar="ID", help="A receipt's number, tag or id; for biography a unit; for commands a desk."),
    ],
    out: Annotated[Path, typer.Option("-o", "--out", help="The file to write.")],
    reason: Annotated[str, typer.Option(help="Why it is made again: LOST, ASKED, CORRECTED, or your own words.")] = "",
    note: Annotated[str, typer.Option(help="More about the reason.")] = "",
    copy: Annotated[int, typer.Option(help="A copy made earlier, as it was kept.", min=0)] = 0,
    preview: Annotated[bool, typer.Option("--preview", help="A look at it: nothing is recorded.")] = False,
    paper: Annotated[str, typer.Option(help="A4 or Letter; else the company's own.")] = "",
    places: Annotated[bool, typer.Option("--places", help="For commands: the places too.")] = False,
    operator: Annotated[str, typer.Option(help="Who makes it; else whoever worked here last.")] = "",
) -> int:
    """Make a paper, keep it, record that it was made, and write it into a file."""
    if not out.parent.is_dir() or out.is_dir():
        raise Refusal(Refused.BAD_FILE, file=str(out), why="not_found")
    if paper and paper.lower() not in ("a4", "letter"):
        raise Refusal(Refused.BAD_VALUE, field="paper", value=paper[:40])
    with manned(spooling=False) as station:
        if kind == _COMMANDS:
            made = station.papers.commands(ref, paper=paper, places=places).result()
        elif preview:
            made = station.papers.look(kind, ref).result()
        elif copy:
            made = station.papers.kept(kind, ref, copy).result()
        else:
            _sign_in(station, operator)
            made = station.papers.make(kind, ref, reason=reason, note=note, paper=paper).result()
    _write(out, made.content)
    told = {
        "result": "written", "file": str(out), "kind": made.kind, "number": made.number, "sha256": made.sha256,
        "bytes": len(made.content), "pages": made.pages, "copy": made.copy, "event": made.event or None,
        "preliminary": made.preliminary,
    }  # fmt: skip
    speech.tell(told, _words(made, out))
    return 0


def _sign_in(station: Station, operator: str) -> None:
    if not station.ledger.read_only:
        here = station.ledger.identity.station
        who = operator or station.ask(lambda session: people.last_at(session, here)).result()
        station.sign_in(who, "command line").result()


def _write(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError as error:
        raise Refusal(Refused.BAD_FILE, file=str(out), why=error.strerror or "") from error


def _words(made: "Paper", out: Path) -> str:
    if not made.copy:
        return str(out)
    return _("{file}: {title} {number}, copy {copy}").format(
        file=out, title=made.title, number=made.number, copy=made.copy
    )


def add_to(app: typer.Typer) -> None:
    """Adds this subcommand."""
    app.command()(document)
