"""PINs as they are kept: argon2id, in side records, never in an event and never in a log."""

import secrets
from functools import cache
from typing import TYPE_CHECKING, Final

from dockmark.people.pins import as_pin

if TYPE_CHECKING:
    from argon2 import PasswordHasher

_KIND: Final = "pin "
MEMORY_KIB: Final = 64 * 1024
TIMES: Final = 3
LANES: Final = 4


@cache
def _hasher() -> "PasswordHasher":
    # Loaded when somebody proves who it is: no scan waits for it.
    from argon2 import PasswordHasher, Type

    return PasswordHasher(time_cost=TIMES, memory_cost=MEMORY_KIB, parallelism=LANES, type=Type.ID)


@cache
def _nobodys() -> str:
    """The hash of a PIN that nobody knows: for people who are not known, so that a try takes its time all the same."""
    return _hasher().hash(secrets.token_hex(16))


def as_record(pin: str) -> str:
    """What is kept of a PIN."""
    return f"{_KIND}{_hasher().hash(as_pin(pin))}"


def fits(record: str, pin: str) -> bool:
    """Whether this is the PIN of that record. An empty record takes as long, and never fits."""
    from argon2.exceptions import InvalidHashError, VerificationError

    kept = record.removeprefix(_KIND) if record.startswith(_KIND) else ""
    try:
        return _hasher().verify(kept or _nobodys(), as_pin(pin)) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False
