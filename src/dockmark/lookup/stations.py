"""Questions about stations."""

from dockmark.database.session import Session


def name_of(session: Session, station: str) -> str:
    """What a station calls itself; empty where it never said."""
    return str(session.value("SELECT name FROM stations WHERE id = ?", (station,), ""))
