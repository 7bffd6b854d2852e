"""What one label, or two halves of one, say of the piece in the clerk's hand."""

from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date

from dockmark.identifiers.reading import Reading
from dockmark.record.canonical import Json
from dockmark.record.refusal import Refusal, Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """The piece in hand, as far as labels and keys have named it. Quantity 0 means that none was said."""

    part: str = ""
    gtin: str = ""
    customer_part: str = ""
    cage: str = ""
    serial: str = ""
    lot: str = ""
    quantity: int = 0
    expiry: str = ""
    made: str = ""
    order: str = ""
    marks: dict[str, str] = field(default_factory=dict)
    link: str = ""
    """Check character of the primary that a split medical label was printed with."""
    check: str = ""
    """Check character of a primary that has its serial or lot in another symbol."""
    typed: bool = False
    inferred: bool = False

    @property
    def names_part(self) -> bool:
        """Whether the part is named."""
        return bool(self.part or self.gtin or self.customer_part)

    @property
    def part_text(self) -> str:
        """The part as the label names it."""
        return self.part or self.customer_part or self.gtin

    def with_half(self, half: "Item") -> "Item":
        """Together with the half that waited: what is said here counts, what is not is taken from there."""
        for link, check in ((self.link, half.check), (half.link, self.check)):
            if link and check and link != check:
                raise Refusal(Refused.WRONG_SYMBOL, link=link, check=check)
        taken = {
            each.name: getattr(half, each.name)
            for each in fields(self)
            if each.name != "marks" and not getattr(self, each.name)
        }
        return replace(self, **taken, marks={**half.marks, **self.marks})

    def as_json(self) -> dict[str, Json]:
        """As it is kept in a draft."""
        return {name: value for name, value in asdict(self).items() if value}

    @classmethod
    def of_json(cls, value: dict[str, Json]) -> "Item":
        """As it was kept in a draft."""
        return cls(**value)  # type: ignore[arg-type] # written by as_json


LONGEST = 80
"""Characters of a serial, lot or part number. No standard allows more than 50 (MIL-STD-130N, UII)."""


def demand_plausible(item: Item) -> None:
    """Refuses values that can be no serial, lot, part number or day: control characters, whole sentences."""
    for name in ("serial", "lot", "part", "customer_part"):
        value: str = getattr(item, name)
        if len(value) > LONGEST or not value.isprintable():
            raise Refusal(Refused.BAD_VALUE, field="part_number" if "part" in name else name, value=value[:LONGEST])
    if item.expiry:
        try:
            date.fromisoformat(item.expiry[:10])
        except ValueError as error:
            raise Refusal(Refused.BAD_VALUE, field="expiry", value=item.expiry[:40]) from error


def item_of(reading: Reading) -> Item:
    """What a reading says of the piece in hand."""
    identities = {"uii": reading.uii, "imei": reading.imei, "mac": reading.mac, "giai": reading.giai}
    marks = {name: value for name, value in identities.items() if value}
    serial = reading.serial or (None if reading.names_part else reading.as_serial)
    serial = serial or reading.imei or reading.mac or reading.giai or ""
    return Item(
        part=reading.part or "",
        gtin=reading.gtin or "",
        customer_part=reading.customer_part or "",
        cage=reading.cage or "",
        serial=serial,
        lot=reading.lot or "",
        quantity=reading.quantity or 0,
        expiry=reading.expiry or "",
        made=reading.mfg_date or "",
        order=reading.order or "",
        marks=marks,
        link=reading.link or "",
        check=reading.check or "",
        typed=reading.scan.typed,
    )
