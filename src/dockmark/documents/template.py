"""A label's form as data: sizes, places and field names; nothing in it is ever evaluated.

Schema 1. A field names one of the formatters of `layout.FORMATTERS`; its title is printed as it stands. Unknown
keys, unknown words and measures outside the label are refused when the template is read, not when paper is lost.
"""

import hashlib
import json
import re
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import Enum
from types import UnionType
from typing import Any, Final, Literal, TypeVar, get_args, get_origin, get_type_hints

from dockmark.documents.glyphs import Face
from dockmark.packed import packed
from dockmark.record.refusal import Refusal, Refused

SCHEMA: Final = 1

FieldName = Literal[
    "part_number", "description", "serial", "lot", "expiry", "quantity", "owner", "maker", "received", "copy",
    "symbol_text",
]  # fmt: skip
Place = Literal["line", "cell", "foot", "corner"]
"""line: across the column · cell: half or whole of it · foot: at its bottom · corner: right end of the first line."""

_LARGEST = 300.0
_Form = TypeVar("_Form")
_LONGEST = 64
_MOST = 50
_SMALLEST_SYMBOL = 10
_SMALLEST_CAP, _SERIAL_CAP = 0.8, 2.0
_ROOM_FOR_ACCENTS = 1.95
"""Capitals may be this much higher than the margin before accents or overhangs would leave the label."""
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,40}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SymbolForm:
    """Where the symbol stands and how large a module may be; the quiet zone lies around its side."""

    x_mm: float
    y_mm: float
    side_mm: float
    module_mm: tuple[float, float]
    quiet_modules: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnForm:
    """The column of text: titles stand in a gutter at its left."""

    x_mm: float
    y_mm: float
    width_mm: float
    height_mm: float
    title_mm: float
    title_cap_mm: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldForm:
    """One fact on the label: capitals as high as fits between two measures; `whole` ones never end in "…"."""

    field: FieldName
    place: Place
    face: Face
    cap_mm: tuple[float, float]
    """Largest, smallest."""
    gap_mm: float = 0.0
    title: str = ""
    lines: int = 1
    whole: bool = False
    spare: bool = False
    """Left out before anything else when the column is too short."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordForm:
    """A word of a stamp."""

    text: str
    face: Face
    cap_mm: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StampForm:
    """A black plate with white words, printed where the fact is true."""

    field: Literal["held"]
    x_mm: float
    y_mm: float
    width_mm: float
    height_mm: float
    words: tuple[WordForm, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One label form, fit to be drawn at any resolution."""

    schema: int
    name: str
    revision: int
    width_mm: float
    height_mm: float
    symbol: SymbolForm
    column: ColumnForm
    fields: tuple[FieldForm, ...]
    stamp: StampForm | None = None
    checksum: str = ""
    """SHA-256 of the file: what was approved is what prints."""


def load_template(name: str = "unit-50x25") -> Template:
    """The packed template of that name."""
    place = packed("labels", f"{name}.json")
    if not _NAME.fullmatch(name) or not place.is_file():
        raise Refusal(Refused.BAD_FILE, file=name[:100])
    return read_template(place.read_bytes())


def read_template(data: bytes) -> Template:
    """The template that these bytes describe, checked."""
    try:
        raw = json.loads(data)
    except (ValueError, RecursionError) as fault:
        raise _wrong("template") from fault
    if not isinstance(raw, dict) or raw.get("schema") != SCHEMA or "checksum" in raw:
        raise _wrong("template.schema")
    template = _form(Template, {**raw, "checksum": hashlib.sha256(data).hexdigest()}, "template")
    _check(template)
    return template


def _wrong(path: str) -> Refusal:
    return Refusal(Refused.BAD_FILE, field=path[:100])


def _form(form: type[_Form], raw: object, path: str) -> _Form:
    """The dataclass filled from an object of the file: every key known, present where it must be, of its type."""
    if not isinstance(raw, dict):
        raise _wrong(path)
    wanted, hints = {each.name: each for each in fields(form)}, get_type_hints(form)  # type: ignore[arg-type]  # always a dataclass
    for key in raw:
        if key not in wanted:
            raise _wrong(f"{path}.{key}")
    for name, each in wanted.items():
        if name not in raw and each.default is MISSING:
            raise _wrong(f"{path}.{name}")
    return form(**{key: _value(hints[key], value, f"{path}.{key}") for key, value in raw.items()})


