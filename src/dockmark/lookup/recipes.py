"""The label recipes of this ledger. They are few and read from their events."""

from dataclasses import dataclass
from itertools import groupby

import orjson

from dockmark.catalog.recipe_events import RecipeDropped, RecipeKept
from dockmark.catalog.recipes import NoRecipe, Recipe, of_json
from dockmark.database.session import Session
from dockmark.record.event import Seen, seen
from dockmark.record.facts import from_body

_ALL = (
    "SELECT s.subject, e.hash, e.core FROM event_subjects s JOIN events e ON e.n = s.event"
    " WHERE s.subject >= 'recipe:' AND s.subject < 'recipe;' ORDER BY s.subject, e.ts, e.station, e.seq"
)


@dataclass(frozen=True, slots=True)
class KeptRecipe:
    """A recipe in use."""

    id: str
    recipe: Recipe


def recipes(session: Session) -> list[KeptRecipe]:
    """Every recipe in use, by name."""
    found: list[KeptRecipe] = []
    for subject, rows in groupby(session.all(_ALL), key=lambda row: str(row[0])):
        recipe = fold_recipe([seen(row[1], orjson.loads(row[2])) for row in rows])
        if recipe is not None:
            found.append(KeptRecipe(subject.removeprefix("recipe:"), recipe))
    return sorted(found, key=lambda each: (each.recipe.name.casefold(), each.id))


def fold_recipe(history: list[Seen]) -> Recipe | None:
    """The recipe after these events: the highest version told; None where it was dropped since. Never raises."""
    recipe: Recipe | None = None
    for event in history:
        fact = from_body(event.type, event.schema, event.body)
        if isinstance(fact, RecipeDropped):
            recipe = None
        if isinstance(fact, RecipeKept):
            try:
                told = of_json(fact.told)
            except NoRecipe:
                continue
            recipe = told if recipe is None or told.version >= recipe.version else recipe
    return recipe


def named(session: Session, name: str) -> KeptRecipe | None:
    """The recipe of that name."""
    return next((each for each in recipes(session) if each.recipe.name.casefold() == name.strip().casefold()), None)


def of_supplier(session: Session, *names: str) -> list[Recipe]:
    """The recipes for the boxes of a supplier, by any name that it has."""
    wanted = {name.casefold() for name in names if name}
    return [each.recipe for each in recipes(session) if each.recipe.supplier.casefold() in wanted]
