"""Makes backups while others write, looks for them, and puts them back. No threads, no window."""

import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from dockmark.database.address import NAMED, address_of, has_ledger
from dockmark.database.copying import copy_ledger, guards, is_whole, schema_of, sync
from dockmark.database.engine import Database
from dockmark.database.upgrading import HEAD
from dockmark.ledger.checkpoints import heads_known
from dockmark.ledger.keys import KeyFolder
from dockmark.ledger.ledger import Ledger
from dockmark.ledger.rebuild import rebuild
from dockmark.ledger.verify import Finding, Soundness, verify
from dockmark.record.clock import Clock, as_text
from dockmark.record.refusal import Refusal, Refused
from dockmark.station.backup_files import (
    ENDING,
    KEPT_FILE,
    LEDGER,
    LIST,
    Backup,
    Opened,
    add_member,
    listed,
    read_backup,
    room_for,
)
from dockmark.station.locks import FolderLock

Told = Callable[[str, int, int], None]
"""Told (stage, done, all); raises to call it off."""

COPYING: Final = "copying"
PROVING: Final = "proving"
PACKING: Final = "packing"
READING: Final = "reading"
_PART: Final = ".part"
_LOCK: Final = ".backup.lock"
_WORK: Final = ".dockmark-"


def backups_beside(data: Path) -> Path:
    """Where backups lie while nobody chose another folder: beside the data folder."""
    whole = data.expanduser().absolute()
    return whole.with_name(f"{whole.name}-backups")


def make_backup(ledger: Ledger, data: Path, folder: Path, tell: Told | None = None) -> Backup:
    """Makes one: copied, proved, packed, read back. It has its name only when all of that was so.

    What an earlier one left that was killed is swept away first.
    """
    if (address := address_of(data)) is not None:
        raise Refusal(Refused.BACKUP_ELSEWHERE, database=address.shown)
    with _at_work(folder) as work:
        copy = work / LEDGER
        room_for(folder, 2 * (data / LEDGER).stat().st_size)
        copy_ledger(data / LEDGER, copy, _stage(tell, COPYING))
        if schema_of(copy) != guards():
            raise Refusal(Refused.BACKUP_NOT_SOUND, fault="triggers")
        with closing(_look_at(copy, ledger.clock)) as looked:
            _demand_sound(verify(looked, _stage(tell, PROVING)))
            about = _about(looked, folder)
        part = folder / f"{about.file.name}{_PART}"
        about = _pack(part, copy, data, about, _stage(tell, PACKING))
        if tell is not None:
            tell(READING, 0, 0)
        with Opened(part) as opened:
            opened.check_all()
        sync(part)
        part.replace(about.file)
        sync(folder)
    return replace(about, size=about.file.stat().st_size)


def backups_in(folder: Path, ledger: str = "") -> list[Backup]:
    """The backups in a folder, of one ledger or of all, the latest first; nothing that is none or was not finished."""
    found = []
    if folder.is_dir():
        for file in folder.glob(f"*{ENDING}"):
            try:
                backup = read_backup(file)
            except (Refusal, OSError):
                continue
            if not ledger or backup.ledger == ledger:
                found.append(backup)
    return sorted(found, key=lambda it: (it.made_us, it.file.name), reverse=True)


def drop_old(folder: Path, about: Backup, keep: int) -> list[Backup]:
    """Deletes this station's backups but the latest ones; returns what was deleted."""
    ours = [it for it in backups_in(folder, about.ledger) if it.station == about.station]
    old = [it for it in ours[max(keep, 1) :] if it.file != about.file]
    for backup in old:
        backup.file.unlink(missing_ok=True)
    return old


