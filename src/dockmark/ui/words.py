"""The words of the window: one thin place over `wording`, with what only a screen needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dockmark.wording import (
    _,
    condition_word,
    event_line,
    field_word,
    finding_words,
    forms_here,
    lamp_word,
    light_word,
    ngettext,
    printing,
    sentence,
    state_word,
    verdict_word,
    visible,
)
from dockmark.wording.nouns import ACTS, known

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from dockmark.desks.answer import Answer, Fact, UnitView
    from dockmark.desks.views import Coming

__all__ = [
    "_",
    "condition_word",
    "day",
    "day_text",
    "finding_words",
    "happened",
    "lamp_word",
    "light_word",
    "mark_word",
    "ngettext",
    "number",
    "printing",
    "said",
    "seen",
    "state_word",
    "told",
    "undoes",
    "unit_line",
    "verdict_word",
    "when",
]

LONGEST: Final = 400
"""Characters of one value that a field or cell of the screen holds."""

_CONTROLS: Final = (
    "NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US"
)
_NAMED: Final = {0x2400 + code: f"<{name}>" for code, name in enumerate(_CONTROLS.split())} | {0x2421: "<DEL>"}


def seen(text: str, longest: int = LONGEST) -> str:
    """A value for a field or a cell: safe to show, and longer than in a sentence.

    Control characters stand by their names, as the simulated scanner takes them: few fonts can draw them.
    """
    return visible(text, longest).translate(_NAMED)


def said(code: str, facts: Mapping[str, Fact] | None = None) -> str:
    """The sentence of that code with those facts."""
    return sentence(code, facts or {})


def told(answer: Answer) -> str:
    """The sentence of an answer."""
    return sentence(answer.code, answer.facts)


def happened(what: Coming) -> str:
    """What one event of a unit's history says."""
    return event_line(what.code, what.facts)


def undoes(what: Coming | None) -> str:
    """What UNDO would reverse."""
    if what is None:
        return _("nothing to undo")
    unit = " ".join(visible(str(what.facts[key])) for key in ("part", "serial") if what.facts.get(key))
    act = known(ACTS, what.code) or said(what.code, what.facts)
    return _("{act}: {unit}").format(act=act, unit=unit) if unit else act


def unit_line(unit: UnitView) -> str:
    """A unit in one line: part, serial, lot and quantity where there are any."""
    parts = [seen(unit.part)]
    if unit.serial:
        parts.append(_("serial {serial}").format(serial=seen(unit.serial)))
    if unit.lot:
        parts.append(_("lot {lot}").format(lot=seen(unit.lot)))
    if unit.quantity != 1:
        parts.append("× " + number(unit.quantity))
    return " · ".join(parts)


def number(value: int) -> str:
    """A count in the way of the operator's country."""
    return forms_here().count(value)


def mark_word(key: str) -> str:
    """What a mark or fact of a unit is called."""
    names = {
        "quantity": _("Quantity"),
        "tag": _("Dockmark tag"),
        "unit": _("Unit id"),
        "mfg_date": _("Made"),
        "date_code": _("Date code"),
        "revision": _("Revision"),
        "cage": "CAGE",
        "duns": "DUNS",
        "enterprise": _("Enterprise"),
    }
    if key in names:
        return names[key]
    if len(key) <= 5 and key.isalpha() and field_word(key) == key:
        return key.upper()  # gtin, uii, sscc, imei: names of standards
    word = field_word(key)
    return word[:1].upper() + word[1:]


def day(of: date) -> str:
    """A day in the way of the operator's country; as ISO 8601 writes it where no country is set."""
    return forms_here().day(of)


def day_text(text: str) -> str:
    """A day that is kept as text, in the way of the operator's country; what is none as it stands."""
    return forms_here().day_text(seen(text))


def when(at: datetime | None, *, with_date: bool = True) -> str:
    """A time in the way of the operator's country."""
    if at is None:
        return ""
    forms, time_us = forms_here(), round(at.timestamp() * 1_000_000)
    return forms.moment(time_us) if with_date else forms.time_of(time_us)
