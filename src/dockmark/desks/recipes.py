"""Label recipes at the desks: kept and dropped by events, and what they make of a symbol of a supplier's box."""

from dataclasses import replace

from dockmark.catalog.recipe_events import RecipeDropped, RecipeKept
from dockmark.catalog.recipes import Recipe, Slot, anew, as_json
from dockmark.database.session import Session
from dockmark.identifiers.reading import Reading, Scheme
from dockmark.ledger.book import Book
from dockmark.lookup import catalogue, recipes
from dockmark.record.facts import Draft
from dockmark.record.refusal import Refusal, Refused

LONGEST_NAME = 60


def keep(book: Book, recipe: Recipe) -> Recipe:
    """Keep a recipe; one of the same name becomes its next version, and the same once more changes nothing."""
    name = recipe.name.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise Refusal(Refused.BAD_VALUE, field="name", value=name[:60])
    known = recipes.named(book.session, name)
    recipe = replace(recipe, name=name, version=1)
    identity = known.id if known is not None else book.new_id()
    if known is not None:
        if replace(known.recipe, version=1, name=name) == recipe:
            return known.recipe
        recipe = anew(known.recipe, recipe)
    fact = RecipeKept(name=recipe.name, told=as_json(recipe))
    book.record(Draft(fact=fact, subj=(f"recipe:{identity}",), new=known is None))
    book.flush()
    return recipe


def drop(book: Book, name: str, reason: str) -> Recipe:
    """Use a recipe no longer."""
    known = recipes.named(book.session, name)
    if known is None:
        raise Refusal(Refused.BAD_VALUE, field="recipe", value=name[:60])
    if not reason.strip():
        raise Refusal(Refused.REASON_NEEDED, about="recipe")
    fact = RecipeDropped(name=known.recipe.name, reason=reason.strip()[:200])
    book.record(Draft(fact=fact, subj=(f"recipe:{known.id}",)))
    book.flush()
    return known.recipe


def meant(session: Session, supplier: str, reading: Reading) -> Reading:
    """The reading as the supplier's recipes mean it; a symbol that is never scanned there is refused by naming one."""
    if not supplier:
        return reading
    partner = catalogue.partner(session, supplier)
    names = (supplier, *((partner.id, partner.code, partner.name) if partner else ()))
    known = recipes.of_supplier(session, *names)
    fitting = [(recipe, slot) for recipe in known if (slot := recipe.slot_of(reading)) is not None]
    useful = [(recipe, slot) for recipe, slot in fitting if slot.meaning != "ignore"]
    if useful:
        return _as(useful[0][1], reading)
    is_bare = reading.scheme is Scheme.PLAIN and reading.rule == "plain" and bool(reading.symbology)
    if fitting or (known and is_bare):
        recipe = fitting[0][0] if fitting else known[0]
        wanted = next(slot.meaning for slot in recipe.slots if slot.meaning != "ignore")
        raise Refusal(Refused.WRONG_SYMBOL, wanted=wanted, text=reading.text[:80])
    return reading


def _as(slot: Slot, reading: Reading) -> Reading:
    """The reading of a bare string as the field that its slot names."""
    if slot.scheme:
        return reading
    value = slot.value(reading)
    if slot.meaning == "quantity":
        if not value.isdigit() or len(value) > 9:
            raise Refusal(Refused.BAD_VALUE, field="quantity", value=value[:40])
        told: dict[str, str | int] = {"quantity": int(value)}
    else:
        told = {slot.meaning: value}
    named: dict[str, str | int | None] = {"part": None, "customer_part": None, "serial": None, "lot": None, **told}
    rest = {"scheme": Scheme.DATA_IDENTIFIER, "rule": "recipe", "text": value, "warn": (), "also": (), "gtin": None}
    return replace(reading, **rest, **named)  # type: ignore[arg-type] # fields of Reading by name
