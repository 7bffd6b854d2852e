"""Code and facts to words, by one mechanism (gettext) for window, command line and documents.

Below this floor nobody builds sentences: rules and desks answer with codes and facts. Catalogues are handed in with
`use`; without one the words are English. Values in a sentence are data: they are made visible, cut, and never read as
anything but text.
"""

from dockmark.wording.catalogue import _, forms_here, in_force, ngettext, speaking, use
from dockmark.wording.forms import Forms
from dockmark.wording.nouns import (
    act_word,
    condition_word,
    field_word,
    lamp_word,
    light_word,
    reason_word,
    rule_word,
    state_word,
)
from dockmark.wording.people import meaning_word, right_word, role_word, signed_word, statement
from dockmark.wording.speech import (
    command_help,
    command_word,
    event_line,
    file_help,
    file_warning,
    file_word,
    finding,
    finding_words,
    known_codes,
    ledger_fault,
    next_step,
    outcome_word,
    printing,
    row_word,
    sentence,
    step_words,
    unread_word,
    verdict_word,
    warn_word,
)
from dockmark.wording.values import visible

__all__ = [
    "Forms",
    "_",
    "act_word",
    "command_help",
    "command_word",
    "condition_word",
    "event_line",
    "field_word",
    "file_help",
    "file_warning",
    "file_word",
    "finding",
    "finding_words",
    "forms_here",
    "in_force",
    "known_codes",
    "lamp_word",
    "ledger_fault",
    "light_word",
    "meaning_word",
    "next_step",
    "ngettext",
    "outcome_word",
    "printing",
    "reason_word",
    "right_word",
    "role_word",
    "row_word",
    "rule_word",
    "sentence",
    "signed_word",
    "speaking",
    "state_word",
    "statement",
    "step_words",
    "unread_word",
    "use",
    "verdict_word",
    "visible",
    "warn_word",
]  # fmt: skip
