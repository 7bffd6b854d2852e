"""A full disk says so, loses nothing that was acknowledged, and work resumes when there is room again."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from .conftest import Program

GTIN = "09506000143514"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of three megabytes, where this machine lets us mount one."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("needs the right to mount a small file system")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_says_so_and_work_resumes(program: Program, small_disk: Path) -> None:
    it = replace(program, data=small_disk / "depot")
    it.run("init", "--operator", "anna")
    scans = [f'{{"raw": "]d201{GTIN}21SN{number:05}"}}' for number in range(1500)]
    answers = it.run("desk", "receiving", "--operator", "anna", lines=scans)
    assert len(answers) == len(scans)
    full = [answer for answer in answers if answer["code"] == "disk_full"]
    kept = [answer for answer in answers if answer["outcome"] == "accepted"]
    assert full and kept
    assert all(answer["events"] == [] for answer in full)
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    assert it.run("verify")[0]["result"] == "sound-not-witnessed"
    again = it.run("desk", "receiving", "--operator", "anna", lines=scans)
    assert sum(answer["code"] == "already" for answer in again) == len(kept)
    assert sum(answer["outcome"] == "accepted" for answer in again) == len(scans) - len(kept)
