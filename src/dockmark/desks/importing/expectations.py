"""Expected units: announced by serial, lot or count, on an order line, on an advice, or on nothing yet.

A serial of one part that is announced twice is kept both times where the two stand on different lines: both suppliers
said so, each delivery has to find its own announcement, and it is the second arrival that has to be stopped, at the
dock, where the two pieces can be looked at. The second row is good and carries the warning `doubled_serial`. A row
that repeats another one word for word carries the warning too and is kept once.
"""

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from dockmark.desks.importing.announcing import Announced, Packed, Piece, expectations
from dockmark.desks.importing.judge import Judge, Ruling, Values, bad, text, texts
from dockmark.desks.importing.verdicts import RowSaid, Tally, Verdict
from dockmark.desks.importing.world import World
from dockmark.exchange.rows import Batch, Trouble
from dockmark.exchange.values import Value
from dockmark.identifiers.keys import part_key, serial_key
from dockmark.lookup import importing as asked
from dockmark.lookup.importing import Asn, Entry, OrderLine
from dockmark.record.canonical import Json
from dockmark.record.facts import Draft

_Cell = Value | None
_NAMING = ("part_number", "manufacturer", "order", "line", "order_line", "asn")
_SAYING = ("serial", "lot", "quantity", "expiry")


@dataclass(slots=True)
class _Aim:
    """What rows of the same part, order and advice are announced for."""

    part: str
    asn: str
    line: str
    lines: list[OrderLine]
    """The lines among which the row does not choose."""
    rows: list[Packed]
    """What is to be announced there."""
    usual: bool
    """Whether it is just one order line."""


class _Met(Enum):
    """Where a serial was met before."""

    LEDGER = 1
    FILE = 2


