"""`set` and `withdraw`: entries of the catalogue added and corrected, and what will not come said so."""

from collections.abc import Sequence
from typing import Annotated

import typer

from dockmark.cli import speech
from dockmark.cli.opening import manned
from dockmark.desks.master import EntryView, Form, Saved
from dockmark.lookup import deliveries, people
from dockmark.record.refusal import Refusal, Refused
from dockmark.station.station import Station

_NAMING = {"part": "part_number", "partner": "partner", "place": "place", "order": "order", "operator": "operator"}


def set_entry(
    kind: Annotated[str, typer.Argument(help="part, partner, place, order or operator.")],
    name: Annotated[str, typer.Argument(help="Its number, code or id.")],
    fields: Annotated[list[str] | None, typer.Argument(help="field=value; an empty value empties the field.")] = None,
    line: Annotated[str, typer.Option(help="The line of an order that the fields are about; a new one is added.")] = "",
    reason: Annotated[str, typer.Option(help="Why it is corrected.")] = "",
    new: Annotated[bool, typer.Option("--new", help="Add it; without, it must be known.")] = False,
    operator: Annotated[str, typer.Option(help="Who does it; else whoever worked here last.")] = "",
) -> int:
    """Add or correct a part, partner, place, order or operator. Without fields, show it."""
    if kind not in _NAMING:
        raise Refusal(Refused.BAD_VALUE, field="kind", value=kind[:40])
    told = _pairs(fields or [])
    with manned(spooling=False) as station:
        identity = "" if new else _known(station, kind, name)
        view = station.master.open(kind, identity or "new").result()
        if not told and not new:
            _show(view)
            return 0
        sign_in_as(station, operator)
        saved = station.master.save(_form(view, name, told, line, reason)).result()
    _tell(saved)
    return 0


def withdraw(
    paper: Annotated[str, typer.Argument(help="Number of an order or ASN, or an order line.")],
    line: Annotated[
        list[str] | None, typer.Option(help="A line; several may be named. Without, all open ones.")
    ] = None,
    reason: Annotated[str, typer.Option(help="Why it will not come.")] = "",
    operator: Annotated[str, typer.Option(help="Who says so; else whoever worked here last.")] = "",
) -> int:
    """Say that what has not come on an order or ASN will not come: it is expected no longer."""
    with manned(spooling=False) as station:
        found = station.ask(lambda session: deliveries.paper(session, paper)).result()
        if found is None:
            raise Refusal(Refused.ORDER_UNKNOWN, order=paper[:80])
        names = list(line or [])
        if found.line and not names:
            names = [found.line.partition("/")[2]]
        sign_in_as(station, operator)
        subject = f"asn:{found.asn}" if found.kind == "asn" else f"order:{found.order}"
        saved = station.master.withdraw(subject, names, reason).result()
    _tell(saved)
    return 0


def _pairs(fields: Sequence[str]) -> dict[str, str]:
    told = {}
    for each in fields:
        name, sign, value = each.partition("=")
        if not sign:
            raise Refusal(Refused.BAD_VALUE, field="field", value=each[:60])
        told[name.strip()] = value
    return told


def _known(station: Station, kind: str, name: str) -> str:
    identity = station.master.named(kind, name).result()
    if identity:
        return identity
    codes = {"part": Refused.PART_UNKNOWN, "partner": Refused.PARTNER_UNKNOWN, "place": Refused.PLACE_UNKNOWN,
             "order": Refused.ORDER_UNKNOWN, "operator": Refused.OPERATOR_UNKNOWN}  # fmt: skip
    raise Refusal(codes[kind], **{kind: name[:80]})


def _form(view: EntryView, name: str, told: dict[str, str], line: str, reason: str) -> Form:
    """What the entry says now, with these fields in place of its own."""
    head = {field.name for field in view.fields}
    inner = {field.name for field in view.line_fields}
    about_line = bool(line) or (view.kind == "order" and not view.id)
    for field in told:
        if field not in head and not (about_line and field in inner):
            raise Refusal(Refused.BAD_VALUE, field=field[:40], value=told[field][:60])
    lines = [dict(each.values) for each in view.lines]
    if about_line:
        own = {key: value for key, value in told.items() if key in inner and (key not in head or line)}
        same = next((each for each in lines if line and each.get("line") == line), None)
        if same is not None:
            same.update(own)
        elif own:
            lines.append({**own, **({"line": line} if line else {})})
        told = {key: value for key, value in told.items() if key not in own}
    values = {**view.values, **({} if view.id else {_NAMING[view.kind]: name}), **told}
    return Form(kind=view.kind, id=view.id, values=values, lines=tuple(lines), reason=reason)


def sign_in_as(station: Station, operator: str) -> None:
    who = operator or station.ask(lambda session: people.last_at(session, station.ledger.identity.station)).result()
    station.sign_in(who, "command line").result()


def _show(view: EntryView) -> None:
    lines = [
        {**line.values, "received": line.received, "withdrawn": line.withdrawn} for line in view.lines
    ]  # fmt: skip
    told: dict[str, object] = {"kind": view.kind, "id": view.id, "complete": view.complete, "fields": dict(view.values)}
    if view.kind == "order":
        told["lines"] = lines
    told["history"] = [
        {"event": past.id, "at": past.at.isoformat(), "who": past.who, "type": past.type, "undone": past.undone,
         "changes": [list(change) for change in past.changes]}
        for past in view.history
    ]  # fmt: skip
    words = [f"{name}: {value}" for name, value in view.values.items()]
    words += ["  " + "  ".join(f"{key}={value}" for key, value in each.items()) for each in lines]
    speech.tell(told, "\n".join(words))


def _tell(saved: Saved) -> None:
    told = {
        "result": "added" if saved.is_new else "changed", "kind": saved.kind, "id": saved.id, "name": saved.title,
        "events": list(saved.events),
    }  # fmt: skip
    speech.tell(told, f"{saved.kind} {saved.title}: {told['result']}")


def add_to(app: typer.Typer) -> None:
    """Adds these subcommands."""
    app.command("set")(set_entry)
    app.command()(withdraw)
