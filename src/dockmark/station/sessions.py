"""Who works at this station: sign-in, signing out, PINs, badges, and what an administrator does for people."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from dockmark.database.session import Session
from dockmark.desks import people as desk
from dockmark.desks.signing import badge_digest, sign_in_proved
from dockmark.identifiers import read
from dockmark.identifiers.reading import DockmarkTag, Scan, TagKind
from dockmark.ledger.book import Book
from dockmark.ledger.people import depot_signs, everybody, tries_of
from dockmark.lookup.people import operator_of_badge
from dockmark.people.access import Uptime, seconds_locked
from dockmark.people.signatures import Signer
from dockmark.record.clock import as_date, uptime_of
from dockmark.record.refusal import Refusal, Refused

if TYPE_CHECKING:
    from dockmark.station.station import Station

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """A person in the list of people: id, name, roles, how it stands with the PIN (`none`, `own`, `temporary`)."""

    id: str
    name: str
    roles: tuple[str, ...]
    pin: str
    badges: int
    minutes_locked: int
    disabled: bool
    erased: bool


class Sessions:
    """What the window and the command line ask about people. Every method returns a Future at once."""

    def __init__(self, station: "Station") -> None:
        self._station = station

    def digest_of(self, tag: str) -> str:
        """The digest of a badge that was scanned; empty where this is no badge."""
        today = as_date(self._station.ledger.clock.now_us())
        found = read(Scan.of_text(tag.strip()), today=today) if tag.strip() else None
        is_badge = isinstance(found, DockmarkTag) and found.kind is TagKind.BADGE
        return badge_digest(found.payload) if is_badge and isinstance(found, DockmarkTag) else ""

    def owner(self, payload: str) -> Future[tuple[str, str]]:
        """The digest of what is on a badge, and whose it is; an empty id where it is nobody's."""
        digest = badge_digest(payload)

        def answer(session: Session) -> tuple[str, str]:
            found = operator_of_badge(session, digest)
            return digest, "" if found is None or found.disabled else found.id

        return self._station.ask(answer)

    def sign_in(self, operator: str, pin: str, badge: str = "", *, method: str = "") -> Future[None]:
        """Begins a session by PIN; `badge` is what was scanned, in place of the id or beside it."""

        def act(book: Book) -> None:
            sign_in_proved(book, operator, pin, self._badge(badge), method=method)

        return self._told(act, manned=False)

    def leave(self, why: str = "left") -> Future[None]:
        """Nobody works here until somebody signs in: scans but of badges are refused."""
        return self._told(lambda book: desk.leave(book, why), manned=False)

    def choose_pin(
        self, operator: str, new: str, *, old: str = "", badge: str = "", witness: Signer | None = None
    ) -> Future[str]:
        """A person chooses the own PIN."""
        return self._told(
            lambda book: desk.choose_pin(
                book, operator, new, old=old, badge=self._badge(badge), witness=witness
            ),
            manned=False,
        )  # fmt: skip

    def reset_pin(self, operator: str, reason: str, signer: Signer | None = None) -> Future[str]:
        """A PIN for one time; returned to be told to the person, and kept nowhere."""
        return self._told(lambda book: desk.reset_pin(book, operator, reason), signer=signer)

    def unlock(self, operator: str, reason: str = "") -> Future[str]:
        """Lifts the lock after too many failures."""
        return self._told(lambda book: desk.unlock(book, operator, reason))

    def give_badge(self, operator: str) -> Future[str]:
        """A new badge; its tag is returned to be printed, and kept nowhere."""
        return self._told(lambda book: desk.give_badge(book, operator))

    def withdraw_badges(self, operator: str, reason: str) -> Future[int]:
        """All badges of a person are worth nothing any more."""
        return self._told(lambda book: desk.withdraw_badges(book, operator, reason))

    def erase(self, operator: str, reason: str, signer: Signer | None = None) -> Future[int]:
        """Deletes what is kept of a person beside the ledger."""
        return self._told(lambda book: desk.erase(book, operator, reason), signer=signer)

    def people(self) -> Future[list[PersonView]]:
        """Everybody who was ever enrolled."""
        return self._station.ask(self._people)

    def signs(self) -> Future[bool]:
        """Whether signatures are asked for here: from the day on which the first PIN was chosen."""
        return self._station.ask(depot_signs)

    def _badge(self, tag: str) -> str:
        if not tag:
            return ""
        digest = self.digest_of(tag)
        if not digest:
            raise Refusal(Refused.BADGE_UNKNOWN)
        return digest

    def _told(self, act: Callable[[Book], T], *, manned: bool = True, signer: Signer | None = None) -> Future[T]:
        done = self._station.bench(act, signer=signer, manned=manned)
        done.add_done_callback(lambda _done: self._station.tell("ledger", None))
        return done

    def _people(self, session: Session) -> list[PersonView]:
        ledger = self._station.ledger
        now = Uptime(*uptime_of(ledger.clock))

        def minutes(operator: str) -> int:
            return -(-seconds_locked(tries_of(session, ledger.identity.station, operator), now) // 60)

        return [
            PersonView(
                id=it.id, name=it.name, roles=it.roles, pin=it.pin.standing.value, badges=len(it.badges),
                minutes_locked=minutes(it.id), disabled=it.disabled, erased=it.erased,
            )
            for it in everybody(session)
        ]  # fmt: skip
