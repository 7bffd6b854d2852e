"""A unit's card on the command line: as JSON for programs, as text for people. The same facts as in the window."""

import base64
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from dockmark.cli.speech import unit_json, verdict_json
from dockmark.custody.lights import Light
from dockmark.desks.card_views import FileView, TimelineEntry
from dockmark.desks.views import UnitCard
from dockmark.record.clock import as_moment
from dockmark.wording import (
    _,
    condition_word,
    event_line,
    field_word,
    finding_words,
    lamp_word,
    light_word,
    state_word,
    step_words,
    visible,
)


def card_json(card: UnitCard) -> dict[str, Any]:
    """A unit's card: identity, state, place, verdict with its arithmetic, files, tree, full history."""
    return {
        "unit": unit_json(card.unit),
        "identity": dict(card.marks),
        "earlier": [
            {"field": it.field, "value": it.value, "until": _moment(it.until) if it.until else ""}
            for it in card.earlier
        ],
        "state": card.unit.state,
        "condition": card.unit.condition,
        "place": card.unit.place,
        "path": list(card.path),
        "owner": card.unit.owner,
        "custody": card.custody,
        "as_of": {
            name: _moment(as_moment(value)) for name, value in asdict(card.moment).items() if value is not None
        },
        "papers": [asdict(it) for it in card.papers],
        "files": [_file_json(it) for it in card.files],
        "documents": [{**asdict(it), "at": _moment(it.at)} for it in card.documents],
        "parent": card.parent or None,
        "tree": list(card.contents),
        "verdict": _lights_json(card),
        "others": list(card.others),
        "disputed": card.disputed,
        "history": [_entry_json(entry) for entry in reversed(card.timeline.entries)],
    }  # fmt: skip


def _lights_json(card: UnitCard) -> dict[str, Any]:
    told = verdict_json(card.verdict)
    for light, steps in card.steps.items():
        told[light.value]["steps"] = [
            {"code": step.code, "facts": dict(step.facts), "say": step_words(step.code, step.facts)} for step in steps
        ]
    return told


def _file_json(file: FileView) -> dict[str, Any]:
    return {**asdict(file), "at": _moment(file.at)}


def _entry_json(entry: TimelineEntry) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": entry.id, "at": _moment(entry.at), "recorded": _moment(entry.recorded), "who": entry.who,
        "station": entry.station, "type": entry.type, "facts": dict(entry.facts),
        "say": event_line(entry.type, entry.facts), "undone_by": entry.undone_by, "undoes": list(entry.undoes),
    }  # fmt: skip
    if entry.scan is not None:
        told["scan"] = {
            "raw_b64": base64.b64encode(entry.scan.raw).decode(), "symbology": entry.scan.symbology,
            "device": entry.scan.device,
        }  # fmt: skip
    return told


def card_words(card: UnitCard) -> str:
    """A unit's card for people."""
    return "\n".join(_lines(card))


def _lines(card: UnitCard) -> Iterator[str]:
    unit = card.unit
    yield f"{visible(unit.part)} {visible(unit.serial or unit.lot)}  {visible(unit.description)}".rstrip()
    for name, value in card.marks:
        yield f"  {field_word(name)}: {visible(value)}"
    for earlier in card.earlier:
        until = f" ({_moment(earlier.until)})" if earlier.until else ""
        yield f"  ← {field_word(earlier.field)}: {visible(earlier.value)}{until}"
    where = " › ".join(visible(each) for each in card.path)
    told = (state_word(unit.state), condition_word(unit.condition), where, _owner(unit.owner), visible(card.custody))
    yield "  " + " · ".join(each for each in told if each)
    for paper in card.papers:
        yield f"  {field_word(paper.kind)}: {visible(paper.number)} {visible(paper.detail)}".rstrip()
    for file in card.files:
        yield f"  {field_word(file.kind)}: {visible(file.name)}  {file.sha256}"
    yield ""
    for light in Light:
        yield from _light_lines(card, light)
    yield ""
    for entry in reversed(card.timeline.entries):
        struck = "✗ " if entry.undone_by else "  "
        yield f"{struck}{_moment(entry.at)}  {visible(entry.who)}  {event_line(entry.type, entry.facts)}"


def _light_lines(card: UnitCard, light: Light) -> Iterator[str]:
    finding = card.verdict.get(light)
    if finding is None:
        return
    told = finding_words(finding.code, finding.facts)
    yield f"  [{lamp_word(finding.state.value):>7}] {light_word(light.value)}: {told}"
    for step in card.steps.get(light, ()):
        yield f"            – {step_words(step.code, step.facts)}"


def _owner(owner: str) -> str:
    return _("ours") if owner in ("", "own") else visible(owner)


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
