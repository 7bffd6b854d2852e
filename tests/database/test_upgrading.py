"""The steps lead to the tables that a new data folder has."""

import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from dockmark.database import upgrading
from dockmark.database.engine import Database
from dockmark.database.folder import is_remote
from dockmark.ledger.ledger import REBUILD_WANTED
from dockmark.record.refusal import Refusal


def shape(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every table with its columns and indexes, and every trigger with its text, as SQLite tells them."""
    database = sqlite3.connect(file)
    found: dict[str, list[tuple[object, ...]]] = {}
    for kind, name, text in database.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall():
        if kind == "table" and not name.startswith("search_index_"):
            found[name] = sorted(database.execute(f"PRAGMA table_info('{name}')").fetchall())
            indexes = database.execute(f"PRAGMA index_list('{name}')").fetchall()
            found[f"{name} indexes"] = sorted(
                (index[1], index[2], index[4], *database.execute(f"PRAGMA index_info('{index[1]}')").fetchall())
                for index in indexes
            )
            found[f"{name} without rowid"] = [("WITHOUT ROWID" in (text or "").upper(),)]
        elif kind == "trigger":
            found[name] = [(" ".join(text.split()).replace("IF NOT EXISTS ", ""),)]
    database.close()
    return found


def test_every_step_from_nothing_leads_to_the_tables_of_a_new_folder(tmp_path: Path) -> None:
    new, stepped = Database(tmp_path / "new.sqlite3"), Database(tmp_path / "stepped.sqlite3")
    new.create()
    config = Config()
    config.set_main_option("script_location", str(Path(upgrading.__file__).parent / "migrations"))
    engine = create_engine(f"sqlite:///{stepped.file}")
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()
    stepped.upgrade()
    assert shape(stepped.file) == shape(new.file)
    new.close()
    stepped.close()


def test_tables_made_by_a_later_version_are_refused(tmp_path: Path) -> None:
    database = Database(tmp_path / "x.sqlite3")
    database.create()
    session = database.session()
    session.run("UPDATE alembic_version SET version_num = '9999'")
    session.close()
    with pytest.raises(Refusal, match="made_later"):
        database.upgrade()
    database.close()


def test_a_folder_that_is_up_to_date_is_left_alone(tmp_path: Path) -> None:
    database = Database(tmp_path / "x.sqlite3")
    database.create()
    before = shape(database.file)
    database.upgrade()
    assert shape(database.file) == before
    assert before["alembic_version"]
    assert upgrading.HEAD == "0004"
    database.close()


def test_an_ordinary_folder_is_no_network_share(tmp_path: Path) -> None:
    assert not is_remote(tmp_path / "not" / "made" / "yet")


def test_a_folder_of_the_first_form_is_brought_on_and_asks_to_be_made_anew(tmp_path: Path) -> None:
    database = Database(tmp_path / "old.sqlite3")
    config = Config()
    config.set_main_option("script_location", str(Path(upgrading.__file__).parent / "migrations"))
    engine = create_engine(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO drafts VALUES ('receiving', '{}')")
        connection.exec_driver_sql(
            "INSERT INTO print_jobs(id, unit, facts, state, made_at, event) VALUES ('a', 'u', '{}', 'queued', 2, 'e2'),"
            " ('b', 'u', '{}', 'sent', 1, 'e1'), ('c', 'u', '{}', 'failed', 1, '')"
        )
    engine.dispose()
    assert database.upgrade()
    session = database.session()
    assert session.value("SELECT data FROM drafts WHERE desk = 'receiving'") == "{}"
    assert session.all("SELECT event, state FROM print_jobs ORDER BY n") == [("c", "failed"), ("e2", "queued")]
    assert session.all("SELECT event, state FROM printed_jobs") == [("e1", "sent")]
    assert session.value("SELECT value FROM meta WHERE name = ?", (REBUILD_WANTED,)) == "0004"
    session.close()
    assert not database.upgrade()
    database.close()
