"""The lists that there are."""

from typing import Final

from dockmark.lookup.lists.catalogue_lists import PARTNERS, PARTS, PLACES
from dockmark.lookup.lists.columns import Listing
from dockmark.lookup.lists.paper_lists import ASN, ORDERS, RECEIPTS
from dockmark.lookup.lists.unit_lists import HOLDS, UNITS
from dockmark.record.refusal import Refusal, Refused

LISTS: Final[dict[str, Listing]] = {
    each.name: each for each in (UNITS, RECEIPTS, ORDERS, ASN, HOLDS, PARTS, PARTNERS, PLACES)
}
OTHERWISE: Final = {"asns": "asn", "locations": "places"}
"""Other words that a list is called by."""


def listing(name: str) -> Listing:
    """The list of that name; refuses one that there is not."""
    found = LISTS.get(OTHERWISE.get(name, name))
    if found is None:
        raise Refusal(Refused.BAD_VALUE, field="list", value=name[:40])
    return found
