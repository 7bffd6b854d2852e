"""What PostgreSQL calls otherwise: statements are written once, as SQLite reads them, and put into its words here.

Functions and an order of letters that SQLite has are made in PostgreSQL instead of being translated.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

SHARED: Final = "dockmark"
"""The schema of everything that all stations of a depot see."""
LOCAL: Final = "dockmark_station"
"""The schema of empty tables that those of one station are made after."""


class Form(NamedTuple):
    """The columns of a table, and those that its key is made of."""

    columns: tuple[str, ...]
    key: tuple[str, ...]


_QUOTED: Final = re.compile(r"('(?:[^']|'')*')")
_REPLACE: Final = re.compile(r"\s*INSERT OR REPLACE INTO (\w+)\s*(?:\(([^)]*)\))?", re.IGNORECASE)
_WORDS: Final = (
    (re.compile(r"CAST\(([\w.]+) AS BLOB\)", re.IGNORECASE), r"convert_to(\1, 'UTF8')"),
    (re.compile(r"\bgroup_concat\(", re.IGNORECASE), "string_agg("),
    # SQLite's LIKE takes A for a, and has no sign that takes the meaning of the next one away.
    (re.compile(r"\bLIKE \?", re.IGNORECASE), "ILIKE ? ESCAPE ''"),
    (re.compile(r"\bLIKE (?=$)", re.IGNORECASE), "ILIKE "),
)
_IGNORE: Final = re.compile(r"\s*INSERT OR IGNORE INTO", re.IGNORECASE)


class Dialect:
    """Puts statements into PostgreSQL's words, each once."""

    def __init__(self, forms: Mapping[str, Form]) -> None:
        self._forms = forms
        self.of = lru_cache(maxsize=2000)(self._put)

    def _put(self, sql: str) -> str:
        """The statement in PostgreSQL's words; empty where it has no meaning there."""
        if sql.lstrip()[:7].upper() == "PRAGMA ":
            return ""
        sql = self._replacing(sql)
        pieces = _QUOTED.split(sql)
        return "".join(piece.replace("%", "%%") if at % 2 else _in_words(piece) for at, piece in enumerate(pieces))

    def _replacing(self, sql: str) -> str:
        if _IGNORE.match(sql):
            return f"{_IGNORE.sub('INSERT INTO', sql)} ON CONFLICT DO NOTHING"
        found = _REPLACE.match(sql)
        if found is None:
            return sql
        form = self._forms[found[1]]
        columns = tuple(name.strip() for name in found[2].split(",")) if found[2] else form.columns
        others = [f"{name} = excluded.{name}" for name in columns if name not in form.key]
        act = f"UPDATE SET {', '.join(others)}" if others else "NOTHING"
        rest = sql[found.end() :]
        return f"INSERT INTO {found[1]} ({', '.join(columns)}){rest} ON CONFLICT ({', '.join(form.key)}) DO {act}"


def _in_words(piece: str) -> str:
    for ours, theirs in _WORDS:
        piece = ours.sub(theirs, piece)
    return piece.replace("%", "%%").replace("?", "%s")


FUNCTIONS: Final = (
    "CREATE COLLATION IF NOT EXISTS {shared}.nocase"
    " (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
    "CREATE OR REPLACE FUNCTION {shared}.instr(text, text) RETURNS integer LANGUAGE sql IMMUTABLE STRICT"
    " PARALLEL SAFE AS 'SELECT strpos($1, $2)'",
    "CREATE OR REPLACE FUNCTION {shared}.substr(text, bigint, bigint) RETURNS text LANGUAGE sql IMMUTABLE STRICT"
    " PARALLEL SAFE AS 'SELECT pg_catalog.substr($1, $2::integer, $3::integer)'",
    "CREATE OR REPLACE FUNCTION {shared}.max(bigint, bigint) RETURNS bigint LANGUAGE sql IMMUTABLE"
    " PARALLEL SAFE AS 'SELECT greatest($1, $2)'",
    "CREATE OR REPLACE FUNCTION {shared}.min(bigint, bigint) RETURNS bigint LANGUAGE sql IMMUTABLE"
    " PARALLEL SAFE AS 'SELECT least($1, $2)'",
    "CREATE OR REPLACE FUNCTION {shared}.json_extract(text, text) RETURNS text LANGUAGE sql IMMUTABLE STRICT"
    " PARALLEL SAFE AS $f$SELECT $1::json #>> string_to_array(pg_catalog.substr($2, 3), '.')$f$",
    "CREATE OR REPLACE FUNCTION {shared}.json_each(text, text DEFAULT '') RETURNS TABLE(key text, value text)"
    " LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 10 AS $f$"
    " WITH it(part) AS (SELECT CASE WHEN $2 = '' THEN $1::json"
    " ELSE $1::json #> string_to_array(pg_catalog.substr($2, 3), '.') END)"
    " SELECT e.key, e.value FROM it, json_each_text(CASE json_typeof(part) WHEN 'object' THEN part END) e"
    " UNION ALL SELECT (e.at - 1)::text, e.value FROM it,"
    " json_array_elements_text(CASE json_typeof(part) WHEN 'array' THEN part END) WITH ORDINALITY e(value, at)$f$",
)
"""What SQLite has and PostgreSQL has not, found before PostgreSQL's own by the order in which schemas are looked at."""

GUARDS: Final = (
    "CREATE OR REPLACE FUNCTION {shared}.events_keep() RETURNS trigger LANGUAGE plpgsql AS"
    " $f$BEGIN RAISE EXCEPTION 'events are never changed or deleted'; END$f$",
    "CREATE OR REPLACE TRIGGER events_keep_row BEFORE UPDATE OR DELETE ON {shared}.events"
    " FOR EACH ROW EXECUTE FUNCTION {shared}.events_keep()",
    "CREATE OR REPLACE TRIGGER events_keep_all BEFORE TRUNCATE ON {shared}.events"
    " FOR EACH STATEMENT EXECUTE FUNCTION {shared}.events_keep()",
)
"""The second line behind the missing right: no statement of anybody changes an event, its owner's included."""
