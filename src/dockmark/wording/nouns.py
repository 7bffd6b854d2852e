"""Single words: lights, lamps, states, reasons, rules, kinds of things, fields."""

from collections.abc import Mapping
from typing import Final

from dockmark.wording.catalogue import _, noun
from dockmark.wording.values import visible

LIGHTS: Final = {
    "warranty": noun("Warranty"),
    "recall": noun("Recall"),
    "counterfeit": noun("Counterfeit"),
    "life": noun("Life"),
    "owner": noun("Owner"),
    "hold": noun("Hold"),
}
LAMPS: Final = {
    "ok": noun("OK"),
    "warn": noun("Check"),
    "stop": noun("STOP"),
    "unknown": noun("Unknown"),
}
STATES: Final = {
    "expected": noun("expected"),
    "received": noun("received"),
    "returned": noun("returned"),
    "in_stock": noun("in stock"),
    "installed": noun("installed"),
    "scrapped": noun("scrapped"),
    "inspected": noun("inspected"),
    "kitted": noun("in a kit"),
    "packed": noun("packed"),
    "in_transit": noun("in transit"),
    "removed": noun("removed"),
    "in_repair": noun("in repair"),
}
CONDITIONS: Final = {
    "new": noun("new"),
    "serviceable": noun("serviceable"),
    "unserviceable": noun("unserviceable"),
    "quarantined": noun("in quarantine"),
    "suspect": noun("suspect"),
    "scrapped": noun("scrapped"),
    "damaged": noun("damaged"),
}
REASONS: Final = {
    "SUPPLIER": noun("the supplier's mistake"),
    "AGREED": noun("agreed with the supplier"),
    "INSPECTED": noun("inspected"),
    "PAPERS": noun("papers checked"),
    "DAMAGED": noun("damaged"),
    "DOUBT": noun("in doubt"),
    "RECALL": noun("recall"),
    "EXPIRY": noun("expiry date"),
    "RECOUNT": noun("counted again"),
    "LABEL": noun("label spoiled or lost"),
    "RELABEL": noun("relabelled"),
    "OTHER": noun("another reason"),
    "LOST": noun("lost or spoilt"),
    "ASKED": noun("another copy was asked for"),
    "CORRECTED": noun("something was corrected"),
    "returns": noun("come back, to be looked at"),
    "returned": noun("come back, to be looked at"),
    "undo": noun("undone"),
    "rejected": noun("rejected"),
}
RULES: Final = {
    "already": noun("received already"),
    "wrong_part": noun("not on the order"),
    "not_on_asn": noun("not on the ASN"),
    "over_receipt": noun("more than ordered"),
    "alive_elsewhere": noun("exists in another place"),
    "look_alike": noun("looks like another serial"),
    "out_of_range": noun("outside the maker's ranges"),
    "scrapped_seen": noun("scrapped before"),
    "expired": noun("expired"),
    "recalled": noun("recalled"),
    "supplier_not_approved": noun("supplier not approved"),
    "certificate_missing": noun("certificate missing"),
    "held": noun("on hold"),
}
THINGS: Final = {
    "unit": noun("a unit"),
    "place": noun("a place"),
    "badge": noun("a badge"),
    "command": noun("a command"),
    "document": noun("a paper"),
    "paper": noun("a paper"),
    "reason": noun("a reason"),
    "number": noun("a number"),
    "quantity": noun("a quantity"),
    "serial": noun("a serial"),
    "part": noun("a part number"),
    "order": noun("an order"),
    "asn": noun("an ASN"),
    "lot": noun("a lot"),
    "url": noun("a web address"),
}
"""In the nominative, wherever they stand."""

