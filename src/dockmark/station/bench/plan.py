"""How much the bench does: the amounts that the budgets name, or fewer to see that it works."""

from dataclasses import dataclass, replace

_LEAST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Amounts of everything. Unless something else is said, each stands for one round."""

    units: int = 100_000
    """Units in the data folder, all rounds."""
    rounds: int = 5
    scans: int = 200
    bulk: int = 10_000
    rows: int = 50_000
    questions: int = 500
    """Look-ups."""
    typed: int = 60
    """Searches; the baseline looks through every unit for each of them."""
    labels: int = 1_000
    decoded: int = 400
    """Readings of each label's text."""
    signed: int = 10_000
    """Events with a signature each, all rounds: what scans leave behind."""
    later: int = 2_000
    """Events after a unit's first, all rounds."""

    def shared(self, share: float) -> "Plan":
        """So much of every amount, but for units and rounds: to see that all of it works."""

        def some(amount: int) -> int:
            return max(_LEAST, round(amount * share))

        return replace(
            self, scans=some(self.scans), bulk=some(self.bulk), rows=some(self.rows), questions=some(self.questions),
            typed=some(self.typed), labels=some(self.labels), decoded=some(self.decoded), signed=some(self.signed),
            later=some(self.later),
        )  # fmt: skip
