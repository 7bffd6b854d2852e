"""Who may work here, and as what. An administrator's work; one administrator always stays."""

from dockmark.desks.master.reading import unknown
from dockmark.desks.master.saving import refuse_others, refuse_without_reason, refuse_wrong
from dockmark.desks.master.views import Form, Saved
from dockmark.ledger.book import Book
from dockmark.ledger.people import keep_person_record
from dockmark.lookup import people
from dockmark.people.events import OperatorChanged, OperatorEnrolled
from dockmark.people.state import Role
from dockmark.record.canonical import Json
from dockmark.record.facts import Draft
from dockmark.record.refusal import Refusal, Refused

ADMINISTRATOR = Role.ADMINISTRATOR.value


def save_operator(book: Book, form: Form) -> Saved:
    """Enrols a person, or corrects name, roles and whether the person may work here."""
    refuse_others(book, frozenset({ADMINISTRATOR}))
    refuse_wrong(book, form)
    name = " ".join(form.values.get("name", "").split())
    roles: list[str] = [role.value for role in Role if role.value in form.values.get("roles", "").split()]
    identity = form.id or form.values.get("operator", "").strip()
    if not form.id:
        told: list[Json] = list(roles)
        fact = OperatorEnrolled(roles=told, name=keep_person_record(book, f"name {name}"))
        [event] = book.record(Draft(fact=fact, subj=(f"operator:{identity}",), new=True))
        book.flush()
        return Saved(kind="operator", id=identity, title=name, events=(event,), is_new=True)
    known = people.operator(book.session, identity)
    if known is None:
        raise unknown("operator", identity)
    disabled = form.values.get("disabled", "no") == "yes"
    if (name, roles, disabled) == (known.name, list(known.roles), known.disabled):
        raise Refusal(Refused.NOTHING_CHANGED)
    _refuse_last(book, known, roles, disabled=disabled)
    refuse_without_reason(True, form.reason)
    changed = OperatorChanged(
        roles=list(roles), disabled=disabled, reason=form.reason.strip()[:500],
        name=keep_person_record(book, f"name {name}") if name != known.name else {},
    )  # fmt: skip
    [event] = book.record(Draft(fact=changed, subj=(f"operator:{identity}",)))
    book.flush()
    return Saved(kind="operator", id=identity, title=name, events=(event,))


def _refuse_last(book: Book, known: people.Operator, roles: list[str], *, disabled: bool) -> None:
    others = [
        each for each in people.operators(book.session)
        if each.id != known.id and ADMINISTRATOR in each.roles and not each.disabled
    ]  # fmt: skip
    if ADMINISTRATOR in known.roles and not others and (disabled or ADMINISTRATOR not in roles):
        raise Refusal(Refused.LAST_ADMINISTRATOR, operator=known.name or known.id)
