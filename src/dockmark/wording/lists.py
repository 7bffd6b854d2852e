"""Lists in words: what a list, a column and a state in a cell is called."""

from typing import Final

from dockmark.wording.catalogue import noun
from dockmark.wording.nouns import condition_word, known, plain, reason_word, rule_word, state_word
from dockmark.wording.values import visible

LISTS: Final = {
    "units": noun("Units"),
    "receipts": noun("Receipts"),
    "orders": noun("Orders"),
    "asn": noun("ASNs"),
    "holds": noun("Holds"),
    "parts": noun("Parts"),
    "partners": noun("Partners"),
    "places": noun("Places"),
}
COLUMNS: Final = {
    "approved": noun("Approved"),
    "asn": noun("ASN"),
    "by": noun("By"),
    "cage": noun("CAGE"),
    "closed": noun("Closed"),
    "complete": noun("Complete"),
    "condition": noun("Condition"),
    "country": noun("Country"),
    "customer_part_number": noun("Customer's number"),
    "customer_warranty_months": noun("Warranty to customer, months"),
    "damaged": noun("Damaged"),
    "delivery_note": noun("Delivery note"),
    "description": noun("Description"),
    "duns": noun("DUNS"),
    "expiry": noun("Expires"),
    "gln": noun("GLN"),
    "gtin": noun("GTIN"),
    "hold": noun("Hold"),
    "in_service_since": noun("In service since"),
    "kind": noun("Kind"),
    "labels": noun("Labels again"),
    "lines": noun("Lines"),
    "lot": noun("Lot"),
    "made": noun("Made"),
    "manufacturer": noun("Maker"),
    "name": noun("Name"),
    "opened": noun("Opened"),
    "order": noun("Order"),
    "ordered": noun("Ordered"),
    "owner": noun("Owner"),
    "parent": noun("Stands in"),
    "part_number": noun("Part number"),
    "partner": noun("Code"),
    "pieces": noun("Pieces"),
    "place": noun("Place"),
    "progress": noun("Progress"),
    "promised": noun("Promised"),
    "quantity": noun("Quantity"),
    "reason": noun("Reason"),
    "receipt": noun("Receipt"),
    "received": noun("Received"),
    "requires_approved_supplier": noun("Approved supplier only"),
    "requires_certificate": noun("Certificate needed"),
    "revision": noun("Revision"),
    "rule": noun("Rule"),
    "serial": noun("Serial"),
    "shelf_life_days": noun("Shelf life, days"),
    "shipped": noun("Shipped"),
    "since": noun("Since"),
    "sscc": noun("SSCC"),
    "state": noun("State"),
    "station": noun("Station"),
    "supplier": noun("Supplier"),
    "tag": noun("Tag"),
    "tracking": noun("Tracked by"),
    "typed": noun("Typed"),
    "warranty_months": noun("Warranty, months"),
}
_WORDS: Final = {
    "hold": {"held": noun("held")},
    "receipt": {"open": noun("open"), "closed": noun("closed")},
    "progress": {"open": noun("nothing came"), "partly": noun("came in part"), "complete": noun("complete")},
    "tracking": {"serial": noun("serial"), "lot": noun("lot")},
    "partner": {
        "supplier": noun("supplier"), "customer": noun("customer"), "carrier": noun("carrier"), "maker": noun("maker"),
    },
    "place": {
        "dock": noun("dock"), "bin": noun("bin"), "shelf": noun("shelf"), "cage": noun("cage"),
        "bench": noun("bench"), "room": noun("room"), "site": noun("site"), "truck": noun("truck"),
        "customer_site": noun("customer's site"),
    },
}  # fmt: skip
_SPOKEN: Final = {"state": state_word, "condition": condition_word, "reason": reason_word, "rule": rule_word}


def list_word(name: str) -> str:
    """What a list is called."""
    return known(LISTS, name) or plain(name)


def column_word(key: str) -> str:
    """The title of a column."""
    return known(COLUMNS, key) or plain(key)


def cell_word(words: str, code: str) -> str:
    """What a state in a cell is called; `words` names its vocabulary. What has no word is shown as it is."""
    if not code:
        return ""
    if words in _SPOKEN:
        return _SPOKEN[words](code)
    return known(_WORDS.get(words, {}), code) or visible(code)
