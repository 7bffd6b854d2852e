"""PINs, badges, locks and erasure: what a person does alone, what an administrator does, and who must stand by."""

import secrets
from collections.abc import Iterable

from dockmark.desks.signing import are_one, badge_digest, badge_record, end_session, prove, record_signed, sign_in
from dockmark.identifiers.tags import badge_tag
from dockmark.ledger.book import Book
from dockmark.ledger.credentials import as_record, fits
from dockmark.ledger.people import Person, depot_signs, everybody, keep_person_record, kept_record, person
from dockmark.people.events import (
    AccountUnlocked,
    BadgeIssued,
    BadgeWithdrawn,
    PersonErased,
    PinChosen,
    PinReset,
)
from dockmark.people.pins import as_pin, pin_fault
from dockmark.people.signatures import Meaning, Signer
from dockmark.people.state import PinStanding, Role, access_of
from dockmark.record.canonical import Json
from dockmark.record.facts import Draft
from dockmark.record.refusal import Refusal, Refused

_REASON = 200
_DIGITS = 10**8


def choose_pin(book: Book, operator: str, new: str, *, old: str = "", badge: str = "", witness: Signer | None) -> str:
    """A person chooses the own PIN; returns the event.

    With an own PIN before, that one is proved and nobody need stand by. The first one is chosen under the eyes of a
    second person. After a reset it takes the badge, the PIN for one time, and a witness who is neither the person nor
    whoever reset it. Only the very first PIN of a depot, an administrator's, is chosen alone.
    """
    known = _known(book, operator)
    standing = known.pin.standing
    if standing is not PinStanding.NONE:
        prove(book, Signer(user=operator, pin=old, badge=badge))
    if standing is PinStanding.TEMPORARY and not badge_record(book, known, badge):
        raise Refusal(Refused.BADGE_NEEDED, operator=operator)
    stood_by = _witness(book, known, witness) if _needs_witness(book, known) else ""
    _refuse_weak(book, known, new, badge)
    # The session is the person's own: what follows is said by nobody else.
    sign_in(book, operator, "badge and pin" if badge else "pin", proved=True, badge=badge_record(book, known, badge))
    fact = PinChosen(
        pin=keep_person_record(book, as_record(new)), badge=badge_record(book, known, badge), witness=stood_by,
        how=standing.value,
    )  # fmt: skip
    [event] = book.record(Draft(fact=fact, subj=(f"operator:{operator}",)))
    book.flush()
    return event


def _needs_witness(book: Book, known: Person) -> bool:
    if known.pin.standing is PinStanding.NONE and not depot_signs(book.session):
        if Role.ADMINISTRATOR.value not in known.roles:
            raise Refusal(Refused.WITNESS_NEEDED, operator=known.id)
        return False
    return known.pin.standing is not PinStanding.OWN


def _witness(book: Book, known: Person, witness: Signer | None) -> str:
    """A second person, with a PIN that only that person knows, chosen before the reset that is got over here."""
    if witness is None or not (witness.user or witness.badge):
        raise Refusal(Refused.WITNESS_NEEDED)
    by = prove(book, witness)
    late = known.pin.standing is PinStanding.TEMPORARY and by.pin.since > known.pin.since
    reset_by = known.pin.reset_by
    if not by.may_sign or are_one(book, by.id, known.id) or late or (reset_by and are_one(book, by.id, reset_by)):
        raise Refusal(Refused.WITNESS_NEEDED, operator=by.id)
    return by.id


def _refuse_weak(book: Book, known: Person, new: str, badge: str) -> None:
    fault = pin_fault(new, (known.id, known.name, *known.name.split()))
    payload = as_pin(new).strip().upper()
    if not fault and badge_digest(payload[3:-1]) == badge and badge:
        fault = "known"
    if not fault and fits(kept_record(book.session, known.pin.record, known.pin.hash), new):
        fault = "same"
    if fault:
        raise Refusal(Refused.PIN_WEAK, fault=fault)


