"""The six lights of a unit, each with its arithmetic."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from dockmark.custody.lights import Finding, Lamp, Light, Verdict

NEAR_EXPIRY_DAYS = 30

_NOT_RECALLED = Finding(Lamp.OK, "not_recalled")
_INSIDE_RANGES = Finding(Lamp.OK, "inside_makers_ranges")
_NOTHING_AGAINST_IT = Finding(Lamp.OK, "nothing_against_it")
_NO_EXPIRY = Finding(Lamp.OK, "no_expiry")
_OURS = Finding(Lamp.OK, "ours")
_NOT_HELD = Finding(Lamp.OK, "not_held")


@dataclass(slots=True, kw_only=True)
class Facts:
    """What the six lights are worked out from. Months are -1 where no term is known."""

    today: date
    received: date | None = None
    in_service_since: date | None = None
    warranty_months: int = -1
    supplier: str = ""
    expiry: str = ""
    recalls: list[tuple[str, str, str]] = field(default_factory=list)
    """(number, reason, by what: part, lot or serial) of every recall in force that fits."""
    twins: list[str] = field(default_factory=list)
    """Where the same mark lives besides this unit."""
    parted: bool = False
    """Whether somebody looked at each of these and said that it is another unit of the same mark."""
    scrapped_twin: bool = False
    alikes: list[str] = field(default_factory=list)
    """Serials that look like this one."""
    ranges_known: bool = False
    in_range: bool = True
    owner: str = "own"
    holds: list[tuple[str, str]] = field(default_factory=list)
    """(reason, by whom) of every hold in force."""


def verdict(facts: Facts) -> Verdict:
    """All six lights."""
    return {
        Light.WARRANTY: warranty(facts),
        Light.RECALL: recall(facts),
        Light.COUNTERFEIT: counterfeit(facts),
        Light.LIFE: life(facts),
        Light.OWNER: owner(facts),
        Light.HOLD: hold(facts),
    }


def warranty(facts: Facts) -> Finding:
    """Supplier's warranty: months counted from the day of receipt; the last day is the day before the same day."""
    if facts.warranty_months < 0:
        return Finding(Lamp.UNKNOWN, "warranty_terms_unknown")
    if facts.received is None:
        return Finding(Lamp.UNKNOWN, "warranty_start_unknown", {"months": facts.warranty_months})
    until = add_months(facts.received, facts.warranty_months) - timedelta(days=1)
    arithmetic: dict[str, str | int] = {
        "from": facts.received.isoformat(),
        "months": facts.warranty_months,
        "until": until.isoformat(),
    }
    if facts.today <= until:
        return Finding(Lamp.OK, "warranty_runs", arithmetic | {"days": (until - facts.today).days})
    return Finding(Lamp.WARN, "warranty_over", arithmetic | {"days": (facts.today - until).days})


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    if year > date.max.year:
        return date.max
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(day.day, last))
        except ValueError:
            continue
    return date(year, month, 28)


def recall(facts: Facts) -> Finding:
    """Is it called back?"""
    if not facts.recalls:
        return _NOT_RECALLED
    number, reason, by = facts.recalls[0]
    return Finding(Lamp.STOP, "recalled", {"recall": number, "reason": reason, "by": by})


def counterfeit(facts: Facts) -> Finding:
    """Does anything speak against this being the one true piece of its mark?"""
    if facts.scrapped_twin:
        return Finding(Lamp.STOP, "scrapped_seen")
    if facts.twins and facts.parted:
        return Finding(Lamp.STOP, "parted", {"elsewhere": ", ".join(facts.twins)})
    if facts.twins:
        return Finding(Lamp.STOP, "mark_alive_twice", {"elsewhere": ", ".join(facts.twins)})
    if facts.ranges_known and not facts.in_range:
        return Finding(Lamp.WARN, "outside_makers_ranges")
    if facts.alikes:
        return Finding(Lamp.WARN, "looks_like_another", {"others": ", ".join(facts.alikes)})
    return _INSIDE_RANGES if facts.ranges_known else _NOTHING_AGAINST_IT


def life(facts: Facts) -> Finding:
    """How long may it still be used?"""
    expires = _day(facts.expiry)
    if expires is None:
        return _NO_EXPIRY
    days = (expires - facts.today).days
    told: dict[str, str | int] = {"expiry": expires.isoformat(), "days": abs(days)}
    if days < 0:
        return Finding(Lamp.STOP, "expired", told)
    if days <= NEAR_EXPIRY_DAYS:
        return Finding(Lamp.WARN, "expires_soon", told)
    return Finding(Lamp.OK, "expires_later", told)


def owner(facts: Facts) -> Finding:
    """Whose is it?"""
    if facts.owner in ("own", ""):
        return _OURS
    return Finding(Lamp.WARN, "somebody_elses", {"owner": facts.owner})


def hold(facts: Facts) -> Finding:
    """May it go on?"""
    if not facts.holds:
        return _NOT_HELD
    reason, by = facts.holds[0]
    return Finding(Lamp.STOP, "held", {"reason": reason, "by": by, "count": len(facts.holds)})


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
