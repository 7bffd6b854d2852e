"""Takes a whole file back: what was not used is withdrawn, what was used stays, and both are said beforehand.

Nothing is taken away from the history. One `import_reversed` names the import and what of it stays; the folds pass
over everything else that the file said.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import orjson

from dockmark.catalog.events import ImportReversed
from dockmark.database.session import Session
from dockmark.desks.importing.packing import LARGEST
from dockmark.desks.importing.usage import Thing, Usage
from dockmark.ledger.book import Book
from dockmark.lookup import imports as asked
from dockmark.lookup import people
from dockmark.lookup.imports import Import
from dockmark.people.state import Role
from dockmark.record.canonical import Json
from dockmark.record.facts import Draft
from dockmark.record.refusal import Refusal, Refused

SHOWN = 200
MAY_UNDO = frozenset({Role.SUPERVISOR.value, Role.ADMINISTRATOR.value})


@dataclass(frozen=True, slots=True)
class Item:
    """Something that a file said, by its kind (part, order_line, expected …) and what people call it."""

    kind: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoPlan:
    """What an undo withdraws and what stays: how many of each kind, and the first of them by name."""

    import_id: str
    file: str
    kind: str
    withdrawn: dict[str, int]
    kept: dict[str, int]
    withdrawn_items: tuple[Item, ...] = ()
    kept_items: tuple[Item, ...] = ()
    event: str = ""
    """Id of the `import_reversed` event, once it is done."""

    @property
    def count(self) -> int:
        """How many things are withdrawn."""
        return sum(self.withdrawn.values())


_KIND = {"order": "order_line", "asn": "asn_line"}


def plan_undo(session: Session, name: str) -> UndoPlan:
    """What the undo of this import would do. Refused where there is no such import, or it is undone already."""
    return _planned(session, name)[0]


def undo_import(book: Book, name: str, reason: str) -> UndoPlan:
    """Takes an import back. A supervisor's work, with a reason."""
    _refuse_others(book)
    if not reason.strip():
        raise Refusal(Refused.CORRECTION_NEEDS_REASON)
    plan, found, usage = _planned(book.session, name)
    if not plan.count:
        raise Refusal(Refused.IMPORT_KEPT_WHOLE, file=found.file)
    events = book.record(
        *(
            Draft(
                fact=ImportReversed(file=found.file, reason=reason.strip()[:500], withdrawn=plan.count, kept=kept),
                subj=(f"import:{found.id}",),
            )
            for kept in _packed(usage.things.values())
        )
    )
    book.flush()
    return UndoPlan(
        import_id=plan.import_id, file=plan.file, kind=plan.kind, withdrawn=plan.withdrawn, kept=plan.kept,
        withdrawn_items=plan.withdrawn_items, kept_items=plan.kept_items, event=events[0],
    )  # fmt: skip


def _refuse_others(book: Book) -> None:
    who = people.operator(book.session, book.actor) if book.actor else None
    if who is None or not MAY_UNDO & set(who.roles):
        role = who.roles[0] if who and who.roles else ""
        raise Refusal(Refused.NOT_ALLOWED, operator=who.id if who else "", role=role)


def _planned(session: Session, name: str) -> tuple[UndoPlan, Import, Usage]:
    found = asked.import_named(session, name)
    if found is None:
        raise Refusal(Refused.IMPORT_UNKNOWN, name=name[:60])
    if found.is_reversed:
        raise Refusal(Refused.IMPORT_UNDONE, file=found.file)
    usage = Usage(session, found)
    usage.decide()
    withdrawn: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for thing in usage.things.values():
        kind = _KIND.get(thing.kind, thing.kind)
        kept[kind] += thing.staying
        withdrawn[kind] += thing.size - thing.staying
    things = list(usage.things.values())
    plan = UndoPlan(
        import_id=found.id, file=found.file, kind=found.kind, withdrawn=dict(+withdrawn), kept=dict(+kept),
        withdrawn_items=_items(session, things, stays=False), kept_items=_items(session, things, stays=True),
    )  # fmt: skip
    return plan, found, usage


def _items(session: Session, things: Iterable[Thing], *, stays: bool) -> tuple[Item, ...]:
    """The first things that go, or stay, by name."""
    chosen: list[tuple[Thing, str]] = []
    for thing in things:
        for name in thing.lines if thing.kind in ("order", "asn", "expected") and thing.lines else ("",):
            if (thing.kept or name in thing.kept_lines) is stays:
                chosen.append((thing, name))
        if len(chosen) >= SHOWN:
            break
    titles = asked.titles(session, [thing.subject for thing, _ in chosen[:SHOWN]])
    parts = [str(thing.lines[name].get("part", "")) for thing, name in chosen[:SHOWN] if thing.kind == "expected"]
    titles |= asked.titles(session, [f"part:{part}" for part in parts])
    return tuple(Item(_KIND.get(thing.kind, thing.kind), _title(thing, name, titles)) for thing, name in chosen[:SHOWN])


def _title(thing: Thing, name: str, titles: dict[str, str]) -> str:
    if thing.kind == "expected":
        row = thing.lines[name]
        return f"{titles.get('part:' + str(row['part']), '')} {row['serial'] or row['lot']}".strip()
    title = titles.get(thing.subject, thing.id)
    return f"{title}/{name}" if name and not name.startswith(title) else name or title


def _packed(things: Iterable[Thing]) -> Iterator[dict[str, Json]]:
    """What stays, in pieces that fit into an event; at least one, be it empty."""
    piece: dict[str, Json] = {}
    size, told = 0, False
    for thing in things:
        if not thing.kept and not thing.kept_lines:
            continue
        names: list[Json] = [] if thing.kept else [*sorted(thing.kept_lines)]
        weight = len(thing.subject) + len(orjson.dumps(names)) + 6
        if piece and size + weight > LARGEST:
            yield piece
            piece, size, told = {}, 0, True
        piece[thing.subject] = names
        size += weight
    if piece or not told:
        yield piece
