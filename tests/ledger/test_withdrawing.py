"""Files taken back at one station while others went on: the same tables everywhere, whatever arrives first."""

import random

import pytest

from dockmark.catalog.events import (
    ExpectationWithdrawn,
    ImportCompleted,
    ImportReversed,
    OrderChanged,
    OrderPlaced,
    PartAdded,
    PartChanged,
    UnitsExpected,
)
from dockmark.custody.events import ActReversed, UnitPutAway, UnitStocked
from dockmark.ledger.accepting import accept
from dockmark.ledger.book import Book
from dockmark.ledger.ledger import Ledger
from dockmark.ledger.rebuild import rebuild
from dockmark.ledger.verify import Soundness, verify
from dockmark.record.canonical import Json
from dockmark.record.facts import Draft

from .conftest import MakeLedger
from .test_convergence import SteppingClock, events_of, tables_of, union_of

Ids = dict[str, list[str]]


def take_in(book: Book, chance: random.Random, known: Ids) -> str:
    """An import as any file might be: new things, and changes of older ones."""
    first = book.next_seq
    for _ in range(chance.randrange(1, 6)):
        choice = chance.randrange(6)
        name = book.new_id()
        if choice == 0:
            book.record(Draft(fact=PartAdded(told={"part_number": name[-6:]}), subj=(f"part:{name}",), new=True))
            known["part"].append(name)
        elif choice == 1:
            lines: list[Json] = [{"line": str(n), "part": "p", "quantity": n + 1} for n in range(3)]
            book.record(Draft(fact=OrderPlaced(number=name[-6:], lines=lines), subj=(f"order:{name}",), new=True))
            known["order"].append(name)
        elif choice == 2:
            rows: list[Json] = [["p", f"S{n}"] for n in range(3)]
            book.record(Draft(fact=UnitsExpected(rows=rows), subj=(f"expected:{name}",), new=True))
            known["expected"].append(name)
        elif choice == 3:
            fact = UnitStocked(part="p", serial=f"K{chance.randrange(9)}", place="a")
            book.record(Draft(fact=fact, subj=(f"unit:{name}",), new=True))
            known["unit"].append(name)
        elif choice == 4 and known["part"]:
            changed = PartChanged(told={"description": name[-3:]})
            book.record(Draft(fact=changed, subj=(f"part:{chance.choice(known['part'])}",)))
        elif known["unit"]:
            unit = f"unit:{chance.choice(known['unit'])}"
            before = book.fold.standing(unit)
            if before.events:
                fact = UnitStocked(part="p", serial="K1", place=f"b{chance.randrange(3)}")
                book.record(Draft(fact=ActReversed(reverses=[name]), subj=(unit,)), Draft(fact=fact, subj=(unit,)))
    name = book.new_id()
    spans: list[Json] = [[first, book.next_seq - 1]] if book.next_seq > first else []
    fact_done = ImportCompleted(kind="parts", file="f", sha256="0" * 64, rows=1, recorded=1, spans=spans)
    book.record(Draft(fact=fact_done, subj=(f"import:{name}",), new=True))
    return name


def go_on(book: Book, chance: random.Random, known: Ids, imports: list[str]) -> None:
    """Anything that happens meanwhile, at whatever station, to whatever it has heard of."""
    choice = chance.randrange(5)
    if choice == 0 and known["unit"]:
        unit = chance.choice(known["unit"])
        book.record(Draft(fact=UnitPutAway(place=f"c{chance.randrange(3)}"), subj=(f"unit:{unit}",)))
    elif choice == 1 and known["part"]:
        part = chance.choice(known["part"])
        book.record(Draft(fact=PartChanged(told={"cage": f"{chance.randrange(9)}"}), subj=(f"part:{part}",)))
    elif choice == 2 and known["order"]:
        order = f"order:{chance.choice(known['order'])}"
        if chance.random() < 0.5:
            book.record(Draft(fact=ExpectationWithdrawn(reason="late", lines=["1"]), subj=(order,)))
        else:
            line: list[Json] = [{"line": "1", "part": "p", "quantity": 9}]
            book.record(Draft(fact=OrderChanged(lines=line), subj=(order,)))
    elif imports:
        kept: dict[str, Json] = {}
        for kind, names in (("unit", []), ("order", ["0", "2"]), ("expected", ["1"]), ("part", [])):
            for each in known[kind]:
                if chance.random() < 0.3:
                    kept[f"{kind}:{each}"] = list(names)
        fact = ImportReversed(file="f", reason="wrong", withdrawn=1, kept=kept)
        book.record(Draft(fact=fact, subj=(f"import:{chance.choice(imports)}",)))


