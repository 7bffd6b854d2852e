"""Every kind of paper: what it is about, and how it is set. A new desk adds its papers here."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final
from uuid import UUID

from dockmark.database.session import Session
from dockmark.desks.dossier import unit_at
from dockmark.documents.paper.biography import biography_pdf
from dockmark.documents.paper.discrepancy import discrepancy_pdf
from dockmark.documents.paper.flow import Front, Printed
from dockmark.documents.paper.house import House
from dockmark.documents.paper.receipt import receipt_pdf, report_number
from dockmark.identifiers.tags import unit_tag
from dockmark.lookup import timelines
from dockmark.lookup.receipt_papers import receipt_book, receipt_meant, tag_of
from dockmark.record.refusal import Refusal, Refused
from dockmark.station.biographies import biography
from dockmark.wording import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What a paper is about, ready to be set, within the snapshot that it was read from."""

    ref: str
    """As in `receipt:<id>`."""
    number: str
    title: str
    tag: str
    """What a scanner says of the paper."""
    preliminary: bool
    """True while its subject is still being worked on."""
    settled_at: int
    """When its subject was finished: a paper made before that is out of date."""
    draw: Callable[[Front, House], Printed]


def _receipt(session: Session, text: str) -> Matter:
    book = receipt_book(session, receipt_meant(session, text))
    head = book.head
    return Matter(
        ref=f"receipt:{head.id}", number=head.number, title=_("Receipt"), tag=head.tag, preliminary=head.is_open,
        settled_at=head.closed_at, draw=partial(receipt_pdf, book),
    )  # fmt: skip


def _discrepancy(session: Session, text: str) -> Matter:
    book = receipt_book(session, receipt_meant(session, text))
    head = book.head
    number = report_number(head.number)
    return Matter(
        ref=f"receipt:{head.id}", number=number, title=_("Discrepancy report"), tag=tag_of(number),
        preliminary=head.is_open, settled_at=head.closed_at, draw=partial(discrepancy_pdf, book),
    )  # fmt: skip


def _biography(session: Session, text: str) -> Matter:
    unit = unit_at(session, text.removeprefix("unit:"))
    last = timelines.page(session, unit.id, 1)
    return Matter(
        ref=f"unit:{unit.id}", number=unit.serial or unit.lot or unit.part_number, title=_("Unit biography"),
        tag=unit_tag(UUID(unit.id)), preliminary=False, settled_at=last[0].wall if last else 0,
        draw=lambda front, house: biography_pdf(biography(session, unit.id, front.made_us), front, house),
    )  # fmt: skip


KINDS: Final[dict[str, Callable[[Session, str], Matter]]] = {
    "receipt": _receipt,
    "discrepancy": _discrepancy,
    "biography": _biography,
}
"""Kind of paper -> what finds its subject."""

KINDS_OF: Final[dict[str, tuple[str, ...]]] = {"receipt": ("receipt", "discrepancy"), "unit": ("biography",)}
"""Kind of subject -> the papers that it has."""


def matter(session: Session, kind: str, text: str) -> Matter:
    """What the paper of that kind about what that text names would say."""
    find = KINDS.get(kind)
    if find is None:
        raise Refusal(Refused.PAPER_UNKNOWN, kind=kind[:40], kinds=sorted(KINDS))
    return find(session, text)


def kind_word(kind: str) -> str:
    """What a kind of paper is called."""
    words = {"receipt": _("Receipt"), "discrepancy": _("Discrepancy report"), "biography": _("Unit biography")}
    return words.get(kind, kind)
