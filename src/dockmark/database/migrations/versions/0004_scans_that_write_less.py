"""Scans that write less: open print jobs by themselves, without an index."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _split_print_jobs()
    op.execute("INSERT OR REPLACE INTO meta VALUES ('rebuild', '0004')")


def _split_print_jobs() -> None:
    """What is printed leaves the table that every scan adds to; a job is known by its event."""
    op.drop_index("print_jobs_open", "print_jobs")
    op.rename_table("print_jobs", "print_jobs_before")
    for table in ("print_jobs", "printed_jobs"):
        op.create_table(
            table,
            sa.Column("n", sa.Integer(), nullable=False),
            *(
                sa.Column(name, sa.Text(), server_default="", nullable=False)
                for name in ("event", "unit", "facts", "printer", "state", "detail")
            ),
            sa.Column("tries", sa.BigInteger(), server_default="0", nullable=False),
            sa.Column("made_at", sa.BigInteger(), server_default="0", nullable=False),
            sa.Column("changed_at", sa.BigInteger(), server_default="0", nullable=False),
            sa.Column("copy", sa.BigInteger(), server_default="1", nullable=False),
            sa.PrimaryKeyConstraint("n"),
        )
        columns = "unit, facts, printer, state, detail, tries, made_at, changed_at, copy"
        is_open = "state IN ('queued', 'sending', 'unknown', 'failed')"
        op.execute(
            f"INSERT INTO {table}(event, {columns}) SELECT coalesce(nullif(event, ''), id), {columns}"
            f" FROM print_jobs_before WHERE {'' if table == 'print_jobs' else 'NOT '}{is_open} ORDER BY made_at, id"
        )
    op.create_index("printed_jobs_by_state", "printed_jobs", ["state"], unique=False)
    op.drop_table("print_jobs_before")
