"""The papers of this station: made from the ledger, kept by their SHA-256, made again only with a reason."""

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dockmark.custody.events import CertificateAttached, DocumentMade, FileAttached
from dockmark.custody.reasons import Reason, ReprintReason
from dockmark.custody.receipts import CLOSED
from dockmark.database.session import Session
from dockmark.desks.dossier import unit_at
from dockmark.documents.paper.flow import Front
from dockmark.documents.paper.house import House, readable_logo
from dockmark.ledger.book import Book
from dockmark.ledger.checkpoints import checkpoint_in
from dockmark.lookup import deliveries
from dockmark.lookup.attachments import attachments_of
from dockmark.lookup.company import company
from dockmark.lookup.documents import Made, made_of
from dockmark.lookup.receipt_papers import enclosed, receipt_meant
from dockmark.record.facts import Draft
from dockmark.record.ids import EventId
from dockmark.record.refusal import Conflict, Refusal, Refused
from dockmark.station.command_sheet import command_groups, command_sheet
from dockmark.station.files import keep_bytes, keep_file, kept_bytes
from dockmark.station.language import spoken
from dockmark.station.paper_kinds import KINDS_OF, Matter, kind_word, matter
from dockmark.station.tag_groups import TagGroup
from dockmark.wording import Forms, _, reason_word, speaking

if TYPE_CHECKING:
    from dockmark.station.station import Station

ENCLOSED: Final = ("certificate", "delivery_note", "photo", "document", "other")
"""What a file can be that is kept with a receipt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper as bytes of a PDF. `copy` is 0 for a look at what has not been made yet."""

    kind: str
    ref: str
    number: str
    title: str
    content: bytes
    pages: int
    sha256: str
    copy: int
    event: str = ""
    preliminary: bool = False
    copies: int = 0
    """How many were made before: another one needs a reason where this is not 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One thing to look at: a paper that can be made (`receipt`), or a file that was kept, by its SHA-256."""

    kind: str
    name: str
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """Everything on paper about one receipt."""

    ref: str
    number: str
    is_open: bool
    sheets: tuple[Sheet, ...]


