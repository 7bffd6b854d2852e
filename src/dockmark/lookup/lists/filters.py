"""Which rows of a list are meant, and in which order: plain values in, SQL with bound values out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Any

import orjson

from dockmark.exchange.forms import typed_day, typed_number
from dockmark.exchange.values import Fault, Read
from dockmark.lookup.lists.columns import Column, Kind, Listing
from dockmark.lookup.lists.known import listing
from dockmark.record.refusal import Refusal, Refused

Bound = list[str | int]
MOST_VALUES = 1000
LARGEST = 2**62
_LAST = "\U0010ffff"


class Op(StrEnum):
    """How a filter compares. The codes are kept in saved views and never renamed."""

    CONTAINS = "contains"
    EQUALS = "equals"
    ONE_OF = "one_of"
    FROM_TO = "from_to"
    EMPTY = "empty"
    NOT_EMPTY = "not_empty"


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition on one column. From and to are both included; an empty one is no bound."""

    column: str
    op: Op
    values: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A list, narrowed by filters that all hold, in an order. Without a column it comes as the list says."""

    list: str
    filters: tuple[Filter, ...] = ()
    sort: str = ""
    descending: bool = False


def as_json(query: Query) -> dict[str, Any]:
    """A query as it is kept."""
    return {
        "list": query.list, "sort": query.sort, "descending": query.descending,
        "filters": [{"column": it.column, "op": it.op.value, "values": list(it.values)} for it in query.filters],
    }  # fmt: skip


def from_json(kept: Mapping[str, Any]) -> Query:
    """The query that was kept; refuses what names no list or column of today."""
    try:
        filters = tuple(
            Filter(str(it["column"]), Op(it["op"]), tuple(v for v in it["values"] if isinstance(v, str | int)))
            for it in kept.get("filters", ())
        )
        query = Query(str(kept["list"]), filters, str(kept.get("sort", "")), kept.get("descending") is True)
    except (KeyError, TypeError, ValueError) as wrong:
        raise Refusal(Refused.BAD_VALUE, field="view", value=str(wrong)[:40]) from wrong
    check(query)
    return query


def check(query: Query) -> Listing:
    """The list that a query is about; refuses an unknown list, column, or value that does not fit."""
    about = listing(query.list)
    if query.sort:
        about.column(query.sort)
    for each in query.filters:
        _condition(about.column(each.column), each)
    return about


def order_of(about: Listing, query: Query) -> tuple[str, bool]:
    """The expression that rows are ordered by (empty: by key alone), and whether downwards."""
    if query.sort:
        return about.column(query.sort).sorts_by, query.descending
    return (about.column(about.sort).sorts_by if about.sort else "", about.descending)


def where(about: Listing, query: Query) -> tuple[list[str], Bound]:
    """The conditions of a query and the values bound in them."""
    conditions = [about.where] if about.where else []
    bound: Bound = []
    for each in query.filters:
        condition, values = _condition(about.column(each.column), each)
        if condition:
            conditions.append(condition)
            bound += values
    return conditions, bound


def _condition(column: Column, told: Filter) -> tuple[str, Bound]:
    values = tuple(_fit(column, value) for value in told.values[:MOST_VALUES])
    if told.op in (Op.EMPTY, Op.NOT_EMPTY):
        nothing = "''" if column.kind.is_text else "0" if column.kind is Kind.MOMENT else None
        empty = f"{column.plain} = {nothing}" if nothing else f"{column.sql} IS NULL"
        return (f"NOT ({empty})" if told.op is Op.NOT_EMPTY else f"({empty})"), []
    if told.op is Op.FROM_TO:
        return _between(column, values)
    kept = tuple(value for value in values if value != "")
    if not kept:
        return "", []
    if column.via:
        inner, bound = _compared(column.source, column, told.op, kept)
        return column.via.format(inner), bound
    return _compared(column.plain, column, told.op, kept)


def _compared(what: str, column: Column, op: Op, values: tuple[str | int, ...]) -> tuple[str, Bound]:
    match op:
        case Op.CONTAINS:
            # SQL knows upper and lower case of A to Z only: for other letters both forms are looked for.
            text = str(values[0])
            forms = sorted({text, text.lower(), text.upper()} if not text.isascii() else {text})
            return "(" + " OR ".join(f"instr(lower({what}), lower(?)) > 0" for _ in forms) + ")", list(forms)
        case Op.EQUALS:
            return f"{what} = ?{' COLLATE NOCASE' if column.kind.is_text else ''}", [values[0]]
        case _:
            same = f"{what} COLLATE NOCASE" if column.kind.is_text else what
            value = "j.value" if column.kind.is_text else "CAST(j.value AS BIGINT)"
            return f"{same} IN (SELECT {value} FROM json_each(?) j)", [orjson.dumps(values).decode()]


def _between(column: Column, values: tuple[str | int, ...]) -> tuple[str, Bound]:
    low, high = (*values, "", "")[:2]
    nocase = " COLLATE NOCASE" if column.kind.is_text else ""
    parts, bound = [], Bound()
    if low != "":
        parts.append(f"{column.plain} >= ?{nocase}")
        bound.append(low)
    if high != "":
        parts.append(f"{column.plain} <= ?{nocase}")
        # Up to C means up to everything that begins with C; a day is whole as it stands.
        bound.append(f"{high}{_LAST}" if column.kind is Kind.TEXT else high)
    if parts and column.kind is not Kind.FLAG:
        nothing = "<> ''" if column.kind.is_text else "<> 0" if column.kind is Kind.MOMENT else None
        parts.append(f"{column.plain} {nothing}" if nothing else f"{column.sql} IS NOT NULL")
    return " AND ".join(parts), bound


def _fit(column: Column, value: str | int) -> str | int:
    """The value as its column compares it; refuses a word where a number belongs."""
    if value == "":
        return value
    if column.kind.is_text:
        # A lone surrogate stands in no table, and would be refused by it in a way that nobody understands.
        return str(value).encode("utf-8", "replace").decode()
    if isinstance(value, str):
        value = _number(column, value)
    if abs(value) > LARGEST:
        raise Refusal(Refused.BAD_VALUE, field=column.key, value=str(value)[:40])
    return value


def _number(column: Column, text: str) -> int:
    try:
        return int(text)
    except ValueError:
        found = typed_number(text)
    if isinstance(found, int):
        return found
    raise _not_taken(column.key, text, found)


_FLAGS = {"yes": 1, "true": 1, "1": 1, "no": 0, "false": 0, "0": 0}


def read_filter(about: Listing, key: str, text: str) -> Filter:
    """A filter as it is typed: `text` is contained; `a..b`, `a..` and `..b` are from and to; `=text` is the same,
    `a|b` one of several; an empty text means an empty cell and `*` one that is not. States and flags are the same.
    """
    column = about.column(key)
    if text in ("", "*"):
        return Filter(key, Op.NOT_EMPTY if text else Op.EMPTY)
    if text.startswith("=") and len(text) > 1:
        return Filter(key, Op.EQUALS, (_read(column, text[1:]),))
    if ".." in text and column.kind not in (Kind.STATE, Kind.FLAG):
        low, _, high = text.partition("..")
        return Filter(key, Op.FROM_TO, (_read(column, low), _read(column, high, last=True)))
    if "|" in text and column.kind is not Kind.TEXT:
        return Filter(key, Op.ONE_OF, tuple(_read(column, each) for each in text.split("|")))
    match column.kind:
        case Kind.TEXT:
            return Filter(key, Op.CONTAINS, (text,))
        case Kind.MOMENT:
            return Filter(key, Op.FROM_TO, (_read(column, text), _read(column, text, last=True)))
        case _:
            return Filter(key, Op.EQUALS, (_read(column, text),))


def _read(column: Column, text: str, *, last: bool = False) -> str | int:
    text = text.strip()
    match column.kind:
        case Kind.FLAG if text.lower() in _FLAGS:
            return _FLAGS[text.lower()]
        case Kind.MOMENT if text:
            return moment(column.key, _as_iso(column.key, text), last=last)
        case Kind.DAY if text:
            return _iso_day(column.key, text)
        case Kind.NUMBER | Kind.FLAG if text:
            return _number(column, text)
        case _:
            return text


def moment(field: str, text: str, *, last: bool = False, zone: tzinfo | None = UTC) -> int:
    """A day or a time in microseconds; of a day the first moment, or the last. No zone means that of this computer."""
    try:
        if len(text) != len("2026-01-01"):
            at = datetime.fromisoformat(text)
            return _microseconds(at if at.tzinfo else at.replace(tzinfo=zone))
        start = datetime.combine(date.fromisoformat(text), datetime.min.time(), zone)
        return _microseconds(start + timedelta(days=1)) - 1 if last else _microseconds(start)
    except (ValueError, OverflowError, OSError) as wrong:
        raise Refusal(Refused.BAD_VALUE, field=field, value=text[:40]) from wrong


def _microseconds(at: datetime) -> int:
    return (at.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def _as_iso(field: str, text: str) -> str:
    """A day that was typed in the way of this country, as ISO 8601 writes it; a time that is so already stays."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return _iso_day(field, text)
    return text


def _iso_day(field: str, text: str) -> str:
    found = typed_day(text)
    if isinstance(found, str):
        return found
    raise _not_taken(field, text, found)


def _not_taken(field: str, text: str, found: Read) -> Refusal:
    if isinstance(found, Fault):
        return Refusal(Refused.BAD_VALUE, field=field, value=text[:40], fault=found.code.value)
    return Refusal(Refused.BAD_VALUE, field=field, value=text[:40])
