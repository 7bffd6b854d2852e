"""The file of bad rows: why each is bad, then its cells as they stand, to be put right and imported again."""

from pathlib import Path

from dockmark.desks.importing.verdicts import Tally, Verdict
from dockmark.exchange.csv_out import BAD_COLUMNS, csv_file
from dockmark.exchange.table import Table


def write_bad_rows(path: Path, table: Table, tally: Tally) -> bool:
    """Writes the bad rows of a table; says whether there are any."""
    if not tally.bad:
        return False
    bad = {said.row: said for said in tally.each() if said.verdict is Verdict.BAD}
    # Reasons that an earlier import wrote into this file give way to the new ones.
    kept = [place for place, name in enumerate(table.columns) if name not in BAD_COLUMNS]
    with csv_file(path, (*BAD_COLUMNS, *(table.columns[place] for place in kept))) as add:
        for row, cells in table.rows():
            said = bad.get(row)
            if said is not None:
                whole = len(cells) >= len(table.columns)
                some = [*(cells[place] for place in kept), *cells[len(table.columns) :]] if whole else [*cells]
                add((said.row, said.code, said.field, *some))
    return True
