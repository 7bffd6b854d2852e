"""How texts are found that hold some letters: by an index that trails behind in SQLite, by its own in PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from dockmark.database.session import Row, Session


class Texts(Protocol):
    """The index over `search_docs`."""

    trails: bool
    """Whether texts have to be given to the index; else it follows by itself."""

    def clear(self, session: Session) -> None:
        """Forgets every text."""

    def change(self, session: Session, doc: int, old: str, new: str) -> None:
        """One text that it knows has become another."""

    def add(self, session: Session, after: int, last: int) -> None:
        """Takes in the texts with these numbers."""

    def holding(self, session: Session, wanted: str, limit: int) -> list[Row]:
        """Kind, id and text of what holds these letters, as far as the index knows it."""


class TrailingTexts:
    """SQLite's index of three letters. Making it at each scan took half of the scan's time: it is made in batches."""

    trails = True

    def clear(self, session: Session) -> None:
        """Forgets every text."""
        session.run("INSERT INTO search_index(search_index) VALUES ('delete-all')")

    def change(self, session: Session, doc: int, old: str, new: str) -> None:
        """One text that it knows has become another."""
        session.run("INSERT INTO search_index(search_index, rowid, text) VALUES ('delete', ?, ?)", (doc, old))
        session.run("INSERT INTO search_index(rowid, text) VALUES (?, ?)", (doc, new))

    def add(self, session: Session, after: int, last: int) -> None:
        """Takes in the texts with these numbers."""
        session.run(
            "INSERT INTO search_index(rowid, text) SELECT doc, text FROM search_docs WHERE doc > ? AND doc <= ?",
            (after, last),
        )

    def holding(self, session: Session, wanted: str, limit: int) -> list[Row]:
        """Kind, id and text of what holds these letters, as far as the index knows it."""
        phrase = '"' + wanted.replace('"', '""') + '"'
        return session.all(
            "SELECT d.kind, d.id, d.text FROM search_index i JOIN search_docs d ON d.doc = i.rowid"
            " WHERE i.text MATCH ? LIMIT ?",
            (phrase, limit),
        )


class OwnTexts:
    """PostgreSQL's index of three letters, which follows by itself."""

    trails = False

    def clear(self, session: Session) -> None:
        """Nothing to forget: the texts themselves are gone."""

    def change(self, session: Session, doc: int, old: str, new: str) -> None:
        """Nothing to tell."""

    def add(self, session: Session, after: int, last: int) -> None:
        """Nothing to tell."""

    def holding(self, session: Session, wanted: str, limit: int) -> list[Row]:
        """Kind, id and text of what holds these letters."""
        # A sign that stands for others is looked for as itself.
        plain = wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return session.all("SELECT kind, id, text FROM search_docs WHERE text ILIKE ? LIMIT ?", (f"%{plain}%", limit))
