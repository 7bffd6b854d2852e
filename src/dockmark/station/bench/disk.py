"""What an event after a unit's first costs on the disk, by growth of the ledger's file."""

import base64

from dockmark.custody.events import UnitConditionNoted, UnitPutAway, UnitStocked
from dockmark.ledger.ledger import Ledger
from dockmark.record.canonical import Json
from dockmark.record.facts import Draft, Fact
from dockmark.station.bench.depot import add_part, add_place, gtin_of, new_ledger, serial_of
from dockmark.station.bench.report import Measure, Report, most
from dockmark.station.bench.workshop import Workshop


def measure(shop: Workshop) -> Report:
    """Stocks units, then does one thing more to each, scan by scan."""
    count = shop.plan.later
    ledger = new_ledger(shop.folder("disk"))
    units: list[str] = []
    with ledger.writing() as book:
        part, place = add_part(book, 0), add_place(book, 0)
        for number in range(count):
            units.append(book.new_id())
            fact = UnitStocked(part=part, serial=serial_of(number), place=place)
            book.record(Draft(fact=fact, subj=(f"unit:{units[-1]}",), new=True))
    ledger.index_search(1)
    before = _size(ledger)
    for number, unit in enumerate(units):
        with ledger.writing() as book:
            refs = (f"place:{place}",) if number % 2 else ()
            book.record(Draft(fact=_later(number, place), subj=(f"unit:{unit}",), refs=refs))
    grown = (_size(ledger) - before) / count
    ledger.close()
    return Report(job="disk", measures=[Measure(name="event", unit="B", ours=grown, budget=most(1200.0))])


def _later(number: int, place: str) -> Fact:
    raw = f"]d201{gtin_of(0)}21{serial_of(number)}".encode()
    scan: dict[str, Json] = {"raw_b64": base64.b64encode(raw).decode(), "device": "wedge"}
    if number % 2:
        return UnitPutAway(place=place, scan=scan)
    return UnitConditionNoted(condition="unserviceable", damaged=True, scan=scan)


def _size(ledger: Ledger) -> int:
    ledger.make_room()
    return ledger.database.file.stat().st_size
