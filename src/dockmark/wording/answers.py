"""What a desk answers where no rule says no: context taken, a unit changed, a delivery closed."""

from typing import Final

from dockmark.wording.catalogue import noun
from dockmark.wording.lines import Line, Saying, many, say, saying

_SCAN_UNIT: Final = noun("Scan a unit.")

_INFERRED: Final = say("The part was taken from what is still open.", when={"inferred": True})
_LOT_UNITS: Final[tuple[Line, ...]] = (
    many("Received {quantity} piece of {part}, lot {lot}, for {line}.",
         "Received {quantity} pieces of {part}, lot {lot}, for {line}.", "quantity", when={"serial": ""}),
    many("Received {quantity} piece of {part}, lot {lot}.",
         "Received {quantity} pieces of {part}, lot {lot}.", "quantity", when={"serial": ""}),
    many("Received {quantity} piece of {part} for {line}.",
         "Received {quantity} pieces of {part} for {line}.", "quantity", when={"serial": ""}),
    many("Received {quantity} piece of {part}.",
         "Received {quantity} pieces of {part}.", "quantity", when={"serial": ""}),
)  # fmt: skip

ACCEPTED: Final[dict[str, Saying]] = {
    "received": saying(
        say("Received SN {serial} of {part} for {line}."),
        say("Received SN {serial} of {part} for {paper}."),
        say("Received SN {serial} of {part}."),
        *_LOT_UNITS,
        say("Received {part}."),
        say("Received SN {serial}."),
        say("Received."),
        plus=(_INFERRED,),
    ),
    "received_blind": saying(
        say("Received SN {serial} of {part} without a paper. It fits {fits}."),
        say("Received SN {serial} of {part} without a paper."),
        *_LOT_UNITS,
        say("Received {part} without a paper."),
        say("Received SN {serial} without a paper."),
        say("Received without a paper."),
        plus=(_INFERRED,),
    ),
    "returned": saying(
        say("SN {serial} of {part} has come back. Put it to the returns."),
        say("{part} has come back. Put it to the returns."),
        say("This unit has come back. Put it to the returns."),
    ),
    "quarantined": saying(
        say("SN {serial} of {part} is received and in quarantine. Put it aside."),
        say("{part} is received and in quarantine. Put it aside."),
        say("This unit is in quarantine. Put it aside."),
    ),
    "damaged": saying(
        say("SN {serial} of {part} is marked as damaged."),
        say("{part} is marked as damaged."),
        say("This unit is marked as damaged."),
    ),
    "released": saying(
        say("SN {serial} of {part} is released: {reason_word}."),
        say("SN {serial} of {part} is released."),
        say("{part} is released."),
        say("This unit is released."),
    ),
    "undone": saying(
        say("SN {serial} of {part}: {what_word} undone."),
        say("{part}: {what_word} undone."),
        say("SN {serial} of {part}: undone."),
        say("Undone: {what_word}."),
        say("Undone."),
        plus=(
            many("{labels_cancelled} label that waited is not printed.",
                 "{labels_cancelled} labels that waited are not printed.", "labels_cancelled", least=1),
        ),
    ),
}  # fmt: skip
"""Events changed a unit. `held` is among the refusals: it says the same of both."""

_PROGRESS: Final[tuple[Line, ...]] = (
    say("{paper}: {done} of {wanted} received. Receipt {receipt}."),
    say("{paper}. Receipt {receipt}."),
    say("Receipt {receipt}, without a paper."),
)
_DIFFERENCES: Final[tuple[Line, ...]] = (
    many("{short} short.", "{short} short.", "short", least=1),
    many("{over} over.", "{over} over.", "over", least=1),
    many("{stranger} not announced.", "{stranger} not announced.", "stranger", least=1),
    many("{damaged} damaged.", "{damaged} damaged.", "damaged", least=1),
    many("{held} on hold.", "{held} on hold.", "held", least=1),
    many("{missing} announced serial did not come.", "{missing} announced serials did not come.", "missing", least=1),
    say("No differences.",
        when={"short": 0, "over": 0, "stranger": 0, "damaged": 0, "held": 0, "missing": 0}),
)  # fmt: skip

