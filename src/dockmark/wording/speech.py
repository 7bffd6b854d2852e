"""Code and facts to sentence: the one way for window, command line and documents. Nothing here raises."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from dockmark.wording import commands, flood, nouns, people, scans
from dockmark.wording.answers import ANSWERS
from dockmark.wording.catalogue import _, noun
from dockmark.wording.files import FILES, NEXT, ROWS, WARNINGS
from dockmark.wording.history import HISTORY
from dockmark.wording.lights import LIGHTS
from dockmark.wording.lines import Facts, Saying, put
from dockmark.wording.machines import FAULTS, PRINTING, SCANNING, VERIFY
from dockmark.wording.nouns import known, light_word, plain, reason_word, rule_word
from dockmark.wording.refusals import REFUSALS
from dockmark.wording.steps import STEPS
from dockmark.wording.values import shown, visible

_NOTHING: Final[Facts] = {}
_SENTENCES: Final[Mapping[str, Saying]] = {**PRINTING, **SCANNING, **HISTORY, **LIGHTS, **VERIFY, **ANSWERS, **REFUSALS}
_UUID: Final = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_NAMES_IN_EVENTS: Final = frozenset({"part", "place", "receipt", "partner", "line", "order", "asn", "owner"})


def sentence(code: str, facts: Facts = _NOTHING) -> str:
    """The sentence of a code with its facts; what is missing among them is left out."""
    if facts.get("place") == facts.get("state"):
        # A unit that lies nowhere has its state in place of a place.
        facts = {name: value for name, value in facts.items() if name != "place"}
    return _said(_SENTENCES, code, facts)


def finding(light: str, code: str, facts: Facts = _NOTHING) -> str:
    """A light with its arithmetic: "Warranty: 24 months from 2026-03-01, runs until 2028-02-29, 463 days left"."""
    told = finding_words(code, facts)
    return put(_("{light}: {finding}"), {"light": light_word(light), "finding": told})


def finding_words(code: str, facts: Facts = _NOTHING) -> str:
    """The arithmetic of a light, without its name."""
    return _said(LIGHTS, code, facts)


def step_words(code: str, facts: Facts = _NOTHING) -> str:
    """One step of the arithmetic behind a light."""
    return _said(STEPS, code, facts)


def event_line(type: str, body: Mapping[str, Any] = _NOTHING) -> str:
    """One event of a history in plain words. Ids are not words for people and are left out."""
    if type == "scan_noted":
        inner = body.get("facts")
        told = sentence(str(body.get("code", "")), inner if isinstance(inner, Mapping) else _NOTHING)
        outcome = known(_OUTCOMES, str(body.get("outcome", "")))
        if told and outcome:
            return put(outcome, {"what": told})
    facts = {name: value for name, value in body.items() if not _is_id(name, value)}
    if facts.get("code") == facts.get("reason"):
        facts.pop("code", None)
    return _said(HISTORY, type, facts)


def printing(code: str, facts: Facts = _NOTHING) -> str:
    """How a printer, a connection to it or a print job stands."""
    return _said(PRINTING, code, facts)


def next_step(code: str) -> str:
    """What to scan or do next after this code; empty where nothing waits."""
    spec = _SENTENCES.get(code)
    return _(spec.then) if spec else ""


def outcome_word(outcome: str) -> str:
    """The outcome of an answer in one word."""
    return known(flood.OUTCOMES, outcome) or plain(outcome).upper()


def verdict_word(code: str, lamp: str = "") -> str:
    """One word to be read at three metres. A grave lamp goes before it where the code does not say what is grave."""
    if code in flood.LAMP_FIRST and (grave := known(flood.LAMPS, lamp)):
        return grave
    return known(flood.REFUSED, code) or known(flood.DONE, code) or plain(code).upper()[: flood.LONGEST]


def command_word(command: str) -> str:
    """What a command is called."""
    return known(commands.NAMES, command) or plain(command)


def command_help(command: str) -> str:
    """What a command does; empty where it is not known."""
    return known(commands.HELP, command)


def unread_word(code: str) -> str:
    """Why a scan cannot be read, to stand after "cannot be read"."""
    return known(scans.UNREAD, code) or plain(code)


def warn_word(code: str) -> str:
    """What a clerk should know of a scan that could be read."""
    return known(scans.WARN, code) or plain(code)


def row_word(code: str) -> str:
    """What is wrong with a row or a value of a file."""
    return known(ROWS, code) or known(nouns.RULES, code) or plain(code)


def file_word(code: str, facts: Facts = _NOTHING) -> str:
    """Why a file cannot be used; a text that is not a code is shown as it is."""
    return FILES[code].said(facts, WORDS) if code in FILES else visible(code)


def file_help(code: str) -> str:
    """What to do next about a file that cannot be used; empty where nothing is known."""
    return known(NEXT, code)


def file_warning(code: str) -> str:
    """What a person should know of a file that was read."""
    return known(WARNINGS, code) or plain(code)


def ledger_fault(code: str) -> str:
    """What `verify` found wrong."""
    return _said(FAULTS, code, _NOTHING)


def known_codes() -> frozenset[str]:
    """Every code that has a sentence."""
    return frozenset(_SENTENCES)


def _said(sentences: Mapping[str, Saying], code: str, facts: Facts) -> str:
    spec = sentences.get(code)
    return (spec.said(facts, WORDS) if spec else "") or plain(code)


def _is_id(name: str, value: object) -> bool:
    return name in _NAMES_IN_EVENTS and isinstance(value, str) and _UUID.search(value) is not None


def _elsewhere(text: str) -> str:
    """Places, or states where a unit is in none, as the light has them: one after another."""
    return shown([known(nouns.STATES, each) or each for each in text.split(", ")])


def _of(words: Mapping[str, str]) -> Callable[[Facts, str], str]:
    return lambda _facts, code: known(words, code)


_OUTCOMES: Final = {
    "refused": noun("Refused: {what}"),
    "noted": noun("Scanned: {what}"),
}
WORDS: Final[Mapping[str, Callable[[Facts, str], str]]] = {
    "reason": lambda _facts, code: reason_word(code),
    "code": lambda _facts, code: rule_word(code) if code not in FAULTS else ledger_fault(code),
    "about": _of(nouns.RULES),
    "state": lambda _facts, code: nouns.state_word(code),
    "condition": lambda _facts, code: nouns.condition_word(code),
    "error": lambda _facts, code: unread_word(code),
    "why": lambda facts, code: file_word(code, facts),
    "elsewhere": lambda _facts, text: _elsewhere(text),
    "kind": _of(nouns.THINGS),
    "wanted": _of(nouns.THINGS),
    "what": _of(nouns.ACTS),
    "field": _of(nouns.FIELDS),
    "fault": lambda _facts, code: known(people.PIN_FAULTS, code) or row_word(code),
    "by": _of(nouns.RECALLED_BY),
    "method": _of(nouns.METHODS),
    "desk": _of(nouns.DESKS),
    "role": lambda _facts, code: people.role_word(code),
    "act": lambda _facts, code: people.right_word(code),
    "may": lambda _facts, codes: people.roles_in_words(codes),
    "meaning": lambda _facts, code: people.meaning_word(code),
}
