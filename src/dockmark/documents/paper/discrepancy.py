"""The discrepancy report: how what came differs from what was asked for, line by line and unit by unit."""

from collections.abc import Callable, Iterable, Iterator

from dockmark.documents.paper.facts import LineCheck, ReceiptBook, Refusal, UnitLine
from dockmark.documents.paper.flow import Flow, Front, Printed, printed
from dockmark.documents.paper.house import House
from dockmark.documents.paper.receipt import owner_word, remarks, set_facts, set_parties
from dockmark.documents.paper.table import Cell, Column, Row, Table, set_table
from dockmark.documents.paper.type import Style
from dockmark.wording import _, condition_word, reason_word, rule_word
from dockmark.wording.forms import Forms


def discrepancy_pdf(book: ReceiptBook, front: Front, house: House) -> Printed:
    """The discrepancy report of a delivery."""
    return printed(front, house, lambda flow: _compose(flow, book))


def _compose(flow: Flow, book: ReceiptBook) -> None:
    set_parties(flow, book.head)
    set_facts(flow, book.head)
    _set_figures(flow, book)
    if not _set_sections(flow, book):
        flow.heading(_("Differences"))
        flow.sentence(_("Everything came as it was announced, undamaged, and nothing was refused."))
    _set_answer(flow)


def _set_sections(flow: Flow, book: ReceiptBook) -> int:
    """Every section that has something to say; how many rows they have."""
    said = _set_lines(flow, book.lines) if book.lines else 0
    said += _section(flow, _("Announced serials that did not come"), _missing_table, _missing_rows(book))
    for title, chosen in (
        (_("Not announced, and taken in"), lambda unit: unit.stranger),
        (_("Damaged"), lambda unit: unit.damaged),
        (_("On hold"), lambda unit: bool(unit.held)),
    ):
        said += _section(flow, title, _odd_units_table, _unit_rows(flow.forms, book.units(), chosen))
    said += _section(
        flow, _("Refused at the dock, and how it was answered"), _refused_table, _refused_rows(flow.forms, book)
    )
    return said


def _section(flow: Flow, title: str, table: Callable[[], Table], rows: Iterator[Row]) -> int:
    """A table under its title; neither where it has no row."""
    first = next(rows, None)
    if first is None:
        return 0
    flow.heading(title, keep=80)
    return set_table(flow, table(), _again(first, rows))


def _again(first: Row, rest: Iterator[Row]) -> Iterator[Row]:
    yield first
    yield from rest


def _set_figures(flow: Flow, book: ReceiptBook) -> None:
    counts = book.head.counts
    flow.figures(
        (
            (_("Received"), counts.pieces),
            (_("Still expected"), sum(line.missing for line in book.lines)),
            (_("Too many"), sum(line.over for line in book.lines)),
            (_("Not announced"), counts.strangers),
            (_("Damaged"), counts.damaged),
            (_("On hold"), counts.held),
            (_("Refused"), sum(1 for _refusal in book.refusals())),
        )
    )


def _set_lines(flow: Flow, lines: Iterable[LineCheck]) -> int:
    """Expected and received, line by line; says how many differ."""
    forms = flow.forms
    flow.heading(_("Expected and received"), keep=80)
    table = Table(
        (
            Column(_("Line"), 20, style=Style.STRONG),
            Column(_("Part"), 38),
            Column(_("Asked for"), 12, align="right"),
            Column(_("In this delivery"), 14, align="right"),
            Column(_("In all"), 10, align="right"),
            Column(_("Difference"), 13, align="right", style=Style.STRONG, below=2),
            Column(_("Still expected"), 13, align="right"),
        )
    )
    kept = list(lines)
    set_table(flow, table, (_line_row(forms, line) for line in kept))
    return sum(1 for line in kept if line.missing or line.over)


def _line_row(forms: Forms, line: LineCheck) -> Row:
    difference = line.come - line.wanted
    sign = "+" if difference > 0 else "–" if difference else ""
    word = _("too many") if difference > 0 else _("short") if difference else _("as asked for")
    counts = [Cell(forms.count(count)) for count in (line.wanted, line.here, line.come)]
    return Row(
        (
            Cell(line.name),
            Cell(line.part, (line.description,) if line.description else ()),
            *counts,
            Cell(f"{sign}{forms.count(abs(difference))}", (word,)),
            Cell(forms.count(line.missing)),
        )
    )


def _missing_table() -> Table:
    return Table((Column(_("Part"), 40, style=Style.STRONG), Column(_("Serial"), 60, style=Style.SERIAL, most=0)))


def _missing_rows(book: ReceiptBook) -> Iterator[Row]:
    return (Row((Cell(part), Cell(serial))) for part, serial in book.missing())


def _odd_units_table() -> Table:
    return Table(
        (
            Column(_("Part"), 26, style=Style.STRONG),
            Column(_("Serial · lot"), 26, style=Style.SERIAL, most=0),
            Column(_("Qty"), 7, align="right"),
            Column(_("Condition"), 15),
            Column(_("Remarks"), 30, most=8),
            Column(_("Place · owner"), 14, below=2),
        )
    )


def _unit_rows(forms: Forms, units: Iterable[UnitLine], chosen: Callable[[UnitLine], bool]) -> Iterator[Row]:
    for unit in units:
        if chosen(unit):
            lot = (_("Lot {lot}").format(lot=unit.lot),) if unit.lot else ()
            yield Row(
                (
                    Cell(unit.part, (unit.description,) if unit.description else ()),
                    Cell(unit.serial or "–", lot),
                    Cell(forms.count(unit.quantity)),
                    Cell(condition_word(unit.condition)),
                    Cell("; ".join(remarks(unit)) or "–"),
                    Cell(unit.place or "–", (owner_word(unit.owner),)),
                )
            )


def _refused_table() -> Table:
    return Table(
        (
            Column(_("Part"), 22, style=Style.STRONG),
            Column(_("Serial"), 24, style=Style.SERIAL, most=0),
            Column(_("Why it was refused"), 26, most=3),
            Column(_("Answer"), 28, most=4, below=4),
            Column(_("When"), 18),
        )
    )


def _refused_rows(forms: Forms, book: ReceiptBook) -> Iterator[Row]:
    for refusal in book.refusals():
        why = reason_word(refusal.reason) if refusal.reason else ""
        below = tuple(text for text in (why, f"“{refusal.note}”" if refusal.note else "") if text)
        yield Row(
            (
                Cell(refusal.part or "–"),
                Cell(refusal.serial or "–"),
                Cell(rule_word(refusal.rule)),
                Cell(answer_word(refusal), below),
                Cell(forms.moment(refusal.at), (refusal.who,)),
            )
        )


def answer_word(refusal: Refusal) -> str:
    """How a refusal was answered."""
    words = {
        "accepted": _("accepted with a reason"),
        "quarantined": _("taken in and held"),
        "skipped": _("set aside, not received"),
        "rejected": _("rejected, not received"),
        "received_after": _("received once that was settled"),
        "undone": _("accepted, then undone"),
    }
    return words.get(refusal.answer) or _("not answered, not received")


def _set_answer(flow: Flow) -> None:
    """Where both sides sign that they have seen it."""
    fields = (_("Name in capitals, company"), _("Date and time"), _("Signature"))
    flow.need(len(fields) * 27 + 70)
    flow.heading(_("Acknowledgement"))
    flow.sentence(_("What did not come stays expected until it comes or the order is changed."))
    flow.signatures((_("Reported by"), _("Acknowledged by")), fields)
