"""Why a rule said no, each naming the thing, and what to scan next."""

from typing import Final

from dockmark.wording.catalogue import noun
from dockmark.wording.lines import Saying, say, saying

_ANSWER: Final = noun("ACCEPT with a reason, QUARANTINE, or SKIP.")
_HISTORIES: Final = noun("Compare both histories. ACCEPT with a reason, QUARANTINE, or SKIP.")
_NEXT_UNIT: Final = noun("Scan the next unit.")

AT_THE_DOCK: Final[dict[str, Saying]] = {
    "already": saying(
        say("SN {serial} of {part} is received already."),
        say("SN {serial} is received already."),
        say("This unit is received already."),
        then=_NEXT_UNIT,
    ),
    "wrong_part": saying(
        say("{part} is not on {paper}."),
        say("{part} is not on this order."),
        say("This part is not on this order."),
        then=_ANSWER,
    ),
    "not_on_asn": saying(
        say("SN {serial} of {part} is not on {paper}."),
        say("{part} is not on {paper}."),
        say("SN {serial} is not on the ASN."),
        say("{part} is not on the ASN."),
        say("This unit is not on the ASN."),
        then=_ANSWER,
    ),
    "over_receipt": saying(
        say("{part}: {quantity} in hand, but only {open} still open on {paper}."),
        say("{part}: {ordered} ordered, {received} received already."),
        say("{part}: more than {paper} asks for."),
        say("{part}: more than was ordered."),
        say("More than was ordered."),
        then=_ANSWER,
    ),
    "alive_elsewhere": saying(
        say("SN {serial} of {part} exists already: {state_word}, {place}."),
        say("SN {serial} of {part} exists already: {state_word}."),
        say("SN {serial} of {part} exists already: {place}."),
        say("SN {serial} exists already in another place."),
        say("This unit exists already in another place."),
        then=_HISTORIES,
    ),
    "look_alike": saying(
        say("SN {serial} looks like {others}. Read the label again."),
        say("SN {serial} looks like {other}. Read the label again."),
        say("SN {serial} looks like another serial. Read the label again."),
        say("This serial looks like another one. Read the label again."),
        then=_HISTORIES,
    ),
    "out_of_range": saying(
        say("SN {serial} of {part} is outside the maker's ranges: {ranges}."),
        say("SN {serial} of {part} is outside the maker's range: {range}."),
        say("SN {serial} is outside the maker's ranges."),
        say("This serial is outside the maker's ranges."),
        then=_ANSWER,
    ),
    "scrapped_seen": saying(
        say("SN {serial} of {part} was scrapped, and here it is again."),
        say("SN {serial} was scrapped, and here it is again."),
        say("A scrapped unit bears this mark."),
        then=_HISTORIES,
    ),
    "expired": saying(
        say("SN {serial} of {part} expired on {expiry}."),
        say("{part} expired on {expiry}."),
        say("SN {serial} expired on {expiry}."),
        say("Expired on {expiry}."),
        say("SN {serial} of {part} has expired."),
        say("This unit has expired."),
        then=_ANSWER,
    ),
    "recalled": saying(
        say("SN {serial} of {part} is recalled: {recall}, {why}."),
        say("{part} is recalled: {recall}, {why}."),
        say("SN {serial} of {part} is recalled: {recall}."),
        say("{part} is recalled: {recall}."),
        say("Recalled: {recall}, {reason}."),
        say("Recalled: {recall}."),
        say("SN {serial} of {part} is recalled."),
        say("This unit is recalled."),
        then=_ANSWER,
    ),
    "supplier_not_approved": saying(
        say("{supplier} is not approved to supply {part}."),
        say("{part} needs an approved supplier, and none is known for this delivery."),
        say("{supplier} is not an approved supplier."),
        say("This part needs an approved supplier."),
        then=_ANSWER,
    ),
    "certificate_missing": saying(
        say("{part} needs a certificate, and none came with this delivery."),
        say("A certificate is needed, and none came with this delivery."),
        then=noun("Attach it with CERTIFICATE, or ACCEPT with a reason, QUARANTINE, or SKIP."),
    ),
}
"""The rules of the dock: each waits for an answer, but for `already`."""

