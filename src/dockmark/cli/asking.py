"""`unit`, `search`, `schema`: questions."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from dockmark.cli import schema as words
from dockmark.cli import speech
from dockmark.cli.cards import card_json, card_words
from dockmark.cli.desk import lines_of
from dockmark.cli.opening import manned
from dockmark.desks.item import item_of
from dockmark.identifiers import read
from dockmark.identifiers.keys import serial_key
from dockmark.identifiers.reading import DockmarkTag, Reading, Scan, TagKind
from dockmark.identifiers.tags import unit_of
from dockmark.lookup import units
from dockmark.lookup.units import UnitRow
from dockmark.record.clock import from_day
from dockmark.record.refusal import Refusal, Refused
from dockmark.station.cards import Offered
from dockmark.station.station import Station
from dockmark.wording import _, state_word
from dockmark.wording.told import kind_told


def unit(
    scan: Annotated[str, typer.Argument(help="A unit's label, tag, serial or id, or - for one a line.")],
    at: Annotated[str, typer.Option(help="As it stood at this time.")] = "",
    known: Annotated[str, typer.Option(help="By what was recorded until this time.")] = "",
    attach: Annotated[str, typer.Option(help="Keep this photo or paper with the unit.")] = "",
    kind: Annotated[str, typer.Option(help="What is attached: photo, document, certificate, other.")] = "",
    note: Annotated[str, typer.Option(help="A note on what is attached.")] = "",
    operator: Annotated[str, typer.Option(help="Who attaches it.")] = "",
) -> int:
    """Show a unit's card: identity, state, place, verdict with arithmetic, files, full history."""
    until, recorded = _moment(at, "at"), _moment(known, "known")
    code = 0
    with manned(spooling=False) as station:
        if attach:
            _attach(station, scan, Offered(name=Path(attach).name, path=Path(attach)), kind, note, operator)
        if scan != "-":
            return _one(station, scan.encode(), until, recorded)
        with lines_of("-") as lines:
            for line in lines:
                try:
                    code = max(code, _one(station, line.rstrip(b"\r\n"), until, recorded))
                except Refusal as no:
                    code = speech.refused(no)
    return code


def _one(station: Station, raw: bytes, until: int | None, recorded: int | None) -> int:
    found = units_meant(station, raw)
    if not found:
        raise Refusal(Refused.UNIT_UNKNOWN, tag=raw.decode("utf-8", "replace")[:80])
    for each in found:
        card = station.cards.card(each.id, until=until, known=recorded, whole=True).result()
        speech.tell(card_json(card), card_words(card))
    return 0


def _attach(station: Station, scan: str, offered: Offered, kind: str, note: str, operator: str) -> None:
    """Keeps a file with the one unit that is meant."""
    found = units_meant(station, scan.encode())
    if len(found) != 1:
        makers = [unit.part_number for unit in found]
        raise (
            Refusal(Refused.AMBIGUOUS, part=scan[:80], makers=makers)
            if found
            else Refusal(Refused.UNIT_UNKNOWN, tag=scan[:80])
        )
    signed = station.sign_in(operator, "command line") if operator else station.sign_in_again()
    if signed is not None:
        signed.result()
    station.cards.attach(found[0].id, offered, kind=kind, note=note).result()


def units_meant(station: Station, raw: bytes) -> list[UnitRow]:
    """The units that a scan or a typed text means: several where one serial is on several parts."""
    found = read(Scan(raw=raw, device="command"), today=datetime.now(UTC).date())
    text = raw.decode("utf-8", "replace").strip()
    match found:
        case DockmarkTag(kind=TagKind.UNIT, payload=payload):
            identity = str(unit_of(payload))
            return station.ask(lambda session: [it for it in [units.unit(session, identity)] if it]).result()
        case Reading():
            item = item_of(found)
            serial = item.serial or found.text.strip()
            hits = station.ask(lambda session: units.units_by_text(session, serial, serial_key(serial))).result()
            if item.names_part:
                named = station.ask(lambda session: units.narrowed(session, hits, item.part_text, item.gtin)).result()
                return named or hits
            return hits
        case _:
            return station.ask(lambda session: units.units_by_text(session, text, serial_key(text))).result()


def _moment(text: str, field: str) -> int | None:
    if not text:
        return None
    try:
        if len(text) == len("2026-01-01"):
            return from_day(date.fromisoformat(text)) + 43_200 * 1_000_000 - 1
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Refusal(Refused.BAD_VALUE, field=field, value=text[:40]) from error
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1_000_000)


def search(
    text: Annotated[str, typer.Argument(help="What to look for.")],
    limit: Annotated[int, typer.Option(help="How many hits at most.", min=1, max=10_000)] = 50,
) -> int:
    """Find units, parts, places, orders, advices, partners and receipts."""
    with manned(spooling=False) as station:
        hits = station.search(text, limit).result()
    for hit in hits:
        told: dict[str, Any] = {"kind": hit.kind, "id": hit.id, "title": hit.title, "detail": hit.detail}
        about = hit.detail.split(" · ")
        if hit.kind == "unit" and len(about) > 1:
            about[1] = state_word(about[1])
        speech.tell(told, f"{kind_told(hit.kind):8} {hit.title}  {' · '.join(about)}")
    if not hits and not speech.as_json:
        speech.say(_("Nothing is known under this text."))
    return 0


def schema() -> int:
    """Print every event type with its body, every outcome, code, state and light."""
    speech.tell(words.vocabulary(), words.in_words())
    return 0


def add_to(app: typer.Typer) -> None:
    """Adds these subcommands."""
    for act in (unit, search, schema):
        app.command()(act)
