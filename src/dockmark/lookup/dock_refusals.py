"""What the rules of the dock refused while a receipt was open, and how each refusal was answered."""

import base64
import binascii
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from dockmark.custody.receiving import RULES
from dockmark.documents.paper.facts import Refusal
from dockmark.identifiers.reader import read
from dockmark.identifiers.reading import Reading, Scan
from dockmark.record.refusal import Refused

_RULES = frozenset(code.value for code, _rule in RULES if code is not Refused.ALREADY)
_CERTIFICATE = Refused.CERTIFICATE_MISSING.value
_NO_DEVICES = frozenset({"command", "window"})
_ASIDE = ("skipped", "rejected")


def refusals(events: Iterable[dict[str, Any]], receipt: str, gone: set[str]) -> Iterator[Refusal]:
    """The refusals of a receipt in their order, from the events of its station. `gone` are reversed events."""
    following = _Following(receipt, gone)
    for core in events:
        yield from following.take(core)
    yield from following.rest()


@dataclass(slots=True)
class _Following:
    """Holds what was refused until it is answered: several rules may refuse one unit, one after another."""

    receipt: str
    gone: set[str]
    open: list[Refusal] = field(default_factory=list)
    is_certified: bool = False
    """A certificate was attached just now: the unit that waited for it comes in next."""

    def take(self, core: dict[str, Any]) -> Iterator[Refusal]:
        body = core["body"]
        if core["type"] in ("unit_received", "unit_returned"):
            if body.get("receipt") == self.receipt and self.open:
                yield from self._settled(core)
        elif core["type"] == "certificate_attached":
            self.is_certified = f"receipt:{self.receipt}" in core.get("subj", ())
        elif body.get("desk") == "receiving" and f"receipt:{self.receipt}" in core.get("refs", ()):
            yield from self._noted(core)

    def rest(self) -> Iterator[Refusal]:
        """What nobody answered."""
        waiting, self.open = self.open, []
        part = next((each.part for each in waiting if each.part), "")
        serial = next((each.serial for each in waiting if each.serial), "")
        return iter([replace(each, part=each.part or part, serial=each.serial or serial) for each in waiting])

    def _noted(self, core: dict[str, Any]) -> Iterator[Refusal]:
        body = core["body"]
        self.is_certified = False
        code, outcome = body.get("code"), body.get("outcome")
        if outcome == "refused" and code in _RULES:
            refused = _refused(core)
            if self.open and not _same(self.open[-1], refused):
                yield from self.rest()
            self.open.append(refused)
        elif code in _ASIDE and self.open:
            told = str((body.get("facts") or {}).get("serial", ""))
            yield from (replace(each, answer=str(code), serial=each.serial or told) for each in self.rest())

    def _settled(self, core: dict[str, Any]) -> Iterator[Refusal]:
        """A unit came in: by setting the rules aside, by settling what they asked for, or it is another unit."""
        body = core["body"]
        override = body.get("override") or {}
        codes = set(override.get("codes") or [override.get("code")])
        came = str(body.get("serial", ""))
        answer = "quarantined" if body.get("condition") == "quarantined" else "accepted"
        if core["id"] in self.gone:
            answer = "undone"
        reason, note = str(override.get("reason", "")), str(override.get("note", ""))
        for each in self.rest():
            if each.rule in codes:
                yield replace(each, answer=answer, reason=reason, note=note, serial=each.serial or came)
            elif came and (came == each.serial or (self.is_certified and each.rule == _CERTIFICATE)):
                yield replace(each, answer="received_after", serial=came)
            else:
                yield each


def _refused(core: dict[str, Any]) -> Refusal:
    body = core["body"]
    facts = body.get("facts") or {}
    return Refusal(
        at=int(core.get("at") or core["wall"]), who=str(core.get("actor", "")), part=str(facts.get("part", "")),
        serial=str(facts.get("serial", "") or _scanned_serial(body.get("scan") or {})), rule=str(body["code"]),
        answer="left",
    )  # fmt: skip


def _scanned_serial(scan: dict[str, Any]) -> str:
    """The serial on the label that was scanned; empty where it was a tag, half a label, or typed."""
    if scan.get("device") in _NO_DEVICES:
        return ""
    try:
        raw = base64.b64decode(str(scan.get("raw_b64", "")), validate=True)
    except (binascii.Error, ValueError):
        return ""
    found = read(Scan(raw=raw, symbology=str(scan.get("symbology", ""))), today=date(2000, 1, 1))
    return found.serial or "" if isinstance(found, Reading) else ""


def _same(before: Refusal, now: Refusal) -> bool:
    """Whether it is the same unit that is refused once more: its scan comes again, or a reason was scanned for it."""
    return not now.serial or now.serial == before.serial or (now.part == before.part and not before.serial)
