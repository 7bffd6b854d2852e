"""Tables for papers, files, companies and imports; what did not come can be withdrawn; a place has a tag of its own.

The projections among them are filled by a rebuild, which whoever upgrades does next.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attachments",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("sha256", sa.Text(), server_default="", nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("size", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("actor", sa.Text(), server_default="", nullable=False),
        sa.Column("station", sa.Text(), server_default="", nullable=False),
        sa.Column("event", sa.Text(), server_default="", nullable=False),
        sa.Column("gone", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.create_index("attachments_by_sha256", ["sha256"], unique=False)
        batch_op.create_index("attachments_by_subject", ["subject"], unique=False)

    op.create_table(
        "company",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("logo", sa.Text(), server_default="", nullable=False),
        sa.Column("paper", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.Text(), server_default="", nullable=False),
        sa.Column("date_form", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "documents",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("ref", sa.Text(), server_default="", nullable=False),
        sa.Column("number", sa.Text(), server_default="", nullable=False),
        sa.Column("sha256", sa.Text(), server_default="", nullable=False),
        sa.Column("size", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("copy", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("pages", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("checkpoint", sa.Text(), server_default="", nullable=False),
        sa.Column("preliminary", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("replaces", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("made_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("made_by", sa.Text(), server_default="", nullable=False),
        sa.Column("station", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.create_index("documents_by_ref", ["ref", "kind"], unique=False)
        batch_op.create_index("documents_by_sha256", ["sha256"], unique=False)

    op.create_table(
        "imports",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("file", sa.Text(), server_default="", nullable=False),
        sa.Column("sha256", sa.Text(), server_default="", nullable=False),
        sa.Column("rows", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("recorded", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("bad", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("actor", sa.Text(), server_default="", nullable=False),
        sa.Column("station", sa.Text(), server_default="", nullable=False),
        sa.Column("spans", sa.Text(), server_default="", nullable=False),
        sa.Column("reversed", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("reversed_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("reversed_by", sa.Text(), server_default="", nullable=False),
        sa.Column("withdrawn", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("kept", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("imports", schema=None) as batch_op:
        batch_op.create_index("imports_by_time", ["at"], unique=False)
        batch_op.create_index("imports_reversed", ["id"], unique=False, sqlite_where=sa.text("reversed = 1"))
    for table in ("asn_lines", "order_lines"):
        op.add_column(table, sa.Column("withdrawn", sa.BigInteger(), server_default="0", nullable=False))
    op.add_column("places", sa.Column("own_tag", sa.Text(), server_default="", nullable=False))
    op.create_index("places_by_own_tag", "places", ["own_tag"], unique=False)
    op.drop_index("units_by_look", "units")
    op.create_index(
        "units_by_look", "units", ["look_key", "part"], unique=False, sqlite_where=sa.text("look_key <> serial_key")
    )
    # With row ids from here on: a row of up to 4 KB stays on one page.
    op.rename_table("drafts", "drafts_before")
    op.create_table(
        "drafts",
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("desk"),
    )
    op.execute("INSERT INTO drafts SELECT desk, data FROM drafts_before")
    op.drop_table("drafts_before")
    op.execute("INSERT OR REPLACE INTO meta VALUES ('rebuild', '0002')")