class ExpectedJudge(Judge):
    """Expected units."""

    READS: ClassVar[frozenset[str]] = frozenset({"part", "order", "asn", "expected"})

    def __init__(self, world: World, tally: Tally, defaults: Values | None = None) -> None:
        super().__init__(world, tally, defaults)
        self._aims: dict[tuple[_Cell, ...], _Aim | Ruling] = {}
        self._groups: dict[tuple[str, str], list[Packed]] = {}
        self._announced = Announced()
        self._met: dict[tuple[str, str], _Met | tuple[Json, ...]] = {}
        """Serials met before; what was packed where this file named it once and nobody has asked again."""
        self._boxes: set[str] = set()
        """Parts whose announcements without serial are known."""
        self._filled: Counter[str] = Counter()
        """Pieces announced for order lines that rows do not choose among."""
        self._virgin = not asked.anything_expected(world.session)

    def prepare(self, columns: Mapping[str, Sequence[_Cell]]) -> None:
        """Looks up the parts, orders and advices of a batch."""
        self.world.parts.want(map(part_key, texts(columns, "part_number")))
        self.world.orders.want(texts(columns, "order"))
        self.world.asns.want(texts(columns, "asn"))

    def rule(self, batch: Batch, warnings: dict[int, Trouble]) -> None:
        """Judges the rows of a batch. What is usual is done here, everything else is looked at more closely."""
        count, met, plain = len(batch.rows), self._met, array("q")
        serials, lots, quantities, expiries = (_column(batch.columns, name, count) for name in _SAYING)
        marks = [serial_key(serial) if isinstance(serial, str) else "" for serial in serials]
        self._look_up(marks)
        keys = zip(*(_column(batch.columns, name, count) for name in _NAMING), strict=True)
        for row, key, mark, serial, lot, quantity, expiry in zip(
            batch.rows, keys, marks, serials, lots, quantities, expiries, strict=True
        ):
            aim = self._aims.get(key) or self._aim(key)
            if isinstance(aim, Ruling):
                self.tally.note(row, aim.verdict, aim.code, aim.field, aim.value)
            elif mark and aim.usual and expiry is None and (name := (aim.part, mark)) not in met:
                # Plain tuples: the collector leaves fifty thousand of them in peace.
                met[name] = packed = (aim.part, serial, lot or "", aim.line)
                aim.rows.append(packed)
                plain.append(row)
            else:
                self._closely(
                    row, aim, mark, Piece(aim.part, serial or "", lot, aim.line, quantity or 1, expiry, aim.asn)
                )
        self.tally.note_all(plain, Verdict.NEW)

    def _look_up(self, marks: Sequence[str]) -> None:
        if self._virgin:
            return
        for key, before in asked.expected_by_serial(self.world.session, {mark for mark in marks if mark}).items():
            if key not in self._met:
                self._met[key] = _Met.LEDGER
                self._announced.learn(before)

    def _closely(self, row: int, aim: _Aim, mark: str, piece: Piece) -> None:
        key = (aim.part, mark)
        met = self._met.get(key)
        if isinstance(met, tuple):
            part, serial, lot, line = map(str, met)
            self._announced.of(Piece(part, serial, lot, line, 1, None))
        if not mark and aim.part not in self._boxes:
            self._boxes.add(aim.part)
            known = asked.expected_without_serial(self.world.session, (aim.part,))
            self._announced.learn(known.get(aim.part, ()))
        if aim.lines:
            piece = piece._replace(line=self._chosen(aim, mark, piece.quantity))
        verdict, fresh = self._announced.of(piece)
        if fresh:
            aim.rows.append(fresh)
        if not mark:
            self.tally.note(row, verdict, "", "quantity" if verdict is Verdict.CHANGED else "")
            return
        self._met[key] = _Met.FILE
        if (met is not None and met is not _Met.LEDGER) or (met is _Met.LEDGER and verdict is Verdict.NEW):
            self.tally.note(row, verdict, RowSaid.DOUBLED_SERIAL.value, "serial", piece.serial)
        else:
            self.tally.note(row, verdict, "", "lot" if verdict is Verdict.CHANGED else "")

    def _chosen(self, aim: _Aim, mark: str, quantity: int) -> str:
        """The line of the order that a row does not choose: where the serial stands already, else one with room."""
        known = self._announced.lines_of(aim.part, mark) if mark else []
        for line in aim.lines:
            if line.ref in known:
                return line.ref
        roomy = (line.ref for line in aim.lines if self._filled[line.ref] + quantity <= line.quantity)
        ref = next(roomy, aim.lines[0].ref)
        self._filled[ref] += quantity
        return ref

    # -- what rows are announced for --------------------------------------------------------------------------------

    def _aim(self, key: tuple[_Cell, ...]) -> _Aim | Ruling:
        naming = {name: value for name, value in zip(_NAMING, key, strict=True) if value is not None}
        found = self._aims[key] = self._aimed(naming)
        return found

    def _aimed(self, naming: Values) -> _Aim | Ruling:
        part = self.part_of(naming)
        asn = self.world.asns.first(text(naming, "asn")) if "asn" in naming else None
        if "asn" in naming and asn is None:
            return bad(RowSaid.ASN_UNKNOWN, "asn", naming["asn"])
        if "order" in naming:
            return self._on_order(naming, part, asn)
        if isinstance(part, Ruling):
            return part
        if asn is None:
            return self._made(part.id, "", None)
        for name, line in asn.lines.items():
            if line.part == part.id:
                ref = line.order_line or f"{asn.id}/{name}"
                order = line.order_line.partition("/")[0] or asn.order
                return self._made(part.id, order, asn, ref)
        return bad(RowSaid.WRONG_PART, "part_number", part.code)

    def _on_order(self, naming: Values, part: Entry | Ruling, asn: Asn | None) -> _Aim | Ruling:
        number, name, order_line = (text(naming, each) for each in ("order", "line", "order_line"))
        if name or order_line:
            line = self.world.order_line(number, name, order_line)
            if line is None:
                return bad(RowSaid.ORDER_UNKNOWN, "order_line" if order_line else "line", order_line or name)
            if isinstance(part, Ruling) and part.code != RowSaid.AMBIGUOUS_PART:
                return part
            if isinstance(part, Entry) and part.id != line.part:
                return bad(RowSaid.WRONG_PART, "part_number", part.code)
            return self._made(line.part, line.order_id, asn, line.ref)
        if isinstance(part, Ruling):
            return part
        order = self.world.orders.first(number)
        if order is None:
            return bad(RowSaid.ORDER_UNKNOWN, "order", number)
        lines = [line for line in order.lines.values() if line.part == part.id]
        if not lines:
            return bad(RowSaid.WRONG_PART, "part_number", part.code)
        if len(lines) == 1:
            return self._made(part.id, order.id, asn, lines[0].ref)
        return self._made(part.id, order.id, asn, "", lines)

    def _made(
        self, part: str, order: str, asn: Asn | None, ref: str = "", lines: list[OrderLine] | None = None
    ) -> _Aim:
        advice = asn.id if asn else ""
        rows = self._groups.setdefault((order, advice), [])
        return _Aim(part, advice, ref, lines or [], rows, usual=bool(ref) and not advice)

    def drafts(self) -> Iterator[Draft]:
        """One event for each order or advice, or for some hundred pieces of it."""
        identities = iter(self.world.new_id, "")
        for (order, asn), rows in self._groups.items():
            yield from expectations(rows, order, asn, identities)


def _column(columns: Mapping[str, Sequence[_Cell]], name: str, count: int) -> Sequence[_Cell]:
    return columns.get(name) or (None,) * count
