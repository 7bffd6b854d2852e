"""Master data by hand, at a workstation: entries opened, judged as they are written, saved and undone."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from dockmark.database.session import Session
from dockmark.desks import master as desk
from dockmark.desks.master import EntryView, Form, Problem, Saved
from dockmark.ledger.book import Book
from dockmark.lookup import master as asked
from dockmark.lookup import people

if TYPE_CHECKING:
    from dockmark.station.station import Station

T = TypeVar("T")
_MOST = 200


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry in a list: its id, what people call it, what else is known."""

    id: str
    title: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ToComplete:
    """How many parts were made from a scan and wait to be completed, and the first of them."""

    count: int
    parts: tuple[Listed, ...]


class Master:
    """What the window asks of the forms. Every method returns a Future, which raises the Refusal of what may not be."""

    def __init__(self, station: "Station") -> None:
        self._station = station

    def entries(self, kind: str, text: str = "") -> Future[list[Listed]]:
        """The first entries of a kind that a text fits."""
        return self._station.ask(lambda session: self._entries(session, kind, text))

    def open(self, kind: str, identity: str) -> Future[EntryView]:
        """An entry, or an empty form for the id `new`."""
        return self._station.ask(lambda session: desk.entry_view(session, kind, identity))

    def judge(self, form: Form) -> Future[list[Problem]]:
        """What is wrong with a form as it is written now."""
        return self._station.ask(lambda session: desk.judge(session, form))

    def save(self, form: Form) -> Future[Saved]:
        """Records what the form says."""
        act = {"order": desk.save_order, "operator": desk.save_operator}.get(form.kind, desk.save_entry)
        return self._recorded(lambda book: act(book, form))

    def withdraw(self, subject: str, names: Sequence[str], reason: str) -> Future[Saved]:
        """What has not come on these lines of an order or advice will not come; no lines means all."""
        return self._recorded(lambda book: desk.withdraw(book, subject, names, reason))

    def undo(self, saved: Saved) -> Future[str]:
        """Reverses what was saved last."""
        return self._recorded(lambda book: desk.undo(book, saved))

    def to_complete(self) -> Future[ToComplete]:
        """The parts that wait to be completed."""

        def answer(session: Session) -> ToComplete:
            count, parts = desk.to_complete(session)
            return ToComplete(count, tuple(Listed(*each) for each in parts))

        return self._station.ask(answer)

    def named(self, kind: str, name: str) -> Future[str]:
        """The id of the entry that people call so; empty where there is none, or several."""
        return self._station.ask(lambda session: entry_named(session, kind, name))

    def _recorded(self, act: Callable[[Book], T]) -> Future[T]:
        done = self._station.bench(act)
        done.add_done_callback(lambda _: self._station.tell("ledger", None))
        return done

    def _entries(self, session: Session, kind: str, text: str) -> list[Listed]:
        if kind != "operator":
            return [Listed(*row) for row in asked.entries(session, kind, text.strip(), _MOST)]
        wanted = text.strip().casefold()
        found = [
            Listed(each.id, each.name or each.id, " ".join((each.id, *each.roles)))
            for each in people.operators(session)
        ]
        return [each for each in found if wanted in f"{each.title} {each.detail}".casefold()]


def entry_named(session: Session, kind: str, name: str) -> str:
    """The id of the entry of that number or code."""
    if kind == "operator":
        return name if people.operator(session, name) is not None else ""
    if kind == "part":
        found = asked.parts_numbered(session, name)
        return found[0][0] if len(found) == 1 else ""
    return asked.coded(session, kind, name)
