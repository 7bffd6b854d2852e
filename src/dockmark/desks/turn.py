"""One scan at a desk, from the reading to the answer: collects events, keeps the hand, loses nothing."""

import base64
from collections.abc import Mapping
from datetime import date

from dockmark.custody.events import ScanNoted
from dockmark.custody.lights import Verdict
from dockmark.desks.answer import Answer, Fact, Outcome, UnitView
from dockmark.desks.hand import Done, Hand, hand_in, keep_hand
from dockmark.identifiers.reading import Scan
from dockmark.ledger.book import Book
from dockmark.lookup.deliveries import Receipt
from dockmark.people.denials import left_by
from dockmark.record.canonical import Json, cleaned
from dockmark.record.clock import as_date
from dockmark.record.facts import Draft
from dockmark.record.facts import Fact as Said
from dockmark.record.ids import EventId
from dockmark.record.refusal import Refusal, Refused

MAX_SCAN = 8192
"""Bytes of a scan that stand in an event; of a longer one its beginning and its length are kept."""


class Turn:
    """The handling of one scan within one write transaction."""

    def __init__(self, book: Book, desk: str, scan: Scan) -> None:
        self.book = book
        self.session = book.session
        self.desk = desk
        self.scan = scan
        self.hand: Hand = hand_in(book, desk)
        self.today: date = as_date(book.now_us)
        """The day on which the rules are applied."""
        self.events: list[EventId] = []
        self.receipt: Receipt | None = None
        """The receipt in hand as it was read for this scan; None once something has changed it."""

    @property
    def told(self) -> dict[str, Json]:
        """The scan as it stands in an event."""
        kept: dict[str, Json] = {
            "raw_b64": base64.b64encode(self.scan.raw[:MAX_SCAN]).decode(),
            "device": self.scan.device,
        }
        if self.scan.symbology:
            kept["symbology"] = self.scan.symbology
        if self.scan.typed:
            kept["typed"] = True
        if len(self.scan.raw) > MAX_SCAN:
            kept["length"] = len(self.scan.raw)
        return kept

    def record(self, fact: Said, *subjects: str, refs: tuple[str, ...] = (), new: bool = False) -> EventId:
        """Records one event of this scan."""
        [event] = self.book.record(Draft(fact=fact, subj=subjects, refs=refs, new=new))
        if any(subject.startswith("receipt:") for subject in subjects):
            self.receipt = None
        self.events.append(event)
        return event

    def accepted(self, code: str, unit: UnitView, verdict: Verdict, done: Done | None = None, **facts: Fact) -> Answer:
        """Events changed a unit. `done` is what UNDO reverses."""
        if done is not None:
            self.hand.done.append(done)
        return self._close(Outcome.ACCEPTED, code, facts, unit=unit, verdict=verdict)

    def noted(self, code: str, **facts: Fact) -> Answer:
        """Context was taken."""
        return self._close(Outcome.NOTED, code, facts, unit=None, verdict=None)

    def noted_of(self, code: str, unit: UnitView, verdict: Verdict, **facts: Fact) -> Answer:
        """Something was done about a unit that did not change it."""
        return self._close(Outcome.NOTED, code, facts, unit=unit, verdict=verdict)

    def refused(
        self,
        code: Refused,
        facts: Mapping[str, Fact],
        unit: UnitView | None = None,
        verdict: Verdict | None = None,
    ) -> Answer:
        """A rule said no."""
        return self._close(Outcome.REFUSED, code.value, facts, unit=unit, verdict=verdict)

    def refusal(self, no: Refusal) -> Answer:
        """A rule said no by raising; what that leaves is recorded with it."""
        for draft in left_by(no):
            self.book.record(draft)
        return self.refused(no.code, no.facts)

    def _close(
        self,
        outcome: Outcome,
        code: str,
        facts: Mapping[str, Fact],
        *,
        unit: UnitView | None,
        verdict: Verdict | None,
    ) -> Answer:
        if outcome is not Outcome.ACCEPTED:
            said = ScanNoted(
                desk=self.desk, outcome=outcome.value, code=code, scan=self.told, facts=_short(dict(facts))
            )
            refs = [f"receipt:{self.hand.receipt}"] if self.hand.receipt else []
            if unit is not None and unit.id:
                refs.append(f"unit:{unit.id}")
            self.record(said, refs=tuple(refs))
        self.hand.operator = self.book.actor
        keep_hand(self.book, self.desk, self.hand)
        undo = self.hand.done[-1].events[-1] if self.hand.done else ""
        return Answer(
            outcome=outcome, code=code, unit=unit, events=tuple(self.events), verdict=verdict or {}, facts=facts,
            undo=undo,
        )  # fmt: skip


def _short(facts: dict[str, Fact]) -> dict[str, Json]:
    """Facts as an event keeps them: long texts and lists cut, since the scan itself stands beside them."""
    kept: dict[str, Json] = {}
    for name, value in facts.items():
        if isinstance(value, str):
            kept[name] = cleaned(value[:500])
        elif isinstance(value, list):
            kept[name] = [cleaned(text[:200]) for text in value[:20]]
        else:
            kept[name] = value
    return kept
