"""What a form shows, what it says, and what was made of it: plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

NEW = "new"
KINDS = ("part", "partner", "place", "order", "operator")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form: its name, whether it is needed, and the words to choose from where there are some."""

    name: str
    required: bool = False
    words: tuple[str, ...] = ()
    several: bool = False
    """Whether several of the words may be chosen."""
    fixed: bool = False
    """Whether it can be told only when the entry is new."""


@dataclass(frozen=True, slots=True)
class OrderLineView:
    """A line of an order as it stands, and how much of it has come."""

    values: Mapping[str, str]
    received: int = 0
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class PastEvent:
    """One event of the entry's history, as code and facts."""

    id: str
    at: datetime
    who: str
    type: str
    body: Mapping[str, object]
    undone: bool = False
    changes: tuple[tuple[str, str, str], ...] = ()
    """Field, what it was, what it became."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """An entry as its form shows it; an empty id is a new one."""

    kind: str
    id: str
    title: str = ""
    fields: tuple[Field, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    complete: bool = True
    lines: tuple[OrderLineView, ...] = ()
    line_fields: tuple[Field, ...] = ()
    history: tuple[PastEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a field, or (a warning) what somebody should know of it. `line` numbers lines from 0."""

    field: str
    code: str
    value: str = ""
    warning: bool = False
    line: int = -1


LineForm = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What somebody wrote into a form."""

    kind: str
    id: str
    values: Mapping[str, str]
    lines: tuple[LineForm, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What was recorded."""

    kind: str
    id: str
    title: str
    events: tuple[str, ...]
    is_new: bool = False
