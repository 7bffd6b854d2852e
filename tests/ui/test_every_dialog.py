"""Every screen and dialog, heard, reached, hit and read, and its pixels too: in both looks and at 200 %.

Each walk is a window in a process of its own, the one that `wording_walk` makes for words that are cut.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE_S = 600
SCREENS = 80
"""Screens and dialogs at least: a walk that opens fewer has lost its way."""


@pytest.mark.parametrize(
    "how", [[], ["--dark"], ["--screen", "1920x1080", "--text-percent", "200"]], ids=["light", "dark", "200 %"]
)
def test_every_screen_and_dialog_can_be_heard_reached_hit_and_read(how: list[str]) -> None:
    own = {"QT_QPA_PLATFORM": "offscreen", "DOCKMARK_LANG": "en", "LANGUAGE": "", "LC_ALL": "C.UTF-8"}
    walk = subprocess.run(
        [sys.executable, "-m", "tests.ui.wording_walk", "en", "--audit", *how],
        env=os.environ | own, cwd=ROOT, capture_output=True, timeout=PATIENCE_S, check=False,
    )  # fmt: skip
    assert walk.returncode == 0, walk.stderr.decode()[-3000:]
    *faults, end = [json.loads(line) for line in walk.stdout.decode().splitlines()]
    assert faults == []
    assert end["screens"] >= SCREENS
