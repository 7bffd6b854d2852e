"""Brings the tables of a data folder to the form that this version reads."""

from pathlib import Path

from sqlalchemy import Connection, Engine

from dockmark.record.refusal import Refusal, Refused

HEAD = "0001"
"""The step that this version's tables are at."""

STAMP = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY"
    " (version_num))",
    f"INSERT INTO alembic_version VALUES ('{HEAD}')",
)
"""What tells Alembic that new tables are at the head."""


def form_of(engine: Engine) -> str:
    """The step at which a data folder's tables are, or the empty text where it has none."""
    with engine.connect() as connection:
        if not connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").first():
            return ""
        row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
        return str(row[0]) if row else ""


def upgrade(engine: Engine) -> None:
    """Runs every step that is missing. A data folder that is up to date loads nothing of Alembic."""
    form = form_of(engine)
    if form == HEAD:
        return
    if form > HEAD:
        raise Refusal(Refused.MADE_LATER, form=form)
    with engine.connect() as connection:
        _run(connection)


def _run(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
