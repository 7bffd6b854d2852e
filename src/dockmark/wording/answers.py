"""What a desk answers where no rule says no: context taken, a unit changed, a delivery closed."""

from typing import Final

from dockmark.wording.catalogue import noun
from dockmark.wording.lines import Line, Saying, line, plural, saying

_SCAN_UNIT: Final = noun("Scan a unit.")

_INFERRED: Final = line("The part was taken from what is still open.", when={"inferred": True})
_LOT_UNITS: Final[tuple[Line, ...]] = (
    plural("Received {quantity} piece of {part}, lot {lot}, for {line}.",
         "Received {quantity} pieces of {part}, lot {lot}, for {line}.", "quantity", when={"serial": ""}),
    plural("Received {quantity} piece of {part}, lot {lot}.",
         "Received {quantity} pieces of {part}, lot {lot}.", "quantity", when={"serial": ""}),
    plural("Received {quantity} piece of {part} for {line}.",
         "Received {quantity} pieces of {part} for {line}.", "quantity", when={"serial": ""}),
    plural("Received {quantity} piece of {part}.",
         "Received {quantity} pieces of {part}.", "quantity", when={"serial": ""}),
)  # fmt: skip

ACCEPTED: Final[dict[str, Saying]] = {
    "received": saying(
        line("Received SN {serial} of {part} for {line}."),
        line("Received SN {serial} of {part} for {paper}."),
        line("Received SN {serial} of {part}."),
        *_LOT_UNITS,
        line("Received {part}."),
        line("Received SN {serial}."),
        line("Received."),
        plus=(_INFERRED,),
    ),
    "received_blind": saying(
        line("Received SN {serial} of {part} without a paper. It fits {fits}."),
        line("Received SN {serial} of {part} without a paper."),
        *_LOT_UNITS,
        line("Received {part} without a paper."),
        line("Received SN {serial} without a paper."),
        line("Received without a paper."),
        plus=(_INFERRED,),
    ),
    "returned": saying(
        line("SN {serial} of {part} has come back. Put it to the returns."),
        line("{part} has come back. Put it to the returns."),
        line("This unit has come back. Put it to the returns."),
    ),
    "quarantined": saying(
        line("SN {serial} of {part} is received and in quarantine. Put it aside."),
        line("{part} is received and in quarantine. Put it aside."),
        line("This unit is in quarantine. Put it aside."),
    ),
    "damaged": saying(
        line("SN {serial} of {part} is marked as damaged."),
        line("{part} is marked as damaged."),
        line("This unit is marked as damaged."),
    ),
    "released": saying(
        line("SN {serial} of {part} is released: {reason_word}."),
        line("SN {serial} of {part} is released."),
        line("{part} is released."),
        line("This unit is released."),
    ),
    "undone": saying(
        line("SN {serial} of {part}: {what_word} undone."),
        line("{part}: {what_word} undone."),
        line("SN {serial} of {part}: undone."),
        line("Undone: {what_word}."),
        line("Undone."),
        plus=(
            plural("{labels_cancelled} label that waited is not printed.",
                 "{labels_cancelled} labels that waited are not printed.", "labels_cancelled", least=1),
        ),
    ),
}  # fmt: skip
"""Events changed a unit. `held` is among the refusals: it says the same of both."""

_PROGRESS: Final[tuple[Line, ...]] = (
    line("{paper}: {done} of {wanted} received. Receipt {receipt}."),
    line("{paper}. Receipt {receipt}."),
    line("Receipt {receipt}, without a paper."),
)
_DIFFERENCES: Final[tuple[Line, ...]] = (
    plural("{short} short.", "{short} short.", "short", least=1),
    plural("{over} over.", "{over} over.", "over", least=1),
    plural("{stranger} not announced.", "{stranger} not announced.", "stranger", least=1),
    plural("{damaged} damaged.", "{damaged} damaged.", "damaged", least=1),
    plural("{held} on hold.", "{held} on hold.", "held", least=1),
    plural("{missing} announced serial did not come.", "{missing} announced serials did not come.", "missing", least=1),
    line("No differences.",
        when={"short": 0, "over": 0, "stranger": 0, "damaged": 0, "held": 0, "missing": 0}),
)  # fmt: skip

