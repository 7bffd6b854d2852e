"""`desk` and `decode`: scans in, one answer out for each."""

import base64
import binascii
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import orjson
import typer

from dockmark.cli import speech
from dockmark.cli.decode import decode_lines
from dockmark.cli.devices import read_scanners, scans_of
from dockmark.cli.opening import manned
from dockmark.cli.people import enter
from dockmark.desks.answer import Answer, Outcome
from dockmark.identifiers.reading import Scan
from dockmark.record.refusal import Refusal, Refused
from dockmark.station.station import Station

DRAIN_S = 20.0


@contextmanager
def lines_of(name: str) -> Iterator[BinaryIO]:
    """Standard input for `-`, else the file."""
    if name == "-":
        yield sys.stdin.buffer
        return
    if not Path(name).is_file():
        raise Refusal(Refused.BAD_FILE, file=name, why="not_found")
    with Path(name).open("rb") as file:
        yield file


def decode(
    file: Annotated[str, typer.Argument(help="A file with one scan a line, or - for standard input.")] = "-",
    json_lines: Annotated[bool, typer.Option(help="Lines are JSON objects with raw and perhaps symbology.")] = False,
) -> int:
    """Say what scanned strings mean."""
    with lines_of(file) as lines:
        for told in decode_lines(lines, json_lines=json_lines, today=datetime.now(UTC).date()):
            speech.speak_json(told)
    return 0


def desk(
    name: Annotated[str, typer.Argument(help="The desk: receiving, holds.")],
    operator: Annotated[str, typer.Option(help="Who works at the desk.")],
    scans: Annotated[str, typer.Option(help="A file with one scan a line, or - for standard input.")] = "-",
    order: Annotated[str, typer.Option(help="An order, order line, ASN or SSCC.")] = "",
    place: Annotated[str, typer.Option(help="A place's code or tag.")] = "",
    printer: Annotated[str, typer.Option(help="tcp://host:9100, pdf:DIR or queue:NAME.")] = "",
    scanner: Annotated[
        list[str] | None, typer.Option(help="serial:PORT@BAUD[,suffix=CRLF …]: read this scanner until interrupted.")
    ] = None,
    new: Annotated[bool, typer.Option("--new", help="Start another receipt instead of resuming the open one.")] = False,
    second: Annotated[str, typer.Option(help="A second person, who signs what two people must answer for.")] = "",
    pin_stdin: Annotated[
        bool, typer.Option("--pin-stdin", help="The first line of standard input is the PIN of who signs.")
    ] = False,
) -> int:
    """Work at a desk without a window."""
    if printer:
        from dockmark.devices.printers import open_printer

        open_printer(printer)
    scanners = read_scanners(scanner or [])
    with manned(printer) as station:
        if name not in station.desks():
            raise Refusal(Refused.DESK_UNKNOWN, desk=name, desks=station.desks())
        if station.info.read_only:
            raise Refusal(Refused.READ_ONLY, why=station.info.read_only)
        enter(station, operator, second, pin_stdin=pin_stdin)
        begun = station.begin(name, order=order, place=place, new=new).result()
        if begun.outcome is Outcome.REFUSED:
            raise Refusal(Refused(begun.code), **begun.facts)
        if scanners:
            with scans_of(scanners) as scanned:
                for scan in scanned:
                    speech.speak_json(speech.answer_json(station.scan(name, scan).result()))
        else:
            with lines_of(scans) as lines:
                for line in lines:
                    work_line(station, name, line)
        if printer:
            finish_printing(station)
    return 0


def work_line(station: Station, name: str, line: bytes) -> None:
    """One line in, one answer out, once it is durable."""
    line = line[:-2] if line.endswith(b"\r\n") else line.removesuffix(b"\n")
    if line:
        speech.speak_json(speech.answer_json(answered(station, name, line)))


def answered(station: Station, name: str, line: bytes) -> Answer:
    """The desk's answer to one line."""
    told = _object(line)
    if told is None:
        return station.scan(name, Scan(raw=line, device="command")).result()
    word = told.get("cmd")
    if isinstance(word, str):
        facts = {key: str(value) for key, value in told.items() if key != "cmd" and isinstance(value, str | int)}
        return station.command(name, word.upper(), **facts).result()
    raw = _raw(told)
    if raw is None:
        return station.scan(name, Scan(raw=line, device="command")).result()
    symbology = told.get("symbology")
    scan = Scan(
        raw=raw, symbology=symbology if isinstance(symbology, str) else "", device="command",
        typed=told.get("typed") is True,
    )  # fmt: skip
    return station.scan(name, scan).result()


def _object(line: bytes) -> dict[str, Any] | None:
    """The object that a line holds; None for a plain scan, which may begin with a brace as well."""
    if not line.startswith(b"{"):
        return None
    try:
        told = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    return told if isinstance(told, dict) and {"raw", "raw_b64", "cmd"} & told.keys() else None


def _raw(told: dict[str, Any]) -> bytes | None:
    raw, encoded = told.get("raw"), told.get("raw_b64")
    if isinstance(encoded, str):
        try:
            return base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError):
            return None
    return raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else None


def finish_printing(station: Station) -> None:
    """Lets the spool finish what can be printed now, and says what could not be."""
    station.spool.finish(DRAIN_S)
    open_jobs = [job for job in station.jobs().result() if job.state in ("queued", "sending", "unknown", "failed")]
    for job in open_jobs[:20]:
        speech.say(f"{job.state}: {job.title} {job.printer} {job.code}".rstrip())


def add_to(app: typer.Typer) -> None:
    """Adds these subcommands."""
    app.command()(desk)
    app.command()(decode)
