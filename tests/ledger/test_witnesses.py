"""Checkpoints are made over what is there, and what they say is held against it."""

import pytest

from dockmark.custody.events import UnitHeld, UnitStocked
from dockmark.ledger.checkpoints import checkpoint_in, make_checkpoint
from dockmark.ledger.ledger import Ledger
from dockmark.ledger.verify import Soundness, verify
from dockmark.record.facts import Draft
from dockmark.record.refusal import Refusal, Refused

from .conftest import MakeLedger


def stock(ledger: Ledger, count: int) -> None:
    for number in range(count):
        with ledger.writing() as book:
            unit = f"unit:{book.new_id()}"
            book.record(Draft(fact=UnitStocked(part="p", serial=f"S{number}"), subj=(unit,), new=True))
            book.record(Draft(fact=UnitHeld(reason="damp"), subj=(unit,)))


@pytest.mark.parametrize("sizes", [(0,), (1, 1), (3, 5, 0, 2), (40, 1, 7)])
def test_every_checkpoint_is_made_anew_and_agrees(make_ledger: MakeLedger, sizes: tuple[int, ...]) -> None:
    ledger = make_ledger()
    texts = []
    for size in sizes:
        stock(ledger, size)
        texts.append(make_checkpoint(ledger).text)
    found = verify(ledger, given=texts)
    assert (found.result, found.checkpoints, found.at) == (Soundness.SOUND, len(sizes), {})
    assert found.witnessed_to == {ledger.identity.station: found.events - 1}
    assert verify(ledger, given=[texts[0].lower().replace(" ", "")], quick=True).result is Soundness.SOUND
    assert verify(ledger).result is Soundness.NOT_WITNESSED


def test_a_checkpoint_within_a_transaction_covers_what_was_recorded_before_it(make_ledger: MakeLedger) -> None:
    ledger = make_ledger()
    with ledger.writing() as book:
        unit = f"unit:{book.new_id()}"
        book.record(Draft(fact=UnitStocked(part="p", serial="S"), subj=(unit,), new=True))
        made = checkpoint_in(book)
        book.record(Draft(fact=UnitHeld(reason="damp"), subj=(unit,)))
    assert made.events == 2
    assert verify(ledger, given=[made.text]).result is Soundness.SOUND


def test_papers_that_are_not_of_this_ledger_are_told_apart(make_ledger: MakeLedger) -> None:
    ours, others = make_ledger("a"), make_ledger("b")
    stock(ours, 2)
    text, strange = make_checkpoint(ours).text, make_checkpoint(others).text
    assert verify(ours, given=[strange]).at["code"] == "checkpoint_not_ours"
    head, note = text.rsplit(" ", 1)
    later = head.replace(" 1 ", " 9 ") + " " + note[::-1]
    assert verify(ours, given=[later]).at["code"] == "checkpoint_unknown"
    assert verify(ours, given=[f"{head} {note[::-1]}"]).at["code"] == "checkpoint_differs"
    for wrong, code in (
        ("hello", Refused.CHECKPOINT_UNREADABLE),
        (head.replace(" 1 ", " 9 ") + " " + note, Refused.CHECKPOINT_MISTYPED),
        (f"{head} {'A' if note[0] != 'A' else 'C'}{note[1:]}", Refused.CHECKPOINT_MISTYPED),
    ):
        with pytest.raises(Refusal) as no:
            verify(ours, given=[wrong])
        assert no.value.code is code
