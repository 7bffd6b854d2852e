"""The three ways in which work is answered by something else than a result."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from dockmark.record.facts import Draft

Facts = dict[str, "str | int | bool | list[str]"]


class Refused(StrEnum):
    """Why a rule said no. A code is never renamed; `wording` has a sentence for each."""

    ALREADY = "already"
    PART_NEEDED = "part_needed"
    SERIAL_NEEDED = "serial_needed"
    QUANTITY_NEEDED = "quantity_needed"
    REASON_NEEDED = "reason_needed"
    WRONG_PART = "wrong_part"
    NOT_ON_ASN = "not_on_asn"
    OVER_RECEIPT = "over_receipt"
    ALIVE_ELSEWHERE = "alive_elsewhere"
    LOOK_ALIKE = "look_alike"
    OUT_OF_RANGE = "out_of_range"
    SCRAPPED_SEEN = "scrapped_seen"
    EXPIRED = "expired"
    RECALLED = "recalled"
    SUPPLIER_NOT_APPROVED = "supplier_not_approved"
    CERTIFICATE_MISSING = "certificate_missing"
    UNREADABLE = "unreadable"
    WRONG_KIND = "wrong_kind"
    WRONG_SYMBOL = "wrong_symbol"
    AMBIGUOUS = "ambiguous"
    ORDER_UNKNOWN = "order_unknown"
    PLACE_UNKNOWN = "place_unknown"
    BADGE_UNKNOWN = "badge_unknown"
    OPERATOR_UNKNOWN = "operator_unknown"
    UNIT_UNKNOWN = "unit_unknown"
    PART_UNKNOWN = "part_unknown"
    HELD = "held"
    NOT_HELD = "not_held"
    SECOND_PERSON_NEEDED = "second_person_needed"
    NOT_ALLOWED = "not_allowed"
    NOT_SIGNED_IN = "not_signed_in"
    SIGNATURE_NEEDED = "signature_needed"
    SHOWN_OTHERWISE = "shown_otherwise"
    PIN_NEEDED = "pin_needed"
    PIN_WRONG = "pin_wrong"
    PIN_WEAK = "pin_weak"
    PIN_TO_CHANGE = "pin_to_change"
    ACCOUNT_LOCKED = "account_locked"
    WITNESS_NEEDED = "witness_needed"
    BADGE_NEEDED = "badge_needed"
    NOTHING_TO_UNDO = "nothing_to_undo"
    MOVED_SINCE = "moved_since"
    NOTHING_PENDING = "nothing_pending"
    NOTHING_RECEIVED = "nothing_received"
    NO_RECEIPT = "no_receipt"
    LABEL_DOES_NOT_FIT = "label_does_not_fit"
    READ_ONLY = "read_only"
    DISK_FULL = "disk_full"
    DISK_LOW = "disk_low"
    DISK_FAULT = "disk_fault"
    DISK_READ_ONLY = "disk_read_only"
    TRAINING = "training"
    NETWORK_SHARE = "network_share"
    DATABASE_AWAY = "database_away"
    DATABASE_NOT_PREPARED = "database_not_prepared"
    DATABASE_RIGHTS = "database_rights"
    DATABASE_URL = "database_url"
    NO_LEDGER = "no_ledger"
    LEDGER_EXISTS = "ledger_exists"
    BAD_FILE = "bad_file"
    BAD_VALUE = "bad_value"
    CORE_TOO_LARGE = "core_too_large"
    PRINTER_URL = "printer_url"
    SCANNER_URL = "scanner_url"
    DESK_UNKNOWN = "desk_unknown"
    NOT_TRUSTED = "not_trusted"
    BUSY = "busy"
    MADE_LATER = "made_later"
    RECEIPT_UNKNOWN = "receipt_unknown"
    PAPER_UNKNOWN = "paper_unknown"
    PAPER_SPOILT = "paper_spoilt"
    IMPORT_UNKNOWN = "import_unknown"
    IMPORT_UNDONE = "import_undone"
    IMPORT_KEPT_WHOLE = "import_kept_whole"
    PLACE_AMBIGUOUS = "place_ambiguous"
    PARTNER_UNKNOWN = "partner_unknown"
    EXISTS_ALREADY = "exists_already"
    NOTHING_CHANGED = "nothing_changed"
    CORRECTION_NEEDS_REASON = "correction_needs_reason"
    PLACE_LOOP = "place_loop"
    LINE_UNKNOWN = "line_unknown"
    NOTHING_EXPECTED = "nothing_expected"
    LAST_ADMINISTRATOR = "last_administrator"
    CHECKPOINT_UNREADABLE = "checkpoint_unreadable"
    CHECKPOINT_MISTYPED = "checkpoint_mistyped"
    TWO_PEOPLE_NEEDED = "two_people_needed"
    NOT_A_LEDGER = "not_a_ledger"
    LEDGER_DAMAGED = "ledger_damaged"
    ANOTHER_LEDGER = "another_ledger"
    BACKUP_SPOILT = "backup_spoilt"
    BACKUP_NOT_SOUND = "backup_not_sound"
    BACKUP_ELSEWHERE = "backup_elsewhere"
    NO_BACKUP = "no_backup"


class Refusal(Exception):  # noqa: N818 - the field's word, and not an error of the program
    """A rule said no: shown, sounded and counted as normal work, with the facts that its sentence needs."""

    def __init__(self, code: Refused, **facts: str | int | bool | list[str]) -> None:
        super().__init__(code.value)
        self.code: Final = code
        self.facts: Final[Facts] = facts
        self.leaves: tuple[Draft, ...] = ()
        """Events that are recorded in place of what was refused."""

    def __str__(self) -> str:
        return f"{self.code.value} {self.facts}" if self.facts else self.code.value


class Conflict(Exception):  # noqa: N818
    """Somebody else moved the unit first: read again, say so, do not retry blindly."""


class DeviceFault(Exception):  # noqa: N818
    """A machine is away, jammed or talks nonsense. Work goes on; its light says so."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code: Final = code
        self.detail: Final = detail
