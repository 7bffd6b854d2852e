"""The receipt: who brought what, each unit of it, and the lines on which custody is signed over."""

from collections.abc import Iterable, Iterator

from dockmark.documents.paper.facts import Counts, Enclosed, ReceiptBook, ReceiptHead, UnitLine
from dockmark.documents.paper.flow import Flow, Front, Printed, printed
from dockmark.documents.paper.house import House
from dockmark.documents.paper.table import Cell, Column, Row, Table, set_table
from dockmark.documents.paper.type import Style
from dockmark.wording import _, condition_word, ngettext, reason_word, rule_word
from dockmark.wording.forms import Forms


def receipt_pdf(book: ReceiptBook, front: Front, house: House) -> Printed:
    """The receipt of a delivery."""
    return printed(front, house, lambda flow: _compose(flow, book))


def _compose(flow: Flow, book: ReceiptBook) -> None:
    head = book.head
    set_parties(flow, head)
    set_facts(flow, head)
    set_counts(flow, head.counts)
    flow.heading(_("Units received"))
    if head.counts.units:
        set_table(flow, _units_table(flow.forms), (unit_row(flow.forms, unit) for unit in book.units()))
    else:
        flow.sentence(_("No unit was received."))
    if head.differs:
        flow.sentence(
            _("What came differs from what was announced: see discrepancy report {number}.").format(
                number=report_number(head.number)
            )
        )
    set_enclosed(flow, head.enclosed)
    set_custody(flow)


def report_number(receipt: str) -> str:
    """The number of the discrepancy report of a receipt."""
    return f"DR-{receipt.removeprefix('RC-')}"


def set_parties(flow: Flow, head: ReceiptHead) -> None:
    """Who brought it, who took it, where."""
    house = flow.house
    brought = [head.partner or head.partner_code or _("not named")]
    if head.partner and head.partner_code != head.partner:
        brought.append(head.partner_code)
    flow.block(
        (
            (_("Received from"), [text for text in brought if text]),
            (_("Received by"), [house.name or head.station, *house.address[:4]]),
            (_("Received at"), [head.place or _("no place named"), _("Station {name}").format(name=head.station)]),
        )
    )


def set_facts(flow: Flow, head: ReceiptHead) -> None:
    """What it was received against, when, by whom."""
    forms = flow.forms
    pairs = [
        (_("Order"), f"{head.order} / {head.line}" if head.line and head.line != head.order else head.order),
        (_("Advice"), head.asn),
        (_("Carton"), head.sscc),
        (_("Delivery note"), head.delivery_note),
        (_("Begun"), forms.moment(head.opened_at)),
        (_("Finished"), _("not finished yet") if head.is_open else forms.moment(head.closed_at)),
        (_("Times"), forms.zone_of(head.closed_at or head.opened_at)),
        (_("Received by"), ", ".join(head.receivers)),
    ]
    if not (head.order or head.asn):
        pairs.insert(0, (_("Order"), _("received without an order")))
    flow.facts(pairs)


def set_counts(flow: Flow, counts: Counts) -> None:
    """The counts that matter."""
    flow.figures(
        (
            (_("Units"), counts.units),
            (_("Pieces"), counts.pieces),
            (_("Parts"), counts.parts),
            (_("Damaged"), counts.damaged),
            (_("On hold"), counts.held),
            (_("Not announced"), counts.strangers),
        )
    )


def _units_table(forms: Forms) -> Table:
    return Table(
        (
            Column("#", 4.5, align="right", style=Style.SMALL),
            Column(_("Part"), 26, style=Style.STRONG),
            Column(_("Serial · lot"), 24, style=Style.SERIAL, most=0),
            Column(_("Qty"), 6.5, align="right"),
            Column(_("Condition"), 18, below=6),
            Column(_("Place · owner"), 13, below=2),
            Column(_("Received"), 17),
        ),
        sums=lambda sums: _sums(forms, *sums),
        total=_("Total"),
    )


def _sums(forms: Forms, units: int, pieces: int) -> str:
    told = ngettext("{count} unit", "{count} units", units).format(count=forms.count(units))
    more = ngettext("{count} piece", "{count} pieces", pieces).format(count=forms.count(pieces))
    return f"{told} · {more}"


def unit_row(forms: Forms, unit: UnitLine) -> Row:
    """One unit in the table."""
    lot = _("Lot {lot}").format(lot=unit.lot) if unit.lot else ""
    expiry = _("expires {day}").format(day=forms.day_text(unit.expiry)) if unit.expiry else ""
    marks = tuple(text for text in (lot, expiry) if text)
    cells = (
        Cell(forms.count(unit.number)),
        Cell(unit.part, (unit.description,) if unit.description else ()),
        Cell(unit.serial or "–", marks) if unit.serial or not marks else Cell(marks[0], marks[1:]),
        Cell(forms.count(unit.quantity)),
        Cell(condition_word(unit.condition), tuple(remarks(unit))),
        Cell(unit.place or "–", (owner_word(unit.owner),)),
        Cell(forms.moment(unit.at), (unit.who,)),
    )
    return Row(cells, (1, unit.quantity))


def remarks(unit: UnitLine) -> Iterator[str]:
    """What has to be said of a unit besides."""
    if unit.damaged:
        yield _("damaged")
    if unit.held:
        yield _("on hold: {reason}").format(reason=reason_word(unit.held))
    if unit.returned:
        yield _("came back")
    if unit.stranger:
        yield _("not announced")
    if unit.rules:
        rules = ", ".join(rule_word(rule) for rule in unit.rules)
        yield (
            _("accepted although {rule}").format(rule=rules)
            if not unit.held
            else _("refused: {rule}").format(rule=rules)
        )
        if unit.reason and unit.reason != unit.held:
            yield reason_word(unit.reason)
    if unit.note:
        yield f"“{unit.note}”"
    if unit.typed:
        yield _("typed by hand")


def owner_word(owner: str) -> str:
    """Whose it is."""
    return _("own stock") if owner in ("", "own") else owner


def set_enclosed(flow: Flow, enclosed: Iterable[Enclosed]) -> None:
    """The certificates and papers that were kept, by their fingerprints."""
    kept = list(enclosed)
    flow.heading(_("Certificates and papers"), keep=20)
    if not kept:
        flow.sentence(_("None were attached."))
        return
    table = Table(
        (
            Column(_("Kind"), 16),
            Column(_("File"), 40, style=Style.STRONG),
            Column("SHA-256", 62, style=Style.SMALL_MONO, most=0),
        )
    )
    rows = (Row((Cell(enclosed_word(it.kind)), Cell(it.name), Cell(it.sha256))) for it in kept)
    set_table(flow, table, rows)


def enclosed_word(kind: str) -> str:
    """What a kept paper is."""
    words = {
        "certificate": _("Certificate"),
        "delivery_note": _("Delivery note"),
        "document": _("Document"),
        "photo": _("Photo"),
    }
    return words.get(kind) or _("Paper")


def set_custody(flow: Flow) -> None:
    """Where custody is signed over."""
    fields = (_("Name in capitals, company"), _("Date and time"), _("Signature"))
    flow.need(len(fields) * 27 + 70)
    flow.heading(_("Custody"))
    flow.sentence(_("The units above were handed over and taken into custody as stated."))
    flow.signatures((_("Released by"), _("Received by")), fields)
