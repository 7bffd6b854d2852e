"""Units and parts that turned out to be one under several ids.

What the new columns and tables hold is folded by a rebuild, which whoever upgrades does next.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unit_aliases",
        sa.Column("id", sa.Text(), nullable=False),
        *(
            sa.Column(name, sa.Text(), server_default="", nullable=False)
            for name in ("unit", "part", "serial", "lot", "serial_key", "look_key", "heads")
        ),
        sa.Column("last_ts", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("events", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("disputed", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("unit_aliases_by_unit", "unit_aliases", ["unit"], unique=False)
    op.create_index("unit_aliases_by_serial", "unit_aliases", ["serial_key", "part"], unique=False)
    op.create_index("unit_aliases_by_look", "unit_aliases", ["look_key", "part"], unique=False)
    op.add_column("units", sa.Column("apart", sa.Text(), server_default="", nullable=False))
    op.add_column("parts", sa.Column("joined", sa.Text(), server_default="", nullable=False))
    op.create_index("parts_joined", "parts", ["joined"], unique=False, sqlite_where=sa.text("joined <> ''"))
    for name in ("name_hash", "pin", "same_as"):
        op.add_column("operators", sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.add_column("operators", sa.Column("erased", sa.BigInteger(), server_default="0", nullable=False))
    op.create_table(
        "access",
        sa.Column("id", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), server_default="", nullable=False) for name in ("operator", "station", "tries")),
        sa.PrimaryKeyConstraint("id"),
    )
    op.execute("INSERT OR REPLACE INTO meta VALUES ('rebuild', '0003')")
