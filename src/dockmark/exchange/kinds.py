"""The kinds of table that can be imported, each declared once."""

from typing import Final

from dockmark.exchange.codes import FileFault
from dockmark.exchange.columns import (
    CAGE,
    CURRENCY,
    EXPIRY,
    LINE,
    LOT,
    MAKER,
    ORDER,
    ORDER_LINE,
    OWNER,
    SERIAL,
    SUPPLIER,
    SUPPLIER_NAMES,
    Column,
    Kind,
    Rule,
    Type,
    Words,
    bool_column,
    date_column,
    part,
    price,
    quantity,
    serial,
    text_column,
)
from dockmark.record.refusal import Refusal, Refused

_TRACKING: Final[Words] = {
    "serial": ("serialized", "serialised", "sn", "s", "unit", "seriennummer"),
    "lot": ("batch", "charge", "l", "bulk", "consumable"),
}
_ROLES: Final[Words] = {
    "supplier": ("vendor", "seller", "lieferant", "distributor"),
    "customer": ("client", "buyer", "kunde"),
    "carrier": ("forwarder", "haulier", "spediteur"),
    "maker": ("manufacturer", "oem", "hersteller", "mfr"),
}
_PLACES: Final[Words] = {
    "bin": ("slot", "fach"),
    "shelf": ("rack", "regal"),
    "cage": (),
    "bench": ("workbench", "werkbank"),
    "truck": ("van", "vehicle"),
    "dock": ("gate", "rampe"),
    "customer_site": ("customer",),
    "site": ("depot", "warehouse", "building"),
    "room": ("area", "zone", "raum"),
}
_CONDITIONS: Final[Words] = {
    "new": ("ne", "neu", "factory new"),
    "serviceable": ("sv", "good", "ok", "repaired", "overhauled", "oh"),
    "unserviceable": ("us", "faulty", "defective", "defekt", "bad", "as removed", "ar"),
    "quarantined": ("quarantine",),
    "suspect": ("suspected", "suspicious"),
    "scrapped": ("scrap", "bc"),
}


_PARTS: Final = Kind(
    name="parts",
    columns=(
        part(),
        MAKER,
        text_column("description", "part_name", "name", "text", "bezeichnung", "beschreibung", "designation"),
        Column(name="gtin", type=Type.GTIN, aliases=("gtin14", "gtin13", "gtin12", "ean", "ean13", "upc", "barcode")),
        Column(name="tracking", type=Type.WORD, words=_TRACKING, aliases=("tracked_by", "tracking_type"),
               doc="serial: one row a unit; lot: counted"),
        price("list_price", "standard_price", "standard_cost"),
        CURRENCY,
        Column(name="mass", type=Type.MASS, aliases=("weight", "net_weight", "unit_weight", "gewicht")),
        Column(name="warranty_months", type=Type.MONTHS, most=1200,
               aliases=("warranty_from_supplier_months", "supplier_warranty_months", "warranty", "supplier_warranty"),
               doc="From the supplier, counted from receipt"),
        Column(name="customer_warranty_months", type=Type.MONTHS, most=1200,
               aliases=("warranty_to_customer_months", "customer_warranty")),
        bool_column("repairable", "is_repairable"),
        Column(name="shelf_life_days", type=Type.INT, least=1, most=36500, aliases=("shelf_life",)),
        bool_column("requires_approved_supplier", "approved_supplier_only", "needs_approved_supplier"),
        bool_column("requires_certificate", "certificate_required", "needs_certificate"),
        SUPPLIER,
        Column(name="second_supplier", aliases=("supplier2_id", "supplier2", "second_source")),
        Column(name="customer_part_number", aliases=("customer_part_no", "customer_part", "cpn")),
        CAGE,
        Column(name="revision", max_length=20, aliases=("rev", "revision_level", "issue")),
    ),
)  # fmt: skip

_PARTNERS: Final = Kind(
    name="partners",
    columns=(
        Column(name="partner", required=True, aliases=("partner_id", "id", "code", *SUPPLIER_NAMES, "supplier",
               "customer_id", "customer", "carrier_id", "maker_id", "account"), doc="Partner id"),
        text_column("name", "partner_name", "supplier_name", "customer_name", "company", "firma", limit=200,
                    required=True),
        Column(name="country", type=Type.COUNTRY, aliases=("country_code", "land"), doc="Two letters"),
        Column(name="kind", type=Type.WORDS, words=_ROLES, aliases=("type", "role", "roles", "partner_type")),
        bool_column("approved", "approved_supplier", "is_approved"),
        CAGE,
        Column(name="gln", type=Type.GLN, aliases=("global_location_number", "iln")),
        Column(name="duns", type=Type.DUNS, aliases=("duns_number", "duns_no", "d_u_n_s")),
    ),
)  # fmt: skip

