"""What holds for the whole depot: the company on its papers, and what a station is called. Each change is an event."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from dockmark.catalog.events import CompanySet
from dockmark.catalog.state import COMPANY_FIELDS
from dockmark.desks.signing import sign_in
from dockmark.documents.paper.house import readable_logo
from dockmark.ledger.book import Book
from dockmark.ledger.ledger import Ledger
from dockmark.lookup import people
from dockmark.lookup.company import DATE_FORMS, PAPERS, Company, company
from dockmark.lookup.stations import name_of
from dockmark.packed import packed
from dockmark.people.events import StationNamed
from dockmark.record.canonical import Json
from dockmark.record.facts import Draft
from dockmark.record.refusal import Refusal, Refused
from dockmark.station.files import keep_bytes

if TYPE_CHECKING:
    from dockmark.station.station import Station

T = TypeVar("T")

LONGEST_NAME: Final = 80
LONGEST_STATION: Final = 40
LONGEST_LINE: Final = 60
MOST_LINES: Final = 6
LONGEST_REASON: Final = 200
LARGEST_LOGO: Final = 5 * 1024 * 1024


def languages() -> list[str]:
    """The languages that Dockmark speaks, English first."""
    try:
        found = [each.name for each in packed("i18n").iterdir() if each.joinpath("LC_MESSAGES").is_dir()]
    except OSError:
        found = []
    return ["en", *sorted(found)]


def as_told(of: Company) -> dict[str, str]:
    """The company in the form in which it is told."""
    return {
        "name": of.name, "address": "\n".join(of.address), "logo": of.logo, "paper": of.paper,
        "language": of.language, "date_form": of.date_form,
    }  # fmt: skip


def faults_of(told: Mapping[str, str]) -> dict[str, str]:
    """What cannot stand on a paper: field -> code, for `too_long`, `too_many_lines`, `control`, `unknown`."""
    return {name: code for name, value in told.items() if (code := _fault(name, value))}


def _fault(name: str, value: str) -> str:
    match name:
        case "name":
            return _text_fault(value, LONGEST_NAME)
        case "address":
            lines = [line for line in value.split("\n") if line.strip()]
            if len(lines) > MOST_LINES:
                return "too_many_lines"
            return next((fault for line in lines if (fault := _text_fault(line, LONGEST_LINE))), "")
        case "paper":
            return "" if value in PAPERS else "unknown"
        case "language":
            return "" if value in ("", *languages()) else "unknown"
        case "date_form":
            return "" if value in DATE_FORMS else "unknown"
        case "logo":
            return "" if not value or (len(value) == 64 and value.isalnum()) else "unknown"
        case _:
            return "unknown"


def _text_fault(text: str, longest: int) -> str:
    if len(text) > longest:
        return "too_long"
    return "" if text.isprintable() else "control"


def station_fault(name: str) -> str:
    """Why a station cannot be called that, or nothing."""
    return _text_fault(name, LONGEST_STATION) if name.strip() else "empty"


class DepotSettings:
    """Reads and changes what the whole depot shares. Every method returns a Future at once."""

    def __init__(self, station: "Station") -> None:
        self._station = station

    def company(self) -> Future[Company]:
        """The company as it was told last."""
        return self._station.ask(company)

    def set_company(self, told: Mapping[str, str], reason: str) -> Future[Company]:
        """Says these fields anew, with the reason; what is the same is left out. Refuses what no paper can bear."""
        return self._told(lambda book: _say_company(book, told, reason))

    def name_station(self, name: str, reason: str) -> Future[str]:
        """This station is called that from now on."""
        return self._told(lambda book: _name_station(book, name, reason))

    def keep_logo(self, file: Path) -> Future[str]:
        """Keeps a picture for the company's papers; returns its SHA-256. It shows nowhere before it is told."""
        return self._station.ask(lambda _session: _kept_logo(self._station.data, file))

    def found_printers(self) -> Future[list[tuple[str, str]]]:
        """URL and name of every printer that is connected or known to the system."""
        return self._station.ask(lambda _session: _found_printers())

    def _told(self, record: Callable[[Book], T]) -> Future[T]:
        done = self._station.bench(record)
        done.add_done_callback(self._on_done)
        return done

    def _on_done(self, done: Future[T]) -> None:
        if not done.cancelled() and done.exception() is None:
            self._station.tell("ledger", None)


def _found_printers() -> list[tuple[str, str]]:
    from dockmark.devices.discovery import queues, usb_printers

    return [(found.url, found.name) for found in (*usb_printers().devices, *queues().devices)]


def introduce(ledger: Ledger, station: str, told: Mapping[str, str], reason: str) -> None:
    """What a new depot says of itself from its first day, by its first operator."""
    session = ledger.session()
    try:
        known = people.last_at(session, ledger.identity.station)
    finally:
        session.close()
    with ledger.writing() as book:
        if known:
            sign_in(book, known, "init")
        _say_company(book, {name: text for name, text in told.items() if text}, reason)
        if station.strip():
            _name_station(book, station, reason)


def _say_company(book: Book, told: Mapping[str, str], reason: str) -> Company:
    for name, code in faults_of(told).items():
        raise Refusal(Refused.BAD_VALUE, field=name, value=told[name][:60], why=code)
    now = as_told(company(book.session))
    is_new = book.session.one("SELECT 1 FROM company WHERE id = ?", (_ledger(book),)) is None
    fresh: dict[str, Json] = {name: told[name] for name in COMPANY_FIELDS if name in told and told[name] != now[name]}
    if fresh:
        fact = CompanySet(told=fresh, reason=_reason(reason))
        book.record(Draft(fact=fact, subj=(f"company:{_ledger(book)}",), new=is_new))
        book.flush()
    return company(book.session)


def _name_station(book: Book, name: str, reason: str) -> str:
    called = name.strip()
    if code := station_fault(called):
        raise Refusal(Refused.BAD_VALUE, field="name", value=called[:60], why=code)
    if called != name_of(book.session, book.station):
        book.record(Draft(fact=StationNamed(name=called, reason=_reason(reason)), subj=(f"station:{book.station}",)))
    return called


def _ledger(book: Book) -> str:
    return str(book.session.value("SELECT value FROM meta WHERE name = 'ledger'"))


def _reason(text: str) -> str:
    reason = " ".join(text.split())[:LONGEST_REASON]
    if not reason:
        raise Refusal(Refused.REASON_NEEDED, about="settings")
    return reason


def _kept_logo(data: Path, file: Path) -> str:
    try:
        if not file.is_file():
            raise Refusal(Refused.BAD_FILE, file=file.name, why="not_found")
        if file.stat().st_size > LARGEST_LOGO:
            raise Refusal(Refused.BAD_FILE, file=file.name, why="too_large")
        content = file.read_bytes()
    except OSError as error:
        raise Refusal(Refused.BAD_FILE, file=file.name, why="not_found") from error
    if not readable_logo(content):
        raise Refusal(Refused.BAD_FILE, file=file.name, why="not_picture")
    return keep_bytes(data, content)
