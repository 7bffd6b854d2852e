"""What a desk has in hand is kept in a draft and read again as it was."""

import orjson
from hypothesis import given
from hypothesis import strategies as st

from dockmark.desks.hand import Done, Hand, Pending, hand_of
from dockmark.desks.item import Item
from dockmark.record.canonical import Json

texts = st.text(max_size=8)
items = st.builds(
    Item, serial=texts, part=texts, quantity=st.integers(0, 9), marks=st.dictionaries(texts, texts, max_size=2)
)
acts = st.builds(
    Done, code=texts, events=st.lists(texts, max_size=3), unit=texts, receipt=st.sampled_from(["", "r1", "r2"]),
    part=texts, serial=texts,
)  # fmt: skip
hands = st.builds(
    Hand, receipt=st.sampled_from(["", "r1"]), place=texts, half=st.none() | items, quantity=st.integers(0, 9),
    keys=texts, awaits=texts, unit=texts, done=st.lists(acts, max_size=4), operator=texts,
    pending=st.none() | st.builds(Pending, code=texts, facts=st.dictionaries(texts, texts, max_size=2), item=items),
)  # fmt: skip


def stored(kept: dict[str, Json]) -> Hand:
    return hand_of(orjson.loads(orjson.dumps(kept)))


@given(hands)
def test_a_hand_is_read_as_it_was_kept(hand: Hand) -> None:
    assert stored(hand.as_json()) == hand


def test_a_draft_of_the_first_form_is_read() -> None:
    act = {"code": "received", "events": ["e1"], "unit": "u1", "receipt": "r0", "part": "P", "serial": "S"}
    hand = stored({"receipt": "r1", "place": "", "unit": "u1", "done": [act]})
    assert hand.done == [Done(code="received", events=["e1"], unit="u1", receipt="r0", part="P", serial="S")]
