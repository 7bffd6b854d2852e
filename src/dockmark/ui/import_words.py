"""What the import wizard says of kinds, verdicts, changes and counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dockmark.ui.theme import Role
from dockmark.ui.words import _, day_text, ngettext, number, said, seen, when
from dockmark.wording import field_word, file_help, file_word, forms_here, row_word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dockmark.desks.importing.verdicts import ImportResult, RowVerdict
    from dockmark.station.imports import ImportLine

KINDS: Final = ("parts", "partners", "locations", "orders", "asn", "expected", "stock", "recalls", "ranges")
SHAPES: Final[Mapping[str, tuple[Role, str]]] = {
    "new": (Role.OK, "ok"),
    "same": (Role.INFO, "info"),
    "changed": (Role.WARN, "warn"),
    "bad": (Role.STOP, "stop"),
}


def kind_word(kind: str) -> str:
    """What a file is about."""
    return {
        "parts": _("Parts"),
        "partners": _("Partners"),
        "locations": _("Places"),
        "orders": _("Orders"),
        "asn": _("Announced deliveries (ASN)"),
        "expected": _("Expected units"),
        "stock": _("Opening stock"),
        "recalls": _("Recalls"),
        "ranges": _("Serial ranges"),
        "depot": _("Folder of a depot"),
    }.get(kind, kind)


def verdict_of_row(verdict: str) -> str:
    """A verdict in one word."""
    return {"new": _("New"), "same": _("Same"), "changed": _("Changed"), "bad": _("Bad")}.get(verdict, verdict)


def filter_words(wanted: str, count: int) -> str:
    """A filter and how many rows it leaves."""
    names = {
        "": _("All rows"), "new": _("New"), "same": _("Same"), "changed": _("Changed"), "bad": _("Bad"),
        "warned": _("With a warning"),
    }  # fmt: skip
    return _("{filter}: {count}").format(filter=names[wanted], count=number(count))


def reason_words(row: RowVerdict) -> str:
    """Why a row is bad, what it is warned of, or what it changes: field, old and new."""
    told = []
    if row.changes:
        told.append("; ".join(change_words(each.field, each.was, each.now) for each in row.changes if each.field))
    if row.code:
        words = row_word(row.code)
        if row.field:
            about = field_word(row.field)
            shown = f"{about} “{seen(row.value, 60)}”" if row.value else about
            words = _("{field}: {what}").format(field=shown, what=words)
        told.append(words)
    return " · ".join(filter(None, told))


def change_words(field: str, was: str, now: str) -> str:
    """A field with what it was and what it becomes."""
    return _("{field}: {was} → {now}").format(
        field=field_word(field), was=value_words(field, was), now=value_words(field, now)
    )


_YES_NO: Final = frozenset({"approved", "repairable", "requires_approved_supplier", "requires_certificate"})


_DAYS: Final = frozenset(
    ["expiry", "in_service_since", "made", "mfg_date", "ordered_at", "promised", "shipped_at", "valid_from"]
)


def value_words(field: str, value: str) -> str:
    """A value as people write it; a dash where there is none."""
    if not value:
        return "–"
    if field in _YES_NO and value in ("0", "1"):
        return _("yes") if value == "1" else _("no")
    if field == "mass" and value.isdigit():
        return _("{kilograms} kg").format(kilograms=forms_here().scaled(int(value), 6, least=0))
    if field == "unit_price" and value.isdigit():
        return forms_here().scaled(int(value), 2)
    return day_text(value) if field in _DAYS else seen(value, 80)


def trouble_words(facts: Mapping[str, object]) -> str:
    """Why a file cannot be used, and the next step."""
    why = str(facts.get("why", ""))
    name = seen(str(facts.get("file", "")))
    told = file_word(why, facts)
    words = _("{file} cannot be used: {why}.").format(file=name, why=told) if name else said("bad_file", {"why": why})
    return " ".join(filter(None, (words, file_help(why))))


def line_title(line: ImportLine) -> str:
    """An import in one line: its file, what it was about, how many rows said something."""
    it = line.it
    rows = ngettext("{done} of {count} row", "{done} of {count} rows", it.rows).format(
        done=number(it.recorded), count=number(it.rows)
    )
    return f"{seen(it.file)} · {kind_word(it.kind)} · {rows}"


def line_below(line: ImportLine) -> str:
    """When and by whom; and when, by whom and why it was undone."""
    from dockmark.record.clock import as_moment

    it = line.it
    told = [when(as_moment(it.at)), seen(line.who)]
    if it.is_reversed:
        undone = _("undone on {day} by {who}: {reason}").format(
            day=when(as_moment(it.reversed_at)), who=seen(line.undone_by), reason=seen(it.reason)
        )
        told.append(undone)
    return " · ".join(filter(None, told))


def thing_words(kind: str, count: int) -> str:
    """So many things of a kind."""
    forms = {
        "part": ngettext("{count} part", "{count} parts", count),
        "partner": ngettext("{count} partner", "{count} partners", count),
        "place": ngettext("{count} place", "{count} places", count),
        "order_line": ngettext("{count} order line", "{count} order lines", count),
        "asn_line": ngettext("{count} line of a delivery", "{count} lines of deliveries", count),
        "expected": ngettext("{count} expected unit", "{count} expected units", count),
        "unit": ngettext("{count} unit", "{count} units", count),
        "recall": ngettext("{count} recall", "{count} recalls", count),
        "range": ngettext("{count} serial range", "{count} serial ranges", count),
    }
    return forms.get(kind, ngettext("{count} entry", "{count} entries", count)).format(count=number(count))


def thing_word(kind: str) -> str:
    """What a thing of a kind is."""
    return {
        "part": _("Part"), "partner": _("Partner"), "place": _("Place"), "order_line": _("Order line"),
        "asn_line": _("Line of a delivery"), "expected": _("Expected unit"), "unit": _("Unit"),
        "recall": _("Recall"), "range": _("Serial range"),
    }.get(kind, kind)  # fmt: skip


def things_words(counts: Mapping[str, int]) -> str:
    """So many things of each kind."""
    return ", ".join(thing_words(kind, count) for kind, count in counts.items() if count)


def result_words(result: ImportResult, file: str) -> str:
    """What was made of a file."""
    if not result.recorded:
        return _("{file} says nothing that is not known already.").format(file=seen(file))
    made = ngettext("{count} row is recorded", "{count} rows are recorded", result.recorded)
    told = [_("{rows} from {file}").format(rows=made.format(count=number(result.recorded)), file=seen(file))]
    for count, words in (
        (result.new, ngettext("{count} new", "{count} new", result.new)),
        (result.changed, ngettext("{count} changed", "{count} changed", result.changed)),
        (result.same, ngettext("{count} known already", "{count} known already", result.same)),
        (result.bad, ngettext("{count} bad and left out", "{count} bad and left out", result.bad)),
    ):
        if count:
            told.append(words.format(count=number(count)))
    return ", ".join(told) + "."
