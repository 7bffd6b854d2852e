"""Label recipes: what each symbol on a supplier's box means, learnt from one box and proven on it.

Pure: readings in, values out. A symbol is known again by what never changes from box to box: kind of symbol, scheme,
data identifier, and the letters in front of what varies.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

from dockmark.identifiers.reading import Reading, Scheme
from dockmark.record.canonical import Json

MOST_SYMBOLS: Final = 8
FORM: Final = 1
"""Version of the written form; a newer one is refused, not guessed at."""
MEANINGS: Final = (
    "part", "customer_part", "serial", "lot", "quantity", "order", "delivery_note", "package", "expiry", "ignore",
)  # fmt: skip
_FREE: Final = frozenset({Scheme.PLAIN, Scheme.DATA_IDENTIFIER, Scheme.IMEI, Scheme.IMEISV, Scheme.MAC, Scheme.GTIN})
"""Schemes by which a bare string may be read on one box and not on the next."""
_IDENTIFIER: Final = re.compile(r"[0-9]{1,3}[A-Z]")
_LETTERS: Final = {"part": "P", "customer_part": "P", "serial": "S", "lot": "T", "quantity": "Q", "order": "K"}
"""Data identifiers of one letter, which only the meaning tells from the first letter of a value."""


class RecipeFault(StrEnum):
    """Why symbols make no recipe."""

    NOTHING = "nothing_shown"
    TOO_MANY = "too_many_symbols"
    UNKNOWN_MEANING = "unknown_meaning"
    MEANING_TWICE = "meaning_twice"
    NOT_TOLD_APART = "not_told_apart"
    NEWER_FORM = "newer_form"
    SPOILT = "spoilt"


class NoRecipe(Exception):  # noqa: N818 - a rule said no, nothing is broken
    """These symbols, or this text, make no recipe: why, and which of them."""

    def __init__(self, fault: RecipeFault, at: int = -1) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.at = at


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One symbol of the box: what it means and how it is known again."""

    meaning: str
    symbology: str = ""
    scheme: str = ""
    """Empty for a bare string."""
    prefix: str = ""
    """What stands before the value on every box; it is taken off."""
    marks: tuple[str, ...] = ()
    """Identifiers that the symbol carries, where it has a structure of its own."""
    size: int = 0
    """Characters of the bare value shown first; what differs much is another symbol."""
    digits: bool = False

    def fits(self, reading: Reading) -> bool:
        """Whether this may be that symbol."""
        if self.symbology and reading.symbology and self.symbology != reading.symbology:
            return False
        if self.scheme:
            return reading.scheme == self.scheme and set(self.marks) <= set(reading.marks)
        value = reading.text.removeprefix(self.prefix)
        if reading.scheme not in _FREE or not reading.text.startswith(self.prefix) or not value:
            return False
        return (value.isdigit() or not self.digits) and abs(len(value) - self.size) <= max(2, self.size // 3)

    def value(self, reading: Reading) -> str:
        """What the symbol says of its meaning."""
        if not self.scheme:
            return reading.text.removeprefix(self.prefix)
        told = getattr(reading, self.meaning, None)
        return "" if told is None else str(told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What the symbols on the boxes of a supplier, perhaps of one part, mean."""

    name: str
    supplier: str = ""
    part: str = ""
    version: int = 1
    slots: tuple[Slot, ...] = ()
    example: tuple[tuple[str, str], ...] = ()
    """The box that was shown: symbology and content of each symbol, in the order of the slots."""

    def slot_of(self, reading: Reading) -> Slot | None:
        """The symbol that this is; None where it is on no box of this kind. The narrowest fit counts."""
        fitting = [slot for slot in self.slots if slot.fits(reading)]
        return max(fitting, key=_narrowness, default=None)


@dataclass(frozen=True, slots=True)
class Box:
    """One box in hand: what its symbols have said so far, in any order."""

    recipe: Recipe
    told: Mapping[str, str] = field(default_factory=dict)

    @property
    def wanted(self) -> tuple[str, ...]:
        """What is still to be scanned."""
        meant = (slot.meaning for slot in self.recipe.slots)
        return tuple(each for each in meant if each != "ignore" and each not in self.told)

    def take(self, reading: Reading) -> "Box | Wrong":
        """The box with this symbol taken; what is wrong where it is not the right one."""
        slot = self.recipe.slot_of(reading)
        if slot is None:
            return Wrong("", self.wanted)
        if slot.meaning == "ignore":
            return Wrong("ignore", self.wanted)
        value = slot.value(reading)
        if self.told.get(slot.meaning, value) != value:
            return Wrong(slot.meaning, self.wanted)  # of another box
        return Box(self.recipe, {**self.told, slot.meaning: value})


@dataclass(frozen=True, slots=True)
class Wrong:
    """A symbol that was not asked for: what it is, and which ones are."""

    found: str
    wanted: tuple[str, ...]


def learn(
    name: str,
    shown: Sequence[tuple[Reading, str]],
    supplier: str = "",
    part: str = "",
    prefixes: Mapping[int, str] | None = None,
) -> Recipe:
    """The recipe of a box whose symbols were shown once, each with its meaning; proven on that box.

    `prefixes` names, by the place of a symbol, what stands before its value on every box, where that is no identifier.
    """
    if not any(meaning != "ignore" for _, meaning in shown):
        raise NoRecipe(RecipeFault.NOTHING)
    if len(shown) > MOST_SYMBOLS:
        raise NoRecipe(RecipeFault.TOO_MANY, MOST_SYMBOLS)
    taken: set[str] = set()
    for at, (_, meaning) in enumerate(shown):
        if meaning not in MEANINGS:
            raise NoRecipe(RecipeFault.UNKNOWN_MEANING, at)
        if meaning in taken:
            raise NoRecipe(RecipeFault.MEANING_TWICE, at)
        taken |= {meaning} - {"ignore"}
    told = prefixes or {}
    slots = tuple(_slot(reading, meaning, told.get(at)) for at, (reading, meaning) in enumerate(shown))
    example = tuple((reading.symbology, reading.text) for reading, _ in shown)
    recipe = Recipe(name=name, supplier=supplier, part=part, slots=slots, example=example)
    failed = failing(recipe, [reading for reading, _ in shown])
    if failed is not None:
        raise NoRecipe(RecipeFault.NOT_TOLD_APART, failed)
    return recipe


def failing(recipe: Recipe, example: Sequence[Reading]) -> int | None:
    """The first symbol of its own example that the recipe does not know again, or that gives nothing; None if sound."""
    for at, (slot, reading) in enumerate(zip(recipe.slots, example, strict=True)):
        if recipe.slot_of(reading) != slot or (slot.meaning != "ignore" and not slot.value(reading)):
            return at
        alike = [other for other in recipe.slots if other is not slot and other.fits(reading)]
        if any(_narrowness(other) == _narrowness(slot) for other in alike):
            return at
    return None


def anew(before: Recipe, after: Recipe) -> Recipe:
    """The recipe learnt anew, as the next version of the one before."""
    return replace(after, name=before.name, version=before.version + 1)


def as_json(recipe: Recipe) -> dict[str, Json]:
    """The recipe as it is written to a file or an event."""
    slots: list[Json] = []
    for slot in recipe.slots:
        told: dict[str, Json] = {"meaning": slot.meaning, "size": slot.size, "digits": slot.digits}
        texts = {"symbology": slot.symbology, "scheme": slot.scheme, "prefix": slot.prefix}
        slots.append({**told, **{name: text for name, text in texts.items() if text}, "marks": list(slot.marks)})
    return {
        "form": FORM, "name": recipe.name, "supplier": recipe.supplier, "part": recipe.part,
        "version": recipe.version, "slots": slots, "example": [list(each) for each in recipe.example],
    }  # fmt: skip


def of_json(told: Mapping[str, Any]) -> Recipe:
    """The recipe that was written; raises `NoRecipe` where it is of a newer form or spoilt."""
    try:
        if int(told["form"]) > FORM:
            raise NoRecipe(RecipeFault.NEWER_FORM)
        recipe = Recipe(
            name=str(told["name"]), supplier=str(told["supplier"]), part=str(told["part"]),
            version=int(told["version"]), slots=tuple(_slot_of_json(each) for each in told["slots"]),
            example=tuple((str(symbology), str(text)) for symbology, text in told["example"]),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise NoRecipe(RecipeFault.SPOILT) from error
    known = all(slot.meaning in MEANINGS for slot in recipe.slots)
    if not known or not 0 < len(recipe.slots) <= MOST_SYMBOLS or len(recipe.slots) != len(recipe.example):
        raise NoRecipe(RecipeFault.SPOILT)
    return recipe


def _slot_of_json(told: Mapping[str, Any]) -> Slot:
    return Slot(
        meaning=str(told["meaning"]), symbology=str(told.get("symbology", "")), scheme=str(told.get("scheme", "")),
        prefix=str(told.get("prefix", "")), marks=tuple(str(each) for each in told["marks"]),
        size=int(told["size"]), digits=bool(told["digits"]),
    )  # fmt: skip


def _slot(reading: Reading, meaning: str, prefix: str | None) -> Slot:
    if reading.scheme not in _FREE:
        marks = tuple(sorted(reading.marks))
        return Slot(meaning=meaning, symbology=reading.symbology, scheme=reading.scheme.value, marks=marks)
    prefix = _prefix(reading.text, meaning) if prefix is None else prefix
    value = reading.text.removeprefix(prefix)
    return Slot(
        meaning=meaning, symbology=reading.symbology, prefix=prefix, size=len(value), digits=value.isdigit()
    )  # fmt: skip


def _prefix(text: str, meaning: str) -> str:
    """The data identifier that the symbol of this meaning begins with, where it begins with one."""
    identifier = _IDENTIFIER.match(text)
    if identifier is None and text[:1] == _LETTERS.get(meaning, "-"):
        return text[0] if len(text) > 1 else ""
    return identifier[0] if identifier is not None and identifier.end() < len(text) else ""


def _narrowness(slot: Slot) -> tuple[int, int, int]:
    return len(slot.marks), len(slot.prefix), int(slot.digits)
