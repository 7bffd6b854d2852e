"""Questions about the papers that were made."""

from dataclasses import dataclass

from dockmark.database.session import Row, Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A paper that was made and kept. What is preliminary was made before its subject was finished."""

    id: str
    kind: str
    ref: str
    number: str
    sha256: str
    size: int
    copy: int
    pages: int
    checkpoint: str
    preliminary: bool
    reason: str
    note: str
    made_at: int
    made_by: str


_MADE = (
    "SELECT id, kind, ref, number, sha256, size, copy, pages, checkpoint, preliminary, reason, note, made_at, made_by"
    " FROM documents"
)


def _made(row: Row) -> Made:
    return Made(
        id=row[0], kind=row[1], ref=row[2], number=row[3], sha256=row[4], size=row[5], copy=row[6], pages=row[7],
        checkpoint=row[8], preliminary=bool(row[9]), reason=row[10], note=row[11], made_at=row[12], made_by=row[13],
    )  # fmt: skip


def made_of(session: Session, ref: str, kind: str = "") -> list[Made]:
    """The papers about something (`receipt:<id>`), of one kind or of all, in the order in which they were made."""
    rows = session.all(
        f"{_MADE} WHERE ref = ? AND (? = '' OR kind = ?) ORDER BY made_at, id LIMIT 1000", (ref, kind, kind)
    )
    return [_made(row) for row in rows]


def made_as(session: Session, sha256: str) -> Made | None:
    """The paper whose file has this fingerprint."""
    row = session.one(f"{_MADE} WHERE sha256 = ? ORDER BY made_at, id", (sha256,))
    return None if row is None else _made(row)
