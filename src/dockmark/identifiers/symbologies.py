"""AIM symbology identifiers (ISO/IEC 15424): what kind of symbol a scanner says it has seen."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final


class Carrier(Enum):
    """What the kind of symbol says about its content, before a character is read."""

    GS1 = auto()
    EAN13 = auto()
    EAN8 = auto()
    EAN_WITH_ADD_ON = auto()
    ITF = auto()
    ITF_CHECKED = auto()
    CODE39 = auto()
    CODE39_CHECKED = auto()
    OTHER = auto()
    UNKNOWN = auto()
    """No identifier was sent."""


@dataclass(frozen=True, slots=True)
class Symbology:
    """One kind of symbol, by the name people know."""

    name: str
    carrier: Carrier


UNTOLD: Final = Symbology("", Carrier.UNKNOWN)
AIM: Final = re.compile(r"\]([A-Za-z])([0-9A-Za-z])")


_NAMED: Final = {
    "C1": Symbology("GS1-128", Carrier.GS1),
    "d2": Symbology("GS1 DataMatrix", Carrier.GS1),
    "d5": Symbology("GS1 DataMatrix", Carrier.GS1),
    "Q3": Symbology("GS1 QR", Carrier.GS1),
    "Q4": Symbology("GS1 QR", Carrier.GS1),
    "J1": Symbology("GS1 DotCode", Carrier.GS1),
    "J4": Symbology("GS1 DotCode", Carrier.GS1),
    "z1": Symbology("GS1 Aztec", Carrier.GS1),
    "z4": Symbology("GS1 Aztec", Carrier.GS1),
    "h2": Symbology("GS1 Han Xin", Carrier.GS1),
    "E0": Symbology("EAN-13", Carrier.EAN13),
    "E3": Symbology("EAN-13 with add-on", Carrier.EAN_WITH_ADD_ON),
    "E4": Symbology("EAN-8", Carrier.EAN8),
    "I0": Symbology("ITF", Carrier.ITF),
    "I1": Symbology("ITF-14", Carrier.ITF_CHECKED),
    "A1": Symbology("Code 39", Carrier.CODE39_CHECKED),
    "A5": Symbology("Code 39", Carrier.CODE39_CHECKED),
}
_FAMILIES: Final = (
    ("A", "02347", "Code 39"),
    ("B", "01234", "Telepen"),
    ("C", "024", "Code 128"),
    ("D", "012345", "Code One"),
    ("E", "12", "EAN add-on"),
    ("F", "0124", "Codabar"),
    ("G", "0123456789A", "Code 93"),
    ("H", "0138", "Code 11"),
    ("I", "3", "ITF"),
    ("J", "0235", "DotCode"),
    ("K", "0124", "Code 16K"),
    ("L", "012345", "PDF417"),
    ("M", "01", "MSI"),
    ("N", "0", "Anker"),
    ("O", "01456", "Codablock"),
    ("P", "0", "Plessey"),
    ("Q", "01256", "QR"),
    ("R", "013", "Straight 2 of 5"),
    ("S", "0", "Straight 2 of 5"),
    ("T", "0124", "Code 49"),
    ("U", "0123", "MaxiCode"),
    ("X", "0123456789", "Other"),
    ("Z", "0", "Keyboard"),
    ("d", "01346", "Data Matrix"),
    ("h", "013", "Han Xin"),
    ("o", "0123", "OCR"),
    ("p", "0", "PosiCode"),
    ("s", "01", "SuperCode"),
    ("z", "02356789ABC", "Aztec"),
)


def _table() -> dict[str, Symbology]:
    table = dict(_NAMED)
    table |= {f"e{each}": Symbology("GS1 DataBar", Carrier.GS1) for each in "0123"}
    for letter, modifiers, name in _FAMILIES:
        for modifier in modifiers:
            carrier = Carrier.CODE39 if letter == "A" else Carrier.OTHER
            table.setdefault(letter + modifier, Symbology(name, carrier))
    return table


_BY_IDENTIFIER: Final = _table()
_BY_NAME: Final = {
    "gs1128": "C1",
    "ean128": "C1",
    "gs1datamatrix": "d2",
    "gs1qr": "Q3",
    "gs1qrcode": "Q3",
    "gs1databar": "e0",
    "gs1dotcode": "J1",
    "code128": "C0",
    "code128plain": "C0",
    "code39": "A0",
    "code93": "G0",
    "codabar": "F0",
    "ean13": "E0",
    "ean8": "E4",
    "itf": "I0",
    "itf14": "I1",
    "datamatrix": "d1",
    "qr": "Q1",
    "qrcode": "Q1",
    "pdf417": "L0",
    "aztec": "z0",
}


def symbology(identifier: str) -> Symbology | None:
    """The symbology of an AIM identifier such as `]d2`; None where no such identifier is known."""
    return _BY_IDENTIFIER.get(identifier[1:])


def identifier_of(told: str) -> str:
    """The AIM identifier that a device's own word (`]d2`, `GS1 DataMatrix`, `ean-13`) stands for, or "" ."""
    if AIM.fullmatch(told):
        return told
    code = _BY_NAME.get("".join(filter(str.isalnum, told)).lower())
    return f"]{code}" if code else ""
