"""Cells of lists in words: numbers, days and times in the way of the operator's country, states by name."""

from typing import Final

from dockmark.lookup.lists.columns import Column, Kind, Value
from dockmark.lookup.lists.filters import Filter, Op
from dockmark.record.clock import as_moment
from dockmark.ui.theme import Role
from dockmark.ui.words import _, day_text, number, seen, when
from dockmark.wording.lists import cell_word, column_word

_SHAPES: Final[dict[str, dict[str, tuple[Role, str]]]] = {
    "hold": {"held": (Role.STOP, "stop")},
    "condition": {
        "quarantined": (Role.WARN, "warn"),
        "suspect": (Role.WARN, "warn"),
        "unserviceable": (Role.WARN, "warn"),
        "scrapped": (Role.STOP, "refused"),
    },
    "progress": {"complete": (Role.OK, "ok"), "partly": (Role.INFO, "info")},
    "receipt": {"open": (Role.INFO, "info"), "closed": (Role.OK, "ok")},
}


def cell_text(column: Column, value: Value) -> str:
    """What stands in a cell."""
    if value is None or value == "":
        return ""
    match column.kind:
        case Kind.NUMBER:
            return number(int(value))
        case Kind.MOMENT:
            return when(as_moment(int(value))) if value else ""
        case Kind.DAY:
            return day_text(str(value))
        case Kind.FLAG:
            return _("yes") if value else _("no")
        case Kind.STATE:
            return cell_word(column.words, str(value))
        case _ if column.words:
            return " ".join(cell_word(column.words, code) for code in str(value).split())
        case _:
            return seen(str(value))


def cell_shape(column: Column, value: Value) -> tuple[Role, str] | None:
    """The shape that goes with a state, where there is one."""
    return _SHAPES.get(column.words, {}).get(str(value)) if column.kind is Kind.STATE else None


def has_shapes(column: Column) -> bool:
    """Whether a cell of that column may have a shape."""
    return column.words in _SHAPES


def title_of(column: Column) -> str:
    """The title of a column."""
    return column_word(column.key)


def op_words() -> dict[Op, str]:
    """How a filter compares."""
    return {
        Op.CONTAINS: _("contains"),
        Op.EQUALS: _("is"),
        Op.ONE_OF: _("is one of"),
        Op.FROM_TO: _("from … to"),
        Op.EMPTY: _("is empty"),
        Op.NOT_EMPTY: _("is not empty"),
    }


def filter_words(column: Column, told: Filter) -> str:
    """A filter as it stands on its chip: `State: held`."""
    values = [cell_text(column, value) for value in told.values]
    match told.op:
        case Op.CONTAINS:
            said = _("contains “{text}”").format(text=values[0])
        case Op.FROM_TO:
            low, high = (*values, "", "")[:2]
            said = _range_words(low, high)
        case Op.EMPTY:
            said = _("is empty")
        case Op.NOT_EMPTY:
            said = _("is not empty")
        case _:
            said = ", ".join(values)
    return _("{column}: {condition}").format(column=title_of(column), condition=said)


def _range_words(low: str, high: str) -> str:
    if low == high:
        return low
    if not low:
        return _("up to {high}").format(high=high)
    return _("{low} to {high}").format(low=low, high=high) if high else _("from {low}").format(low=low)
