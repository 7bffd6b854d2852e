"""What is said of one code: lines to choose from by the facts at hand, lines to add, and what to scan next.

A placeholder `{serial}` is the fact of that name, shown as it is. `{state_word}` is the word for the fact `state`,
`{n_days}` the fact `days` counted in words ("1 day", "3 days"). A line fits where all its placeholders have something
to say, so that a missing fact leaves out its line and never a hole in it. Values are put in by name, once: braces or
percent signs in them mean nothing.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from dockmark.wording.catalogue import _, forms_here, ngettext
from dockmark.wording.values import counted, joined, laid_flat, shown

Facts = Mapping[str, object]
Words = Mapping[str, Callable[[Facts, str], str]]
"""For each placeholder `x_word` without its ending: from all facts and this one to its word."""

_PLACE: Final = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_DAYS: Final = frozenset({
    "announced", "at", "day", "expiry", "from", "in_service_since", "made", "mfg_date", "promised", "reached", "since",
    "today", "until",
})  # fmt: skip
_COUNTS: Final = frozenset(
    {"count", "events", "expected", "leaves", "ordered", "quantity", "received", "recorded", "rows"}
)
_MOST: Final = 10**40
_NO_CONDITION: Final[Mapping[str, object]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One way to say something: a message, perhaps with a plural by the fact `count`, and when it fits."""

    one: str
    more: str = ""
    count: str = ""
    least: int = 0
    when: Facts = field(default_factory=dict)
    whole: bool = False
    """Names the next step itself."""

    def said(self, facts: Facts, words: Words) -> str:
        """The line with its facts, or nothing where it does not fit."""
        if any(facts.get(name) != value for name, value in self.when.items()):
            return ""
        message = self._message(facts)
        return filled(message, facts, words) if message else ""

    def _message(self, facts: Facts) -> str:
        if not self.count:
            return _(self.one)
        number = counted(facts.get(self.count))
        if number is None or number < self.least:
            return ""
        return ngettext(self.one, self.more, number)


def line(message: str, *, when: Facts = _NO_CONDITION, whole: bool = False) -> Line:
    """A line."""
    return Line(one=message, when=when, whole=whole)


def plural(one: str, more: str, count: str, *, least: int = 0, when: Facts = _NO_CONDITION) -> Line:
    """A line in singular and plural, by the fact `count`; it fits from `least` on."""
    return Line(one=one, more=more, count=count, least=least, when=when)


@dataclass(frozen=True, slots=True)
class Saying:
    """What is said of a code: the first line that fits, whatever fits of `plus`, and the next step."""

    lines: tuple[Line, ...]
    plus: "tuple[Line | Saying, ...]" = ()
    then: str = ""

    def said(self, facts: Facts, words: Words) -> str:
        """The sentence, or nothing where no line fits."""
        flat = laid_flat(facts)
        for each in self.lines:
            if text := each.said(flat, words):
                more = [extra.said(flat, words) for extra in self.plus]
                return joined([text, *more, "" if each.whole else _(self.then)])
        return ""


def saying(*lines: Line, plus: tuple[Line | Saying, ...] = (), then: str = "") -> Saying:
    """What is said of a code."""
    return Saying(lines, plus, then)


def filled(message: str, facts: Facts, words: Words) -> str:
    """The message with its values in place, or nothing where one is missing."""
    values = {name: _value(name, facts, words) for name in set(_PLACE.findall(message))}
    if not all(values.values()):
        return ""
    return put(message, values)


def _value(name: str, facts: Facts, words: Words) -> str:
    stem, _under, ending = name.rpartition("_")
    if ending == "word" and stem:
        told = facts.get(stem)
        key = next((known for known in (stem, stem.rpartition("_")[2]) if known in words), "")
        return words[key](facts, told) if key and isinstance(told, str) and told else ""
    if name.startswith("n_"):
        number = counted(facts.get(name[2:]))
        return "" if number is None else measured(name[2:], number)
    return _written(name, facts.get(name))


def _written(name: str, value: object) -> str:
    """A fact as the language in force writes it: days and counts have their forms, everything else is as it is."""
    if name in _DAYS and isinstance(value, str):
        return forms_here().day_text(shown(value))
    if name in _COUNTS and isinstance(value, int) and not isinstance(value, bool) and abs(value) < _MOST:
        return forms_here().count(value)
    return shown(value)


def put(message: str, values: Mapping[str, str]) -> str:
    """The message with these values in its places, each once: what looks like a place in a value stays."""
    return _PLACE.sub(lambda place: values.get(place[1], ""), message)


def measured(unit: str, number: int) -> str:
    """A count in words: "1 day", "24 months"."""
    match unit:
        case "days":
            message = ngettext("{count} day", "{count} days", number)
        case "months":
            message = ngettext("{count} month", "{count} months", number)
        case _:
            message = "{count}"
    return put(message, {"count": _written("count", number)})
