"""What is said where files and the catalogue are worked on: why a rule said no, and what to do next."""

from typing import Final

from dockmark.wording.catalogue import noun
from dockmark.wording.lines import Saying, line, saying

OF_THE_CATALOGUE: Final[dict[str, Saying]] = {
    "import_unknown": saying(
        line("There is no import {name}."),
        line("There is no such import."),
        then=noun("Choose one of the list of imports."),
    ),
    "import_undone": saying(
        line("The import of {file} is undone already."),
        line("This import is undone already."),
        then=noun("Import the file again, if it shall count."),
    ),
    "import_kept_whole": saying(
        line("Everything that {file} said is in use: nothing of it can be withdrawn."),
        line("Everything that this file said is in use: nothing of it can be withdrawn."),
        then=noun("Correct the entries one by one."),
    ),
    "place_ambiguous": saying(
        line("This tag may mean {places}."),
        line("This tag may mean several places."),
        then=noun("Print their tags anew: from now on each has its own."),
    ),
    "partner_unknown": saying(
        line("There is no partner “{partner}”."),
        line("There is no such partner."),
        then=noun("Add the partner first, or choose another."),
    ),
    "exists_already": saying(
        line("There is “{name}” already."),
        line("This entry exists already."),
        then=noun("Open that one and change it."),
    ),
    "nothing_changed": saying(
        line("Nothing was changed."),
        then=noun("Change a field first."),
    ),
    "correction_needs_reason": saying(
        line("A correction needs a reason."),
        then=noun("Say why it is corrected."),
    ),
    "place_loop": saying(
        line("{place} would stand in itself."),
        line("The place would stand in itself."),
        then=noun("Choose another place that it stands in."),
    ),
    "line_unknown": saying(
        line("{order} has no line {line}."),
        line("There is no such line."),
        then=noun("Choose one of its lines."),
    ),
    "nothing_expected": saying(
        line("Nothing more is expected on {line}."),
        line("Nothing more is expected there."),
        then=noun("Choose a line that is still open."),
    ),
    "last_administrator": saying(
        line("{operator} is the last administrator."),
        line("This is the last administrator."),
        then=noun("Make somebody else an administrator first."),
    ),
}
"""Refusals of the import wizard and of the forms."""

FLOOD: Final = {
    "import_unknown": noun("NO SUCH FILE"),
    "import_undone": noun("UNDONE"),
    "import_kept_whole": noun("IN USE"),
    "place_ambiguous": noun("WHICH PLACE?"),
    "partner_unknown": noun("NO PARTNER"),
    "exists_already": noun("EXISTS"),
    "nothing_changed": noun("NO CHANGE"),
    "correction_needs_reason": noun("REASON?"),
    "place_loop": noun("WRONG PLACE"),
    "line_unknown": noun("NO SUCH LINE"),
    "nothing_expected": noun("NOT EXPECTED"),
    "last_administrator": noun("LAST ONE"),
}
"""The same in one word."""