def restore_backup(file: Path, data: Path, clock: Clock, tell: Told | None = None) -> tuple[Backup, Path | None]:
    """Puts a backup in the place of a data folder. Returns it, and where the old folder lies now, if there was one.

    Everything is looked at in a folder beside: names, sizes, contents, triggers, pages, and the whole ledger. Only
    then do the two change places. The old folder is kept as it was.
    """
    whole = data.expanduser().absolute()
    whole.parent.mkdir(parents=True, exist_ok=True)
    lock = FolderLock(whole / "spool.lock")
    if whole.is_dir() and not lock.acquire():
        raise Refusal(Refused.BUSY)
    try:
        staged = whole.with_name(f"{whole.name}.restoring")
        shutil.rmtree(staged, ignore_errors=True)
        try:
            backup = _stage_backup(file, staged, clock, tell)
            _refuse_another(whole, backup)
            old = _put_aside(whole, clock)
        except BaseException:
            shutil.rmtree(staged, ignore_errors=True)
            raise
        try:
            staged.replace(whole)
        except OSError:
            if old is not None:
                old.replace(whole)
            raise
        sync(whole.parent)
        return backup, old
    finally:
        lock.release()


def check_backup(file: Path, clock: Clock, tell: Told | None = None) -> Backup:
    """Everything that `restore` looks at, in a folder of its own that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix=_WORK, dir=file.absolute().parent) as work:
        return _stage_backup(file, Path(work) / "data", clock, tell)


def _stage_backup(file: Path, staged: Path, clock: Clock, tell: Told | None) -> Backup:
    with Opened(file) as opened:
        backup = opened.backup
        staged.mkdir(parents=True)
        room_for(staged, sum(size for size, _ in backup.members.values()))
        opened.unpack(staged)
    copy = staged / LEDGER
    _refuse_triggers(copy, file, backup)
    if not is_whole(copy):
        raise Refusal(Refused.BACKUP_SPOILT, file=file.name, why="content", member=LEDGER)
    with closing(_look_at(copy, clock)) as looked:
        if looked.wants_rebuild:
            rebuild(looked)
        found = verify(looked, _stage(tell, PROVING))
        session = looked.session()
        heads = heads_known(session)
        session.close()
        if found.result is Soundness.BROKEN:
            raise Refusal(Refused.BACKUP_SPOILT, file=file.name, why="not_sound", member=str(found.at["code"]))
        if heads != backup.heads or looked.identity.ledger != backup.ledger:
            raise Refusal(Refused.BACKUP_SPOILT, file=file.name, why="content", member=LIST)
    return backup


def _refuse_triggers(copy: Path, file: Path, backup: Backup) -> None:
    """What a ledger does by itself is what this version makes it do: a trigger of somebody else's would run unseen."""
    known = guards()
    try:
        there = schema_of(copy)
    except sqlite3.DatabaseError as wrong:
        raise Refusal(Refused.BACKUP_SPOILT, file=file.name, why="content", member=LEDGER) from wrong
    for name, told in sorted(there.items()):
        if known.get(name) != told:
            raise Refusal(Refused.BACKUP_SPOILT, file=file.name, why="triggers", member=name[:100])
    for name in sorted(known.keys() - there.keys()):
        if backup.tables == HEAD:
            raise Refusal(Refused.BACKUP_SPOILT, file=file.name, why="unguarded", member=name)


def _refuse_another(data: Path, backup: Backup) -> None:
    """A folder that holds another ledger is nobody's to put aside in passing."""
    if (data / NAMED).is_file():
        raise Refusal(Refused.LEDGER_EXISTS, folder=str(data))
    if not has_ledger(data):
        return
    database = Database(data / LEDGER, read_only=True)
    try:
        session = database.session()
        held = session.value("SELECT value FROM meta WHERE name = 'ledger'", default="")
        session.close()
    except (sqlite3.DatabaseError, Refusal):
        held = ""  # a ledger that cannot be read any more is what backups are put back for
    finally:
        database.close()
    if held and held != backup.ledger:
        raise Refusal(Refused.ANOTHER_LEDGER, file=backup.file.name)


