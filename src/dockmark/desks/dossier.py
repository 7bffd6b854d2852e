"""The unit card: everything that is known of one unit, as it stands now or as it stood at a moment of the past."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from dockmark.custody import state
from dockmark.custody.attachments import Attachment, FileKind
from dockmark.custody.lights import Light
from dockmark.custody.reasoning import reasoning
from dockmark.database.session import Session
from dockmark.desks.card_views import NOW, Beside, EarlierName, FileView, Link, Moment, PaperView, Timeline
from dockmark.desks.grounds import Grounds, grounds_of, told_of_part
from dockmark.desks.showing import view_of
from dockmark.desks.timelines import timeline, whole_timeline, within
from dockmark.desks.views import Coming, HistoryLine, UnitCard
from dockmark.ledger import bonding
from dockmark.ledger.withdrawing import withdrawals
from dockmark.lookup import catalogue, deliveries, people, stations, timelines, units
from dockmark.lookup.attachments import attachments_of
from dockmark.lookup.documents import made_of
from dockmark.lookup.units import UnitRow
from dockmark.record.clock import as_date, as_moment
from dockmark.record.event import Seen
from dockmark.record.refusal import Refusal, Refused

_NAMING = ("unit_received", "unit_stocked")
_NAMES = ("serial", "lot", "expiry", "made")
_OF_PART = ("part_number", "manufacturer", "gtin", "revision", "customer_part_number", "cage")
_DEEPEST = 32
"""Places within places; more than this is a ring."""


def unit_card(
    session: Session, identity: str, now_us: int, moment: Moment = NOW, *, operator: str = "", whole: bool = False
) -> UnitCard:
    """Everything about one unit. `whole` tells all of its history, else the latest page of it."""
    unit = unit_at(session, identity, moment)
    today = as_date(moment.until if moment.until is not None else now_us)
    grounds = grounds_of(session, unit, today, moment, operator)
    told = whole_timeline(session, identity, moment) if whole else timeline(session, identity, moment=moment)
    return UnitCard(
        unit=view_of(unit), marks=tuple(_marks(session, unit)), verdict=grounds.verdict, history=_history(told),
        custody=_custody(session, unit), timeline=told, steps=reasoning(grounds.basis), others=_others(grounds),
        earlier=tuple(_earlier(session, unit, moment)), path=tuple(_path(session, unit)),
        papers=tuple(_papers(session, unit)), files=tuple(_files(session, unit, moment)),
        documents=tuple(_documents(session, unit, moment)), moment=moment, supplier=grounds.basis.supplier,
        disputed=unit.disputed,
    )  # fmt: skip


def unit_at(session: Session, identity: str, moment: Moment = NOW) -> UnitRow:
    """The unit as it stood; refused where nobody had heard of it."""
    unit = units.unit(session, identity)
    if unit is None:
        raise Refusal(Refused.UNIT_UNKNOWN, tag=identity)
    if moment.is_now:
        return unit
    one = bonding.unit_at(lambda subject: within(timelines.of_subject(session, subject), moment), identity,
                          withdrawals(session))  # fmt: skip
    if one.state is None or not any(one.histories.values()):
        raise Refusal(Refused.UNIT_UNKNOWN, tag=unit.serial or identity)
    return units.as_of(session, one.state)


def besides(session: Session, identity: str, others: tuple[str, ...], now_us: int) -> tuple[Beside, ...]:
    """This unit and the others to hold against it, each with its lights and the latest of its history."""
    found: list[Beside] = []
    for number, each in enumerate((identity, *others)):
        unit = units.unit(session, each)
        if unit is not None:
            grounds = grounds_of(session, unit, as_date(now_us), NOW)
            receipt = deliveries.receipt(session, unit.receipt) if unit.receipt else None
            found.append(
                Beside(
                    how=_how(found[0].unit.serial, unit) if number and found else "this", unit=view_of(unit),
                    verdict=grounds.verdict, supplier=grounds.basis.supplier,
                    receipt=receipt.number if receipt else "", timeline=timeline(session, each),
                )
            )  # fmt: skip
    return tuple(found)


def _how(serial: str, other: UnitRow) -> str:
    if other.state == state.SCRAPPED:
        return "scrapped"
    return "twin" if "".join(other.serial.upper().split()) == "".join(serial.upper().split()) else "alike"


def _others(grounds: Grounds) -> tuple[str, ...]:
    basis = grounds.basis
    if grounds.verdict[Light.COUNTERFEIT].code == "nothing_against_it":
        return ()
    return tuple(other.id for other in (*basis.scrapped, *basis.twins, *basis.alikes))


def _history(told: Timeline) -> tuple[HistoryLine, ...]:
    return tuple(
        HistoryLine(at=entry.at, who=entry.who, what=Coming(code=entry.type, facts=entry.facts))
        for entry in reversed(told.entries)
    )


def _custody(session: Session, unit: UnitRow) -> str:
    """Ours at the station that recorded it last; once it is out, the place where it is."""
    if unit.state not in state.OURS:
        return unit.place if unit.state == state.INSTALLED else ""
    station = session.value(
        "SELECT e.station FROM event_subjects s JOIN events e ON e.n = s.event WHERE s.subject = ?"
        " ORDER BY e.ts DESC, e.station DESC, e.seq DESC LIMIT 1",
        (f"unit:{unit.id}",),
        "",
    )
    return stations.name_of(session, station) or str(station)


def _marks(session: Session, unit: UnitRow) -> Iterator[tuple[str, str]]:
    """Everything that the unit is called by."""
    part = catalogue.part(session, unit.part)
    told = told_of_part(session, unit.part)
    marks: dict[str, str] = {"unit": unit.id, "part": unit.part_number, "serial": unit.serial, "lot": unit.lot}
    if part is not None:
        marks |= {
            "gtin": part.gtin, "manufacturer": part.manufacturer, "cage": part.cage,
            "customer_part_number": part.customer_part_number,
        }  # fmt: skip
    marks |= {"revision": str(told.get("revision", "")), "supplier": _supplier(session, unit)}
    marks |= {"made": unit.made, "expiry": unit.expiry, "in_service_since": unit.in_service_since}
    marks |= {name: str(value) for name, value in sorted(unit.marks.items()) if value}
    marks["other_ids"] = ", ".join(units.ids_of(session, unit.id)[1:])
    yield from ((name, value) for name, value in marks.items() if value)


def _supplier(session: Session, unit: UnitRow) -> str:
    partner = catalogue.partner(session, unit.partner) if unit.partner else None
    return partner.name or partner.code if partner else ""


def _earlier(session: Session, unit: UnitRow, moment: Moment) -> Iterator[EarlierName]:
    """What the unit and its part were called before somebody corrected it."""
    naming = within(timelines.of_types(session, unit.id, *_NAMING), moment)
    today = {"serial": unit.serial, "lot": unit.lot, "expiry": unit.expiry, "made": unit.made}
    yield from _changed(naming, _NAMES, today, lambda event: event.body)
    told = told_of_part(session, unit.part)
    entries = within(timelines.of_subject(session, f"part:{unit.part}"), Moment(known=moment.known))
    now = {name: str(told.get(name, "")) for name in _OF_PART}
    yield from _changed(entries, _OF_PART, now, _told)


def _told(event: Seen) -> dict[str, object]:
    told = event.body.get("told")
    return told if isinstance(told, dict) else {}


def _changed(
    events: Iterable[Seen],
    names: tuple[str, ...],
    today: Mapping[str, str],
    told: Callable[[Seen], Mapping[str, object]],
) -> Iterator[EarlierName]:
    before: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    for event in events:
        for name in names:
            value = told(event).get(name)
            if not isinstance(value, str) or not value:
                continue
            old = before.get(name, "")
            if old and old != value and old != today[name] and (name, old) not in seen:
                seen.add((name, old))
                yield EarlierName(field=name, value=old, until=as_moment(event.happened))
            before[name] = value
    for name, value in before.items():
        if value != today[name] and (name, value) not in seen:
            yield EarlierName(field=name, value=value)


def _path(session: Session, unit: UnitRow) -> list[str]:
    """Where it lies, from the largest place to the smallest."""
    path: list[str] = []
    row = session.one("SELECT id, code, parent FROM places WHERE code = ? ORDER BY id", (unit.place,))
    met: set[str] = set()
    while row is not None and row[0] not in met and len(path) < _DEEPEST:
        met.add(row[0])
        path.insert(0, str(row[1]))
        row = session.one("SELECT id, code, parent FROM places WHERE id = ? AND ? <> ''", (row[2], row[2])) or (
            session.one("SELECT id, code, parent FROM places WHERE code = ? AND ? <> '' ORDER BY id", (row[2], row[2]))
        )
    return path or [unit.place] if unit.place else []


def _papers(session: Session, unit: UnitRow) -> Iterator[Link]:
    """The receipt, order and ASN that the unit came with."""
    receipt = deliveries.receipt(session, unit.receipt) if unit.receipt else None
    order = session.value("SELECT order_id FROM order_lines WHERE id = ?", (unit.line,), "") if unit.line else ""
    if receipt is not None:
        yield Link(kind="receipt", id=receipt.id, number=receipt.number, detail=receipt.delivery_note)
        order = order or receipt.order
    if order:
        number = session.value("SELECT number FROM orders WHERE id = ?", (order,), "")
        line = session.value("SELECT line FROM order_lines WHERE id = ?", (unit.line,), "") if unit.line else ""
        yield Link(kind="order", id=str(order), number=str(number), detail=str(line))
    if receipt is not None and receipt.asn:
        number = session.value("SELECT number FROM asns WHERE id = ?", (receipt.asn,), "")
        yield Link(kind="asn", id=receipt.asn, number=str(number))


def _files(session: Session, unit: UnitRow, moment: Moment) -> Iterator[FileView]:
    """Its own files, then those of the receipt that it came with, as far as they are about it."""
    for each in units.ids_of(session, unit.id):
        for it in attachments_of(session, f"unit:{each}", with_gone=not moment.is_now):
            if moment.is_now or _was_there(session, it, moment):
                yield file_view(session, it)
    if not unit.receipt:
        return
    for it in attachments_of(session, f"receipt:{unit.receipt}", with_gone=not moment.is_now):
        if moment.is_now or _was_there(session, it, moment):
            yield file_view(session, it, of="receipt")
    receipt = deliveries.receipt(session, unit.receipt)
    for told in receipt.certificates if receipt else ():
        if told.get("part", "") in ("", unit.part):
            yield FileView(
                id="", kind=FileKind.CERTIFICATE.value, name=str(told.get("name", "")),
                sha256=str(told.get("sha256", "")), size=0, at=as_moment(receipt.opened_at if receipt else 0), who="",
                of="receipt",
            )  # fmt: skip


def _was_there(session: Session, it: Attachment, moment: Moment) -> bool:
    """Whether it had been attached by then, and not been taken away again."""
    attached = timelines.event_of(session, it.event)
    gone = timelines.event_of(session, it.gone) if it.gone else None
    return attached is not None and bool(within([attached], moment)) and not (gone and within([gone], moment))


def file_view(session: Session, it: Attachment, of: str = "unit") -> FileView:
    """An attachment in the words that people know it by."""
    who = people.operator(session, it.actor) if it.actor else None
    return FileView(
        id=it.id, kind=it.kind, name=it.name, sha256=it.sha256, size=it.size, at=as_moment(it.at),
        who=who.name if who and who.name else it.actor, note=it.note, picture=it.kind == FileKind.PHOTO.value, of=of,
    )  # fmt: skip


def _documents(session: Session, unit: UnitRow, moment: Moment) -> Iterator[PaperView]:
    refs = [f"unit:{each}" for each in units.ids_of(session, unit.id)]
    refs += [f"receipt:{unit.receipt}"] if unit.receipt else []
    for ref in refs:
        for made in made_of(session, ref):
            if moment.until is None or made.made_at <= moment.until:
                yield PaperView(
                    id=made.id, kind=made.kind, number=made.number, sha256=made.sha256, copy=made.copy,
                    at=as_moment(made.made_at),
                )  # fmt: skip