IN_A_SCAN: Final[dict[str, Saying]] = {
    "part_needed": saying(
        say("SN {serial}: the part is not known yet."),
        say("The part is not known yet."),
        then=noun("Scan the part number."),
    ),
    "serial_needed": saying(
        say("{part}: the serial is not known yet."),
        say("The serial is not known yet."),
        then=noun("Scan the serial."),
    ),
    "quantity_needed": saying(
        say("{part}, lot {lot}: how many?"),
        say("{part}: how many?"),
        say("How many?"),
        then=noun("Scan the quantity, or the digits and ENTER."),
    ),
    "reason_needed": saying(
        say("A new label needs a reason.", when={"about": "reprint"}),
        say("To release a unit needs a reason.", when={"about": "release"}),
        say("To accept it all the same needs a reason: {about_word}."),
        say("This needs a reason."),
        then=noun("Scan a reason."),
    ),
    "unreadable": saying(
        say("This cannot be read: {error_word}."),
        say("This cannot be read: “{text}”."),
        say("This cannot be read."),
        then=noun("Scan it again. If it stays so, type the serial."),
    ),
    "wrong_kind": saying(
        say("This is {kind_word}, I need {wanted_word}.", whole=True),
        say("“{text}” is not a command here.", when={"kind": "command"}),
        say("“{text}” is nothing that this desk can use."),
        say("I need {wanted_word}.", whole=True),
        say("This is nothing that this desk can use."),
        then=noun("Scan a unit, or HELP for the commands."),
    ),
    "ambiguous": saying(
        say("{part} may come from several makers: {makers}."),
        say("{part} may be one of several parts."),
        say("This may be one of several things."),
        then=noun("Scan a label that names the maker, or the order first."),
    ),
    "bad_value": saying(
        say("The quantity “{value}” is not a whole number from 1 to 1,000,000.", when={"field": "quantity"}),
        say("“{value}” is not a reason.", when={"field": "reason"}),
        say("{field_word}: “{value}” cannot be taken."),
        say("{field}: “{value}” cannot be taken."),
        say("“{value}” cannot be taken."),
        say("This value cannot be taken."),
        then=noun("Say it again."),
    ),
}
"""What a scan or a half of a label lacks."""

UNKNOWN: Final[dict[str, Saying]] = {
    "order_unknown": saying(
        say("No order, ASN or carton “{order}” is known."),
        say("This order is not known."),
        then=noun("Scan another paper, or just begin with a unit."),
    ),
    "place_unknown": saying(
        say("No place “{place}” is known."),
        say("This place is not known."),
        then=noun("Scan another place."),
    ),
    "badge_unknown": saying(
        say("This badge belongs to nobody here."),
        then=noun("Scan another badge, or ask for a new one."),
    ),
    "operator_unknown": saying(
        say("Nobody here is “{operator}”."),
        say("This person is not known here."),
        then=noun("Scan your badge, or ask to be enrolled."),
    ),
    "unit_unknown": saying(
        say("No unit bears the tag {tag}."),
        say("No unit “{unit}” is known."),
        say("This unit is not known."),
        then=noun("Scan the maker's label instead."),
    ),
    "part_unknown": saying(
        say("No part “{part}” is known."),
        say("This part is not known."),
        then=noun("Scan the label again, or add the part."),
    ),
    "desk_unknown": saying(
        say("There is no desk “{desk}”."),
        say("There is no desk “{name}”."),
        say("There is no such desk."),
        then=noun("Choose one of these: receiving."),
    ),
}
"""What nobody has heard of."""

