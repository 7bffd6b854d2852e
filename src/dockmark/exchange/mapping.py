"""Which column of a file feeds which field: proposed from the header, kept as a small JSON file, or remembered.

The JSON file names fields and file columns, and how the file means what can be meant two ways:

    {"kind": "expected", "columns": {"part_number": "Teile-Nr.", "serial": "S/N"},
     "units": {"mass": "g", "unit_price": "EUR"}, "dates": "day_first", "decimal": ","}

Only `columns` is needed; a flat object of the pairs alone is taken too, either way round.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from dockmark.exchange.codes import FileFault
from dockmark.exchange.columns import Column, Kind, Type
from dockmark.exchange.dates import DateOrder
from dockmark.exchange.marks import is_currency
from dockmark.exchange.numbers import MASS_UNITS
from dockmark.record.refusal import Refusal, Refused

_LARGEST_MAP: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """Fields of a kind and the file columns that feed them."""

    kind: str
    columns: dict[str, str]
    """Field to file column."""
    units: dict[str, str] = field(default_factory=dict)
    """Unit of a mass field, currency of a money field, where the header or the person named one."""
    dates: DateOrder = DateOrder.UNKNOWN
    decimal: str = ""
    missing: tuple[str, ...] = ()
    """Required fields that no column feeds; a group of which one is needed is joined by `|`."""
    unused: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    """Unused columns that would have fitted a field already fed: worth a person's look."""

    def to_json(self) -> str:
        """The text of a mapping file."""
        kept: dict[str, object] = {"kind": self.kind, "columns": self.columns}
        kept |= {"units": self.units} if self.units else {}
        kept |= {"dates": self.dates.value} if self.dates else {}
        kept |= {"decimal": self.decimal} if self.decimal else {}
        return json.dumps(kept, ensure_ascii=False, indent=2) + "\n"


def normal(name: str) -> str:
    """A column name by its letters and digits only: `Part No.` and `part_no` are one."""
    spread = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in spread.casefold() if sign.isalnum())


