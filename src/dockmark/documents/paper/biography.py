"""The biography of a unit: what it is, how its six lights stand and why, and everything that happened to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dockmark.documents.paper.flow import Flow, Front, Printed, printed
from dockmark.documents.paper.house import House
from dockmark.documents.paper.receipt import enclosed_word, owner_word
from dockmark.documents.paper.table import Cell, Column, Row, Table, set_table
from dockmark.documents.paper.type import Style
from dockmark.wording import (
    _,
    condition_word,
    event_line,
    field_word,
    finding_words,
    lamp_word,
    light_word,
    reason_word,
    state_word,
    step_words,
)
from dockmark.wording.forms import Forms

Facts = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class LightTold:
    """One light: how it stands, the code of the reason, and the steps that led there as pairs of code and facts."""

    light: str
    lamp: str
    code: str
    facts: Facts
    steps: Sequence[tuple[str, Facts]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event of the unit's life. `undone` says that it was taken back later."""

    at: int
    recorded: int
    type: str
    facts: Facts
    who: str
    station: str
    undone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Biography:
    """Everything that the paper says, as values."""

    part: str
    serial: str
    description: str = ""
    state: str = ""
    condition: str = ""
    owner: str = ""
    custody: str = ""
    path: Sequence[str] = ()
    marks: Sequence[tuple[str, str]] = ()
    earlier: Sequence[tuple[str, str]] = ()
    papers: Sequence[tuple[str, str]] = ()
    """Pairs of kind and number: the receipt, order and ASN that it came with."""
    lights: Sequence[LightTold] = ()
    files: Sequence[tuple[str, str, str]] = ()
    """Kind, name and SHA-256 of what is attached."""
    entries: Sequence[Entry] = field(default_factory=tuple)


def biography_pdf(unit: Biography, front: Front, house: House) -> Printed:
    """The biography of a unit."""
    return printed(front, house, lambda flow: _compose(flow, unit))


def _compose(flow: Flow, unit: Biography) -> None:
    flow.block(
        (
            (_("Unit"), [text for text in (unit.serial or _("no serial"), unit.part, unit.description) if text]),
            (_("Stands"), [state_word(unit.state), condition_word(unit.condition) if unit.condition else ""]),
            (
                _("Where and whose"),
                [" › ".join(unit.path) or _("no place named"), unit.custody, owner_word(unit.owner)],
            ),
        )
    )
    flow.facts([(caption_of(key), value) for key, value in (*unit.marks, *unit.papers)])
    if unit.earlier:
        flow.heading(_("Called before"))
        for key, value in unit.earlier:
            flow.sentence(f"{caption_of(key)}: {value}")
    _set_lights(flow, unit.lights)
    _set_files(flow, unit.files)
    _set_entries(flow, unit.entries)


def caption_of(key: str) -> str:
    """What a mark is called; names of standards in capitals."""
    word = field_word(key)
    return key.upper() if word == key and len(key) <= 5 and key.isalpha() else word[:1].upper() + word[1:]


def _set_lights(flow: Flow, lights: Sequence[LightTold]) -> None:
    flow.heading(_("How it stands"))
    table = Table(
        (
            Column(_("Light"), 16, style=Style.STRONG),
            Column("", 10, style=Style.STRONG),
            Column(_("Worked out"), 74, below=3),
        )
    )
    rows = (
        Row(
            (
                Cell(light_word(it.light)),
                Cell(lamp_word(it.lamp)),
                Cell(
                    finding_words(it.code, it.facts),
                    tuple(f"{number}. {step_words(*step)}" for number, step in enumerate(it.steps, 1)),
                ),
            )
        )
        for it in lights
    )
    set_table(flow, table, rows)


def _set_files(flow: Flow, files: Sequence[tuple[str, str, str]]) -> None:
    if not files:
        return
    flow.heading(_("Photos and papers"))
    table = Table(
        (
            Column(_("Kind"), 16),
            Column(_("File"), 40, style=Style.STRONG),
            Column("SHA-256", 62, style=Style.SMALL_MONO, most=0),
        )
    )
    set_table(flow, table, (Row((Cell(enclosed_word(kind)), Cell(name), Cell(sha256))) for kind, name, sha256 in files))


def _set_entries(flow: Flow, entries: Sequence[Entry]) -> None:
    flow.heading(_("What happened"))
    table = Table(
        (
            Column(_("When"), 18, below=2),
            Column(_("What"), 60, most=4, below=2),
            Column(_("Who, where"), 22, below=2),
        )
    )
    set_table(flow, table, (_entry_row(flow.forms, entry) for entry in entries))


def _entry_row(forms: Forms, entry: Entry) -> Row:
    when = forms.moment(entry.at)
    told = forms.moment(entry.recorded)
    late = (_("recorded {time}").format(time=told),) if told != when else ()
    below = [_("Taken back later: without effect.")] if entry.undone else []
    reason = entry.facts.get("reason")
    line = event_line(entry.type, entry.facts)
    if isinstance(reason, str) and reason and reason_word(reason) not in line:
        below.append(reason_word(reason))
    return Row((Cell(when, late), Cell(line, tuple(below)), Cell(entry.who, (entry.station,) if entry.station else ())))
