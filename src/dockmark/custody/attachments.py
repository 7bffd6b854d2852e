"""A file that belongs to a unit or a receipt, folded from its own events."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from dockmark.custody import events as said
from dockmark.custody.state import reversals
from dockmark.record.event import Seen
from dockmark.record.facts import from_body


class FileKind(StrEnum):
    """What a file is. The codes are kept, never renamed."""

    PHOTO = "photo"
    DOCUMENT = "document"
    CERTIFICATE = "certificate"
    DELIVERY_NOTE = "delivery_note"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file, what it belongs to, who attached it and when. `gone` is the event that took it away again, if any."""

    id: str
    subject: str
    kind: str
    sha256: str
    name: str
    size: int
    note: str
    at: int
    actor: str
    station: str
    event: str
    gone: str = ""


def fold_attachment(identity: str, history: Iterable[Seen]) -> Attachment | None:
    """The attachment after these events, in fold order; None where none of them attaches a file. Never raises."""
    seen = list(history)
    undone = reversals(seen)
    state: Attachment | None = None
    for event in seen:
        match from_body(event.type, event.schema, event.body):
            case said.FileAttached() as fact if state is None:
                state = Attachment(
                    id=identity, subject=fact.to, kind=fact.kind, sha256=fact.sha256, name=fact.name, size=fact.size,
                    note=fact.note, at=event.happened, actor=event.actor, station=event.station, event=event.id,
                )  # fmt: skip
            case said.FileDetached() if state is not None and event.id not in undone:
                state = replace(state, gone=event.id)
            case said.ActReversed() as fact if state is not None and event.id not in undone:
                state = replace(state, gone=event.id) if state.event in fact.reverses else state
            case _:
                pass
    return state
