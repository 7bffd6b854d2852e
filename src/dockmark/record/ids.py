"""Identities: of events, units, subjects. Made from a time and random bits that the caller passes in."""

import re
from typing import NewType

EventId = NewType("EventId", str)
StationId = NewType("StationId", str)
UnitId = NewType("UnitId", str)
Subject = NewType("Subject", str)

NO_HASH = "0" * 64

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_SUBJECT = re.compile(r"[a-z]+:[A-Za-z0-9._@+-]{1,64}")


def uuid7(time_us: int, random_bits: int) -> str:
    """A UUID of version 7 (RFC 9562 section 5.7): 48 bits of milliseconds, 12 of microseconds, 62 random."""
    millis, micros = divmod(time_us, 1000)
    value = (millis & (2**48 - 1)) << 80
    value |= 0x7 << 76
    value |= (micros * 4096 // 1000) << 64
    value |= 0b10 << 62
    value |= random_bits & (2**62 - 1)
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def is_uuid(text: str) -> bool:
    """True for a UUID in its lower-case text form."""
    return bool(_UUID.fullmatch(text))


def is_subject(text: str) -> bool:
    """True for `kind:id` as it may stand in `subj`, `refs` and `base`."""
    return bool(_SUBJECT.fullmatch(text))


def subject(kind: str, identity: str) -> Subject:
    """The subject that this thing is in the ledger, as in `unit:0190…`."""
    return Subject(f"{kind}:{identity}")


def identity_of(name: str) -> str:
    """The id in a subject's name."""
    return name.partition(":")[2]
