"""What the full check listens for while it reads the chains: witnesses, people, the files that events name."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from dockmark.database.session import Session
from dockmark.ledger.attendance import Attendance
from dockmark.ledger.chains import Broken, Listener
from dockmark.ledger.station_keys import station_keys
from dockmark.ledger.witnesses import Place, Witnessed, Witnesses
from dockmark.record.clock import AHEAD_US
from dockmark.record.ids import identity_of

_TELLING: Final = frozenset(
    {"checkpoint_made", "checkpoint_cosigned", "signed_in", "operator_enrolled", "operator_changed"}
)
_WITH_FILE: Final = frozenset({"document_made", "file_attached", "certificate_attached"})
_KEYS: Final = frozenset({"key_revoked"})
_MOST: Final = 20


@dataclass(frozen=True, slots=True)
class _Kept:
    station: str
    seq: int
    sha256: str
    size: int


class Watch(Listener):
    """Hears every event once, in the order of the chains; `judge` says what does not agree."""

    def __init__(self, session: Session, stations: Sequence[str], own: str, now_us: int, data: Path | None) -> None:
        self._session = session
        self._own = own
        self._latest = now_us + AHEAD_US
        self._data = data
        self._witnesses = Witnesses(session, stations, own)
        self._attendance = Attendance()
        self._kept: list[_Kept] = []
        self._revoked: set[str] = set()
        self._tops: dict[str, int] = {}
        self._flags: list[Place] = []
        self._station = ""

    def begin(self, station: str) -> None:
        """The chain of this station is read from its beginning."""
        self._station = station
        self._witnesses.begin(station)
        self._attendance.begin()

    def take(self, core: dict[str, Any], seq: int, digest: bytes) -> None:
        """Its next event, found to be whole."""
        self._witnesses.take(seq, digest)
        kind = core["type"]
        if kind in _TELLING or "wit" in core:
            self._witnesses.look(core, digest)
            self._attendance.look(core, digest)
        elif kind in _WITH_FILE:
            size = core["body"].get("size")
            self._kept.append(_Kept(self._station, seq, str(core["body"].get("sha256")), size if size else 0))
        elif kind in _KEYS:
            self._revoked.update(identity_of(name) for name in core.get("subj", ()))
        self._attendance.take(core)
        if core["ts"] > self._latest:
            self._flag("clock_ahead", self._station, seq)

    def end(self, seq: int, digest: str) -> None:
        """The chain was read to its end."""
        self._tops[self._station] = seq
        self._witnesses.end(seq, digest)

    def judge(self, progress: Callable[[int, int], None] | None = None) -> Witnessed:
        """Raises the first thing that does not agree; returns what there is to say where everything does."""
        found = self._witnesses.judge()
        self._attendance.judge()
        self._judge_keys()
        self._judge_files(progress)
        found.flags += self._flags
        return found

    def _judge_keys(self) -> None:
        if len(self._tops) == 1:
            return
        for it in station_keys(self._session):
            if it.revoked is not None and self._tops.get(it.station, 0) > it.revoked.to:
                raise Broken("key_revoked", it.station, it.revoked.to + 1)
            if it.state == "unbacked":
                self._flag("station_unbacked", it.station, 1)

    def _judge_files(self, progress: Callable[[int, int], None] | None) -> None:
        """Every file that an event names is there, and is what it was."""
        if self._data is None:
            return
        known: dict[str, str] = {}
        for number, it in enumerate(self._kept):
            code = known.get(it.sha256)
            if code is None:
                code = known[it.sha256] = _fault_of(self._data, it)
            if code == "file_missing" and it.station != self._own:
                # Files come by another way than events, and later.
                self._flag(code, it.station, it.seq)
            elif code:
                raise Broken(code, it.station, it.seq, it.sha256)
            if progress is not None and number % 50 == 0:
                progress(number, len(self._kept))

    def _flag(self, code: str, station: str, seq: int) -> None:
        if len(self._flags) < _MOST:
            self._flags.append({"code": code, "station": station, "seq": seq})


def _fault_of(data: Path, kept: _Kept) -> str:
    if len(kept.sha256) != 64 or not kept.sha256.isalnum():
        return "file_altered"
    file = data / "files" / kept.sha256[:2] / kept.sha256
    try:
        if file.stat().st_size != kept.size and kept.size:
            return "file_altered"
        with file.open("rb") as opened:
            return "" if hashlib.file_digest(opened, "sha256").hexdigest() == kept.sha256 else "file_altered"
    except OSError:
        return "file_missing"
