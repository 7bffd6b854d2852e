"""The rules of the dock: which line a unit fits, and why it may not be received."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from dockmark.custody import state
from dockmark.record.refusal import Facts, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A unit that we know already: one of the same mark, or one that looks like it."""

    id: str
    serial: str
    state: str
    place: str
    receipt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLine:
    """A line of the order or advice in hand for the part in hand."""

    ref: str
    name: str
    open: int
    expects_serial: bool = False


@dataclass(slots=True, kw_only=True)
class Case:
    """Everything that decides about one unit at the dock."""

    today: date
    receipt: str
    part_number: str
    serial: str = ""
    quantity: int = 1
    expiry: str = ""
    against: str = ""
    """`order`, `asn`, or empty where nothing was announced."""
    paper: str = ""
    part_on_paper: bool = False
    lines: list[OpenLine] = field(default_factory=list)
    """The lines for this part, best first."""
    serials_advised: bool = False
    """True where the advice names its serials for this part, so that another serial is a stranger."""
    same_mark: list[Known] = field(default_factory=list)
    alikes: list[Known] = field(default_factory=list)
    advised_alikes: list[str] = field(default_factory=list)
    ranges: list[tuple[str, str]] = field(default_factory=list)
    in_range: bool = True
    recalls: list[tuple[str, str, str]] = field(default_factory=list)
    requires_approved_supplier: bool = False
    supplier: str = ""
    supplier_approved: bool = False
    requires_certificate: bool = False
    has_certificate: bool = False
    overridden: frozenset[Refused] = frozenset()
    """Rules that somebody has set aside for this unit, with a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What the rules say: a refusal with its facts, or which line it goes to, or that it is a return."""

    refused: Refused | None = None
    facts: Facts = field(default_factory=dict)
    line: str = ""
    line_name: str = ""
    returns: str = ""
    """Id of the unit of ours that comes back."""
    again: str = ""
    """Id of a unit that is expected: known, but not here yet."""
    stranger: bool = False


Rule = Callable[[Case], Facts | None]


def judge(case: Case) -> Ruling:
    """The first rule that says no and was not set aside; else where the unit goes."""
    if back := _coming_back(case):
        return Ruling(returns=back)
    for code, rule in RULES:
        facts = rule(case)
        if facts is not None and (code not in case.overridden or code is Refused.ALREADY):
            return Ruling(refused=code, facts=facts)
    line = best_line(case)
    again = next((known.id for known in case.same_mark if known.state == state.EXPECTED), "")
    return Ruling(
        line=line.ref if line else "",
        line_name=line.name if line else "",
        again=again,
        stranger=bool(case.against) and line is None,
    )


def best_line(case: Case) -> OpenLine | None:
    """The line that expects this very serial, else the first with enough open, else any where an excess was allowed."""
    if is_unadvised(case):
        return None
    for wanted in _preferences(case):
        for line in case.lines:
            if wanted(line):
                return line
    return None


def is_unadvised(case: Case) -> bool:
    """True where the advice names its serials and this is none of them: it must not take the place of one that is."""
    by_serial = case.against == "asn" and case.serials_advised and bool(case.serial)
    return by_serial and not any(line.expects_serial for line in case.lines)


def _preferences(case: Case) -> Iterator[Callable[[OpenLine], bool]]:
    yield lambda line: line.expects_serial and line.open >= case.quantity
    yield lambda line: line.open >= case.quantity
    if Refused.OVER_RECEIPT in case.overridden:
        yield lambda _: True


def _coming_back(case: Case) -> str:
    """A unit of ours that was out comes back: a return, not an alarm."""
    out = [known for known in case.same_mark if known.state == state.INSTALLED]
    here = [known for known in case.same_mark if known.state in state.OURS]
    return out[0].id if len(out) == 1 and not here else ""