NOTED: Final[dict[str, Saying]] = {
    "ready": saying(line("Ready."), then=noun("Scan an order, a place or a unit.")),
    "receipt_ready": saying(*_PROGRESS, line("The receipt is open."), then=_SCAN_UNIT),
    "paper_taken": saying(*_PROGRESS, line("The paper is taken."), then=_SCAN_UNIT),
    "place_taken": saying(
        line("From here on to {place}, {name}."),
        line("From here on to {place}."),
        line("The place is taken."),
        then=_SCAN_UNIT,
    ),
    "window_wanted": saying(line("That is done in the window."), then=noun("Scan.")),
    "desk_wanted": saying(line("{desk}."), line("Another desk."), then=noun("Scan.")),
    "note_needed": saying(line("Which delivery note?"), then=noun("Scan or type its number.")),
    "note_taken": saying(line("Delivery note {note}."), line("The delivery note is taken."), then=_SCAN_UNIT),
    "operator_switched": saying(
        line("{name} works here now."),
        line("{operator} works here now."),
        line("Another person works here now."),
        then=_SCAN_UNIT,
    ),
    "keys": saying(
        line("Keyed so far: {keys}."),
        line("Nothing keyed."),
        then=noun("ENTER takes it, CLEAR begins again."),
    ),
    "quantity_taken": saying(
        plural("{quantity} piece.", "{quantity} pieces.", "quantity"),
        line("The quantity is taken."),
        then=noun("Scan the part or its lot."),
    ),
    "reason_taken": saying(
        line("Reason: {reason_word}."),
        line("The reason is taken."),
        then=noun("ACCEPT or QUARANTINE."),
    ),
    "skipped": saying(
        line("SN {serial} of {part} is set aside. Nothing was received."),
        line("{part} is set aside. Nothing was received."),
        line("SN {serial} is set aside. Nothing was received."),
        line("Set aside. Nothing was received."),
        then=noun("Scan the next unit."),
    ),
    "rejected": saying(
        line("SN {serial} of {part} goes back. Nothing was received."),
        line("{part} goes back. Nothing was received."),
        line("SN {serial} goes back. Nothing was received."),
        line("It goes back. Nothing was received."),
        then=noun("Scan the next unit."),
    ),
    "label_repeated": saying(
        line("SN {serial} of {part}: another label goes to the printer, number {copy}. Reason: {reason_word}."),
        line("SN {serial} of {part}: another label goes to the printer."),
        line("{part}: another label goes to the printer."),
        line("Another label goes to the printer."),
    ),
    "certificate_attached": saying(
        line("Certificate {name} is kept with the receipt."),
        line("The certificate is kept with the receipt."),
        then=_SCAN_UNIT,
    ),
    "paper_attached": saying(
        line("Delivery note {name} is kept with the receipt.", when={"kind": "delivery_note"}),
        line("{name} is kept with the receipt."),
        line("The paper is kept with the receipt."),
        then=_SCAN_UNIT,
    ),
    "help": saying(
        line("Commands: {commands}."),
        line("Scan an order, a place or a unit."),
    ),
    "cleared": saying(line("Cleared."), then=_SCAN_UNIT),
    "receipt_closed": saying(
        plural("Receipt {receipt} is closed: {received} piece received.",
             "Receipt {receipt} is closed: {received} pieces received.", "received"),
        plural("The receipt is closed: {received} piece received.",
             "The receipt is closed: {received} pieces received.", "received"),
        line("Receipt {receipt} is closed."),
        line("The receipt is closed."),
        plus=_DIFFERENCES,
    ),
    "undone_closing": saying(line("The receipt is open again."), then=_SCAN_UNIT),
    "unit_chosen": saying(
        line("SN {serial} of {part} is on hold.", when={"held": True}),
        line("SN {serial} of {part}."),
        line("{part} is on hold.", when={"held": True}),
        line("{part}."),
        line("A unit is chosen."),
        then=noun("QUARANTINE or RELEASE."),
    ),
}  # fmt: skip
"""Context was taken."""

STATION: Final[dict[str, Saying]] = {
    "copied": saying(line("This data folder was copied from another station.")),
    "restored": saying(line("This data folder was put back from an older copy.")),
    "ours": saying(line("This data folder belongs to this station.")),
}
"""How the data folder stands, as the window's status line says it."""

ANSWERS: Final[dict[str, Saying]] = {**ACCEPTED, **NOTED, **STATION}
