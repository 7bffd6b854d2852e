"""Reads and writes the URL that names a scanner: `serial:PORT[@BAUD][,option=value …]` or `hid:VID:PID[:SERIAL][,…]`.

PORT is a path, a COM name, or `usb=VID:PID[:SERIAL]`. Options: `name`, `suffix` (any, cr, lf, crlf, tab, etx, idle),
`prefix`, `separator` (control characters as `<STX>` or `\\x02`; a comma as `\\x2c`), `parity` (N, E, O, M, S),
`bits` (7, 8), `stop` (1, 2), `aim` (yes, no).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from dockmark.devices.framer import Suffix
from dockmark.devices.serial_profile import LONGEST_PREFIX, PARITIES, SerialProfile
from dockmark.devices.serial_text import bytes_of, text_of
from dockmark.record.refusal import Refusal, Refused

_URL: Final = re.compile(r"(?P<port>[^,@]+)(?:@(?P<baud>\d{1,9}))?(?P<options>(?:,[a-z]+=[^,]*)*)")
_USB: Final = re.compile(r"(?:usb|hid)=([0-9A-Fa-f]{4}):([0-9A-Fa-f]{4})(?::(.{1,126}))?")
_LONGEST: Final = 400
LONGEST_NAME: Final = 40
FASTEST: Final = 4_000_000


@dataclass(frozen=True, slots=True)
class PortAddress:
    """Where a scanner is plugged in: by the name of the port, or by what the device itself says that it is."""

    path: str = ""
    vendor: int = 0
    product: int = 0
    serial: str = ""
    is_hid: bool = False
    """Whether it speaks HID POS and no serial port at all."""

    @property
    def scheme(self) -> str:
        """What the URL of a scanner there begins with."""
        return "hid" if self.is_hid else "serial"

    @property
    def is_usb(self) -> bool:
        """Whether it is found by maker and product, wherever it is plugged in."""
        return bool(self.vendor or self.product)

    def __str__(self) -> str:
        if not self.is_usb:
            return self.path
        return f"{'hid' if self.is_hid else 'usb'}={self.vendor:04x}:{self.product:04x}" + (
            f":{self.serial}" if self.serial else ""
        )


@dataclass(frozen=True, slots=True)
class ScannerAddress:
    """A serial scanner: where it is, how it speaks, and what it is called (the empty text: by its port)."""

    port: PortAddress
    profile: SerialProfile
    name: str = ""


def read_port(text: str) -> PortAddress | None:
    """The port of that name, or None where the text cannot name one. Nothing is opened."""
    if not text or len(text) > _LONGEST or not text.isprintable() or text != text.strip() or set(text) & set(",@"):
        return None
    if not text.startswith(("usb=", "hid=")):
        return PortAddress(text)
    found = _USB.fullmatch(text)
    return (
        PortAddress("", int(found[1], 16), int(found[2], 16), found[3] or "", text.startswith("hid="))
        if found
        else None
    )


def read_scanner_url(url: str) -> ScannerAddress:
    """The scanner that this URL names, or `Refusal(SCANNER_URL)`. Nothing is opened."""
    scheme, colon, rest = url.partition(":")
    is_hid = scheme.lower() == "hid"
    known = colon and (is_hid or scheme.lower() == "serial") and len(url) <= _LONGEST
    found = _URL.fullmatch(rest) if known else None
    port = read_port(("hid=" if is_hid else "") + found["port"]) if found else None
    if found is None or port is None or port.is_hid is not is_hid or not url.isprintable():
        raise refused_url(url)
    profile, name = SerialProfile(), ""
    if found["baud"]:
        profile = replace(profile, baud=int(found["baud"]))
    for option in found["options"].split(",")[1:]:
        key, _, value = option.partition("=")
        if key == "name":
            name = value
        elif key in _OPTIONS:
            profile = _OPTIONS[key](profile, value, url)
        else:
            raise refused_url(url)
    if not is_sound(profile) or len(name) > LONGEST_NAME:
        raise refused_url(url)
    return ScannerAddress(port, profile, name.strip())


def scanner_url(address: ScannerAddress) -> str:
    """The URL of that scanner; only what differs from the default is written."""
    profile, plain = address.profile, SerialProfile()
    options = {
        "suffix": profile.suffix.name.lower() if profile.suffix is not plain.suffix else "",
        "prefix": _escaped(profile.prefix),
        "separator": _escaped(profile.separator),
        "parity": profile.parity if profile.parity != plain.parity else "",
        "bits": str(profile.data_bits) if profile.data_bits != plain.data_bits else "",
        "stop": str(profile.stop_bits) if profile.stop_bits != plain.stop_bits else "",
        "aim": "yes" if profile.has_aim else "",
    }
    written = "".join(f",{key}={value}" for key, value in options.items() if value)
    if address.port.is_hid:
        return f"hid:{str(address.port).removeprefix('hid=')}{written}"
    return f"serial:{address.port}@{profile.baud}{written}"


def is_sound(profile: SerialProfile) -> bool:
    """Whether a port could be set so, and every frame still told apart."""
    return (
        50 <= profile.baud <= FASTEST
        and profile.data_bits in (7, 8)
        and profile.stop_bits in (1, 2)
        and profile.parity in PARITIES
        and len(profile.prefix) <= LONGEST_PREFIX
        and len(profile.separator) <= LONGEST_PREFIX
        and not any(ending in profile.prefix or ending in profile.separator for ending in profile.suffix.value)
    )


def refused_url(url: str) -> Refusal:
    """The refusal of a text that names no scanner."""
    return Refusal(Refused.SCANNER_URL, url=url[:200])


def _escaped(raw: bytes) -> str:
    return text_of(raw).replace(",", "\\x2c")


def _suffix(profile: SerialProfile, value: str, url: str) -> SerialProfile:
    if value.upper() not in Suffix.__members__:
        raise refused_url(url)
    return replace(profile, suffix=Suffix[value.upper()])


def _parity(profile: SerialProfile, value: str, url: str) -> SerialProfile:
    found = next((each for each in PARITIES if value.upper() == each), None)
    if found is None:
        raise refused_url(url)
    return replace(profile, parity=found)


def _one_of(*known: str) -> Callable[[str, str], str]:
    def check(value: str, url: str) -> str:
        if value not in known:
            raise refused_url(url)
        return value

    return check


_OPTIONS: Final[dict[str, Callable[[SerialProfile, str, str], SerialProfile]]] = {
    "suffix": _suffix,
    "parity": _parity,
    "prefix": lambda profile, value, url: replace(profile, prefix=bytes_of(value)),
    "separator": lambda profile, value, url: replace(profile, separator=bytes_of(value)),
    "bits": lambda profile, value, url: replace(profile, data_bits=int(_one_of("7", "8")(value, url))),
    "stop": lambda profile, value, url: replace(profile, stop_bits=int(_one_of("1", "2")(value, url))),
    "aim": lambda profile, value, url: replace(profile, has_aim=_one_of("yes", "no")(value, url) == "yes"),
}