def _already(case: Case) -> Facts | None:
    for known in case.same_mark:
        if known.receipt == case.receipt and known.state in state.OURS:
            return {"serial": case.serial, "part": case.part_number, "unit": known.id}
    return None


def _scrapped(case: Case) -> Facts | None:
    for known in case.same_mark:
        if known.state == state.SCRAPPED:
            return {"serial": case.serial, "part": case.part_number, "unit": known.id}
    return None


def _alive(case: Case) -> Facts | None:
    alive = [
        known
        for known in case.same_mark
        if known.state in (*state.OURS, state.INSTALLED) and known.receipt != case.receipt
    ]
    if not alive:
        return None
    known = alive[0]
    return {
        "serial": case.serial, "part": case.part_number, "unit": known.id, "place": known.place, "state": known.state,
        "units": [other.id for other in alive],
    }  # fmt: skip


def _wrong_part(case: Case) -> Facts | None:
    if case.against != "order" or case.part_on_paper:
        return None
    return {"part": case.part_number, "paper": case.paper}


def _look_alike(case: Case) -> Facts | None:
    others = list(dict.fromkeys([known.serial for known in case.alikes] + case.advised_alikes))
    if not others or any(line.expects_serial for line in case.lines):
        return None
    units = [known.id for known in case.alikes]
    return {"serial": case.serial, "others": others, "units": units, "other": others[0]}


def _not_on_asn(case: Case) -> Facts | None:
    if case.against != "asn":
        return None
    if not case.part_on_paper:
        return {"part": case.part_number, "paper": case.paper, "serial": case.serial}
    if is_unadvised(case):
        return {"part": case.part_number, "paper": case.paper, "serial": case.serial}
    return None


def _recalled(case: Case) -> Facts | None:
    if not case.recalls:
        return None
    number, reason, by = case.recalls[0]
    return {"recall": number, "why": reason, "by": by, "part": case.part_number, "serial": case.serial}


def _expired(case: Case) -> Facts | None:
    try:
        gone = bool(case.expiry) and date.fromisoformat(case.expiry[:10]) < case.today
    except ValueError:
        return None
    return {"expiry": case.expiry[:10], "part": case.part_number, "serial": case.serial} if gone else None


def _out_of_range(case: Case) -> Facts | None:
    if not case.ranges or case.in_range or not case.serial:
        return None
    shown = [f"{first} … {last}" for first, last in case.ranges[:3]]
    return {"serial": case.serial, "part": case.part_number, "ranges": shown, "range": shown[0]}


def _supplier(case: Case) -> Facts | None:
    if not case.requires_approved_supplier or case.supplier_approved:
        return None
    return {"part": case.part_number, "supplier": case.supplier}


def _certificate(case: Case) -> Facts | None:
    if not case.requires_certificate or case.has_certificate:
        return None
    return {"part": case.part_number}


def _over(case: Case) -> Facts | None:
    if not case.against or not case.lines or any(line.open >= case.quantity for line in case.lines):
        return None
    return {
        "part": case.part_number, "paper": case.paper, "open": sum(line.open for line in case.lines),
        "quantity": case.quantity,
    }  # fmt: skip


RULES: tuple[tuple[Refused, Rule], ...] = (
    (Refused.ALREADY, _already),
    (Refused.SCRAPPED_SEEN, _scrapped),
    (Refused.ALIVE_ELSEWHERE, _alive),
    (Refused.WRONG_PART, _wrong_part),
    (Refused.LOOK_ALIKE, _look_alike),
    (Refused.NOT_ON_ASN, _not_on_asn),
    (Refused.RECALLED, _recalled),
    (Refused.EXPIRED, _expired),
    (Refused.OUT_OF_RANGE, _out_of_range),
    (Refused.SUPPLIER_NOT_APPROVED, _supplier),
    (Refused.CERTIFICATE_MISSING, _certificate),
    (Refused.OVER_RECEIPT, _over),
)
"""The rules of the dock, gravest first. Each can be set aside with a reason, but for `already`."""
