"""What a job of the bench says: figures beside a plain baseline's, and whether the budget was met."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Of(StrEnum):
    """What a budget limits."""

    RATIO = "ratio"
    """How many times the baseline's figure ours may be."""
    OURS = "ours"
    """Our figure itself, as people feel it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """At most so much, or at least, where `least` says so."""

    limit: float
    of: Of = Of.RATIO
    least: bool = False

    def met_by(self, value: float) -> bool:
        """Whether this figure keeps to it."""
        return value >= self.limit if self.least else value <= self.limit


def times(limit: float) -> Budget:
    """So many times the baseline at most."""
    return Budget(limit=limit)


def most(limit: float) -> Budget:
    """So much at most, whatever the baseline does."""
    return Budget(limit=limit, of=Of.OURS)


def least(limit: float) -> Budget:
    """So much at least, whatever the baseline does."""
    return Budget(limit=limit, of=Of.OURS, least=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One figure of a job: ours, the baseline's where there is one, and the budget where there is one."""

    name: str
    unit: str
    ours: float
    baseline: float | None = None
    budget: Budget | None = None

    @property
    def ratio(self) -> float | None:
        """Ours over the baseline's."""
        return self.ours / self.baseline if self.baseline else None

    @property
    def met(self) -> bool | None:
        """Whether the budget was met; None where there is none, or nothing that it could be held against."""
        if self.budget is None:
            return None
        value = self.ratio if self.budget.of is Of.RATIO else self.ours
        return None if value is None else self.budget.met_by(value)

    def as_json(self) -> dict[str, Any]:
        """The same for other programs; figures with four digits, for more is noise."""
        budget = self.budget
        return {
            "measure": self.name, "unit": self.unit, "ours": _short(self.ours), "baseline": _short(self.baseline),
            "ratio": _short(self.ratio), "budget": budget.limit if budget else None,
            "budget_of": budget.of.value if budget else None,
            "budget_is": None if budget is None else "least" if budget.least else "most", "met": self.met,
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one job measured. The first measure is the one that the job is known by."""

    job: str
    measures: Sequence[Measure]
    units: int = 0
    """Units in the data folder that it was measured with; 0 where that does not matter."""

    @property
    def met(self) -> bool | None:
        """Whether every budget was met; None where the job has none."""
        told = [measure.met for measure in self.measures if measure.met is not None]
        return all(told) if told else None

    def as_json(self) -> dict[str, Any]:
        """One object: the first measure's figures, whether all were met, and all measures."""
        each = [measure.as_json() for measure in self.measures]
        return {"job": self.job, "units": self.units, **each[0], "met": self.met, "measures": each}


HEAD = ("job", "measure", "ours", "baseline", "ratio", "budget", "")
"""What stands above the rows of reports."""


def table(report: Report) -> list[tuple[str, ...]]:
    """The rows of a report, under `HEAD`; the last cell says whether the budget was met."""
    return [
        (
            report.job, measure.name, f"{_figure(measure.ours)} {measure.unit}",
            "" if measure.baseline is None else f"{_figure(measure.baseline)} {measure.unit}",
            "" if measure.ratio is None else f"{_figure(measure.ratio)}x", _limit(measure),
            {True: "met", False: "NOT MET", None: ""}[measure.met],
        )
        for measure in report.measures
    ]  # fmt: skip


def _limit(measure: Measure) -> str:
    budget = measure.budget
    if budget is None:
        return ""
    sign = ">=" if budget.least else "<="
    unit = "x" if budget.of is Of.RATIO else f" {measure.unit}"
    return f"{sign} {_figure(budget.limit)}{unit}"


def _figure(value: float) -> str:
    if value == 0 or 0.001 <= abs(value) < 1000:
        return f"{value:.3g}"
    return f"{value:,.0f}" if value >= 1000 else f"{value:.1e}"


def _short(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.4g}")
