"""Side records: what is said of people, beside the chain, so that it can be erased and the chain stays sound."""

import hashlib
import secrets

from dockmark.ledger.book import Book
from dockmark.record.canonical import Json, nfc


def keep_person_record(book: Book, data: str) -> dict[str, Json]:
    """Keeps a text about a person in a side record; returns what an event may say of it: {id, hash}."""
    identity, salt, text = book.new_id(), secrets.token_bytes(16), nfc(data)
    book.session.run("INSERT INTO people_records VALUES (?, ?, ?)", (identity, salt, text))
    return {"id": identity, "hash": hashlib.sha256(salt + text.encode()).hexdigest()}