class Papers:
    """Makes papers off the bench and records them on it. Every method returns a Future at once."""

    def __init__(self, station: "Station") -> None:
        self._station = station
        self._data = station.data

    def make(self, kind: str, ref: str, *, reason: str = "", note: str = "", paper: str = "") -> Future[Paper]:
        """Makes a paper: checkpoint, file, event. The first needs no reason, every other one does.

        `paper` is A4 or Letter, where it is not to be the company's own.

        What it says was read before its checkpoint was made, so that the checkpoint covers all of it.
        """
        return self._station.ask(lambda session: self._made(session, kind, ref, (reason, note), paper))

    def look(self, kind: str, ref: str) -> Future[Paper]:
        """The latest copy as it was kept; where there is none that is up to date, how it would look."""
        return self._station.ask(lambda session: self._looked(session, kind, ref))

    def kept(self, kind: str, ref: str, copy: int) -> Future[Paper]:
        """A copy that was made earlier, exactly as it was kept."""
        return self._station.ask(lambda session: self._copy(session, kind, ref, copy))

    def folder(self, ref: str) -> Future[Folder]:
        """What there is on paper about a receipt."""
        return self._station.ask(lambda session: _folder(session, ref))

    def file(self, sha256: str) -> Future[bytes]:
        """A file that was kept, if it is still what was kept."""
        return self._station.ask(lambda _session: kept_bytes(self._data, sha256))

    def attach(self, ref: str, kind: str, file: Path) -> Future[str]:
        """Keeps a file with a receipt, open or closed; returns its SHA-256."""
        return self._station.ask(lambda session: self._attached(session, ref, kind, file))

    def commands(
        self, desk: str, *, paper: str = "", places: bool = False, more: Sequence[TagGroup] = ()
    ) -> Future[Paper]:
        """The sheet of a desk's commands, reasons and keypad, and of what the window can do besides.

        It says nothing of the ledger, so nothing is recorded. Its words are the station's: staff read it, nobody else.
        """
        return self._station.ask(lambda session: self._command_sheet(session, desk, paper, (places, more)))

    def reasons(self) -> list[tuple[str, str]]:
        """Why a paper may be made again, in words."""
        return [(reason.value, reason_word(reason.value)) for reason in ReprintReason]

    # -- making -----------------------------------------------------------------------------------------------------

    def _made(self, session: Session, kind: str, ref: str, told: tuple[str, str], paper: str) -> Paper:
        if why := self._station.ledger.read_only:
            raise Refusal(Refused.READ_ONLY, why=why)
        with self._house(session, paper) as house:
            about = matter(session, kind, ref)
            before = _before(session, kind, about)
            why, note = _reason(before, about, *told)
            checkpoint = self._station.bench(checkpoint_in).result()
            front = Front(
                title=about.title, number=about.number, made_us=checkpoint.time_us, checkpoint=checkpoint.text,
                copy=1 if about.preliminary else len(before) + 1, preliminary=about.preliminary, tag=about.tag,
                remark=_remark(before, about, why, note, house),
            )  # fmt: skip
            printed = about.draw(front, house)
        digest = keep_bytes(self._data, printed.content)
        fact = DocumentMade(
            kind=kind, ref=about.ref, number=about.number, sha256=digest, size=len(printed.content),
            copy=len(before) + 1, pages=printed.pages, checkpoint=checkpoint.text, preliminary=about.preliminary,
            replaces=before[-1].sha256 if before else "", reason=why, note=note,
        )  # fmt: skip
        event = self._station.bench(lambda book: _record(book, fact)).result()
        self._station.tell("papers", about.ref)
        return Paper(
            kind=kind, ref=about.ref, number=about.number, title=about.title, content=printed.content,
            pages=printed.pages, sha256=digest, copy=fact.copy, event=event, preliminary=about.preliminary,
            copies=fact.copy,
        )  # fmt: skip

    def _looked(self, session: Session, kind: str, ref: str) -> Paper:
        with self._house(session) as house:
            about = matter(session, kind, ref)
            before = _before(session, kind, about)
            if before and not about.preliminary and before[-1].made_at >= about.settled_at:
                return self._kept(about, before[-1], len(before))
            front = Front(
                title=about.title, number=about.number, made_us=self._station.ledger.clock.now_us(), unissued=True,
                preliminary=about.preliminary, tag=about.tag,
            )  # fmt: skip
            printed = about.draw(front, house)
        return Paper(
            kind=kind, ref=about.ref, number=about.number, title=about.title, content=printed.content,
            pages=printed.pages, sha256=hashlib.sha256(printed.content).hexdigest(), copy=0,
            preliminary=about.preliminary, copies=0 if about.preliminary else len(before),
        )  # fmt: skip

    def _copy(self, session: Session, kind: str, ref: str, copy: int) -> Paper:
        about = matter(session, kind, ref)
        for made in _before(session, kind, about):
            if made.copy == copy:
                return self._kept(about, made, copy)
        raise Refusal(Refused.PAPER_UNKNOWN, kind=f"{about.number} / {copy}", kinds=[])

    def _kept(self, about: Matter, made: Made, copies: int) -> Paper:
        return Paper(
            kind=made.kind, ref=made.ref, number=made.number, title=about.title,
            content=kept_bytes(self._data, made.sha256, made.number), pages=made.pages, sha256=made.sha256,
            copy=made.copy, event=made.id, preliminary=made.preliminary, copies=copies,
        )  # fmt: skip

    @contextmanager
    def _house(self, session: Session, paper: str = "") -> Iterator[House]:
        """The company as its papers show it; within the block its language is spoken."""
        told = company(session)
        language, translations = spoken(told.language)
        forms = Forms(language, told.date_form)
        try:
            logo = readable_logo(kept_bytes(self._data, told.logo)) if told.logo else b""
        except Refusal:
            logo = b""  # a paper without its picture is better than none
        with speaking(translations, forms):
            yield House(
                name=told.name or self._station.info.name, address=told.address, logo=logo,
                paper=paper or told.paper,
                forms=forms, training=self._station.is_training,
            )  # fmt: skip

    # -- what came with it ------------------------------------------------------------------------------------------

    def _attached(self, session: Session, ref: str, kind: str, file: Path) -> str:
        if kind not in ENCLOSED:
            raise Refusal(Refused.BAD_VALUE, field="kind", value=kind[:40])
        receipt = receipt_meant(session, ref)
        digest, size = keep_file(self._data, file)
        about = f"receipt:{receipt}"

        def record(book: Book) -> None:
            if kind == "certificate":
                certificate = CertificateAttached(sha256=digest, name=file.name[:200], size=size)
                book.record(Draft(fact=certificate, subj=(about,)))
            else:
                paper = FileAttached(to=about, kind=kind, sha256=digest, name=file.name[:200], size=size)
                book.record(Draft(fact=paper, subj=(f"attachment:{book.new_id()}",), refs=(about,), new=True))

        self._station.bench(record).result()
        self._station.tell("papers", about)
        return digest

    def _command_sheet(self, session: Session, desk: str, paper: str, wanted: tuple[bool, Sequence[TagGroup]]) -> Paper:
        title, groups = command_groups(session, desk, places=wanted[0], more=wanted[1])
        with self._house(session, paper) as house:
            printed = command_sheet(title, groups, house)
        return Paper(
            kind="commands", ref=f"desk:{desk}", number="", title=title, content=printed.content,
            pages=printed.pages, sha256=hashlib.sha256(printed.content).hexdigest(), copy=0,
        )  # fmt: skip


