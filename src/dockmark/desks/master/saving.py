"""What saving has in common: the first thing that is wrong refuses it, a correction needs its reason."""

from dockmark.desks.master.judging import judge
from dockmark.desks.master.views import Form, Problem
from dockmark.ledger.book import Book
from dockmark.lookup import people
from dockmark.people.state import Role
from dockmark.record.refusal import Refusal, Refused

MAY_CORRECT = frozenset({Role.SUPERVISOR.value, Role.ADMINISTRATOR.value})


def refuse_wrong(book: Book, form: Form) -> None:
    """Refuses a form with something wrong in it, naming the first."""
    wrong = next((problem for problem in judge(book.session, form) if not problem.warning), None)
    if wrong is not None:
        raise as_refusal(form, wrong)


def as_refusal(form: Form, wrong: Problem) -> Refusal:
    """The refusal of what is wrong with a field."""
    if wrong.code == "exists_already":
        return Refusal(Refused.EXISTS_ALREADY, name=wrong.value)
    if wrong.code == "place_loop":
        return Refusal(Refused.PLACE_LOOP, place=form.values.get("place", "")[:80])
    facts = {"line": str(wrong.line + 1)} if wrong.line >= 0 else {}
    return Refusal(Refused.BAD_VALUE, field=wrong.field, value=wrong.value, fault=wrong.code, **facts)


def refuse_without_reason(corrected: bool, reason: str) -> None:
    """What stood there is changed: somebody says why."""
    if corrected and not reason.strip():
        raise Refusal(Refused.CORRECTION_NEEDS_REASON)


def refuse_others(book: Book, roles: frozenset[str]) -> None:
    """Only who has one of these roles may do this."""
    who = people.operator(book.session, book.actor) if book.actor else None
    if who is None or who.disabled or not roles & set(who.roles):
        role = who.roles[0] if who and who.roles else ""
        raise Refusal(Refused.NOT_ALLOWED, operator=who.id if who else "", role=role)
