"""Begins and opens data folders."""

import os
import platform
import re
import secrets
from pathlib import Path

from dockmark.ledger.book import Author, Book
from dockmark.ledger.keys import KeyFolder
from dockmark.ledger.ledger import Ledger
from dockmark.ledger.people import keep_person_record
from dockmark.people.events import OperatorEnrolled, SignedIn
from dockmark.people.state import Role
from dockmark.record.facts import Draft
from dockmark.record.refusal import Refusal, Refused
from dockmark.station.clock import VARIABLE, clock_of
from dockmark.station.folders import state_folder

_OPERATOR = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{0,47}")


def open_ledger(data: Path) -> Ledger:
    """The ledger of an existing data folder."""
    ledger = Ledger.open(data, KeyFolder(state_folder()), clock_of(os.environ.get(VARIABLE, "")))
    if ledger.wants_rebuild:
        from dockmark.ledger.rebuild import rebuild  # once after an upgrade: it loads what describes the tables

        rebuild(ledger)
    return ledger


def adopt_ledger(data: Path) -> Ledger:
    """A copied or restored data folder, writable again as a new station."""
    clock = clock_of(os.environ.get(VARIABLE, ""))
    return Ledger.adopt(data, KeyFolder(state_folder()), clock, random=secrets.randbits(62))


def create_ledger(data: Path, operator: str, name: str) -> Ledger:
    """A new data folder with a station key and its first operator, who is its administrator."""
    check_operator(operator)
    clock = clock_of(os.environ.get(VARIABLE, ""))
    ledger = Ledger.create(
        data, KeyFolder(state_folder()), clock, random=secrets.randbits(62), name=platform.node()[:40]
    )
    enrol(ledger, operator, name or operator, (Role.ADMINISTRATOR,), method="init")
    return ledger


def check_operator(operator: str) -> None:
    """Refuses what cannot stand as an operator's id in every event, on every label and badge list."""
    if not _OPERATOR.fullmatch(operator):
        raise Refusal(Refused.BAD_VALUE, field="operator", value=operator[:60])


def enrol(ledger: Ledger, operator: str, name: str, roles: tuple[Role, ...], *, method: str = "") -> None:
    """A person may work here from now on. `method` begins a session of that very person, at `init`."""
    check_operator(operator)
    with ledger.writing() as book:
        refuse_known(book, operator)
        if method:
            book.sign_in(Author(actor=operator))
        fact = OperatorEnrolled(roles=[role.value for role in roles], name=keep_person_record(book, f"name {name}"))
        book.record(Draft(fact=fact, subj=(f"operator:{operator}",), new=True))
        if method:
            signed = SignedIn(role=roles[0].value, method=method)
            [event] = book.record(Draft(fact=signed, refs=(f"operator:{operator}",)))
            book.sign_in(Author(actor=operator, sess=event))


def refuse_known(book: Book, operator: str) -> None:
    """An id is given once and for ever, however it is written: nobody is taken for somebody who was here before."""
    if book.session.one("SELECT 1 FROM operators WHERE lower(id) = ?", (operator.lower(),)) is not None:
        raise Refusal(Refused.EXISTS_ALREADY, name=operator)
