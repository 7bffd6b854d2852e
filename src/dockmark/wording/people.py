"""Words about people: roles, what they may do, PINs, sessions, and what is signed."""

from typing import Final

from dockmark.wording.catalogue import _, noun
from dockmark.wording.lines import Facts, Line, Saying, Words, filled, line, saying
from dockmark.wording.nouns import known, reason_word, rule_word
from dockmark.wording.values import visible

ROLES: Final = {
    "operator": noun("operator"),
    "technician": noun("technician"),
    "inspector": noun("inspector"),
    "supervisor": noun("supervisor"),
    "compliance": noun("compliance officer"),
    "administrator": noun("administrator"),
}
ACTS: Final = {
    "receive": noun("receive units"),
    "accept": noun("accept a unit against a rule"),
    "override": noun("set a safety rule aside"),
    "quarantine": noun("put a unit on hold"),
    "release": noun("release a unit from quarantine"),
    "undo": noun("undo"),
    "reprint": noun("print a label again"),
    "attach": noun("attach files"),
    "document": noun("make and sign papers"),
    "checkpoint": noun("make a checkpoint"),
    "scrap": noun("scrap units"),
    "join": noun("join or part units"),
    "settle": noun("settle a dispute"),
    "import": noun("take files in"),
    "undo_import": noun("take an import back"),
    "recall": noun("announce or lift recalls"),
    "master": noun("change parts, partners, places and orders"),
    "withdraw": noun("say that a delivery will not come"),
    "evidence": noun("hand out evidence"),
    "settings": noun("change what holds for the whole depot"),
    "erase": noun("erase a person's data"),
    "people": noun("enrol and change people"),
    "keys": noun("change keys"),
    "oneself": noun("sign in and choose the own PIN"),
}
PIN_FAULTS: Final = {
    "too_short": noun("too short"),
    "too_long": noun("too long"),
    "control": noun("it holds characters that cannot be typed everywhere"),
    "known": noun("it is the id, the name or the badge"),
    "regular": noun("it is among the first that anybody would try"),
    "same": noun("it is the one before"),
}
MEANINGS: Final = {
    "release": noun("I release this unit from quarantine"),
    "override": noun("I answer for setting this rule aside"),
    "approval": noun("I approve this record"),
    "review": noun("I have reviewed this record"),
    "authorship": noun("This record is my work"),
    "keys": noun("I answer for this change of keys"),
    "reset": noun("I give this person a PIN for one time"),
    "erasure": noun("I have this person's data erased"),
}
"""What a signature says, in the person's own voice."""

_SIGNED: Final = {
    "release": noun("release"), "override": noun("override"), "approval": noun("approval"), "review": noun("review"),
    "authorship": noun("authorship"), "keys": noun("change of keys"), "reset": noun("new PIN"),
    "erasure": noun("erasure"),
}  # fmt: skip
_LINES: Final[tuple[Line, ...]] = (
    line("Unit SN {serial} of {part}"),
    line("Part {part}", when={"serial": ""}),
    line("Receipt {receipt}"),
    line("Person {operator}"),
    line("Station {station}"),
    line("Record {of}"),
    line("SHA-256 {sha256}"),
    line("Rule set aside: {rule_word}"),
    line("Held because: {held_word}"),
    line("Reason: {reason_word}"),
    line("Reason: {why}"),
    line("Note: {note}"),
)
_AGAIN: Final = noun("Try again. After five failures within fifteen minutes nobody gets in for a while.")

