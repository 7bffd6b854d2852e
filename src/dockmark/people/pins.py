"""What may be a PIN: six digits or more that are not easily guessed, or a passphrase."""

import unicodedata
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

LEAST_DIGITS: Final = 6
LEAST_LETTERS: Final = 8
LONGEST: Final = 128
_COMMON: Final = frozenset({
    "password", "passw0rd", "password1", "passwort", "passwort1", "dockmark", "qwertyui", "qwertzui", "letmein1",
    "iloveyou", "trustno1", "welcome1", "sunshine", "superman", "contrasena", "abcdefgh",
})  # fmt: skip


def as_pin(text: str) -> str:
    """A PIN in the one form that is hashed: the same keys give the same bytes on every keyboard."""
    return unicodedata.normalize("NFKC", text)


def pin_fault(pin: str, known: Iterable[str] = ()) -> str:
    """Why this may not be a PIN, or nothing. `known` is what others know of the person: id, name, badge."""
    pin = as_pin(pin)
    if not pin.strip() or not pin.isprintable():
        return "control"
    if len(pin) > LONGEST:
        return "too_long"
    digits = "".join(char for char in pin if char.isdecimal() and char.isascii())
    only_digits = len(digits) == len(pin)
    if len(pin) < (LEAST_DIGITS if only_digits else LEAST_LETTERS):
        return "too_short"
    if _is_known(pin, known):
        return "known"
    if only_digits and _is_regular([int(digit) for digit in digits]):
        return "regular"
    if pin.casefold() in _COMMON or len(set(pin.casefold())) < 4 - only_digits:
        return "regular"
    return ""


def _is_known(pin: str, known: Iterable[str]) -> bool:
    flat = pin.casefold().replace(" ", "")
    for each in known:
        other = as_pin(each).casefold().replace(" ", "")
        if len(other) >= 4 and (flat == other or flat in other or (len(other) >= 6 and other in flat)):
            return True
    return False


def _is_regular(digits: list[int]) -> bool:
    """123456, 987654, 111111, 121212, 123123, 112233 and what else runs by itself."""
    steps = {(second - first) % 10 for first, second in pairwise(digits)}
    if len(steps) == 1:
        return True
    if any(len(digits) % span == 0 and digits == digits[:span] * (len(digits) // span) for span in (1, 2, 3)):
        return True
    halves = digits[::2], digits[1::2]
    return halves[0] == halves[1] and len({second - first for first, second in pairwise(halves[0])}) == 1
