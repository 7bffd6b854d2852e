"""A ledger, files made on the spot, and what an import said of their rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dockmark.database.tables import PROJECTIONS
from dockmark.desks.importing import Importing, ImportResult, RowVerdict
from dockmark.ledger.keys import KeyFolder
from dockmark.ledger.ledger import Ledger
from dockmark.ledger.rebuild import rebuild
from dockmark.ledger.verify import Soundness, verify

START_US = int(datetime(2026, 3, 1, 8, tzinfo=UTC).timestamp()) * 1_000_000
GTIN = "04012345000016"
OTHER_GTIN = "04012345000023"


class Clock:
    shift_s = 0

    def __init__(self) -> None:
        self._now = START_US

    def now_us(self) -> int:
        self._now += 1000
        return self._now


@dataclass
class Shop:
    """A data folder into which files are imported."""

    folder: Path
    ledger: Ledger
    said: list[RowVerdict] = field(default_factory=list)

    def file(self, content: str | bytes, name: str = "file.csv") -> Path:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def workbook(self, rows: list[list[object]], name: str = "file.xlsx") -> Path:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(self.folder / name)
        return self.folder / name

    def take(self, kind: str, content: str | bytes | Path, **how: Any) -> ImportResult:
        """Imports; `said` holds the verdicts of this import alone."""
        file = content if isinstance(content, Path) else self.file(content)
        self.said.clear()
        return Importing().run(self.ledger, kind, file, on_row=self.said.append, **how)

    def verdicts(self) -> list[str]:
        """`new`, or `bad part_unknown`, for each row in order."""
        return [f"{said.verdict} {said.code}".strip() for said in self.said]

    def all(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        session = self.ledger.session()
        try:
            return session.all(sql, values)
        finally:
            session.close()

    def value(self, sql: str, *values: object) -> Any:
        return self.all(sql, *values)[0][0]

    @property
    def events(self) -> int:
        return int(self.value("SELECT count(*) FROM events"))

    def tables(self) -> dict[str, list[tuple[Any, ...]]]:
        return {
            table.name: self.all(
                f"SELECT * FROM {table.name} ORDER BY {', '.join(str(n + 1) for n in range(len(table.columns)))}"
            )
            for table in PROJECTIONS
        }

    def check_sound(self) -> None:
        """The ledger verifies, and its tables are what its events say."""
        found = verify(self.ledger)
        assert found.result is Soundness.NOT_WITNESSED, found
        before = self.tables()
        rebuild(self.ledger)
        assert self.tables() == before


MakeShop = Callable[[], Shop]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    ledger = Ledger.create(tmp_path / "data", KeyFolder(tmp_path / "state"), Clock(), random=11, name="test")
    yield Shop(tmp_path, ledger)
    ledger.close()


ORDERS = (
    "order_line,part_number,supplier,quantity\nPO1-1,PSU,S1,3\nPO1-2,FAN,S1,2\nPO2-1,GREASE,S2,50\nPO3-1,PSU,S2,9\n"
)


@pytest.fixture
def ordered(stocked: Shop) -> Shop:
    """With orders too."""
    stocked.take("orders", ORDERS)
    return stocked


def furnish(shop: Shop) -> None:
    """Parts, suppliers and places."""
    parts = "PSU,,serial\nFAN,,serial\nGREASE,,lot\nBOLT,Acme,serial\nBOLT,Bravo,serial\n"
    shop.take("parts", f"part_number,manufacturer,tracking\n{parts}")
    shop.take("partners", "partner,name,approved\nS1,Helix,yes\nS2,Corner,no\n")
    shop.take("locations", "place,kind\nA-01,bin\nA-02,bin\nCUST-7,customer_site\n")


@pytest.fixture
def stocked(shop: Shop) -> Shop:
    """With parts, suppliers and places."""
    furnish(shop)
    return shop
