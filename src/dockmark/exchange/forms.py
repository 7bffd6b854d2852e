"""The fields of a form: the columns of a table of the same kind, each cell read and judged as a file's would be."""

from collections.abc import Mapping as Told
from typing import Final

from dockmark.exchange.columns import Column, Kind, Type
from dockmark.exchange.dates import DateOrder, date_in
from dockmark.exchange.kinds import KINDS
from dockmark.exchange.lanes import MoneyLane, lane_for
from dockmark.exchange.mapping import Mapping
from dockmark.exchange.marks import DEFAULT_CURRENCY, check_digit_holds, minor_digits
from dockmark.exchange.numbers import whole_number
from dockmark.exchange.values import Fault, Read, Value
from dockmark.wording import forms_here

KIND_OF: Final = {"part": "parts", "partner": "partners", "place": "locations", "order": "orders"}
_LINE: Final = ("line", "part_number", "quantity", "promised", "unit_price", "currency", "owner", "supplier")
_LARGEST: Final = 10**12
_AS_GIVEN: Final = Mapping(kind="", columns={})
_ORDERS: Final = {True: DateOrder.DAY_FIRST, False: DateOrder.MONTH_FIRST, None: DateOrder.UNKNOWN}


def as_typed() -> Mapping:
    """How people of this country mean what they type: a day written 3/4/2026, a number written 1.234."""
    forms = forms_here()
    decimal = forms.decimal if forms.is_sure_of_numbers else ""
    return Mapping(kind="", columns={}, dates=_ORDERS[forms.day_comes_first], decimal=decimal)


def typed_day(text: str) -> Read:
    """The ISO day that was typed; a fault where it is none, or where nobody knows which one is meant."""
    return date_in(as_typed().dates)(text)


def typed_number(text: str) -> Read:
    """The whole number that was typed, in the way of this country."""
    return whole_number(-_LARGEST, _LARGEST, as_typed().decimal)(text)


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
    """What a text means in that field: a value, nothing, or a fault.

    It is read as people of this country write; where that makes no sense, as it can be read in one way only.
    """
    read = _read_as(as_typed(), column, text, currency)
    if not isinstance(read, Fault):
        return read
    plain = _read_as(_AS_GIVEN, column, text, currency)
    return read if isinstance(plain, Fault) else plain


def _read_as(mapping: Mapping, column: Column, text: str, currency: str) -> Read:
    if column.type is Type.MONEY:
        taken, _currencies = MoneyLane(column, 0, mapping).take([text], [currency or None], plain=False)
        return taken.values[0]
    return lane_for(column, 0, mapping).take([text], plain=False).values[0]


def shown_value(column: Column, value: Value, currency: str = "") -> str:
    """A value as it stands in a form, so that it is read as the same value again."""
    if column.type is Type.BOOL:
        return "yes" if value else "no"
    if not isinstance(value, int):
        return forms_here().day_text(value) if column.type is Type.DATE else value
    point = forms_here().decimal
    if column.type is Type.MONEY:
        digits = minor_digits(currency or DEFAULT_CURRENCY)
        whole, rest = divmod(value, 10**digits)
        return f"{whole}{point}{rest:0{digits}}" if digits else str(whole)
    if column.type is Type.MASS:
        whole, rest = divmod(value, 1_000_000)
        return f"{whole}{point}{rest:06}".rstrip("0").rstrip(point) + " kg"
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
