"""The reasons that a desk takes by scan. A code is what its tag carries; `wording` says it in words."""

from enum import StrEnum


class Reason(StrEnum):
    """Why a rule was set aside, a unit held or released, a label printed again."""

    SUPPLIER = "SUPPLIER"
    AGREED = "AGREED"
    INSPECTED = "INSPECTED"
    PAPERS = "PAPERS"
    DAMAGED = "DAMAGED"
    DOUBT = "DOUBT"
    RECALL = "RECALL"
    EXPIRY = "EXPIRY"
    RECOUNT = "RECOUNT"
    LABEL = "LABEL"
    RELABEL = "RELABEL"
    OTHER = "OTHER"


class ReprintReason(StrEnum):
    """Why a paper is made again. Their tags are on every command sheet."""

    LOST = "LOST"
    ASKED = "ASKED"
    CORRECTED = "CORRECTED"
    OTHER = "OTHER"
