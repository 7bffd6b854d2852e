"""`import`: what a person is told of many rows, and what a program is."""

import json
from pathlib import Path

import pytest

from dockmark.cli import speech
from dockmark.cli.main import run


@pytest.fixture
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKMARK_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("DOCKMARK_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(speech, "as_json", False)
    assert run(["init", "--operator", "A"]) == 0


@pytest.mark.usefixtures("_folder")
def test_many_rows_with_one_fault_are_summed_up_for_people_and_each_told_to_a_program(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "parts.csv"
    file.write_text("part_number,name,tracking\n" + "".join(f",Pump {each},serial\n" for each in range(30)), "utf-8")
    capsys.readouterr()
    assert run(["import", "parts", str(file), "--dry-run"]) == 1
    heard = capsys.readouterr()
    said = heard.err.splitlines()
    assert [line.split(":")[0] for line in said[:10]] == [str(row) for row in range(2, 12)]
    assert said[10].startswith("… 20 more rows: bad")
    assert len(said) == 11 and heard.out.startswith("30 rows, 0 recorded, 30 bad")
    run(["import", "parts", str(file), "--dry-run", "--json"])
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert sum(each.get("verdict") == "bad" for each in told) == 30
