"""The support bundle: how this station stands, in one file, without personal data, without scans, without keys."""

import io
import json
import platform
import re
import sqlite3
import sys
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from dockmark import __version__
from dockmark.ledger import spool
from dockmark.ledger.ledger import Ledger
from dockmark.ledger.verify import verify
from dockmark.lookup import people
from dockmark.record.refusal import Conflict, Refusal
from dockmark.station.disk import measured
from dockmark.station.faults import FAULTS
from dockmark.station.folders import state_folder
from dockmark.station.logs import native_stack, tail
from dockmark.station.scrubbing import scrubbed
from dockmark.station.setup import open_ledger
from dockmark.station.training import is_training
from dockmark.wording import _

_PACKAGES: Final = (
    "PySide6-Essentials", "SQLAlchemy", "alembic", "reportlab", "cryptography", "orjson", "zxing-cpp", "pyserial",
    "pyusb", "Pillow",
)  # fmt: skip
_COUNTED: Final = (
    "events", "units", "receipts", "parts", "partners", "places", "orders", "order_lines", "asns", "expected_units",
    "recalls", "operators", "stations", "print_jobs", "documents", "quarantined_stations", "waiting_events",
)  # fmt: skip
_WINDOW: Final = ("appearance", "volume_percent", "text_percent", "language")


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of the bundle."""

    name: str
    about: str
    content: bytes


def pieces(data: Path, ledger: Ledger | None = None, lights: Iterable[Any] = ()) -> list[Piece]:
    """Everything that goes into the bundle. Without an open ledger it is opened for the looking, and closed again."""
    state = state_folder()
    ours = ledger is None
    why = ""
    if ledger is None:
        try:
            ledger = open_ledger(data)
        except (Refusal, Conflict, sqlite3.Error, OSError) as error:
            why = error.code.value if isinstance(error, Refusal) else type(error).__name__
    try:
        names = _people(ledger)
        told = _ledger(ledger, data) if ledger is not None else {"open": False, "why": why}
        hide = _hider([*names, platform.node(), _station_name(ledger)])
        made = [
            _json("versions.json", _("Versions of Dockmark, of what it is built on, and of this computer"),
                  _versions()),
            _json("settings.json", _("How the window, the printers and the scanners are set, without addresses"),
                  _settings(state, ledger)),
            _json("ledger.json", _("How the ledger stands: proof, counts and heads; nothing of what is in it"), told),
            _json("devices.json", _("How each device stands"), [_light(each) for each in lights]),
            _json("errors.json", _("Unexpected errors since the start, without the values in them"),
                  [asdict(each) for each in FAULTS.seen()]),
            Piece("log.txt", _("The end of the log, without names and scans"), hide(tail(state)).encode()),
            Piece("native.txt", _("Where the last crash happened, if there was one"),
                  hide(native_stack(state)).encode()),
        ]  # fmt: skip
    finally:
        if ours and ledger is not None:
            ledger.close()
    return [Piece("contents.txt", _("What is in this file"), _contents(made)), *made]


def write_bundle(file: Path, made: Sequence[Piece]) -> int:
    """Writes them as one ZIP file, whole or not at all; returns its size."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        for piece in made:
            bundle.writestr(piece.name, piece.content)
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f"{file.name}.part")
    beside.write_bytes(packed.getvalue())
    beside.replace(file)
    return len(packed.getvalue())


def bundle_name() -> str:
    """A name for the file: what it is, and when it was made."""
    return f"dockmark-support-{datetime.now(UTC):%Y%m%d-%H%M}.zip"


def _contents(made: Sequence[Piece]) -> bytes:
    head = _(
        "Dockmark support report. It holds no names, no scans, no serials and no keys. Read it before you send it."
    )
    lines = [f"{piece.name:<16} {len(piece.content):>9}  {piece.about}" for piece in made]
    return "\n".join([head, "", *lines, ""]).encode()


def _json(name: str, about: str, value: object) -> Piece:
    return Piece(name, about, json.dumps(value, indent=2, sort_keys=True, default=str).encode())


def _versions() -> dict[str, Any]:
    found = {}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return {
        "dockmark": __version__, "python": sys.version.split()[0], "sqlite": sqlite3.sqlite_version,
        "system": platform.system(), "release": platform.release(), "machine": platform.machine(), "packages": found,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
    }  # fmt: skip


def _settings(state: Path, ledger: Ledger | None) -> dict[str, Any]:
    told: dict[str, Any] = {"window": _window(state), "printers": {}, "scanners": 0}
    try:
        scanners = json.loads((state / "scanners.json").read_text("utf-8"))
        told["scanners"] = len(scanners) if isinstance(scanners, list | dict) else 0
    except (OSError, ValueError):
        pass  # none was ever set
    if ledger is not None:
        session = ledger.session()
        try:
            told["printers"] = {kind: _scheme(url) for kind, url in spool.kept_printers(session).items()}
        finally:
            session.close()
    return told


def _window(state: Path) -> dict[str, Any]:
    import tomllib

    try:
        kept = tomllib.loads((state / "window.toml").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {name: kept[name] for name in _WINDOW if isinstance(kept.get(name), str | int)}


def _scheme(url: str) -> str:
    """What kind of address that is; where it leads to stays here."""
    found = re.match(r"[a-z]+(?=:)", url)
    return found.group() if found else ""


def _light(light: Any) -> dict[str, str]:
    return {"sort": str(light.sort), "kind": _scheme(light.url), "state": str(light.state), "detail": light.detail}


def _ledger(ledger: Ledger, data: Path) -> dict[str, Any]:
    room = measured(data)
    session = ledger.session()
    try:
        counts = {name: int(session.value(f"SELECT count(*) FROM {name}")) for name in _COUNTED}  # noqa: S608 - ours
        heads = {row[0]: {"seq": row[1], "hash": row[2].hex()} for row in session.all(_HEADS)}
        states = spool.counts(session)
    finally:
        session.close()
    finding = asdict(verify(ledger, quick=True))
    return {
        "open": True, "training": is_training(data), "custody": ledger.identity.custody.value, "counts": counts,
        "heads": heads, "print_jobs": states, "verify": finding, "free_bytes": room.free, "disk_bytes": room.whole,
        "files": {each.name: each.stat().st_size for each in sorted(data.glob("ledger.sqlite3*")) if each.is_file()},
    }  # fmt: skip


_HEADS: Final = (
    "SELECT e.station, e.seq, e.hash FROM events e WHERE e.seq ="
    " (SELECT max(t.seq) FROM events t WHERE t.station = e.station) ORDER BY e.station"
)


def _people(ledger: Ledger | None) -> list[str]:
    if ledger is None:
        return []
    session = ledger.session()
    try:
        return [text for who in people.operators(session) for text in (who.id, who.name, *who.name.split())]
    finally:
        session.close()


def _station_name(ledger: Ledger | None) -> str:
    return "" if ledger is None else ledger.identity.name


def _hider(names: Iterable[str]) -> Callable[[str], str]:
    hidden = list(names)
    return lambda text: scrubbed(text, hidden)
