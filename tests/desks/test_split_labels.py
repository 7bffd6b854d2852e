"""A medical label in two symbols: its halves must name each other."""

import pytest

from dockmark.desks.item import Item, item_of
from dockmark.identifiers import Reading, Scan, read
from dockmark.identifiers.hibc import check_character
from dockmark.record.refusal import Refusal, Refused
from tests.identifiers.conftest import TODAY


def half(text: str) -> Item:
    found = read(Scan.of_text(text + check_character(text)), today=TODAY)
    assert isinstance(found, Reading)
    return item_of(found)


PRIMARY = "+B234VALVE90"
LINK = check_character(PRIMARY)


def test_halves_of_one_label_are_one_piece_in_either_order() -> None:
    primary, secondary = half(PRIMARY), half(f"+$$+3290515S-7{LINK}")
    for whole in (secondary.with_half(primary), primary.with_half(secondary)):
        assert (whole.part, whole.serial, whole.expiry) == ("VALVE9", "S-7", "2029-05-15")


def test_halves_of_two_labels_are_refused_in_either_order() -> None:
    primary, secondary = half(PRIMARY), half(f"+$+S-7{'A' if LINK != 'A' else 'B'}")
    for one, other in ((primary, secondary), (secondary, primary)):
        with pytest.raises(Refusal) as no:
            one.with_half(other)
        assert no.value.code is Refused.WRONG_SYMBOL


def test_a_label_that_names_no_other_joins_as_before() -> None:
    assert half(PRIMARY).with_half(Item(serial="S1")).serial == "S1"
