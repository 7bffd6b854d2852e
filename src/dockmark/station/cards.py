"""What the unit card asks and does: the whole card, its time line, files attached, its label printed again."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dockmark.custody.attachments import FileKind
from dockmark.custody.events import FileAttached, FileDetached
from dockmark.database.session import Session
from dockmark.desks import bonding, dossier
from dockmark.desks.answer import Answer
from dockmark.desks.bonding import Bound
from dockmark.desks.card_views import NOW, Beside, FileView, Moment, Timeline
from dockmark.desks.commands import as_reason
from dockmark.desks.relabelling import print_again
from dockmark.desks.timelines import timeline
from dockmark.desks.turn import Turn
from dockmark.desks.views import Answered, UnitCard
from dockmark.exchange.pictures import NotTaken, Taken, taken
from dockmark.identifiers.reading import Scan
from dockmark.ledger.book import Book
from dockmark.lookup import units
from dockmark.lookup.attachments import attachment, by_content
from dockmark.record.facts import Draft
from dockmark.record.refusal import Refusal, Refused
from dockmark.station.files import keep_bytes, kept_bytes

if TYPE_CHECKING:
    from dockmark.station.station import Station

MAX_FILE: Final = 40 * 1024 * 1024
"""Bytes of one photo or paper of a unit."""

_DESK: Final = "card"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A file that somebody wants to attach: where it lies, or its content where it came by the clipboard."""

    name: str
    path: Path | None = None
    content: bytes = b""


