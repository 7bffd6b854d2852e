"""What has come, counted by receipt, line and part. Each scan asks for it and adds to it, so the answer is kept."""

from dockmark.database.session import Session

_COUNT = (
    "INSERT INTO tallies VALUES (?, ?, ?, ?)"
    " ON CONFLICT (receipt, line, part) DO UPDATE SET pieces = tallies.pieces + excluded.pieces"
)


def came(session: Session, line: str) -> int:
    """How many pieces have come for a line, on whatever receipt."""
    return session.kept(_came, line)


def count(session: Session, receipt: str, line: str, part: str, pieces: int) -> None:
    """Adds to what has come; a count of nothing is no row."""
    session.run(_COUNT, (receipt, line, part, pieces))
    if pieces < 0:
        session.run(
            "DELETE FROM tallies WHERE receipt = ? AND line = ? AND part = ? AND pieces = 0", (receipt, line, part)
        )
    session.follow(lambda before: before + pieces, _came, line)


def _came(session: Session, line: str) -> int:
    return int(session.value("SELECT coalesce(sum(pieces), 0) FROM tallies WHERE line = ?", (line,)))
