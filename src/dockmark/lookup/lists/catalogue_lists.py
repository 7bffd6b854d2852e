"""The lists of partners, parts and places. Columns are called as in the files that are imported."""

from typing import Final

from dockmark.lookup.lists.columns import Column, Kind, Listing


def _told(table: str, key: str) -> str:
    return f"CAST(json_extract({table}.told, '$.{key}') AS TEXT)"


PARTNERS: Final = Listing(
    name="partners",
    table="partners a",
    key="a.id",
    sort="partner",
    columns=(
        Column("partner", "a.code"),
        Column("name", "a.name"),
        Column("kind", _told("a", "kind"), words="partner", choices=("supplier", "customer", "carrier", "maker")),
        Column("country", _told("a", "country")),
        Column("approved", "a.approved", Kind.FLAG),
        Column("cage", _told("a", "cage"), shown=False),
        Column("gln", _told("a", "gln"), shown=False),
        Column("duns", _told("a", "duns"), shown=False),
    ),
)

PARTS: Final = Listing(
    name="parts",
    table="parts p",
    joins=(("s", "LEFT JOIN partners s ON s.id = p.supplier"),),
    key="p.id",
    sort="part_number",
    columns=(
        Column("part_number", "p.part_number"),
        Column("description", "p.description"),
        Column("manufacturer", "p.manufacturer"),
        Column("tracking", "p.tracking", Kind.STATE, words="tracking", choices=("serial", "lot")),
        Column("gtin", "nullif(p.gtin, '')", shown=False),
        Column("cage", "p.cage", shown=False),
        Column("customer_part_number", "p.customer_part_number", shown=False),
        Column("supplier", "coalesce(s.code, p.supplier)"),
        Column("revision", _told("p", "revision"), shown=False),
        Column("warranty_months", "nullif(p.warranty_months, -1)", Kind.NUMBER),
        Column("customer_warranty_months", "nullif(p.customer_warranty_months, -1)", Kind.NUMBER, shown=False),
        Column("shelf_life_days", "nullif(p.shelf_life_days, -1)", Kind.NUMBER, shown=False),
        Column("requires_certificate", "p.requires_certificate", Kind.FLAG, shown=False),
        Column("requires_approved_supplier", "p.requires_approved_supplier", Kind.FLAG, shown=False),
        Column("complete", "p.complete", Kind.FLAG),
    ),
)

PLACES: Final = Listing(
    name="places",
    table="places l",
    joins=(("m", "LEFT JOIN places m ON m.id = l.parent"),),
    key="l.id",
    sort="place",
    columns=(
        Column("place", "l.code"),
        Column("name", "l.name"),
        Column(
            "kind", "l.kind", Kind.STATE, words="place",
            choices=("dock", "bin", "shelf", "cage", "bench", "room", "site", "truck", "customer_site"),
        ),
        Column("parent", "coalesce(m.code, l.parent)"),
        Column("tag", "l.tag", shown=False),
        Column("owner", _told("l", "owner"), shown=False),
    ),
)  # fmt: skip
