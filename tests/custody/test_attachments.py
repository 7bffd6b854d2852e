"""A file belongs to its unit until somebody takes it away again, whatever its events say and in whatever order."""

from hypothesis import given, settings

from dockmark.custody.attachments import fold_attachment
from dockmark.record.event import Seen

from .test_folds import histories


def event(number: int, word: str, **body: object) -> Seen:
    return Seen(
        "s", number, f"h{number}", f"e{number}", number, number, None, "anna", word, 1, body, ("attachment:a",), {}
    )  # fmt: skip


ATTACHED = event(1, "file_attached", to="unit:u", sha256="0" * 64, name="a.jpg", size=7, kind="photo")


@settings(max_examples=200)
@given(histories)
def test_no_history_makes_the_fold_raise(history: list[Seen]) -> None:
    found = fold_attachment("a", history)
    assert (found is not None) == any(fold_attachment("a", [each]) is not None for each in history)


def test_a_file_is_there_until_it_is_taken_away() -> None:
    found = fold_attachment("a", [ATTACHED])
    assert found is not None and (found.subject, found.name, found.gone) == ("unit:u", "a.jpg", "")
    gone = fold_attachment("a", [ATTACHED, event(2, "file_detached", event="e1", reason="OTHER")])
    assert gone is not None and gone.gone == "e2"


def test_taking_away_can_itself_be_taken_back() -> None:
    away = event(2, "file_detached", event="e1", reason="OTHER")
    back = event(3, "act_reversed", reverses=["e2"])
    found = fold_attachment("a", [ATTACHED, away, back])
    assert found is not None and found.gone == ""


def test_an_attachment_that_was_undone_is_gone() -> None:
    found = fold_attachment("a", [ATTACHED, event(2, "act_reversed", reverses=["e1"])])
    assert found is not None and found.gone == "e2"
    again = fold_attachment(
        "a", [ATTACHED, event(2, "act_reversed", reverses=["e1"]), event(3, "act_reversed", reverses=["e2"])]
    )
    assert again is not None and again.gone == ""


def test_what_names_no_file_attaches_none() -> None:
    assert fold_attachment("a", [event(1, "file_attached", to="unit:u", sha256=7, name="x", size=1)]) is None
    assert fold_attachment("a", [event(1, "file_detached", event="e0", reason="OTHER")]) is None
