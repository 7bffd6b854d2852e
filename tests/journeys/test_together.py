"""Scans, labels, questions and indexing at once, from several threads and processes, on one data folder."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dockmark.devices.simulated import SimulatedLabelPrinter
from dockmark.identifiers import Scan
from dockmark.ledger.verify import Soundness, verify
from dockmark.station.setup import create_ledger
from dockmark.station.station import Station

from .conftest import Program

GTIN = "09506000143514"


def test_a_station_works_while_it_prints_and_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKMARK_STATE", str(tmp_path / "state"))
    with SimulatedLabelPrinter() as printer:
        station = Station(create_ledger(tmp_path / "data", "anna", "Anna"), tmp_path / "data", printer=printer.url)
        scans = [
            station.scan("receiving", Scan.of_text(f"]d201{GTIN}21{number:05}", device="test")) for number in range(400)
        ]
        with ThreadPoolExecutor(4) as crowd:
            asked = [crowd.submit(lambda: station.search("0004", 50).result()) for _ in range(100)]
            asked += [crowd.submit(lambda: station.view("receiving").result()) for _ in range(20)]
            for question in asked:
                question.result()
        codes = [future.result().code for future in scans]
        assert codes == ["received_blind"] * 400
        assert len(station.search("00042", 50).result()) >= 1
        assert len(printer.wait_for_labels(400, timeout_s=120)) == 400
        assert verify(station.ledger).result is Soundness.NOT_WITNESSED
        station.close()


def test_two_programs_on_one_folder_never_receive_one_unit_twice(program: Program) -> None:
    lines = [f'{{"raw": "]d201{GTIN}21{number:05}"}}' for number in range(150)]
    with ThreadPoolExecutor(2) as both:
        runs = [both.submit(program.run, "desk", "receiving", "--operator", "anna", lines=lines) for _ in range(2)]
        answers = [answer for run in runs for answer in run.result()]
    received = [answer["unit"]["serial"] for answer in answers if answer["outcome"] == "accepted"]
    assert sorted(received) == sorted({f"{number:05}" for number in range(150)})
    assert {answer["code"] for answer in answers} <= {"received_blind", "already"}
    assert program.run("verify")[0]["result"] == "sound-not-witnessed"
