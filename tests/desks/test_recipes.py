"""A supplier's boxes at the receiving desk: learnt once, then right in any order."""

import itertools

import pytest

from dockmark.catalog.recipes import Recipe, learn
from dockmark.desks import recipes as desk
from dockmark.identifiers import Reading, Scan, read
from dockmark.lookup import recipes as kept
from dockmark.record.refusal import Refusal, Refused
from tests.identifiers.conftest import TODAY

SHOWN = [("]C0PFAN-88", "part"), ("]C0SAX00017", "serial"), ("]Q1https://maker.example/p", "ignore")]


def reading(text: str) -> Reading:
    found = read(Scan.of_text(text), today=TODAY)
    assert isinstance(found, Reading)
    return found


def learnt(*shown: tuple[str, str]) -> Recipe:
    return learn("Fans", [(reading(text), meaning) for text, meaning in shown or SHOWN], supplier="ACME")


def test_keeping_again_makes_the_next_version_and_the_same_changes_nothing(depot) -> None:
    with depot.ledger.writing() as book:
        assert desk.keep(book, learnt()).version == 1
        assert desk.keep(book, learnt()).version == 1
        assert desk.keep(book, learnt(SHOWN[1])).version == 2
        assert [each.recipe.version for each in kept.recipes(book.session)] == [2]
        desk.drop(book, "fans", "boxes changed")
        assert kept.recipes(book.session) == []


def test_symbols_are_taken_in_any_order_and_the_wrong_one_names_the_right_one(depot) -> None:
    with depot.ledger.writing() as book:
        desk.keep(book, learnt())
        for order in itertools.permutations(["]C0PFAN-91", "]C0SAX00018"]):
            told = [desk.meant(book.session, "acme", reading(text)) for text in order]
            assert {each.part or each.serial for each in told} == {"FAN-91", "AX00018"}
        for text in ("]Q1https://maker.example/q", "]C0ZZZ"):
            with pytest.raises(Refusal) as no:
                desk.meant(book.session, "ACME", reading(text))
            assert (no.value.code, no.value.facts["wanted"]) == (Refused.WRONG_SYMBOL, "part")


def test_boxes_of_others_and_labels_that_explain_themselves_are_read_as_ever(depot) -> None:
    with depot.ledger.writing() as book:
        desk.keep(book, learnt())
        plain, told = reading("]C0ZZZ"), reading("]d1[)>\x1e06\x1dS9\x1e\x04")
        assert desk.meant(book.session, "OTHER", plain) is plain
        assert desk.meant(book.session, "ACME", told) is told


def test_a_suppliers_boxes_are_received_by_its_recipe_and_another_suppliers_are_not(depot) -> None:
    with depot.ledger.writing() as book:
        shown = [("]C0PCM-FAN", "part"), ("]C0SFAN0007", "serial"), ("]Q1https://maker.example/p", "ignore")]
        made = learn("Fans", [(reading(text), meaning) for text, meaning in shown], supplier="S1")
        desk.keep(book, made)
    depot.begin("PO1")
    for first, second, serial in (("]C0PCM-FAN", "]C0SFAN0008", "FAN0008"), ("]C0SFAN0009", "]C0PCM-FAN", "FAN0009")):
        assert depot.scan(first).outcome == "noted"
        answer = depot.scan(second)
        assert (answer.outcome, answer.unit.serial, answer.unit.part) == ("accepted", serial, "CM-FAN")
    wrong = depot.scan("]Q1https://maker.example/q")
    assert (wrong.outcome, wrong.code, wrong.facts["wanted"]) == ("refused", "wrong_symbol", "part")
    depot.begin("PO3")
    assert depot.scan("]C0SFAN0010").code != "wrong_symbol"
