"""Undo of the last thing that was saved of an entry: by a counter-entry, unless something happened to it since."""

from dockmark.custody.events import ActReversed
from dockmark.desks.master.views import Saved
from dockmark.ledger.book import Book
from dockmark.lookup import master
from dockmark.record.facts import Draft
from dockmark.record.refusal import Refusal, Refused

UNDOABLE = frozenset({"part", "partner", "place", "order", "asn"})


def undo(book: Book, saved: Saved) -> str:
    """Reverses what was saved; returns the id of the reversal."""
    if saved.kind not in UNDOABLE:
        raise Refusal(Refused.NOTHING_TO_UNDO)
    subject = f"{saved.kind}:{saved.id}"
    events = master.history(book.session, subject)
    if [event.id for event in events[-len(saved.events) :]] != list(saved.events):
        raise Refusal(Refused.MOVED_SINCE, part=saved.title)
    if saved.is_new and saved.kind != "asn" and master.is_used(book.session, saved.kind, saved.id):
        raise Refusal(Refused.MOVED_SINCE, part=saved.title)
    [event] = book.record(Draft(fact=ActReversed(reverses=list(saved.events)), subj=(subject,)))
    book.flush()
    return event
