"""The arithmetic behind each of the six lights, step by step. Asked for by the unit card, never on a scan's way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from dockmark.custody.lights import Light
from dockmark.custody.verdict import NEAR_EXPIRY_DAYS, add_months

Value = str | int | bool


@dataclass(frozen=True, slots=True)
class Step:
    """One step: a code and the numbers in it, of which `wording` makes a sentence."""

    code: str
    facts: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A recall of the unit's part. `by` is what the unit falls under: part, lot, serial, range, or nothing."""

    number: str
    reason: str = ""
    announced: str = ""
    by: str = ""
    lifted: bool = False
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Another unit of the same mark, or one that looks like it."""

    id: str
    serial: str
    state: str
    place: str = ""
    since: str = ""
    """The day from which it is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A hold in force: why, by whom, since when."""

    reason: str
    by: str = ""
    name: str = ""
    at: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """Everything that the six lights of one unit rest on. Days are ISO texts, months and days -1 where unknown."""

    today: date
    part: str = ""
    serial: str = ""
    lot: str = ""
    received: date | None = None
    supplier: str = ""
    warranty_months: int = -1
    expiry: str = ""
    made: str = ""
    shelf_life_days: int = -1
    recalls: tuple[Called, ...] = ()
    twins: tuple[Other, ...] = ()
    scrapped: tuple[Other, ...] = ()
    alikes: tuple[Other, ...] = ()
    ranges: tuple[tuple[str, str, bool], ...] = ()
    """(first, last, whether the serial lies between) of what the makers said they issued."""
    owner: str = "own"
    owner_from: str = ""
    """`order`, `list` or nothing: where it was said whose it is."""
    order: str = ""
    line: str = ""
    holds: tuple[Held, ...] = ()
    operator: str = ""
    """Who asks."""


def reasoning(basis: Basis) -> dict[Light, tuple[Step, ...]]:
    """The steps of every light, in the order in which they are thought."""
    return {light: tuple(steps(basis)) for light, steps in _STEPS.items()}


def _warranty(basis: Basis) -> list[Step]:
    steps = [Step("warranty_rule", _named(supplier=basis.supplier))]
    if basis.warranty_months < 0:
        return [*steps, Step("warranty_no_term", _named(part=basis.part))]
    steps.append(Step("warranty_term", _named(part=basis.part) | {"months": basis.warranty_months}))
    if basis.received is None:
        return [*steps, Step("warranty_no_start")]
    start, months = basis.received, basis.warranty_months
    steps.append(Step("warranty_start", {"from": start.isoformat()}))
    same_day = add_months(start, months)
    if same_day.day != start.day:
        steps.append(Step("warranty_month_end", {"day": start.day, "reached": same_day.isoformat()}))
    until = same_day - timedelta(days=1)
    added: dict[str, Value] = {"from": start.isoformat(), "months": months, "reached": same_day.isoformat()}
    steps.append(Step("warranty_end", added | {"until": until.isoformat()}))
    return [*steps, counted_down(basis.today, until, "warranty")]


def counted_down(today: date, until: date, what: str) -> Step:
    """The last step of every period: how far its last day is from today."""
    days = (until - today).days
    told: dict[str, Value] = {"today": today.isoformat(), "until": until.isoformat(), "days": abs(days)}
    if days < 0:
        return Step(f"{what}_days_over", told)
    return Step(f"{what}_days_left" if days else f"{what}_last_day", told)


def _recall(basis: Basis) -> list[Step]:
    if not basis.recalls:
        return [Step("recall_none_known", _named(part=basis.part))]
    steps = []
    for known in basis.recalls:
        told = _named(
            recall=known.number, reason=known.reason, announced=known.announced, part=basis.part, lot=basis.lot,
            serial=basis.serial, first=known.first, last=known.last,
        )  # fmt: skip
        if known.lifted:
            steps.append(Step("recall_lifted_step", told))
        else:
            steps.append(Step(f"recall_by_{known.by}" if known.by else "recall_not_this", told))
    return steps


def _counterfeit(basis: Basis) -> list[Step]:
    if not basis.serial:
        return [Step("mark_no_serial")]
    steps = [Step(f"mark_{how}", _other(basis, other)) for how, others in (
        ("scrapped", basis.scrapped), ("twin", basis.twins), ("alike", basis.alikes)
    ) for other in others]  # fmt: skip
    if not basis.scrapped and not basis.twins:
        steps.append(Step("mark_alone", _named(serial=basis.serial, part=basis.part)))
    if not basis.alikes:
        steps.append(Step("mark_no_alike", _named(serial=basis.serial)))
    for first, last, within in basis.ranges:
        told = _named(serial=basis.serial, first=first, last=last)
        steps.append(Step("range_holds" if within else "range_holds_not", told))
    return steps if basis.ranges else [*steps, Step("range_none", _named(part=basis.part))]


def _other(basis: Basis, other: Other) -> dict[str, Value]:
    return _named(serial=basis.serial, other=other.serial, state=other.state, place=other.place, since=other.since)


def _life(basis: Basis) -> list[Step]:
    steps = []
    made = _day(basis.made)
    if made is not None:
        steps.append(Step("life_made", {"made": made.isoformat()}))
    if basis.shelf_life_days >= 0:
        steps.append(Step("life_shelf", _named(part=basis.part) | {"days": basis.shelf_life_days}))
    if made is not None and basis.shelf_life_days >= 0 and (end := _shelf_end(made, basis.shelf_life_days)):
        steps.append(
            Step("life_shelf_end", {"made": made.isoformat(), "days": basis.shelf_life_days, "until": end.isoformat()})
        )
    expires = _day(basis.expiry)
    if expires is None:
        return [*steps, Step("life_no_expiry")]
    steps.append(Step("life_expiry", {"expiry": expires.isoformat()}))
    steps.append(counted_down(basis.today, expires, "life"))
    return [*steps, Step("life_rule", {"days": NEAR_EXPIRY_DAYS})]


def _shelf_end(made: date, days: int) -> date | None:
    try:
        return made + timedelta(days=days)
    except OverflowError:
        return None


def _owner(basis: Basis) -> list[Step]:
    told = _named(owner="" if basis.owner in ("own", "") else basis.owner, order=basis.order, line=basis.line)
    if "owner" not in told:
        return [Step("owner_ours_by_order" if basis.owner_from == "order" else "owner_ours", told)]
    return [Step({"order": "owner_by_order", "list": "owner_by_list"}.get(basis.owner_from, "owner_told"), told)]


def _hold(basis: Basis) -> list[Step]:
    if not basis.holds:
        return [Step("hold_none")]
    steps = [
        Step("hold_since", _named(reason=hold.reason, by=hold.name or hold.by, at=hold.at, note=hold.note))
        for hold in basis.holds
    ]
    mine = any(hold.by == basis.operator for hold in basis.holds)
    who = ", ".join(dict.fromkeys(hold.name or hold.by for hold in basis.holds if hold.name or hold.by))
    steps.append(Step("hold_second_person", _named(by=who)))
    return [*steps, Step("hold_not_you" if mine else "hold_you_may")] if basis.operator else steps


def _named(**values: str) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


_STEPS: dict[Light, Callable[[Basis], list[Step]]] = {
    Light.WARRANTY: _warranty,
    Light.RECALL: _recall,
    Light.COUNTERFEIT: _counterfeit,
    Light.LIFE: _life,
    Light.OWNER: _owner,
    Light.HOLD: _hold,
}
