"""What is said of label recipes."""

from dataclasses import dataclass

from dockmark.record.canonical import Json
from dockmark.record.facts import Fact, word


@word("recipe_kept")
@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeKept(Fact):
    """What the symbols on a supplier's boxes mean, in the written form of a recipe; the version before stays told."""

    name: str
    told: dict[str, Json]


@word("recipe_dropped")
@dataclass(frozen=True, slots=True, kw_only=True)
class RecipeDropped(Fact):
    """A recipe is used no longer."""

    name: str
    reason: str
