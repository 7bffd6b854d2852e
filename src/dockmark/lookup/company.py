"""What the company says of itself: on its papers, and in its settings."""

from dataclasses import dataclass
from typing import Final

from dockmark.database.session import Session

PAPERS: Final = ("A4", "Letter")
DATE_FORMS: Final = ("", "iso", "dmy", "mdy")


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """The company that this ledger belongs to. Empty where it never said."""

    name: str = ""
    address: tuple[str, ...] = ()
    """Line by line, as it stands on an envelope."""
    logo: str = ""
    """SHA-256 of a kept PNG or JPEG."""
    paper: str = "A4"
    language: str = ""
    """Of papers that leave the house; empty for the language that the station speaks."""
    date_form: str = ""
    """iso, dmy or mdy; empty for the language's own."""


def company(session: Session) -> Company:
    """The company of this ledger; what it said in a form that this version does not know stays at its default."""
    row = session.one(
        "SELECT name, address, logo, paper, language, date_form FROM company"
        " WHERE id = (SELECT value FROM meta WHERE name = 'ledger')"
    )
    if row is None:
        return Company()
    name, address, logo, paper, language, form = map(str, row)
    return Company(
        name=name,
        address=tuple(line for line in address.split("\n") if line.strip()),
        logo=logo,
        paper=paper if paper in PAPERS else "A4",
        language=language,
        date_form=form if form in DATE_FORMS else "",
    )
