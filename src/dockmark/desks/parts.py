"""Which part of the catalogue a label means."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dockmark.catalog.events import PartAdded
from dockmark.database.session import Session
from dockmark.desks.item import Item
from dockmark.desks.turn import Turn
from dockmark.identifiers.keys import part_key
from dockmark.lookup import catalogue
from dockmark.lookup.catalogue import Part
from dockmark.record.canonical import Json


@dataclass(frozen=True, slots=True)
class Match:
    """The part meant, or that several may be meant, or that none is known."""

    part: Part | None = None
    several: tuple[Part, ...] = ()


def match_part(session: Session, item: Item, wanted: Callable[[], list[str]]) -> Match:
    """The part that a label means; of several, one that the paper in hand wants or whose maker fits."""
    found = _candidates(session, item)
    if len(found) > 1:
        found = _narrowed(found, item, wanted())
    if len(found) == 1:
        return Match(part=found[0])
    return Match(several=tuple(found))


def _candidates(session: Session, item: Item) -> list[Part]:
    if item.gtin and (found := catalogue.parts_by_gtin(session, item.gtin)):
        return found
    for number in (item.part, item.customer_part):
        if number and (found := catalogue.parts_by_number(session, number)):
            return found
    return []


def _narrowed(found: list[Part], item: Item, wanted: Sequence[str]) -> list[Part]:
    on_paper = [part for part in found if part.id in wanted]
    if len(on_paper) == 1:
        return on_paper
    of_maker = [part for part in found if item.cage and part.cage == item.cage]
    if len(of_maker) == 1:
        return of_maker
    exact = [part for part in found if part_key(part.part_number) == part_key(item.part) and not part.manufacturer]
    return exact if len(exact) == 1 else on_paper or found


def add_part(turn: Turn, item: Item) -> Part:
    """Makes the part from the scan; its entry waits to be completed."""
    lot_only = not item.serial and (item.quantity > 0 or bool(item.lot))
    told: dict[str, Json] = {"part_number": item.part_text, "tracking": "lot" if lot_only else "serial"}
    for name in ("gtin", "cage"):
        if value := getattr(item, name):
            told[name] = value
    if item.part and item.customer_part:
        told["customer_part_number"] = item.customer_part
    identity = turn.book.new_id()
    turn.record(PartAdded(told=told, complete=False), f"part:{identity}", new=True)
    return Part(
        id=identity, part_number=item.part_text, gtin=item.gtin, cage=item.cage,
        tracking=str(told["tracking"]), complete=False,
    )  # fmt: skip
