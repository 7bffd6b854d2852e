"""The tables as they were first. Written once by Alembic from the tables of that day; never changed."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SEARCH_AND_GUARDS = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS search_index USING fts5(text, content='search_docs', content_rowid='doc', tokenize='trigram', detail='full')",
    "CREATE TRIGGER IF NOT EXISTS events_keep_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are never changed'); END",
    "CREATE TRIGGER IF NOT EXISTS events_keep_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END",
    "CREATE TRIGGER IF NOT EXISTS events_keep_replace BEFORE INSERT ON events WHEN EXISTS (SELECT 1 FROM events WHERE station = NEW.station AND seq = NEW.seq) OR EXISTS (SELECT 1 FROM events WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM events WHERE n = NEW.n) BEGIN SELECT RAISE(ABORT, 'events are never replaced'); END",
)


def upgrade() -> None:
    op.create_table(
        "asn_lines",
        sa.Column("asn_id", sa.Text(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), server_default="", nullable=False),
        sa.Column("quantity", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("order_line", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("asn_id", "line"),
    )
    op.create_table(
        "asns",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), server_default="", nullable=False),
        sa.Column("order_id", sa.Text(), server_default="", nullable=False),
        sa.Column("partner", sa.Text(), server_default="", nullable=False),
        sa.Column("sscc", sa.Text(), server_default="", nullable=False),
        sa.Column("shipped", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("asns", schema=None) as batch_op:
        batch_op.create_index("asns_by_number", ["number"], unique=False)
        batch_op.create_index("asns_by_sscc", ["sscc"], unique=False)

    op.create_table(
        "column_mappings",
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("signature"),
    )
    op.create_table(
        "drafts",
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("desk"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "event_subjects",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("event", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "event"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "events",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("core", sa.Text(), nullable=False),
        sa.Column("sig", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("ts", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("n"),
    )
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.create_index("events_by_id", ["id"], unique=True)
        batch_op.create_index("events_by_station", ["station", "seq"], unique=True)

    op.create_table(
        "expected_units",
        sa.Column("expectation", sa.Text(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("part", sa.Text(), server_default="", nullable=False),
        sa.Column("serial", sa.Text(), server_default="", nullable=False),
        sa.Column("serial_key", sa.Text(), server_default="", nullable=False),
        sa.Column("lot", sa.Text(), server_default="", nullable=False),
        sa.Column("line", sa.Text(), server_default="", nullable=False),
        sa.Column("quantity", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("expiry", sa.Text(), server_default="", nullable=False),
        sa.Column("order_id", sa.Text(), server_default="", nullable=False),
        sa.Column("asn_id", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("expectation", "row"),
    )
    with op.batch_alter_table("expected_units", schema=None) as batch_op:
        batch_op.create_index("expected_by_asn", ["asn_id"], unique=False)
        batch_op.create_index("expected_by_line", ["line"], unique=False)
        batch_op.create_index("expected_by_serial", ["serial_key", "part"], unique=False)

    op.create_table(
        "meta",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "operators",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), server_default="", nullable=False),
        sa.Column("name_record", sa.Text(), server_default="", nullable=False),
        sa.Column("badges", sa.Text(), server_default="", nullable=False),
        sa.Column("disabled", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "order_lines",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), server_default="", nullable=False),
        sa.Column("line", sa.Text(), server_default="", nullable=False),
        sa.Column("part", sa.Text(), server_default="", nullable=False),
        sa.Column("quantity", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("promised", sa.Text(), server_default="", nullable=False),
        sa.Column("owner", sa.Text(), server_default="", nullable=False),
        sa.Column("told", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("order_lines", schema=None) as batch_op:
        batch_op.create_index("order_lines_by_line", ["line"], unique=False)
        batch_op.create_index("order_lines_by_order", ["order_id"], unique=False)
        batch_op.create_index("order_lines_by_part", ["part"], unique=False)

    op.create_table(
        "orders",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), server_default="", nullable=False),
        sa.Column("partner", sa.Text(), server_default="", nullable=False),
        sa.Column("owner", sa.Text(), server_default="", nullable=False),
        sa.Column("ordered", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.create_index("orders_by_number", ["number"], unique=False)

    op.create_table(
        "partners",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), server_default="", nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("approved", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("told", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("partners", schema=None) as batch_op:
        batch_op.create_index("partners_by_code", ["code"], unique=False)

    op.create_table(
        "parts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("part_number", sa.Text(), server_default="", nullable=False),
        sa.Column("part_key", sa.Text(), server_default="", nullable=False),
        sa.Column("manufacturer", sa.Text(), server_default="", nullable=False),
        sa.Column("cage", sa.Text(), server_default="", nullable=False),
        sa.Column("gtin", sa.Text(), server_default="", nullable=False),
        sa.Column("customer_part_number", sa.Text(), server_default="", nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("tracking", sa.Text(), server_default="", nullable=False),
        sa.Column("supplier", sa.Text(), server_default="", nullable=False),
        sa.Column("warranty_months", sa.BigInteger(), server_default="-1", nullable=False),
        sa.Column("customer_warranty_months", sa.BigInteger(), server_default="-1", nullable=False),
        sa.Column("shelf_life_days", sa.BigInteger(), server_default="-1", nullable=False),
        sa.Column("requires_approved_supplier", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("requires_certificate", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("complete", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("told", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("parts", schema=None) as batch_op:
        batch_op.create_index(
            "parts_by_customer",
            ["customer_part_number"],
            unique=False,
            sqlite_where=sa.text("customer_part_number <> ''"),
        )
        batch_op.create_index("parts_by_gtin", ["gtin"], unique=False, sqlite_where=sa.text("gtin <> ''"))
        batch_op.create_index("parts_by_key", ["part_key"], unique=False)

    op.create_table(
        "people_records",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "places",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), server_default="", nullable=False),
        sa.Column("tag", sa.Text(), server_default="", nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("parent", sa.Text(), server_default="", nullable=False),
        sa.Column("told", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("places", schema=None) as batch_op:
        batch_op.create_index("places_by_code", ["code"], unique=False)
        batch_op.create_index("places_by_tag", ["tag"], unique=False)

    op.create_table(
        "print_jobs",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("unit", sa.Text(), server_default="", nullable=False),
        sa.Column("facts", sa.Text(), server_default="", nullable=False),
        sa.Column("printer", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("detail", sa.Text(), server_default="", nullable=False),
        sa.Column("tries", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("made_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("changed_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("event", sa.Text(), server_default="", nullable=False),
        sa.Column("copy", sa.BigInteger(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("print_jobs", schema=None) as batch_op:
        batch_op.create_index(
            "print_jobs_open",
            ["made_at"],
            unique=False,
            sqlite_where=sa.text("state IN ('queued', 'sending', 'unknown', 'failed')"),
        )

    op.create_table(
        "quarantined_stations",
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), server_default="", nullable=False),
        sa.Column("seq", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("station"),
    )
    op.create_table(
        "recall_marks",
        sa.Column("recall", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("first", sa.Text(), nullable=False),
        sa.Column("last", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("recall", "kind", "first", "last"),
    )
    op.create_table(
        "recalls",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), server_default="", nullable=False),
        sa.Column("part", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("announced", sa.Text(), server_default="", nullable=False),
        sa.Column("lifted", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("whole_part", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("recalls", schema=None) as batch_op:
        batch_op.create_index("recalls_by_number", ["number"], unique=False)
        batch_op.create_index("recalls_by_part", ["part"], unique=False)

    op.create_table(
        "receipts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), server_default="", nullable=False),
        sa.Column("station", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("order_id", sa.Text(), server_default="", nullable=False),
        sa.Column("asn_id", sa.Text(), server_default="", nullable=False),
        sa.Column("line", sa.Text(), server_default="", nullable=False),
        sa.Column("partner", sa.Text(), server_default="", nullable=False),
        sa.Column("place", sa.Text(), server_default="", nullable=False),
        sa.Column("delivery_note", sa.Text(), server_default="", nullable=False),
        sa.Column("opened_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("closed_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("received", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("differences", sa.Text(), server_default="", nullable=False),
        sa.Column("certificates", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("receipts", schema=None) as batch_op:
        batch_op.create_index("receipts_by_station", ["station", "state"], unique=False)

    op.create_table(
        "search_docs",
        sa.Column("doc", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("doc"),
    )
    with op.batch_alter_table("search_docs", schema=None) as batch_op:
        batch_op.create_index("search_docs_by_id", ["id"], unique=True)

    op.create_table(
        "serial_ranges",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), server_default="", nullable=False),
        sa.Column("partner", sa.Text(), server_default="", nullable=False),
        sa.Column("first", sa.Text(), server_default="", nullable=False),
        sa.Column("last", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("serial_ranges", schema=None) as batch_op:
        batch_op.create_index("serial_ranges_by_part", ["part"], unique=False)

    op.create_table(
        "stations",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("ledger", sa.Text(), server_default="", nullable=False),
        sa.Column("public_key", sa.Text(), server_default="", nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "subjects",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("heads", sa.Text(), server_default="", nullable=False),
        sa.Column("last_ts", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("events", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("disputed", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("subject"),
    )
    op.create_table(
        "tallies",
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("pieces", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("receipt", "line", "part"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("tallies", schema=None) as batch_op:
        batch_op.create_index("tallies_by_line", ["line"], unique=False)

    op.create_table(
        "units",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), server_default="", nullable=False),
        sa.Column("serial", sa.Text(), server_default="", nullable=False),
        sa.Column("lot", sa.Text(), server_default="", nullable=False),
        sa.Column("quantity", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("tracking", sa.Text(), server_default="", nullable=False),
        sa.Column("marks", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("condition", sa.Text(), server_default="", nullable=False),
        sa.Column("damaged", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("place", sa.Text(), server_default="", nullable=False),
        sa.Column("owner", sa.Text(), server_default="", nullable=False),
        sa.Column("partner", sa.Text(), server_default="", nullable=False),
        sa.Column("receipt", sa.Text(), server_default="", nullable=False),
        sa.Column("line", sa.Text(), server_default="", nullable=False),
        sa.Column("stranger", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("typed", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("received_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("in_service_since", sa.Text(), server_default="", nullable=False),
        sa.Column("expiry", sa.Text(), server_default="", nullable=False),
        sa.Column("made", sa.Text(), server_default="", nullable=False),
        sa.Column("holds", sa.Text(), server_default="", nullable=False),
        sa.Column("labels", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("out_of_sequence", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("serial_key", sa.Text(), server_default="", nullable=False),
        sa.Column("look_key", sa.Text(), server_default="", nullable=False),
        sa.Column("heads", sa.Text(), server_default="", nullable=False),
        sa.Column("last_ts", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("events", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("disputed", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.create_index("units_by_look", ["look_key", "part"], unique=False)
        batch_op.create_index("units_by_part_lot", ["part", "lot"], unique=False, sqlite_where=sa.text("lot <> ''"))
        batch_op.create_index("units_by_receipt", ["receipt"], unique=False, sqlite_where=sa.text("receipt <> ''"))
        batch_op.create_index("units_by_serial", ["serial_key", "part"], unique=False)
        batch_op.create_index("units_held", ["id"], unique=False, sqlite_where=sa.text("holds <> '{}'"))

    op.create_table(
        "waiting_events",
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("core", sa.Text(), nullable=False),
        sa.Column("sig", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("station", "seq"),
    )
    op.create_table(
        "witness",
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("ts", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("station"),
    )
    for statement in SEARCH_AND_GUARDS:
        op.execute(statement)
