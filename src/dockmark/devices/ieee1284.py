"""Reads a printer's IEEE 1284 device id: `MFG:Zebra;CMD:ZPL;MDL:ZD421;`. Pure; the text is the device's, so bounded."""

from dataclasses import dataclass
from typing import Final

_LONGEST: Final = 4096
_LONGEST_VALUE: Final = 64
_KEYS: Final = {
    "MFG": "MFG",
    "MANUFACTURER": "MFG",
    "MDL": "MDL",
    "MODEL": "MDL",
    "CMD": "CMD",
    "COMMAND SET": "CMD",
    "SN": "SN",
    "SERN": "SN",
    "SERIALNUMBER": "SN",
    "CLS": "CLS",
    "CLASS": "CLS",
    "DES": "DES",
    "DESCRIPTION": "DES",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceId:
    """Who a printer says it is. What it leaves out is empty."""

    maker: str = ""
    model: str = ""
    serial: str = ""
    description: str = ""
    commands: tuple[str, ...] = ()

    @property
    def speaks_zpl(self) -> bool:
        """It lists ZPL among its command languages."""
        return any(command.startswith("ZPL") for command in self.commands)


def strip_length(answer: bytes) -> bytes:
    """The id without the two length bytes before it. Printers disagree about their order and whether they count."""
    if len(answer) < 2:
        return b""
    lengths = {int.from_bytes(answer[:2], "big"), int.from_bytes(answer[:2], "little")}
    fitting = [length for length in lengths if 2 <= length <= len(answer)]
    return answer[2 : max(fitting)] if fitting else answer[2:]


def read_device_id(raw: bytes) -> DeviceId:
    """The id without its length bytes, read field by field; the first of two equal keys counts."""
    fields: dict[str, str] = {}
    for field in raw[:_LONGEST].decode("utf-8", "replace").split(";"):
        key, colon, value = field.partition(":")
        known = _KEYS.get(key.strip().upper())
        if colon and known:
            fields.setdefault(known, value)
    commands = (_clean(command).upper() for command in fields.get("CMD", "").split(","))
    return DeviceId(
        maker=_clean(fields.get("MFG", "")),
        model=_clean(fields.get("MDL", "")),
        serial=_clean(fields.get("SN", "")),
        description=_clean(fields.get("DES", "")),
        commands=tuple(command for command in commands if command)[:16],
    )


def _clean(value: str) -> str:
    return "".join(char for char in value if char.isprintable()).strip()[:_LONGEST_VALUE]
