"""Every job of the bench works; how fast it is, is for the bench to say."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dockmark.cli.bench import JOBS

LITTLE = ("--units", "500", "--rounds", "1", "--share", "0.01", "--json")


@pytest.mark.parametrize("job", JOBS)
def test_a_job_says_its_figures_beside_a_baseline_and_a_budget(job: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dockmark", "bench", job, *LITTLE],
        capture_output=True, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["job"] == job
    assert told["ours"] > 0
    assert {"ratio", "budget", "met", "baseline", "measures"} <= told.keys()
