"""A small hand-made workstation behind the service border: holds a delivery in memory, answers on a thread."""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any, TypeVar

from dockmark.custody.lights import Finding, Lamp, Light, Verdict
from dockmark.desks.answer import Answer, Outcome, UnitView
from dockmark.desks.views import (
    Answered,
    Coming,
    DeskView,
    Found,
    HistoryLine,
    JobView,
    LineView,
    ReceivedUnit,
    StationInfo,
    UnitCard,
)
from dockmark.devices.lights import DeviceLight
from dockmark.identifiers.reading import Scan, text_of
from dockmark.lookup.company import Company
from dockmark.record.refusal import Refusal, Refused
from dockmark.station.backup_files import Backup
from dockmark.station.backup_settings import BackupSettings
from dockmark.station.company import as_told
from dockmark.station.disk import Room
from dockmark.station.imports import ImportLine
from dockmark.station.scanners import Scanners
from dockmark.ui.service import Service

from .stand_in_papers import StandInPapers

T = TypeVar("T")
NOW = datetime(2026, 11, 23, 9, 41, tzinfo=UTC)

CLEAR: Verdict = {
    Light.WARRANTY: Finding(Lamp.UNKNOWN, "unknown"),
    Light.RECALL: Finding(Lamp.OK, "no_recall"),
    Light.COUNTERFEIT: Finding(Lamp.OK, "in_range"),
    Light.LIFE: Finding(Lamp.UNKNOWN, "unknown"),
    Light.OWNER: Finding(Lamp.OK, "own"),
    Light.HOLD: Finding(Lamp.OK, "no_hold"),
}
RECALLED: Verdict = {**CLEAR, Light.RECALL: Finding(Lamp.STOP, "recalled", {"recall": "FSN-2026-11"})}
DOUBTFUL: Verdict = {**CLEAR, Light.COUNTERFEIT: Finding(Lamp.WARN, "look_alike", {"serial": "SN0O1"})}

LINES = (
    LineView(id="1", part="PSU-750-A", description="Power supply 750 W", ordered=6, received=0, open=6),
    LineView(id="2", part="FAN-120", description="Fan tray, 120 mm", ordered=4, received=0, open=4),
    LineView(id="3", part="CTRL-BRD-9", description="Controller board, revision 9", ordered=2, received=0, open=2),
)


def unit(serial: str, part: str = "PSU-750-A", **more: Any) -> UnitView:
    """A unit as an answer names it."""
    return UnitView(id=f"id-{serial}", part=part, serial=serial, state="received", place="DOCK-1", **more)


class StandInImports:
    """Nothing was imported here."""

    def __init__(self, station: "StandIn") -> None:
        self._station = station

    def imports(self) -> "Future[list[ImportLine]]":
        return self._station.answer(list)


class StandInDepot:
    """What the whole depot shares, in memory; the rules are the real ones."""

    def __init__(self, station: "StandIn") -> None:
        self._station = station
        self.told: list[tuple[dict[str, str], str]] = []
        self.now = Company()

    def company(self) -> "Future[Company]":
        return self._station.answer(lambda: self.now)

    def set_company(self, told: dict[str, str], reason: str) -> "Future[Company]":
        def tell() -> Company:
            self.told.append((dict(told), reason))
            whole = as_told(self.now) | told
            self.now = Company(**{**whole, "address": tuple(whole["address"].split("\n"))})
            return self.now

        return self._station.answer(tell)

    def name_station(self, name: str, reason: str) -> "Future[str]":
        def tell() -> str:
            self.told.append(({"station": name}, reason))
            self._station.info = replace(self._station.info, name=name)
            return name

        return self._station.answer(tell)

    def found_printers(self) -> "Future[list[tuple[str, str]]]":
        return self._station.answer(lambda: [("pdf:/labels", "Folder")])


