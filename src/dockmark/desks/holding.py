"""The hold desk: scan a unit, then QUARANTINE or RELEASE with a reason."""

from dataclasses import dataclass

from dockmark.custody import state
from dockmark.custody.reasons import Reason
from dockmark.desks import corrections, holds, signing
from dockmark.desks.answer import Answer
from dockmark.desks.commands import as_reason
from dockmark.desks.guiding import guided
from dockmark.desks.item import item_of
from dockmark.desks.showing import verdict_of, view_of
from dockmark.desks.turn import Turn
from dockmark.identifiers.keys import serial_key
from dockmark.identifiers.reading import DockmarkTag, Identifier, Reading, Scan, TagKind, Unreadable
from dockmark.identifiers.tags import unit_of
from dockmark.ledger.book import Book
from dockmark.lookup import units
from dockmark.lookup.units import UnitRow
from dockmark.record.refusal import Refusal, Refused

NAME = "holds"
_LIFE = frozenset({state.RECEIVED, state.RETURNED, state.IN_STOCK, state.INSTALLED})


@dataclass(slots=True)
class Holding:
    """What the hold desk does with a scan."""

    name: str = NAME

    def begin(self, book: Book, *, order: str = "", place: str = "", new: bool = False) -> Answer:
        """Nothing to open: the desk is about one unit at a time."""
        turn = Turn(book, NAME, Scan.of_text("", device="command"))
        return turn.noted("ready")

    def scan(self, book: Book, found: Identifier) -> Answer:
        """One scan, one answer."""
        turn = Turn(book, NAME, found.scan)
        try:
            return self._answer(turn, found)
        except Refusal as no:
            return turn.refusal(no)

    def command(self, book: Book, word: str, facts: dict[str, str]) -> Answer:
        """A command without a tag."""
        turn = Turn(book, NAME, Scan.of_text(word, device=facts.pop("device", "command")))
        try:
            if word == "REASON":
                return self._reason(turn, facts.get("code", ""), facts.get("note", ""))
            return self._command(turn, word, facts)
        except Refusal as no:
            return turn.refusal(no)

    def _answer(self, turn: Turn, found: Identifier) -> Answer:
        match found:
            case DockmarkTag(kind=TagKind.COMMAND, payload=word):
                return self._command(turn, word, {})
            case DockmarkTag(kind=TagKind.REASON, payload=code):
                return self._reason(turn, code, "")
            case DockmarkTag(kind=TagKind.BADGE):
                return signing.badge_scanned(turn, found)
            case DockmarkTag(kind=TagKind.UNIT, payload=payload):
                identity = unit_of(payload)
                known = units.unit(turn.session, str(identity)) if identity else None
                return self._chosen(turn, [known] if known else [], payload)
            case DockmarkTag(kind=kind):
                raise Refusal(Refused.WRONG_KIND, kind=kind.name.lower(), wanted="unit")
            case Reading():
                serial = item_of(found).serial or found.text.strip()
                return self._chosen(turn, units.units_by_text(turn.session, serial, serial_key(serial)), serial)
            case Unreadable():
                return turn.refused(Refused.UNREADABLE, {"error": found.code.value, "text": found.text[:80]})

    def _chosen(self, turn: Turn, known: list[UnitRow], text: str) -> Answer:
        alive = [unit for unit in known if unit.state in _LIFE] or known
        if not alive:
            raise Refusal(Refused.UNIT_UNKNOWN, tag=text[:80])
        if len(alive) > 1:
            raise Refusal(Refused.AMBIGUOUS, part=text[:80], makers=[unit.part_number for unit in alive])
        unit = alive[0]
        turn.hand.unit, turn.hand.awaits = unit.id, ""
        return turn.noted_of(
            "unit_chosen", view_of(unit), verdict_of(turn.session, unit, turn.today), part=unit.part_number,
            serial=unit.serial, held=bool(unit.holds),
        )  # fmt: skip

    def _command(self, turn: Turn, word: str, facts: dict[str, str]) -> Answer:
        if word == "UNDO":
            return corrections.undo(turn)
        if went := guided(turn, word):
            return went
        if word not in ("QUARANTINE", "RELEASE"):
            raise Refusal(Refused.WRONG_KIND, kind="command", wanted="unit", text=word[:40])
        unit = self._unit(turn)
        if word == "RELEASE":
            holds.may_release(turn, unit)
        turn.hand.awaits = "release_reason" if word == "RELEASE" else "hold_reason"
        if facts.get("reason"):
            told = as_reason(facts["reason"], facts.get("note", ""))
            return self._reason(turn, told["reason"], told["note"])
        return turn.noted(Refused.REASON_NEEDED.value, about=word.lower())

    def _reason(self, turn: Turn, code: str, note: str) -> Answer:
        if code not in Reason.__members__:
            raise Refusal(Refused.BAD_VALUE, field="reason", value=code[:40])
        awaits, turn.hand.awaits = turn.hand.awaits, ""
        if awaits == "release_reason":
            return holds.release_unit(turn, self._unit(turn), code, note)
        if awaits == "hold_reason":
            return holds.hold_unit(turn, self._unit(turn), code, note)
        raise Refusal(Refused.NOTHING_PENDING, text=code)

    def _unit(self, turn: Turn) -> UnitRow:
        known = units.unit(turn.session, turn.hand.unit) if turn.hand.unit else None
        if known is None:
            raise Refusal(Refused.SERIAL_NEEDED)
        return known
