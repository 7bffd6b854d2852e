"""What a scanned string means: GS1, ISO 15434, HIBC, ISBT 128, telecom numbers, plain serials and our own tags.

Pure: bytes and a date in, a value out. `read` never raises. Nothing read here is ever run, formatted or fetched, and
what came from the scanner stays in `Scan.raw` as it came, so that it can be read again by better rules.
"""

from .keys import look_key, part_key, serial_key
from .reader import as_plain, read
from .reading import DockmarkTag, Identifier, Reading, Scan, Scheme, TagKind, Unread, Unreadable, Warn, flat
from .tags import Command, tag
from .udi import Udi, udi_of

__all__ = [
    "Command",
    "DockmarkTag",
    "Identifier",
    "Reading",
    "Scan",
    "Scheme",
    "TagKind",
    "Udi",
    "Unread",
    "Unreadable",
    "Warn",
    "as_plain",
    "flat",
    "look_key",
    "part_key",
    "read",
    "serial_key",
    "tag",
    "udi_of",
]
