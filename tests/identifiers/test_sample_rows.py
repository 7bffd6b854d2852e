"""The rows and labels that lie in the shared folder: what they ask for, we answer."""

import csv
import json
from pathlib import Path

import pytest

from dockmark.identifiers import Reading, Unread, Unreadable

pytestmark = pytest.mark.shared


def test_every_sample_row_is_answered_as_it_asks(shared: Path, tells) -> None:
    rows = (shared / "standards" / "scans-sample.jsonl").read_text("utf-8").splitlines()
    assert len(rows) == 30
    for row in map(json.loads, rows):
        told = tells(row["raw"])
        if "expect" in row:
            assert {key: told.get(key) for key in row["expect"]} == row["expect"], row["id"]
            assert told["warn"] == row.get("warn", []), row["id"]
        else:
            assert told["error"] in [row["expect_error"], *row.get("also_ok", [])], row["id"]


def test_every_label_of_the_depot_names_its_unit_unless_it_was_spoilt(shared: Path, means) -> None:
    depot = shared / "depot-sim" / "small"
    with (depot / "units.csv").open(encoding="utf-8", newline="") as file:
        units = {row["unit_id"]: row for row in csv.DictReader(file)}
    with (depot / "parts.csv").open(encoding="utf-8", newline="") as file:
        gtins = {row["part_no"]: row["gtin14"] for row in csv.DictReader(file)}
    spoilt = {"gs_lost": 0, "lower_case": 0, "gtin_check_digit_wrong": 0}
    labels = (depot / "labels.jsonl").read_text("utf-8").splitlines()
    for label in map(json.loads, labels):
        found, unit = means(label["raw"], symbology=label["symbology"]), units[label["unit_id"]]
        if isinstance(found, Unreadable):
            wrong_digit = found.code is Unread.BAD_CHECK_DIGIT
            spoilt["gtin_check_digit_wrong" if wrong_digit else "gs_lost"] += 1
            continue
        assert isinstance(found, Reading)
        assert found.serial is not None
        if found.serial != unit["serial"]:
            assert found.serial.upper() == unit["serial"]
            spoilt["lower_case"] += 1
        assert found.part in (None, unit["part_no"])
        assert found.gtin in (None, gtins[unit["part_no"]])
        assert found.names_part or label["symbology"] == "code128-plain"
        assert found.lot in (None, unit["lot"])
    assert len(labels) == 2153
    assert spoilt == json.loads((depot / "truth.json").read_text("utf-8"))["label_defects"]
