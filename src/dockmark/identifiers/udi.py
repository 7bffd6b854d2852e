"""The unique device identification (UDI) of a medical device as one view, whoever issued it."""

from dataclasses import dataclass, fields
from typing import Final

from .reading import Reading, Scheme

_ISSUERS: Final = {
    Scheme.HIBC: "HIBCC",
    Scheme.ENVELOPE_06: "HIBCC",
    Scheme.ISBT: "ICCBBA",
    Scheme.ISBT_CONTAINER: "ICCBBA",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Udi:
    """The device identifier, and what the label says of this one piece: its production identifiers."""

    issuer: str
    """GS1, HIBCC or ICCBBA."""
    di: str
    lot: str | None = None
    serial: str | None = None
    expiry: str | None = None
    mfg_date: str | None = None
    donation: str | None = None

    def told(self) -> dict[str, str]:
        """What is known of it, by name."""
        return {each.name: value for each in fields(self) if (value := getattr(self, each.name))}


def udi_of(reading: Reading) -> Udi | None:
    """The UDI that a label carries; None where it has no device identifier."""
    di, issuer = reading.udi_di, _ISSUERS.get(reading.scheme, "")
    if not di and reading.gtin and "02" not in reading.marks:
        di, issuer = reading.gtin, "GS1"
    if not di:
        return None
    return Udi(
        issuer=issuer,
        di=di,
        lot=reading.lot,
        serial=reading.serial if "8011" not in reading.marks else None,
        expiry=reading.expiry,
        mfg_date=reading.mfg_date,
        donation=reading.din,
    )