REFUSALS: Final[dict[str, Saying]] = {
    "not_allowed": saying(
        line("{operator} works as {role_word} and may not {act_word}. These may: {may_word}."),
        line("{operator} may not work here any more.", when={"role": ""}),
        line("This may not be done without the right to {act_word}. These may: {may_word}."),
        line("{operator} is {role_word}, and that is not enough for this."),
        line("You may not do this."),
        then=noun("Scan the badge of somebody who may."),
    ),
    "not_signed_in": saying(
        line("Nobody is signed in, so nothing was recorded."), then=noun("Scan your badge, or sign in with your PIN.")
    ),
    "signature_needed": saying(
        line("This needs a signature: {meaning_word}."),
        line("This needs a signature."),
        then=noun("Sign in the window, or give --pin-stdin on the command line."),
    ),
    "shown_otherwise": saying(
        line("What was shown is not what would be signed: it has changed meanwhile."),
        then=noun("Read it again, then sign."),
    ),
    "pin_needed": saying(
        line("To {act_word}, a session needs a PIN; a badge or a name is not enough."),
        line("This needs a session with a PIN."),
        then=noun("Sign in with your PIN, or give --pin-stdin on the command line."),
    ),
    "pin_wrong": saying(line("That id and PIN do not belong together."), then=_AGAIN),
    "pin_weak": saying(
        line("This cannot be a PIN: {fault_word}."),
        line("This cannot be a PIN."),
        then=noun("Take six digits or more that do not run in order, or a passphrase of eight characters."),
    ),
    "pin_to_change": saying(
        line("{operator} has a PIN that somebody else has set, so it signs nothing."),
        line("This PIN was set by somebody else, so it signs nothing."),
        then=noun("Scan the badge and choose a new PIN, with a second person beside you."),
    ),
    "account_locked": saying(
        line("Too many failures: {operator} is locked for {minutes} more minutes."),
        line("Too many failures: locked for {minutes} more minutes."),
        line("Too many failures: this is locked for a while."),
        then=noun("Wait, or ask an administrator to unlock it."),
    ),
    "witness_needed": saying(
        line("{operator} cannot stand by here: it needs somebody with an own PIN who neither set this one nor was told "
             "to be the same person."),
        line("A second person with an own PIN must stand by."),
        then=noun("Ask somebody else to stand by, and to give id and PIN."),
    ),
    "badge_needed": saying(
        line("For a new PIN after a reset the badge of {operator} must be scanned."),
        line("For a new PIN after a reset the own badge must be scanned."),
        then=noun("Scan the badge of that person."),
    ),
}  # fmt: skip

FLOOD: Final = {
    "not_signed_in": noun("WHO?"),
    "signature_needed": noun("SIGN"),
    "shown_otherwise": noun("READ AGAIN"),
    "pin_needed": noun("PIN NEEDED"),
    "pin_wrong": noun("WRONG PIN"),
    "pin_weak": noun("WEAK PIN"),
    "pin_to_change": noun("CHANGE PIN"),
    "account_locked": noun("LOCKED"),
    "witness_needed": noun("WITNESS"),
    "badge_needed": noun("BADGE"),
}

HISTORY: Final[dict[str, Saying]] = {
    "signed_out": saying(
        line("Signed out: nobody had worked for a while.", when={"why": "idle"}),
        line("Signed out: somebody else signed in.", when={"why": "switched"}),
        line("Signed out."),
    ),
    "sign_in_failed": saying(line("Sign-in failed.")),
    "attempt_denied": saying(line("Tried to {act_word}, and was not let."), line("Tried something, and was not let.")),
    "pin_chosen": saying(line("Chose a PIN; {witness} stood by."), line("Chose a PIN.")),
    "pin_reset": saying(line("Was given a PIN for one time: {reason}."), line("Was given a PIN for one time.")),
    "account_unlocked": saying(line("Unlocked: {reason}."), line("Unlocked.")),
    "badge_withdrawn": saying(line("Badge withdrawn: {reason}."), line("Badge withdrawn.")),
    "record_signed": saying(line("Signed: {meaning_word}."), line("Signed.")),
}


def role_word(role: str) -> str:
    """What a role is called."""
    return known(ROLES, role) or visible(role)


def right_word(act: str) -> str:
    """What somebody may or may not do, to stand after "may"."""
    return known(ACTS, act) or visible(act)


def meaning_word(meaning: str) -> str:
    """What a signature says, in the person's voice."""
    return known(MEANINGS, meaning) or visible(meaning)


def signed_word(meaning: str) -> str:
    """The meaning of a signature in a word or two, as it stands beside a name on paper."""
    return known(_SIGNED, meaning) or visible(meaning)


def roles_in_words(roles: str) -> str:
    """Roles by comma, in words."""
    return ", ".join(role_word(role) for role in roles.split(", ") if role)


def statement(meaning: str, facts: Facts) -> list[str]:
    """Exactly what is signed, line by line: what it means first, then the facts that it is about."""
    return [f"{meaning_word(meaning)}.", *(text for each in _LINES if (text := _said(each, facts)))]


def _said(each: Line, facts: Facts) -> str:
    if any(facts.get(name, "") != value for name, value in each.when.items()):
        return ""
    return filled(_(each.one), facts, _WORDS)


_WORDS: Final[Words] = {
    "rule": lambda _facts, code: rule_word(code),
    "reason": lambda _facts, code: reason_word(code),
    "held": lambda _facts, codes: ", ".join(reason_word(code) for code in codes.split(", ")),
}
