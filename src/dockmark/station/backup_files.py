"""A backup: one ZIP file with a whole ledger, the files that belong to it, and a list of what must be in it."""

import hashlib
import json
import re
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

from dockmark.record.refusal import Refusal, Refused

FORM: Final = "dockmark/backup/v1"
LIST: Final = "backup.json"
LEDGER: Final = "ledger.sqlite3"
ENDING: Final = ".dockmark.zip"
KEPT_FILE: Final = re.compile(r"files/([0-9a-f]{2})/(\1[0-9a-f]{62})")
_LONGEST_LIST: Final = 256 * 1024 * 1024
_CHUNK: Final = 1 << 20
_REGULAR: Final = (0, stat.S_IFREG)
_PACKED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """One backup as its own list tells of it."""

    file: Path
    size: int
    ledger: str
    station: str
    name: str
    made_us: int
    made: str
    events: int
    tables: str
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)
    members: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Name -> size and SHA-256."""
    missing: tuple[str, ...] = ()
    """Files that were not there any more, or were not what they had been, when it was made."""


def listed(backup: Backup) -> bytes:
    """What stands in a backup's list."""
    told = {
        "form": FORM, "ledger": backup.ledger, "station": backup.station, "name": backup.name,
        "made_us": backup.made_us, "made": backup.made, "events": backup.events, "tables": backup.tables,
        "heads": {station: list(head) for station, head in backup.heads.items()},
        "members": {name: {"size": size, "sha256": digest} for name, (size, digest) in backup.members.items()},
        "missing": list(backup.missing),
    }  # fmt: skip
    return json.dumps(told, indent=1, sort_keys=True).encode()


class Opened:
    """A backup that is being read. Every name and size in it was looked at before anything is taken out."""

    def __init__(self, file: Path) -> None:
        self._name = file.name
        try:
            self._zip = zipfile.ZipFile(file)
        except FileNotFoundError as gone:
            raise Refusal(Refused.BAD_FILE, file=str(file), why="not_found") from gone
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as wrong:
            raise self._spoilt("cut_off" if _begins_as_zip(file) else "not_a_backup") from wrong
        try:
            self.backup = self._read(file)
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> "Opened":
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def check_all(self) -> None:
        """Reads every member: each is, byte for byte, what the list says."""
        for name in self.backup.members:
            for _ in self._content(name):
                pass

    def unpack(self, to: Path) -> None:
        """Writes every member into a new folder, held against the list while it is read."""
        for name in self.backup.members:
            target = to / PurePosixPath(name)
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as out:
                for chunk in self._content(name):
                    out.write(chunk)

    def _read(self, file: Path) -> Backup:
        names: set[str] = set()
        for info in self._zip.infolist():
            self._check_member(info)
            if info.filename in names:
                raise self._spoilt("twice", info.filename)
            names.add(info.filename)
        if LIST not in names:
            raise self._spoilt("not_a_backup")
        backup = self._list(file)
        for name in sorted(backup.members.keys() - names):
            raise self._spoilt("missing", name)
        for name in sorted(names - backup.members.keys() - {LIST}):
            raise self._spoilt("foreign", name)
        for name, (size, _) in backup.members.items():
            if self._zip.getinfo(name).file_size != size:
                raise self._spoilt("size", name)
        return backup

    def _check_member(self, info: zipfile.ZipInfo) -> None:
        """A plain file whose name stays in the folder: nothing else comes out of a backup."""
        name = info.orig_filename
        parts = re.split(r"[/\\]", name)
        if ".." in parts or name.startswith(("/", "\\")) or ":" in name:
            raise self._spoilt("path", name)
        if stat.S_ISLNK(info.external_attr >> 16):
            raise self._spoilt("link", name)
        plain = stat.S_IFMT(info.external_attr >> 16) in _REGULAR and not info.is_dir() and not info.flag_bits & 1
        if not plain or info.compress_type not in _PACKED or not (name in (LIST, LEDGER) or KEPT_FILE.fullmatch(name)):
            raise self._spoilt("foreign", name)

    def _list(self, file: Path) -> Backup:
        try:
            if self._zip.getinfo(LIST).file_size > _LONGEST_LIST:
                raise self._spoilt("size", LIST)
            told = json.loads(self._zip.read(LIST))
            form = told["form"]
            if form != FORM and str(form).startswith("dockmark/backup/"):
                raise Refusal(Refused.MADE_LATER, form=str(form)[:60])
            if form != FORM:
                raise self._spoilt("not_a_backup")
            return _backup(file, told)
        except (ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile, zlib.error, OSError,
                RecursionError, NotImplementedError) as wrong:  # fmt: skip
            raise self._spoilt("content", LIST) from wrong

    def _content(self, name: str) -> Iterator[bytes]:
        size, digest = self.backup.members[name]
        sum_, left = hashlib.sha256(), size
        try:
            with self._zip.open(name) as member:
                while chunk := member.read(min(_CHUNK, left + 1)):
                    left -= len(chunk)
                    if left < 0:
                        raise self._spoilt("size", name)
                    sum_.update(chunk)
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as wrong:
            raise self._spoilt("content", name) from wrong
        if left or sum_.hexdigest() != digest:
            raise self._spoilt("content", name)

    def _spoilt(self, why: str, member: str = "") -> Refusal:
        told = {"member": member[:200]} if member else {}
        return Refusal(Refused.BACKUP_SPOILT, file=self._name, why=why, **told)


def read_backup(file: Path) -> Backup:
    """What a backup tells of itself; refuses what is none."""
    with Opened(file) as opened:
        return opened.backup


def add_member(archive: zipfile.ZipFile, name: str, source: IO[bytes], *, dense: bool) -> tuple[int, str]:
    """Adds a member; returns its size and SHA-256."""
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFREG | 0o600) << 16
    info.compress_type = zipfile.ZIP_STORED if dense else zipfile.ZIP_DEFLATED
    sum_, size = hashlib.sha256(), 0
    with archive.open(info, "w", force_zip64=True) as member:
        while chunk := source.read(_CHUNK):
            sum_.update(chunk)
            size += len(chunk)
            member.write(chunk)
    return size, sum_.hexdigest()


def room_for(folder: Path, needed: int) -> None:
    """Refuses early what would fill the disk."""
    if shutil.disk_usage(folder).free < needed:
        raise Refusal(Refused.DISK_FULL, file=str(folder))


def _backup(file: Path, told: dict[str, Any]) -> Backup:
    numbers = (told["made_us"], told["events"])
    heads = {str(station): (head[0], head[1]) for station, head in told["heads"].items()}
    members = {str(name): (it["size"], it["sha256"]) for name, it in told["members"].items()}
    counted = [size for size, _ in members.values()] + [seq for seq, _ in heads.values()] + list(numbers)
    texts = [digest for _, digest in members.values()] + [digest for _, digest in heads.values()]
    if not all(type(number) is int and number >= 0 for number in counted) or LEDGER not in members:
        raise ValueError(LIST)
    if not all(isinstance(text, str) for text in texts):
        raise ValueError(LIST)
    return Backup(
        file=file, size=file.stat().st_size, ledger=str(told["ledger"]), station=str(told["station"]),
        name=str(told["name"]), made_us=numbers[0], made=str(told["made"]), events=numbers[1],
        tables=str(told["tables"]), heads=heads, members=members,
        missing=tuple(str(name) for name in told.get("missing", ())),
    )  # fmt: skip


def _begins_as_zip(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return opened.read(4) == b"PK\x03\x04"
    except OSError:
        return False
