"""The data folder that jobs are measured with: as many units as asked for, all alike on every machine."""

import random
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import orjson

from dockmark.catalog.events import PartAdded, PlaceAdded
from dockmark.custody.events import UnitStocked
from dockmark.desks.signing import sign_in
from dockmark.ledger.book import Book
from dockmark.ledger.keys import KeyFolder
from dockmark.ledger.ledger import Ledger
from dockmark.people.state import Role
from dockmark.record.canonical import Json
from dockmark.record.facts import Draft
from dockmark.station.bench.timing import spend
from dockmark.station.clock import StationClock
from dockmark.station.setup import enrol

OPERATOR = "bench"
PARTS = 200
PLACES = 40
CHUNK = 2_000
"""Units in one transaction."""
_MADE = "made.json"
_BRANCHES = ("AV", "CM", "ID", "MI", "RA", "TX", "WS", "ZK")
_SORTS = ("BAY", "FAN", "PSU", "LRU", "MOD")
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def part_number(part: int) -> str:
    """The number of a part of the bench's catalogue."""
    return f"{_BRANCHES[part % 8]}-{part:03d}{_SORTS[part % 5]}"


def gtin_of(part: int) -> str:
    """The GTIN of a part of the bench's catalogue, with its check digit."""
    digits = f"0401234{part:06d}"
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-total % 10}"


def serial_of(number: int) -> str:
    """The serial of the unit of this number, in the forms that makers use: counted, dated, digits, or drawn by lot."""
    part = number % PARTS
    match part % 4:
        case 0:
            return f"{part_number(part).replace('-', '')[:6]}{part:03d}{number:07d}"
        case 1:
            return f"{18 + number % 8}{1 + number // 8 % 52:02d}-{number:07d}"
        case 2:
            return f"{(number * 7_919 + 104_729) % 10**9:09d}"
        case _:
            return _in_letters(number * 0x9E3779B97F4A7C15 % 36**10)


def _in_letters(value: int) -> str:
    text = ""
    for _ in range(10):
        value, digit = divmod(value, 36)
        text += _LETTERS[digit]
    return text


@dataclass(slots=True, kw_only=True)
class Depot:
    """An open ledger in a folder of its own, with the key that belongs to it; somebody is signed in."""

    folder: Path
    ledger: Ledger
    parts: list[str]
    """Ids of the parts, by their number in the catalogue."""
    places: list[str]
    units: int
    seconds: float
    """How long it took to make."""

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.folder / "data"

    def close(self) -> None:
        """Lets go of the files."""
        self.ledger.close()

    def some_units(self, count: int, seed: object) -> list[str]:
        """Serials of units that are there, drawn by lot."""
        draw = random.Random(f"{seed}")  # noqa: S311 - the same units on every machine, and no secret
        return [serial_of(draw.randrange(self.units)) for _ in range(count)]


def depot_in(folder: Path, units: int) -> Depot:
    """The depot that was kept in this folder, or a new one."""
    if (folder / _MADE).is_file():
        return _kept(folder)
    ledger = new_ledger(folder)
    parts, places = _catalogue(ledger)
    took = spend(lambda _: _stock(ledger, parts, places, units)).wall
    told = {"parts": parts, "places": places, "units": units, "seconds": took}
    (folder / _MADE).write_bytes(orjson.dumps(told))
    return Depot(folder=folder, ledger=ledger, parts=parts, places=places, units=units, seconds=took)


def new_ledger(folder: Path) -> Ledger:
    """An empty ledger with one operator, who is signed in."""
    keys = KeyFolder(folder / "state")
    ledger = Ledger.create(folder / "data", keys, StationClock(), random=secrets.randbits(62), name="bench")
    enrol(ledger, OPERATOR, "Bench", (Role.ADMINISTRATOR,), method="init")
    return ledger


def opened(folder: Path) -> Ledger:
    """The ledger that was left in this folder, with its operator signed in again."""
    ledger = Ledger.open(folder / "data", KeyFolder(folder / "state"), StationClock())
    with ledger.writing() as book:
        sign_in(book, OPERATOR, "command line")
    return ledger


def _kept(folder: Path) -> Depot:
    told = orjson.loads((folder / _MADE).read_bytes())
    return Depot(folder=folder, ledger=opened(folder), **told)


def _catalogue(ledger: Ledger) -> tuple[list[str], list[str]]:
    with ledger.writing() as book:
        parts = [add_part(book, part) for part in range(PARTS)]
        places = [add_place(book, place) for place in range(PLACES)]
    return parts, places


def add_part(book: Book, part: int) -> str:
    """Enters a part of the bench's catalogue; returns its id."""
    identity = book.new_id()
    told: dict[str, Json] = {
        "part_number": part_number(part), "gtin": gtin_of(part), "description": f"Part {part} of the bench",
        "manufacturer": "Helix Rail", "warranty_months": 24,
    }  # fmt: skip
    book.record(Draft(fact=PartAdded(told=told), subj=(f"part:{identity}",), new=True))
    return identity


def add_place(book: Book, place: int) -> str:
    """Enters a bin of the bench's store; returns its id."""
    identity = book.new_id()
    told: dict[str, Json] = {"place": f"A-{place:02d}", "name": f"Shelf {place}", "kind": "bin"}
    book.record(Draft(fact=PlaceAdded(told=told), subj=(f"place:{identity}",), new=True))
    return identity


def _stock(ledger: Ledger, parts: list[str], places: list[str], units: int) -> None:
    for start in range(0, units, CHUNK):
        with ledger.writing() as book:
            book.record(*_stocked(book, parts, places, range(start, min(start + CHUNK, units))))
    ledger.index_search(1)


def _stocked(book: Book, parts: list[str], places: list[str], numbers: range) -> Iterator[Draft]:
    for number in numbers:
        part, place = parts[number % PARTS], places[number % PLACES]
        fact = UnitStocked(part=part, serial=serial_of(number), place=place)
        yield Draft(fact=fact, subj=(f"unit:{book.new_id()}",), refs=(f"part:{part}", f"place:{place}"), new=True)
