"""One word, to be read at three metres: at most 14 characters, in every language."""

from typing import Final

from dockmark.wording.catalogue import noun
from dockmark.wording.master import FLOOD as OF_THE_CATALOGUE
from dockmark.wording.people import FLOOD as OF_PEOPLE

LONGEST: Final = 14

OUTCOMES: Final = {
    "accepted": noun("ACCEPTED"),
    "noted": noun("NOTED"),
    "refused": noun("REFUSED"),
}
LAMPS: Final = {"stop": noun("STOP"), "warn": noun("CHECK")}

LAMP_FIRST: Final = frozenset({"received", "received_blind", "released", "unit_chosen"})
"""What was done, of which a grave lamp is the more important news; the others say themselves why it is grave."""

DONE: Final = {
    "received": noun("RECEIVED"),
    "received_blind": noun("RECEIVED"),
    "returned": noun("RETURN"),
    "quarantined": noun("QUARANTINE"),
    "damaged": noun("DAMAGED"),
    "released": noun("RELEASED"),
    "undone": noun("UNDONE"),
    "undone_closing": noun("REOPENED"),
    "ready": noun("READY"),
    "receipt_ready": noun("READY"),
    "paper_taken": noun("ORDER"),
    "place_taken": noun("PLACE"),
    "desk_wanted": noun("DESK"),
    "note_needed": noun("NOTE?"),
    "note_taken": noun("NOTE"),
    "operator_switched": noun("HELLO"),
    "keys": noun("DIGITS"),
    "quantity_taken": noun("QUANTITY"),
    "reason_taken": noun("REASON"),
    "skipped": noun("SKIPPED"),
    "rejected": noun("REJECTED"),
    "label_repeated": noun("LABEL"),
    "certificate_attached": noun("CERTIFICATE"),
    "paper_attached": noun("PAPER"),
    "help": noun("HELP"),
    "cleared": noun("CLEARED"),
    "receipt_closed": noun("CLOSED"),
    "unit_chosen": noun("UNIT"),
}

REFUSED: Final = {
    "already": noun("ALREADY HERE"),
    "wrong_part": noun("WRONG PART"),
    "not_on_asn": noun("NOT ON ASN"),
    "over_receipt": noun("TOO MANY"),
    "alive_elsewhere": noun("EXISTS TWICE"),
    "look_alike": noun("LOOK-ALIKE"),
    "out_of_range": noun("OUT OF RANGE"),
    "scrapped_seen": noun("SCRAPPED"),
    "expired": noun("EXPIRED"),
    "recalled": noun("RECALLED"),
    "supplier_not_approved": noun("SUPPLIER"),
    "certificate_missing": noun("CERTIFICATE?"),
    "part_needed": noun("PART?"),
    "serial_needed": noun("SERIAL?"),
    "quantity_needed": noun("HOW MANY?"),
    "reason_needed": noun("REASON?"),
    "unreadable": noun("UNREADABLE"),
    "wrong_kind": noun("WRONG KIND"),
    "wrong_symbol": noun("OTHER LABEL"),
    "ambiguous": noun("WHICH ONE?"),
    "bad_value": noun("WRONG VALUE"),
    "order_unknown": noun("NO SUCH ORDER"),
    "place_unknown": noun("NO SUCH PLACE"),
    "badge_unknown": noun("WHOSE BADGE?"),
    "operator_unknown": noun("WHO?"),
    "unit_unknown": noun("UNKNOWN UNIT"),
    "part_unknown": noun("UNKNOWN PART"),
    "desk_unknown": noun("NO SUCH DESK"),
    "held": noun("ON HOLD"),
    "not_held": noun("NOT ON HOLD"),
    "second_person_needed": noun("SECOND PERSON"),
    "not_allowed": noun("NOT ALLOWED"),
    "nothing_to_undo": noun("NO UNDO"),
    "moved_since": noun("MOVED ON"),
    "nothing_pending": noun("NOTHING WAITS"),
    "nothing_received": noun("NO UNIT"),
    "no_receipt": noun("NO RECEIPT"),
    "label_does_not_fit": noun("NO ROOM"),
    "read_only": noun("READ ONLY"),
    "disk_full": noun("DISK FULL"),
    "disk_low": noun("DISK FULL"),
    "training": noun("TRAINING"),
    "network_share": noun("WRONG FOLDER"),
    "database_away": noun("NO DATABASE"),
    "database_not_prepared": noun("NO LEDGER"),
    "database_rights": noun("NOT ALLOWED"),
    "database_url": noun("WRONG ADDRESS"),
    "no_ledger": noun("NO LEDGER"),
    "ledger_exists": noun("LEDGER EXISTS"),
    "bad_file": noun("BAD FILE"),
    "core_too_large": noun("TOO LARGE"),
    "printer_url": noun("NO PRINTER"),
    "scanner_url": noun("NO SCANNER"),
    "not_trusted": noun("NOT TRUSTED"),
    "busy": noun("BUSY"),
    "made_later": noun("TOO NEW"),
    "receipt_unknown": noun("NO SUCH PAPER"),
    "paper_unknown": noun("NO SUCH PAPER"),
    "paper_spoilt": noun("FILE SPOILT"),
    **OF_THE_CATALOGUE,
    **OF_PEOPLE,
}
