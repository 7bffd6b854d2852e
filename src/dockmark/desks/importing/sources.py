"""The files of an import: opened, their columns understood, their bytes named by a hash."""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from dockmark.database.session import Session
from dockmark.desks.importing.judge import Values
from dockmark.exchange.codes import FileFault
from dockmark.exchange.columns import MAKER, Kind
from dockmark.exchange.encoding import bad_file
from dockmark.exchange.kinds import kind_named
from dockmark.exchange.mapping import Mapping, load_mapping, mapping_from_json, propose, signature
from dockmark.exchange.table import Table
from dockmark.exchange.tables import open_table
from dockmark.lookup.importing import kept_mapping
from dockmark.record.refusal import Refusal

DEPOT: Final = "depot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One table to be taken in."""

    kind: Kind
    table: Table
    mapping: Mapping
    sha256: str
    name: str = ""
    """Its name within a folder; empty where it is the only file."""
    defaults: Values = field(default_factory=dict)
    """What a new entry is where its row does not say."""
    remember: bool = False
    """Whether the mapping was given by a person, for the next file of this form too."""

    @property
    def signature(self) -> str:
        """The key under which the mapping is remembered."""
        return signature(self.kind, self.table.columns)


_OF_A_DEPOT: Final[tuple[tuple[str, str, Values], ...]] = (
    ("parts.csv", "parts", {}),
    ("suppliers.csv", "partners", {"kind": "supplier", "approved": True}),
    ("customers.csv", "partners", {"kind": "customer"}),
    ("purchase_orders.csv", "orders", {}),
    ("asns.csv", "asn", {}),
    ("serial_ranges.csv", "ranges", {}),
)
"""What a depot's folder holds of what was known before anything came, in the order in which it builds up.

Suppliers that a depot buys from are taken to be approved, unless the file or the ledger says otherwise.
"""


def sources_of(session: Session, kind: str, file: Path, given: Path | Mapping | None) -> list[Source]:
    """The tables that this import takes in, each with its mapping: given, remembered, or proposed."""
    if kind == DEPOT:
        return _depot(session, file)
    return [_source(session, kind, file, given)]


def _depot(session: Session, folder: Path) -> list[Source]:
    if not folder.is_dir():
        raise bad_file(folder, FileFault.NOT_FOUND)
    return [
        _source(session, kind, folder / name, None, name=name, defaults=defaults)
        for name, kind, defaults in _OF_A_DEPOT
        if name == "parts.csv" or (folder / name).exists()
    ]


def _source(
    session: Session,
    kind_name: str,
    file: Path,
    given: Path | Mapping | None,
    *,
    name: str = "",
    defaults: Values | None = None,
) -> Source:
    kind = kind_with_maker(kind_named(kind_name))
    table = open_table(file)
    mapping = _mapping(session, kind, table, given)
    return Source(
        kind=kind, table=table, mapping=mapping, sha256=_digest(file), name=name, defaults=defaults or {},
        remember=given is not None,
    )  # fmt: skip


def kind_with_maker(kind: Kind) -> Kind:
    """Every kind that names parts may name their maker too: a number alone need not be one part."""
    if kind.column("part_number") is None or kind.column(MAKER.name) is not None:
        return kind
    return Kind(
        name=kind.name, columns=(*kind.columns, MAKER), one_of=kind.one_of, rules=kind.rules,
        range_fields=kind.range_fields,
    )  # fmt: skip


def _mapping(session: Session, kind: Kind, table: Table, given: Path | Mapping | None) -> Mapping:
    if isinstance(given, Mapping):
        return given
    if given is not None:
        return load_mapping(given, kind, table.columns)
    kept = kept_mapping(session, signature(kind, table.columns))
    if kept:
        try:
            return mapping_from_json(kept, kind, table.columns)
        except Refusal:
            # Kept by another version, whose fields this one does not know: what the names say is as good.
            pass
    return propose(kind, table.columns)


def dated(mapping: str, day: str) -> str:
    """The text of a mapping with the day on which it was last used."""
    return json.dumps({**json.loads(mapping), "kept": day}, ensure_ascii=False)


def day_of(mapping: str) -> str:
    """The day on which a kept mapping was last used, or nothing."""
    try:
        told = json.loads(mapping)
    except ValueError:
        return ""
    day = told.get("kept", "") if isinstance(told, dict) else ""
    return day if isinstance(day, str) else ""


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        raise bad_file(file, FileFault.NOT_READABLE) from None


def digest_of(sources: list[Source]) -> str:
    """The SHA-256 of the file; of several, that of their names and hashes."""
    if len(sources) == 1 and not sources[0].name:
        return sources[0].sha256
    listed = "".join(f"{source.name} {source.sha256}\n" for source in sources)
    return hashlib.sha256(listed.encode()).hexdigest()
