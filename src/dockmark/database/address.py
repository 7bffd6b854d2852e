"""Where the ledger of a data folder is kept: in a file in it, or in a PostgreSQL database that the folder names."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from dockmark.record.refusal import Refusal, Refused

FILE: Final = "ledger.sqlite3"
NAMED: Final = "database.json"
VARIABLE: Final = "DOCKMARK_DATABASE"
"""Stands for the address that a data folder names, so that no password need be kept in it."""
_SCHEMES: Final = ("postgresql", "postgres")


@dataclass(frozen=True, slots=True)
class Address:
    """A PostgreSQL database, and the room in it that the tables of one data folder alone are kept in."""

    url: str
    room: str

    @property
    def shown(self) -> str:
        """The address as people may see it: without what is secret."""
        return without_secrets(self.url)


def has_ledger(folder: Path) -> bool:
    """Whether a ledger was ever begun in that folder, wherever it is kept."""
    return (folder / FILE).is_file() or (folder / NAMED).is_file()


def address_of(folder: Path) -> Address | None:
    """The database that a folder names; None where its ledger is a file in it."""
    file = folder / NAMED
    try:
        told = json.loads(file.read_text("utf-8"))
        url, room = str(told["url"]), str(told["room"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise Refusal(Refused.BAD_FILE, file=NAMED, why="unreadable") from wrong
    return Address(checked(os.environ.get(VARIABLE) or url), checked_room(room))


def keep_address(folder: Path, address: Address) -> None:
    """Notes in a folder where its ledger is kept, in a file that only its owner can read."""
    new = folder / f"{NAMED}.new"
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump({"url": address.url, "room": address.room}, file)
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder / NAMED)


def checked(url: str) -> str:
    """The address, where it is one of a PostgreSQL database; refuses every other."""
    try:
        parts = urlsplit(url)
        known = parts.scheme in _SCHEMES and (parts.port or 1) > 0
    except ValueError:
        known = False
    if not known or any(ord(sign) < 33 for sign in url):
        raise Refusal(Refused.DATABASE_URL, value=without_secrets(url)[:80])
    return url


def checked_room(room: str) -> str:
    """The name of a room, which is 32 hexadecimal digits: it becomes part of the name of a schema."""
    if len(room) != 32 or not set(room) <= set("0123456789abcdef"):
        raise Refusal(Refused.BAD_FILE, file=NAMED, why="unreadable")
    return room


def without_secrets(url: str) -> str:
    """An address without its password, and without anything else that only its owner should read."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    host = parts.netloc.rpartition("@")[2]
    user = parts.netloc.rpartition("@")[0].partition(":")[0]
    secret = ("password", "sslpassword", "passfile", "sslkey")
    query = "&".join(f"{name}={value}" for name, value in parse_qsl(parts.query) if name not in secret)
    return urlunsplit((parts.scheme, f"{user}@{host}" if user else host, parts.path, query, ""))
