"""Why a rule said no, each naming the thing, and what to scan next."""

from typing import Final

from dockmark.wording.care import REFUSALS as OF_CARE
from dockmark.wording.catalogue import noun
from dockmark.wording.lines import Saying, line, saying
from dockmark.wording.master import OF_THE_CATALOGUE
from dockmark.wording.people import REFUSALS as OF_PEOPLE

_ANSWER: Final = noun("ACCEPT with a reason, QUARANTINE, or SKIP.")
_HISTORIES: Final = noun("Compare both histories. ACCEPT with a reason, QUARANTINE, or SKIP.")
_NEXT_UNIT: Final = noun("Scan the next unit.")

AT_THE_DOCK: Final[dict[str, Saying]] = {
    "already": saying(
        line("SN {serial} of {part} is received already."),
        line("SN {serial} is received already."),
        line("This unit is received already."),
        then=_NEXT_UNIT,
    ),
    "wrong_part": saying(
        line("{part} is not on {paper}."),
        line("{part} is not on this order."),
        line("This part is not on this order."),
        then=_ANSWER,
    ),
    "not_on_asn": saying(
        line("SN {serial} of {part} is not on {paper}."),
        line("{part} is not on {paper}."),
        line("SN {serial} is not on the ASN."),
        line("{part} is not on the ASN."),
        line("This unit is not on the ASN."),
        then=_ANSWER,
    ),
    "over_receipt": saying(
        line("{part}: {quantity} in hand, but only {open} still open on {paper}."),
        line("{part}: more than {paper} asks for."),
        line("{part}: more than was ordered."),
        line("More than was ordered."),
        then=_ANSWER,
    ),
    "alive_elsewhere": saying(
        line("SN {serial} of {part} exists already: {state_word}, {place}."),
        line("SN {serial} of {part} exists already: {state_word}."),
        line("SN {serial} of {part} exists already: {place}."),
        line("SN {serial} exists already in another place."),
        line("This unit exists already in another place."),
        then=_HISTORIES,
    ),
    "look_alike": saying(
        line("SN {serial} looks like {others}. Read the label again."),
        line("SN {serial} looks like {other}. Read the label again."),
        line("SN {serial} looks like another serial. Read the label again."),
        line("This serial looks like another one. Read the label again."),
        then=_HISTORIES,
    ),
    "out_of_range": saying(
        line("SN {serial} of {part} is outside the maker's ranges: {ranges}."),
        line("SN {serial} of {part} is outside the maker's range: {range}."),
        line("SN {serial} is outside the maker's ranges."),
        line("This serial is outside the maker's ranges."),
        then=_ANSWER,
    ),
    "scrapped_seen": saying(
        line("SN {serial} of {part} was scrapped, and here it is again."),
        line("SN {serial} was scrapped, and here it is again."),
        line("A scrapped unit bears this mark."),
        then=_HISTORIES,
    ),
    "expired": saying(
        line("SN {serial} of {part} expired on {expiry}."),
        line("{part} expired on {expiry}."),
        line("SN {serial} expired on {expiry}."),
        line("Expired on {expiry}."),
        line("SN {serial} of {part} has expired."),
        line("This unit has expired."),
        then=_ANSWER,
    ),
    "recalled": saying(
        line("SN {serial} of {part} is recalled: {recall}, {why}."),
        line("{part} is recalled: {recall}, {why}."),
        line("SN {serial} of {part} is recalled: {recall}."),
        line("{part} is recalled: {recall}."),
        line("Recalled: {recall}, {reason}."),
        line("Recalled: {recall}."),
        line("SN {serial} of {part} is recalled."),
        line("This unit is recalled."),
        then=_ANSWER,
    ),
    "supplier_not_approved": saying(
        line("{supplier} is not approved to supply {part}."),
        line("{part} needs an approved supplier, and none is known for this delivery."),
        line("{supplier} is not an approved supplier."),
        line("This part needs an approved supplier."),
        then=_ANSWER,
    ),
    "certificate_missing": saying(
        line("{part} needs a certificate, and none came with this delivery."),
        line("A certificate is needed, and none came with this delivery."),
        then=noun("Attach it with CERTIFICATE, or ACCEPT with a reason, QUARANTINE, or SKIP."),
    ),
}
"""The rules of the dock: each waits for an answer, but for `already`."""

