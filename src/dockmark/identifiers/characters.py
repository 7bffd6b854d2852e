"""Sets of characters that the standards name, and the control characters that separate fields."""

from typing import Final

GS: Final = "\x1d"
RS: Final = "\x1e"
EOT: Final = "\x04"
SEPARATORS: Final = frozenset("\x1c\x1d\x1e\x1f\x04")

DIGITS: Final = frozenset("0123456789")
UPPER: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
LOWER: Final = frozenset("abcdefghijklmnopqrstuvwxyz")
SET_82_ORDER: Final = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
SET_82: Final = frozenset(SET_82_ORDER)
SET_39: Final = DIGITS | UPPER | frozenset("#-/")
SET_64: Final = DIGITS | UPPER | LOWER | frozenset("-_=")


def is_digits(text: str) -> bool:
    """Whether the text is ASCII digits and nothing else (`str.isdigit` alone lets other scripts pass)."""
    return text.isascii() and text.isdigit()
