"""Side records: what is said of people, beside the chain, so that it can be erased and the chain stays sound."""

import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import orjson

from dockmark.database.session import Row, Session
from dockmark.people.access import Tried, Try, Uptime, counting
from dockmark.people.rules import PROVED, Act, acts_of, may, who_may
from dockmark.people.state import Pin, PinStanding, access_of
from dockmark.record.canonical import Json, nfc
from dockmark.record.refusal import Refusal, Refused

if TYPE_CHECKING:
    from dockmark.ledger.book import Author, Book

_NAME: Final = "name "
_COLUMNS: Final = "id, roles, name_record, badges, disabled, name_hash, pin, same_as, erased"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person as the tables know it, and the printed name where it was not erased."""

    id: str
    roles: tuple[str, ...]
    name: str
    name_record: str
    name_hash: str
    badges: tuple[str, ...]
    disabled: bool
    pin: Pin
    same_as: str
    erased: bool

    @property
    def may_sign(self) -> bool:
        """Whether the person has a PIN that nobody else can know."""
        return self.pin.standing is PinStanding.OWN and not self.disabled and not self.erased


def keep_person_record(book: "Book", data: str) -> dict[str, Json]:
    """Keeps a text about a person in a side record; returns what an event may say of it: {id, hash}."""
    identity, salt, text = book.new_id(), secrets.token_bytes(16), nfc(data)
    book.session.run("INSERT INTO people_records VALUES (?, ?, ?)", (identity, salt, text))
    return {"id": identity, "hash": record_hash(salt, text)}


def record_hash(salt: bytes, text: str) -> str:
    """What an event keeps of a side record."""
    return hashlib.sha256(salt + text.encode()).hexdigest()


def kept_record(session: Session, identity: str, digest: str = "") -> str:
    """The text of a side record; empty where it was erased, or where it is not what the event was told."""
    row = session.one("SELECT salt, data FROM people_records WHERE id = ?", (identity,)) if identity else None
    if row is None or (digest and record_hash(bytes(row[0]), str(row[1])) != digest):
        return ""
    return str(row[1])


def person(session: Session, identity: str) -> Person | None:
    """The person of this id."""
    row = session.one(f"SELECT {_COLUMNS} FROM operators WHERE id = ?", (identity,))
    return None if row is None else _person(session, row)


def everybody(session: Session) -> list[Person]:
    """Every person, those who may not work here any more too."""
    return [_person(session, row) for row in session.all(f"SELECT {_COLUMNS} FROM operators ORDER BY id")]


def depot_signs(session: Session) -> bool:
    """Whether anybody here has a PIN. From then on what needs a signature is refused without one."""
    return session.one("SELECT 1 FROM operators WHERE pin <> '' LIMIT 1") is not None


def tries_of(session: Session, station: str, operator: str) -> list[Try]:
    """How often this person has failed at this station since it last went well."""
    subject = access_of(station, operator)
    told = session.value("SELECT tries FROM access WHERE id = ?", (subject.partition(":")[2],), "[]")
    return counting(Try(Tried(how), Uptime(boot, up)) for how, boot, up in orjson.loads(told))


def refuse_beyond(session: Session, author: "Author", act: Act) -> None:
    """Refuses what the roles of whoever records do not allow, or what a session without a PIN may not do."""
    roles = session.kept(roles_of, author.actor)
    if not may(roles, act):
        raise Refusal(
            Refused.NOT_ALLOWED, operator=author.actor, role=roles[0] if roles else "", act=act.value,
            roles=who_may(act), who=_able(session, act), may=", ".join(who_may(act)),
        )  # fmt: skip
    if act in PROVED and not author.proved and session.kept(depot_signs):
        raise Refusal(Refused.PIN_NEEDED, operator=author.actor, act=act.value)


def allowed(session: Session, author: "Author") -> frozenset[Act]:
    """Everything that whoever records may do now."""
    return session.kept(_allowed_with_pin if author.proved else _allowed, author.actor)


def _allowed_with_pin(session: Session, operator: str) -> frozenset[Act]:
    return acts_of(session.kept(roles_of, operator))


def _allowed(session: Session, operator: str) -> frozenset[Act]:
    acts = _allowed_with_pin(session, operator)
    return acts - PROVED if session.kept(depot_signs) else acts


def roles_of(session: Session, operator: str) -> tuple[str, ...]:
    """The roles in which somebody may work here now; none where the person may not."""
    row = session.one("SELECT roles, disabled, erased FROM operators WHERE id = ?", (operator,))
    return () if row is None or row[1] or row[2] else tuple(orjson.loads(row[0]))


def _able(session: Session, act: Act) -> list[str]:
    """The ids of a few people who may do it: ids, because what is refused stands in the ledger."""
    found = session.all("SELECT id, roles FROM operators WHERE disabled = 0 AND erased = 0 ORDER BY id")
    return [row[0] for row in found if may(orjson.loads(row[1]), act)][:3]


def _person(session: Session, row: Row) -> Person:
    told = orjson.loads(row[6]) if row[6] else {}
    pin = Pin(**{**told, "standing": PinStanding(told["standing"])}) if told else Pin()
    return Person(
        id=row[0], roles=tuple(orjson.loads(row[1])), name=kept_record(session, row[2]).removeprefix(_NAME),
        name_record=row[2], name_hash=row[5], badges=tuple(orjson.loads(row[3])), disabled=bool(row[4]), pin=pin,
        same_as=row[7], erased=bool(row[8]),
    )  # fmt: skip