FIELDS: Final = {
    "quantity": noun("Quantity"),
    "reason": noun("Reason"),
    "part": noun("Part"),
    "part_number": noun("Part number"),
    "serial": noun("Serial"),
    "lot": noun("Lot"),
    "expiry": noun("Expires"),
    "place": noun("Place"),
    "owner": noun("Owner"),
    "condition": noun("Condition"),
    "order": noun("Order"),
    "operator": noun("Operator"),
    "role": noun("Role"),
    "symbol": noun("Symbol"),
    "job": noun("Print job"),
    "to": noun("Format"),
    "date": noun("Date"),
    "at": noun("Time"),
    "known": noun("Time"),
    "manufacturer": noun("Maker"),
    "supplier": noun("Supplier"),
    "description": noun("Description"),
    "note": noun("Note"),
    "unit": noun("Unit id"),
    "receipt": noun("Receipt"),
    "gtin": noun("GTIN"),
    "tracking": noun("Tracked by"),
    "unit_price": noun("Price"),
    "price": noun("Price"),
    "currency": noun("Currency"),
    "mass": noun("Weight"),
    "warranty_months": noun("Warranty from the supplier, months"),
    "customer_warranty_months": noun("Warranty to the customer, months"),
    "repairable": noun("Can be repaired"),
    "shelf_life_days": noun("Shelf life, days"),
    "requires_approved_supplier": noun("Only from approved suppliers"),
    "requires_certificate": noun("Only with a certificate"),
    "second_supplier": noun("Second supplier"),
    "customer_part_number": noun("The customer's part number"),
    "cage": noun("CAGE code"),
    "revision": noun("Revision"),
    "partner": noun("Partner code"),
    "name": noun("Name"),
    "country": noun("Country"),
    "kind": noun("Kind"),
    "approved": noun("Approved supplier"),
    "gln": noun("GLN"),
    "duns": noun("DUNS number"),
    "parent": noun("Stands in"),
    "line": noun("Line"),
    "order_line": noun("Order line"),
    "ordered": noun("Ordered on"),
    "promised": noun("Promised for"),
    "due": noun("Needed by"),
    "asn": noun("ASN"),
    "sscc": noun("SSCC"),
    "shipped": noun("Shipped on"),
    "made": noun("Made on"),
    "in_service_since": noun("In service since"),
    "other_ids": noun("Other ids"),
    "recall": noun("Recall number"),
    "serial_from": noun("First serial"),
    "serial_to": noun("Last serial"),
    "serial_first": noun("First serial"),
    "serial_last": noun("Last serial"),
    "announced": noun("Announced on"),
    "roles": noun("Roles"),
    "disabled": noun("May not work here any more"),
}
ACTS: Final = {
    "received": noun("receipt"),
    "received_blind": noun("receipt"),
    "returned": noun("return"),
    "quarantined": noun("quarantine"),
    "damaged": noun("damage"),
    "held": noun("hold"),
    "released": noun("release"),
    "receipt_closed": noun("closing of the receipt"),
}
RECALLED_BY: Final = {
    "part": noun("all of this part"),
    "lot": noun("this lot"),
    "serial": noun("this serial"),
}
DESKS: Final = {
    "receiving": noun("Receiving"),
    "holds": noun("Holds"),
}
METHODS: Final = {
    "badge": noun("badge"),
    "pin": noun("PIN"),
    "PIN": noun("PIN"),
    "command line": noun("command line"),
}


def known(words: Mapping[str, str], code: str) -> str:
    """The word for that code, or nothing where there is none."""
    return _(words.get(code, ""))


def plain(code: str) -> str:
    """A code that has no word, as readable as it is."""
    return visible(code).replace("_", " ")


def light_word(light: str) -> str:
    """What a light is called."""
    return known(LIGHTS, light) or plain(light).capitalize()


def lamp_word(lamp: str) -> str:
    """How a lamp stands, in one word."""
    return known(LAMPS, lamp) or plain(lamp)


def state_word(state: str) -> str:
    """A state of a unit's life; a condition is understood too."""
    return known(STATES, state) or known(CONDITIONS, state) or plain(state)


def condition_word(condition: str) -> str:
    """A condition of a unit; a state is understood too."""
    return known(CONDITIONS, condition) or known(STATES, condition) or plain(condition)


def reason_word(code: str) -> str:
    """Why somebody did something; a text that is not a code is shown as it is."""
    return known(REASONS, code) or known(RULES, code) or visible(code)


def rule_word(code: str) -> str:
    """The rule behind a refusal, in a few words."""
    return known(RULES, code) or known(REASONS, code) or plain(code)


def act_word(code: str) -> str:
    """What was done, as a noun: what UNDO takes back. Empty where the code is no act."""
    return known(ACTS, code)


def field_word(field: str) -> str:
    """What a field is called."""
    return known(FIELDS, field) or plain(field)