IN_THE_WORK: Final[dict[str, Saying]] = {
    "held": saying(
        say("SN {serial} of {part} is on hold: {reason_word}."),
        say("{part} is on hold: {reason_word}."),
        say("On hold: {reason_word}."),
        say("SN {serial} of {part} is on hold."),
        say("This unit is on hold."),
        then=noun("A second person can RELEASE it."),
    ),
    "not_held": saying(
        say("SN {serial} of {part} is not on hold."),
        say("{part} is not on hold."),
        say("This unit is not on hold."),
        then=_NEXT_UNIT,
    ),
    "second_person_needed": saying(
        say("{operator} put SN {serial} on hold and cannot release it too."),
        say("{operator} put this unit on hold and cannot release it too."),
        say("Whoever put a unit on hold cannot release it too."),
        then=noun("Let a second person scan a badge, then RELEASE."),
    ),
    "not_allowed": saying(
        say("{operator} may not do this: {role} is not enough."),
        say("{operator} may not do this."),
        say("You may not do this."),
        then=noun("Let somebody who may scan a badge."),
    ),
    "nothing_to_undo": saying(say("There is nothing to undo."), then=_NEXT_UNIT),
    "moved_since": saying(
        say("SN {serial} of {part} has gone on since then: this can no longer be undone."),
        say("{part} has gone on since then: this can no longer be undone."),
        say("The unit has gone on since then: this can no longer be undone."),
        then=noun("Correct it where it is now."),
    ),
    "nothing_pending": saying(say("Nothing waits for an answer."), then=_NEXT_UNIT),
    "nothing_received": saying(say("No unit is in hand."), then=noun("Scan a unit first.")),
    "no_receipt": saying(say("No receipt is open."), then=noun("Scan an order, an ASN or a unit first.")),
    "label_does_not_fit": saying(
        say("The label has no room for “{value}”."),
        say("The label has no room for this: {field}."),
        say("The label is too small for this unit."),
        then=noun("Choose a larger label. The unit itself is kept."),
    ),
}
"""What the course of the work does not allow."""

OF_THE_STATION: Final[dict[str, Saying]] = {
    "read_only": saying(
        say("This data folder was copied from another station. It can be looked at, not written.",
            when={"why": "copied"}),
        say("This data folder was put back from an older copy. It can be looked at, not written.",
            when={"why": "restored"}),
        say("This data folder can be looked at, not written."),
        then=noun("To work here, make it a station of its own: dockmark key adopt."),
    ),
    "disk_full": saying(
        say("The disk is full: {file} could not be written."),
        say("The disk is full. This was not recorded; everything before it is kept."),
        then=noun("Make room, then scan it again."),
    ),
    "network_share": saying(
        say("{folder} lies on a network share, where a ledger is not safe."),
        say("The data folder lies on a network share, where a ledger is not safe."),
        then=noun("Choose a folder on this machine."),
    ),
    "no_ledger": saying(
        say("There is no ledger in {folder}."),
        say("There is no ledger here."),
        then=noun("Make one with: dockmark init."),
    ),
    "ledger_exists": saying(
        say("There is a ledger in {folder} already."),
        say("There is a ledger here already."),
        then=noun("Open it, or choose another folder."),
    ),
    "bad_file": saying(
        say("{file} cannot be used: {why_word}."),
        say("The file cannot be used: {why_word}."),
        say("{file} cannot be used: something is wrong at {field}."),
        say("The file cannot be used: something is wrong at {field}."),
        say("{path} cannot be used."),
        say("{file} cannot be used."),
        say("This file cannot be used."),
        then=noun("Nothing was taken from it. Correct it, or choose another."),
    ),
    "core_too_large": saying(
        say("This record of {size} bytes is too large to keep; {limit} are the most."),
        say("This record is too large to keep."),
        then=noun("Say it in fewer words, or attach a file."),
    ),
    "printer_url": saying(
        say("“{url}” names no printer."),
        say("This names no printer."),
        then=noun("Write tcp://HOST:9100, pdf:FOLDER, queue:NAME or usb:VENDOR:PRODUCT."),
    ),
    "not_trusted": saying(
        say("{station} is not trusted here: {why_word}."),
        say("{station} is not trusted here."),
        say("This comes from a station that is not trusted here."),
        then=noun("Ask an administrator to look at it."),
    ),
    "busy": saying(
        say("Another program works with this data folder."),
        then=noun("Close it there, then try again."),
    ),
}  # fmt: skip
"""What stands in the way of the station itself."""

REFUSALS: Final[dict[str, Saying]] = {**AT_THE_DOCK, **IN_A_SCAN, **UNKNOWN, **IN_THE_WORK, **OF_THE_STATION}
