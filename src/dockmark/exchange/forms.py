"""The fields of a form: the columns of a table of the same kind, each cell read and judged as a file's would be."""

from collections.abc import Mapping as Told
from typing import Final

from dockmark.exchange.columns import Column, Kind, Type
from dockmark.exchange.kinds import KINDS
from dockmark.exchange.lanes import MoneyLane, lane_for
from dockmark.exchange.mapping import Mapping
from dockmark.exchange.marks import DEFAULT_CURRENCY, check_digit_holds, minor_digits
from dockmark.exchange.values import Fault, Read, Value

KIND_OF: Final = {"part": "parts", "partner": "partners", "place": "locations", "order": "orders"}
_LINE: Final = ("line", "part_number", "quantity", "promised", "unit_price", "currency", "owner", "supplier")
_AS_GIVEN: Final = Mapping(kind="", columns={})


def form_fields(kind: str) -> tuple[Column, ...]:
    """The fields of an entry of the catalogue."""
    return _kind(kind).columns


def line_fields() -> tuple[Column, ...]:
    """The fields of a line of an order."""
    known = {column.name: column for column in _kind("order").columns}
    return tuple(known[name] for name in _LINE)


def _kind(kind: str) -> Kind:
    return KINDS[KIND_OF[kind]]


def read_value(column: Column, text: str, currency: str = "") -> Read:
    """What a text means in that field: a value, nothing, or a fault."""
    if column.type is Type.MONEY:
        taken, _currencies = MoneyLane(column, 0, _AS_GIVEN).take([text], [currency or None], plain=False)
        return taken.values[0]
    return lane_for(column, 0, _AS_GIVEN).take([text], plain=False).values[0]


def shown_value(column: Column, value: Value, currency: str = "") -> str:
    """A value as it stands in a form, so that it is read as the same value again."""
    if column.type is Type.BOOL:
        return "yes" if value else "no"
    if not isinstance(value, int):
        return value
    if column.type is Type.MONEY:
        digits = minor_digits(currency or DEFAULT_CURRENCY)
        whole, rest = divmod(value, 10**digits)
        return f"{whole}.{rest:0{digits}}" if digits else str(whole)
    if column.type is Type.MASS:
        whole, rest = divmod(value, 1_000_000)
        return f"{whole}.{rest:06}".rstrip("0").rstrip(".") + " kg"
    return str(value)


def read_all(columns: tuple[Column, ...], texts: Told[str, str]) -> tuple[dict[str, Value], dict[str, Fault]]:
    """The values of a form and what is wrong with the others. Fields without a text are in neither."""
    currency = read_value(next(c for c in columns if c.name == "currency"), texts.get("currency", "")) if any(
        column.name == "currency" for column in columns
    ) else None  # fmt: skip
    values: dict[str, Value] = {}
    faults: dict[str, Fault] = {}
    for column in columns:
        read = read_value(column, texts.get(column.name, ""), currency if isinstance(currency, str) else "")
        if isinstance(read, Fault):
            faults[column.name] = read
        elif read is not None:
            values[column.name] = read
    if "unit_price" in values and "currency" not in values and "currency" not in faults:
        values["currency"] = DEFAULT_CURRENCY
    return values, faults


def holds(column: Column, value: Value) -> bool:
    """Whether the check digit of a mark is true; of other fields, always."""
    return column.type is not Type.SSCC or check_digit_holds(str(value))
