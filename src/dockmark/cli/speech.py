"""How the command line speaks: JSON on standard output, words for people on standard error."""

import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import orjson

from dockmark.custody.lights import Verdict
from dockmark.desks.answer import Answer, UnitView
from dockmark.record.refusal import Refusal
from dockmark.wording import finding, sentence

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