class Cards:
    """Reads off the bench, records on it. Every method returns a Future at once."""

    def __init__(self, station: "Station") -> None:
        self._station = station

    # -- questions ----------------------------------------------------------------------------------------------------

    def card(
        self, unit: str, *, until: int | None = None, known: int | None = None, whole: bool = False
    ) -> Future[UnitCard]:
        """Everything about one unit, now or as it stood; `whole` with all of its history."""
        now, who = self._station.ledger.clock.now_us(), self._station.ledger.author.actor
        moment = Moment(until=until, known=known)
        return self._station.ask(
            lambda session: dossier.unit_card(session, unit, now, moment, operator=who, whole=whole)
        )

    def timeline(self, unit: str, before: str = "", *, moment: Moment = NOW) -> Future[Timeline]:
        """The next page of a time line; `before` is what the page before it called `more`."""
        return self._station.ask(lambda session: timeline(session, unit, before=before, moment=moment))

    def besides(self, unit: str) -> Future[tuple[Beside, ...]]:
        """The unit and those that bear its mark or look like it, side by side."""
        now = self._station.ledger.clock.now_us()

        def question(session: Session) -> tuple[Beside, ...]:
            others = dossier.unit_card(session, unit, now).others
            return dossier.besides(session, unit, others, now)

        return self._station.ask(question)

    def bearing(self, ids: tuple[str, ...]) -> Future[tuple[Beside, ...]]:
        """Units that a refusal named, side by side."""
        now = self._station.ledger.clock.now_us()
        return self._station.ask(lambda session: dossier.besides(session, ids[0], ids[1:], now) if ids else ())

    def file(self, sha256: str, name: str = "") -> Future[bytes]:
        """A file that was kept, if it is still what was kept."""
        return self._station.ask(lambda _session: kept_bytes(self._station.data, sha256, name))

    # -- acts ---------------------------------------------------------------------------------------------------------

    def attach(self, unit: str, offered: Offered, *, kind: str = "", note: str = "") -> Future[FileView]:
        """Keeps a file with a unit. Without a kind a picture is a photo, and everything else a paper."""
        return self._station.ask(lambda session: self._attached(session, unit, offered, kind, note))

    def detach(self, file: str, reason: str, note: str = "") -> Future[None]:
        """Takes a file away from its unit again, with a reason. The file itself and the entry stay."""

        def act(book: Book) -> None:
            known = attachment(book.session, file)
            if known is None or known.gone:
                raise Refusal(Refused.NOTHING_PENDING, text="DETACH")
            if not reason.strip():
                raise Refusal(Refused.REASON_NEEDED, about="detach")
            told = as_reason(reason.strip()[:200], note.strip()[:200])
            fact = FileDetached(event=known.event, reason=told["reason"], note=told["note"])
            book.record(Draft(fact=fact, subj=(f"attachment:{file}",), refs=(known.subject,)))

        done = self._station.bench(act)
        done.add_done_callback(lambda _done: self._station.tell("card", ""))
        return done

    def join(self, unit: str, other: str, reason: str, note: str = "") -> Future[Bound]:
        """These two ids mean one unit, for a reason that stands in its history."""
        return self._bound(lambda book: bonding.join_units(book, unit, other, reason, note))

    def part(self, unit: str, other: str, reason: str, note: str = "") -> Future[Bound]:
        """These are two units, though they bear one mark."""
        return self._bound(lambda book: bonding.part_units(book, unit, other, reason, note))

    def settle(self, unit: str, reason: str) -> Future[Bound]:
        """Closes the dispute over what stations did to a unit at once."""
        return self._bound(lambda book: bonding.settle(book, unit, reason))

    def _bound(self, act: Callable[[Book], Bound]) -> Future[Bound]:
        done = self._station.bench(act)
        done.add_done_callback(lambda _done: self._station.tell("card", ""))
        return done

    def print_label(self, unit: str, reason: str, note: str = "") -> Future[Answer]:
        """Prints the label of a unit again, for a reason that stands in its history."""

        def act(book: Book) -> Answer:
            if not reason.strip():
                raise Refusal(Refused.REASON_NEEDED, about="reprint")
            turn = Turn(book, _DESK, Scan.of_text("REPEAT", device="command"))
            known = units.unit(book.session, unit)
            if known is None:
                raise Refusal(Refused.UNIT_UNKNOWN, tag=unit)
            told = as_reason(reason.strip()[:200], note.strip()[:200])
            return print_again(turn, known, told["reason"], told["note"])

        done = self._station.bench(act)
        done.add_done_callback(self._on_printed)
        return done

    def _on_printed(self, done: Future[Answer]) -> None:
        if not done.cancelled() and done.exception() is None:
            self._station.tell("answered", Answered(desk=_DESK, answer=done.result()))
            self._station.spool.wake()

    def _attached(self, session: Session, unit: str, offered: Offered, kind: str, note: str) -> FileView:
        if why := self._station.ledger.read_only:
            raise Refusal(Refused.READ_ONLY, why=why)
        if kind and kind not in list(FileKind):
            raise Refusal(Refused.BAD_VALUE, field="kind", value=kind[:40])
        if units.unit(session, unit) is None:
            raise Refusal(Refused.UNIT_UNKNOWN, tag=unit)
        found = _judged(offered)
        if kind == FileKind.PHOTO.value and not found.is_picture:
            raise Refusal(Refused.BAD_FILE, file=offered.name, why="not_a_picture")
        digest = keep_bytes(self._station.data, found.content)
        fact = FileAttached(
            to=f"unit:{unit}", sha256=digest, name=_name(offered), size=len(found.content), note=note.strip()[:200],
            kind=kind or (FileKind.PHOTO if found.is_picture else FileKind.DOCUMENT).value,
        )  # fmt: skip

        def act(book: Book) -> FileView:
            if (known := by_content(book.session, fact.to, digest)) is not None:
                raise Refusal(Refused.BAD_FILE, file=offered.name, why="attached_already", name=known.name)
            identity = book.new_id()
            book.record(Draft(fact=fact, subj=(f"attachment:{identity}",), refs=(fact.to,), new=True))
            book.flush()
            kept = attachment(book.session, identity)
            assert kept is not None
            return dossier.file_view(book.session, kept)

        # The file was kept on this thread; only the event waits for the bench.
        made = self._station.bench(act).result()
        self._station.tell("card", unit)
        return made


def _name(offered: Offered) -> str:
    name = "".join(char if char.isprintable() else "�" for char in offered.name.strip())
    return name[:200] or "file"


def _judged(offered: Offered) -> Taken:
    """What is in the file, read once it is known to be of a size that can be read."""
    content = offered.content
    if offered.path is not None:
        try:
            if not offered.path.is_file():
                raise Refusal(Refused.BAD_FILE, file=offered.name, why="not_a_file")
            if offered.path.stat().st_size > MAX_FILE:
                raise Refusal(Refused.BAD_FILE, file=offered.name, why="too_large")
            content = offered.path.read_bytes()
        except OSError as error:
            raise Refusal(Refused.BAD_FILE, file=offered.name, why="not_found") from error
    if len(content) > MAX_FILE:
        raise Refusal(Refused.BAD_FILE, file=offered.name, why="too_large")
    try:
        return taken(content)
    except NotTaken as no:
        raise Refusal(Refused.BAD_FILE, file=offered.name, why=no.code) from no
