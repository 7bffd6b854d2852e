"""Parts, partners and places: added, completed and corrected, field by field."""

from collections.abc import Mapping

from dockmark.catalog.events import PartAdded, PartChanged, PartnerAdded, PartnerChanged, PlaceAdded, PlaceChanged
from dockmark.desks.master.reading import unknown
from dockmark.desks.master.saving import refuse_without_reason, refuse_wrong
from dockmark.desks.master.views import Form, Saved
from dockmark.exchange.forms import form_fields, read_all
from dockmark.exchange.values import Value
from dockmark.ledger.book import Book
from dockmark.lookup import master
from dockmark.record.canonical import Json
from dockmark.record.facts import Draft, Fact
from dockmark.record.refusal import Refusal, Refused

_TITLE = {"part": "part_number", "partner": "partner", "place": "place"}


def save_entry(book: Book, form: Form) -> Saved:
    """Records what a form says that is not known yet."""
    refuse_wrong(book, form)
    values, _faults = read_all(form_fields(form.kind), form.values)
    wanted = _as_told(book, values)
    title = str(values.get(_TITLE[form.kind], ""))
    if not form.id:
        identity = book.new_id()
        [event] = book.record(Draft(fact=_added(form.kind, wanted), subj=(f"{form.kind}:{identity}",), new=True))
        book.flush()
        return Saved(kind=form.kind, id=identity, title=title, events=(event,), is_new=True)
    found = master.entry(book.session, form.kind, form.id)
    if found is None:
        raise unknown(form.kind, form.id)
    before, complete = found
    told = _differing(form, before, wanted)
    if not told and complete:
        raise Refusal(Refused.NOTHING_CHANGED)
    refuse_without_reason(any(before.get(name) not in (None, "") for name in told), form.reason)
    fact = _changed(form.kind, told, form.reason.strip()[:500])
    [event] = book.record(Draft(fact=fact, subj=(f"{form.kind}:{form.id}",)))
    book.flush()
    return Saved(kind=form.kind, id=form.id, title=title, events=(event,))


def _as_told(book: Book, values: Mapping[str, Value]) -> dict[str, Json]:
    told: dict[str, Json] = {name: int(value) if isinstance(value, bool) else value for name, value in values.items()}
    if "parent" in told:
        told["parent"] = master.coded(book.session, "place", str(told["parent"]))
    return told


def _differing(form: Form, before: Mapping[str, object], wanted: Mapping[str, Json]) -> dict[str, Json]:
    """What the form says otherwise; a field that it shows empty and that was told before is told to be empty."""
    told = {name: value for name, value in wanted.items() if before.get(name) != value}
    for column in form_fields(form.kind):
        if column.name in form.values and column.name not in wanted and before.get(column.name) not in (None, ""):
            told[column.name] = ""
    return told


def _added(kind: str, told: dict[str, Json]) -> Fact:
    if kind == "part":
        return PartAdded(told=told)
    return PartnerAdded(told=told) if kind == "partner" else PlaceAdded(told=told)


def _changed(kind: str, told: dict[str, Json], reason: str) -> Fact:
    if kind == "part":
        return PartChanged(told=told, reason=reason)
    made = PartnerChanged if kind == "partner" else PlaceChanged
    return made(told=told, reason=reason)
