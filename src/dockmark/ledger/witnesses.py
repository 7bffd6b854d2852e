"""What checkpoints, cosignatures and other stations' heads witness of a ledger, held against what is there."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from dockmark.database.session import Session
from dockmark.ledger.chains import Broken
from dockmark.ledger.checkpoints import Heads, Note, notes
from dockmark.record.merkle import Tree, leaf_hash

_CHUNK: Final = 4096
_MOST_FLAGS: Final = 20

Place = dict[str, str | int]


@dataclass(frozen=True, slots=True)
class _Told:
    """One station told of another one's head."""

    by: str
    seq: int
    ts: int
    station: str
    head: int
    hash: str


@dataclass(frozen=True, slots=True)
class _Cosigned:
    by: str
    seq: int
    maker: str
    number: int
    note: str


@dataclass(slots=True)
class Witnessed:
    """What was found: remarks that break nothing, and up to where another station's signature reaches."""

    flags: list[Place] = field(default_factory=list)
    notes: dict[tuple[str, int], Note] = field(default_factory=dict)
    cosigned: list[Note] = field(default_factory=list)


class Witnesses:
    """Listens while the chains are read, and judges when all of them were found whole.

    The trees of checkpoints grow while the events pass, so that no event is read twice and memory stays flat.
    """

    def __init__(self, session: Session, stations: Sequence[str], own: str) -> None:
        self._session = session
        self._own = own
        self._notes = list(notes(session, stations))
        self._known = {(note.maker, note.seq): note for note in self._notes}
        self._trees = [Tree() for _ in self._notes]
        self._cuts = _cuts(self._notes)
        self._told: list[_Told] = []
        self._cosigned: list[_Cosigned] = []
        self._found = Witnessed()
        self._heads: Heads = {}
        self._begin("")

    # -- while the chains are read ----------------------------------------------------------------------------------

    def _begin(self, station: str) -> None:
        self._station = station
        self._pending: list[bytes] = []
        self._open = list(reversed(self._cuts.get(station, ())))
        self._next = self._open[-1][0] if self._open else 0

    def begin(self, station: str) -> None:
        """The chain of this station is read from its beginning."""
        self._begin(station)

    def take(self, seq: int, digest: bytes) -> None:
        """The hash of its next event. Called for every event: it does as little as it can."""
        self._pending.append(digest)
        if seq == self._next or len(self._pending) >= _CHUNK:
            self._cut(seq)

    def look(self, core: dict[str, Any], digest: bytes) -> None:
        """An event that says something of checkpoints, or of other stations' heads."""
        kind, station, seq = core["type"], core["station"], core["seq"]
        if kind == "checkpoint_made" and (station, seq) not in self._known:
            raise Broken("checkpoint_form", station, seq)
        if kind == "checkpoint_cosigned":
            body = core["body"]
            self._cosigned.append(
                _Cosigned(station, seq, str(body.get("maker")), body.get("number", 0), str(body.get("note")))
            )
        for told in core.get("wit", ()):
            if not _is_told(told):
                raise Broken("witness_form", station, seq)
            self._told.append(_Told(station, seq, core["ts"], *told))

    def end(self, seq: int, digest: str) -> None:
        """The chain was read to its end."""
        self._heads[self._station] = (seq, digest)

    def _cut(self, seq: int) -> None:
        """Hands what has passed to the trees that it belongs to."""
        if self._open:
            hashes = [leaf_hash(digest) for digest in self._pending]
            for tree in self._open[-1][1]:
                self._trees[tree].add(hashes)
            if seq == self._next:
                self._open.pop()
                self._next = self._open[-1][0] if self._open else 0
        self._pending.clear()

    # -- when all chains were found whole ---------------------------------------------------------------------------

    def judge(self) -> Witnessed:
        """Raises the first thing that does not agree; returns what there is to say where everything does."""
        self._judge_told()
        last: dict[str, Note] = {}
        for note, tree in zip(self._notes, self._trees, strict=True):
            self._judge_note(note, last.get(note.maker), tree)
            last[note.maker] = note
            self._found.notes[note.maker, note.number] = note
        self._judge_cosignatures()
        return self._found

    def _judge_told(self) -> None:
        for told in self._told:
            row = self._session.one(
                "SELECT hash, ts FROM events WHERE station = ? AND seq = ?", (told.station, told.head)
            )
            if row is None:
                self._absent(told.by, "witness_missing", told.seq, told.station)
            elif row[0].hex() != told.hash:
                raise Broken("witness_differs", told.by, told.seq, f"{told.station} {told.head}")
            elif row[1] >= told.ts:
                raise Broken("time_order", told.by, told.seq, f"{told.station} {told.head}")

    def _absent(self, by: str, code: str, seq: int, missing: str) -> None:
        """An event is named that is not here. What was recorded here knew it; others may know more than has come."""
        if by == self._own or missing == self._own:
            raise Broken(code, missing, self._heads.get(missing, (0, ""))[0] + 1, f"{by} {seq}")
        self._flag("behind", missing, self._heads.get(missing, (0, ""))[0] + 1)

    def _judge_note(self, note: Note, before: Note | None, tree: Tree) -> None:
        if note.number != (1 if before is None else before.number + 1):
            raise Broken("checkpoint_number", note.maker, note.seq)
        if note.previous != ("" if before is None else before.note):
            raise Broken("checkpoint_previous", note.maker, note.seq)
        if note.heads.get(note.maker, (note.seq, ""))[0] >= note.seq:
            raise Broken("checkpoint_head", note.maker, note.seq)
        for station, (seq, _) in before.heads.items() if before is not None else ():
            if note.heads.get(station, (0, ""))[0] < seq:
                raise Broken("checkpoint_backwards", note.maker, note.seq, station)
        if self._heads_hold(note) and (tree.size, tree.root().hex()) != (note.leaves, note.root):
            # Something that it covers and the one before it does not: nothing from there on can be trusted.
            first = 1 if before is None else before.heads.get(note.maker, (0, ""))[0] + 1
            raise Broken("checkpoint_root", note.maker, first, str(note.number))

    def _heads_hold(self, note: Note) -> bool:
        """Whether everything that a note names is here, and is what it names."""
        whole = True
        for station, (seq, digest) in note.heads.items():
            held = self._session.value("SELECT hash FROM events WHERE station = ? AND seq = ?", (station, seq))
            if held is None:
                self._absent(note.maker, "checkpoint_head_missing", note.seq, station)
                whole = False
            elif held.hex() != digest:
                raise Broken("checkpoint_head", note.maker, note.seq, f"{station} {seq}")
        return whole

    def _judge_cosignatures(self) -> None:
        last: dict[tuple[str, str], int] = {}
        for it in self._cosigned:
            if type(it.number) is not int or it.number <= last.get((it.by, it.maker), 0) or it.by == it.maker:
                raise Broken("cosignature_backwards", it.by, it.seq)
            last[it.by, it.maker] = it.number
            note = self._found.notes.get((it.maker, it.number))
            if note is None:
                held = self._heads.get(it.maker, (0, ""))[0]
                if it.by == self._own or it.maker == self._own:
                    raise Broken("cosignature_unknown", it.maker, held + 1, f"{it.by} {it.seq}")
                self._flag("behind", it.maker, held + 1)
            elif note.note != it.note:
                raise Broken("cosignature_differs", it.by, it.seq)
            else:
                self._found.cosigned.append(note)

    def _flag(self, code: str, station: str, seq: int) -> None:
        place: Place = {"code": code, "station": station, "seq": seq}
        if place not in self._found.flags and len(self._found.flags) < _MOST_FLAGS:
            self._found.flags.append(place)


