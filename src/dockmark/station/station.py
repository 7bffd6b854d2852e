"""The workstation: ledger, bench, desks, spool and lookups, put together; no face."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from dockmark.custody.reasons import Reason
from dockmark.database.session import Session
from dockmark.desks import viewing
from dockmark.desks.answer import Answer, Outcome
from dockmark.desks.holding import Holding
from dockmark.desks.receiving import Receiving
from dockmark.desks.signing import sign_in
from dockmark.desks.views import Answered, DeskView, Found, JobView, StationInfo, UnitCard
from dockmark.devices.lights import DeviceLight, DeviceSort, DeviceState
from dockmark.identifiers import reader
from dockmark.identifiers.reading import DockmarkTag, Scan, TagKind
from dockmark.ledger import spool as jobs
from dockmark.ledger.book import Book
from dockmark.ledger.ledger import Ledger
from dockmark.ledger.people import depot_signs
from dockmark.ledger.searching import WORTHWHILE
from dockmark.lookup import people
from dockmark.lookup.finding import find
from dockmark.lookup.stations import name_of
from dockmark.people.signatures import Signer
from dockmark.record.clock import as_date
from dockmark.record.refusal import Conflict, Refusal, Refused
from dockmark.station.cards import Cards
from dockmark.station.checkpointing import Checkpointing
from dockmark.station.disk import FINISHING, Measure, Room, RoomState, measured, too_little_room
from dockmark.station.files import keep_file
from dockmark.station.folders import state_folder
from dockmark.station.printing import Printing
from dockmark.station.scanners import FILE as SCANNERS_FILE
from dockmark.station.scanners import Scanners
from dockmark.station.spool import Spool
from dockmark.station.training import PRINTS, is_training
from dockmark.station.workers import Workers
from dockmark.wording import reason_word

if TYPE_CHECKING:
    from dockmark.station.backups import Backups
    from dockmark.station.company import DepotSettings
    from dockmark.station.imports import Imports
    from dockmark.station.lists import Lists
    from dockmark.station.master import Master
    from dockmark.station.papers import Papers
    from dockmark.station.sessions import Sessions

T = TypeVar("T")
Hook = Callable[[str, object], None]


class Station:
    """Everything a window or a command line asks of one workstation. Every method that works returns a Future.

    What belongs together and is not the bench's own stands in a class of its own in `station/`, made here with this
    station in hand, and is an attribute here and in the window's `Service`. It reads by `ask` and records by `bench`.
    """

    def __init__(
        self, ledger: Ledger, data: Path, *, printer: str = "", spooling: bool = True, measure: Measure = measured
    ) -> None:
        self.ledger = ledger
        self.data = data
        self._desks = {desk.name: desk for desk in (Receiving(), Holding())}
        self._bench = Workers(1, thread_name_prefix="bench")
        self._pool = Workers(2, thread_name_prefix="lookup")
        self._local = threading.local()
        self._sessions: list[Session] = []
        self._hooks: list[Hook] = []
        self._scans = 0
        self._checkpoints = Checkpointing(ledger)
        self._lamps: viewing.Lamps = {}
        self._measure = measure
        self.signer: Signer | None = None
        """Who signs what needs a signature, where that was said once for all: the command line's `--pin-stdin`."""
        self._lighting = threading.Lock()
        self.scanners = Scanners(state_folder() / SCANNERS_FILE, self.tell, self._tell_lights)
        self.is_training = is_training(data)
        self.printing = Printing(ledger, printer, only=f"pdf:{data / PRINTS}" if self.is_training else "")
        self.spool = Spool(ledger, data, self.printing, lambda: self.tell("jobs", None), self._tell_lights)
        if spooling and not ledger.read_only:
            self.spool.start()

    # -- who and what -----------------------------------------------------------------------------------------------

    @property
    def info(self) -> StationInfo:
        """Who works where."""
        session = self.ledger.session()
        try:
            actor = self.ledger.author.actor
            who = people.operator(session, actor) if actor else None
            name = name_of(session, self.ledger.identity.station)
        finally:
            session.close()
        return StationInfo(
            name=name, station=self.ledger.identity.station, operator=actor,
            operator_name=who.name if who else "", role=who.roles[0] if who and who.roles else "", data=self.data,
            read_only=self.ledger.read_only, training=self.is_training,
        )  # fmt: skip

    def desks(self) -> list[str]:
        """The desks that this station has."""
        return list(self._desks)

    def sign_in(self, operator: str, method: str) -> Future[None]:
        """Begins a session of this operator."""

        def begin() -> None:
            with self.ledger.writing() as book:
                sign_in(book, operator, method)
            self.tell("ledger", None)

        return self._bench.submit(begin)

    def sign_in_again(self) -> Future[None] | None:
        """The operator who worked here last goes on, until a badge says otherwise; where people have PINs, nobody."""
        session = self.ledger.session()
        try:
            operator = people.last_at(session, self.ledger.identity.station)
            has_pin = depot_signs(session)
        finally:
            session.close()
        if not operator or self.ledger.read_only or self.ledger.author.actor or has_pin:
            return None
        return self.sign_in(operator, "window")

    # -- the bench --------------------------------------------------------------------------------------------------

    def scan(self, desk: str, scan: Scan) -> Future[Answer]:
        """One scan at a desk; the answer comes when it is durable."""
        return self._at_bench(desk, scan, lambda book: self._scanned(book, desk, scan))

    def command(self, desk: str, word: str, **facts: str) -> Future[Answer]:
        """A command from a key, a button or the command line."""
        return self._at_bench(desk, None, lambda book: self._commanded(book, desk, word, facts))

    def signed(self, desk: str, word: str, facts: dict[str, str], signer: Signer) -> Future[Answer]:
        """The same command once more, with a signature for what needs one."""

        def act(book: Book) -> Answer:
            book.signer = signer
            return self._commanded(book, desk, word, facts)

        return self._at_bench(desk, None, act)

    def begin(self, desk: str, *, order: str = "", place: str = "", new: bool = False) -> Future[Answer]:
        """Opens or resumes the work of a desk."""
        return self._at_bench(desk, None, lambda book: self._desk(desk).begin(book, order=order, place=place, new=new))

    def bench(self, act: Callable[[Book], T], *, signer: Signer | None = None, manned: bool = True) -> Future[T]:
        """One write transaction on the bench, after what waits there; the Future raises what `act` refuses."""

        def work() -> T:
            with self.ledger.writing() as book:
                if manned:
                    self._refuse_unmanned()
                book.printer, book.signer = self.printing.given, signer or self.signer
                return act(book)

        return self._bench.submit(work)

    def _refuse_unmanned(self) -> None:
        """Nothing is recorded for nobody: somebody signs in first, or comes back to a window that was left."""
        if not self.ledger.author.sess:
            raise Refusal(Refused.NOT_SIGNED_IN)

    def _scanned(self, book: Book, desk: str, scan: Scan) -> Answer:
        read = reader.read(scan, today=self._today())
        if not (isinstance(read, DockmarkTag) and read.kind is TagKind.BADGE):
            self._refuse_unmanned()
        if isinstance(read, DockmarkTag) and read.kind in FINISHING:
            return self._desk(desk).scan(book, read)
        room = self._measure(self.data)
        if room.state is RoomState.OUT:
            return too_little_room(book, desk, scan, room)
        return self._desk(desk).scan(book, read)

    def room(self) -> Future[Room]:
        """How much room the disk of the data folder has."""
        return self._pool.submit(lambda: self._measure(self.data))

    @cached_property
    def depot(self) -> "DepotSettings":
        """What holds for the whole depot, and what this station is called."""
        from dockmark.station.company import DepotSettings

        return DepotSettings(self)

    def _commanded(self, book: Book, desk: str, word: str, facts: dict[str, str]) -> Answer:
        self._refuse_unmanned()
        if word == "TYPED" and (room := self._measure(self.data)).state is RoomState.OUT:
            return too_little_room(book, desk, None, room)
        if word in ("CERTIFICATE", "PAPER") and facts.get("file"):
            source = Path(facts.pop("file"))
            digest, size = keep_file(self.data, source)
            facts |= {"sha256": digest, "size": str(size), "name": source.name}
        return self._desk(desk).command(book, word, facts)

    def _desk(self, name: str) -> Receiving | Holding:
        desk = self._desks.get(name)
        if desk is None:
            raise Refusal(Refused.DESK_UNKNOWN, desk=name, desks=sorted(self._desks))
        return desk

    def _today(self) -> date:
        return as_date(self.ledger.clock.now_us())

    def _at_bench(self, desk: str, scan: Scan | None, act: Callable[[Book], Answer]) -> Future[Answer]:
        def work() -> Answer:
            answer = self._settled(act)
            self.tell("answered", Answered(desk=desk, answer=answer, scan=scan))
            if answer.outcome is not Outcome.REFUSED:
                self.spool.wake()
            self._checkpoints.make(answer.code)
            self._scans += 1
            if self._scans % WORTHWHILE == 0:
                self._bench.submit(self.ledger.index_search)
            return answer

        return self._bench.submit(work)

    def _settled(self, act: Callable[[Book], Answer]) -> Answer:
        answer = self._tried(act)
        if answer.code == Refused.DISK_FULL.value:
            # The write-ahead log may hold room enough for a while; if it does not, the second answer says so again.
            with suppress(Refusal, Conflict):
                self.ledger.make_room()
            answer = self._tried(act)
        return answer

    def _tried(self, act: Callable[[Book], Answer]) -> Answer:
        try:
            with self.ledger.writing() as book:
                book.printer, book.signer = self.printing.given, self.signer
                answer = act(book)
                self._checkpoints.saw(book.next_seq)
                return answer
        except Refusal as no:
            return Answer(outcome=Outcome.REFUSED, code=no.code.value, facts=no.facts)
        except Conflict as busy:
            return Answer(outcome=Outcome.REFUSED, code=Refused.BUSY.value, facts={"detail": str(busy)})

    # -- questions --------------------------------------------------------------------------------------------------

    def ask(self, question: Callable[[Session], T]) -> Future[T]:
        """A question to the tables, off the bench and off the window's thread."""

        def answer() -> T:
            session: Session | None = getattr(self._local, "session", None)
            if session is None:
                session = self._local.session = self.ledger.session()
                self._sessions.append(session)
            with session.reading():
                return question(session)

        return self._pool.submit(answer)

    def view(self, desk: str) -> Future[DeskView]:
        """How a desk stands now."""
        return self.ask(lambda session: viewing.desk_view(session, desk, self.ledger.clock.now_us(), self._lamps))

    def card(self, unit_id: str, *, until: int | None = None, known: int | None = None) -> Future[UnitCard]:
        """Everything about one unit; `until` and `known` (microseconds) show it as it stood."""
        return self.cards.card(unit_id, until=until, known=known)

    def search(self, text: str, limit: int) -> Future[list[Found]]:
        """Search as you type."""
        return self.ask(lambda session: [viewing.found(hit) for hit in find(session, text, limit)])

    def jobs(self) -> Future[list[JobView]]:
        """Print jobs, doubtful ones first."""
        return self.ask(lambda session: [viewing.job_view(job) for job in jobs.jobs(session)])

    def reasons(self) -> Sequence[tuple[str, str]]:
        """The reasons that a desk takes, in words."""
        return [(reason.value, reason_word(reason.value)) for reason in Reason]

    @cached_property
    def sessions(self) -> "Sessions":
        """Who works here: sign-in, PINs, badges, and what an administrator does for people."""
        from dockmark.station.sessions import Sessions

        return Sessions(self)

    @cached_property
    def cards(self) -> Cards:
        """What the unit card asks and does."""
        return Cards(self)

    @cached_property
    def lists(self) -> "Lists":
        """Lists of everything, for tables and files."""
        from dockmark.station.lists import Lists

        return Lists(self)

    @cached_property
    def imports(self) -> "Imports":
        """Files in: looked at, judged, recorded, taken back."""
        from dockmark.station.imports import Imports

        return Imports(self)

    @cached_property
    def master(self) -> "Master":
        """Parts, partners, places, orders and people by hand."""
        from dockmark.station.master import Master

        return Master(self)

    @cached_property
    def papers(self) -> "Papers":
        """The papers of this station. What sets them is loaded when the first is asked for."""
        from dockmark.station.papers import Papers

        return Papers(self)

    @cached_property
    def backups(self) -> "Backups":
        """Whole copies of the data folder, once a day and when somebody asks."""
        from dockmark.station.backups import Backups

        return Backups(self)

    # -- devices ----------------------------------------------------------------------------------------------------

    def attend_devices(self) -> None:
        """Somebody works here: open the scanners, and keep an eye on the printer."""
        self.ledger.patience.have_all(lambda waited: self.tell("waiting", waited))
        self.scanners.start()
        self.spool.watch()
        self.backups.begin()

    def lights(self) -> tuple[DeviceLight, ...]:
        """How each device stands: what types, the scanners by their lanes, the label printer."""
        wedge = DeviceLight("wedge", "", DeviceState.READY, sort=DeviceSort.WEDGE)
        return (wedge, *self.scanners.lights(), *self.spool.lights())

    def _tell_lights(self) -> None:
        with self._lighting:
            self.tell("devices", self.lights())

    # -- the spool --------------------------------------------------------------------------------------------------

    def retry(self, job: str) -> Future[None]:
        """Prints a failed or doubtful job again: somebody says so."""
        return self._answer_job(job, jobs.QUEUED)

    def settle(self, job: str, printed: bool) -> Future[None]:
        """Somebody looked: the doubtful label did or did not come out."""
        return self._answer_job(job, jobs.CONFIRMED if printed else jobs.QUEUED)

    def printers(self) -> dict[str, str]:
        """The printer's URL for each kind of paper (`label`, `document`); empty where none was chosen."""
        return self.printing.printers()

    def use_printer(self, kind: str, url: str) -> Future[None]:
        """From now on that kind comes out there, what waits included; the empty text means no printer."""

        def work() -> None:
            self.printing.use(kind, url)
            self.spool.wake()
            self.tell("jobs", None)
            self._tell_lights()

        return self._pool.submit(work)

    def _answer_job(self, job: str, state: str) -> Future[None]:
        def work() -> None:
            jobs.answer(self.ledger, job, state, among=(jobs.UNKNOWN, jobs.FAILED, jobs.SENT))
            self.tell("jobs", None)
            self.spool.wake()

        return self._pool.submit(work)

    # -- news -------------------------------------------------------------------------------------------------------

    def listen(self, hook: Hook) -> None:
        """Tells this hook what happens, on whatever thread it happens."""
        self._hooks.append(hook)

    def tell(self, news: str, value: object) -> None:
        """Tells every listener; `ui.service` lists the news."""
        for hook in self._hooks:
            hook(news, value)

    def close(self) -> None:
        """Ends the threads and lets go of the files."""
        self.scanners.close()
        self.ledger.patience.give_up()
        if "backups" in self.__dict__:
            self.backups.close()
        if not self.ledger.read_only:
            self._bench.submit(self.ledger.index_search)
        if "imports" in self.__dict__:
            self.imports.close()
        if "lists" in self.__dict__:
            self.lists.close()
        self._bench.shutdown(wait=True)
        self._pool.shutdown(wait=True, cancel_futures=True)
        self.spool.close()
        for session in self._sessions:
            session.close()
        self.ledger.close()
