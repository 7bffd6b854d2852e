"""The unit card as text, for the clipboard: what stands on it, in the same words."""

from collections.abc import Iterator

from dockmark.custody.lights import Light
from dockmark.desks.views import UnitCard
from dockmark.ui.unit_timeline import below
from dockmark.ui.words import _, condition_word, finding_words, lamp_word, light_word, mark_word, seen, state_word
from dockmark.wording import event_line, step_words


def card_text(card: UnitCard) -> str:
    """Everything on the card, a line for each."""
    return "\n".join(_lines(card))


def _lines(card: UnitCard) -> Iterator[str]:
    unit = card.unit
    yield " ".join(part for part in (seen(unit.part), seen(unit.serial), seen(unit.description)) if part)
    place = " › ".join(seen(each) for each in card.path) or seen(unit.place)
    owner = _("ours") if unit.owner in ("", "own") else seen(unit.owner)
    told = (state_word(unit.state), condition_word(unit.condition) if unit.condition else "", place, owner)
    yield " · ".join(part for part in told if part)
    for key, value in card.marks:
        yield f"{mark_word(key)}: {seen(value)}"
    for earlier in card.earlier:
        yield _("{field}, before: {value}").format(field=mark_word(earlier.field), value=seen(earlier.value))
    for link in card.papers:
        yield f"{mark_word(link.kind)}: {seen(link.number)}"
    for file in card.files:
        yield _("File: {name}").format(name=seen(file.name))
    for light in Light:
        if (finding := card.verdict.get(light)) is not None:
            words = finding_words(finding.code, finding.facts)
            yield f"{light_word(light)}: {lamp_word(finding.state)} – {words}"
            yield from (f"  {step_words(step.code, step.facts)}" for step in card.steps.get(light, ()))
    for entry in card.timeline.entries:
        yield f"{event_line(entry.type, entry.facts)} ({below(entry)})"