class StandInBackups:
    """None was made yet; what is asked for is made in memory."""

    def __init__(self, station: "StandIn") -> None:
        self._station = station
        self.now = BackupSettings(folder=Path("depot-backups"))
        self.made: list[Backup] = []
        self.called_off = 0

    def settings(self) -> BackupSettings:
        return self.now

    def use(self, settings: BackupSettings) -> "Future[BackupSettings]":
        def keep() -> BackupSettings:
            self.now = settings
            return settings

        return self._station.answer(keep)

    def all(self) -> "Future[list[Backup]]":
        return self._station.answer(lambda: list(self.made))

    def make(self) -> "Future[Backup]":
        def work() -> Backup:
            made = Backup(
                file=Path("a.dockmark.zip"), size=2_000_000, ledger="l", station="s", name="n",
                made_us=1_795_000_000_000_000,
                made="2026-11-24T04:00:00Z", events=7, tables="0004",
            )  # fmt: skip
            self.made.insert(0, made)
            return made

        return self._station.answer(work)

    def cancel(self) -> None:
        self.called_off += 1


class StandIn:
    """Scans of `part/serial` are received; a few words make other things happen."""

    def __init__(self, **about: Any) -> None:
        facts = {"name": "Dock 1", "station": "0192", "operator": "anna", "operator_name": "Anna Berg", "role": "clerk"}
        self.info = StationInfo(**{**facts, "data": Path("depot"), **about})
        self.heard: list[Scan] = []
        self.desks: list[str] = []
        self.commands: list[tuple[str, dict[str, str]]] = []
        self.begun: list[dict[str, str]] = []
        self.searches: list[str] = []
        self.settled: list[tuple[str, bool]] = []
        self.retried: list[str] = []
        self.closed = False
        self.free = Room(500_000_000_000, 1_000_000_000_000)
        self.depot = StandInDepot(self)
        self.imports = StandInImports(self)
        self.backups = StandInBackups(self)
        self.is_attending = False
        self._scanners: Scanners | None = None
        self.papers = StandInPapers()
        self.state = Path(tempfile.mkdtemp(prefix="dockmark-"))
        self.used = {"label": "", "document": ""}
        self.desk = DeskView()
        self.spool: list[JobView] = []
        self.verdicts: dict[str, Verdict] = {}
        self._hooks: list[Callable[[str, object], None]] = []
        self._bench = ThreadPoolExecutor(1)

    def answer(self, work: Callable[[], T]) -> "Future[T]":
        """On the thread that everything is answered on."""
        return self._bench.submit(work)

    # the border

    def scan(self, desk: str, scan: Scan) -> "Future[Answer]":
        self.heard.append(scan)
        return self._bench.submit(self._answer, desk, scan)

    def command(self, desk: str, word: str, **facts: str) -> "Future[Answer]":
        self.commands.append((word, facts))
        return self._bench.submit(self._obey, desk, word, facts)

    def begin(self, desk: str, *, order: str = "", place: str = "", new: bool = False) -> "Future[Answer]":
        self.begun.append({"order": order, "place": place})
        return self._bench.submit(self._begin, desk, order, place)

    def view(self, desk: str) -> "Future[DeskView]":
        return self._bench.submit(lambda: self.desk)

    def card(self, unit_id: str) -> "Future[UnitCard]":
        return self._bench.submit(self._card, unit_id)

    def search(self, text: str, limit: int) -> "Future[list[Found]]":
        self.searches.append(text)
        return self._bench.submit(self._search, text, limit)

    def jobs(self) -> "Future[list[JobView]]":
        return self._bench.submit(lambda: list(self.spool))

    def retry(self, job: str) -> "Future[None]":
        self.retried.append(job)
        return self._bench.submit(lambda: None)

    def settle(self, job: str, printed: bool) -> "Future[None]":
        self.settled.append((job, printed))
        return self._bench.submit(self._settle, job, printed)

    def printers(self) -> dict[str, str]:
        return dict(self.used)

    def use_printer(self, kind: str, url: str) -> "Future[None]":
        return self._bench.submit(self._use_printer, kind, url)

    def _use_printer(self, kind: str, url: str) -> None:
        self.used[kind] = url
        self._say("jobs", None)

    def room(self) -> "Future[Room]":
        return self._bench.submit(lambda: self.free)

    def reasons(self) -> Sequence[tuple[str, str]]:
        return (
            ("customer_agreed", "The customer agreed"),
            ("ordered_by_phone", "Ordered by phone"),
            ("replacement", "Replacement for a faulty one"),
            ("supplier_error", "The supplier's mistake, kept"),
            ("other", "Another reason"),
        )

    def lights(self) -> tuple[DeviceLight, ...]:
        return self._scanners.lights() if self._scanners is not None else ()

    @property
    def scanners(self) -> Scanners:
        if self._scanners is None:
            self._scanners = Scanners(self.state / "scanners.json", self._say, self._say_lights)
        return self._scanners

    def _say_lights(self) -> None:
        self._say("devices", self.lights())

    def attend_devices(self) -> None:
        self.is_attending = True

    def listen(self, hook: Callable[[str, object], None]) -> None:
        self._hooks.append(hook)

    def close(self) -> None:
        self.closed = True
        self.papers.close()
        if self._scanners is not None:
            self._scanners.close()
        shutil.rmtree(self.state, ignore_errors=True)
        self._bench.shutdown()

    # what it does

    def tell(self, kind: str, content: object) -> None:
        """Tell it from another thread than the window's."""
        self._bench.submit(self._say, kind, content).result()

    def _say(self, kind: str, content: object) -> None:
        for hook in self._hooks:
            hook(kind, content)

    def _tell(self, desk: str, answer: Answer, scan: Scan | None = None) -> Answer:
        self._say("answered", Answered(desk=desk, answer=answer, scan=scan))
        return answer

    def _answer(self, desk: str, scan: Scan) -> Answer:
        text = text_of(scan.raw)
        self.desks.append(desk)
        if desk == "holds":
            part, _slash, serial = text.partition("/")
            seen = unit(serial, part)
            return self._tell(desk, Answer(outcome=Outcome.NOTED, code="unit_chosen", unit=seen, verdict=CLEAR), scan)
        if text == "crash":
            raise RuntimeError("the bench fell over")
        if text.startswith("ORDER"):
            return self._begin(desk, text, "", scan)
        if "/" not in text:
            return self._tell(desk, Answer(outcome=Outcome.REFUSED, code="unreadable"), scan)
        part, serial = text.split("/", 1)
        seen = unit(serial, part)
        line = next((each for each in self.desk.lines if each.part == part), None)
        if line is not None and line.open == 0:
            facts = {"part": part, "ordered": line.ordered, "received": line.received}
            refused = Answer(outcome=Outcome.REFUSED, code="over_receipt", unit=seen, facts=facts)
            self.desk = replace(self.desk, refusal=refused)
            return self._tell(desk, refused, scan)
        self._take(seen)
        verdict = self.verdicts.get(serial, CLEAR)
        facts2 = {"part": part, "serial": serial, "place": "DOCK-1"}
        accepted = Answer(
            outcome=Outcome.ACCEPTED, code="received", unit=seen, verdict=verdict, facts=facts2, undo="e1"
        )
        return self._tell(desk, accepted, scan)

    def _take(self, seen: UnitView) -> None:
        lines = tuple(
            replace(each, received=each.received + 1, open=max(0, each.open - 1)) if each.part == seen.part else each
            for each in self.desk.lines
        )
        row = ReceivedUnit(unit=seen, lamp=_lamp(self.verdicts.get(seen.serial, CLEAR)), at=NOW)
        self.desk = replace(
            self.desk,
            receipt=self.desk.receipt or "R-000017",
            lines=lines,
            units=(row, *self.desk.units)[:200],
            done=self.desk.done + 1,
            refusal=None,
            waiting="",
            undo=Coming(code="received", facts={"part": seen.part, "serial": seen.serial}),
        )

    def _begin(self, desk: str, order: str, place: str, scan: Scan | None = None) -> Answer:
        if order:
            self.desk = DeskView(
                receipt="R-000017",
                order=order,
                partner="Nordwind Components GmbH",
                place="DOCK-1",
                note="LS 20261",
                wanted=12,
                lines=LINES,
            )
        else:
            self.desk = replace(self.desk, place=place)
        facts = {"order": order, "partner": "Nordwind Components GmbH", "lines": 3}
        return self._tell(desk, Answer(outcome=Outcome.NOTED, code="paper_taken", facts=facts), scan)

    def _obey(self, desk: str, word: str, facts: dict[str, str]) -> Answer:
        if desk == "holds":
            return self._hold(desk, word, facts)
        pending = self.desk.refusal
        match word:
            case "ACCEPT":
                self.desk = replace(self.desk, waiting="reason_needed")
                return self._tell(desk, Answer(outcome=Outcome.NOTED, code="reason_needed"))
            case "REASON" if pending is not None and pending.unit is not None:
                self._take(pending.unit)
            case "SKIP" | "QUARANTINE":
                self.desk = replace(self.desk, refusal=None)
            case "UNDO":
                self.desk = replace(self.desk, units=self.desk.units[1:], done=self.desk.done - 1, undo=None)
            case "TYPED":
                self._take(unit(facts.get("serial", ""), facts.get("part", "")))
            case "FINISH":
                self.desk = DeskView()
            case _:
                pass
        return self._tell(desk, Answer(outcome=Outcome.ACCEPTED, code=word.lower()))

    def _hold(self, desk: str, word: str, facts: dict[str, str]) -> Answer:
        if word in ("QUARANTINE", "RELEASE"):
            return self._tell(desk, Answer(outcome=Outcome.NOTED, code="reason_needed", facts={"about": word.lower()}))
        code = "held" if word == "REASON" else word.lower()
        return self._tell(desk, Answer(outcome=Outcome.ACCEPTED, code=code, unit=unit("H1")))

    def _card(self, unit_id: str) -> UnitCard:
        rows = [row.unit for row in self.desk.units if row.unit.id == unit_id]
        seen = rows[0] if rows else unit(unit_id.removeprefix("id-"))
        history = tuple(
            HistoryLine(at=NOW - timedelta(days=3 * number), who="Anna Berg", what=Coming(code=code))
            for number, code in enumerate(("unit_received", "unit_expected"))
        )
        verdict = self.verdicts.get(seen.serial, CLEAR)
        return UnitCard(unit=seen, verdict=verdict, marks=(("gtin", "09506000143514"),), history=history)

    def _search(self, text: str, limit: int) -> list[Found]:
        found = [row.unit for row in self.desk.units if text.lower() in f"{row.unit.part} {row.unit.serial}".lower()]
        hits = [Found(kind="unit", id=u.id, title=f"{u.serial}  {u.part}", detail=u.place) for u in found]
        return hits[:limit]

    def _settle(self, job: str, printed: bool) -> None:
        state = "confirmed" if printed else "queued"
        self.spool = [replace(each, state=state) if each.id == job else each for each in self.spool]
        self._say("jobs", None)


