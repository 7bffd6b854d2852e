"""`export`: a list to a file, by its suffix, with filters; refused in words where it makes no sense."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from dockmark.cli import speech
from dockmark.cli.main import run


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOCKMARK_STATE", str(folder / "state"))
        assert run(["--data", str(folder / "data"), "demo"]) == 0
    return folder


@pytest.fixture(autouse=True)
def _state(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKMARK_STATE", str(demo / "state"))
    monkeypatch.setenv("DOCKMARK_DATA", str(demo / "data"))
    monkeypatch.setattr(speech, "as_json", False)


def _told(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    return json.loads(capsys.readouterr().out.splitlines()[-1])  # type: ignore[no-any-return]


@pytest.mark.parametrize("kind", ["units", "receipts", "orders", "asn", "holds", "parts", "partners", "places"])
def test_every_kind_comes_out_as_csv_json_and_workbook_with_the_same_rows(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for suffix in ("csv", "json", "xlsx"):
        assert run(["export", kind, "-o", str(tmp_path / f"a.{suffix}"), "--json"]) == 0
    told = _told(capsys)
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    objects = json.loads((tmp_path / "a.json").read_text("utf-8"))
    rows = list(openpyxl.load_workbook(tmp_path / "a.xlsx").active.iter_rows(values_only=True))
    assert lines[0] == told["columns"] == list(rows[0])
    assert len(lines) - 1 == len(objects) == len(rows) - 1 == told["rows"]
    assert [line[0] for line in lines[1:]] == [str(each[lines[0][0]] or "") for each in objects]


def test_filters_order_and_columns_are_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.json"
    wanted = ["--filter", "tracking=serial", "--filter", "part_number=AV-", "--columns", "part_number,complete"]
    assert run(["export", "parts", "-o", str(file), *wanted, "--sort", "-part_number", "--json"]) == 0
    rows = json.loads(file.read_text("utf-8"))
    numbers = [row["part_number"] for row in rows]
    assert numbers == sorted(numbers, reverse=True) and all(number.startswith("AV-") for number in numbers)
    assert list(rows[0]) == ["part_number", "complete"] and rows[0]["complete"] is True
    assert _told(capsys)["rows"] == len(rows) > 1


@pytest.mark.parametrize(
    "wrong",
    [["nothing", "-o", "a.csv"], ["units", "-o", "a.pdf"], ["units", "-o", "a.csv", "--filter", "serial"],
     ["units", "-o", "a.csv", "--filter", "nobody=1"], ["units", "-o", "a.csv", "--filter", "quantity=many"],
     ["units", "-o", "a.csv", "--sort", "nobody"], ["units", "-o", "a.csv", "--columns", "nobody"],
     ["units", "-o", "no/such/folder/a.csv"]],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_and_writes_nothing(
    wrong: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["export", *wrong, "--json"]) == 1
    assert _told(capsys)["outcome"] == "refused"
    assert list(tmp_path.iterdir()) == []


def test_the_parts_that_were_exported_can_be_imported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "parts", "-o", str(tmp_path / "parts.csv")]) == 0
    assert run(["import", "parts", str(tmp_path / "parts.csv"), "--dry-run", "--json"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
    assert {each["verdict"] for each in told if "verdict" in each} <= {"same", "changed"}
