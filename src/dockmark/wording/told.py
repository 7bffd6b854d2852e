"""What the command line names facts by, where it lists them for people: one line each, name and value."""

from collections.abc import Iterator, Mapping
from typing import Final

from dockmark.wording.catalogue import noun
from dockmark.wording.nouns import known, plain
from dockmark.wording.values import shown

NAMES: Final = {
    "badges": noun("Badges"),
    "custody": noun("Custody of the folder"),
    "event": noun("Event"),
    "ledger": noun("Ledger"),
    "name": noun("Name"),
    "operator": noun("Operator"),
    "public_key": noun("Public key"),
    "records": noun("Records"),
    "result": noun("Result"),
    "station": noun("Station"),
    "tag": noun("Tag"),
    "temporary_pin": noun("PIN for one time"),
}
VALUES: Final = {
    "custody": {"ours": noun("ours"), "copied": noun("copied"), "restored": noun("restored")},
    "result": {
        "pin_reset": noun("PIN reset"),
        "unlocked": noun("unlocked"),
        "badge_issued": noun("badge issued"),
        "badges_withdrawn": noun("badges withdrawn"),
        "erased": noun("erased"),
    },
    "pin": {
        "none": noun("no PIN yet"),
        "own": noun("own PIN"),
        "temporary": noun("PIN for one time"),
        "locked": noun("PIN locked"),
    },
}
KINDS: Final = {
    "unit": noun("unit"),
    "part": noun("part"),
    "place": noun("place"),
    "order": noun("order"),
    "asn": noun("ASN"),
    "partner": noun("partner"),
    "receipt": noun("receipt"),
}
"""What a search finds, in one word."""


def lines_told(told: Mapping[str, object]) -> Iterator[str]:
    """The facts, each with its name."""
    for name, value in told.items():
        yield f"{known(NAMES, name) or plain(name)}: {value_told(name, value)}"


def value_told(name: str, value: object) -> str:
    """A value in words where it is one of a closed set; else as it stands."""
    return known(VALUES.get(name, {}), str(value)) or (str(value) if isinstance(value, str) else shown(value))


def kind_told(kind: str) -> str:
    """What a search found."""
    return known(KINDS, kind) or plain(kind)
