"""The tables of a ledger. Three kinds: the ledger itself, projections folded from it, local ones.

Projections hold no row id, arrival time or local id, so that they are equal wherever the same events are.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    text,
)

metadata = MetaData()


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _whole(name: str, default: int = 0) -> Column[int]:
    return Column(name, BigInteger, nullable=False, server_default=str(default))


def _key(name: str = "id") -> Column[str]:
    return Column(name, Text, nullable=False, primary_key=True)


def _heads() -> list[Column[str] | Column[int]]:
    return [_text("heads"), _whole("last_ts"), _whole("events"), _text("disputed")]


# -- the ledger ---------------------------------------------------------------------------------------------------

events = Table(
    "events",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("station", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("core", Text, nullable=False),
    Column("sig", LargeBinary),
    Column("id", Text, nullable=False),
    Column("ts", BigInteger, nullable=False),
    Index("events_by_station", "station", "seq", unique=True),
    Index("events_by_id", "id", unique=True),
)

people_records = Table(
    "people_records",
    metadata,
    _key(),
    Column("salt", LargeBinary, nullable=False),
    Column("data", Text, nullable=False),
)

# -- projections --------------------------------------------------------------------------------------------------

units = Table(
    "units",
    metadata,
    _key(),
    _text("part"), _text("serial"), _text("lot"), _whole("quantity", 1), _text("tracking"), _text("marks"),
    _text("state"), _text("condition"), _whole("damaged"), _text("place"), _text("owner"), _text("partner"),
    _text("receipt"), _text("line"), _whole("stranger"), _whole("typed"), _whole("received_at"),
    _text("in_service_since"), _text("expiry"), _text("made"), _text("holds"), _whole("labels"),
    _whole("out_of_sequence"), _text("serial_key"), _text("look_key"), *_heads(), _text("apart"),
    Index("units_by_serial", "serial_key", "part"),
    Index("units_by_look", "look_key", "part", sqlite_where=text("look_key <> serial_key")),
    Index("units_by_part_lot", "part", "lot", sqlite_where=text("lot <> ''")),
    Index("units_by_receipt", "receipt", sqlite_where=text("receipt <> ''")),
    Index("units_held", "id", sqlite_where=text("holds <> '{}'")),
    sqlite_with_rowid=False,
)  # fmt: skip

unit_aliases = Table(
    "unit_aliases", metadata, _key(), _text("unit"), _text("part"), _text("serial"), _text("lot"),
    _text("serial_key"), _text("look_key"), *_heads(),
    Index("unit_aliases_by_unit", "unit"), Index("unit_aliases_by_serial", "serial_key", "part"),
    Index("unit_aliases_by_look", "look_key", "part"), sqlite_with_rowid=False,
)  # fmt: skip
"""The other ids of units that were met under several: their card, history and labels are those of `unit`."""

tallies = Table(
    "tallies", metadata, Column("receipt", Text, nullable=False), Column("line", Text, nullable=False),
    Column("part", Text, nullable=False), _whole("pieces"), PrimaryKeyConstraint("receipt", "line", "part"),
    Index("tallies_by_line", "line"), sqlite_with_rowid=False,
)  # fmt: skip

subjects = Table("subjects", metadata, _key("subject"), *_heads())

receipts = Table(
    "receipts",
    metadata,
    _key(),
    _text("number"), _text("station"), _text("state"), _text("order_id"), _text("asn_id"), _text("line"),
    _text("partner"), _text("place"), _text("delivery_note"), _whole("opened_at"), _whole("closed_at"),
    _whole("received"), _text("differences"), _text("certificates"),
    Index("receipts_by_station", "station", "state"),
)  # fmt: skip

parts = Table(
    "parts",
    metadata,
    _key(),
    _text("part_number"), _text("part_key"), _text("manufacturer"), _text("cage"), _text("gtin"),
    _text("customer_part_number"), _text("description"), _text("tracking"), _text("supplier"),
    _whole("warranty_months", -1), _whole("customer_warranty_months", -1), _whole("shelf_life_days", -1),
    _whole("requires_approved_supplier"), _whole("requires_certificate"), _whole("complete", 1), _text("told"),
    _text("joined"),
    Index("parts_by_key", "part_key"),
    Index("parts_by_gtin", "gtin", sqlite_where=text("gtin <> ''")),
    Index("parts_by_customer", "customer_part_number", sqlite_where=text("customer_part_number <> ''")),
    Index("parts_joined", "joined", sqlite_where=text("joined <> ''")),
)  # fmt: skip

partners = Table(
    "partners", metadata, _key(), _text("code"), _text("name"), _whole("approved"), _text("told"),
    Index("partners_by_code", "code"),
)  # fmt: skip

places = Table(
    "places", metadata, _key(), _text("code"), _text("tag"), _text("name"), _text("kind"), _text("parent"),
    _text("told"), _text("own_tag"),
    Index("places_by_code", "code"), Index("places_by_tag", "tag"), Index("places_by_own_tag", "own_tag"),
)  # fmt: skip

orders = Table(
    "orders", metadata, _key(), _text("number"), _text("partner"), _text("owner"), _text("ordered"),
    Index("orders_by_number", "number"),
)  # fmt: skip

order_lines = Table(
    "order_lines", metadata, _key(), _text("order_id"), _text("line"), _text("part"), _whole("quantity"),
    _text("promised"), _text("owner"), _text("told"), _whole("withdrawn"),
    Index("order_lines_by_order", "order_id"), Index("order_lines_by_line", "line"),
    Index("order_lines_by_part", "part"),
)  # fmt: skip

asns = Table(
    "asns", metadata, _key(), _text("number"), _text("order_id"), _text("partner"), _text("sscc"), _text("shipped"),
    Index("asns_by_number", "number"), Index("asns_by_sscc", "sscc"),
)  # fmt: skip

asn_lines = Table(
    "asn_lines", metadata, Column("asn_id", Text, nullable=False), Column("line", Text, nullable=False), _text("part"),
    _whole("quantity"), _text("order_line"), _whole("withdrawn"), PrimaryKeyConstraint("asn_id", "line"),
)  # fmt: skip

expected_units = Table(
    "expected_units", metadata, Column("expectation", Text, nullable=False), Column("row", Integer, nullable=False),
    _text("part"), _text("serial"), _text("serial_key"), _text("lot"), _text("line"), _whole("quantity", 1),
    _text("expiry"), _text("order_id"), _text("asn_id"), PrimaryKeyConstraint("expectation", "row"),
    Index("expected_by_serial", "serial_key", "part"), Index("expected_by_line", "line"),
    Index("expected_by_asn", "asn_id"),
)  # fmt: skip

recalls = Table(
    "recalls", metadata, _key(), _text("number"), _text("part"), _text("reason"), _text("announced"), _whole("lifted"),
    _whole("whole_part"), Index("recalls_by_part", "part"), Index("recalls_by_number", "number"),
)  # fmt: skip

recall_marks = Table(
    "recall_marks", metadata, Column("recall", Text, nullable=False), Column("kind", Text, nullable=False),
    Column("first", Text, nullable=False), Column("last", Text, nullable=False),
    PrimaryKeyConstraint("recall", "kind", "first", "last"),
)  # fmt: skip

serial_ranges = Table(
    "serial_ranges", metadata, _key(), _text("part"), _text("partner"), _text("first"), _text("last"),
    Index("serial_ranges_by_part", "part"),
)  # fmt: skip

operators = Table(
    "operators", metadata, _key(), _text("roles"), _text("name_record"), _text("badges"), _whole("disabled"),
    _text("name_hash"), _text("pin"), _text("same_as"), _whole("erased"),
)  # fmt: skip

access = Table("access", metadata, _key(), _text("operator"), _text("station"), _text("tries"))

documents = Table(
    "documents", metadata, _key(), _text("kind"), _text("ref"), _text("number"), _text("sha256"), _whole("size"),
    _whole("copy", 1), _whole("pages"), _text("checkpoint"), _whole("preliminary"), _text("replaces"), _text("reason"),
    _text("note"), _whole("made_at"), _text("made_by"), _text("station"),
    Index("documents_by_ref", "ref", "kind"), Index("documents_by_sha256", "sha256"),
)  # fmt: skip

company = Table(
    "company", metadata, _key(), _text("name"), _text("address"), _text("logo"), _text("paper"), _text("language"),
    _text("date_form"),
)  # fmt: skip

imports = Table(
    "imports", metadata, _key(), _text("kind"), _text("file"), _text("sha256"), _whole("rows"), _whole("recorded"),
    _whole("bad"), _whole("at"), _text("actor"), _text("station"), _text("spans"), _whole("reversed"),
    _text("reason"), _whole("reversed_at"), _text("reversed_by"), _whole("withdrawn"), _text("kept"),
    Index("imports_by_time", "at"), Index("imports_reversed", "id", sqlite_where=text("reversed = 1")),
)  # fmt: skip

attachments = Table(
    "attachments", metadata, _key(), _text("subject"), _text("kind"), _text("sha256"), _text("name"), _whole("size"),
    _text("note"), _whole("at"), _text("actor"), _text("station"), _text("event"), _text("gone"),
    Index("attachments_by_subject", "subject"), Index("attachments_by_sha256", "sha256"),
)  # fmt: skip

stations = Table("stations", metadata, _key(), _text("ledger"), _text("public_key"), _text("name"))

PROJECTIONS = (
    units, unit_aliases, tallies, subjects, receipts, parts, partners, places, orders, order_lines, asns, asn_lines,
    expected_units,
    recalls,    recall_marks, serial_ranges, operators, stations, documents, attachments, company,
    imports, access,
)  # fmt: skip

# -- local --------------------------------------------------------------------------------------------------------

meta = Table("meta", metadata, _key("name"), Column("value", Text, nullable=False))

event_subjects = Table(
    "event_subjects", metadata, Column("subject", Text, nullable=False), Column("event", BigInteger, nullable=False),
    PrimaryKeyConstraint("subject", "event"), sqlite_with_rowid=False,
)  # fmt: skip

waiting_events = Table(
    "waiting_events", metadata, Column("station", Text, nullable=False), Column("seq", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False), Column("core", Text, nullable=False), Column("sig", LargeBinary),
    PrimaryKeyConstraint("station", "seq"),
)  # fmt: skip

quarantined_stations = Table("quarantined_stations", metadata, _key("station"), _text("code"), _whole("seq"))

witness = Table(
    "witness", metadata, _key("station"), _whole("seq"), Column("hash", LargeBinary, nullable=False), _whole("ts")
)

# With row ids: a row of up to 4 KB stays on one page.
drafts = Table("drafts", metadata, _key("desk"), Column("data", Text, nullable=False))


def _job() -> list[Column[str] | Column[int]]:
    return [
        _text("event"), _text("unit"), _text("facts"), _text("printer"), _text("state"), _text("detail"),
        _whole("tries"), _whole("made_at"), _whole("changed_at"), _whole("copy", 1),
    ]  # fmt: skip


# Every scan adds to this one, so it has no index: what is printed leaves it for the other.
print_jobs = Table("print_jobs", metadata, Column("n", Integer, primary_key=True), *_job())

printed_jobs = Table(
    "printed_jobs", metadata, Column("n", Integer, primary_key=True), *_job(), Index("printed_jobs_by_state", "state")
)

column_mappings = Table("column_mappings", metadata, _key("signature"), Column("data", Text, nullable=False))

search_docs = Table(
    "search_docs", metadata, Column("doc", Integer, primary_key=True), Column("kind", Text, nullable=False),
    Column("id", Text, nullable=False), Column("text", Text, nullable=False),
    Index("search_docs_by_id", "id", unique=True),
)  # fmt: skip

SQLITE_ONLY = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS search_index USING fts5(text, content='search_docs', content_rowid='doc',"
    " tokenize='trigram', detail='full')",
    "CREATE TRIGGER IF NOT EXISTS events_keep_update BEFORE UPDATE ON events"
    " BEGIN SELECT RAISE(ABORT, 'events are never changed'); END",
    "CREATE TRIGGER IF NOT EXISTS events_keep_delete BEFORE DELETE ON events"
    " BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END",
    "CREATE TRIGGER IF NOT EXISTS events_keep_replace BEFORE INSERT ON events WHEN EXISTS"
    " (SELECT 1 FROM events WHERE station = NEW.station AND seq = NEW.seq)"
    " OR EXISTS (SELECT 1 FROM events WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM events WHERE n = NEW.n)"
    " BEGIN SELECT RAISE(ABORT, 'events are never replaced'); END",
)
