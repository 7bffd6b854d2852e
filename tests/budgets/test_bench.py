"""Every job of the bench works and says what it should; how fast it is, is for the bench to say."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dockmark.station.bench.report import Budget, Measure, Of, Report, least, most, table, times
from dockmark.station.bench.running import Job
from dockmark.station.bench.timing import in_turn, percentile

LITTLE = ("--units", "500", "--rounds", "2", "--share", "0.01")
MEASURES = {
    "scan": {"wall", "cpu", "p99"},
    "bulk": {"cpu", "wall"},
    "import": {"cpu", "wall", "memory"},
    "lookup": {"desk", "unit"},
    "search": {"wall", "p99"},
    "start": {"painted", "ready"},
    "labels": {"pdf", "zpl", "read_back"},
    "verify": {"quick", "chain", "whole", "memory"},
    "rebuild": {"replay", "event", "with_search"},
    "disk": {"event"},
}


def bench(*words: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-m", "dockmark", "bench", *words],
        capture_output=True, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}, timeout=240, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("job", list(Job))
def test_a_job_says_its_figures_beside_a_baseline_and_a_budget(job: Job, tmp_path: Path) -> None:
    done = bench(job.value, *LITTLE, "--keep", str(tmp_path), "--json")
    assert done.returncode == 0, done.stderr.decode()
    [line] = done.stdout.splitlines()
    told = json.loads(line)
    assert told["job"] == job
    each = {measure["measure"]: measure for measure in told["measures"]}
    assert MEASURES.get(job, each.keys()) == each.keys()
    first = told["measures"][0]
    assert {name: told[name] for name in first if name != "met"} == {
        name: first[name] for name in first if name != "met"
    }
    for measure in each.values():
        assert measure["ours"] > 0
        if measure["baseline"] is not None:
            assert measure["ratio"] == pytest.approx(measure["ours"] / measure["baseline"], rel=0.01)
        assert (measure["budget"] is None) == (measure["met"] is None)
    met = [measure["met"] for measure in each.values() if measure["met"] is not None]
    assert told["met"] is (all(met) if met else None)


def test_every_label_is_read_back() -> None:
    told = json.loads(bench("labels", *LITTLE, "--json").stdout)
    [read_back] = [measure for measure in told["measures"] if measure["measure"] == "read_back"]
    assert (read_back["ours"], read_back["met"]) == (100, True)


def test_people_get_a_table_and_a_kept_folder_is_used_again(tmp_path: Path) -> None:
    first, second = (bench("scan", *LITTLE, "--keep", str(tmp_path)) for _ in range(2))
    lines = second.stdout.decode().splitlines()
    assert lines[0].split() == ["job", "measure", "ours", "baseline", "ratio", "budget"]
    assert [line.split()[:2] for line in lines[1:]] == [["scan", "wall"], ["scan", "cpu"], ["scan", "p99"]]
    assert first.returncode == second.returncode == 0
    assert [entry.name for entry in tmp_path.iterdir()] == ["depot-500"]


def test_a_job_that_there_is_not_is_wrong_usage() -> None:
    done = bench("tea")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"'decode'" in done.stderr


@pytest.mark.parametrize(
    ("budget", "ours", "baseline", "met"),
    [
        (times(2), 4.0, 2.0, True),
        (times(2), 4.1, 2.0, False),
        (times(2), 4.0, None, None),
        (most(4), 4.0, 1.0, True),
        (most(4), 4.1, 9.0, False),
        (least(4), 4.0, None, True),
        (least(4), 3.9, None, False),
        (None, 4.0, 2.0, None),
    ],
)
def test_a_budget_is_met_or_not(budget: Budget | None, ours: float, baseline: float | None, met: bool | None) -> None:
    measure = Measure(name="wall", unit="us", ours=ours, baseline=baseline, budget=budget)
    assert measure.met is met
    [row] = table(Report(job="scan", measures=[measure]))
    assert row[-1] == {True: "met", False: "NOT MET", None: ""}[met]
    assert (row[5] == "") == (budget is None)


def test_one_budget_that_is_not_met_is_enough() -> None:
    good, bad, free = (Measure(name="m", unit="s", ours=it, budget=most(1) if it else None) for it in (1.0, 2.0, 0.0))
    assert Report(job="j", measures=[good, bad, free]).met is False
    assert Report(job="j", measures=[good, free]).met is True
    assert Report(job="j", measures=[free]).met is None
    assert Of("ratio") is times(1).of


def test_ours_and_the_baseline_take_turns_at_going_first() -> None:
    heard: list[str] = []
    pair = in_turn(
        4,
        lambda number: heard.append(f"ours {number}"),
        lambda number: heard.append(f"baseline {number}"),
        lambda number: heard.append("-"),
    )
    assert " ".join(heard) == ("- ours 0 baseline 0 - baseline 1 ours 1 - ours 2 baseline 2 - baseline 3 ours 3")
    assert len(pair.ours) == len(pair.baseline) == 4


def test_a_percentile_is_one_of_the_values() -> None:
    values = [float(value) for value in range(200, 0, -1)]
    assert (percentile(values, 99), percentile(values, 50), percentile([7.0], 99)) == (198.0, 100.0, 7.0)