def signature(kind: Kind, columns: Iterable[str]) -> str:
    """The key under which a mapping for files with this header is remembered; the order of columns is no matter."""
    names = sorted(unicodedata.normalize("NFC", column.strip()) for column in columns)
    shape = json.dumps([kind.name, names], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(shape.encode()).hexdigest()[:32]


def propose(kind: Kind, columns: Sequence[str]) -> Mapping:
    """The mapping that the names of the columns suggest."""
    fits: dict[str, list[tuple[int, int, str, str]]] = {}
    for place, name in enumerate(columns):
        fit = _best_fit(kind, name)
        if fit is not None:
            rank, found, unit = fit
            fits.setdefault(found, []).append((rank, place, name, unit))
    chosen = {found: min(candidates) for found, candidates in fits.items()}
    fed = {column.name: chosen[column.name][2] for column in kind.columns if column.name in chosen}
    units = {found: unit for found, (*_, unit) in chosen.items() if unit}
    rivals = [name for found, offers in fits.items() for *_, name, _ in offers if name != fed[found]]
    return _completed(kind, columns, Mapping(kind=kind.name, columns=fed, units=units, rivals=tuple(rivals)))


def _best_fit(kind: Kind, name: str) -> tuple[int, str, str] | None:
    """(rank, field, unit) of the field that this column name means, the field's own name first."""
    wanted = normal(name)
    if not wanted:
        return None
    for column in kind.columns:
        names = [normal(own) for own in (column.name, *column.aliases)]
        if wanted in names:
            return names.index(wanted), column.name, ""
    for column in kind.columns:
        for unit in _units_behind(column, wanted):
            names = [normal(own) for own in (column.name, *column.aliases)]
            stem = wanted.removesuffix(unit.lower())
            if stem in names:
                return names.index(stem), column.name, unit
    return None


def _units_behind(column: Column, name: str) -> tuple[str, ...]:
    """The units that the end of a column name may mean: weight_kg, price_usd."""
    if column.type is Type.MASS:
        return tuple(unit for unit in MASS_UNITS if name.endswith(unit))
    if column.type is Type.MONEY and is_currency(name[-3:].upper()):
        return (name[-3:].upper(),)
    return ()


def _completed(kind: Kind, columns: Sequence[str], mapping: Mapping) -> Mapping:
    """The mapping with what it leaves open."""
    fed = mapping.columns
    missing = [column.name for column in kind.columns if column.required and column.name not in fed]
    missing += ["|".join(group) for group in kind.one_of if not any(name in fed for name in group)]
    used = set(fed.values())
    return Mapping(
        kind=mapping.kind,
        columns=fed,
        units=mapping.units,
        dates=mapping.dates,
        decimal=mapping.decimal,
        missing=tuple(missing),
        unused=tuple(name for name in columns if name not in used),
        rivals=mapping.rivals,
    )


def load_mapping(path: Path, kind: Kind, columns: Sequence[str]) -> Mapping:
    """The mapping kept in a file, fitted to a table with these columns."""
    try:
        if path.stat().st_size > _LARGEST_MAP:
            raise _bad_map(FileFault.TOO_LARGE, file=path.name)
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise _bad_map(FileFault.NOT_FOUND, file=path.name) from None
    except OSError:
        raise _bad_map(FileFault.NOT_READABLE, file=path.name) from None
    except UnicodeDecodeError:
        raise _bad_map(FileFault.NOT_A_MAP, file=path.name) from None
    return mapping_from_json(text, kind, columns)


def mapping_from_json(text: str, kind: Kind, columns: Sequence[str]) -> Mapping:
    """The mapping in that text, fitted to a table with these columns."""
    try:
        kept = json.loads(text)
    except (ValueError, RecursionError):
        raise _bad_map(FileFault.NOT_A_MAP) from None
    if not isinstance(kept, dict):
        raise _bad_map(FileFault.NOT_A_MAP)
    if "columns" not in kept or isinstance(kept["columns"], str):
        kept = {"columns": kept}
    if kept.get("kind", kind.name) != kind.name:
        raise _bad_map(FileFault.NOT_A_MAP, kind=str(kept["kind"]))
    try:
        dates, decimal = DateOrder(kept.get("dates", "")), kept.get("decimal", "")
    except ValueError:
        raise _bad_map(FileFault.NOT_A_MAP, field="dates") from None
    if decimal not in ("", ".", ","):
        raise _bad_map(FileFault.NOT_A_MAP, field="decimal")
    pairs = [_pair(kind, columns, one, other) for one, other in _words(kept["columns"], "columns").items()]
    fed = dict(pairs)
    if len(fed) < len(pairs):
        raise _bad_map(FileFault.NOT_A_MAP, field="columns")
    units = _units(kind, _words(kept.get("units", {}), "units"))
    return _completed(kind, columns, Mapping(kind=kind.name, columns=fed, units=units, dates=dates, decimal=decimal))


def _words(kept: object, name: str) -> dict[str, str]:
    if isinstance(kept, dict) and all(isinstance(word, str) for word in kept.values()):
        return kept
    raise _bad_map(FileFault.NOT_A_MAP, field=name)


def _pair(kind: Kind, columns: Sequence[str], one: str, other: str) -> tuple[str, str]:
    """Field and file column out of a pair written in either order."""
    first, second = _in_file(columns, one), _in_file(columns, other)
    if kind.column(one) is not None and second is not None:
        return one, second
    if kind.column(other) is not None and first is not None:
        return other, first
    if kind.column(one) is not None:
        raise _bad_map(FileFault.MAP_COLUMN_UNKNOWN, column=other, field=one)
    raise _bad_map(FileFault.MAP_FIELD_UNKNOWN, field=one, column=other)


def _in_file(columns: Sequence[str], name: str) -> str | None:
    """The file's column of that name: exactly, else by letters and digits where only one fits."""
    if name in columns:
        return name
    near = [column for column in columns if normal(column) == normal(name)]
    return near[0] if len(near) == 1 and normal(name) else None


def _units(kind: Kind, units: dict[str, str]) -> dict[str, str]:
    found = {}
    for name, unit in units.items():
        column = kind.column(name)
        if column is not None and column.type is Type.MASS and unit.lower() in MASS_UNITS:
            found[name] = unit.lower()
        elif column is not None and column.type is Type.MONEY and is_currency(unit.upper()):
            found[name] = unit.upper()
        else:
            raise _bad_map(FileFault.NOT_A_MAP, field=name, unit=unit)
    return found


def _bad_map(why: FileFault, **facts: str) -> Refusal:
    return Refusal(Refused.BAD_FILE, why=why.value, **facts)
