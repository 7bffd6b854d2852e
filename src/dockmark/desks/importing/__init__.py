"""The import desk: files of parts, partners, places, orders, advices, expectations, stock, recalls, serial ranges.

Three steps. `sources` opens the files and knows which column feeds which field. A `Judge` for each kind says of every
row whether it is new, the same, changed or bad, against a `World` that asks the ledger in bulk and remembers. Then
`importing` records the drafts that the judges made, in one transaction that ends in `import_completed`; if anything
that the verdicts hang on was recorded in between, the rows are judged again inside that transaction.

One transaction and not slices: what a file says is there whole or not at all, a second run finds everything the same,
and a station that loses its power has nothing to take back. What it costs is that scans of other threads wait while
it records (0.7 seconds for 50,000 expected units).
"""

from dockmark.desks.importing.importing import JUDGES, Importing, Progress
from dockmark.desks.importing.verdicts import Cancelled, FileSaid, ImportResult, RowSaid, RowVerdict, Verdict

__all__ = [
    "JUDGES",
    "Cancelled",
    "FileSaid",
    "ImportResult",
    "Importing",
    "Progress",
    "RowSaid",
    "RowVerdict",
    "Verdict",
]
