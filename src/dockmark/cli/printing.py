"""`label`, `spool`: labels and the jobs that print them."""

from pathlib import Path
from typing import Annotated

import typer

from dockmark.cli import speech
from dockmark.cli.asking import units_meant
from dockmark.cli.opening import manned
from dockmark.desks.labels import label_of
from dockmark.lookup import catalogue
from dockmark.record.clock import as_date
from dockmark.record.refusal import Refusal, Refused
from dockmark.station.spool import Form, drawn
from dockmark.station.station import Station

_FORMS: dict[str, Form] = {"zpl": "zpl", "pdf": "pdf", "png": "png"}


def label(
    units: Annotated[list[str], typer.Argument(help="Units by label, tag, serial or id.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="The file to write.")],
    to: Annotated[str, typer.Option(help="zpl, pdf or png.")] = "pdf",
    dpi: Annotated[int, typer.Option(help="Dots per inch of the printer.")] = 203,
) -> int:
    """Draw the labels of units into a file."""
    if to not in _FORMS:
        raise Refusal(Refused.BAD_VALUE, field="to", value=to)
    with manned(spooling=False) as station:
        facts = [_facts(station, name) for name in units]
        training = station.is_training
    data = drawn(facts, _FORMS[to], dpi, training=training)
    try:
        out.write_bytes(data)
    except OSError as error:
        raise Refusal(Refused.BAD_FILE, file=str(out), why=error.strerror or "") from error
    speech.tell({"result": "written", "file": str(out), "labels": len(facts), "bytes": len(data)}, str(out))
    return 0


def _facts(station: Station, name: str) -> dict[str, object]:
    found = units_meant(station, name.encode())
    if not found:
        raise Refusal(Refused.UNIT_UNKNOWN, tag=name[:80])
    if len(found) > 1:
        raise Refusal(Refused.AMBIGUOUS, part=name[:80], makers=[unit.part_number for unit in found])
    unit = found[0]
    part = station.ask(lambda session: catalogue.part(session, unit.part)).result()
    if part is None:
        raise Refusal(Refused.PART_UNKNOWN, part=unit.part_number)
    return {**label_of(unit, part, as_date(unit.received_at).isoformat(), unit.labels + 1)}


def spool(
    act: Annotated[str, typer.Argument(help="list, drain, retry, printed, not-printed.")] = "list",
    job: Annotated[str, typer.Argument(help="Id of a print job.")] = "",
    printer: Annotated[str, typer.Option(help="Where jobs without a printer of their own go.")] = "",
) -> int:
    """Show print jobs, send what waits, or say what became of a doubtful one."""
    with manned(printer, spooling=False) as station:
        if act == "drain":
            station.spool.drain()
        elif act in ("retry", "printed", "not-printed"):
            _settle(station, act, job)
        elif act != "list":
            raise Refusal(Refused.BAD_VALUE, field="spool", value=act[:40])
        for each in station.jobs().result():
            told = {
                "id": each.id, "title": each.title, "printer": each.printer, "state": each.state, "detail": each.code,
                "made": each.at.isoformat() if each.at else "", **each.facts,
            }  # fmt: skip
            speech.tell(told, f"{each.state:10} {each.id}  {each.title}  {each.printer}  {each.code}")
    return 0


def _settle(station: Station, act: str, job: str) -> None:
    known = {each.id: each for each in station.jobs().result()}
    if job not in known or known[job].state not in ("unknown", "failed", "sent"):
        raise Refusal(Refused.BAD_VALUE, field="job", value=job[:60])
    if act == "retry":
        station.retry(job).result()
    else:
        station.settle(job, act == "printed").result()


def add_to(app: typer.Typer) -> None:
    """Adds these subcommands."""
    for act in (label, spool):
        app.command()(act)
