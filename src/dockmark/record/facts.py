"""What events say: one frozen dataclass for each event word, and the vocabulary of all of them."""

from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from typing import Any, ClassVar, TypeVar, get_origin, get_type_hints

from dockmark.record.canonical import Json, cleaned
from dockmark.record.ids import EventId


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What happened. Fields hold strings, integers, booleans, lists and objects of them; defaults are left out."""

    WORD: ClassVar[str] = ""
    SCHEMA: ClassVar[int] = 1


F = TypeVar("F", bound=type[Fact])
Upcaster = Callable[[dict[str, Json]], dict[str, Json]]

VOCABULARY: dict[str, type[Fact]] = {}
UPCASTERS: dict[tuple[str, int], Upcaster] = {}


def word(name: str, schema: int = 1) -> Callable[[F], F]:
    """Enters a fact under its event word. Words and stored fields are never renamed."""

    def enter(kind: F) -> F:
        if name in VOCABULARY:
            raise ValueError(f"two facts say {name}")
        kind.WORD, kind.SCHEMA = name, schema
        VOCABULARY[name] = kind
        return kind

    return enter


def to_body(fact: Fact) -> dict[str, Json]:
    """The body of the event that records this fact: absent keys are left out, strings are in normal form C."""
    body: dict[str, Json] = {}
    for name, default in _shape(type(fact)):
        value = getattr(fact, name)
        if value is not None and value != default:
            kind = type(value)
            # Most texts are ASCII, which has one form only.
            if kind is int or kind is bool or (kind is str and value.isascii()):
                body[name] = value
            else:
                body[name] = cleaned(value)
    return body


def from_body(kind: str, schema: int, body: dict[str, Json]) -> Fact | None:
    """The fact that a stored event says, lifted to today's form.

    None where this version does not know the word, or where the body has not the fields that the word needs.
    """
    fact = VOCABULARY.get(kind)
    if fact is None or not 1 <= schema <= fact.SCHEMA:
        return None
    for step in range(schema, fact.SCHEMA):
        body = UPCASTERS[kind, step](body)
    types = _types(fact)
    told: dict[str, Any] = body
    for name, value in body.items():
        wanted = types.get(name)
        if wanted is not type(value):
            if wanted is not None:
                return None
            # A later version says more of it than this one knows.
            told = {known: told[known] for known in told if known in types}
    try:
        return fact(**told)
    except TypeError:
        return None


_SHAPES: dict[str, tuple[tuple[str, object], ...]] = {}
_TYPES: dict[str, dict[str, type]] = {}


def _shape(kind: type[Fact]) -> tuple[tuple[str, object], ...]:
    shape = _SHAPES.get(kind.WORD)
    if shape is None:
        shape = _SHAPES[kind.WORD] = tuple(
            (field.name, field.default_factory() if field.default_factory is not MISSING else field.default)
            for field in fields(kind)
        )
    return shape


def _types(kind: type[Fact]) -> dict[str, type]:
    types = _TYPES.get(kind.WORD)
    if types is None:
        hints = get_type_hints(kind)
        types = _TYPES[kind.WORD] = {
            field.name: get_origin(hints[field.name]) or hints[field.name] for field in fields(kind)
        }
    return types


def body_schema(kind: type[Fact]) -> dict[str, dict[str, Any]]:
    """Field -> {type, required} of a fact, as `dockmark schema` prints it."""
    return {
        field.name: {
            "type": str(field.type).replace("dockmark.record.", ""),
            "required": field.default is MISSING and field.default_factory is MISSING,
        }
        for field in fields(kind)
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A fact about to be recorded: what it changes exclusively, what it merely touches, when it happened."""

    fact: Fact
    subj: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    at: int | None = None
    id: EventId | None = None
    new: bool = False
    """True where every subject comes into being with this event, so that no base needs looking up."""
    esig: tuple[dict[str, Json], ...] = ()
    """The signatures of people that the event carries; `people.signatures` makes them."""
