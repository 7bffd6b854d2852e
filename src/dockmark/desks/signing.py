"""Who works at a desk: sign-in by badge, PIN or command line, the switch by badge, and signatures."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from dockmark.desks.answer import Answer
from dockmark.desks.turn import Turn
from dockmark.identifiers.reading import DockmarkTag
from dockmark.ledger.book import Author, Book
from dockmark.ledger.credentials import fits
from dockmark.ledger.people import Person, depot_signs, everybody, kept_record, person, tries_of
from dockmark.lookup import people
from dockmark.people.access import seconds_locked
from dockmark.people.events import SignedIn, SignedOut, SignInFailed
from dockmark.people.signatures import Meaning, Pen, Signer, also_signed, same_person, signed
from dockmark.people.state import PinStanding, access_of
from dockmark.record.canonical import Json
from dockmark.record.facts import Draft
from dockmark.record.ids import EventId
from dockmark.record.refusal import Refusal, Refused
from dockmark.wording import statement

BY_PIN: Final = "pin"
BY_BADGE: Final = "badge"
BY_BADGE_AND_PIN: Final = "badge and pin"
COMMAND_LINE: Final = "command line"


# -- sessions -------------------------------------------------------------------------------------------------------


def sign_in(book: Book, operator: str, method: str, boot: str = "", *, proved: bool = False, badge: str = "") -> Author:
    """Begins a session of this operator at this station; ends the one before it."""
    known = person(book.session, operator)
    if known is None or known.disabled or known.erased:
        raise Refusal(Refused.OPERATOR_UNKNOWN, operator=operator)
    if book.author.sess and method != COMMAND_LINE:
        end_session(book, "switched" if book.actor != operator else "again")
    book.sign_in(Author(actor=operator))
    started = book.uptime.boot
    roles: list[Json] = list(known.roles)
    fact = SignedIn(
        role=known.roles[0] if known.roles else "operator", method=method, boot=boot or started, clock=_clock(book),
        roles=roles, proved=proved, badge=badge,
    )  # fmt: skip
    tried = proved and bool(tries_of(book.session, book.station, operator))
    subj = (access_of(book.station, operator),) if tried else ()
    [event] = book.record(Draft(fact=fact, subj=subj, refs=(f"operator:{operator}",)))
    author = Author(actor=operator, sess=event, proved=proved)
    book.sign_in(author)
    return author


def end_session(book: Book, why: str) -> None:
    """Ends the session in hand: `switched`, `again`, `idle`, `left`, `closed`. Nobody works here then."""
    if not book.author.sess:
        return
    book.record(Draft(fact=SignedOut(session=book.author.sess, why=why), refs=(f"operator:{book.actor}",)))
    book.sign_in(Author())


def sign_in_proved(book: Book, operator: str, pin: str, badge: str = "", *, method: str = "") -> Author:
    """Begins a session by PIN, with the badge in hand or without. Too many failures lock it."""
    known = prove(book, Signer(user=operator, pin=pin, badge=badge))
    how = method or (BY_BADGE_AND_PIN if badge else BY_PIN)
    return sign_in(book, known.id, how, proved=True, badge=badge_record(book, known, badge))


def _clock(book: Book) -> dict[str, Json]:
    state = getattr(book.clock, "state", None)
    return dict(state()) if state is not None else {}


def badge_scanned(turn: Turn, tag: DockmarkTag) -> Answer:
    """A badge switches the operator at once, for plain work."""
    digest = badge_digest(tag.payload)
    found = people.operator_of_badge(turn.session, digest)
    # What is on a badge is a credential: it is neither kept nor shown.
    turn.scan = type(turn.scan)(raw=b"", symbology=turn.scan.symbology, device=turn.scan.device)
    known = person(turn.session, found.id) if found is not None else None
    if known is None or known.disabled or known.erased:
        raise Refusal(Refused.BADGE_UNKNOWN)
    sign_in(turn.book, known.id, BY_BADGE, badge=badge_record(turn.book, known, digest))
    return turn.noted("operator_switched", operator=known.id, name=known.name)


def badge_digest(payload: str) -> str:
    """What is kept of a badge: the SHA-256 of what is on it, never that itself."""
    return hashlib.sha256(f"dockmark/badge/v1\n{payload}".encode()).hexdigest()


def badge_record(book: Book, known: Person, digest: str) -> str:
    """The side record of a badge that is this person's; empty where it is not."""
    for record in known.badges if digest else ():
        if kept_record(book.session, record) == f"badge {digest}":
            return record
    return ""


# -- proving --------------------------------------------------------------------------------------------------------


