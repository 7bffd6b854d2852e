"""Who may do what, when a sign-in locks, what may be a PIN, and what a signature is bound to."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dockmark.catalog.events
import dockmark.custody.events
import dockmark.people.events  # noqa: F401 - the modules enter their words
from dockmark.custody.events import UnitReceived, UnitReleased
from dockmark.people import rules
from dockmark.people.access import LOCKED_S, MOST_FAILURES, WINDOW_S, Tried, Try, Uptime, counting, seconds_locked
from dockmark.people.pins import pin_fault
from dockmark.people.rules import Act, act_of, is_known
from dockmark.people.signatures import Meaning, Pen, as_esig, same_person, signature_belongs, signature_fault, signed
from dockmark.people.state import Role
from dockmark.record.facts import VOCABULARY, Draft, to_body
from dockmark.record.ids import EventId

FAILED = Tried.FAILED


@pytest.mark.parametrize("word", sorted(VOCABULARY))
def test_every_event_word_is_an_act_of_the_table(word: str) -> None:
    assert is_known(word)


def test_the_table_has_a_cell_for_each_role_and_act() -> None:
    assert rules.WHO_MAY.keys() == set(Act)
    for act, who in rules.WHO_MAY.items():
        assert Role.ADMINISTRATOR in who, act
    assert all(not rules.may((), act) for act in Act)


@given(st.sets(st.sampled_from(Role)), st.sets(st.sampled_from(Role)))
def test_more_roles_never_allow_less(some: set[Role], more: set[Role]) -> None:
    assert rules.acts_of(some) | rules.acts_of(more) == rules.acts_of(some | more)


def test_a_rule_set_aside_is_another_act_than_a_gate_that_is_opened() -> None:
    def override(*codes: str, condition: str = "new") -> Act:
        return act_of(UnitReceived(receipt="r", override={"codes": list(codes)}, condition=condition), ("unit:1",))

    assert override("over_receipt") is Act.ACCEPT
    assert override("over_receipt", "recalled") is Act.OVERRIDE
    assert override("recalled", condition="quarantined") is Act.RECEIVE


def at(*seconds: int, boot: str = "b") -> list[Try]:
    return [Try(FAILED, Uptime(boot, second)) for second in seconds]


def test_five_failures_within_fifteen_minutes_lock_for_fifteen() -> None:
    assert seconds_locked(at(0, 10, 20, 30), Uptime("b", 31)) == 0
    assert seconds_locked(at(0, 10, 20, 30, 40), Uptime("b", 41)) == LOCKED_S - 1
    assert seconds_locked(at(0, 10, 20, 30, 40), Uptime("b", 40 + LOCKED_S)) == 0
    assert seconds_locked(at(0, 10, 20, 30, WINDOW_S + 1), Uptime("b", WINDOW_S + 2)) == 0


def test_a_restart_does_not_free_early_and_no_clock_holds_for_ever() -> None:
    locked = at(1000, 1001, 1002, 1003, 1004)
    assert seconds_locked(locked, Uptime("later", 5)) == LOCKED_S - 5
    assert seconds_locked(locked, Uptime("later", LOCKED_S)) == 0


def test_a_lock_is_lifted_and_a_success_begins_anew() -> None:
    for how in (Tried.UNLOCKED, Tried.SUCCEEDED):
        tries = [*at(0, 1, 2, 3, 4), Try(how, Uptime("b", 5))]
        assert seconds_locked(tries, Uptime("b", 6)) == 0
        assert seconds_locked([*tries, *at(7, 8, 9, 10)], Uptime("b", 11)) == 0


@given(st.lists(st.integers(0, 5000), min_size=MOST_FAILURES).map(sorted), st.integers(0, 10_000))
def test_what_counts_is_judged_alike_and_a_lock_always_ends(seconds: list[int], after: int) -> None:
    tries = at(*seconds)
    now = Uptime("b", seconds[-1] + after)
    assert 0 <= seconds_locked(tries, now) <= LOCKED_S
    assert seconds_locked(tries, Uptime("b", seconds[-1] + LOCKED_S)) == 0
    assert counting(counting(tries)) == counting(tries)


@pytest.mark.parametrize("pin", [
    "12345", "123456", "654321", "111111", "121212", "123123", "112233", "password", "anna-almqvist", "739", "",
    "pass\nword", "aaaaaaaaaa", "890123",
])  # fmt: skip
def test_a_pin_that_anybody_would_try_is_refused(pin: str) -> None:
    assert pin_fault(pin, ("anna-almqvist",))


@pytest.mark.parametrize("pin", ["739164", "80512907", "correct horse", "über den Zaun"])
def test_six_digits_or_a_passphrase_is_taken(pin: str) -> None:
    assert pin_fault(pin, ("anna", "Anna Almqvist")) == ""


@given(st.text(max_size=140))
def test_every_text_is_judged(text: str) -> None:
    assert pin_fault(text, ("anna",)) in ("", "too_short", "too_long", "control", "known", "regular")


ID = "01a20b47-238c-77fb-8f48-2d454b719d77"
PEN = Pen(user="carla", method="pin", name={"id": "n", "hash": "h"}, pin="p")


def core(draft: Draft, actor: str = "carla") -> dict[str, object]:
    made = signed(draft, PEN, Meaning.RELEASE, ["I release"], time_us=7, actor=actor, station="s")
    told: dict[str, object] = {"id": draft.id, "type": draft.fact.WORD, "schema": 1, "body": to_body(draft.fact)}
    return told | {"station": "s", "subj": list(draft.subj), "actor": actor, "esig": as_esig(made.esig), "seq": 5}


def release(reason: str = "DOUBT") -> Draft:
    return Draft(fact=UnitReleased(holds=["e1"], reason=reason), subj=("unit:u1",), id=EventId(ID))


def test_a_signature_belongs_to_the_event_that_it_was_made_for() -> None:
    assert signature_belongs(core(release()))
    assert signature_belongs({"id": ID, "type": "x"})


@pytest.mark.parametrize(("key", "value"), [
    ("id", ID[:-1] + "8"), ("subj", ["unit:u2"]), ("body", {"holds": ["e2"], "reason": "DOUBT"}),
    ("type", "unit_held"), ("actor", "ben"), ("station", "t"), ("at", 5),
])  # fmt: skip
def test_a_signature_moved_to_another_event_is_found(key: str, value: object) -> None:
    assert signature_fault({**core(release()), key: value}) == "esig_moved"


@pytest.mark.parametrize(("key", "value"), [
    ("user", "ben"), ("meaning", "review"), ("time", 8), ("said", ["I do not"]), ("pin", "q"), ("method", "badge"),
    ("name", {"id": "n", "hash": "other"}),
])  # fmt: skip
def test_a_signature_that_says_something_else_is_found(key: str, value: object) -> None:
    told = core(release())
    esig = told["esig"]
    assert isinstance(esig, dict)
    assert signature_fault({**told, "esig": {**esig, key: value}}) == "esig_moved"
    assert signature_fault({**told, "esig": {**esig, "with": [esig]}}) == "esig_twice"
    assert signature_fault({**told, "esig": {k: v for k, v in esig.items() if k != key}}) == "esig_form"


def test_the_same_words_signed_twice_are_two_signatures() -> None:
    one, other = core(release()), core(replace(release(), id=EventId(ID[:-1] + "9")))
    assert signature_fault({**other, "esig": one["esig"]}) == "esig_moved"


def test_somebody_with_two_ids_is_one_person() -> None:
    assert same_person(("ben", "Ben Okafor"), ("BEN", ""))
    assert same_person(("ben", "Ben Okafor"), ("b2", "okafor,  BEN"))
    assert not same_person(("ben", ""), ("b2", ""))
    assert not same_person(("ben", "Ben Okafor"), ("b2", "Ben Okafo"))
