"""One row for each rule of each scheme: read, read with a warning, or refused."""

import json
from pathlib import Path
from typing import Any

import pytest

ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in Path(__file__).with_name("scans.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_every_row_is_answered_as_it_asks(row: dict[str, Any], tells) -> None:
    told = tells(row["raw"])
    assert told["raw"] == row["raw"]
    if "expect_error" in row:
        assert told.get("error") in [row["expect_error"], *row.get("also_ok", [])], told
        return
    assert {key: told.get(key) for key in row["expect"]} == row["expect"], told
    if "warn" in row:
        assert told["warn"] == row["warn"], told


def test_there_are_rows_for_every_scheme_warning_and_error() -> None:
    assert len(ROWS) >= 300
    assert len({row["raw"] for row in ROWS}) > len(ROWS) - 5