def _lamp(verdict: Verdict) -> Lamp:
    order = (Lamp.OK, Lamp.UNKNOWN, Lamp.WARN, Lamp.STOP)
    return max((each.state for each in verdict.values()), key=order.index)


class StandInDepots:
    """Opens a stand-in, or refuses as an empty folder does until one is made."""

    def __init__(self, service: Service | None = None) -> None:
        self.service = service
        self.made: list[tuple[str, ...]] = []
        self.refuse: Exception | None = None
        self.may_go_on = Event()
        self.may_go_on.set()

    def printers(self) -> list[tuple[str, str]]:
        return [("queue:Zebra", "Zebra ZD421 <b>"), ("usb:0a5f:0166:X1", "Zebra on USB")]

    def open(self, data: Path) -> Service:
        if self.refuse is not None:
            raise self.refuse
        if self.service is None:
            raise Refusal(Refused.NO_LEDGER)
        if isinstance(self.service, StandIn) and self.service.closed:
            self.service = StandIn()
        return self.service

    def create(self, data: Path, operator: str, name: str) -> None:
        self._made("create", operator, name)

    def introduce(self, data: Path, station: str, company: dict[str, str]) -> None:
        self.introduced = (station, company)

    def demo(self, data: Path) -> None:
        self._made("demo")

    def take_over(self, data: Path, folder: Path, operator: str, name: str, tell: Callable[[int, int], None]) -> None:
        if not folder.is_dir():
            raise Refusal(Refused.BAD_FILE, path=str(folder))
        tell(120, 0)
        self.may_go_on.wait(20)
        tell(50, 120)
        self._made("take_over", str(folder), operator)

    def _made(self, *what: str) -> None:
        self.made.append(what)
        self.service = StandIn()
