"""Which ids mean one thing: two stations apart met the same unit, or wrote down the same part, each under its own id.

Joined and parted are words about pairs. Of each pair the latest word counts that nobody took back; from these words
follows who belongs together, whatever the order in which the events arrived. The lowest id, which is the oldest,
stands for the set.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from dockmark.custody.state import reversals, texts_in
from dockmark.record.event import Seen
from dockmark.record.ids import identity_of

JOINING: Final = frozenset({"units_joined", "parts_joined"})
PARTING: Final = "units_parted"
BONDING: Final = JOINING | {PARTING}
KINDS: Final = ("unit", "part")
"""Kinds of subject that may turn out to be one under two ids."""

Reader = Callable[[str], Sequence[Seen]]
"""The events of a subject, in fold order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bonds:
    """What was said of ids that have to do with each other."""

    sets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Id -> all ids that are one with it, itself among them, in their order."""
    apart: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Id -> the ids that somebody said are not it, in their order."""

    def first(self, identity: str) -> str:
        """The id that stands for all that are one with this one."""
        return self.sets.get(identity, (identity,))[0]


def is_bonded(history: Iterable[Seen]) -> bool:
    """Whether anybody ever said of a subject that it is one with another, or is not."""
    return any(event.type in BONDING for event in history)


def gathered(read: Reader, kind: str, identity: str) -> dict[str, Sequence[Seen]]:
    """Id -> events of everything that words on bonds link with this one, whether they still count or not."""
    found: dict[str, Sequence[Seen]] = {}
    waiting = [identity]
    while waiting:
        each = waiting.pop()
        if each in found:
            continue
        found[each] = read(f"{kind}:{each}")
        for event in found[each]:
            if event.type in BONDING:
                waiting += _named(event, kind)
    return found


def bonds_of(kind: str, histories: Mapping[str, Sequence[Seen]]) -> Bonds:
    """Who belongs together, from the events of all that words on bonds link. Total: never raises."""
    words = _last_words(kind, merged(histories.values()))
    apart: dict[str, set[str]] = {}
    for pair, joined in words.items():
        if not joined:
            one, other = pair
            apart.setdefault(one, set()).add(other)
            apart.setdefault(other, set()).add(one)
    sets = {each: {each} for each in histories}
    for pair, joined in words.items():
        mine, theirs = (sets.setdefault(each, {each}) for each in pair)
        if not joined or mine is theirs or any(apart.get(each, set()) & theirs for each in mine):
            # What two people say cannot both be: then nothing is taken for one that somebody called two.
            continue
        mine |= theirs
        sets.update(dict.fromkeys(theirs, mine))
    return Bonds(
        sets={each: tuple(sorted(one)) for each, one in sets.items()},
        apart={each: tuple(sorted(others)) for each, others in apart.items()},
    )


def merged(histories: Iterable[Sequence[Seen]]) -> list[Seen]:
    """The events of several subjects in fold order, each once."""
    return sorted({event.hash: event for history in histories for event in history}.values(), key=lambda it: it.order)


def _last_words(kind: str, events: Sequence[Seen]) -> dict[tuple[str, str], bool]:
    """Pair -> whether it was called one, by the latest word that counts; in the order of these words."""
    gone = reversals(events)
    words: dict[tuple[str, str], bool] = {}
    for event in events:
        if event.type in BONDING and event.id not in gone:
            for pair in _pairs(kind, event):
                words.pop(pair, None)
                words[pair] = event.type in JOINING
    return words


def _pairs(kind: str, event: Seen) -> list[tuple[str, str]]:
    named = _named(event, kind)
    if event.type in JOINING:
        return [(one, other) for one, other in combinations(named, 2)]
    leaving = set(texts_in(event.body.get("units"))) & set(named)
    if not leaving or len(leaving) == len(named):
        return [(one, other) for one, other in combinations(named, 2)]
    return [(one, other) for one, other in combinations(named, 2) if (one in leaving) != (other in leaving)]


def _named(event: Seen, kind: str) -> list[str]:
    """Ids of this kind that an event is about: what it changes exclusively, so that each of them knows of it."""
    return sorted(identity_of(subject) for subject in event.subj if subject.partition(":")[0] == kind)
