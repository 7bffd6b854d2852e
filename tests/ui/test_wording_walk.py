"""The whole window is walked in a language that nobody speaks, and in each that is spoken: no word of it is lost.

Each walk is a window in a process of its own: the language is one for the whole program.
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


@pytest.mark.parametrize("language", ["pseudo", "de", "es"])
def test_no_word_of_the_window_is_untranslated_or_cut(language: str) -> None:
    own = {"QT_QPA_PLATFORM": "offscreen", "DOCKMARK_LANG": "" if language == "pseudo" else language, "LANGUAGE": ""}
    walk = subprocess.run(
        [sys.executable, "-m", "tests.ui.wording_walk", language],
        env=os.environ | own | {"LC_ALL": "C.UTF-8"}, cwd=ROOT, capture_output=True, timeout=PATIENCE_S, check=False,
    )  # fmt: skip
    assert walk.returncode == 0, walk.stderr.decode()[-3000:]
    *faults, end = [json.loads(line) for line in walk.stdout.decode().splitlines()]
    assert faults == []
    assert end["screens"] >= SCREENS