def _put_aside(data: Path, clock: Clock) -> Path | None:
    if not data.exists():
        return None
    if not [path for path in data.iterdir() if path.name != "spool.lock"]:
        shutil.rmtree(data)
        return None
    moment = _stamp(clock.now_us())
    old = data.with_name(f"{data.name}.before-restore-{moment}")
    number = 1
    while old.exists():
        number += 1
        old = data.with_name(f"{data.name}.before-restore-{moment}-{number}")
    data.replace(old)
    return old


@contextmanager
def _at_work(folder: Path) -> Iterator[Path]:
    """A folder to work in, among the backups; one program at a time."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as no:
        raise Refusal(Refused.BAD_FILE, file=str(folder), why="not_found") from no
    lock = FolderLock(folder / _LOCK)
    if not os.access(folder, os.W_OK):
        raise Refusal(Refused.DISK_READ_ONLY, folder=str(folder))
    if not lock.acquire():
        raise Refusal(Refused.BUSY)
    try:
        for left in (*folder.glob(f"*{ENDING}{_PART}"), *folder.glob(f"{_WORK}*")):
            shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)
        with tempfile.TemporaryDirectory(prefix=_WORK, dir=folder) as work:
            yield Path(work)
    finally:
        for left in folder.glob(f"*{ENDING}{_PART}"):
            left.unlink(missing_ok=True)
        lock.release()


def _look_at(copy: Path, clock: Clock) -> Ledger:
    """A copy, opened by nobody's key: nothing can be recorded in it."""
    database = Database(copy)
    try:
        database.upgrade()
        return Ledger(database, KeyFolder(copy.parent / ".no-keys"), clock)
    except BaseException:
        database.close()
        raise


def _about(looked: Ledger, folder: Path) -> Backup:
    identity, now = looked.identity, looked.clock.now_us()
    session = looked.session()
    heads = heads_known(session)
    session.close()
    name = f"dockmark-{identity.station[-6:]}-{_stamp(now)}"
    file, number = folder / f"{name}{ENDING}", 1
    while file.exists():
        number += 1
        file = folder / f"{name}-{number}{ENDING}"
    return Backup(
        file=file, size=0, ledger=identity.ledger, station=identity.station, name=identity.name, made_us=now,
        made=as_text(now), events=sum(seq for seq, _ in heads.values()), tables=HEAD, heads=heads,
    )  # fmt: skip


def _pack(part: Path, copy: Path, data: Path, about: Backup, tell: Callable[[int, int], None] | None) -> Backup:
    members: dict[str, tuple[int, str]] = {}
    missing: list[str] = []
    files = sorted(path for path in (data / "files").glob("??/*") if len(path.name) == 64)
    with zipfile.ZipFile(part, "w", allowZip64=True, compresslevel=1) as archive:
        with copy.open("rb") as source:
            members[LEDGER] = add_member(archive, LEDGER, source, dense=False)
        for number, path in enumerate(files, 1):
            name = f"files/{path.parent.name}/{path.name}"
            if not KEPT_FILE.fullmatch(name) or path.is_symlink():
                continue
            if tell is not None:
                tell(number, len(files))
            with path.open("rb") as source:
                members[name] = add_member(archive, name, source, dense=True)
            if members[name][1] != path.name:
                missing.append(path.name)
        whole = replace(about, members=members, missing=tuple(missing))
        archive.writestr(LIST, listed(whole))
    return whole


def _demand_sound(found: Finding) -> None:
    if found.result is Soundness.BROKEN:
        told = {"fault" if name == "code" else name: value for name, value in found.at.items()}
        raise Refusal(Refused.BACKUP_NOT_SOUND, **told)


def _stage(tell: Told | None, stage: str) -> Callable[[int, int], None] | None:
    return None if tell is None else lambda done, total: tell(stage, done, total)


def _stamp(moment_us: int) -> str:
    return datetime.fromtimestamp(moment_us // 1_000_000, UTC).strftime("%Y%m%dT%H%M%SZ")
