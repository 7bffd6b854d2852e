"""Makes the time line of a unit from its events: who, when, where, why, and what corrected what."""

import base64
import binascii
from collections.abc import Iterable, Sequence

from dockmark.custody.state import texts_in
from dockmark.database.session import Session
from dockmark.desks.answer import Fact
from dockmark.desks.card_views import NOW, Moment, RawScan, Timeline, TimelineEntry
from dockmark.lookup import catalogue, people, stations, timelines
from dockmark.lookup.timelines import Cursor
from dockmark.record.clock import as_moment
from dockmark.record.event import Seen

PAGE = 100
_CORRECTING = ("act_reversed", "file_detached")


def timeline(session: Session, unit: str, *, limit: int = PAGE, before: str = "", moment: Moment = NOW) -> Timeline:
    """A page of a unit's time line, newest first; `before` is what the page before it called `more`."""
    cursor = Cursor.of(before) if before else None
    if moment.is_now:
        events = timelines.page(session, unit, limit + 1, cursor)
        total = timelines.count(session, unit)
    else:
        told = within(timelines.whole(session, unit), moment)
        total = len(told)
        events = [each for each in reversed(told) if cursor is None or each.order < cursor][: limit + 1]
    shown = events[:limit]
    more = Cursor(*shown[-1].order).text() if len(events) > limit else ""
    return Timeline(entries=tuple(entries(session, unit, shown, moment)), more=more, total=total)


def whole_timeline(session: Session, unit: str, moment: Moment = NOW) -> Timeline:
    """All of it, newest first."""
    told = within(timelines.whole(session, unit), moment)
    return Timeline(entries=tuple(entries(session, unit, told[::-1], moment)), total=len(told))


def within(events: Iterable[Seen], moment: Moment) -> list[Seen]:
    """The events that had happened, and those that had been recorded, at that moment."""
    until, known = moment.until, moment.known
    return [
        event
        for event in events
        if (until is None or event.happened <= until) and (known is None or event.wall <= known)
    ]


def entries(session: Session, unit: str, events: Sequence[Seen], moment: Moment = NOW) -> Iterable[TimelineEntry]:
    """These events as entries, in the order given, each with the correction that took it back."""
    undone = corrections(within(timelines.of_types(session, unit, *_CORRECTING), moment))
    reading = _Reading(session)
    return [reading.entry(event, undone.get(event.id, "")) for event in events]


def corrections(events: Sequence[Seen]) -> dict[str, str]:
    """Event -> the event that took it back, where that one was not taken back itself. Events stand in fold order."""
    undone: dict[str, str] = {}
    for event in reversed(events):
        if event.id not in undone:
            undone.update({each: event.id for each in taken_back(event) if each not in undone})
    return undone


def taken_back(event: Seen) -> tuple[str, ...]:
    """The events that this one takes back."""
    if event.type == "act_reversed":
        return tuple(texts_in(event.body.get("reverses")))
    told = event.body.get("event") if event.type == "file_detached" else None
    return (told,) if isinstance(told, str) and told else ()


def scan_of(event: Seen) -> RawScan | None:
    """What was scanned for an event; None where nothing was."""
    told = event.body.get("scan")
    raw = told.get("raw_b64") if isinstance(told, dict) else None
    if not isinstance(told, dict) or not isinstance(raw, str):
        return None
    try:
        content = base64.b64decode(raw, validate=True)
    except (binascii.Error, ValueError):
        return None
    symbology, device, length = told.get("symbology"), told.get("device"), told.get("length")
    return RawScan(
        raw=content, symbology=symbology if isinstance(symbology, str) else "",
        device=device if isinstance(device, str) else "", typed=told.get("typed") is True,
        length=length if type(length) is int else len(content),
    )  # fmt: skip


class _Reading:
    """Ids to names, each asked for once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._people: dict[str, str] = {}
        self._stations: dict[str, str] = {}
        self._places: dict[str, str] = {}

    def entry(self, event: Seen, undone_by: str) -> TimelineEntry:
        return TimelineEntry(
            id=event.id, type=event.type, facts=self._facts(event), at=as_moment(event.happened),
            recorded=as_moment(event.wall), who=self._who(event.actor), actor=event.actor,
            station=self._station(event.station), undone_by=undone_by, undoes=taken_back(event), scan=scan_of(event),
            order=Cursor(*event.order).text(),
        )  # fmt: skip

    def _facts(self, event: Seen) -> dict[str, Fact]:
        facts: dict[str, Fact] = {key: value for key, value in event.body.items() if isinstance(value, str | int)}
        place = facts.get("place")
        if isinstance(place, str) and place:
            facts["place"] = self._place(place)
        override = event.body.get("override")
        if isinstance(override, dict):
            facts |= {f"override_{key}": value for key, value in override.items() if isinstance(value, str)}
        if event.type == "act_reversed":
            facts["reverses"] = len(taken_back(event))
        if event.type == "file_detached":
            facts["name"] = self._file(str(event.body.get("event", "")))
        return facts

    def _file(self, event: str) -> str:
        attached = timelines.event_of(self._session, event)
        return str(attached.body.get("name", "")) if attached else ""

    def _who(self, actor: str) -> str:
        if actor not in self._people:
            known = people.operator(self._session, actor) if actor else None
            self._people[actor] = known.name if known and known.name else actor
        return self._people[actor]

    def _station(self, station: str) -> str:
        if station not in self._stations:
            self._stations[station] = stations.name_of(self._session, station) or station
        return self._stations[station]

    def _place(self, place: str) -> str:
        if place not in self._places:
            known = catalogue.place(self._session, place)
            self._places[place] = known.code if known else place
        return self._places[place]
