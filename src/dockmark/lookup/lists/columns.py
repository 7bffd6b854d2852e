"""What a list is made of: columns, and where their values come from."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from dockmark.record.refusal import Refusal, Refused

Value = str | int | None
"""What stands in a cell. A moment is microseconds UTC, a day ISO, a flag 1 or 0, a state its code."""


class Kind(StrEnum):
    """What the values of a column are."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"
    STATE = "state"
    FLAG = "flag"

    @property
    def is_text(self) -> bool:
        """Whether its values are texts in the tables."""
        return self in (Kind.TEXT, Kind.DAY, Kind.STATE)


LEAST = -(2**53)
"""Stands before every number where there is none."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `sql` may be NULL; what a column sorts and compares by never is."""

    key: str
    sql: str
    kind: Kind = Kind.TEXT
    shown: bool = True
    """Whether it stands in the list before anybody chose."""
    words: str = ""
    """The vocabulary of a state's codes."""
    choices: tuple[str, ...] = ()
    """The codes that a state may have."""
    order: str = ""
    """What it sorts by, where that is not its value."""
    via: str = ""
    """A quicker way to the rows whose value holds a condition: `{}` stands for the condition on `source`."""
    source: str = ""

    @property
    def plain(self) -> str:
        """The value, never NULL."""
        if self.kind.is_text:
            return f"coalesce({self.sql}, '')"
        return f"coalesce({self.sql}, {0 if self.kind in (Kind.MOMENT, Kind.FLAG) else LEAST})"

    @property
    def sorts_by(self) -> str:
        """What rows are ordered by: texts without regard to upper and lower case."""
        if self.order:
            return self.order
        return f"{self.plain} COLLATE NOCASE" if self.kind.is_text else self.plain


@dataclass(frozen=True)
class Listing:
    """One list: where its rows come from, what a row is known by, and its columns from left to right."""

    name: str
    table: str
    key: str
    columns: tuple[Column, ...]
    joins: tuple[tuple[str, str], ...] = ()
    """What may be joined, by the short name that columns know it by: each gives one row at most."""
    where: str = ""
    narrow: str = ""
    """Helps to find rows by their keys, where the key is made of several columns; one value is bound."""
    sort: str = ""
    """The column that it is sorted by before anybody chose; empty means by key, in the order of coming."""
    descending: bool = False

    @cached_property
    def by_key(self) -> dict[str, Column]:
        """Its columns by their keys."""
        return {column.key: column for column in self.columns}

    @property
    def shown(self) -> tuple[str, ...]:
        """The columns that it shows before anybody chose."""
        return tuple(column.key for column in self.columns if column.shown)

    def source(self, *used: str) -> str:
        """The tables that these expressions read, and no others: a join costs, a million times."""
        texts = list(used)
        wanted = []
        for short, join in reversed(self.joins):
            if any(re.search(rf"\b{short}\.", text) for text in texts):
                wanted.append(join)
                texts.append(join.partition(" ON ")[2])
        return " ".join((self.table, *reversed(wanted)))

    def column(self, key: str) -> Column:
        """The column of that key; refuses one that there is not."""
        found = self.by_key.get(key)
        if found is None:
            raise Refusal(Refused.BAD_VALUE, field="column", value=key[:40])
        return found