IN_A_SCAN: Final[dict[str, Saying]] = {
    "part_needed": saying(
        line("SN {serial}: the part is not known yet."),
        line("The part is not known yet."),
        then=noun("Scan the part number."),
    ),
    "serial_needed": saying(
        line("{part}: the serial is not known yet."),
        line("The serial is not known yet."),
        then=noun("Scan the serial."),
    ),
    "quantity_needed": saying(
        line("{part}, lot {lot}: how many?"),
        line("{part}: how many?"),
        line("How many?"),
        then=noun("Scan the quantity, or the digits and ENTER."),
    ),
    "reason_needed": saying(
        line("A new label needs a reason.", when={"about": "reprint"}),
        line("{number} was made before: another copy needs a reason."),
        line("To release a unit needs a reason.", when={"about": "release"}),
        line("To put a unit on hold needs a reason.", when={"about": "quarantine"}),
        line("To accept it all the same needs a reason: {about_word}."),
        line("This needs a reason."),
        then=noun("Scan a reason."),
    ),
    "unreadable": saying(
        line("This cannot be read: {error_word}."),
        line("This cannot be read: “{text}”."),
        line("This cannot be read."),
        then=noun("Scan it again. If it stays so, type the serial."),
    ),
    "wrong_symbol": saying(
        line("The two symbols are of different labels: one belongs to “{link}”, the other is “{check}”."),
        line("This is not the symbol to scan. I need {wanted_word}.", whole=True),
        line("“{text}” is not the symbol to scan on this box."),
        line("This symbol belongs to another label."),
        then=noun("Scan both symbols of one label."),
    ),
    "wrong_kind": saying(
        line("“{text}” is not a command here.", when={"kind": "command"}),
        line("This is {kind_word}, I need {wanted_word}.", whole=True),
        line("“{text}” is nothing that this desk can use."),
        line("I need {wanted_word}.", whole=True),
        line("This is nothing that this desk can use."),
        then=noun("Scan a unit, or HELP for the commands."),
    ),
    "ambiguous": saying(
        line("{part} may come from several makers: {makers}."),
        line("{part} may be one of several parts."),
        line("This may be one of several things."),
        then=noun("Scan a label that names the maker, or the order first."),
    ),
    "bad_value": saying(
        line("Line {line}, {field_word} “{value}”: {fault_word}."),
        line("Line {line}, {field_word}: {fault_word}."),
        line("{field_word} “{value}”: {fault_word}."),
        line("{field_word}: {fault_word}."),
        line("The quantity “{value}” is not a whole number from 1 to 1,000,000.", when={"field": "quantity"}),
        line("“{value}” is not a reason.", when={"field": "reason"}),
        line("{field_word}: “{value}” cannot be taken."),
        line("{field}: “{value}” cannot be taken."),
        line("“{value}” cannot be taken."),
        line("{field_word}: this cannot be taken."),
        line("{field}: this cannot be taken."),
        line("This value cannot be taken."),
        then=noun("Scan or type it again."),
    ),
}
"""What a scan or a half of a label lacks."""

UNKNOWN: Final[dict[str, Saying]] = {
    "order_unknown": saying(
        line("No order, ASN or carton “{order}” is known."),
        line("This order is not known."),
        then=noun("Scan another paper, or just begin with a unit."),
    ),
    "place_unknown": saying(
        line("No place “{place}” is known."),
        line("This place is not known."),
        then=noun("Scan another place."),
    ),
    "badge_unknown": saying(
        line("This badge belongs to nobody here."),
        then=noun("Scan another badge, or ask for a new one."),
    ),
    "operator_unknown": saying(
        line("Nobody here is “{operator}”."),
        line("This person is not known here."),
        then=noun("Scan your badge, or ask to be enrolled."),
    ),
    "unit_unknown": saying(
        line("No unit is known by “{tag}”."),
        line("No unit “{unit}” is known."),
        line("This unit is not known."),
        then=noun("Scan the maker's label instead."),
    ),
    "part_unknown": saying(
        line("No part “{part}” is known."),
        line("This part is not known."),
        then=noun("Scan the label again, or add the part."),
    ),
    "desk_unknown": saying(
        line("There is no desk “{desk}”. There are: {desks}."),
        line("There is no desk “{desk}”."),
        line("There is no such desk."),
        then=noun("Choose another."),
    ),
}
"""What nobody has heard of."""

