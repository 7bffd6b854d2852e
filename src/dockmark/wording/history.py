"""One line for each event of a history. Names that are only ids are left out by `event_line`."""

from typing import Final

from dockmark.wording.lines import Line, Saying, many, say, saying

_SET_ASIDE: Final = saying(
    say("Accepted although {override_code_word}: {override_reason_word}, “{override_note}”."),
    say("Accepted although {override_code_word}: {override_reason_word}."),
    say("Accepted although {override_code_word}."),
)
_NOTE: Final = say("“{note}”.")
_IDENTITY: Final[tuple[Line, ...]] = (
    many("{quantity} piece.", "{quantity} pieces.", "quantity", least=2),
    say("Lot {lot}."),
    say("Expires on {expiry}."),
    say("Belongs to {owner}."),
)

UNITS: Final[dict[str, Saying]] = {
    "unit_received": saying(
        say("Received at {place}, condition {condition_word}."),
        say("Received at {place}."),
        say("Received, condition {condition_word}."),
        say("Received."),
        plus=(
            *_IDENTITY,
            say("Typed by hand.", when={"typed": True}),
            say("Not announced.", when={"stranger": True}),
            _SET_ASIDE,
        ),
    ),
    "unit_returned": saying(
        say("Came back to {place}."),
        say("Came back."),
        plus=(say("Condition {condition_word}."), _SET_ASIDE),
    ),
    "unit_stocked": saying(
        say("Taken over from an earlier list: {state_word}, {place}."),
        say("Taken over from an earlier list: {state_word}."),
        say("Taken over from an earlier list: {place}."),
        say("Taken over from an earlier list."),
        plus=(*_IDENTITY, say("In service since {in_service_since}.")),
    ),
    "unit_held": saying(
        say("Put on hold: {reason_word} ({code_word})."),
        say("Put on hold: {reason_word}."),
        say("Put on hold."),
        plus=(_NOTE,),
    ),
    "unit_released": saying(say("Released: {reason_word}."), say("Released."), plus=(_NOTE,)),
    "unit_condition_noted": saying(
        say("Found damaged, {condition_word}: {reason_word}.", when={"damaged": True}),
        say("Found damaged, {condition_word}.", when={"damaged": True}),
        say("Condition {condition_word}: {reason_word}."),
        say("Condition {condition_word}."),
        say("Condition noted."),
    ),
    "unit_put_away": saying(say("Put to {place}."), say("Put away.")),
    "unit_scrapped": saying(say("Scrapped: {reason_word}."), say("Scrapped."), plus=(_NOTE,)),
    "label_reprinted": saying(
        say("Label printed again: {reason_word}."),
        say("Label printed again."),
        plus=(_NOTE,),
    ),
    "act_reversed": saying(
        many("Undone: {n_reverses} entry before this one.", "Undone: {n_reverses} entries before this one.",
             "reverses", least=1),
        say("Undone: an entry before this one."),
    ),
    "dispute_resolved": saying(
        say("Two stations had said different things. Settled: {reason_word}."),
        say("Two stations had said different things. Settled."),
    ),
    "scan_noted": saying(say("Scanned.")),
}  # fmt: skip

PAPERS: Final[dict[str, Saying]] = {
    "receipt_opened": saying(
        say("Receipt {number} opened for {asn}."),
        say("Receipt {number} opened for {order}."),
        say("Receipt {number} opened."),
        say("Receipt opened."),
    ),
    "receipt_noted": saying(
        say("Delivery note {delivery_note}."),
        say("The delivery belongs to {asn}."),
        say("The delivery belongs to {order}."),
        say("Something was noted of the delivery."),
    ),
    "receipt_closed": saying(
        many("Receipt closed: {received} piece received.", "Receipt closed: {received} pieces received.", "received"),
        say("Receipt closed."),
        plus=(many("{n_differences} difference.", "{n_differences} differences.", "differences", least=1),),
    ),
    "certificate_attached": saying(say("Certificate {name} attached."), say("Certificate attached.")),
    "order_placed": saying(
        many("Order {number} placed, {n_lines} line.", "Order {number} placed, {n_lines} lines.", "lines", least=1),
        say("Order {number} placed."),
        say("Order placed."),
    ),
    "order_changed": saying(
        many("Order changed: {n_lines} line.", "Order changed: {n_lines} lines.", "lines", least=1),
        say("Order changed."),
        plus=(say("Reason: {reason}."),),
    ),
    "asn_advised": saying(
        many("Delivery {number} announced, {n_lines} line.", "Delivery {number} announced, {n_lines} lines.",
             "lines", least=1),
        say("Delivery {number} announced."),
        say("Delivery announced."),
        plus=(say("Carton {sscc}."),),
    ),
    "units_expected": saying(
        many("{n_rows} unit announced.", "{n_rows} units announced.", "rows", least=1),
        say("Units announced."),
    ),
}  # fmt: skip

CATALOGUE: Final[dict[str, Saying]] = {
    "part_added": saying(
        say("Part {told_part_number} added. To be completed.", when={"complete": False}),
        say("Part {told_part_number} added."),
        say("Part added."),
    ),
    "part_changed": saying(
        say("Part {told_part_number} changed."), say("Part changed."), plus=(say("Reason: {reason}."),)
    ),
    "partner_added": saying(
        say("Partner {told_name} added."), say("Partner {told_code} added."), say("Partner added.")
    ),
    "partner_changed": saying(
        say("Partner {told_name} changed."), say("Partner {told_code} changed."), say("Partner changed."),
        plus=(say("Reason: {reason}."),),
    ),
    "place_added": saying(say("Place {told_code} added."), say("Place added.")),
    "place_changed": saying(say("Place {told_code} changed."), say("Place changed."), plus=(say("Reason: {reason}."),)),
    "recall_announced": saying(
        say("Recall {number} announced: {reason}."), say("Recall {number} announced."), say("Recall announced.")
    ),
    "recall_lifted": saying(say("Recall lifted: {reason}."), say("Recall lifted.")),
    "serial_range_stated": saying(
        say("The maker's serials run from {first} to {last}."), say("A range of the maker's serials was stated.")
    ),
    "import_completed": saying(
        many("File {file} taken in: {recorded} of {rows} row said something new.",
             "File {file} taken in: {recorded} of {rows} rows said something new.", "rows"),
        say("File {file} taken in."),
        say("A file was taken in."),
        plus=(many("{bad} bad row.", "{bad} bad rows.", "bad", least=1),),
    ),
}  # fmt: skip

PEOPLE: Final[dict[str, Saying]] = {
    "station_enrolled": saying(say("Station {name} enrolled."), say("Station enrolled.")),
    "operator_enrolled": saying(say("Person enrolled as {roles}."), say("Person enrolled.")),
    "operator_changed": saying(
        say("Person may no longer work here.", when={"disabled": True}),
        say("Person works as {roles} now."),
        say("Person's entry changed."),
        plus=(say("Reason: {reason}."),),
    ),
    "badge_issued": saying(say("Badge issued.")),
    "signed_in": saying(
        say("Signed in as {role}, by {method_word}."), say("Signed in as {role}."), say("Signed in.")
    ),
    "person_erased": saying(
        say("A person's data erased: {reason}."),
        say("A person's data erased."),
    ),
    "checkpoint_made": saying(
        many("Checkpoint {number} over {leaves} event.", "Checkpoint {number} over {leaves} events.", "leaves"),
        say("Checkpoint {number}."),
        say("Checkpoint made."),
    ),
}  # fmt: skip

HISTORY: Final[dict[str, Saying]] = {**UNITS, **PAPERS, **CATALOGUE, **PEOPLE}
