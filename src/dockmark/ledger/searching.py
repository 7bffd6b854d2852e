"""The search index. It trails behind: texts are noted, their trigrams are made in batches later.

Making them at each scan took half of its time. Of a unit that a scan brought not even the text is noted: its row says
it, and the rows from a certain id on are as good as a list of what is still to be noted, since ids grow with time. An
id that is not beyond that one is noted at once, whatever a clock did. Whoever searches reads those rows, the texts that
are not indexed yet, and the index: nothing is ever missed.
"""

from collections.abc import Sequence

import orjson

from dockmark.custody.state import words_of
from dockmark.database.session import Session
from dockmark.ledger.projections import Doc

INDEXED = "search_indexed"
NOTED = "search_noted"
"""Names in `meta`: the last text that is indexed; the unit from whose id on rows stand for texts."""
BATCH = 5000
WORTHWHILE = 500
"""So many texts may wait before it is worth while to index them."""

_INSERT = "INSERT INTO search_docs(kind, id, text) VALUES (?, ?, ?)"
_INSERT_LATER = f"{_INSERT} ON CONFLICT (id) DO NOTHING"
_BEYOND_ALL = "~"
"""Sorts after every id: nothing is left for later."""


def note_docs(session: Session, docs: Sequence[tuple[str, Doc]], *, new: bool) -> None:
    """Notes what subjects are found by. `new` where nothing can stand there for any of them."""
    if not new:
        for identity, doc in docs:
            note_doc(session, identity, doc)
        return
    rows = [(doc.kind, identity, doc.text) for identity, doc in docs]
    if len(rows) > 1:
        session.many(_INSERT, rows)
    elif rows and not (rows[0][0] == "unit" and rows[0][1] > session.kept(noted_to)):
        session.run(_INSERT, rows[0])


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


def noted_to(session: Session) -> str:
    """The id up to which every unit has a text of its own; those with later ids may have none yet."""
    if not session.texts.trails:
        return _BEYOND_ALL
    return str(session.value("SELECT value FROM meta WHERE name = ?", (NOTED,), _BEYOND_ALL))


def waiting(session: Session) -> int:
    """How many texts the index does not know yet."""
    if not session.texts.trails:
        return 0
    last = int(session.value("SELECT max(doc) FROM search_docs") or 0)
    left = int(session.value("SELECT count(*) FROM units WHERE id > ?", (noted_to(session),)))
    return last - indexed_to(session) + left


def catch_up(session: Session, most: int = BATCH) -> int:
    """Indexes so many of the waiting texts, within a write transaction; returns how many still wait."""
    if not session.texts.trails:
        return 0
    _note_left(session, most)
    start = indexed_to(session)
    end = session.value(
        "SELECT max(doc) FROM (SELECT doc FROM search_docs WHERE doc > ? ORDER BY doc LIMIT ?)", (start, most)
    )
    if end is not None:
        session.texts.add(session, start, end)
        session.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", (INDEXED, str(end)))
    return waiting(session)


def _note_left(session: Session, most: int) -> None:
    """Notes the texts of so many of the units that scans left for later."""
    rows = session.all(
        "SELECT id, serial, lot, marks FROM units WHERE id > ? ORDER BY id LIMIT ?", (noted_to(session), most)
    )
    session.many(
        _INSERT_LATER,
        [("unit", row[0], words_of(row[1], row[2], orjson.loads(row[3]).values())) for row in rows],
    )
    last = rows[-1][0] if rows else session.value("SELECT max(id) FROM units")
    if last is not None:
        session.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", (NOTED, last))