def _before(session: Session, kind: str, about: Matter) -> list[Made]:
    """The copies made before, preliminary ones and final ones apart."""
    return [made for made in made_of(session, about.ref, kind) if made.preliminary is about.preliminary]


def _reason(before: list[Made], about: Matter, reason: str, note: str) -> tuple[str, str]:
    """The reason for another copy as code and words; a first copy and a preliminary one need none."""
    if not before or about.preliminary:
        return "", ""
    if not reason.strip():
        raise Refusal(Refused.REASON_NEEDED, about="document", number=about.number)
    code, words = reason.strip()[:200], note.strip()[:200]
    if code.upper() in ReprintReason.__members__ or code.upper() in Reason.__members__:
        return code.upper(), words
    return ReprintReason.OTHER.value, f"{code} {words}".strip()


def _remark(before: list[Made], about: Matter, reason: str, note: str, house: House) -> str:
    """What a reprint says of itself: which copy it is, why, and which one it replaces."""
    if not before or about.preliminary:
        return ""
    last = before[-1]
    why = f"{reason_word(reason)}, “{note}”" if note else reason_word(reason)
    return _("Copy {copy}: {reason}. Before it: copy {before} of {moment}, SHA-256 {start}…").format(
        copy=len(before) + 1, reason=why, before=last.copy, moment=house.forms.moment(last.made_at),
        start=last.sha256[:16],
    )  # fmt: skip


def _record(book: Book, fact: DocumentMade) -> str:
    """Records the paper, unless somebody else has made the same copy meanwhile."""
    made = [it for it in made_of(book.session, fact.ref, fact.kind) if it.preliminary is fact.preliminary]
    if any(it.copy >= fact.copy for it in made):
        raise Conflict(f"copy {fact.copy} of {fact.number} was made by somebody else")
    identity = EventId(book.new_id())
    draft = Draft(fact=fact, subj=(f"document:{identity}",), refs=(fact.ref,), id=identity, new=True)
    book.record(draft)
    return identity


def _folder(session: Session, ref: str) -> Folder:
    if ref.startswith("unit:"):
        return _unit_folder(session, ref)
    receipt = deliveries.receipt(session, receipt_meant(session, ref))
    assert receipt is not None
    papers = [Sheet(kind=kind, name=kind_word(kind)) for kind in KINDS_OF["receipt"]]
    files = [Sheet(kind=it.kind, name=it.name, sha256=it.sha256) for it in enclosed(session, receipt)]
    return Folder(
        ref=f"receipt:{receipt.id}", number=receipt.number, is_open=receipt.state != CLOSED, sheets=(*papers, *files)
    )


def _unit_folder(session: Session, ref: str) -> Folder:
    unit = unit_at(session, ref.removeprefix("unit:"))
    papers = [Sheet(kind=kind, name=kind_word(kind)) for kind in KINDS_OF["unit"]]
    files = [Sheet(kind=it.kind, name=it.name, sha256=it.sha256) for it in attachments_of(session, ref)]
    return Folder(ref=ref, number=unit.serial or unit.part_number, is_open=False, sheets=(*papers, *files))