def reset_pin(book: Book, operator: str, reason: str) -> str:
    """An administrator gives a person a PIN for one time, signed; returns it to be told, and keeps only its hash."""
    known = _known(book, operator)
    if are_one(book, book.actor, operator):
        raise Refusal(Refused.SECOND_PERSON_NEEDED, operator=operator)
    pin = next(text for text in iter(_drawn, "") if not pin_fault(text))
    fact = PinReset(pin=keep_person_record(book, as_record(pin)), reason=_reason(reason, "pin"))
    draft = Draft(fact=fact, subj=(f"operator:{known.id}",))
    record_signed(book, draft, Meaning.RESET, {"operator": operator, "why": fact.reason}, others=(operator,))
    book.flush()
    return pin


def _drawn() -> str:
    return f"{secrets.randbelow(_DIGITS):08d}"


def unlock(book: Book, operator: str, reason: str) -> str:
    """Lifts the lock after too many failures, at every station that is known here."""
    _known(book, operator)
    told = book.session.all("SELECT id FROM access WHERE operator = ? ORDER BY id", (operator,))
    subj = tuple(f"access:{row[0]}" for row in told) or (access_of(book.station, operator),)
    [event] = book.record(Draft(fact=AccountUnlocked(operator=operator, reason=reason.strip()[:_REASON]), subj=subj))
    book.flush()
    return event


def give_badge(book: Book, operator: str) -> str:
    """A new badge: its tag is returned to be printed and kept nowhere, only its digest is."""
    _known(book, operator)
    tag = badge_tag(secrets.token_bytes(10))
    kept = keep_person_record(book, f"badge {badge_digest(tag[3:-1])}")
    book.record(Draft(fact=BadgeIssued(badge=kept), subj=(f"operator:{operator}",)))
    book.flush()
    return tag


def withdraw_badges(book: Book, operator: str, reason: str) -> int:
    """All badges of a person are worth nothing any more; returns how many those were."""
    known = _known(book, operator)
    why = _reason(reason, "badge")
    for badge in known.badges:
        book.record(Draft(fact=BadgeWithdrawn(badge=badge, reason=why), subj=(f"operator:{operator}",)))
    book.flush()
    return len(known.badges)


def erase(book: Book, operator: str, reason: str) -> int:
    """Deletes name, badges and PINs of a person from the side records; what the person did stays, under the id."""
    known = _known(book, operator)
    if known.id == book.actor:
        raise Refusal(Refused.SECOND_PERSON_NEEDED, operator=operator)
    others = [it for it in everybody(book.session) if it.id != operator and not it.disabled and not it.erased]
    if Role.ADMINISTRATOR.value in known.roles and not any(Role.ADMINISTRATOR.value in it.roles for it in others):
        raise Refusal(Refused.LAST_ADMINISTRATOR, operator=operator)
    records = sorted(_records_of(book, operator))
    told: list[Json] = list(records)
    draft = Draft(fact=PersonErased(records=told, reason=_reason(reason, "erase")), subj=(f"operator:{operator}",))
    record_signed(book, draft, Meaning.ERASURE, {"operator": operator, "why": reason.strip()}, others=(operator,))
    book.session.many("DELETE FROM people_records WHERE id = ?", [(record,) for record in records])
    book.session.forget()
    book.flush()
    return len(records)


def _records_of(book: Book, operator: str) -> Iterable[str]:
    """Every side record that an event of this person ever named."""
    from dockmark.ledger.folding import history

    for event in history(book.session, f"operator:{operator}"):
        for name in ("name", "badge", "pin"):
            told = event.body.get(name)
            if isinstance(told, dict) and told.get("id"):
                yield str(told["id"])


def leave(book: Book, why: str) -> None:
    """Whoever works here is signed out: idle, gone, or the window closes."""
    end_session(book, why)


def _known(book: Book, operator: str) -> Person:
    known = person(book.session, operator)
    if known is None or known.erased:
        raise Refusal(Refused.OPERATOR_UNKNOWN, operator=operator)
    return known


def _reason(text: str, about: str) -> str:
    reason = " ".join(text.split())[:_REASON]
    if not reason:
        raise Refusal(Refused.REASON_NEEDED, about=about)
    return reason