NOTED: Final[dict[str, Saying]] = {
    "ready": saying(say("Ready."), then=noun("Scan an order, a place or a unit.")),
    "receipt_ready": saying(*_PROGRESS, say("The receipt is open."), then=_SCAN_UNIT),
    "paper_taken": saying(*_PROGRESS, say("The paper is taken."), then=_SCAN_UNIT),
    "place_taken": saying(
        say("From here on to {place}, {name}."),
        say("From here on to {place}."),
        say("The place is taken."),
        then=_SCAN_UNIT,
    ),
    "note_needed": saying(say("Which delivery note?"), then=noun("Scan or type its number.")),
    "note_taken": saying(say("Delivery note {note}."), say("The delivery note is taken."), then=_SCAN_UNIT),
    "operator_switched": saying(
        say("{name} works here now."),
        say("{operator} works here now."),
        say("Another person works here now."),
        then=_SCAN_UNIT,
    ),
    "keys": saying(
        say("Keyed so far: {keys}."),
        say("Nothing keyed."),
        then=noun("ENTER takes it, CLEAR begins again."),
    ),
    "quantity_taken": saying(
        many("{quantity} piece.", "{quantity} pieces.", "quantity"),
        say("The quantity is taken."),
        then=noun("Scan the part or its lot."),
    ),
    "reason_taken": saying(
        say("Reason: {reason_word}."),
        say("The reason is taken."),
        then=noun("ACCEPT or QUARANTINE."),
    ),
    "skipped": saying(
        say("SN {serial} of {part} is set aside. Nothing was received."),
        say("{part} is set aside. Nothing was received."),
        say("SN {serial} is set aside. Nothing was received."),
        say("Set aside. Nothing was received."),
        then=noun("Scan the next unit."),
    ),
    "rejected": saying(
        say("SN {serial} of {part} goes back. Nothing was received."),
        say("{part} goes back. Nothing was received."),
        say("SN {serial} goes back. Nothing was received."),
        say("It goes back. Nothing was received."),
        then=noun("Scan the next unit."),
    ),
    "label_repeated": saying(
        say("SN {serial} of {part}: label printed again, number {copy}. Reason: {reason_word}."),
        say("SN {serial} of {part}: label printed again."),
        say("{part}: label printed again."),
        say("Label printed again."),
    ),
    "certificate_attached": saying(
        say("Certificate {name} is kept with the receipt."),
        say("The certificate is kept with the receipt."),
        then=_SCAN_UNIT,
    ),
    "help": saying(
        say("Commands: {commands}."),
        say("Scan an order, a place or a unit."),
    ),
    "cleared": saying(say("Cleared."), then=_SCAN_UNIT),
    "receipt_closed": saying(
        many("Receipt {receipt} is closed: {received} piece received.",
             "Receipt {receipt} is closed: {received} pieces received.", "received"),
        many("The receipt is closed: {received} piece received.",
             "The receipt is closed: {received} pieces received.", "received"),
        say("Receipt {receipt} is closed."),
        say("The receipt is closed."),
        plus=_DIFFERENCES,
    ),
    "undone_closing": saying(say("The receipt is open again."), then=_SCAN_UNIT),
    "unit_chosen": saying(
        say("SN {serial} of {part} is on hold.", when={"held": True}),
        say("SN {serial} of {part}."),
        say("{part} is on hold.", when={"held": True}),
        say("{part}."),
        say("A unit is chosen."),
        then=noun("QUARANTINE or RELEASE."),
    ),
}  # fmt: skip
"""Context was taken."""

STATION: Final[dict[str, Saying]] = {
    "copied": saying(say("This data folder was copied from another station.")),
    "restored": saying(say("This data folder was put back from an older copy.")),
    "ours": saying(say("This data folder belongs to this station.")),
}
"""How the data folder stands, as the window's status line says it."""

ANSWERS: Final[dict[str, Saying]] = {**ACCEPTED, **NOTED, **STATION}
