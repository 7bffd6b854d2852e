"""What a file looks like before anything is judged: what it may be about, its columns, what feeds what."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from dockmark.database.session import Session
from dockmark.desks.importing.sources import DEPOT, Source, day_of, kind_with_maker, sources_of
from dockmark.desks.importing.verdicts import FileSaid
from dockmark.exchange.codes import FileFault
from dockmark.exchange.columns import Kind
from dockmark.exchange.encoding import bad_file
from dockmark.exchange.guess import guesses
from dockmark.exchange.kinds import kind_named
from dockmark.exchange.mapping import Mapping, mapping_from_json
from dockmark.exchange.table import Table
from dockmark.exchange.tables import open_table
from dockmark.lookup.importing import kept_mapping

_SAMPLES: Final = 3
_LOOKED_AT: Final = 200
_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """A column of the file, with some of its different values."""

    name: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldLook:
    """A field that rows of this kind can have. Of a `group` at least one field must be fed."""

    name: str
    required: bool
    group: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLook:
    """One table of what was chosen."""

    file: str
    kind: str
    columns: tuple[ColumnLook, ...]
    fields: tuple[FieldLook, ...]
    mapping: Mapping
    remembered: str = ""
    """The day on which this mapping was last used; empty where it is only proposed."""
    said: tuple[FileSaid, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLook:
    """A file or folder that somebody chose."""

    path: Path
    kind: str
    kinds: tuple[str, ...]
    """What else it may be about, the likeliest first; nothing for a depot's folder."""
    tables: tuple[TableLook, ...]


def look_at(session: Session, path: Path, kind: str = "") -> FileLook:
    """Opens a file or a depot's folder. Refused where nothing can be read from it."""
    if path.is_dir() or kind == DEPOT:
        tables = tuple(_table(session, source) for source in sources_of(session, DEPOT, path, None))
        return FileLook(path=path, kind=DEPOT, kinds=(), tables=tables)
    opened = open_table(path)
    _refuse_without_rows(opened)
    ranked = tuple(guess.kind for guess in guesses(opened.columns, path.name))
    [source] = sources_of(session, kind or ranked[0], path, None)
    return FileLook(path=path, kind=source.kind.name, kinds=ranked, tables=(_table(session, source),))


def remapped(look: TableLook, columns: dict[str, str]) -> Mapping:
    """The mapping in which these columns (field to column of the file) feed the fields, and no others."""
    was = look.mapping
    units = {name: unit for name, unit in was.units.items() if was.columns.get(name) == columns.get(name)}
    told = Mapping(kind=look.kind, columns=columns, dates=was.dates, decimal=was.decimal, units=units)
    return mapping_from_json(
        told.to_json(), kind_with_maker(kind_named(look.kind)), [column.name for column in look.columns]
    )


def _refuse_without_rows(table: Table) -> None:
    if next(table.rows(), None) is None:
        raise bad_file(table.path, FileFault.NO_ROWS)


def _table(session: Session, source: Source) -> TableLook:
    kept = kept_mapping(session, source.signature)
    used = bool(kept) and _same(kept, source)
    said = [
        FileSaid(file=source.table.path.name, code=warning.code.value, names=warning.names)
        for warning in source.table.warnings
    ]
    return TableLook(
        file=source.table.path.name, kind=source.kind.name, columns=_columns(source.table), fields=_fields(source.kind),
        mapping=source.mapping, remembered=day_of(kept) if used else "", said=tuple(said),
    )  # fmt: skip


def _same(kept: str, source: Source) -> bool:
    columns = mapping_from_json(kept, source.kind, source.table.columns).columns
    return columns == source.mapping.columns


def _columns(table: Table) -> tuple[ColumnLook, ...]:
    rows = [cells for _, cells in islice(table.rows(), _LOOKED_AT)]
    return tuple(ColumnLook(name, _samples(rows, place)) for place, name in enumerate(table.columns))


def _samples(rows: Sequence[Sequence[str]], place: int) -> tuple[str, ...]:
    found = (row[place].strip() for row in rows if len(row) > place)
    return tuple(text[:_SHOWN] for text in islice(dict.fromkeys(filter(None, found)), _SAMPLES))


def _fields(kind: Kind) -> tuple[FieldLook, ...]:
    groups = {name: group for group in kind.one_of for name in group}
    looks = [FieldLook(column.name, column.required, groups.get(column.name, ())) for column in kind.columns]
    needed = [look for look in looks if look.required or look.group]
    return (*needed, *(look for look in looks if look not in needed))
