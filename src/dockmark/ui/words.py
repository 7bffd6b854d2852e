"""The words of the window: one thin place that asks `wording` for sentences and makes data safe to show."""

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from PySide6.QtCore import QDateTime, QLocale

from dockmark.desks.answer import Answer, Fact, UnitView
from dockmark.ui.service import Coming
from dockmark.wording import _, lamp_word, light_word, ngettext, sentence

__all__ = [
    "_", "coming", "cut", "lamp_word", "light_word", "mark_word", "ngettext", "number", "said", "state_word",
    "told", "unit_line", "visible", "when",
]  # fmt: skip

LONGEST: Final = 120
"""Characters of one fact that a sentence on the screen shows; the unit card shows the whole."""

_PICTURES: Final = {code: chr(0x2400 + code) for code in range(32)} | {0x7F: "␡"}


def visible(text: str, longest: int = 400) -> str:
    """Text as it came, with control characters drawn and nothing left that turns or hides its neighbours."""
    shown = text[:longest].translate(_PICTURES)
    safe = "".join(c if unicodedata.category(c) not in ("Cf", "Cc", "Cs", "Co") else "�" for c in shown)
    return safe + "…" if len(text) > longest else safe


def cut(value: Fact) -> Fact:
    """A fact short enough for a sentence."""
    if isinstance(value, str):
        return visible(value, LONGEST)
    if isinstance(value, list):
        return [visible(each, LONGEST) for each in value[:12]]
    return value


def said(code: str, facts: Mapping[str, Fact]) -> str:
    """The sentence of that code with those facts."""
    return sentence(code, {key: cut(value) for key, value in facts.items()})


def told(answer: Answer) -> str:
    """The sentence of an answer."""
    return said(answer.code, answer.facts)


def coming(what: Coming | None) -> str:
    """The sentence of what is to come or has happened, or nothing."""
    return said(what.code, what.facts) if what is not None else ""


def unit_line(unit: UnitView) -> str:
    """A unit in one line: part, serial, lot and quantity where there are any."""
    parts = [visible(unit.part, LONGEST)]
    if unit.serial:
        parts.append(_("serial {serial}").format(serial=visible(unit.serial, LONGEST)))
    if unit.lot:
        parts.append(_("lot {lot}").format(lot=visible(unit.lot, LONGEST)))
    if unit.quantity != 1:
        parts.append("× " + number(unit.quantity))
    return " · ".join(parts)


def number(value: int) -> str:
    """A count in the way of the operator's country."""
    return QLocale().toString(value)


def state_word(state: str) -> str:
    """A state or condition of a unit in words."""
    known = {
        "expected": _("expected"),
        "received": _("received"),
        "inspected": _("inspected"),
        "in_stock": _("in stock"),
        "new": _("new"),
        "serviceable": _("serviceable"),
        "unserviceable": _("unserviceable"),
        "quarantined": _("in quarantine"),
        "suspect": _("suspect"),
        "scrapped": _("scrapped"),
        "damaged": _("damaged"),
        "returned": _("returned"),
        "installed": _("installed"),
        "removed": _("removed"),
        "in_transit": _("in transit"),
        "in_repair": _("in repair"),
        "packed": _("packed"),
        "kitted": _("in a kit"),
    }
    return known.get(state, visible(state.replace("_", " "), LONGEST))


def mark_word(key: str) -> str:
    """What a mark or fact of a unit is called."""
    known = {
        "place": _("Place"),
        "owner": _("Owner"),
        "condition": _("Condition"),
        "lot": _("Lot"),
        "quantity": _("Quantity"),
        "expiry": _("Expires"),
        "part": _("Part"),
        "serial": _("Serial"),
        "maker": _("Maker"),
        "gtin": "GTIN",
        "uii": "UII",
        "tag": _("Dockmark tag"),
        "unit": _("Unit id"),
        "mfg_date": _("Made"),
        "received": _("Received"),
        "supplier": _("Supplier"),
        "order": _("Order"),
    }
    return known.get(key, visible(key.replace("_", " ").capitalize(), LONGEST))


def when(at: datetime | None, *, with_date: bool = True) -> str:
    """A time in the way of the operator's country."""
    if at is None:
        return ""
    local = QDateTime.fromMSecsSinceEpoch(int(at.timestamp() * 1000))
    form = QLocale.FormatType.ShortFormat
    return QLocale().toString(local, form) if with_date else QLocale().toString(local.time(), form)