_LOCATIONS: Final = Kind(
    name="locations",
    columns=(
        Column(name="place", required=True, aliases=("location", "place_id", "location_id", "code", "location_code",
               "place_code", "id", "bin", "lagerplatz"), doc="Code of the place"),
        text_column("name", "description", "location_name", "place_name", "bezeichnung", limit=200),
        Column(name="kind", type=Type.WORD, words=_PLACES, aliases=("type", "location_type", "place_type")),
        Column(name="parent", aliases=("parent_id", "parent_place", "parent_location", "within", "inside")),
        OWNER,
    ),
)  # fmt: skip

_ORDERS: Final = Kind(
    name="orders",
    columns=(
        ORDER,
        LINE,
        ORDER_LINE,
        part(),
        SUPPLIER,
        quantity("qty_ordered", "order_quantity", "ordered_qty", required=True),
        date_column("ordered", "order_date"),
        date_column("promised", "promise_date", "confirmed", "confirmed_date"),
        date_column("due", "required_date", "delivery_date", "needed", "needed_date"),
        price("unit_price_net", "net_price"),
        CURRENCY,
        OWNER,
    ),
    one_of=(("order", "order_line"),),
    rules=(Rule.ORDER_OF_LINE,),
)

_ASN: Final = Kind(
    name="asn",
    columns=(
        Column(name="asn", required=True, aliases=("asn_id", "asn_no", "asn_number", "delivery_note", "despatch_advice",
               "shipment", "shipment_id", "lieferschein", "delivery")),
        ORDER,
        LINE,
        ORDER_LINE,
        part(required=False),
        quantity("qty_advised", "qty_shipped", "shipped_qty", "quantity_shipped", "delivered_qty"),
        SERIAL,
        LOT,
        Column(name="sscc", type=Type.SSCC, aliases=("sscc18", "sscc_no", "license_plate", "nve"),
               doc="18 digits, kept even if the check digit is untrue"),
        date_column("shipped", "ship_date", "despatched", "dispatched", "dispatch_date"),
        EXPIRY,
        SUPPLIER,
    ),
    one_of=(("part_number", "order_line", "order"),),
    rules=(Rule.ORDER_OF_LINE, Rule.SERIAL_IS_ONE),
)  # fmt: skip

_EXPECTED: Final = Kind(
    name="expected",
    columns=(
        part(),
        SERIAL,
        LOT,
        ORDER_LINE,
        ORDER,
        LINE,
        Column(name="asn", aliases=("asn_id", "asn_no", "asn_number", "delivery_note")),
        quantity("qty_advised", "qty_expected"),
        EXPIRY,
        SUPPLIER,
        date_column("made", "mfg_date", "manufactured", "production_date"),
    ),
    rules=(Rule.ORDER_OF_LINE, Rule.SERIAL_IS_ONE),
)

_STOCK: Final = Kind(
    name="stock",
    columns=(
        part(),
        SERIAL,
        LOT,
        quantity("on_hand", "qty_on_hand", "stock", "bestand"),
        Column(name="place", required=True, aliases=("location", "place_id", "location_id", "bin", "location_code",
               "place_code", "lagerplatz")),
        Column(name="condition", type=Type.WORD, words=_CONDITIONS, aliases=("cond", "condition_code", "zustand")),
        OWNER,
        Column(name="date", type=Type.DATE, aliases=("as_of", "as_of_date", "count_date", "stock_date", "stichtag")),
        Column(name="in_service_since", type=Type.DATE, aliases=("in_service", "in_service_date", "service_start")),
        EXPIRY,
        SUPPLIER,
    ),
    rules=(Rule.SERIAL_IS_ONE,),
)  # fmt: skip

_RECALLS: Final = Kind(
    name="recalls",
    columns=(
        Column(name="recall", required=True, aliases=("recall_id", "recall_no", "recall_number", "notice", "fsca")),
        part(),
        LOT,
        SERIAL,
        serial("serial_from", "serial_first", "first_serial", "from_serial"),
        serial("serial_to", "serial_last", "last_serial", "to_serial"),
        text_column("reason", "cause", "description", "grund", limit=1000),
        date_column("announced", "recall_date", "date"),
    ),
    rules=(Rule.SERIAL_RANGE,),
    range_fields=("serial_from", "serial_to"),
)

_RANGES: Final = Kind(
    name="ranges",
    columns=(
        part(),
        SUPPLIER,
        MAKER,
        serial("serial_first", "serial_from", "first_serial", "from_serial", required=True),
        serial("serial_last", "serial_to", "last_serial", "to_serial", required=True),
    ),
    rules=(Rule.SERIAL_RANGE,),
    range_fields=("serial_first", "serial_last"),
)

KINDS: Final = {
    kind.name: kind for kind in (_PARTS, _PARTNERS, _LOCATIONS, _ORDERS, _ASN, _EXPECTED, _STOCK, _RECALLS, _RANGES)
}


def kind_named(name: str) -> Kind:
    """The kind of that name."""
    kind = KINDS.get(name)
    if kind is None:
        raise Refusal(Refused.BAD_FILE, why=FileFault.KIND_UNKNOWN.value, kind=name, known=list(KINDS))
    return kind
