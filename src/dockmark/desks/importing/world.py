"""What the ledger knows, and what this import is about to add to it: asked by code, read in bulk, kept."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final, Generic, TypeVar

from dockmark.database.session import Session
from dockmark.desks.importing.verdicts import RowSaid
from dockmark.identifiers.keys import part_key
from dockmark.lookup import importing as asked
from dockmark.lookup.importing import Asn, Entry, Order, OrderLine
from dockmark.record.ids import is_uuid

V = TypeVar("V")
Find = Callable[[Session, Sequence[str]], dict[str, list[V]]]
_SEPARATOR: Final = re.compile(r"[-/.:_# ]")


class Register(Generic[V]):
    """Things by their code. Each code is looked up once; what the import adds stands beside what was found."""

    def __init__(self, session: Session, find: Find[V]) -> None:
        self._session: Final = session
        self._find: Final = find
        self._known: dict[str, list[V]] = {}

    def want(self, codes: Iterable[str | None]) -> None:
        """Looks up those of these codes that were not asked for yet, in one go."""
        fresh = [code for code in dict.fromkeys(codes) if code is not None and code not in self._known]
        if fresh:
            found = self._find(self._session, fresh)
            self._known.update((code, found.get(code, [])) for code in fresh)

    def __getitem__(self, code: str) -> list[V]:
        known = self._known.get(code)
        if known is None:
            self.want((code,))
            known = self._known[code]
        return known

    def first(self, code: str) -> V | None:
        """The one that counts where a code was given twice."""
        known = self[code]
        return known[0] if known else None

    def add(self, code: str, value: V) -> None:
        """The import adds this one."""
        self[code].append(value)


class World:
    """Everything that rows are judged against."""

    def __init__(self, session: Session, new_id: Callable[[], str], today: str) -> None:
        self.session: Final = session
        self.new_id: Final = new_id
        self.today: Final = today
        self.parts: Final = Register[Entry](session, asked.parts_by_key)
        self.customer_numbers: Final = Register[Entry](session, asked.parts_by_customer_number)
        self.gtins: Final = Register[Entry](session, asked.parts_by_gtin)
        self.partners: Final = Register[Entry](session, asked.partners_by_code)
        self.places: Final = Register[Entry](session, asked.places_by_code)
        self.places_by_id: Final = Register[Entry](session, asked.places_by_id)
        self.tags: Final = Register[Entry](session, asked.places_by_tag)
        self.orders: Final = Register[Order](session, asked.orders_by_number)
        self.order_lines: Final = Register[Order](session, asked.orders_by_line)
        self.asns: Final = Register[Asn](session, asked.asns_by_number)
        self.names: Final[dict[str, str]] = {}
        """What people call the things whose ids were shown to them."""

    def part(self, number: str, maker: str | None = None) -> Entry | RowSaid:
        """The part of this number, of this maker where one is named; our customers' numbers count too."""
        found = self.parts[part_key(number)] or self.customer_numbers[number]
        if maker is not None:
            found = [entry for entry in found if same_word(entry.word("manufacturer"), maker)] or [
                entry for entry in found if not entry.word("manufacturer")
            ]
        if len(found) == 1:
            return found[0]
        return RowSaid.AMBIGUOUS_PART if found else RowSaid.PART_UNKNOWN

    def partner(self, code: str) -> tuple[str, bool]:
        """What an event names a partner by: its id, else the code as given; and whether it is known."""
        entry = self.partners.first(code)
        return (code, False) if entry is None else (entry.id, True)

    def name_of(self, value: str) -> str:
        """What people call the thing of this id; any other text is what it is."""
        if not is_uuid(value):
            return value
        if value not in self.names:
            self.names[value] = asked.name_of(self.session, value)
        return self.names[value]

    def names_partner(self, stored: str, code: str) -> bool:
        """Whether what an event said, then, is what this code means now."""
        return stored == code or any(entry.id == stored for entry in self.partners[code])

    def order_line(self, order: str | None, line: str | None, order_line: str | None) -> OrderLine | None:
        """The order line that a row means, in whichever of the usual ways it says so."""
        entry = self.orders.first(order) if order else None
        if entry is not None:
            joined = (f"{order}-{line}", f"{order}/{line}") if line else ()
            for name in (order_line, line, *joined):
                if name and name in entry.lines:
                    return entry.lines[name]
        if not order_line:
            return None
        return self._named(order_line, entry) or self._split(order_line, entry)

    def _named(self, name: str, within: Order | None) -> OrderLine | None:
        """A line that is called so, in whatever order, where only one is."""
        orders = self.order_lines[name]
        fits = len(orders) == 1 and (within is None or within.id == orders[0].id)
        return orders[0].lines.get(name) if fits else None

    def _split(self, name: str, within: Order | None) -> OrderLine | None:
        for found in reversed(list(_SEPARATOR.finditer(name))):
            order = self.orders.first(name[: found.start()])
            line = order.lines.get(name[found.end() :]) if order else None
            if line is not None and (within is None or order is within):
                return line
        return None


def same_word(one: str, other: str) -> bool:
    """Whether two names are the same but for capitals and spaces."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
