"""The lists of receipts, orders and advices, with what was asked for and what has come."""

from typing import Final

from dockmark.lookup.lists.columns import Column, Kind, Listing

_SUPPLIER = "coalesce(nullif(s.name, ''), s.code, {}.partner)"
_PROGRESS = ("open", "partly", "complete")


def _progress(asked: str, came: str) -> str:
    return f"CASE WHEN {came} = 0 THEN 'open' WHEN {came} < {asked} THEN 'partly' ELSE 'complete' END"


RECEIPTS: Final = Listing(
    name="receipts",
    table="receipts r",
    joins=(
        ("o", "LEFT JOIN orders o ON o.id = r.order_id"),
        ("a", "LEFT JOIN asns a ON a.id = r.asn_id"),
        ("s", "LEFT JOIN partners s ON s.id = r.partner"),
        ("l", "LEFT JOIN places l ON l.id = r.place"),
        ("t", "LEFT JOIN stations t ON t.id = r.station"),
    ),
    key="r.id",
    sort="opened",
    descending=True,
    columns=(
        Column("receipt", "r.number"),
        Column("state", "r.state", Kind.STATE, words="receipt", choices=("open", "closed")),
        Column("order", "o.number"),
        Column("asn", "a.number"),
        Column("supplier", _SUPPLIER.format("r")),
        Column("delivery_note", "r.delivery_note"),
        Column("pieces", "(SELECT coalesce(sum(g.pieces), 0) FROM tallies g WHERE g.receipt = r.id)", Kind.NUMBER),
        Column("opened", "r.opened_at", Kind.MOMENT),
        Column("closed", "r.closed_at", Kind.MOMENT),
        Column("place", "coalesce(l.code, r.place)", shown=False),
        Column("station", "coalesce(nullif(t.name, ''), r.station)", shown=False),
    ),
)

_LINES = "FROM order_lines w WHERE w.order_id = o.id"
_ASKED = f"(SELECT coalesce(sum(w.quantity), 0) {_LINES})"
_CAME = "(SELECT coalesce(sum(g.pieces), 0) FROM order_lines w JOIN tallies g ON g.line = w.id WHERE w.order_id = o.id)"

ORDERS: Final = Listing(
    name="orders",
    table="orders o",
    joins=(("s", "LEFT JOIN partners s ON s.id = o.partner"),),
    key="o.id",
    sort="ordered",
    descending=True,
    columns=(
        Column("order", "o.number"),
        Column("progress", _progress(_ASKED, _CAME), Kind.STATE, words="progress", choices=_PROGRESS),
        Column("supplier", _SUPPLIER.format("o")),
        Column("lines", f"(SELECT count(*) {_LINES})", Kind.NUMBER),
        Column("pieces", _ASKED, Kind.NUMBER),
        Column("received", _CAME, Kind.NUMBER),
        Column("ordered", "o.ordered", Kind.DAY),
        Column("promised", f"(SELECT min(nullif(w.promised, '')) {_LINES})", Kind.DAY),
        Column("owner", "o.owner", shown=False),
    ),
)

_ADVISED = "(SELECT coalesce(sum(w.quantity), 0) FROM asn_lines w WHERE w.asn_id = a.id)"
_ARRIVED = "coalesce(c.pieces, 0)"

ASN: Final = Listing(
    name="asn",
    table="asns a",
    joins=(
        ("o", "LEFT JOIN orders o ON o.id = a.order_id"),
        ("s", "LEFT JOIN partners s ON s.id = coalesce(nullif(a.partner, ''), o.partner)"),
        (
            "c",
            "LEFT JOIN (SELECT r.asn_id AS asn_id, sum(g.pieces) AS pieces FROM receipts r JOIN tallies g"
            " ON g.receipt = r.id WHERE r.asn_id <> '' GROUP BY r.asn_id) c ON c.asn_id = a.id",
        ),
    ),
    key="a.id",
    sort="shipped",
    descending=True,
    columns=(
        Column("asn", "a.number"),
        Column("progress", _progress(_ADVISED, _ARRIVED), Kind.STATE, words="progress", choices=_PROGRESS),
        Column("order", "o.number"),
        Column("supplier", "coalesce(nullif(s.name, ''), s.code, nullif(a.partner, ''), o.partner)"),
        Column("lines", "(SELECT count(*) FROM asn_lines w WHERE w.asn_id = a.id)", Kind.NUMBER),
        Column("pieces", _ADVISED, Kind.NUMBER),
        Column("received", _ARRIVED, Kind.NUMBER),
        Column("sscc", "a.sscc"),
        Column("shipped", "a.shipped", Kind.DAY),
    ),
)