def stations_that_worked(make_ledger: MakeLedger, seed: int) -> list[Ledger]:
    chance = random.Random(seed)
    clocks = [SteppingClock(1_750_000_000_000_000 + skew * 1_000_000) for skew in (0, -3600, 5400)]
    first = make_ledger(f"w{seed}-0", clock=clocks[0], seed=seed)
    stations = [first] + [
        make_ledger(f"w{seed}-{n}", clock=clocks[n], ledger=first.identity.ledger, seed=seed) for n in (1, 2)
    ]
    known: Ids = {"part": [], "order": [], "expected": [], "unit": []}
    imports: list[str] = []
    for _ in range(40):
        station = chance.choice(stations)
        with station.writing() as book:
            if chance.random() < 0.35:
                imports.append(take_in(book, chance, known))
            else:
                go_on(book, chance, known, imports)
        if chance.random() < 0.3:
            accept(chance.choice(stations), events_of(station))
    return stations


@pytest.mark.parametrize("seed", range(8))
def test_tables_are_equal_whatever_arrives_first(make_ledger: MakeLedger, seed: int) -> None:
    stations = stations_that_worked(make_ledger, seed)
    union = union_of(stations)
    for ledger in stations:
        accept(ledger, union)
    wanted = tables_of(stations[0])
    assert tables_of(stations[1]) == wanted
    assert tables_of(stations[2]) == wanted
    assert any(row for row in wanted["imports"]), "files were taken in"
    for ledger in stations:
        assert verify(ledger).result is Soundness.NOT_WITNESSED
        rebuild(ledger)
        assert tables_of(ledger) == wanted
    chance = random.Random(seed)
    for attempt in range(12):
        reader = make_ledger(f"w{seed}-reader{attempt}", ledger=stations[0].identity.ledger, seed=seed)
        own = tables_of(reader)
        shuffled = union + chance.choices(union, k=len(union) // 3)
        chance.shuffle(shuffled)
        while shuffled:
            size = chance.randrange(1, 30)
            accept(reader, shuffled[:size])
            shuffled = shuffled[size:]
        got = tables_of(reader)
        for table, rows in wanted.items():
            assert [row for row in got[table] if row not in own[table]] == rows, table
        reader.close()


def test_a_unit_that_went_on_elsewhere_keeps_its_name_and_is_marked(make_ledger: MakeLedger) -> None:
    ledger = make_ledger("named")
    with ledger.writing() as book:
        unit, name = book.new_id(), book.new_id()
        first = book.next_seq
        book.record(Draft(fact=UnitStocked(part="p", serial="K1", place="a"), subj=(f"unit:{unit}",), new=True))
        done = ImportCompleted(kind="stock", file="f", sha256="", rows=1, recorded=1, spans=[[first, first]])
        book.record(Draft(fact=done, subj=(f"import:{name}",), new=True))
        book.record(Draft(fact=UnitPutAway(place="b"), subj=(f"unit:{unit}",)))
        book.record(Draft(fact=ImportReversed(file="f", reason="wrong"), subj=(f"import:{name}",)))
    session = ledger.session()
    assert session.all("SELECT serial, place, out_of_sequence FROM units") == [("K1", "b", 1)]
    session.close()
    assert verify(ledger).result is Soundness.NOT_WITNESSED


def test_a_span_never_reaches_beyond_the_import_that_tells_it(make_ledger: MakeLedger) -> None:
    ledger = make_ledger("beyond")
    with ledger.writing() as book:
        name, part = book.new_id(), book.new_id()
        done = ImportCompleted(kind="parts", file="f", sha256="", rows=1, recorded=1, spans=[[1, 10**6], ["x"], [5, 2]])
        book.record(Draft(fact=done, subj=(f"import:{name}",), new=True))
        book.record(Draft(fact=ImportReversed(file="f", reason="wrong"), subj=(f"import:{name}",)))
        book.record(Draft(fact=PartAdded(told={"part_number": "P"}), subj=(f"part:{part}",), new=True))
    session = ledger.session()
    assert session.value("SELECT count(*) FROM parts") == 1
    assert session.value("SELECT count(*) FROM stations") == 1
    session.close()
    assert verify(ledger).result is Soundness.NOT_WITNESSED
