"""Who may do what: one table of roles and acts, and which act each event word is. Pure; the ledger asks it."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final

from dockmark.people.state import Role
from dockmark.record.canonical import Json
from dockmark.record.facts import Fact


class Act(StrEnum):
    """What somebody does at a depot, as far as not everybody may do it."""

    RECEIVE = "receive"
    ACCEPT = "accept"
    OVERRIDE = "override"
    QUARANTINE = "quarantine"
    RELEASE = "release"
    UNDO = "undo"
    REPRINT = "reprint"
    ATTACH = "attach"
    DOCUMENT = "document"
    CHECKPOINT = "checkpoint"
    SCRAP = "scrap"
    JOIN = "join"
    SETTLE = "settle"
    IMPORT = "import"
    UNDO_IMPORT = "undo_import"
    RECALL = "recall"
    MASTER = "master"
    WITHDRAW = "withdraw"
    EVIDENCE = "evidence"
    SETTINGS = "settings"
    ERASE = "erase"
    PEOPLE = "people"
    KEYS = "keys"
    ONESELF = "oneself"


_TABLE: Final = """
             operator  technician  inspector  supervisor  compliance  administrator
receive         yes       yes         yes        yes          -            yes
accept          yes        -          yes        yes          -            yes
override         -         -          yes        yes         yes           yes
quarantine      yes       yes         yes        yes         yes           yes
release          -         -          yes        yes         yes           yes
undo            yes       yes         yes        yes          -            yes
reprint         yes       yes         yes        yes          -            yes
attach          yes       yes         yes        yes         yes           yes
document        yes       yes         yes        yes         yes           yes
checkpoint      yes       yes         yes        yes         yes           yes
scrap            -        yes         yes        yes          -            yes
join             -         -          yes        yes         yes           yes
settle           -         -          yes        yes         yes           yes
import           -         -           -         yes         yes           yes
undo_import      -         -           -         yes          -            yes
recall           -         -           -         yes         yes           yes
master           -         -           -         yes          -            yes
withdraw         -         -           -         yes          -            yes
evidence         -         -          yes        yes         yes           yes
settings         -         -           -          -           -            yes
erase            -         -           -          -          yes           yes
people           -         -           -          -           -            yes
keys             -         -           -          -           -            yes
oneself         yes       yes         yes        yes         yes           yes
"""


def _read(table: str) -> dict[Act, frozenset[Role]]:
    head, *lines = (line.split() for line in table.strip().splitlines())
    roles = [Role(name) for name in head]
    known = {
        Act(act): frozenset(role for role, cell in zip(roles, cells, strict=True) if cell == "yes")
        for act, *cells in lines
    }
    assert known.keys() == set(Act) and set(roles) == set(Role), "the table has a cell for each role and act"
    return known


WHO_MAY: Final = _read(_TABLE)
"""Act -> the roles that may do it."""

PROVED: Final = frozenset({Act.PEOPLE, Act.KEYS, Act.ERASE})
"""Acts for which a badge or a name is not enough once the depot signs: the session must have been begun with a PIN."""

GATES: Final = frozenset({
    "recalled", "scrapped_seen", "alive_elsewhere", "expired", "out_of_range", "supplier_not_approved",
    "certificate_missing",
})  # fmt: skip
"""Rules that only two people set aside; the others are set aside with a reason."""

_ACTS: Final[dict[str, Act]] = {
    "scan_noted": Act.ONESELF, "signed_in": Act.ONESELF, "signed_out": Act.ONESELF, "sign_in_failed": Act.ONESELF,
    "attempt_denied": Act.ONESELF, "pin_chosen": Act.ONESELF,
    "receipt_opened": Act.RECEIVE, "receipt_noted": Act.RECEIVE, "receipt_closed": Act.RECEIVE,
    "unit_received": Act.RECEIVE, "unit_returned": Act.RECEIVE, "unit_condition_noted": Act.RECEIVE,
    "unit_put_away": Act.RECEIVE, "unit_held": Act.QUARANTINE, "unit_released": Act.RELEASE,
    "unit_scrapped": Act.SCRAP, "act_reversed": Act.UNDO, "label_reprinted": Act.REPRINT,
    "certificate_attached": Act.ATTACH, "file_attached": Act.ATTACH, "file_detached": Act.ATTACH,
    "document_made": Act.DOCUMENT, "record_signed": Act.DOCUMENT, "checkpoint_made": Act.CHECKPOINT,
    "checkpoint_cosigned": Act.CHECKPOINT,
    "units_joined": Act.JOIN, "units_parted": Act.JOIN, "parts_joined": Act.JOIN, "parts_parted": Act.JOIN,
    "dispute_resolved": Act.SETTLE, "conflict_settled": Act.SETTLE,
    "unit_stocked": Act.IMPORT, "import_completed": Act.IMPORT, "import_reversed": Act.UNDO_IMPORT,
    "recall_announced": Act.RECALL, "recall_lifted": Act.RECALL,
    "part_added": Act.MASTER, "part_changed": Act.MASTER, "partner_added": Act.MASTER, "partner_changed": Act.MASTER,
    "place_added": Act.MASTER, "place_changed": Act.MASTER, "order_placed": Act.MASTER, "order_changed": Act.MASTER,
    "asn_advised": Act.MASTER, "units_expected": Act.MASTER, "serial_range_stated": Act.MASTER,
    "expectation_withdrawn": Act.WITHDRAW, "recipe_kept": Act.MASTER, "recipe_dropped": Act.MASTER,
    "company_set": Act.SETTINGS, "station_named": Act.SETTINGS, "depot_set": Act.SETTINGS,
    "operator_enrolled": Act.PEOPLE, "operator_changed": Act.PEOPLE, "badge_issued": Act.PEOPLE,
    "badge_withdrawn": Act.PEOPLE, "pin_reset": Act.PEOPLE, "account_unlocked": Act.PEOPLE,
    "person_erased": Act.ERASE,
    "station_enrolled": Act.KEYS, "station_backed": Act.KEYS, "key_rotated": Act.KEYS, "key_revoked": Act.KEYS,
}  # fmt: skip
_OF_DESKS: Final = ("unit:", "receipt:")


def act_of(fact: Fact, subj: Sequence[str] = ()) -> Act:
    """The act that an event is. A word that nobody entered here is an administrator's."""
    act = _ACTS.get(fact.WORD, Act.KEYS)
    if act is Act.RECEIVE:
        if getattr(fact, "condition", "") == "quarantined":
            return Act.RECEIVE  # taken in and held at once: it goes nowhere
        return _by_override(getattr(fact, "override", None))
    if fact.WORD == "part_added" and getattr(fact, "complete", True) is False:
        return Act.RECEIVE
    if act is Act.UNDO and not any(name.startswith(_OF_DESKS) for name in subj):
        return Act.MASTER
    return act


def is_known(word: str) -> bool:
    """Whether the table of words names this one."""
    return word in _ACTS


def _by_override(told: object) -> Act:
    """What was set aside for a unit."""
    if not isinstance(told, dict) or not told:
        return Act.RECEIVE
    return Act.OVERRIDE if gates_in(told.get("codes")) else Act.ACCEPT


def gates_in(codes: Json | object) -> list[str]:
    """Those of these rules that only two people set aside."""
    return [code for code in codes if isinstance(code, str) and code in GATES] if isinstance(codes, list) else []


def may(roles: Iterable[str], act: Act) -> bool:
    """Whether somebody in one of these roles may do this."""
    return not WHO_MAY[act].isdisjoint(roles)


def acts_of(roles: Iterable[str]) -> frozenset[Act]:
    """Everything that somebody in these roles may do."""
    held = frozenset(roles)
    return frozenset(act for act, who in WHO_MAY.items() if not who.isdisjoint(held))


def who_may(act: Act) -> list[str]:
    """The roles that may do it, the smallest first."""
    return [role.value for role in Role if role in WHO_MAY[act]]