IN_THE_WORK: Final[dict[str, Saying]] = {
    "held": saying(
        line("SN {serial} of {part} is on hold: {reason_word}."),
        line("{part} is on hold: {reason_word}."),
        line("On hold: {reason_word}."),
        line("SN {serial} of {part} is on hold."),
        line("This unit is on hold."),
        then=noun("A second person can RELEASE it."),
    ),
    "not_held": saying(
        line("SN {serial} of {part} is not on hold."),
        line("{part} is not on hold."),
        line("This unit is not on hold."),
        then=_NEXT_UNIT,
    ),
    "second_person_needed": saying(
        line("{operator} put SN {serial} on hold and cannot release it too."),
        line("{operator} put this unit on hold and cannot release it too."),
        line("Whoever put a unit on hold cannot release it too."),
        then=noun("Let a second person scan a badge, then RELEASE."),
    ),
    "nothing_to_undo": saying(line("There is nothing to undo."), then=_NEXT_UNIT),
    "moved_since": saying(
        line("SN {serial} of {part} has gone on since then: this can no longer be undone."),
        line("{part} has gone on since then: this can no longer be undone."),
        line("The unit has gone on since then: this can no longer be undone."),
        then=noun("Correct it where it is now."),
    ),
    "nothing_pending": saying(line("Nothing waits for an answer."), then=_NEXT_UNIT),
    "nothing_received": saying(line("No unit is in hand."), then=noun("Scan a unit first.")),
    "receipt_unknown": saying(
        line("There is no receipt “{receipt}”."),
        line("There is no such receipt."),
        then=noun("Give its number, or scan the symbol on its paper."),
    ),
    "paper_unknown": saying(
        line("There is no paper “{kind}”, but these: {kinds}."),
        line("There is no paper “{kind}”."),
        line("There is no such paper."),
        then=noun("Choose another."),
    ),
    "paper_spoilt": saying(
        line("The kept file of {name} is missing or is not what was kept."),
        line("The kept file is missing or is not what was kept."),
        then=noun("Take it from a backup."),
    ),
    "no_receipt": saying(line("No receipt is open."), then=noun("Scan an order, an ASN or a unit first.")),
    "label_does_not_fit": saying(
        line("The label has no room for the whole symbol of “{value}”.", when={"field": "symbol"}),
        line("The label has no room for “{value}”."),
        line("The label has no room for this: {field_word}."),
        line("The label is too small for this unit."),
        then=noun("Choose a larger label. The unit itself is kept."),
    ),
}
"""What the course of the work does not allow."""

