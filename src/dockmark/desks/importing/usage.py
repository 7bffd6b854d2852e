"""What was done since with what a file said: that stays when the file is taken back."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from dockmark.database.session import Session
from dockmark.identifiers.keys import serial_key
from dockmark.lookup import imports as asked
from dockmark.lookup.imports import Import, Told

_ADDED: Final = frozenset({"part_added", "partner_added", "place_added", "order_placed", "asn_advised",
                           "recall_announced", "serial_range_stated", "unit_stocked"})  # fmt: skip
_LINED: Final = frozenset({"order", "asn", "expected"})


@dataclass(slots=True)
class Thing:
    """Everything that an import said of one subject."""

    subject: str
    added: bool = False
    last: int = 0
    said: list[dict[str, Any]] = field(default_factory=list)
    lines: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Lines of an order or advice by name; rows of an expectation by number."""
    kept: bool = False
    kept_lines: set[str] = field(default_factory=set)

    @property
    def kind(self) -> str:
        """Part, order, unit …"""
        return self.subject.partition(":")[0]

    @property
    def id(self) -> str:
        """Its id."""
        return self.subject.partition(":")[2]

    @property
    def size(self) -> int:
        """How many rows of a file it stands for."""
        return len(self.lines) if self.kind in _LINED and self.lines else 1

    @property
    def staying(self) -> int:
        """How many of them stay."""
        return self.size if self.kept else len(self.kept_lines)

    def word(self, name: str) -> str:
        """A field that it was said to have; the last that was said."""
        for body in reversed(self.said):
            value = body.get(name, body.get("told", {}).get(name))
            if isinstance(value, str):
                return value
        return ""


