"""The real workstation as the window opens it. Loaded after the first paint, on the opening thread."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dockmark.record.refusal import Refusal, Refused
from dockmark.station.setup import create_ledger, open_ledger
from dockmark.station.station import Station
from dockmark.ui.service import Service
from dockmark.ui.words import _, ngettext, number, seen
from dockmark.wording import field_word, row_word

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dockmark.desks.importing import RowVerdict


class StationDepots:
    """Opens and makes data folders. Every method blocks: it is called on the opening thread."""

    def open(self, data: Path) -> Service:
        """The workstation of that folder; refuses with `no_ledger` where there is none."""
        station = Station(open_ledger(data), data)
        if signed := station.sign_in_again():
            signed.result()
        return station

    def printers(self) -> list[tuple[str, str]]:
        """URL and name of every printer that is connected or known to the system."""
        from dockmark.devices.discovery import queues, usb_printers

        return [(found.url, found.name) for found in (*usb_printers().devices, *queues().devices)]

    def create(self, data: Path, operator: str, name: str) -> None:
        """A new, empty depot."""
        create_ledger(data, operator, name).close()

    def introduce(self, data: Path, station: str, company: Mapping[str, str]) -> None:
        """What a new depot says of itself from its first day."""
        from dockmark.station.company import introduce

        ledger = open_ledger(data)
        try:
            introduce(ledger, station, company, _("First day"))
        finally:
            ledger.close()

    def demo(self, data: Path) -> None:
        """The sample depot."""
        from dockmark.station.demo import make_demo

        make_demo(data)

    def take_over(self, data: Path, folder: Path, operator: str, name: str, tell: Callable[[int, int], None]) -> None:
        """A new depot filled from a folder of tables: whole, or not at all. `tell` may raise `Cancelled`."""
        from dockmark.desks.importing import Importing, Verdict

        try:
            ledger = create_ledger(data, operator, name)
        except Refusal as no:
            if no.code is not Refused.LEDGER_EXISTS:
                raise
            ledger = open_ledger(data)  # an import that failed before left it empty
        bad: list[RowVerdict] = []

        def keep_bad(row: RowVerdict) -> None:
            if row.verdict is Verdict.BAD and len(bad) < 3:
                bad.append(row)

        try:
            done = Importing().run(ledger, "depot", folder, progress=tell, on_row=keep_bad)
        finally:
            ledger.close()
        if done.bad:
            raise Refusal(Refused.BAD_FILE, file=folder.name, why=_bad_rows(done.bad, bad))


def _bad_rows(count: int, first: list[RowVerdict]) -> str:
    """How many rows are bad, and what is wrong with the first of them."""
    counted = ngettext("{count} row is bad", "{count} rows are bad", count).format(count=number(count))
    told = [
        _("{file} {row}: {what}").format(
            file=seen(row.file), row=row.row, what=f"{field_word(row.field)} {row_word(row.code)}".strip()
        )
        for row in first
    ]
    return ", ".join([counted, *told])
