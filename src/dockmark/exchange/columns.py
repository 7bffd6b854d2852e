"""What a column, a rule and a kind of table are, and the columns that many kinds share."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Type(StrEnum):
    """What a column's cells are read as."""

    TEXT = "text"
    """Words for people."""
    SERIAL = "serial"
    """A mark kept exactly as given: serials, part numbers, lots, orders, places."""
    INT = "int"
    MONEY = "money"
    """Minor units of the row's currency."""
    MASS = "mass"
    """Milligrams; a bare number means kilograms."""
    DATE = "date"
    MONTHS = "months"
    BOOL = "bool"
    GTIN = "gtin"
    SSCC = "sscc"
    GLN = "gln"
    DUNS = "duns"
    CAGE = "cage"
    COUNTRY = "country"
    CURRENCY = "currency"
    WORD = "word"
    """One of `words`."""
    WORDS = "words"
    """Several of `words`."""


MARKS: Final = frozenset({Type.SERIAL, Type.GTIN, Type.SSCC, Type.GLN, Type.DUNS, Type.CAGE})
"""Types whose cells a spreadsheet damages when it makes numbers of them."""

Words = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One field that a row can have."""

    name: str
    type: Type = Type.SERIAL
    aliases: tuple[str, ...] = ()
    """Other names under which files carry it; compared by letters and digits only."""
    required: bool = False
    max_length: int = 64
    least: int = 0
    most: int = 2**53 - 1
    words: Words | None = None
    doc: str = ""


class Rule(StrEnum):
    """What the cells of one row must mean together."""

    ORDER_OF_LINE = "order_of_line"
    """`order` and `line` are taken from `order_line` where they are not given."""
    SERIAL_IS_ONE = "serial_is_one"
    SERIAL_RANGE = "serial_range"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of table."""

    name: str
    columns: tuple[Column, ...]
    one_of: tuple[tuple[str, ...], ...] = ()
    """Of each group at least one field stands in every row."""
    rules: tuple[Rule, ...] = ()
    range_fields: tuple[str, str] = ("", "")
    """First and last of a serial range."""

    def column(self, name: str) -> Column | None:
        """The column of that name."""
        return next((column for column in self.columns if column.name == name), None)


def part(*, required: bool = True) -> Column:
    aliases = (
        "part_no", "part", "part_num", "pn", "p_n", "part_id", "item_number", "item_no", "material", "material_no",
        "material_number", "article", "article_no", "mpn", "teilenummer", "teile_nr", "artikelnummer", "sku",
    )  # fmt: skip
    return Column(name="part_number", aliases=aliases, required=required, doc="Maker's part number")


def serial(name: str = "serial", *aliases: str, required: bool = False) -> Column:
    return Column(name=name, aliases=aliases, required=required, doc="Serial as marked on the unit")


SERIAL: Final = serial(
    "serial", "serial_no", "serial_number", "serial_num", "sn", "s_n", "ser_no", "seriennummer", "serien_nr"
)
LOT: Final = Column(
    name="lot", aliases=("lot_no", "lot_number", "batch", "batch_no", "batch_number", "charge", "chargennummer")
)
QUANTITY_NAMES: Final = (
    "qty",
    "quantity_ordered",
    "pieces",
    "pcs",
    "count",
    "menge",
    "anzahl",
    "stueckzahl",
    "stückzahl",
)
ORDER: Final = Column(
    name="order",
    aliases=(
        "order_no", "order_number", "order_id", "po", "po_no", "po_number", "po_id", "purchase_order",
        "purchase_order_number", "bestellung", "bestellnummer",
    ),
)  # fmt: skip
ORDER_LINE: Final = Column(
    name="order_line", aliases=("po_line_id", "order_line_id", "po_line"), doc="Order and line in one: PO000001-1"
)
LINE: Final = Column(name="line", max_length=16, aliases=("line_no", "line_number", "position", "pos", "item_line"))
SUPPLIER_NAMES: Final = ("supplier_id", "vendor", "vendor_id", "supplier_no", "supplier_code", "lieferant")
SUPPLIER: Final = Column(name="supplier", aliases=SUPPLIER_NAMES, doc="Partner id")
MAKER: Final = Column(
    name="manufacturer", aliases=("maker", "mfr", "manufacturer_id", "oem", "hersteller", "brand"), max_length=120
)
OWNER: Final = Column(name="owner", aliases=("owner_id", "owned_by", "eigentümer"), doc="Partner id of the owner")
CURRENCY: Final = Column(name="currency", type=Type.CURRENCY, aliases=("curr", "ccy", "währung"))
CAGE: Final = Column(name="cage", type=Type.CAGE, aliases=("cage_code", "ncage", "cagec"))
EXPIRY: Final = Column(
    name="expiry", type=Type.DATE, aliases=("expiry_date", "expires", "exp_date", "expiration_date", "use_by", "exp")
)


def price(*aliases: str) -> Column:
    return Column(name="unit_price", type=Type.MONEY, aliases=("price", "unit_cost", "preis", "stückpreis", *aliases))


def quantity(*aliases: str, required: bool = False) -> Column:
    return Column(
        name="quantity", type=Type.INT, aliases=(*QUANTITY_NAMES, *aliases), required=required, least=1, most=10**9
    )


def date_column(name: str, *aliases: str) -> Column:
    return Column(name=name, type=Type.DATE, aliases=(f"{name}_date", f"date_{name}", *aliases))


def text_column(name: str, *aliases: str, limit: int = 500, required: bool = False) -> Column:
    return Column(name=name, type=Type.TEXT, aliases=aliases, max_length=limit, required=required)


def bool_column(name: str, *aliases: str) -> Column:
    return Column(name=name, type=Type.BOOL, aliases=aliases)
