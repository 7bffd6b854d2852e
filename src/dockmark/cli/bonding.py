"""`join`, `part-units`, `join-parts` and `settle`: what is one under two ids, what is not, and who was right."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated

import typer

from dockmark.cli import speech
from dockmark.cli.asking import units_meant
from dockmark.cli.master import sign_in_as
from dockmark.cli.opening import manned
from dockmark.desks import bonding
from dockmark.desks.bonding import Bound
from dockmark.identifiers import read
from dockmark.identifiers.reading import DockmarkTag, Scan, TagKind
from dockmark.identifiers.tags import unit_of
from dockmark.ledger.book import Book
from dockmark.record.ids import is_uuid
from dockmark.record.refusal import Refusal, Refused
from dockmark.station.station import Station

_One = Annotated[str, typer.Argument(help="A unit's id, label, tag or serial.")]
_Other = Annotated[str, typer.Argument(help="The other unit's.")]
_Reason = Annotated[str, typer.Option(help="How it is known.")]
_Note = Annotated[str, typer.Option(help="What else is to be kept.")]
_Undo = Annotated[bool, typer.Option("--undo", help="Take back that it was said.")]
_Operator = Annotated[str, typer.Option(help="Who says so; else whoever worked here last.")]


def join(
    one: _One, other: _Other, reason: _Reason = "", note: _Note = "", undo: _Undo = False, operator: _Operator = ""
) -> int:
    """Say that two units are one, met under two ids: one card, one row, one history from here on."""
    with manned(spooling=False) as station:
        mine, theirs = _pair(station, one, other)

        def act(book: Book) -> Bound:
            if undo:
                return bonding.take_back(book, "unit", mine, theirs, reason, joining=True)
            return bonding.join_units(book, mine, theirs, reason, note)

        return _done(station, operator, act, "join_undone" if undo else "joined")


def part_units(
    one: _One, other: _Other, reason: _Reason = "", note: _Note = "", undo: _Undo = False, operator: _Operator = ""
) -> int:
    """Say that two units are two, though they bear one mark; of units joined before, the second one leaves."""
    with manned(spooling=False) as station:
        mine, theirs = _pair(station, one, other)

        def act(book: Book) -> Bound:
            if undo:
                return bonding.take_back(book, "unit", mine, theirs, reason, joining=False)
            return bonding.part_units(book, mine, theirs, reason, note)

        return _done(station, operator, act, "parting_undone" if undo else "parted")


def join_parts(
    one: Annotated[str, typer.Argument(help="Number or id of a part.")],
    other: Annotated[str, typer.Argument(help="The other one's.")],
    reason: _Reason = "",
    note: _Note = "",
    undo: _Undo = False,
    operator: _Operator = "",
) -> int:
    """Say that two catalogue entries are one part."""
    with manned(spooling=False) as station:
        mine, theirs = _part(station, one), _part(station, other)

        def act(book: Book) -> Bound:
            if undo:
                return bonding.take_back(book, "part", mine, theirs, reason, joining=True)
            return bonding.join_parts(book, mine, theirs, reason, note)

        return _done(station, operator, act, "join_undone" if undo else "joined")


def settle(unit: _One, reason: _Reason = "", operator: _Operator = "") -> int:
    """Close the dispute over a unit that stations changed at once, after a look at its history."""
    with manned(spooling=False) as station:
        identity = _meant(station, unit)
        return _done(station, operator, lambda book: bonding.settle(book, identity, reason), "settled")


def _done(station: Station, operator: str, act: Callable[[Book], Bound], result: str) -> int:
    sign_in_as(station, operator)
    bound = station.bench(act).result()
    told = {"result": result, "id": bound.first, "ids": list(bound.ids), "event": bound.event}
    speech.tell(told, f"{result}: {', '.join(bound.ids)}")
    return 0


def _pair(station: Station, one: str, other: str) -> tuple[str, str]:
    return _meant(station, one), _meant(station, other)


def _meant(station: Station, text: str) -> str:
    """The very id that is named, also where it is another id of a joined unit; else the one unit that is meant."""
    if is_uuid(text.strip().lower()):
        return text.strip().lower()
    match read(Scan.of_text(text, device="command"), today=datetime.now(UTC).date()):
        case DockmarkTag(kind=TagKind.UNIT, payload=payload) if identity := unit_of(payload):
            return str(identity)
    found = units_meant(station, text.encode())
    if not found:
        raise Refusal(Refused.UNIT_UNKNOWN, tag=text[:80])
    if len(found) > 1:
        raise Refusal(Refused.AMBIGUOUS, part=text[:80], makers=[unit.id for unit in found])
    return found[0].id


def _part(station: Station, text: str) -> str:
    if is_uuid(text.strip().lower()):
        return text.strip().lower()
    identity = station.master.named("part", text).result()
    if not identity:
        raise Refusal(Refused.PART_UNKNOWN, part=text[:80])
    return identity


def add_to(app: typer.Typer) -> None:
    """Adds these subcommands."""
    for act in (join, part_units, join_parts, settle):
        app.command()(act)
