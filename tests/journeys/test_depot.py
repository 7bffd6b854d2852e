"""A simulated depot's deliveries, received from the labels that its suppliers printed."""

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from .conftest import Program


def labels(depot: Path) -> dict[str, str]:
    lines = (depot / "labels.jsonl").read_text().splitlines()
    return {row["unit_id"]: row["raw"] for row in map(json.loads, lines)}


@pytest.mark.shared
def test_every_delivery_of_the_simulated_depot_can_be_received(program: Program, shared: Path) -> None:
    depot = shared / "depot-sim" / "small"
    told = program.run("import", "depot", str(depot))
    assert (told[-1]["rows"], told[-1]["bad"]) == (told[-1]["recorded"], 0)
    expected = program.run("import", "expected", str(depot / "units.csv"))
    assert expected[-1]["rows"] == 2153
    assert sum(row.get("code") == "doubled_serial" for row in expected[:-1]) == 4
    with (depot / "units.csv").open() as file:
        units = list(csv.DictReader(file))
    raw = labels(depot)
    largest, count = Counter(unit["po_line_id"] for unit in units).most_common(1)[0]
    scans = [json.dumps({"raw": raw[unit["unit_id"]]}) for unit in units if unit["po_line_id"] == largest]
    answers = program.run("desk", "receiving", "--operator", "anna", "--order", largest, lines=scans)
    assert Counter(answer["code"] for answer in answers) == {"received": count}
    rest = [json.dumps({"raw": raw[unit["unit_id"]]}) for unit in units if unit["po_line_id"] != largest]
    blind = Counter(
        (answer["outcome"], answer["code"])
        for answer in program.run("desk", "receiving", "--operator", "anna", "--new", lines=rest)
    )
    assert sum(blind.values()) == len(rest)
    # The answer key counts four serials used twice and four outside their maker's ranges.
    assert blind["refused", "already"] == 4
    assert blind["refused", "out_of_range"] == 4
    assert blind["accepted", "received_blind"] >= len(rest) - 8 - 10
    assert program.run("verify")[0]["result"] == "sound-not-witnessed"


@pytest.mark.shared
def test_an_untrue_sscc_opens_its_advice_by_exact_match(program: Program, shared: Path) -> None:
    depot = shared / "depot-sim" / "small"
    program.run("import", "depot", str(depot))
    with (depot / "asns.csv").open() as file:
        asn = list(csv.DictReader(file))[7]
    for name in (asn["sscc"], asn["asn_id"], asn["po_line_id"]):
        program.run("desk", "receiving", "--operator", "anna", "--new", "--order", name)
    scanned = program.run("desk", "receiving", "--operator", "anna", "--new", lines=[asn["sscc"], f"]C1{asn['sscc']}"])
    assert [answer["code"] for answer in scanned] == ["paper_taken", "paper_taken"]
    assert scanned[0]["facts"]["paper"] == asn["asn_id"]
