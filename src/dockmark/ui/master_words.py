"""What the forms of master data say: kinds, fields, choices, problems, history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dockmark.ui.import_words import change_words
from dockmark.ui.words import _, seen, when
from dockmark.wording import event_line, field_word, row_word

if TYPE_CHECKING:
    from dockmark.desks.master import Problem
    from dockmark.desks.master.views import PastEvent

KINDS: Final = ("part", "partner", "place", "order", "operator")


def kinds_word(kind: str) -> str:
    """Entries of a kind."""
    return {
        "part": _("Parts"), "partner": _("Partners"), "place": _("Places"), "order": _("Orders"),
        "operator": _("People"),
    }.get(kind, kind)  # fmt: skip


def new_words(kind: str) -> str:
    """The title of an empty form."""
    return {
        "part": _("New part"), "partner": _("New partner"), "place": _("New place"), "order": _("New order"),
        "operator": _("New person"),
    }.get(kind, kind)  # fmt: skip


def title_words(kind: str, title: str) -> str:
    """The title of an entry's form."""
    forms = {
        "part": _("Part {title}"), "partner": _("Partner {title}"), "place": _("Place {title}"),
        "order": _("Order {title}"), "operator": _("{title}"),
    }  # fmt: skip
    return forms.get(kind, "{title}").format(title=seen(title))


def label_of(kind: str, name: str, *, needed: bool = False) -> str:
    """What a field of a form is called."""
    words = {
        "place": {"place": _("Code of the place"), "name": _("Name"), "parent": _("Stands in (code)")},
        "partner": {"kind": _("What the partner is")},
        "order": {"order": _("Order number"), "supplier": _("Supplier (code)"), "owner": _("Owner of the goods")},
        "operator": {"operator": _("Id, as on events and lists"), "disabled": _("May not work here any more")},
        "line": {"line": _("Line"), "supplier": _("Supplier, if another")},
    }.get(kind, {})
    told = words.get(name) or field_word(name)
    return _("{field} – needed").format(field=told) if needed else told


def choice_word(field: str, word: str) -> str:
    """A word to choose from."""
    return {
        "yes": _("yes"), "no": _("no"), "serial": _("serial number"), "lot": _("lot and quantity"),
        "bin": _("bin"), "shelf": _("shelf"), "cage": _("cage"), "bench": _("bench"), "truck": _("truck"),
        "dock": _("dock"), "customer_site": _("customer's site"), "site": _("site"), "room": _("room"),
        "supplier": _("supplier"), "customer": _("customer"), "carrier": _("carrier"), "maker": _("maker"),
        "operator": _("operator"), "technician": _("technician"), "inspector": _("inspector"),
        "supervisor": _("supervisor"), "compliance": _("compliance"), "administrator": _("administrator"),
    }.get(word, word)  # fmt: skip


def detail_words(kind: str, detail: str) -> str:
    """What else is known of an entry, its codes in words."""
    first, _space, rest = detail.partition("  " if kind == "place" else " ")
    if kind == "place":
        return " · ".join(filter(None, (seen(choice_word("kind", first)), seen(rest))))
    if kind == "operator":
        return " · ".join([seen(first), *(choice_word("role", role) for role in rest.split())])
    return seen(detail)


def problem_words(problem: Problem) -> str:
    """What is wrong with a field, or worth a look."""
    words = row_word(problem.code)
    told = f"{words} (“{seen(problem.value, 40)}”)" if problem.value and problem.code != "missing" else words
    return told[:1].upper() + told[1:]


def past_title(past: PastEvent) -> str:
    """One event of an entry's history."""
    line = event_line(past.type, past.body)
    return _("Undone: {what}").format(what=line) if past.undone else line


def past_below(past: PastEvent) -> str:
    """When, by whom, and what it changed."""
    changes = "; ".join(change_words(field, was, now) for field, was, now in past.changes if was)
    return " · ".join(filter(None, (when(past.at), seen(past.who), changes)))
