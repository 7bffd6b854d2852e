"""The search index. It trails behind: a scan only notes its text, the trigrams are made in batches later.

Making them at each scan took half of its time. Whoever searches reads the index and then the few texts that are not
in it yet, so nothing is ever missed.
"""

from collections.abc import Sequence

from dockmark.database.session import Session
from dockmark.ledger.projections import Doc

INDEXED = "search_indexed"
BATCH = 5000
WORTHWHILE = 500
"""So many texts may wait before it is worth while to index them."""

_INSERT = "INSERT INTO search_docs(kind, id, text) VALUES (?, ?, ?)"


def note_docs(session: Session, docs: Sequence[tuple[str, Doc]], *, new: bool) -> None:
    """Notes what subjects are found by. `new` where nothing can stand there for any of them."""
    if not new:
        for identity, doc in docs:
            note_doc(session, identity, doc)
        return
    rows = [(doc.kind, identity, doc.text) for identity, doc in docs]
    if len(rows) == 1:
        session.run(_INSERT, rows[0])
    elif rows:
        session.many(_INSERT, rows)


def note_doc(session: Session, identity: str, doc: Doc) -> None:
    """Notes what one subject is found by, in the place of what stood there for it."""
    old = session.one("SELECT doc, text FROM search_docs WHERE id = ?", (identity,))
    if old is None:
        session.run(_INSERT, (doc.kind, identity, doc.text))
    elif old[1] != doc.text:
        if old[0] <= indexed_to(session):
            session.texts.change(session, old[0], old[1], doc.text)
        session.run("UPDATE search_docs SET text = ? WHERE doc = ?", (doc.text, old[0]))


def forget_doc(session: Session, identity: str) -> None:
    """A subject of which nothing is left is not found any more."""
    # The row stays, without text: a number that the index knows must not be given to another text.
    kind = session.value("SELECT kind FROM search_docs WHERE id = ?", (identity,))
    if kind is not None:
        note_doc(session, identity, Doc(kind, ""))


def indexed_to(session: Session) -> int:
    """The number of the last text that the index knows."""
    return int(session.value("SELECT value FROM meta WHERE name = ?", (INDEXED,), 0))


def waiting(session: Session) -> int:
    """How many texts the index does not know yet."""
    if not session.texts.trails:
        return 0
    last = int(session.value("SELECT max(doc) FROM search_docs") or 0)
    return last - indexed_to(session)


def catch_up(session: Session, most: int = BATCH) -> int:
    """Indexes so many of the waiting texts, within a write transaction; returns how many still wait."""
    if not session.texts.trails:
        return 0
    start = indexed_to(session)
    end = session.value(
        "SELECT max(doc) FROM (SELECT doc FROM search_docs WHERE doc > ? ORDER BY doc LIMIT ?)", (start, most)
    )
    if end is None:
        return 0
    session.texts.add(session, start, end)
    session.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", (INDEXED, str(end)))
    return waiting(session)
