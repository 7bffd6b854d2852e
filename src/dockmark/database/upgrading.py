"""Brings the tables of a data folder to the form that this version reads."""

from __future__ import annotations

import sqlite3
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
    """Runs every step that is missing, all of them in one transaction: killed at any moment, nothing has happened.

    The driver begins none for statements that make tables, so it is begun by hand; who comes second waits, and then
    finds nothing to do.
    """
    from sqlalchemy.exc import DBAPIError

    from dockmark.database.telling import told_of

    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            _run(connection)
            connection.exec_driver_sql("COMMIT")
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.OperationalError):
            raise told_of(error.orig) from error
        raise


def _run(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
