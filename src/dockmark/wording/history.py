"""One line for each event of a history. Names that are only ids are left out by `event_line`."""

from typing import Final

from dockmark.wording.lines import Line, Saying, line, plural, saying
from dockmark.wording.people import HISTORY as OF_PEOPLE

_SET_ASIDE: Final = saying(
    line("Accepted although {override_code_word}: {override_reason_word}, “{override_note}”."),
    line("Accepted although {override_code_word}: {override_reason_word}."),
    line("Accepted although {override_code_word}."),
)
_NOTE: Final = line("“{note}”.")
_IDENTITY: Final[tuple[Line, ...]] = (
    plural("{quantity} piece.", "{quantity} pieces.", "quantity", least=2),
    line("Lot {lot}."),
    line("Expires on {expiry}."),
    line("Belongs to {owner}."),
)

UNITS: Final[dict[str, Saying]] = {
    "unit_received": saying(
        line("Received at {place}, condition {condition_word}."),
        line("Received at {place}."),
        line("Received, condition {condition_word}."),
        line("Received."),
        plus=(
            *_IDENTITY,
            line("Typed by hand.", when={"typed": True}),
            line("Not announced.", when={"stranger": True}),
            _SET_ASIDE,
        ),
    ),
    "unit_returned": saying(
        line("Came back to {place}."),
        line("Came back."),
        plus=(line("Condition {condition_word}."), _SET_ASIDE),
    ),
    "unit_stocked": saying(
        line("Taken over from an earlier list: {state_word}, {place}."),
        line("Taken over from an earlier list: {state_word}."),
        line("Taken over from an earlier list: {place}."),
        line("Taken over from an earlier list."),
        plus=(*_IDENTITY, line("In service since {in_service_since}.")),
    ),
    "unit_held": saying(
        line("Put on hold: {reason_word} ({code_word})."),
        line("Put on hold: {reason_word}."),
        line("Put on hold."),
        plus=(_NOTE,),
    ),
    "unit_released": saying(line("Released: {reason_word}."), line("Released."), plus=(_NOTE,)),
    "unit_condition_noted": saying(
        line("Found damaged, {condition_word}: {reason_word}.", when={"damaged": True}),
        line("Found damaged, {condition_word}.", when={"damaged": True}),
        line("Condition {condition_word}: {reason_word}."),
        line("Condition {condition_word}."),
        line("Condition noted."),
    ),
    "unit_put_away": saying(line("Put to {place}."), line("Put away.")),
    "unit_scrapped": saying(line("Scrapped: {reason_word}."), line("Scrapped."), plus=(_NOTE,)),
    "label_reprinted": saying(
        line("Label printed again: {reason_word}."),
        line("Label printed again."),
        plus=(_NOTE,),
    ),
    "act_reversed": saying(
        plural("Undone: {n_reverses} entry before this one.", "Undone: {n_reverses} entries before this one.",
             "reverses", least=1),
        line("Undone: an entry before this one."),
    ),
    "units_joined": saying(
        line("Found to be one with a unit met under another id: {reason}."),
        line("Found to be one with a unit met under another id."),
        plus=(_NOTE,),
    ),
    "units_parted": saying(
        line("Said to be another unit than one of the same mark: {reason}."),
        line("Said to be another unit than one of the same mark."),
        plus=(_NOTE,),
    ),
    "dispute_resolved": saying(
        line("Two stations had said different things. Settled: {reason_word}."),
        line("Two stations had said different things. Settled."),
    ),
    "scan_noted": saying(line("Scanned.")),
}  # fmt: skip

PAPERS: Final[dict[str, Saying]] = {
    "receipt_opened": saying(
        line("Receipt {number} opened for {asn}."),
        line("Receipt {number} opened for {order}."),
        line("Receipt {number} opened."),
        line("Receipt opened."),
    ),
    "receipt_noted": saying(
        line("Delivery note {delivery_note}."),
        line("The delivery belongs to {asn}."),
        line("The delivery belongs to {order}."),
        line("Something was noted of the delivery."),
    ),
    "receipt_closed": saying(
        plural("Receipt closed: {received} piece received.", "Receipt closed: {received} pieces received.", "received"),
        line("Receipt closed."),
        plus=(plural("{n_differences} difference.", "{n_differences} differences.", "differences", least=1),),
    ),
    "certificate_attached": saying(line("Certificate {name} attached."), line("Certificate attached.")),
    "file_attached": saying(
        line("Photo {name} attached.", when={"kind": "photo"}),
        line("Certificate {name} attached.", when={"kind": "certificate"}),
        line("Delivery note {name} attached.", when={"kind": "delivery_note"}),
        line("File {name} attached."),
        line("File attached."),
        plus=(_NOTE,),
    ),
    "file_detached": saying(
        line("File {name} taken away again: {reason_word}."),
        line("File taken away again: {reason_word}."),
        line("File taken away again."),
        plus=(_NOTE,),
    ),
    "document_made": saying(
        line("Receipt {number} made out, to be completed.", when={"kind": "receipt", "preliminary": True}),
        line("Receipt {number} made out.", when={"kind": "receipt", "copy": 1}),
        line("Receipt {number} made out again, copy {copy}: {reason_word}.", when={"kind": "receipt"}),
        line("Paper {number} made out.", when={"copy": 1}),
        line("Paper {number} made out again, copy {copy}: {reason_word}."),
        line("Paper {number} made out."),
        line("Paper made out."),
        plus=(_NOTE,),
    ),
    "order_placed": saying(
        plural("Order {number} placed, {n_lines} line.", "Order {number} placed, {n_lines} lines.", "lines", least=1),
        line("Order {number} placed."),
        line("Order placed."),
    ),
    "order_changed": saying(
        plural("Order changed: {n_lines} line.", "Order changed: {n_lines} lines.", "lines", least=1),
        line("Order changed."),
        plus=(line("Reason: {reason}."),),
    ),
    "asn_advised": saying(
        plural("Delivery {number} announced, {n_lines} line.", "Delivery {number} announced, {n_lines} lines.",
             "lines", least=1),
        line("Delivery {number} announced."),
        line("Delivery announced."),
        plus=(line("Carton {sscc}."),),
    ),
    "expectation_withdrawn": saying(
        plural("{n_lines} line will not come any more: {reason_word}.",
             "{n_lines} lines will not come any more: {reason_word}.", "lines", least=1),
        line("What has not come will not come any more: {reason_word}."),
        line("What has not come will not come any more."),
        plus=(_NOTE,),
    ),
    "units_expected": saying(
        plural("{n_rows} unit announced.", "{n_rows} units announced.", "rows", least=1),
        line("Units announced."),
    ),
}  # fmt: skip

