"""Brings the tables of a data folder to the form that this version reads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dockmark.record.refusal import Refusal, Refused

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from dockmark.database.session import Session

HEAD = "0004"
"""The step that this version's tables are at."""

STAMP = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY"
    " (version_num))",
    f"INSERT INTO alembic_version VALUES ('{HEAD}')",
)
"""What tells Alembic that new tables are at the head."""


def is_current(session: Session) -> bool:
    """Whether a data folder's tables are at the step that this version reads. Refuses those of a later version."""
    if session.one("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'") is None:
        if session.one("SELECT 1 FROM sqlite_master WHERE name = 'event_subjects'") is None:
            raise Refusal(Refused.NOT_A_LEDGER)
        return False
    form = str(session.value("SELECT version_num FROM alembic_version", default=""))
    if form > HEAD:
        raise Refusal(Refused.MADE_LATER, form=form)
    return form == HEAD


def upgrade(engine: Engine) -> None:
    """Runs every step that is missing."""
    with engine.connect() as connection:
        _run(connection)


def _run(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
