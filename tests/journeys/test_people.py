"""People at a station, through the command line and below the window: PINs, locks, rights, signatures."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from dockmark.catalog.events import PartAdded
from dockmark.custody.events import (
    LabelReprinted,
    ReceiptOpened,
    UnitHeld,
    UnitReleased,
    UnitScrapped,
    UnitStocked,
)  # fmt: skip
from dockmark.desks.answer import Outcome
from dockmark.people.events import AccountUnlocked, OperatorEnrolled
from dockmark.people.rules import Act, act_of, may
from dockmark.people.signatures import Signer, signature_fault
from dockmark.people.state import Role
from dockmark.record.facts import Draft, Fact
from dockmark.record.refusal import Refusal, Refused
from dockmark.station.demo import make_demo
from dockmark.station.setup import enrol, open_ledger
from dockmark.station.station import Station

ANNA, CARLA = "739164", "482915"
HELD = "LI7-90120"


@pytest.fixture
def station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Station]:
    monkeypatch.setenv("DOCKMARK_STATE", str(tmp_path / "state"))
    make_demo(tmp_path / "data")
    made = Station(open_ledger(tmp_path / "data"), tmp_path / "data", spooling=False)
    yield made
    made.close()


@pytest.fixture
def signing(station: Station) -> Station:
    """A depot in which two people have PINs of their own."""
    station.sessions.choose_pin("anna", ANNA, witness=None).result()
    station.sessions.choose_pin("carla", CARLA, witness=Signer(user="anna", pin=ANNA)).result()
    station.sessions.leave().result()
    return station


def cores(station: Station, kind: str) -> list[dict[str, object]]:
    session = station.ledger.session()
    told = [json.loads(row[0]) for row in session.all("SELECT core FROM events ORDER BY n")]
    session.close()
    return [core for core in told if core["type"] == kind]


def refused(act: object) -> Refused:
    with pytest.raises(Refusal) as no:
        act.result()  # type: ignore[attr-defined] # a Future
    return no.value.code


def test_a_badge_and_pin_begin_a_session_that_says_how(signing: Station) -> None:
    signing.sessions.sign_in("anna", ANNA).result()
    last = cores(signing, "signed_in")[-1]
    assert last["actor"] == "anna"
    body = last["body"]
    assert isinstance(body, dict)
    assert (body["method"], body["proved"], body["roles"]) == ("pin", True, ["administrator"])
    assert body["boot"]


def test_no_pin_and_no_hash_of_one_stands_in_an_event(signing: Station) -> None:
    session = signing.ledger.session()
    text = "".join(str(row[0]) for row in session.all("SELECT core FROM events"))
    session.close()
    assert ANNA not in text and CARLA not in text and "argon2" not in text


def test_five_failures_lock_and_an_administrator_unlocks(signing: Station) -> None:
    for _try in range(5):
        assert refused(signing.sessions.sign_in("carla", "000000")) is Refused.PIN_WRONG
    assert refused(signing.sessions.sign_in("carla", CARLA)) is Refused.ACCOUNT_LOCKED
    assert len(cores(signing, "sign_in_failed")) == 5
    assert cores(signing, "attempt_denied")[-1]["body"]["code"] == "account_locked"  # type: ignore[index]
    signing.sessions.sign_in("anna", ANNA).result()
    signing.sessions.unlock("carla", "it was I").result()
    signing.sessions.sign_in("carla", CARLA).result()


def test_whoever_is_not_known_is_answered_as_one_who_is(signing: Station) -> None:
    for _try in range(5):
        assert refused(signing.sessions.sign_in("nobody", "000000")) is Refused.PIN_WRONG
    assert refused(signing.sessions.sign_in("nobody", "000000")) is Refused.ACCOUNT_LOCKED


def test_nothing_is_recorded_for_nobody(signing: Station) -> None:
    answer = signing.command("holds", "UNDO").result()
    assert (answer.outcome, answer.code) == (Outcome.REFUSED, "not_signed_in")


def release(station: Station, signer: Signer | None) -> str:
    from dockmark.identifiers.reading import Scan

    station.scan("holds", Scan.of_text(HELD)).result()
    facts = {"reason": "DOUBT"}
    if signer is None:
        return station.command("holds", "RELEASE", **facts).result().code
    return station.signed("holds", "RELEASE", facts, signer).result().code


def test_a_release_is_signed_by_another_than_who_held_it(signing: Station) -> None:
    signing.sign_in("carla", "badge").result()
    assert release(signing, None) == "signature_needed"
    assert release(signing, Signer(user="carla", pin="000000")) == "pin_wrong"
    assert release(signing, Signer(user="carla", pin=CARLA, said=("something else",))) == "shown_otherwise"
    assert release(signing, Signer(user="carla", pin=CARLA)) == "released"
    core = cores(signing, "unit_released")[-1]
    assert core["esig"]["user"] == "carla"  # type: ignore[index]
    assert signature_fault(core) == ""
    signing.command("holds", "QUARANTINE", reason="DOUBT").result()
    assert release(signing, Signer(user="carla", pin=CARLA)) == "second_person_needed"
    assert cores(signing, "attempt_denied")[-1]["body"]["code"] == "second_person_needed"  # type: ignore[index]
    assert release(signing, Signer(user="anna", pin=ANNA)) == "released"


def test_an_administrator_who_resets_a_pin_cannot_sign_as_that_person(signing: Station) -> None:
    signing.sessions.sign_in("anna", ANNA).result()
    badge = signing.sessions.give_badge("carla").result()
    pin = signing.sessions.reset_pin("carla", "lost", Signer(user="anna", pin=ANNA)).result()
    assert release(signing, Signer(user="carla", pin=pin)) == "pin_to_change"
    sessions = signing.sessions
    by_anna = Signer(user="anna", pin=ANNA)
    assert refused(sessions.choose_pin("carla", "593817", old=pin, witness=by_anna)) is Refused.BADGE_NEEDED
    alone = sessions.choose_pin("carla", "593817", old=pin, badge=badge, witness=None)
    assert refused(alone) is Refused.WITNESS_NEEDED
    by_her = sessions.choose_pin("carla", "593817", old=pin, badge=badge, witness=by_anna)
    assert refused(by_her) is Refused.WITNESS_NEEDED


def test_erasing_a_person_leaves_the_ledger_sound(signing: Station) -> None:
    from dockmark.ledger.verify import Soundness, verify

    signing.sessions.sign_in("anna", ANNA).result()
    assert signing.sessions.erase("carla", "asked for it", Signer(user="anna", pin=ANNA)).result() >= 2
    session = signing.ledger.session()
    left = " ".join(str(row[0]) for row in session.all("SELECT data FROM people_records"))
    session.close()
    assert "Carla" not in left
    assert refused(signing.sessions.sign_in("carla", CARLA)) is Refused.PIN_WRONG
    assert verify(signing.ledger).result is not Soundness.BROKEN


ACTS: dict[str, tuple[Fact, str]] = {
    "receive": (ReceiptOpened(number="R"), "receipt"),
    "quarantine": (UnitHeld(reason="DOUBT"), "unit"),
    "release": (UnitReleased(holds=[], reason="DOUBT"), "unit"),
    "reprint": (LabelReprinted(reason="DOUBT"), "unit"),
    "scrap": (UnitScrapped(reason="DOUBT"), "unit"),
    "import": (UnitStocked(part="p"), "unit"),
    "master": (PartAdded(told={"part_number": "X"}), "part"),
    "people": (OperatorEnrolled(roles=["operator"]), "operator"),
    "unlock": (AccountUnlocked(operator="ben"), "access"),
}


@pytest.mark.parametrize("role", Role)
def test_every_cell_is_enforced_where_events_are_recorded(station: Station, role: Role) -> None:
    enrol(station.ledger, "eve", "Eve", (role,))
    station.sign_in("eve", "command line").result()
    for name, (fact, kind) in ACTS.items():

        def record(book: object, fact: Fact = fact, kind: str = kind) -> None:
            subject = f"{kind}:{book.new_id()}"  # type: ignore[attr-defined] # a Book
            book.record(Draft(fact=fact, subj=(subject,), new=True))  # type: ignore[attr-defined]

        act = act_of(fact, ("unit:1",))
        if may((role,), act):
            station.bench(record).result()
        else:
            assert refused(station.bench(record)) is Refused.NOT_ALLOWED, name
            told = cores(station, "attempt_denied")[-1]
            assert told["actor"] == "eve" and told["body"]["act"] == act.value  # type: ignore[index]
            assert role.value not in told["body"]["facts"]["roles"]  # type: ignore[index]
    assert Act.ONESELF
