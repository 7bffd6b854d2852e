"""Signatures of people: what is shown and signed, bound to the one event that carries it.

`esig` of a core says who signed with what meaning, when and how, the words that were shown (`said`), the side record of
the printed name with its hash, the PIN in force, and `shown`: the SHA-256 of exactly what was signed. That is made of
the words and of everything that the event says: id, type, body, subjects. So it fits no other event; and since the id
of an event is in it, it does not even fit the same words said a second time.
"""

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

from dockmark.record.canonical import Json, NotCanonical, canonical_bytes, cleaned, nfc
from dockmark.record.facts import Draft, to_body

DOMAIN: Final = b"dockmark/esig/v1\n"
KEYS: Final = frozenset({"user", "meaning", "time", "method", "said", "name", "pin", "shown"})
_BOUND: Final = ("id", "type", "schema", "body", "subj", "refs", "at", "actor", "station")


class Meaning(StrEnum):
    """What somebody says by signing."""

    RELEASE = "release"
    OVERRIDE = "override"
    APPROVAL = "approval"
    REVIEW = "review"
    AUTHORSHIP = "authorship"
    KEYS = "keys"
    RESET = "reset"
    ERASURE = "erasure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Somebody who offers to sign: id or badge, the PIN, and the words that stood before the eyes of the person."""

    user: str = ""
    pin: str = field(default="", repr=False)
    badge: str = field(default="", repr=False)
    """The digest of the badge that was scanned, where one was."""
    said: tuple[str, ...] = ()
    """Empty where nothing was shown but what the command line says: then the words are made anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """Somebody who has proved who it is, about to sign: what of the person goes into the event."""

    user: str
    method: str
    name: Mapping[str, str]
    """The side record of the printed name: {id, hash}."""
    pin: str
    """The side record of the PIN in force."""


def signed(
    draft: Draft, pen: Pen, meaning: Meaning, said: Iterable[str], *, time_us: int, actor: str, station: str
) -> Draft:
    """The draft with that signature. Its id must be chosen by now: the signature is for this event alone."""
    assert draft.id is not None, "a signature is for one event"
    words: list[Json] = [nfc(line) for line in said]
    esig: dict[str, Json] = {
        "user": pen.user, "meaning": meaning.value, "time": time_us, "method": pen.method, "said": words,
        "name": dict(pen.name), "pin": pen.pin,
    }  # fmt: skip
    core: dict[str, Json] = {
        "id": draft.id, "type": draft.fact.WORD, "schema": draft.fact.SCHEMA,
        "body": to_body(draft.fact), "station": station,
    }  # fmt: skip
    if draft.subj:
        core["subj"] = sorted(draft.subj)
    if draft.refs:
        core["refs"] = sorted(set(draft.refs))
    if draft.at is not None:
        core["at"] = draft.at
    if actor:
        core["actor"] = actor
    return replace(draft, esig=({**esig, "shown": shown_hash(core, esig)},))


def also_signed(
    draft: Draft, pen: Pen, meaning: Meaning, said: Iterable[str], *, time_us: int, actor: str, station: str
) -> Draft:
    """The draft with a further person's signature beside those that it has."""
    more = signed(draft, pen, meaning, said, time_us=time_us, actor=actor, station=station)
    return replace(draft, esig=(*draft.esig, *more.esig))


def as_esig(signatures: Sequence[dict[str, Json]]) -> dict[str, Json]:
    """As it stands in a core: the signature of one person, with those of others in `with`."""
    first, *others = signatures
    return {**first, "with": others} if others else first


def signatures_of(esig: object) -> list[dict[str, Any]]:
    """The signatures of an event, one for each person; empty where there is none."""
    if not isinstance(esig, dict):
        return []
    others = esig.get("with", [])
    first = {key: value for key, value in esig.items() if key != "with"}
    return [first, *(it for it in others if isinstance(it, dict))] if isinstance(others, list) else [first]


def shown_hash(core: Mapping[str, Any], esig: Mapping[str, Any]) -> str:
    """SHA-256 of exactly what was signed: the words, who signs and what that means, and all that the event says."""
    event = {key: core[key] for key in _BOUND if key in core}
    words = {key: value for key, value in esig.items() if key not in ("shown", "with")}
    return hashlib.sha256(DOMAIN + canonical_bytes({"event": event, "signature": words})).hexdigest()


def signature_fault(core: Mapping[str, Any]) -> str:
    """What is wrong with the signatures of a core, or nothing. An event without one is without fault.

    `esig_form`: not what a signature looks like. `esig_moved`: it was made for another event, or for other words.
    `esig_twice`: one person's hand where two were asked for.
    """
    if "esig" not in core:
        return ""
    esig = core["esig"]
    found = signatures_of(esig)
    others = esig.get("with", []) if isinstance(esig, dict) else None
    if not found or not isinstance(others, list) or len(found) != 1 + len(others) or ("with" in esig and not others):
        return "esig_form"
    if not all(map(_is_formed, found)):
        return "esig_form"
    try:
        if any(shown_hash(core, each) != each["shown"] for each in found):
            return "esig_moved"
    except NotCanonical:
        return "esig_form"
    users = [str(each["user"]).casefold() for each in found]
    return "esig_twice" if len(set(users)) != len(users) else ""


def signature_belongs(core: Mapping[str, Any]) -> bool:
    """Whether every signature of this core was made for this very event."""
    return not signature_fault(core)


def _is_formed(esig: Mapping[str, Any]) -> bool:
    if set(esig) != KEYS or type(esig["time"]) is not int or not isinstance(esig["said"], list):
        return False
    name = esig["name"]
    texts = [esig[key] for key in ("user", "meaning", "method", "pin", "shown")]
    if not isinstance(name, dict) or set(name) != {"id", "hash"}:
        return False
    return bool(esig["user"]) and all(type(text) is str for text in (*texts, *name.values(), *esig["said"]))


def same_person(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two people, each as (id, printed name), are one: by id however it is written, or by name.

    A name is the same in whatever order, case and spacing: somebody with two badges and two ids is still one person.
    """
    if one[0].casefold() == other[0].casefold():
        return True
    names = _plain(one[1]), _plain(other[1])
    return bool(names[0]) and names[0] == names[1]


def _plain(name: str) -> tuple[str, ...]:
    spread = unicodedata.normalize("NFKD", str(cleaned(name))).casefold()
    kept = "".join(char if char.isalnum() else " " for char in spread if not unicodedata.combining(char))
    return tuple(sorted(kept.split()))
