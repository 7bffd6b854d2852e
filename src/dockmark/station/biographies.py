"""What a unit's biography says, from its card."""

from dockmark.database.session import Session
from dockmark.desks.dossier import unit_card
from dockmark.desks.views import UnitCard
from dockmark.documents.paper.biography import Biography, Entry, LightTold
from dockmark.record.clock import as_moment


def biography(session: Session, unit: str, now_us: int) -> Biography:
    """The unit's life as values for the paper, as it stands at that time."""
    card = unit_card(session, unit, now_us, whole=True)
    view = card.unit
    return Biography(
        part=view.part, serial=view.serial, description=view.description, state=view.state, condition=view.condition,
        owner=view.owner, custody=card.custody, path=card.path, marks=card.marks,
        earlier=[(it.field, it.value) for it in card.earlier], papers=[(it.kind, it.number) for it in card.papers],
        lights=_lights(card), files=[(it.kind, it.name, it.sha256) for it in card.files], entries=_entries(card),
    )  # fmt: skip


def _lights(card: UnitCard) -> list[LightTold]:
    return [
        LightTold(
            light=light.value, lamp=finding.state.value, code=finding.code, facts=finding.facts,
            steps=[(step.code, step.facts) for step in card.steps.get(light, ())],
        )
        for light, finding in card.verdict.items()
    ]  # fmt: skip


def _entries(card: UnitCard) -> list[Entry]:
    """In the order in which things happened, as a life is told."""
    begun = as_moment(0)
    return [
        Entry(
            at=round((it.at - begun).total_seconds() * 1_000_000),
            recorded=round((it.recorded - begun).total_seconds() * 1_000_000), type=it.type, facts=it.facts,
            who=it.who, station=it.station, undone=bool(it.undone_by),
        )
        for it in reversed(card.timeline.entries)
    ]  # fmt: skip
