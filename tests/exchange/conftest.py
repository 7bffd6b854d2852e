"""Files for the tests of tables."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

Written = Callable[..., Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Writes text or bytes to a file and says where."""

    def write(content: str | bytes, name: str = "table.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def workbook(tmp_path: Path) -> Written:
    """Writes rows into the first sheet of a workbook and says where; `touch` may change the workbook before."""

    def write(rows: list[list[object]], touch: Callable[[openpyxl.Workbook], None] | None = None) -> Path:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        if touch is not None:
            touch(book)
        path = tmp_path / "table.xlsx"
        book.save(path)
        return path

    return write
