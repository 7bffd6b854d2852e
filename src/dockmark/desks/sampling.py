"""Fills a new ledger with the sample depot: four industries, a delivery under way, all that can be wrong."""

import re
import secrets
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import orjson

from dockmark.custody.events import UnitHeld
from dockmark.custody.reasons import Reason
from dockmark.desks.importing import Importing
from dockmark.desks.signing import badge_digest
from dockmark.identifiers.reading import TagKind
from dockmark.identifiers.tags import Command, badge_tag, command_tag, key_tag, number_tag, tag
from dockmark.ledger.ledger import Ledger
from dockmark.ledger.people import keep_person_record
from dockmark.lookup import catalogue, people, units
from dockmark.packed import packed
from dockmark.people.events import BadgeIssued, OperatorEnrolled
from dockmark.people.state import Role
from dockmark.record.clock import as_date
from dockmark.record.facts import Draft

KINDS = ("parts", "partners", "locations", "orders", "asn", "expected", "stock", "recalls", "ranges")
HELD = "LI7-90120"
PEOPLE = (("ben", "Ben Okafor", Role.OPERATOR), ("carla", "Carla Weiss", Role.INSPECTOR))
MADE_ON = date(2026, 11, 23)
_DAY = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")
NUMBERS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 20, 25, 50, 100, 200, 500)


@dataclass(frozen=True, slots=True)
class Tag:
    """One symbol of the sheet: what a scanner reads, what people read."""

    raw: str
    caption: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class SampleSheet:
    """Everything that is scanned from paper in the sample depot, by group."""

    groups: dict[str, list[Tag]] = field(default_factory=dict)


def fill_sample(ledger: Ledger) -> SampleSheet:
    """Imports the sample depot, enrols its people with badges, holds a unit; returns what there is to scan."""
    _import_all(ledger)
    badges = _enrol_people(ledger)
    _hold_one(ledger)
    delivery = [orjson.loads(line) for line in packed("sample-depot", "delivery.jsonl").read_bytes().splitlines()]
    return SampleSheet(
        {
            "delivery": _labels(delivery, "delivery"),
            "trouble": _labels(delivery, "trouble"),
            "commands": [Tag(command_tag(word), word.value) for word in Command if word is not Command.TYPED],
            "reasons": [Tag(tag(TagKind.REASON, reason.value), reason.value) for reason in Reason],
            "keypad": [*_keypad()],
            "numbers": [Tag(number_tag(number), str(number)) for number in NUMBERS],
            "places": _places(ledger),
            "orders": _orders(),
            "badges": badges,
        }
    )


def _import_all(ledger: Ledger) -> None:
    """The files with their days moved, so that the sample is as fresh on any day as it was on the day it was made."""
    late = as_date(ledger.clock.now_us()) - MADE_ON
    with tempfile.TemporaryDirectory(prefix="dockmark-sample-") as folder:
        for kind in KINDS:
            text = packed("sample-depot", f"{kind}.csv").read_text("utf-8")
            file = Path(folder) / f"{kind}.csv"
            file.write_text(_DAY.sub(lambda day: str(date.fromisoformat(day[0]) + late), text), "utf-8")
            result = Importing().run(ledger, kind, file)
            assert result.recorded == result.rows, f"{kind}: a row of the sample depot is bad"


def _labels(rows: Iterable[dict[str, str]], group: str) -> list[Tag]:
    return [Tag(row["raw"], row["caption"], row["note"]) for row in rows if row["group"] == group]


def _keypad() -> Iterable[Tag]:
    yield from (Tag(key_tag(digit), str(digit)) for digit in (7, 8, 9, 4, 5, 6, 1, 2, 3, 0))
    yield Tag(key_tag("E"), "ENTER")
    yield Tag(key_tag("C"), "CLEAR")


def _orders() -> list[Tag]:
    numbers = ("PO-4711", "PO-4712", "PO-4713", "ASN-90210")
    return [Tag(tag(TagKind.DOCUMENT, number.replace("-", "")), number) for number in numbers]


def _places(ledger: Ledger) -> list[Tag]:
    session = ledger.session()
    try:
        found = catalogue.places(session)
        return [Tag(catalogue.place_tag_of(session, place), place.code, place.name) for place in found]
    finally:
        session.close()


def _enrol_people(ledger: Ledger) -> list[Tag]:
    """Two more people, and a badge for everybody."""
    for operator, name, role in PEOPLE:
        with ledger.writing() as book:
            fact = OperatorEnrolled(roles=[role.value], name=keep_person_record(book, f"name {name}"))
            book.record(Draft(fact=fact, subj=(f"operator:{operator}",), new=True))
    session = ledger.session()
    everybody = people.operators(session)
    session.close()
    return [Tag(issue_badge(ledger, each.id), each.name, each.roles[0]) for each in everybody]


def issue_badge(ledger: Ledger, operator: str) -> str:
    """A new badge for a person: its tag is returned to be printed and kept nowhere, only its digest is."""
    badge = badge_tag(secrets.token_bytes(10))
    with ledger.writing() as book:
        kept = keep_person_record(book, f"badge {badge_digest(badge[3:-1])}")
        book.record(Draft(fact=BadgeIssued(badge=kept), subj=(f"operator:{operator}",)))
    return badge


def _hold_one(ledger: Ledger) -> None:
    with ledger.writing() as book:
        [held] = units.units_by_text(book.session, HELD, HELD)
        book.record(Draft(fact=UnitHeld(reason=Reason.DOUBT.value, note="swollen"), subj=(f"unit:{held.id}",)))