OF_THE_STATION: Final[dict[str, Saying]] = {
    "read_only": saying(
        line("This data folder was copied from another station. It can be looked at, not written.",
            when={"why": "copied"}),
        line("This data folder was put back from an older copy. It can be looked at, not written.",
            when={"why": "restored"}),
        line("This data folder can be looked at, not written."),
        then=noun("To work here, make it a station of its own: dockmark key adopt."),
    ),
    "disk_full": saying(
        line("The disk is full: {file} could not be written."),
        line("The disk is full. This was not recorded; everything before it is kept."),
        then=noun("Make room, then scan it again."),
    ),
    "disk_low": saying(
        line("The disk is nearly full: {free} MB are left. New scans are not taken; everything before is kept."),
        line("The disk is nearly full. New scans are not taken; everything before is kept."),
        then=noun("Make room. Then scan it again: work goes on by itself."),
    ),
    "training": saying(
        line("This is training: nothing goes to a real printer.", when={"about": "printer"}),
        line("Dockmark is changing to training or back. This was not recorded.", when={"about": "switching"}),
        line("This is training."),
        then=noun("Scan it again when the window is ready."),
    ),
    "network_share": saying(
        line("{folder} lies on a network share, where a ledger is not safe."),
        line("The data folder lies on a network share, where a ledger is not safe."),
        then=noun("Choose a folder on this machine."),
    ),
    "database_away": saying(
        line("The database does not answer. If this was recorded, scanning it again says so."),
        then=noun("Scan it again. If it stays so, ask whoever cares for the database and the network."),
    ),
    "database_not_prepared": saying(
        line("The tables in the database are of an older form ({form})."),
        line("The database {database} holds no ledger yet."),
        line("The database holds no ledger yet."),
        then=noun("An administrator of the database makes its tables: dockmark migrate --database ADDRESS."),
    ),
    "database_rights": saying(
        line("The database does not allow this: {detail}."),
        line("The database does not allow this."),
        then=noun("Ask whoever cares for the database for these rights."),
    ),
    "database_url": saying(
        line("{value} is no address of a PostgreSQL database."),
        line("This is no address of a PostgreSQL database."),
        then=noun("Give it as: postgresql://NAME@MACHINE/DATABASE."),
    ),
    "no_ledger": saying(
        line("There is no ledger in {folder}."),
        line("There is no ledger here."),
        then=noun("Make one with: dockmark init."),
    ),
    "ledger_exists": saying(
        line("There is a ledger in {folder} already."),
        line("There is a ledger here already."),
        then=noun("Open it, or choose another folder."),
    ),
    "bad_file": saying(
        line("{file} cannot be used: {why_word}."),
        line("The file cannot be used: {why_word}."),
        line("{file} cannot be used: something is wrong at {field}."),
        line("The file cannot be used: something is wrong at {field}."),
        line("{path} cannot be used."),
        line("{file} cannot be used."),
        line("This file cannot be used."),
        then=noun("Correct it, or choose another."),
    ),
    "core_too_large": saying(
        line("This record of {size} bytes is too large to keep; {limit} are the most."),
        line("This record is too large to keep."),
        then=noun("Say it in fewer words, or attach a file."),
    ),
    "printer_url": saying(
        line("“{url}” names no printer."),
        line("This names no printer."),
        then=noun("Write tcp://HOST:9100, pdf:FOLDER, queue:NAME or usb:VENDOR:PRODUCT."),
    ),
    "scanner_url": saying(
        line("“{url}” names no serial scanner."),
        line("This names no serial scanner."),
        then=noun("Write serial:PORT@BAUD, and what differs: serial:COM3@115200,suffix=CRLF."),
    ),
    "checkpoint_unreadable": saying(
        line("“{value}” is not the text of a checkpoint."),
        line("This is not the text of a checkpoint."),
        then=noun("Type both lines under “Checkpoint of the signed ledger”, or scan the symbol beside them."),
    ),
    "checkpoint_mistyped": saying(
        line("Checkpoint {number} was mistyped at the {field}."), line("The checkpoint was mistyped."),
        then=noun("Compare it with the paper once more."),
    ),
    "two_people_needed": saying(
        line("This takes two people, and {operator} is only one of them."), line("This takes two different people."),
        then=noun("Name a second person."),
    ),
    "not_a_ledger": saying(
        line("{file} is not a ledger of Dockmark."), line("This is not a ledger of Dockmark."),
        then=noun("Choose another file or folder."),
    ),
    "ledger_damaged": saying(
        line("The ledger's file is damaged: {detail}."), line("The ledger's file is damaged."),
        then=noun("Restore the last backup: dockmark restore."),
    ),
    "another_ledger": saying(
        line("{file} belongs to another ledger."), line("This belongs to another ledger."),
        then=noun("Choose another file or folder."),
    ),
    "not_trusted": saying(
        line("{station} is not trusted here: {why_word}."),
        line("{station} is not trusted here."),
        line("This comes from a station that is not trusted here."),
        then=noun("Ask an administrator to look at it."),
    ),
    "made_later": saying(
        line("A later Dockmark made this data folder, in form {form}. This one cannot open it."),
        line("A later Dockmark made this data folder. This one cannot open it."),
        then=noun("Bring Dockmark up to date."),
    ),
    "busy": saying(
        line("Another program works with this data folder."),
        then=noun("Close it there, then try again."),
    ),
}  # fmt: skip
"""What stands in the way of the station itself."""

REFUSALS: Final[dict[str, Saying]] = {
    **AT_THE_DOCK, **IN_A_SCAN, **UNKNOWN, **IN_THE_WORK, **OF_THE_STATION, **OF_THE_CATALOGUE,
    **OF_PEOPLE, **OF_CARE,
}  # fmt: skip
