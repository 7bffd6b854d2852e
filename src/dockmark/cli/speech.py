"""How the command line speaks: JSON on standard output, words for people on standard error."""

import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

import orjson

from dockmark.custody.lights import Verdict
from dockmark.desks.answer import Answer, UnitView
from dockmark.desks.views import UnitCard
from dockmark.record.refusal import Refusal
from dockmark.wording import condition_word, event_line, finding, finding_words, light_word, sentence, state_word

as_json = False
"""Whether `--json` was said."""


def speak_json(value: Mapping[str, Any]) -> None:
    """One object, one line, at once."""
    sys.stdout.buffer.write(orjson.dumps(value, default=str) + b"\n")
    sys.stdout.buffer.flush()


def say(text: str) -> None:
    """Words for people."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def tell(value: Mapping[str, Any], words: str) -> None:
    """The result: as JSON where that was asked for, else in words."""
    if as_json:
        speak_json(value)
    else:
        sys.stdout.write(words + "\n")
        sys.stdout.flush()


def refused(no: Refusal) -> int:
    """Says why not; the exit code is 1."""
    words = sentence(no.code.value, no.facts)
    if as_json:
        speak_json({"outcome": "refused", "code": no.code.value, "facts": no.facts, "say": words})
    say(words)
    return 1


def answer_json(answer: Answer) -> dict[str, Any]:
    """An answer as DESIGN section 5 has it."""
    told: dict[str, Any] = {
        "outcome": answer.outcome.value,
        "code": answer.code,
        "unit": unit_json(answer.unit) if answer.unit else None,
        "events": list(answer.events),
        "verdict": verdict_json(answer.verdict),
        "say": sentence(answer.code, answer.facts),
        "facts": dict(answer.facts),
    }
    if answer.undo:
        told["undo"] = answer.undo
    return told


def unit_json(unit: UnitView) -> dict[str, Any]:
    """A unit as answers name it."""
    return asdict(unit)


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """Six lights, each with its arithmetic in plain words."""
    return {
        light.value: {
            "state": told.state.value,
            "why": finding(light.value, told.code, told.facts),
            "code": told.code,
            "facts": dict(told.facts),
        }
        for light, told in verdict.items()
    }


def card_json(card: UnitCard) -> dict[str, Any]:
    """A unit's card: identity, state, place, verdict, full history."""
    return {
        "unit": unit_json(card.unit),
        "identity": dict(card.marks),
        "state": card.unit.state,
        "condition": card.unit.condition,
        "place": card.unit.place,
        "owner": card.unit.owner,
        "custody": card.custody,
        "tree": [],
        "verdict": verdict_json(card.verdict),
        "history": [
            {"at": _moment(line.at), "who": line.who, "type": line.what.code, "facts": dict(line.what.facts),
             "say": event_line(line.what.code, line.what.facts)}
            for line in card.history
        ],
    }  # fmt: skip


def card_words(card: UnitCard) -> str:
    """A unit's card for people."""
    unit = card.unit
    lines = [f"{unit.part} {unit.serial or unit.lot}  {unit.description}".rstrip()]
    lines += [f"  {name}: {value}" for name, value in card.marks]
    lines += [f"  {state_word(unit.state)} · {condition_word(unit.condition)} · {unit.place} · {unit.owner}", ""]
    lines += [
        f"  [{told.state.value:>7}] {light_word(light.value)}: {finding_words(told.code, told.facts)}"
        for light, told in card.verdict.items()
    ]
    lines.append("")
    lines += [
        f"  {_moment(line.at)}  {line.who}  {event_line(line.what.code, line.what.facts)}" for line in card.history
    ]
    return "\n".join(lines)


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