def _value(kind: Any, raw: object, path: str) -> Any:
    """The value as the field's type wants it."""
    if isinstance(kind, UnionType):
        return _value(get_args(kind)[0], raw, path)
    if get_origin(kind) is tuple:
        return _several(get_args(kind), raw, path)
    if is_dataclass(kind):
        return _form(kind, raw, path)  # type: ignore[arg-type]  # a class, never an instance
    if get_origin(kind) is Literal:
        if isinstance(raw, str) and raw in get_args(kind):
            return raw
    elif isinstance(kind, type) and issubclass(kind, Enum):
        if isinstance(raw, str) and raw in [each.value for each in kind]:
            return kind(raw)
    elif _plain(kind, raw):
        return kind(raw)
    raise _wrong(path)


def _plain(kind: type, raw: object) -> bool:
    """Whether a plain value is of its type and of a sane size."""
    if isinstance(raw, bool) or kind is bool:
        return isinstance(raw, bool) and kind is bool
    if isinstance(raw, str):
        return kind is str and len(raw) <= _LONGEST
    if kind is int:
        return isinstance(raw, int) and 1 <= raw <= 1_000_000
    return kind is float and isinstance(raw, int | float) and 0 <= raw <= _LARGEST


def _several(kinds: tuple[Any, ...], raw: object, path: str) -> tuple[Any, ...]:
    if not isinstance(raw, list) or not 0 < len(raw) <= _MOST:
        raise _wrong(path)
    if kinds[-1] is not Ellipsis and len(kinds) != len(raw):
        raise _wrong(path)
    return tuple([_value(kinds[0], each, f"{path}.{index}") for index, each in enumerate(raw)])


def _check(template: Template) -> None:
    """Everything stands on the label, text can be read, and the symbol has room for its quiet zone."""
    _check_places(template)
    column, stamp = template.column, template.stamp
    if column.title_mm >= column.width_mm / 2 or column.title_cap_mm < _SMALLEST_CAP:
        raise _wrong("template.column")
    if stamp and min(word.cap_mm for word in stamp.words) < _SMALLEST_CAP:
        raise _wrong("template.stamp")
    for each in template.fields:
        large, small = each.cap_mm
        inside = large <= min(column.x_mm, column.y_mm) * _ROOM_FOR_ACCENTS
        if not _SMALLEST_CAP <= small <= large or not inside or (each.field == "serial" and small < _SERIAL_CAP):
            raise _wrong(f"template.fields.{each.field}")
    if not any(each.field == "serial" and each.whole for each in template.fields):
        raise _wrong("template.fields.serial")


def _check_places(template: Template) -> None:
    symbol, column, stamp = template.symbol, template.column, template.stamp
    low, high = symbol.module_mm
    quiet = symbol.quiet_modules * high
    left, top, right = symbol.x_mm - quiet, symbol.y_mm - quiet, symbol.x_mm + symbol.side_mm + quiet
    foot = symbol.y_mm + symbol.side_mm + quiet
    sane = 0.19 <= low <= high <= 1 and symbol.side_mm >= _SMALLEST_SYMBOL * low
    if not sane or min(left, top) < 0 or right > template.width_mm or foot > template.height_mm:
        raise _wrong("template.symbol")
    boxes: dict[str, ColumnForm | StampForm] = {"column": column} | ({"stamp": stamp} if stamp else {})
    for name, box in boxes.items():
        far, low_end = box.x_mm + box.width_mm, box.y_mm + box.height_mm
        if min(box.width_mm, box.height_mm) <= 0 or far > template.width_mm or low_end > template.height_mm:
            raise _wrong(f"template.{name}")
        if box.x_mm < right and far > left and box.y_mm < foot and low_end > top:
            raise _wrong(f"template.{name}")
