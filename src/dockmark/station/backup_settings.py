"""Where this station keeps its backups, how often it makes one, and how many stay. Kept in the state folder."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from dockmark.record.refusal import Refusal, Refused
from dockmark.station.backing_up import backups_beside

FILE: Final = "backups.json"
MOST: Final = 1000
_DAY_US: Final = 24 * 3600 * 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupSettings:
    """`folder` is where they lie; `keep` is how many of this station's stay."""

    folder: Path
    daily: bool = True
    keep: int = 14
    is_chosen: bool = False
    """Whether somebody chose the folder."""


def kept_settings(state: Path, data: Path) -> BackupSettings:
    """The settings as they were kept for that data folder; what is spoilt counts as not chosen."""
    told = _all(state).get(_key(data), {})
    folder, daily, keep = told.get("folder"), told.get("daily", True), told.get("keep", 14)
    chosen = isinstance(folder, str) and bool(folder)
    return BackupSettings(
        folder=Path(str(folder)) if chosen else backups_beside(data), daily=daily is not False,
        keep=keep if type(keep) is int and 1 <= keep <= MOST else 14, is_chosen=chosen,
    )  # fmt: skip


def keep_settings(state: Path, data: Path, settings: BackupSettings) -> None:
    """Keeps them: whole, or as they were."""
    if not 1 <= settings.keep <= MOST:
        raise Refusal(Refused.BAD_VALUE, field="keep", value=str(settings.keep))
    told = _all(state)
    told[_key(data)] = {"daily": settings.daily, "keep": settings.keep} | (
        {"folder": str(settings.folder.expanduser().absolute())} if settings.is_chosen else {}
    )
    state.mkdir(parents=True, exist_ok=True)
    new = state / f"{FILE}.new"
    new.write_text(json.dumps(told, indent=1, sort_keys=True), "utf-8")
    new.replace(state / FILE)


def is_due(made_us: list[int], now_us: int) -> bool:
    """Whether none of them was made within a day of now; a clock that was set back makes no second one."""
    return not any(abs(now_us - moment) < _DAY_US for moment in made_us)


def _all(state: Path) -> dict[str, dict[str, Any]]:
    try:
        told = json.loads((state / FILE).read_text("utf-8"))
        return {str(key): value for key, value in told.items() if isinstance(value, dict)}
    except (OSError, ValueError, AttributeError):
        return {}


def _key(data: Path) -> str:
    return str(data.expanduser().absolute())
