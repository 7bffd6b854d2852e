"""Questions about the files that belong to units and receipts."""

from dockmark.custody.attachments import Attachment
from dockmark.database.session import Row, Session

_ATTACHMENT = "SELECT id, subject, kind, sha256, name, size, note, at, actor, station, event, gone FROM attachments"
_MOST = 1000


def _attachment(row: Row) -> Attachment:
    return Attachment(
        id=row[0], subject=row[1], kind=row[2], sha256=row[3], name=row[4], size=row[5], note=row[6], at=row[7],
        actor=row[8], station=row[9], event=row[10], gone=row[11],
    )  # fmt: skip


def attachment(session: Session, identity: str) -> Attachment | None:
    """The attachment of this id."""
    row = session.one(f"{_ATTACHMENT} WHERE id = ?", (identity,))
    return None if row is None else _attachment(row)


def attachments_of(session: Session, subject: str, *, with_gone: bool = False) -> list[Attachment]:
    """The files of something (`unit:<id>`, `receipt:<id>`), in the order in which they came."""
    rows = session.all(
        f"{_ATTACHMENT} WHERE subject = ? AND (gone = '' OR ?) ORDER BY at, id LIMIT ?", (subject, with_gone, _MOST)
    )
    return [_attachment(row) for row in rows]


def by_content(session: Session, subject: str, sha256: str) -> Attachment | None:
    """The attachment of this very content that is there already."""
    row = session.one(f"{_ATTACHMENT} WHERE sha256 = ? AND subject = ? AND gone = '' ORDER BY id", (sha256, subject))
    return None if row is None else _attachment(row)
