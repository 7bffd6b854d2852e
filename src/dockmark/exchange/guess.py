"""What a file is about, guessed from its columns and its name. Always a proposal: somebody looks at it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dockmark.exchange.kinds import KINDS
from dockmark.exchange.mapping import Mapping, normal, propose

_NAMES: Final = {
    "parts": ("part", "article", "item", "material", "teile", "artikel"),
    "partners": ("partner", "supplier", "vendor", "customer", "lieferant", "kunde", "carrier"),
    "locations": ("location", "place", "bin", "lagerplatz", "shelf"),
    "orders": ("order", "purchase", "bestellung"),
    "asn": ("asn", "advice", "despatch", "dispatch", "lieferschein", "delivery"),
    "expected": ("expected", "unit", "serial", "erwartet", "announced"),
    "stock": ("stock", "inventory", "bestand", "onhand", "balance"),
    "recalls": ("recall", "fsca", "rueckruf", "rückruf"),
    "ranges": ("range", "bereich"),
}
"""What files of each kind are called."""
_TELLING: Final = {
    "asn": ("asn", "sscc", "shipped"),
    "orders": ("ordered", "promised", "due", "unit_price"),
    "expected": ("serial", "lot"),
    "stock": ("place", "condition", "in_service_since"),
    "recalls": ("recall", "announced"),
    "ranges": ("serial_first", "serial_last"),
    "locations": ("parent",),
    "partners": ("country", "approved", "duns", "gln"),
    "parts": ("description", "gtin", "tracking", "warranty_months", "shelf_life_days"),
}
"""Fields that a kind has and hardly another."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A kind, how well it fits (higher is better), and the mapping that it would have."""

    kind: str
    score: float
    mapping: Mapping


def guesses(columns: Sequence[str], file_name: str = "") -> list[Guess]:
    """Every kind, the best first."""
    found = [_guess(kind, columns, normal(file_name.rpartition(".")[0])) for kind in KINDS]
    return sorted(found, key=lambda guess: -guess.score)


def _guess(kind: str, columns: Sequence[str], name: str) -> Guess:
    mapping = propose(KINDS[kind], columns)
    score = len(mapping.columns) - 0.5 * len([column for column in mapping.unused if column])
    score += 1.2 * sum(field in mapping.columns for field in _TELLING[kind])
    score -= 6.0 * len(mapping.missing)
    score += 2.5 * any(normal(word) in name for word in _NAMES[kind])
    return Guess(kind, score, mapping)
