"""Disks that are full, broken, limited or read-only: nothing acknowledged is lost, nothing is half written, words."""

import errno
import json
import os
import platform
import resource
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.conftest import Program, program  # noqa: F401 - the fixture

SCANS = 6
FAULTS = (errno.ENOSPC, errno.EIO)


def scan(number: int) -> str:
    return f'{{"raw": "]d20109506000143514\\u001d21S{number:05}"}}'


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that lets calls fail, made by the compiler of this machine."""
    compiler = shutil.which("cc")
    if compiler is None or platform.system() != "Linux" or platform.machine() != "x86_64":
        pytest.skip("needs a C compiler on Linux")
    made = tmp_path_factory.mktemp("shim") / "shim.so"
    source = Path(__file__).with_name("shim.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(made), str(source), "-ldl"], check=True)
    return made


@dataclass
class Ended:
    """How a run ended: its answers, its exit code and what it said to people."""

    answers: list[dict[str, Any]]
    code: int
    words: str


def run(it: Program, *words: str, lines: list[str] | None = None, limit: int = 0, **environment: str) -> Ended:
    def begin() -> None:
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run(
        it.command(*words, "--json"), input="".join(f"{line}\n" for line in lines or []).encode(), capture_output=True,
        env=it.environment | environment, timeout=120, check=False, preexec_fn=begin if limit else None,
    )  # fmt: skip
    said = done.stderr.decode()
    assert "Traceback" not in said, said
    return Ended([json.loads(line) for line in done.stdout.splitlines()], done.returncode, said)


def assert_all_is_well(it: Program, acknowledged: list[str]) -> None:
    """Sound, ours, every acknowledged unit there, and work goes on."""
    assert it.run("verify")[0]["result"] == "sound-not-witnessed"
    assert it.run("key")[0]["custody"] == "ours"
    lines = [scan(int(serial[1:])) for serial in acknowledged] + [scan(99_000)]
    answers = it.run("desk", "receiving", "--operator", "anna", lines=lines)
    assert [answer["code"] for answer in answers[:-1]] == ["already"] * len(acknowledged)
    assert answers[-1]["outcome"] == "accepted"


def accepted(ended: Ended) -> list[str]:
    return [answer["unit"]["serial"] for answer in ended.answers if answer.get("outcome") == "accepted"]


def work(it: Program, shim: Path, fault: str, told: Path | None = None) -> Ended:
    environment = {"LD_PRELOAD": str(shim), "DOCKMARK_FAULT": fault, "DOCKMARK_FAULT_UNDER": str(it.data)}
    if told is not None:
        environment["DOCKMARK_FAULT_TOLD"] = str(told)
    lines = [scan(number) for number in range(SCANS)]
    return run(it, "desk", "receiving", "--operator", "anna", lines=lines, **environment)


def copied(it: Program, name: str) -> Program:
    """The same station once more: data and state as they were."""
    there = it.data.parent / name
    shutil.copytree(it.data, there / "data")
    shutil.copytree(it.state, there / "state")
    return Program(there / "data", there / "state")


def each_call_fails(it: Program, shim: Path, places: range, count: int) -> int:
    told = it.data.parent / "told"
    assert len(accepted(work(copied(it, "counted"), shim, "0 0 0", told))) == SCANS
    calls = told.stat().st_size
    assert calls > 20
    refused = 0
    for number in FAULTS:
        for place in places:
            if place > calls:
                break
            there = copied(it, f"{number}-{place}-{count}")
            ended = work(there, shim, f"{place} {count} {number}")
            for answer in ended.answers:
                if answer["outcome"] != "accepted":
                    assert answer.get("code") in ("disk_full", "disk_fault"), answer
                    assert len(answer["say"]) > 20
                    refused += 1
            assert ended.code in (0, 1)
            assert ended.answers, ended.words
            assert_all_is_well(there, accepted(ended))
            shutil.rmtree(there.data.parent)
    return refused


def test_a_call_that_fails_once_loses_nothing(program: Program, shim: Path) -> None:  # noqa: F811
    each_call_fails(program, shim, range(1, 61, 19), 1)


def test_a_disk_that_fails_for_good_says_so_and_loses_nothing(program: Program, shim: Path) -> None:  # noqa: F811
    assert each_call_fails(program, shim, range(5, 61, 37), 100_000)


@pytest.mark.long
@pytest.mark.parametrize("count", [1, 3, 100_000])
def test_each_of_the_first_60_calls_fails(program: Program, shim: Path, count: int) -> None:  # noqa: F811
    each_call_fails(program, shim, range(1, 61), count)


@pytest.mark.parametrize("room", [8_192, 300_000])
def test_a_limit_on_the_size_of_files_says_so_and_loses_nothing(program: Program, room: int) -> None:  # noqa: F811
    limit = (program.data / "ledger.sqlite3").stat().st_size // 4096 * 4096 + room - 300_000
    lines = [scan(number) for number in range(200)]
    ended = run(program, "desk", "receiving", "--operator", "anna", lines=lines, limit=max(limit, 8192))
    refused = [answer["code"] for answer in ended.answers if answer["outcome"] != "accepted"]
    assert refused and set(refused) <= {"disk_full", "disk_fault"}
    assert_all_is_well(program, accepted(ended))


def test_a_disk_that_can_only_be_read_says_so(program: Program, tmp_path: Path) -> None:  # noqa: F811
    point = tmp_path / "mounted"
    point.mkdir()
    program.run("desk", "receiving", "--operator", "anna", lines=[scan(1)])
    mounted = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(point)], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("needs the right to mount")
    try:
        shutil.copytree(program.data, point / "data")
        there = Program(point / "data", program.state)
        subprocess.run(["mount", "-o", "remount,ro", str(point)], check=True)
        for words in (["desk", "receiving", "--operator", "anna"], ["init"], ["checkpoint"], ["rebuild"], ["backup"]):
            ended = run(there, *words, lines=[scan(2)])
            told = ended.answers[0] if ended.answers else {}
            assert ended.code == 1 or told.get("outcome") == "refused", (words, ended)
            assert told["code"] in ("disk_read_only", "disk_fault", "ledger_exists"), (words, told)
        subprocess.run(["mount", "-o", "remount,rw", str(point)], check=True)
        assert_all_is_well(there, ["S00001"])
    finally:
        subprocess.run(["umount", "-l", str(point)], check=True)


def test_a_network_share_is_refused_in_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from dockmark.database import folder as place
    from dockmark.record.refusal import Refusal, Refused

    (tmp_path / "depot").mkdir()
    mounts = [("/", "ext4"), (str(tmp_path), "ext4"), (str(tmp_path / "depot"), "cifs")]
    monkeypatch.setattr(place, "_mounts_on_linux", lambda: mounts)
    place.refuse_network_share(tmp_path / "depots")
    with pytest.raises(Refusal) as no:
        place.refuse_network_share(tmp_path / "depot" / "deep" / "er")
    assert no.value.code is Refused.NETWORK_SHARE
    assert os.fspath(tmp_path) in str(no.value.facts["folder"])
