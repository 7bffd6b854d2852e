"""Label recipes: learnt from one box, proven on it, then right in any order."""

import itertools
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockmark.catalog.recipes import Box, NoRecipe, Recipe, RecipeFault, Wrong, anew, as_json, failing, learn, of_json
from dockmark.identifiers import Reading, Scan, read

TODAY = date(2026, 11, 23)


def reading(text: str) -> Reading:
    found = read(Scan.of_text(text), today=TODAY)
    assert isinstance(found, Reading), found
    return found


SHOWN = [
    ("]C0PFOC-88", "part"),
    ("]C0SAX00017", "serial"),
    ("]C0Q40", "quantity"),
    ("]C0K4500012", "order"),
    ("]d1[)>\x1e06\x1d1TL7\x1dV77\x1e\x04", "lot"),
    ("]Q1https://maker.example/p", "ignore"),
]
NEXT = ["]C0PFOC-91", "]C0SAX00018", "]C0Q8", "]C0K4500013", "]d1[)>\x1e06\x1d1TL8\x1dV77\x1e\x04"]
WANTED = {"part": "FOC-91", "serial": "AX00018", "quantity": "8", "order": "4500013", "lot": "L8"}


@pytest.fixture
def recipe() -> Recipe:
    made = learn("Fan boxes", [(reading(text), meaning) for text, meaning in SHOWN], supplier="ACME")
    return of_json(json.loads(json.dumps(as_json(made))))


def test_the_next_box_is_read_in_any_order(recipe: Recipe) -> None:
    for order in itertools.permutations(NEXT):
        box = Box(recipe)
        for text in order:
            taken = box.take(reading(text))
            assert isinstance(taken, Box), taken
            box = taken
        assert (box.told, box.wanted) == (WANTED, ())


def test_a_wrong_symbol_is_refused_by_naming_the_right_ones(recipe: Recipe) -> None:
    box = Box(recipe).take(reading("]C0PFOC-91"))
    assert isinstance(box, Box)
    assert box.take(reading("]C0ZZ-TOP-9")) == Wrong("", ("serial", "quantity", "order", "lot"))
    assert box.take(reading("]Q1https://maker.example/x")) == Wrong("ignore", ("serial", "quantity", "order", "lot"))
    assert box.take(reading("]C0PFOC-92")) == Wrong("part", ("serial", "quantity", "order", "lot"))
    assert box.take(reading("]C0PFOC-91")) == box


def test_it_is_proven_on_the_box_it_was_learnt_from(recipe: Recipe) -> None:
    assert failing(recipe, [reading(text) for text, _ in SHOWN]) is None
    assert [text for _, text in recipe.example] == [text[3:] for text, _ in SHOWN]


def test_what_stands_before_every_value_may_be_told() -> None:
    shown = [(reading("]C0MOD:A1"), "part"), (reading("]C0SER:B2"), "serial")]
    box = Box(learn("x", shown, prefixes={0: "MOD:", 1: "SER:"})).take(reading("]C0SER:B9"))
    assert isinstance(box, Box)
    assert box.told == {"serial": "B9"}


def test_learnt_anew_it_is_the_next_version(recipe: Recipe) -> None:
    after = anew(recipe, learn("other", [(reading("]C0P1-A"), "part")]))
    assert (after.name, after.version) == ("Fan boxes", 2)


@pytest.mark.parametrize(
    ("shown", "fault", "at"),
    [
        ([], RecipeFault.NOTHING, -1),
        ([("]C0A1", "ignore")], RecipeFault.NOTHING, -1),
        ([("]C0A1", "part"), ("]C0B2", "part")], RecipeFault.MEANING_TWICE, 1),
        ([("]C0A1", "colour")], RecipeFault.UNKNOWN_MEANING, 0),
        ([("]C012345", "part"), ("]C054321", "serial")], RecipeFault.NOT_TOLD_APART, 0),
        ([(f"]C0{letter}12", "ignore") for letter in "ABCDEFGH"] + [("]C0S1", "serial")], RecipeFault.TOO_MANY, 8),
    ],
)
def test_symbols_that_make_no_recipe_say_why(shown: list[tuple[str, str]], fault: RecipeFault, at: int) -> None:
    with pytest.raises(NoRecipe) as no:
        learn("x", [(reading(text), meaning) for text, meaning in shown])
    assert (no.value.fault, no.value.at) == (fault, at)


@given(
    st.recursive(st.none() | st.integers() | st.text(), lambda each: st.lists(each) | st.dictionaries(st.text(), each))
)
def test_a_file_that_is_no_recipe_is_refused(told: object) -> None:
    whole = {"form": 1, "name": "x", "supplier": "", "part": "", "version": 1, "slots": told, "example": told}
    with pytest.raises(NoRecipe):
        of_json(whole)


def test_a_recipe_of_a_newer_form_is_refused(recipe: Recipe) -> None:
    with pytest.raises(NoRecipe) as no:
        of_json({**as_json(recipe), "form": 2})
    assert no.value.fault is RecipeFault.NEWER_FORM
