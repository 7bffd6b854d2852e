"""Keys by which numbers are compared. What was marked is kept elsewhere, exactly as it was marked."""

import re
import unicodedata
from typing import Final

_LOOKS_LIKE: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
_LEADING_ZEROS: Final = re.compile(r"(?<![0-9])0+(?=[0-9])")


def serial_key(serial: str) -> str:
    """Equal for serials that are the same number: capitals, no white space, Unicode in one form."""
    if serial.isascii():
        return "".join(serial.upper().split())
    return unicodedata.normalize("NFC", "".join(unicodedata.normalize("NFC", serial).upper().split()))


def part_key(part_number: str) -> str:
    """Equal for part numbers that are the same: capitals, no white space. Dashes and slashes tell parts apart."""
    return serial_key(part_number)


def look_key(serial: str) -> str:
    """Equal for serials that an eye or a typist may confuse.

    Letters are read as the digits they resemble (O as 0, I and L as 1), wide and styled forms as plain ones; then zeros
    that lead a run of digits are dropped, so that `AB-007`, `ab-07`, `AB-O7` and `AB-7` agree; a run of zeros alone
    keeps one. Punctuation stays: `A-1` and `A1` are different numbers. Serials of one `serial_key` look alike always.
    """
    plain = serial_key(serial)
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", serial_key(unicodedata.normalize("NFKC", plain)))
    return _LEADING_ZEROS.sub("", plain.translate(_LOOKS_LIKE))
