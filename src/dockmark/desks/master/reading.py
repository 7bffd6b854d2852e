"""Entries as their forms show them."""

from collections.abc import Mapping, Sequence
from typing import Any

from dockmark.custody.state import reversals
from dockmark.database.session import Session
from dockmark.desks.master.views import NEW, EntryView, Field, OrderLineView, PastEvent
from dockmark.exchange.columns import Column, Type
from dockmark.exchange.forms import form_fields, line_fields, shown_value
from dockmark.lookup import master, people
from dockmark.people.state import Role
from dockmark.record.clock import as_moment
from dockmark.record.event import Seen
from dockmark.record.refusal import Refusal, Refused

_UNKNOWN = {
    "part": (Refused.PART_UNKNOWN, "part"), "partner": (Refused.PARTNER_UNKNOWN, "partner"),
    "place": (Refused.PLACE_UNKNOWN, "place"), "order": (Refused.ORDER_UNKNOWN, "order"),
    "operator": (Refused.OPERATOR_UNKNOWN, "operator"),
}  # fmt: skip
_TITLES = {"part": "part_number", "partner": "partner", "place": "place", "order": "order", "operator": "operator"}
ORDER_HEAD = ("order", "supplier", "ordered", "owner")


def unknown(kind: str, name: str) -> Refusal:
    """There is no such entry."""
    code, fact = _UNKNOWN[kind]
    return Refusal(code, **{fact: name[:80]})


def entry_view(session: Session, kind: str, identity: str) -> EntryView:
    """An entry, or with the id `new` an empty form."""
    if kind not in _TITLES:
        raise Refusal(Refused.BAD_VALUE, field="kind", value=kind[:40])
    identity = "" if identity == NEW else identity
    if kind == "operator":
        return _operator(session, identity)
    if kind == "order":
        return _order(session, identity)
    fields = tuple(_field(column) for column in form_fields(kind))
    if not identity:
        return EntryView(kind=kind, id="", fields=fields)
    found = master.entry(session, kind, identity)
    if found is None:
        raise unknown(kind, identity)
    told, complete = found
    return EntryView(
        kind=kind, id=identity, title=str(told.get(_TITLES[kind], "")), fields=fields, complete=complete,
        values=as_texts(session, form_fields(kind), told), history=history_of(session, kind, identity),
    )  # fmt: skip


def to_complete(session: Session, limit: int = 200) -> tuple[int, list[tuple[str, str, str]]]:
    """How many parts wait to be completed, and the first of them: id, number, maker."""
    return master.incomplete_parts(session, limit)


def as_texts(session: Session, columns: Sequence[Column], told: Mapping[str, Any]) -> dict[str, str]:
    """What was told, as it stands in a form."""
    currency = str(told.get("currency", ""))
    texts = {}
    for column in columns:
        value = told.get(column.name)
        if value is None or value == "":
            continue
        if column.name == "parent":
            value = master.name_of(session, "place", str(value))
        texts[column.name] = shown_value(column, value, currency)
    return texts


def _field(column: Column) -> Field:
    words = ("yes", "no") if column.type is Type.BOOL else tuple(column.words or ())
    return Field(column.name, column.required, words, column.type is Type.WORDS)


def _order(session: Session, identity: str) -> EntryView:
    heads = {column.name: column for column in form_fields("order")}
    fields = tuple(Field(name, name == "order", fixed=name != "supplier") for name in ORDER_HEAD if name in heads)
    lines = tuple(
        Field(column.name, column.name in ("part_number", "quantity"), fixed=column.name == "line")
        for column in line_fields()
    )
    if not identity:
        return EntryView(kind="order", id="", fields=fields, line_fields=lines)
    head = master.order(session, identity)
    if head is None:
        raise unknown("order", identity)
    number, partner, owner, ordered = head
    supplier = master.name_of(session, "partner", partner) if partner else ""
    values = {"order": number, "supplier": supplier, "ordered": ordered, "owner": owner}
    return EntryView(
        kind="order", id=identity, title=number, fields=fields, line_fields=lines,
        values={name: value for name, value in values.items() if value},
        lines=tuple(
            OrderLineView(line_texts(session, name, told), received, withdrawn)
            for name, told, received, withdrawn in master.order_lines(session, identity)
        ),
        history=history_of(session, "order", identity),
    )  # fmt: skip


def line_texts(session: Session, name: str, told: Mapping[str, Any]) -> dict[str, str]:
    """A line of an order as it stands in a form."""
    as_told = dict(told) | {"line": name, "part_number": master.name_of(session, "part", str(told.get("part", "")))}
    if "price" in told:
        as_told["unit_price"] = told["price"]
    if told.get("partner"):
        as_told["supplier"] = master.name_of(session, "partner", str(told["partner"]))
    return as_texts(session, line_fields(), as_told)


def _operator(session: Session, identity: str) -> EntryView:
    roles = tuple(role.value for role in Role)
    fields = (
        Field("operator", required=True, fixed=True), Field("name", required=True),
        Field("roles", required=True, words=roles, several=True), Field("disabled", words=("yes", "no")),
    )  # fmt: skip
    if not identity:
        return EntryView(kind="operator", id="", fields=fields, values={"roles": Role.OPERATOR.value})
    found = people.operator(session, identity)
    if found is None:
        raise unknown("operator", identity)
    values = {
        "operator": found.id, "name": found.name, "roles": " ".join(found.roles),
        "disabled": "yes" if found.disabled else "no",
    }  # fmt: skip
    return EntryView(
        kind="operator", id=identity, title=found.name or found.id, fields=fields, values=values,
        history=history_of(session, "operator", identity),
    )  # fmt: skip


# -- history ----------------------------------------------------------------------------------------------------------


def history_of(session: Session, kind: str, identity: str) -> tuple[PastEvent, ...]:
    """What was recorded of an entry, the latest first, with what each event changed."""
    subject = f"{kind}:{identity}"
    events = master.history(session, subject)
    gone = reversals(events, master.undone_imports(session).gone(subject, events))
    names = {each.id: each.name or each.id for each in people.operators(session)}
    told: dict[str, Any] = {}
    past = []
    for event in events:
        changes: tuple[tuple[str, str, str], ...] = ()
        if event.id not in gone and isinstance(event.body.get("told"), dict):
            changes = _changes(session, kind, told, event.body["told"])
            told |= event.body["told"]
        past.append(_past(event, names, event.id in gone, changes))
    return tuple(reversed(past))


def _changes(
    session: Session, kind: str, before: Mapping[str, Any], told: Mapping[str, Any]
) -> tuple[tuple[str, str, str], ...]:
    columns = [column for column in form_fields(kind) if column.name in told]
    was, now = as_texts(session, columns, before), as_texts(session, columns, told)
    names = [column.name for column in columns if was.get(column.name) != now.get(column.name)]
    return tuple((name, was.get(name, ""), now.get(name, "")) for name in names)


def _past(event: Seen, names: Mapping[str, str], undone: bool, changes: tuple[tuple[str, str, str], ...]) -> PastEvent:
    who = names.get(event.actor, event.actor)
    return PastEvent(event.id, as_moment(event.happened), who, event.type, event.body, undone, changes)