class Usage:
    """Decides of each thing that an import brought whether it stays."""

    def __init__(self, session: Session, of: Import) -> None:
        self._session = session
        self._import = of
        self.things: dict[str, Thing] = {}
        for told in asked.told_by(session, of.station, of.spans):
            self._take(told)
        latest = {thing.subject: thing.last for thing in self.things.values() if thing.added}
        self._touched = asked.touched_since(session, latest, of.station, of.spans)

    def _take(self, told: Told) -> None:
        thing = self.things.setdefault(told.subject, Thing(told.subject))
        thing.added = thing.added or told.type in _ADDED
        thing.last = max(thing.last, told.ts)
        thing.said.append(told.body)
        for line in told.body.get("lines", ()):
            thing.lines[str(line.get("line", ""))] = line
        if told.type == "units_expected":
            thing.lines.update({str(number): _row(row) for number, row in enumerate(told.body.get("rows", ()))})

    def decide(self) -> None:
        """What is referred to is decided after what refers to it."""
        for thing in self.things.values():
            thing.kept = thing.subject in self._touched
        self._expectations()
        self._orders()
        self._advices()
        self._parts()
        self._places()
        self._partners()

    def of(self, kind: str) -> list[Thing]:
        """The things of one kind."""
        return [thing for thing in self.things.values() if thing.kind == kind]

    def _gone(self, kind: str) -> set[str]:
        return {thing.id for thing in self.of(kind) if not thing.kept and not thing.kept_lines}

    def _ask(self, select: str, keys: Iterable[str]) -> set[Any]:
        return asked.found_among(self._session, select, keys)

    # -- what is to come --------------------------------------------------------------------------------------------

    def _expectations(self) -> None:
        things = self.of("expected")
        rows = [row for thing in things for row in thing.lines.values()]
        here = self._ask(asked.HERE, (row["key"] for row in rows if row["key"]))
        came = self._came(row["line"] for row in rows if not row["key"])
        for thing in things:
            for name, row in thing.lines.items():
                if (row["key"], row["part"]) in here or (not row["key"] and row["line"] in came):
                    thing.kept_lines.add(name)

    def _came(self, lines: Iterable[str]) -> set[str]:
        """The lines on which something was received."""
        return self._ask(asked.CAME_ON_LINE, lines)

    def _staying_rows(self, column: str, keys: Iterable[str]) -> set[str]:
        """Lines, orders or advices that rows of other expectations, or staying ones of this, are for."""
        going = Counter[str]()
        for thing in self.of("expected"):
            for name, row in thing.lines.items():
                if name not in thing.kept_lines and not thing.kept:
                    going[row["line"] if column == "line" else thing.word("asn")] += 1
        return {key for key, count in self._ask(asked.EXPECTED_ON[column], keys) if count > going[key]}

    def _orders(self) -> None:
        things = self.of("order")
        ids = [thing.id for thing in things]
        refs = [f"{thing.id}/{name}" for thing in things for name in thing.lines]
        open_now = self._ask(asked.ORDER_OPEN, ids)
        advised = self._ask(asked.ADVISED, refs)
        going = {thing.id for thing in self.of("asn") if not thing.kept}
        used = self._came(refs) | self._staying_rows("line", refs) | {line for asn, line in advised if asn not in going}
        for thing in things:
            thing.kept = thing.kept or thing.id in open_now
            thing.kept_lines |= {name for name in thing.lines if f"{thing.id}/{name}" in used}

    def _advices(self) -> None:
        things = self.of("asn")
        ids = [thing.id for thing in things]
        open_now = self._ask(asked.ADVICE_OPEN, ids)
        came = self._ask(asked.CAME_ON_ADVICE, ids)
        staying = self._staying_rows("asn_id", ids)
        for thing in things:
            thing.kept = thing.kept or thing.id in open_now or thing.id in staying
            for name, line in thing.lines.items():
                if (thing.id, line.get("order_line") or f"{thing.id}/{name}") in came:
                    thing.kept_lines.add(name)

    # -- the catalogue ----------------------------------------------------------------------------------------------

    def _parts(self) -> None:
        things = [thing for thing in self.of("part") if thing.added]
        if not things:
            return
        used: Counter[str] = Counter()
        for table in ("units", "order_lines", "asn_lines", "expected_units", "recalls", "serial_ranges"):
            used.update(asked.counted_by(self._session, table, "part"))
        for thing in self.things.values():
            if thing.kind in _LINED:
                staying = thing.kept_lines or (set(thing.lines) if thing.kept else set())
                for name in set(thing.lines) - (set(thing.lines) if thing.kept else staying):
                    used[str(thing.lines[name].get("part", ""))] -= 1
            elif thing.kind in ("recall", "range", "unit") and not thing.kept:
                used[thing.word("part")] -= 1
        for thing in things:
            thing.kept = thing.kept or used[thing.id] > 0

    def _places(self) -> None:
        things = {thing.id: thing for thing in self.of("place") if thing.added}
        if not things:
            return
        used = Counter(asked.counted_by(self._session, "units", "place"))
        used.update(asked.counted_by(self._session, "receipts", "place"))
        used.subtract(thing.word("place") for thing in self.of("unit") if not thing.kept)
        hands = asked.in_hand(self._session)
        for identity, thing in things.items():
            thing.kept = thing.kept or used[identity] > 0 or identity in hands
        moved_back = {thing.id for thing in self.of("place") if not thing.added and thing.word("parent")}
        within = {pair for pair in self._ask(asked.WITHIN, things) if pair[0] not in moved_back}
        grown = True
        while grown:
            outer = {parent for inner, parent in within if inner not in things or things[inner].kept}
            grown = any(not things[identity].kept for identity in outer)
            for identity in outer:
                things[identity].kept = True

    def _partners(self) -> None:
        things = [thing for thing in self.of("partner") if thing.added]
        ids, codes = [thing.id for thing in things], [thing.word("partner") for thing in things]
        used: set[str] = set()
        for kind, table in (("order", "orders"), ("asn", "asns"), ("range", "serial_ranges"), ("", "receipts")):
            gone = self._gone(kind) if kind else set()
            rows = self._ask(asked.PARTNER_OF[table], ids)
            used |= {partner for identity, partner in rows if identity not in gone}
        used |= self._ask(asked.PARTNER_OF_UNITS, ids)
        gone = self._gone("part")
        named = self._ask(asked.SUPPLIER_OF, codes)
        used |= {supplier for identity, supplier in named if identity not in gone}
        gone = self._gone("unit")
        owned = self._ask(asked.OWNER_OF, codes)
        used |= {owner for identity, owner in owned if identity not in gone}
        for thing, code in zip(things, codes, strict=True):
            thing.kept = thing.kept or thing.id in used or code in used


def _row(row: object) -> dict[str, Any]:
    """A row of `units_expected` by name."""
    blanks: list[Any] = ["", "", "", "", 1, ""]
    cells = [*row, *blanks[len(row) :]] if isinstance(row, list) else blanks
    return {"part": cells[0], "serial": cells[1], "key": serial_key(str(cells[1])), "lot": cells[2], "line": cells[3]}
