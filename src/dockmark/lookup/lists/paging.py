"""Reads a list: a page before or after a row, the order of all rows, rows by their keys, all of them in a stream."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import orjson

from dockmark.database.session import Session
from dockmark.lookup.lists.columns import Listing, Value
from dockmark.lookup.lists.filters import Bound, Query, check, order_of, where
from dockmark.lookup.lists.known import listing
from dockmark.lookup.lists.ordered import Order

Cells = tuple[Value, ...]
STREAMED = 500
"""Rows that are read at once where all are read."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row: the key that it is known by, and the cells that were asked for."""

    key: str
    cells: Cells


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page ended: what its last row is sorted by, and its key."""

    by: str | int
    key: str


@dataclass(frozen=True, slots=True)
class Page:
    """Rows in the order of the list, and where they begin and end; None where there are none."""

    rows: tuple[ListRow, ...]
    first: Cursor | None
    last: Cursor | None


def page(
    session: Session,
    query: Query,
    columns: Sequence[str],
    *,
    after: Cursor | None = None,
    before: Cursor | None = None,
    limit: int = 128,
    backwards: bool = False,
) -> Page:
    """The rows next after a row, or next before one; without either the first ones, or backwards the last."""
    about = check(query)
    conditions, bound = where(about, query)
    by, descending = order_of(about, query)
    back = before is not None or backwards
    cursor = before or after
    down = descending != back
    if cursor is not None:
        condition, values = _beyond(about, by, cursor, down=down)
        conditions.append(condition)
        bound += values
    found = session.all(
        f"SELECT {about.key}, {by or about.key} FROM {about.source(by, *conditions)}{_where(conditions)}"
        f" ORDER BY {_ranked(about.key, by, down=down)} LIMIT ?",
        (*bound, limit),
    )
    if back:
        found.reverse()
    if not found:
        return Page((), None, None)
    ends = Cursor(found[0][1], found[0][0]), Cursor(found[-1][1], found[-1][0])
    # The cells come in a second question: joined in the first, they would be joined to every row that is sorted.
    return Page(tuple(rows(session, about.name, [row[0] for row in found], columns)), *ends)


def _ranked(key: str, by: str, *, down: bool) -> str:
    direction = "DESC" if down else "ASC"
    return f"{by} {direction}, {key} {direction}" if by else f"{key} {direction}"


def _beyond(about: Listing, by: str, cursor: Cursor, *, down: bool) -> tuple[str, Bound]:
    sign = "<" if down else ">"
    if not by:
        return f"{about.key} {sign} ?", [cursor.key]
    # The first term alone lets an index be used; the rest settles ties.
    return f"{by} {sign}= ? AND ({by} {sign} ? OR {about.key} {sign} ?)", [cursor.by, cursor.by, cursor.key]


def count(session: Session, query: Query) -> int:
    """How many rows there are."""
    about = check(query)
    conditions, bound = where(about, query)
    return int(session.value(f"SELECT count(*) FROM {about.source(*conditions)}{_where(conditions)}", bound))


def order(session: Session, query: Query) -> Order:
    """The keys of all rows in their order: one statement, so that other threads run meanwhile."""
    about = check(query)
    conditions, bound = where(about, query)
    by, descending = order_of(about, query)
    inner = (
        f"SELECT {about.key} AS k FROM {about.source(by, *conditions)}{_where(conditions)}"
        f" ORDER BY {_ranked('k', by, down=descending)}"
    )
    row = session.one(
        f"SELECT count(*), coalesce(min(length(k)), 0), coalesce(max(length(k)), 0), coalesce(group_concat(k, ''), '')"
        f" FROM ({inner}) AS ordered",
        bound,
    )
    if row is not None and row[1] == row[2]:
        return Order(str(row[3]), int(row[1]))
    return Order.of([str(each[0]) for each in session.all(inner, bound)])


def rows(session: Session, name: str, keys: Sequence[str], columns: Sequence[str]) -> list[ListRow]:
    """The rows of these keys, in this order; one that is gone is left out."""
    about = listing(name)
    wanted = orjson.dumps(list(keys)).decode()
    conditions = [about.where] if about.where else []
    bound: Bound = []
    if about.narrow:
        conditions.append(about.narrow)
        bound.append(wanted)
    conditions.append(f"{about.key} IN (SELECT j.value FROM json_each(?) j)")
    bound.append(wanted)
    cells = _cells(about, columns)
    found = session.all(f"SELECT {about.key}{cells} FROM {about.source(cells)}{_where(conditions)}", bound)
    by_key = {row[0]: ListRow(row[0], tuple(row[1:])) for row in found}
    return [by_key[key] for key in keys if key in by_key]


def stream(session: Session, query: Query, columns: Sequence[str]) -> Iterator[Cells]:
    """Every row, one after another; read by keys, so that a million whole rows are never sorted."""
    whole = order(session, query)
    for first in range(0, len(whole), STREAMED):
        yield from (row.cells for row in rows(session, query.list, whole.keys(first, STREAMED), columns))


def _cells(about: Listing, columns: Sequence[str]) -> str:
    return "".join(f", {about.column(key).sql}" for key in columns)


def _where(conditions: Sequence[str]) -> str:
    return f" WHERE {' AND '.join(f'({each})' for each in conditions)}" if conditions else ""