def _cuts(known: Iterable[Note]) -> dict[str, list[tuple[int, list[int]]]]:
    """For each station the places where the leaves of some checkpoint end, with the trees that what is before goes to.

    Places with no tree are gaps: what nobody's checkpoint covers there is passed over.
    """
    spans: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    before: dict[str, Heads] = defaultdict(dict)
    for number, note in enumerate(known):
        for station, (seq, _) in note.heads.items():
            first = before[note.maker].get(station, (0, ""))[0]
            if seq > first:
                spans[station].append((first, seq, number))
        before[note.maker] = note.heads
    return {station: _merged(found) for station, found in spans.items()}


def _merged(spans: list[tuple[int, int, int]]) -> list[tuple[int, list[int]]]:
    ends = sorted({edge for first, last, _ in spans for edge in (first, last)} - {0})
    begins: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for first, last, number in spans:
        begins[first].append((last, number))
    cuts, at = [], 0
    running: list[tuple[int, int]] = []
    for end in ends:
        running = [span for span in [*running, *begins[at]] if span[0] > at]
        cuts.append((end, [number for _, number in running]))
        at = end
    return cuts


def _is_told(told: object) -> bool:
    return (
        isinstance(told, list) and len(told) == 3 and isinstance(told[0], str) and type(told[1]) is int
        and isinstance(told[2], str)
    )  # fmt: skip
