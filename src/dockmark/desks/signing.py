"""Who works at a desk: sign-in, and the switch by badge."""

import hashlib

from dockmark.desks.answer import Answer
from dockmark.desks.turn import Turn
from dockmark.identifiers.reading import DockmarkTag
from dockmark.ledger.book import Author, Book
from dockmark.lookup import people
from dockmark.people.events import SignedIn
from dockmark.record.facts import Draft
from dockmark.record.refusal import Refusal, Refused


def sign_in(book: Book, operator: str, method: str, boot: str = "") -> Author:
    """Begins a session of this operator at this station."""
    known = people.operator(book.session, operator)
    if known is None or known.disabled:
        raise Refusal(Refused.OPERATOR_UNKNOWN, operator=operator)
    book.sign_in(Author(actor=operator))
    fact = SignedIn(role=known.roles[0] if known.roles else "operator", method=method, boot=boot)
    [event] = book.record(Draft(fact=fact, refs=(f"operator:{operator}",)))
    author = Author(actor=operator, sess=event)
    book.sign_in(author)
    return author


def badge_scanned(turn: Turn, tag: DockmarkTag) -> Answer:
    """A badge switches the operator."""
    found = people.operator_of_badge(turn.session, badge_digest(tag.payload))
    if found is None or found.disabled:
        # What is on a badge is a credential: it is neither kept nor shown.
        turn.scan = type(turn.scan)(raw=b"", symbology=turn.scan.symbology, device=turn.scan.device)
        raise Refusal(Refused.BADGE_UNKNOWN)
    turn.scan = type(turn.scan)(raw=b"", symbology=turn.scan.symbology, device=turn.scan.device)
    sign_in(turn.book, found.id, "badge")
    return turn.noted("operator_switched", operator=found.id, name=found.name)


def badge_digest(payload: str) -> str:
    """What is kept of a badge: the SHA-256 of what is on it, never that itself."""
    return hashlib.sha256(f"dockmark/badge/v1\n{payload}".encode()).hexdigest()
