"""Orders with their lines; and what did not come and will not come any more."""

from collections.abc import Mapping, Sequence

from dockmark.catalog.events import ExpectationWithdrawn, OrderChanged, OrderPlaced
from dockmark.desks.importing.packing import packed, refs_of
from dockmark.desks.master.reading import unknown
from dockmark.desks.master.saving import refuse_without_reason, refuse_wrong
from dockmark.desks.master.views import Form, Saved
from dockmark.exchange.forms import form_fields, line_fields, read_all
from dockmark.ledger.book import Book
from dockmark.lookup import deliveries, master
from dockmark.record.canonical import Json
from dockmark.record.facts import Draft
from dockmark.record.refusal import Refusal, Refused

OWN = "own"
_AS_GIVEN = ("promised", "quantity", "currency")


def save_order(book: Book, form: Form) -> Saved:
    """Places an order, or adds and corrects lines of one."""
    refuse_wrong(book, form)
    heads, _faults = read_all(form_fields("order"), form.values)
    number, partner = str(heads.get("order", "")), _partner(book, str(heads.get("supplier", "")))
    lines = _lines(book, form)
    if not form.id:
        identity = book.new_id()
        owner = str(heads.get("owner", OWN)) or OWN
        first, *more = packed(lines, most=200)
        placed = OrderPlaced(
            number=number, partner=partner, owner=OWN if owner.casefold() == OWN else owner,
            ordered=str(heads.get("ordered", "")), lines=list(first),
        )  # fmt: skip
        subj, refs = (f"order:{identity}",), refs_of(("partner", partner))
        drafts = [Draft(fact=placed, subj=subj, refs=refs, new=True)]
        drafts += [Draft(fact=OrderChanged(lines=list(some)), subj=subj) for some in more]
        events = book.record(*drafts)
        book.flush()
        return Saved(kind="order", id=identity, title=number, events=tuple(events), is_new=True)
    return _changed(book, form, number, partner, lines)


def _changed(book: Book, form: Form, number: str, partner: str, lines: Sequence[dict[str, Json]]) -> Saved:
    head = master.order(book.session, form.id)
    if head is None:
        raise unknown("order", form.id)
    before = {name: told for name, told, _came, _gone in master.order_lines(book.session, form.id)}
    changed = [line for line in lines if _differs(before.get(str(line["line"])), line)]
    new_partner = partner if partner != head[1] else ""
    if not changed and not new_partner:
        raise Refusal(Refused.NOTHING_CHANGED)
    corrected = any(str(line["line"]) in before for line in changed) or bool(new_partner and head[1])
    refuse_without_reason(corrected, form.reason)
    whole: list[dict[str, Json]] = [{**before.get(str(line["line"]), {}), **line} for line in changed]
    reason = form.reason.strip()[:500]
    drafts = [
        Draft(fact=OrderChanged(lines=list(some), partner=new_partner, reason=reason), subj=(f"order:{form.id}",))
        for some in list(packed(whole, most=200)) or [[]]
    ]
    events = book.record(*drafts)
    book.flush()
    return Saved(kind="order", id=form.id, title=number, events=tuple(events))


def _differs(before: Mapping[str, object] | None, line: Mapping[str, Json]) -> bool:
    return before is None or any(before.get(name, OWN if name == "owner" else None) != value
                                 for name, value in line.items())  # fmt: skip


def _partner(book: Book, code: str) -> str:
    """The id of a partner, or its code where it is not known."""
    return (master.coded(book.session, "partner", code) or code) if code else ""


def _lines(book: Book, form: Form) -> list[dict[str, Json]]:
    """The lines as an event tells them; those without a name are numbered on."""
    names = {texts.get("line", "").strip() for texts in form.lines}
    free = (str(number) for number in range(1, 100_000) if str(number) not in names)
    lines: list[dict[str, Json]] = []
    for texts in form.lines:
        values, _faults = read_all(line_fields(), texts)
        [(part, _maker)] = master.parts_numbered(book.session, str(values["part_number"]))
        line: dict[str, Json] = {"line": str(values.get("line", "")) or next(free), "part": part}
        line |= {name: values[name] for name in _AS_GIVEN if name in values}
        if "unit_price" in values:
            line["price"] = values["unit_price"]
        if owner := str(values.get("owner", "")):
            line["owner"] = OWN if owner.casefold() == OWN else owner
        if supplier := str(values.get("supplier", "")):
            line["partner"] = _partner(book, supplier)
        lines.append(line)
    return lines


# -- what will not come -----------------------------------------------------------------------------------------------


def withdraw(book: Book, subject: str, lines: Sequence[str], reason: str, note: str = "") -> Saved:
    """What has not come on these lines of an order or advice (none: on all of them) will not come."""
    kind, _, identity = subject.partition(":")
    if kind not in ("order", "asn"):
        raise Refusal(Refused.BAD_VALUE, field="order", value=subject[:60])
    if not reason.strip():
        raise Refusal(Refused.CORRECTION_NEEDS_REASON)
    title, open_lines = _open(book, kind, identity)
    unknown_line = next((line for line in lines if line not in open_lines), "")
    if unknown_line:
        known = _names(book, kind, identity)
        code = Refused.NOTHING_EXPECTED if unknown_line in known else Refused.LINE_UNKNOWN
        raise Refusal(code, order=title, line=unknown_line)
    wanted: list[Json] = [line for line in open_lines if not lines or line in lines]
    if not wanted:
        raise Refusal(Refused.NOTHING_EXPECTED, line=title)
    events = book.record(
        *(
            Draft(
                fact=ExpectationWithdrawn(reason=reason.strip()[:500], lines=list(some), note=note[:500]),
                subj=(subject,),
            )
            for some in packed(wanted)
        )
    )
    book.flush()
    return Saved(kind=kind, id=identity, title=title, events=tuple(events))


def _names(book: Book, kind: str, identity: str) -> set[str]:
    if kind == "order":
        return {name for name, *_ in master.order_lines(book.session, identity)}
    return {name for name, _ in master.asn_lines(book.session, identity)}


def _open(book: Book, kind: str, identity: str) -> tuple[str, list[str]]:
    """The number of an order or advice, and its lines on which something is still to come."""
    session = book.session
    if kind == "order":
        head = master.order(session, identity)
        if head is None:
            raise unknown("order", identity)
        rows = master.order_lines(session, identity)
        return head[0], [name for name, told, came, gone in rows if not gone and came < int(told.get("quantity", 0))]
    number = master.asn_number(session, identity)
    if not number:
        raise unknown("order", identity)
    still = {line.name for line in deliveries.lines(session, deliveries.Paper(kind="asn", asn=identity)) if line.open}
    return number, [name for name, gone in master.asn_lines(session, identity) if not gone and name in still]
