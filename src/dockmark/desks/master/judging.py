"""What is wrong with a form, and what somebody should know before saving it. Nothing is recorded here."""

from collections.abc import Iterator, Mapping

from dockmark.database.session import Session
from dockmark.desks.importing.verdicts import RowSaid
from dockmark.desks.master.views import Form, Problem
from dockmark.exchange.codes import RowCode
from dockmark.exchange.columns import Column
from dockmark.exchange.forms import form_fields, line_fields, read_all
from dockmark.exchange.values import Value
from dockmark.identifiers.tags import place_payload
from dockmark.lookup import master, people
from dockmark.people.state import Role
from dockmark.record.ids import is_subject

Values = Mapping[str, Value]


def judge(session: Session, form: Form) -> list[Problem]:
    """Everything that is wrong, then everything that is worth a look."""
    problems = list(_judged(session, form))
    return sorted(problems, key=lambda problem: problem.warning)


def _judged(session: Session, form: Form) -> Iterator[Problem]:
    if form.kind == "operator":
        yield from _operator(session, form)
    elif form.kind == "order":
        yield from _order(session, form)
    else:
        columns = form_fields(form.kind)
        values, wrong = read(columns, form.values)
        yield from wrong
        check = {"part": _part, "partner": _partner, "place": _place}[form.kind]
        yield from check(session, form.id, values)


def read(
    columns: tuple[Column, ...], texts: Mapping[str, str], line: int = -1, needed: frozenset[str] | None = None
) -> tuple[dict[str, Value], list[Problem]]:
    """The values of a form, and what is wrong with its texts."""
    values, faults = read_all(columns, texts)
    wrong = [Problem(name, fault.code.value, texts.get(name, "")[:80], line=line) for name, fault in faults.items()]
    for column in columns:
        required = column.required if needed is None else column.name in needed
        if required and column.name not in values and column.name not in faults:
            wrong.append(Problem(column.name, RowCode.MISSING.value, line=line))
    return values, wrong


def _word(values: Values, name: str) -> str:
    value = values.get(name, "")
    return value if isinstance(value, str) else ""


def _part(session: Session, identity: str, values: Values) -> Iterator[Problem]:
    number, maker = _word(values, "part_number"), _word(values, "manufacturer")
    if number and (same := master.same_part(session, number, maker, identity)):
        yield Problem("part_number", "exists_already", same)
    elif number and (other := master.part_of_number(session, number, identity)):
        yield Problem("part_number", "other_maker", other, warning=True)
    if (gtin := _word(values, "gtin")) and (other := master.part_of_gtin(session, gtin, identity)):
        yield Problem("gtin", RowSaid.DOUBLED_GTIN.value, other, warning=True)
    for name in ("supplier", "second_supplier"):
        if (code := _word(values, name)) and not master.coded(session, "partner", code):
            yield Problem(name, RowSaid.PARTNER_UNKNOWN.value, code, warning=True)


def _partner(session: Session, identity: str, values: Values) -> Iterator[Problem]:
    code, name = _word(values, "partner"), _word(values, "name")
    if code and master.coded(session, "partner", code, identity):
        yield Problem("partner", "exists_already", code)
    if name and (other := master.partner_named(session, name, identity)):
        yield Problem("name", "same_name", other, warning=True)


def _place(session: Session, identity: str, values: Values) -> Iterator[Problem]:
    code, parent = _word(values, "place"), _word(values, "parent")
    if code and master.coded(session, "place", code, identity):
        yield Problem("place", "exists_already", code)
    elif code and (other := master.place_tagged(session, place_payload(code), identity)):
        yield Problem("place", RowSaid.SAME_TAG.value, other, warning=True)
    if not parent:
        return
    outer = master.coded(session, "place", parent)
    if not outer and parent != code:
        yield Problem("parent", RowSaid.PLACE_UNKNOWN.value, parent)
    elif parent == code or (identity and master.stands_in(session, outer, identity)):
        yield Problem("parent", RowSaid.PLACE_LOOP.value, parent)


_LINE_NEEDS = frozenset({"part_number", "quantity"})


def _order(session: Session, form: Form) -> Iterator[Problem]:
    heads = tuple(column for column in form_fields("order") if column.name in ("order", "supplier", "ordered", "owner"))
    values, wrong = read(heads, form.values, needed=frozenset({"order"}))
    yield from wrong
    number = _word(values, "order")
    if number and master.coded(session, "order", number, form.id):
        yield Problem("order", "exists_already", number)
    if (code := _word(values, "supplier")) and not master.coded(session, "partner", code):
        yield Problem("supplier", RowSaid.PARTNER_UNKNOWN.value, code, warning=True)
    if not form.lines:
        yield Problem("line", RowCode.MISSING.value)
    came = {name: received for name, _told, received, _gone in master.order_lines(session, form.id)} if form.id else {}
    met: set[str] = set()
    for place, texts in enumerate(form.lines):
        line, wrong = read(line_fields(), texts, place, _LINE_NEEDS)
        yield from wrong
        yield from _line(session, place, line, came)
        name = _word(line, "line")
        if name and name in met:
            yield Problem("line", RowSaid.DOUBLED.value, name, line=place)
        met.add(name)


def _line(session: Session, place: int, line: Values, came: Mapping[str, int]) -> Iterator[Problem]:
    number = _word(line, "part_number")
    known = master.parts_numbered(session, number) if number else []
    if number and len(known) != 1:
        code = RowSaid.AMBIGUOUS_PART if known else RowSaid.PART_UNKNOWN
        yield Problem("part_number", code.value, number, line=place)
    quantity = line.get("quantity")
    received = came.get(_word(line, "line"), 0)
    if isinstance(quantity, int) and quantity < received:
        yield Problem("quantity", "less_than_came", str(received), line=place)
    if (supplier := _word(line, "supplier")) and not master.coded(session, "partner", supplier):
        yield Problem("supplier", RowSaid.PARTNER_UNKNOWN.value, supplier, warning=True, line=place)


def _operator(session: Session, form: Form) -> Iterator[Problem]:
    identity, name = form.values.get("operator", "").strip(), form.values.get("name", "").strip()
    if not form.id and not identity:
        yield Problem("operator", RowCode.MISSING.value)
    elif not form.id and (len(identity) > 48 or not identity[0].isalnum() or not is_subject(f"operator:{identity}")):
        yield Problem("operator", RowCode.BAD_CHARSET.value, identity[:80])
    elif not form.id and people.operator(session, identity) is not None:
        yield Problem("operator", "exists_already", identity)
    if not name:
        yield Problem("name", RowCode.MISSING.value)
    elif len(name) > 120 or not name.isprintable():
        yield Problem("name", RowCode.CONTROL_CHARS.value if len(name) <= 120 else RowCode.TOO_LONG.value)
    roles = form.values.get("roles", "").split()
    if not roles:
        yield Problem("roles", RowCode.MISSING.value)
    for role in roles:
        if role not in {each.value for each in Role}:
            yield Problem("roles", RowCode.UNKNOWN_WORD.value, role)
