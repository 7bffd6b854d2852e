r"""Bytes of a serial line as people write them: `<STX>S>` or `\x02S>` for control characters, and back."""

import re
from typing import Final

_LIST: Final = (
    "NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US"
)
_NAMES: Final = tuple(_LIST.split())
_CODES: Final = {**{name: code for code, name in enumerate(_NAMES)}, "DEL": 0x7F, "TAB": 0x09}
_WRITTEN: Final = re.compile(r"<([A-Z0-9]{2,3})>|\\x([0-9A-Fa-f]{2})")


def bytes_of(text: str) -> bytes:
    """The bytes that this text stands for; what is no name of a control character stands for itself."""
    made, after = bytearray(), 0
    for found in _WRITTEN.finditer(text):
        code = int(found[2], 16) if found[2] else _CODES.get(found[1])
        if code is None:
            continue
        made += text[after : found.start()].encode("utf-8", "replace")
        made.append(code)
        after = found.end()
    return bytes(made + text[after:].encode("utf-8", "replace"))


def text_of(raw: bytes) -> str:
    r"""These bytes as text that `bytes_of` turns into them again."""
    written = "".join(_character(byte) for byte in raw)
    try:
        plain = raw.decode()
    except UnicodeDecodeError:
        return written
    return plain if plain.isprintable() and bytes_of(plain) == raw else written


def hex_of(raw: bytes) -> str:
    """These bytes as two hexadecimal digits each."""
    return raw.hex(" ").upper()


def _character(byte: int) -> str:
    if byte < len(_NAMES):
        return f"<{_NAMES[byte]}>"
    # What would be read as the beginning of a name is written as its number, so that nothing is taken for one.
    return chr(byte) if byte < 0x7F and byte not in b"<\\" else f"\\x{byte:02x}"
