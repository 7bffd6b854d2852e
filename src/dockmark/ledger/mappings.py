"""Column mappings that this station remembers, so that the next file of that form needs no help."""

from dockmark.database.session import Session


def keep_mapping(session: Session, signature: str, data: str) -> None:
    """Remembers how files with this header are read."""
    session.run("INSERT OR REPLACE INTO column_mappings VALUES (?, ?)", (signature, data))
