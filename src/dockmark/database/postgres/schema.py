"""The tables of a shared ledger, and who may do what with them. Made and brought on by an administrator's connection.

Stations work under one role. It may read events and add to them, and no more; everything that is folded from events it
may write, since all of that can be made again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import psycopg
from psycopg import sql

from dockmark.database.postgres.dialect import FUNCTIONS, GUARDS, LOCAL, SHARED, Form
from dockmark.database.upgrading import HEAD
from dockmark.record.refusal import Refusal, Refused

if TYPE_CHECKING:
    from sqlalchemy import MetaData

ROLE: Final = "dockmark_station"
"""What every station works as, whoever its address signs in as."""
_LOCAL_TABLES: Final = frozenset({"meta", "drafts", "print_jobs", "printed_jobs", "column_mappings", "witness"})
"""What one station alone reads and writes."""
_KEPT: Final = frozenset({"events", "people_records"})
"""What is told once and can be made from nothing else."""
_PREPARING: Final = 0x646F636B

_ROOM: Final = """
CREATE OR REPLACE FUNCTION {shared}.make_room(room text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog AS $f$
DECLARE
    form record;
    place text := 'station_' || room;
BEGIN
    IF room !~ '^[0-9a-f]{{32}}$' THEN RAISE EXCEPTION 'no name of a room: %', room; END IF;
    EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I', place);
    FOR form IN SELECT tablename FROM pg_tables WHERE schemaname = '{local}' LOOP
        EXECUTE format('CREATE TABLE IF NOT EXISTS %I.%I (LIKE {local}.%I INCLUDING ALL)',
            place, form.tablename, form.tablename);
    END LOOP;
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO {role}', place);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO {role}', place);
END$f$
"""

Connection = psycopg.Connection[Any]


def prepare(url: str) -> bool:
    """Makes role, tables, rights and functions, or brings them on; True where the tables have to be filled anew.

    Everything happens in one transaction: killed at any step, it is as it was before.
    """
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            _text_search(connection)
            with connection.transaction():
                connection.execute("SELECT pg_advisory_xact_lock(%s)", (_PREPARING,))
                return _prepared(connection)
    except psycopg.errors.InsufficientPrivilege as no:
        raise Refusal(Refused.DATABASE_RIGHTS, detail=_said(no)) from no
    except psycopg.OperationalError as no:
        raise Refusal(Refused.DATABASE_AWAY, detail=_said(no)) from no


def form_of(connection: Connection) -> str | None:
    """The form of the tables that are there, or None where there are none."""
    row = connection.execute("SELECT to_regclass(%s)", (f"{SHARED}.alembic_version",)).fetchone()
    if row is None or row[0] is None:
        return None
    told = connection.execute(f"SELECT version_num FROM {SHARED}.alembic_version").fetchone()
    return str(told[0]) if told else ""


def forms() -> dict[str, Form]:
    """The columns and keys of all tables."""
    from dockmark.database.tables import metadata

    return {
        table.name: Form(tuple(c.name for c in table.columns), tuple(c.name for c in table.primary_key.columns))
        for table in metadata.sorted_tables
    }


def _prepared(connection: Connection) -> bool:
    form = form_of(connection)
    if form is not None and form > HEAD:
        raise Refusal(Refused.MADE_LATER, form=form)
    if form is None:
        _make_role(connection)
    for schema in (SHARED, LOCAL):
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    names = {"shared": SHARED, "local": LOCAL, "role": ROLE}
    for statement in FUNCTIONS:
        _run(connection, statement.format(**names))
    if form != HEAD:
        if form is not None:
            _clear(connection)
        _make_tables(connection)
    for statement in (*GUARDS, _ROOM):
        _run(connection, statement.format(**names))
    _bring_rooms_on(connection)
    _grant(connection)
    connection.execute(f"CREATE TABLE IF NOT EXISTS {SHARED}.alembic_version (version_num text PRIMARY KEY)")
    connection.execute(f"GRANT SELECT ON {SHARED}.alembic_version TO {ROLE}")
    connection.execute(f"DELETE FROM {SHARED}.alembic_version")
    connection.execute(f"INSERT INTO {SHARED}.alembic_version VALUES (%s)", (HEAD,))
    return form not in (None, HEAD)


def _run(connection: Connection, statement: str) -> None:
    """Runs a statement of our own as it stands: nothing in it stands for a value."""
    connection.execute(sql.SQL(statement))


def _text_search(connection: Connection) -> None:
    """The index of three letters, where this server has it; without, a search reads every text."""
    try:
        with connection.transaction():
            connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except psycopg.Error:
        return


def _make_role(connection: Connection) -> None:
    if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (ROLE,)).fetchone() is None:
        connection.execute(f"CREATE ROLE {ROLE} NOLOGIN")
    # Whoever prepares it works with it as a station does: as this role.
    connection.execute(f"GRANT {ROLE} TO CURRENT_USER")


def _clear(connection: Connection) -> None:
    """Takes away what can be made from the events: it is made in its new form, and filled by whoever asked."""
    rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", (SHARED,)).fetchall()
    for (name,) in rows:
        if name not in _KEPT | {"alembic_version"}:
            connection.execute(f"DROP TABLE {SHARED}.{name}")


def _make_tables(connection: Connection) -> None:
    from sqlalchemy.dialects import postgresql
    from sqlalchemy.schema import CreateColumn, CreateIndex, CreateTable

    words = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy has no type for it
    for schema, described in _described().items():
        for table in described.sorted_tables:
            known = connection.execute("SELECT to_regclass(%s)", (f"{schema}.{table.name}",)).fetchone()
            if known and known[0] is not None:
                for column in table.columns:
                    text = str(CreateColumn(column).compile(dialect=words))
                    _run(connection, f"ALTER TABLE {schema}.{table.name} ADD COLUMN IF NOT EXISTS {text}")
            else:
                _run(connection, str(CreateTable(table).compile(dialect=words)))
            for index in table.indexes:
                _run(connection, str(CreateIndex(index, if_not_exists=True).compile(dialect=words)))
    if connection.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'").fetchone():
        [place] = connection.execute(
            "SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace"
            " WHERE e.extname = 'pg_trgm'"
        ).fetchall()
        _run(
            connection,
            f"CREATE INDEX IF NOT EXISTS search_docs_by_letters ON {SHARED}.search_docs"
            f' USING gin (text "{place[0]}".gin_trgm_ops)',
        )


def _described() -> dict[str, MetaData]:
    """The tables as PostgreSQL keeps them: in two schemas, their texts in the order of their bytes."""
    from sqlalchemy import MetaData, Text

    from dockmark.database.tables import metadata

    found = {SHARED: MetaData(schema=SHARED), LOCAL: MetaData(schema=LOCAL)}
    for table in metadata.sorted_tables:
        copy = table.to_metadata(found[LOCAL if table.name in _LOCAL_TABLES else SHARED])
        for column in copy.columns:
            if isinstance(column.type, Text):
                column.type = Text(collation="C")
        for index in copy.indexes:
            index.dialect_options["postgresql"]["where"] = index.dialect_options["sqlite"]["where"]
    return found


def _bring_rooms_on(connection: Connection) -> None:
    """The tables of each station that is there already are given the columns that are new."""
    rows = connection.execute(
        "SELECT s.nspname, f.relname, a.attname, format_type(a.atttypid, a.atttypmod), pg_get_expr(d.adbin, d.adrelid)"
        " FROM pg_namespace s CROSS JOIN pg_class f JOIN pg_namespace n ON n.oid = f.relnamespace"
        " JOIN pg_attribute a ON a.attrelid = f.oid AND a.attnum > 0 AND NOT a.attisdropped"
        " LEFT JOIN pg_attrdef d ON d.adrelid = f.oid AND d.adnum = a.attnum"
        " WHERE n.nspname = %s AND f.relkind = 'r' AND s.nspname ~ '^station_[0-9a-f]{32}$'"
        " AND EXISTS (SELECT 1 FROM pg_tables t WHERE t.schemaname = s.nspname AND t.tablename = f.relname)"
        " AND NOT EXISTS (SELECT 1 FROM information_schema.columns c WHERE c.table_schema = s.nspname"
        " AND c.table_name = f.relname AND c.column_name = a.attname)",
        (LOCAL,),
    ).fetchall()
    for schema, table, column, kind, default in rows:
        told = f"{kind} NOT NULL DEFAULT {default}" if default else kind
        _run(connection, f'ALTER TABLE {schema}.{table} ADD COLUMN "{column}" {told}')
    rooms = connection.execute("SELECT nspname FROM pg_namespace WHERE nspname ~ '^station_[0-9a-f]{32}$'").fetchall()
    for (name,) in rooms:
        connection.execute(f"SELECT {SHARED}.make_room(%s)", (name.removeprefix("station_"),))


def _grant(connection: Connection) -> None:
    """Events are read and added to; what is folded from them may be written in every way."""
    run = connection.execute
    run(f"REVOKE ALL ON SCHEMA {SHARED}, {LOCAL} FROM PUBLIC")
    run(f"REVOKE ALL ON ALL FUNCTIONS IN SCHEMA {SHARED} FROM PUBLIC")
    run(f"GRANT USAGE ON SCHEMA {SHARED} TO {ROLE}")
    run(f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {SHARED} TO {ROLE}")
    run(f"GRANT SELECT, USAGE ON ALL SEQUENCES IN SCHEMA {SHARED} TO {ROLE}")
    rows = run("SELECT tablename FROM pg_tables WHERE schemaname = %s", (SHARED,)).fetchall()
    for (name,) in rows:
        rights = "SELECT, INSERT" if name == "events" else "SELECT, INSERT, UPDATE, DELETE"
        if name != "alembic_version":
            run(f"REVOKE ALL ON {SHARED}.{name} FROM PUBLIC, {ROLE}")
            run(f"GRANT {rights} ON {SHARED}.{name} TO {ROLE}")


def _said(error: psycopg.Error) -> str:
    return str(error).strip().partition("\n")[0][:200]
