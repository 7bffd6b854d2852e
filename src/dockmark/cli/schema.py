"""What `dockmark schema` prints: the whole vocabulary."""

from typing import Any

import dockmark.catalog.events
import dockmark.custody.events
import dockmark.people.events  # noqa: F401 - the three modules enter their words when they are imported
from dockmark.custody import state
from dockmark.custody.lights import Lamp, Light
from dockmark.custody.reasons import Reason
from dockmark.desks.answer import Outcome
from dockmark.identifiers.reading import Unread, Warn
from dockmark.identifiers.tags import Command
from dockmark.record.event import CORE_KEYS, VERSION
from dockmark.record.facts import VOCABULARY, body_schema
from dockmark.record.refusal import Refused


def vocabulary() -> dict[str, Any]:
    """Every event type with its body, every outcome, code, state and light."""
    return {
        "v": VERSION,
        "core": sorted(CORE_KEYS),
        "events": {
            word: {"schema": kind.SCHEMA, "says": (kind.__doc__ or "").strip(), "body": body_schema(kind)}
            for word, kind in sorted(VOCABULARY.items())
        },
        "outcomes": [each.value for each in Outcome],
        "codes": sorted(each.value for each in Refused),
        "states": [state.EXPECTED, state.RECEIVED, state.RETURNED, state.IN_STOCK, state.INSTALLED, state.SCRAPPED],
        "conditions": list(state.CONDITIONS),
        "steps": {word: sorted(before) for word, before in state.NEXT.items()},
        "lights": [each.value for each in Light],
        "lamps": [each.value for each in Lamp],
        "commands": [each.value for each in Command],
        "reasons": [each.value for each in Reason],
        "unreadable": [each.value for each in Unread],
        "warnings": [each.value for each in Warn],
    }


def in_words() -> str:
    """The same for people."""
    lines = []
    for word, told in vocabulary()["events"].items():
        lines.append(f"{word} (schema {told['schema']}): {told['says']}")
        lines += [f"    {name}: {field['type']}" for name, field in told["body"].items()]
    return "\n".join(lines)
