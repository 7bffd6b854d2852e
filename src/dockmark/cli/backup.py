"""`backup`, `restore`: whole copies of a data folder, and one of them put back."""

import os
import time
from pathlib import Path
from typing import Annotated

import typer

from dockmark.cli import speech
from dockmark.cli.opening import opened
from dockmark.record.refusal import Refusal, Refused
from dockmark.station.backing_up import backups_in, check_backup, drop_old, make_backup, restore_backup
from dockmark.station.backup_files import Backup
from dockmark.station.backup_settings import BackupSettings, kept_settings
from dockmark.station.folders import data_folder, state_folder
from dockmark.wording import _, visible


def backup(
    act: Annotated[str, typer.Argument(help="now, list, or check a FILE.")] = "now",
    file: Annotated[Path | None, typer.Argument(help="For check: the backup.")] = None,
    to: Annotated[
        Path | None, typer.Option("--to", "-o", help="The folder; else the one that this station uses.")
    ] = None,
    keep: Annotated[int, typer.Option(help="How many of this station stay; 0 for all of them.", min=0)] = 0,
) -> int:
    """Make a whole copy of the data folder while work goes on; it counts only when it was proved and read back."""
    if act == "list":
        return _list(to or settings().folder)
    if act == "check" and file is not None:
        return _check(file)
    if act != "now" or file is not None:
        raise Refusal(Refused.BAD_VALUE, field="backup", value=act[:40])
    folder = to or settings().folder
    with opened() as ledger:
        made = make_backup(ledger, data_folder(), folder, _Stages().tell)
    dropped = drop_old(folder, made, keep) if keep else []
    speech.tell(
        {"result": "backed_up", **_told(made), "dropped": [it.file.name for it in dropped]},
        _("{file}: {events} events, {files} files, proved and read back").format(
            file=made.file, events=made.events, files=len(made.members) - 1
        ),
    )
    if made.missing:
        speech.say(_("{count} files are missing or changed: {names}").format(
            count=len(made.missing), names=", ".join(name[:16] for name in made.missing[:5])))  # fmt: skip
    return 0


def restore(file: Annotated[Path, typer.Argument(help="A backup.")]) -> int:
    """Put a backup in the place of the data folder. The old folder is kept beside it, as it was."""
    from dockmark.station.clock import VARIABLE, clock_of

    restored, old = restore_backup(file, data_folder(), clock_of(os.environ.get(VARIABLE, "")), _Stages().tell)
    with opened() as ledger:
        custody = ledger.identity.custody.value
    told = {"result": "restored", **_told(restored), "data": str(data_folder()), "custody": custody}
    lines = [_("{data} is as it was on {made}: {events} events.").format(
        data=data_folder(), made=restored.made, events=restored.events)]  # fmt: skip
    if old is not None:
        told["kept"] = str(old)
        lines.append(_("The folder that was there is kept: {old}").format(old=old))
    if custody != "ours":
        lines.append(_("It can be looked at, not written. To work here: dockmark key adopt."))
    speech.tell(told, "\n".join(lines))
    return 0


def settings() -> BackupSettings:
    """Where this station keeps its backups."""
    return kept_settings(state_folder(), data_folder())


def _list(folder: Path) -> int:
    found = backups_in(folder)
    if not found:
        raise Refusal(Refused.NO_BACKUP, folder=str(folder))
    for it in found:
        speech.tell(_told(it), f"{it.made}  {visible(it.name)}  {it.events}  {it.size}  {it.file}")
    return 0


def _check(file: Path) -> int:
    from dockmark.station.clock import VARIABLE, clock_of

    found = check_backup(file, clock_of(os.environ.get(VARIABLE, "")), _Stages().tell)
    speech.tell({"result": "sound", **_told(found)}, _("{file} is whole and sound.").format(file=file))
    return 0


def _told(backup: Backup) -> dict[str, object]:
    return {
        "file": str(backup.file), "made": backup.made, "events": backup.events, "bytes": backup.size,
        "files": len(backup.members) - 1, "station": backup.station, "ledger": backup.ledger, "name": backup.name,
        "tables": backup.tables, "missing": list(backup.missing),
    }  # fmt: skip


class _Stages:
    """Says on standard error how far it is, at most once a second."""

    def __init__(self) -> None:
        self._told = time.monotonic()

    def tell(self, stage: str, done: int, total: int) -> None:
        """So many of so many in this stage."""
        if not speech.as_json and time.monotonic() - self._told >= 1:
            self._told = time.monotonic()
            speech.say(f"{stage} {done} / {total}" if total else stage)


def add_to(app: typer.Typer) -> None:
    """Adds these subcommands."""
    app.command()(backup)
    app.command()(restore)