CATALOGUE: Final[dict[str, Saying]] = {
    "part_added": saying(
        line("Part {told_part_number} added. To be completed.", when={"complete": False}),
        line("Part {told_part_number} added."),
        line("Part added."),
    ),
    "parts_joined": saying(
        line("Found to be one with another entry of the catalogue: {reason}."),
        line("Found to be one with another entry of the catalogue."),
        plus=(_NOTE,),
    ),
    "part_changed": saying(
        line("Part {told_part_number} changed."), line("Part changed."), plus=(line("Reason: {reason}."),)
    ),
    "partner_added": saying(
        line("Partner {told_name} added."), line("Partner {told_code} added."), line("Partner added.")
    ),
    "partner_changed": saying(
        line("Partner {told_name} changed."), line("Partner {told_code} changed."), line("Partner changed."),
        plus=(line("Reason: {reason}."),),
    ),
    "place_added": saying(line("Place {told_code} added."), line("Place added.")),
    "place_changed": saying(
        line("Place {told_code} changed."), line("Place changed."), plus=(line("Reason: {reason}."),)
    ),
    "recipe_kept": saying(line("Label recipe {name} kept."), line("A label recipe was kept.")),
    "recipe_dropped": saying(
        line("Label recipe {name} is used no longer: {reason}."), line("A label recipe is used no longer.")
    ),
    "company_set": saying(
        line("The company is {told_name}."), line("What the company says of itself was changed."),
        plus=(line("Reason: {reason}."),),
    ),
    "recall_announced": saying(
        line("Recall {number} announced: {reason}."), line("Recall {number} announced."), line("Recall announced.")
    ),
    "recall_lifted": saying(line("Recall lifted: {reason}."), line("Recall lifted.")),
    "serial_range_stated": saying(
        line("The maker's serials run from {first} to {last}."), line("A range of the maker's serials was stated.")
    ),
    "import_completed": saying(
        plural("File {file} taken in: {recorded} of {rows} row said something new.",
             "File {file} taken in: {recorded} of {rows} rows said something new.", "rows"),
        line("File {file} taken in."),
        line("A file was taken in."),
        plus=(plural("{bad} bad row.", "{bad} bad rows.", "bad", least=1),),
    ),
    "import_reversed": saying(
        line("What the file {file} said is withdrawn: {reason}."), line("What a file said is withdrawn.")
    ),
}  # fmt: skip

PEOPLE: Final[dict[str, Saying]] = {
    "station_enrolled": saying(line("Station {name} enrolled."), line("Station enrolled.")),
    "station_named": saying(
        line("Station is called {name} now."), line("Station renamed."), plus=(line("Reason: {reason}."),)
    ),
    "operator_enrolled": saying(line("Person enrolled as {roles}."), line("Person enrolled.")),
    "operator_changed": saying(
        line("Person may no longer work here.", when={"disabled": True}),
        line("Person works as {roles} now."),
        line("Person's entry changed."),
        plus=(line("Reason: {reason}."),),
    ),
    "badge_issued": saying(line("Badge issued.")),
    "signed_in": saying(
        line("Signed in as {role}, by {method_word}."), line("Signed in as {role}."), line("Signed in.")
    ),
    "person_erased": saying(
        line("A person's data erased: {reason}."),
        line("A person's data erased."),
    ),
    "checkpoint_made": saying(
        plural("Checkpoint {number} over {leaves} event.", "Checkpoint {number} over {leaves} events.", "leaves"),
        line("Checkpoint {number}."),
        line("Checkpoint made."),
    ),
    "checkpoint_cosigned": saying(
        line("Checkpoint {number} of another station checked and signed."),
        line("Checkpoint of another station signed."),
    ),
    "station_backed": saying(
        line("Station and key confirmed, together with {second}."), line("Station and key confirmed."),
        plus=(line("Reason: {reason}."),),
    ),
    "key_rotated": saying(
        line("Key changed, together with {second}."), line("Key changed."), plus=(line("Reason: {reason}."),)
    ),
    "key_revoked": saying(
        line("Key withdrawn, together with {second}: nothing after event {after} counts."),
        line("Key withdrawn."),
        plus=(line("Reason: {reason}."),),
    ),
}  # fmt: skip

HISTORY: Final[dict[str, Saying]] = {**UNITS, **PAPERS, **CATALOGUE, **PEOPLE, **OF_PEOPLE}
