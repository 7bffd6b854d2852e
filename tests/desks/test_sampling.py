"""The sample depot is whole on whatever day it is made."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from dockmark.desks.sampling import HELD, fill_sample
from dockmark.ledger.keys import KeyFolder
from dockmark.ledger.ledger import Ledger
from dockmark.ledger.verify import Soundness, verify
from dockmark.people.events import OperatorEnrolled
from dockmark.record.facts import Draft


class Day:
    shift_s = 0

    def __init__(self, day: str) -> None:
        self._now = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()) * 1_000_000

    def now_us(self) -> int:
        self._now += 1000
        return self._now


@pytest.mark.parametrize("day", ["2024-02-29", "2026-11-23", "2035-12-31"])
def test_the_sample_depot_is_whole_on_any_day(tmp_path: Path, day: str) -> None:
    ledger = Ledger.create(tmp_path / "data", KeyFolder(tmp_path / "state"), Day(day), random=5)
    with ledger.writing() as book:
        book.record(Draft(fact=OperatorEnrolled(roles=["administrator"]), subj=("operator:anna",), new=True))
    sheet = fill_sample(ledger)
    assert all(sheet.groups.values())
    session = ledger.session()
    counts = {
        table: session.value(f"SELECT count(*) FROM {table}")
        for table in ("parts", "partners", "places", "orders", "asns", "units", "recalls", "serial_ranges", "operators")
    }
    assert counts == {
        "parts": 24, "partners": 14, "places": 13, "orders": 3, "asns": 1, "units": 10, "recalls": 1,
        "serial_ranges": 3, "operators": 3,
    }  # fmt: skip
    held = session.all("SELECT serial FROM units WHERE holds <> '{}'")
    states = {row[0] for row in session.all("SELECT DISTINCT state FROM units")}
    assert (held, states) == ([(HELD,)], {"in_stock", "installed", "scrapped"})
    latest = session.value("SELECT max(received_at) FROM units")
    assert latest < ledger.clock.now_us()
    assert ledger.clock.now_us() - latest < 400 * 24 * 3600 * 1_000_000
    session.close()
    assert verify(ledger).result is Soundness.NOT_WITNESSED
    ledger.close()
