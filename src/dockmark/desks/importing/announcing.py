"""Units announced one by one or by the box: what is new beside what was announced before."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from dockmark.catalog.events import UnitsExpected
from dockmark.desks.importing.packing import packed, refs_of
from dockmark.desks.importing.verdicts import Verdict
from dockmark.identifiers.keys import serial_key
from dockmark.lookup.importing import Expected
from dockmark.record.canonical import Json
from dockmark.record.facts import Draft

Packed = Sequence[Json]
"""A row of a `units_expected` event."""


class Piece(NamedTuple):
    """What a row announces. What it does not say of lot and expiry is None."""

    part: str
    serial: str
    lot: str | None
    line: str
    quantity: int
    expiry: str | None
    asn: str = ""


class Announced:
    """What was announced before, and what rows add to it.

    A serial announced again for the same line says nothing new, unless its lot or expiry differs: then it stands
    beside the earlier announcement, which no file can take back. Boxes without serials count together: only what
    exceeds the number known is new.
    """

    def __init__(self, before: Iterable[Expected] = ()) -> None:
        self._serials: dict[tuple[str, str], list[tuple[str, str, str, str]]] = {}
        self._boxes: dict[tuple[str, str, str, str, str], int] = {}
        self._taken: dict[tuple[str, str, str, str, str], int] = {}
        self.learn(before)

    def learn(self, before: Iterable[Expected]) -> None:
        """These were announced before."""
        for it in before:
            if it.serial_key:
                told = (it.line, it.asn, it.lot, it.expiry)
                self._serials.setdefault((it.part, it.serial_key), []).append(told)
            else:
                box = (it.part, it.lot, it.line, it.expiry, it.asn)
                self._boxes[box] = self._boxes.get(box, 0) + it.quantity

    def lines_of(self, part: str, mark: str) -> list[str]:
        """The lines that a serial was announced for."""
        return [line for line, *_ in self._serials.get((part, mark), ())]

    def of(self, piece: Piece) -> tuple[Verdict, Packed | None]:
        """The verdict on a piece, and what is to be announced of it."""
        return self._serial(piece) if piece.serial else self._box(piece)

    def _serial(self, piece: Piece) -> tuple[Verdict, Packed | None]:
        told = self._serials.setdefault((piece.part, serial_key(piece.serial)), [])
        here = [(lot, expiry) for line, asn, lot, expiry in told if line == piece.line and asn == piece.asn]
        if any(piece.lot in (None, lot) and piece.expiry in (None, expiry) for lot, expiry in here):
            return Verdict.SAME, None
        told.append((piece.line, piece.asn, piece.lot or "", piece.expiry or ""))
        return Verdict.CHANGED if here else Verdict.NEW, as_packed(piece, piece.quantity)

    def _box(self, piece: Piece) -> tuple[Verdict, Packed | None]:
        box = (piece.part, piece.lot or "", piece.line, piece.expiry or "", piece.asn)
        known, taken = self._boxes.get(box, 0), self._taken.get(box, 0)
        self._taken[box] = taken + piece.quantity
        excess = min(taken + piece.quantity - known, piece.quantity)
        if excess <= 0:
            return Verdict.SAME, None
        return Verdict.NEW if taken >= known else Verdict.CHANGED, as_packed(piece, excess)


def as_packed(piece: Piece, quantity: int) -> Packed:
    """The piece as it stands in an event: trailing blanks left out."""
    row: list[Json] = [piece.part, piece.serial, piece.lot or "", piece.line, quantity, piece.expiry or ""]
    blanks: list[Json] = ["", "", "", "", 1, ""]
    while row[-1] == blanks[len(row) - 1]:
        row.pop()
    return row


def expectations(rows: Sequence[Packed], order: str, asn: str, identities: Iterator[str]) -> Iterator[Draft]:
    """The events that announce these pieces, for an order, an advice, both or neither."""
    refs = refs_of(("order", order), ("asn", asn))
    for some in packed(rows):
        subj = (f"expected:{next(identities)}",)
        yield Draft(fact=UnitsExpected(rows=list(some), order=order, asn=asn), subj=subj, refs=refs, new=True)
