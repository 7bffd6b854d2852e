"""The lists of units and of what holds them."""

from typing import Final

from dockmark.lookup.lists.columns import Column, Kind, Listing

STATES: Final = ("expected", "received", "returned", "in_stock", "installed", "scrapped")
CONDITIONS: Final = ("new", "serviceable", "unserviceable", "quarantined", "suspect", "scrapped")
REASONS: Final = ("DAMAGED", "DOUBT", "RECALL", "EXPIRY", "PAPERS", "SUPPLIER", "returns", "OTHER")

_PARTS = ("p", "LEFT JOIN parts p ON p.id = u.part")
_PLACES = ("l", "LEFT JOIN places l ON l.id = u.place")
_PART = "u.part IN (SELECT x.id FROM parts x WHERE {})"
_RECEIPT = "(u.receipt <> '' AND u.receipt IN (SELECT x.id FROM receipts x WHERE {}))"
_PARTNER = "coalesce(nullif(s.name, ''), s.code, u.partner)"

UNITS: Final = Listing(
    name="units",
    table="units u",
    joins=(
        _PARTS,
        _PLACES,
        ("r", "LEFT JOIN receipts r ON r.id = u.receipt"),
        ("s", "LEFT JOIN partners s ON s.id = u.partner"),
        ("b", "LEFT JOIN partners b ON b.id = u.owner"),
    ),
    key="u.id",
    descending=True,
    columns=(
        Column("serial", "u.serial", order="u.serial_key"),
        Column("part_number", "p.part_number", via=_PART, source="x.part_number"),
        Column("description", "p.description", shown=False, via=_PART, source="x.description"),
        Column("state", "u.state", Kind.STATE, words="state", choices=STATES),
        Column("condition", "u.condition", Kind.STATE, words="condition", choices=CONDITIONS),
        Column(
            "hold", "CASE WHEN u.holds <> '{}' THEN 'held' ELSE '' END", Kind.STATE, words="hold", choices=("held",)
        ),
        Column("place", "coalesce(l.code, u.place)"),
        Column("received", "u.received_at", Kind.MOMENT),
        Column("lot", "u.lot", shown=False),
        Column("quantity", "u.quantity", Kind.NUMBER, shown=False),
        Column("owner", "coalesce(nullif(b.name, ''), b.code, u.owner)", shown=False),
        Column("supplier", _PARTNER, shown=False),
        Column("receipt", "r.number", shown=False, via=_RECEIPT, source="x.number"),
        Column("expiry", "u.expiry", Kind.DAY, shown=False),
        Column("made", "u.made", Kind.DAY, shown=False),
        Column("in_service_since", "u.in_service_since", Kind.DAY, shown=False),
        Column("damaged", "u.damaged", Kind.FLAG, shown=False),
        Column("typed", "u.typed", Kind.FLAG, shown=False),
        Column("labels", "u.labels", Kind.NUMBER, shown=False),
        Column("tracking", "u.tracking", Kind.STATE, shown=False, words="tracking", choices=("serial", "lot")),
    ),
)  # fmt: skip

_HOLD = "json_extract(h.value, '$.{}')"

HOLDS: Final = Listing(
    name="holds",
    table="units u CROSS JOIN json_each(u.holds) h",
    joins=(("e", "LEFT JOIN events e ON e.id = h.key"), _PARTS, _PLACES),
    key="u.id || '/' || h.key",
    where="u.holds <> '{}'",
    narrow="u.id IN (SELECT substr(n.value, 1, 36) FROM json_each(?) n)",
    sort="since",
    descending=True,
    columns=(
        Column("serial", "u.serial", order="u.serial_key"),
        Column("part_number", "p.part_number"),
        Column("description", "p.description", shown=False),
        Column("reason", _HOLD.format("reason"), Kind.STATE, words="reason", choices=REASONS),
        Column("rule", _HOLD.format("code"), Kind.STATE, words="rule", shown=False),
        Column("by", _HOLD.format("by")),
        Column("since", "e.ts", Kind.MOMENT),
        Column("place", "coalesce(l.code, u.place)"),
        Column("state", "u.state", Kind.STATE, words="state", choices=STATES),
        Column("condition", "u.condition", Kind.STATE, words="condition", choices=CONDITIONS, shown=False),
        Column("lot", "u.lot", shown=False),
    ),
)