def prove(book: Book, signer: Signer) -> Person:
    """The person who says so, where the PIN is right. Refuses what is wrong and what was tried too often.

    Whoever is asked for, known or not, locked or not: it takes the time of one hash, and the answer is the same.
    """
    named = signer.user
    if not named and signer.badge:
        owner = people.operator_of_badge(book.session, signer.badge)
        named = owner.id if owner is not None else ""
    known = person(book.session, named) if named else None
    tries = tries_of(book.session, book.station, named)
    locked = seconds_locked(tries, book.uptime)
    record = kept_record(book.session, known.pin.record, known.pin.hash) if known is not None else ""
    is_right = fits(record, signer.pin)
    if locked:
        raise Refusal(Refused.ACCOUNT_LOCKED, operator=known.id if known else "", minutes=-(-locked // 60))
    if known is None or known.disabled or known.erased:
        raise _wrong(book, named, known, "unknown" if known is None else "disabled")
    if signer.badge and not badge_record(book, known, signer.badge):
        raise _wrong(book, named, known, "badge")
    if not is_right:
        raise _wrong(book, named, known, "pin" if record else "none")
    return known


def _wrong(book: Book, named: str, known: Person | None, why: str) -> Refusal:
    no = Refusal(Refused.PIN_WRONG)
    now = book.uptime
    operator = known.id if known is not None else ""
    fact = SignInFailed(why=why, operator=operator, method=BY_PIN, boot=now.boot, up_s=now.seconds)
    refs = (f"operator:{operator}",) if operator else ()
    no.leaves = (Draft(fact=fact, subj=(access_of(book.station, named),), refs=refs),)
    return no


# -- signatures -----------------------------------------------------------------------------------------------------


def record_signed(
    book: Book, draft: Draft, meaning: Meaning, facts: dict[str, str], *, others: Iterable[str] = ()
) -> EventId:
    """Records an event that needs a signature, by whoever offers to sign it in this transaction.

    `others` are the people of whom the signer must be none. Until somebody here has a PIN nothing is signed, and the
    one who records is the one who answers for it.
    """
    apart = list(others)
    if not depot_signs(book.session):
        refuse_same(book, book.actor, apart)
        [event] = book.record(draft)
        return event
    signer = book.signer
    if signer is None:
        named = sorted({other for other in apart if other})
        raise Refusal(Refused.SIGNATURE_NEEDED, meaning=meaning.value, apart=named, **facts)
    draft = replace(draft, id=draft.id or EventId(book.new_id()))
    [event] = book.record(sign(book, draft, signer, meaning, facts, others=apart))
    return event


def sign(
    book: Book, draft: Draft, signer: Signer, meaning: Meaning, facts: dict[str, str], *, others: Iterable[str] = ()
) -> Draft:
    """The draft with the signature of this person, who proves it with the PIN; its id must be chosen by now."""
    said = tuple(statement(meaning.value, facts))
    if signer.said and tuple(signer.said) != said:
        raise Refusal(Refused.SHOWN_OTHERWISE)
    known = prove(book, signer)
    refuse_unfit(known)
    refuse_same(book, known.id, others)
    pen = Pen(
        user=known.id, method=BY_BADGE_AND_PIN if signer.badge else BY_PIN, pin=known.pin.record,
        name={"id": known.name_record, "hash": known.name_hash},
    )  # fmt: skip
    put = also_signed if draft.esig else signed
    return put(draft, pen, meaning, said, time_us=book.now_us, actor=book.actor, station=book.station)


def refuse_unfit(known: Person) -> None:
    """Refuses to let somebody sign whose PIN another person may know."""
    if known.pin.standing is PinStanding.TEMPORARY:
        raise Refusal(Refused.PIN_TO_CHANGE, operator=known.id)


def refuse_same(book: Book, who: str, others: Iterable[str]) -> None:
    """Refuses one person where two are asked for: by id, by name, and by what was said of ids that are one person."""
    for other in others:
        if other and are_one(book, who, other):
            raise Refusal(Refused.SECOND_PERSON_NEEDED, operator=who)


def are_one(book: Book, one: str, other: str) -> bool:
    """Whether two ids are one person: the same id, the same printed name, or told to be one."""
    if same_person((one, ""), (other, "")):
        return True
    first, second = person(book.session, one), person(book.session, other)
    if first is None or second is None:
        return False
    return same_person((first.id, first.name), (second.id, second.name)) or second.id in _also(book, first)


def _also(book: Book, known: Person) -> set[str]:
    """The ids that were told to be the same person, on either side, however many in a row."""
    pairs = [(each.id, each.same_as) for each in everybody(book.session) if each.same_as]
    found, waiting = {known.id}, [known.id]
    while waiting:
        now = waiting.pop()
        for one, other in pairs:
            for mate in {one: (other,), other: (one,)}.get(now, ()):
                if mate not in found:
                    found.add(mate)
                    waiting.append(mate)
    return found
