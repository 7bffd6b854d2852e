"""GS1 Digital Link: identifiers inside a web address. The address is read, never fetched."""

import re
from datetime import date
from typing import Final

from .characters import is_digits
from .draft import Draft
from .element_strings import note
from .faults import Fault
from .gs1_fields import tell
from .gs1_table import TABLE, Ai
from .gs1_values import check_value
from .reading import Unread

_QUALIFIERS: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "00": ((),),
    "01": (("22", "10", "21"), ("235",)),
    "253": ((),),
    "255": ((),),
    "401": ((),),
    "402": ((),),
    "414": (("254",), ("7040",)),
    "415": (("8020",),),
    "417": (("7040",),),
    "8003": ((),),
    "8004": (("7040",),),
    "8006": (("22", "10", "21"),),
    "8010": (("8011",),),
    "8013": ((),),
    "8017": (("8019",),),
    "8018": (("8019",),),
}
"""The keys that may open the path, each with the qualifiers that may follow, in this order."""

_ONLY_QUALIFIERS: Final = frozenset({"21", "22", "235", "254", "7040", "8011", "8019", "8020"})
_ADDRESS: Final = re.compile(r"(?:https?|HTTPS?)://([^/?#]+)(/[^?#]*)(?:\?([^#]*))?(?:#.*)?", re.DOTALL)
_HOST: Final = re.compile(r"[A-Za-z0-9.:\[\]-]+")
_LEGAL: Final = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*")
_ESCAPE: Final = re.compile(rb"%([0-9A-Fa-f]{2})")
_CONTROL: Final = re.compile("[\x00-\x1f\x7f]")

Pair = tuple[Ai, str]


def is_address(text: str) -> bool:
    """Whether the text is a web address at all."""
    return text[:8].lower().startswith(("http://", "https://"))


def read_digital_link(text: str, today: date) -> Draft | None:
    """What a Digital Link says, or None if the address is an ordinary one."""
    match = _ADDRESS.fullmatch(text)
    if match is None or not _HOST.fullmatch(match[1]):
        return None
    path = match[2][1:].split("/")
    root = _root(path)
    if root is None:
        return None
    illegal = _LEGAL.match(text)
    if illegal is None or illegal.end() < len(text):
        raise Fault(Unread.BAD_CHARSET, illegal.end() if illegal else 0)
    values: dict[str, str] = {}
    codes = _read_path(path[root:], values, today)
    _read_query(match[3] or "", codes, values, today)
    return tell(values, today)


def _root(path: list[str]) -> int | None:
    """Where the rightmost key stands: the path before it may look like identifiers and is none.

    Backwards in pairs first, as a sound link is built; then any key with a value that begins like one, so that a
    damaged link is told from an ordinary address.
    """
    at = len(path) - 2
    while at >= 0 and path[at] in TABLE:
        if path[at] in _QUALIFIERS and (_begins_like_a_key(path[at + 1]) or not path[at + 1]):
            return at
        at -= 2
    for at in range(len(path) - 2, -1, -1):
        if path[at] in _QUALIFIERS and _begins_like_a_key(path[at + 1]) and _is_damaged(path[at + 2 :]):
            return at
        if path[at] in _QUALIFIERS and not path[at + 1] and _begins_like_a_key("".join(path[at + 2 : at + 3])):
            return at
    return None


def _begins_like_a_key(value: str) -> bool:
    return is_digits(value[:4])


def _is_damaged(rest: list[str]) -> bool:
    """Whether what follows a key was meant as qualifiers: identifiers first, or nothing after a slash."""
    return rest == [""] or (bool(rest) and is_digits(rest[0]) and len(rest[0]) <= 4)


def _read_path(path: list[str], values: dict[str, str], today: date) -> list[str]:
    """Read key and qualifiers; return their codes in the order of the path."""
    codes: list[str] = []
    for at in range(0, len(path), 2):
        code = path[at]
        if at + 1 == len(path) or not code or not path[at + 1]:
            raise Fault(Unread.EMPTY_FIELD, ai=code)
        ai = TABLE.get(code)
        if ai is None:
            raise Fault(Unread.UNKNOWN_AI, ai=code)
        if code in codes:
            raise Fault(Unread.DUPLICATE_AI, ai=code)
        codes.append(code)
        _keep(ai, unescape(path[at + 1]), values, today)
    if not _is_ordered(codes):
        raise Fault(Unread.MISPLACED_QUALIFIER, ai=codes[-1])
    return codes


def _read_query(query: str, codes: list[str], values: dict[str, str], today: date) -> None:
    for word in query.split("&"):
        code, equals, value = word.partition("=")
        if not equals or not is_digits(code):
            continue
        ai = TABLE.get(code)
        if ai is None:
            raise Fault(Unread.UNKNOWN_AI, ai=code)
        if code in values:
            raise Fault(Unread.DUPLICATE_AI, ai=code)
        if code in _ONLY_QUALIFIERS or _belongs_in_path(code, codes):
            raise Fault(Unread.MISPLACED_QUALIFIER, ai=code)
        _keep(ai, unescape(value.replace("+", " ")), values, today)


def _keep(ai: Ai, value: str, values: dict[str, str], today: date) -> None:
    if _CONTROL.search(value):
        raise Fault(Unread.CONTROL_CHARS, ai=ai.code)
    check_value(ai, value, today)
    note(values, ai.code, value)


def unescape(value: str) -> str:
    """The value without percent signs; one that stands for nothing stays as it is."""
    if "%" not in value and value.isascii():
        return value
    octets = _ESCAPE.sub(lambda each: bytes([int(each[1], 16)]), value.encode("utf-8", "surrogatepass"))
    return octets.decode("latin-1")


def _is_ordered(codes: list[str]) -> bool:
    """Whether these codes, the key first, may stand in a path in this order."""
    return any(_is_part_of(codes[1:], allowed) for allowed in _QUALIFIERS[codes[0]])


def _is_part_of(codes: list[str], allowed: tuple[str, ...]) -> bool:
    rest = iter(allowed)
    return all(code in rest for code in codes)


def _belongs_in_path(code: str, codes: list[str]) -> bool:
    """Whether the code would be a sound qualifier somewhere in this path."""
    return any(_is_ordered([*codes[:at], code, *codes[at:]]) for at in range(1, len(codes) + 1))
