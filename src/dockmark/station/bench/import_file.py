"""Take 50,000 expected units in from a CSV file. Both sides run in processes of their own, which tell their memory."""

import csv
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import orjson

from dockmark.catalog.events import OrderPlaced
from dockmark.database.session import Row
from dockmark.ledger.book import Book
from dockmark.record.canonical import Json
from dockmark.record.facts import Draft
from dockmark.station.bench.baselines import PlainTables
from dockmark.station.bench.children import child
from dockmark.station.bench.depot import add_part, new_ledger, opened, part_number
from dockmark.station.bench.report import Measure, Report, most, times
from dockmark.station.bench.timing import peak_memory_mb, spend
from dockmark.station.bench.workshop import Workshop

_PARTS = 40
_LINES = 5
_PIECES = 20
"""Units on one order line."""
_CHILD = "from dockmark.station.bench.import_file import in_child; in_child()"
_FILE = "units.csv"


def measure(shop: Workshop) -> Report:
    """Imports the same file into a fresh copy of the same ledger, round after round."""
    folder = shop.folder("import")
    template = folder / "template"
    template.mkdir()
    _make(template, shop.plan.rows)
    ours: list[dict[str, float]] = []
    plain: list[dict[str, float]] = []
    for number in range(shop.plan.rounds):
        place = folder / f"round-{number}"
        shutil.copytree(template, place)
        sides = [("ours", ours), ("plain", plain)]
        for side, told in sides if number % 2 == 0 else reversed(sides):
            told.append(child(_CHILD, side, str(place)))
        shutil.rmtree(place)

    def both(name: str) -> tuple[float, float]:
        return median(told[name] for told in ours), median(told[name] for told in plain)

    (cpu, plain_cpu), (wall, plain_wall), (memory, plain_memory) = both("cpu"), both("wall"), both("memory")
    return Report(
        job="import",
        measures=[
            Measure(name="cpu", unit="s", ours=cpu, baseline=plain_cpu, budget=times(5.0)),
            Measure(name="wall", unit="s", ours=wall, baseline=plain_wall),
            Measure(name="memory", unit="MB", ours=memory, baseline=plain_memory, budget=most(300.0)),
        ],
    )  # fmt: skip


def _make(folder: Path, rows: int) -> None:
    """A ledger with a catalogue and orders, closed again, and the file that announces their units."""
    ledger = new_ledger(folder)
    orders = -(-rows // (_LINES * _PIECES))
    with ledger.writing() as book:
        parts = [add_part(book, part) for part in range(_PARTS)]
        book.record(*(_order(book, parts, number) for number in range(orders)))
    ledger.make_room()
    ledger.close()
    with (folder / _FILE).open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("part_no", "serial", "lot", "po_line_id"))
        for row in range(rows):
            order, line = divmod(row // _PIECES, _LINES)
            part = (order + line) % _PARTS
            writer.writerow((part_number(part), f"E{row:08d}", f"L{row // 500:04d}", f"PO{order:06d}-{line}"))


def _order(book: Book, parts: list[str], number: int) -> Draft:
    lines: list[Json] = [
        {"line": f"PO{number:06d}-{line}", "part": parts[(number + line) % _PARTS], "quantity": _PIECES}
        for line in range(_LINES)
    ]
    fact = OrderPlaced(number=f"PO{number:06d}", ordered="2026-01-15", lines=lines)
    return Draft(fact=fact, subj=(f"order:{book.new_id()}",), new=True)


def in_child() -> None:
    """One side of one round: tells seconds and memory, as JSON on standard output."""
    side, place = sys.argv[1], Path(sys.argv[2])
    act = _ours if side == "ours" else _plain
    took = act(place)
    sys.stdout.write(orjson.dumps(took | {"memory": peak_memory_mb()}).decode())


def _ours(place: Path) -> dict[str, float]:
    from dockmark.desks.importing import Importing

    ledger = opened(place)
    done = []
    spent = spend(lambda _: done.append(Importing().run(ledger, "expected", place / _FILE)))
    ledger.close()
    assert not done[0].bad and done[0].recorded == done[0].rows, "every row is good and new"
    return {"cpu": spent.cpu, "wall": spent.wall, "rows": done[0].rows}


def _plain(place: Path) -> dict[str, float]:
    ledger = opened(place)
    session = ledger.session()
    parts = {row[0]: row[1] for row in session.all("SELECT part_number, id FROM parts")}
    lines = {row[0]: (row[1], row[2]) for row in session.all("SELECT line, id, order_id FROM order_lines")}
    session.close()
    tables = PlainTables(place / "plain.sqlite3", ledger.database.file, ["expected_units"])
    spent = spend(lambda _: tables.insert({"expected_units": _rows(place / _FILE, parts, lines)}))
    rows = tables.count("expected_units")
    tables.close()
    ledger.close()
    return {"cpu": spent.cpu, "wall": spent.wall, "rows": rows}


def _rows(file: Path, parts: dict[str, str], lines: dict[str, tuple[str, str]]) -> Iterator[Row]:
    with file.open(newline="", encoding="utf-8") as opened_file:
        reader = csv.reader(opened_file)
        next(reader)
        for number, (part, serial, lot, name) in enumerate(reader):
            line, order = lines[name]
            yield order, number, parts[part], serial, serial.upper(), lot, line, 1, "", order, ""
