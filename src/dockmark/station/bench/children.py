"""Processes of their own, for what can only be measured in a fresh one: memory, and starting."""

import subprocess
import sys
from collections.abc import Mapping

import orjson

_PATIENCE_S = 1800
"""Longer than anything takes that goes on; what hangs is told."""


def child(code: str, *words: str, environment: Mapping[str, str] | None = None) -> dict[str, float]:
    """Runs this code of ours in a fresh Python; returns the JSON object that it wrote last."""
    done = subprocess.run(  # noqa: S603 - our own interpreter and code, no shell
        [sys.executable, "-c", code, *words],
        env=dict(environment) if environment is not None else None,
        capture_output=True,
        text=True,
        check=False,
        timeout=_PATIENCE_S,
    )
    if done.returncode != 0:
        raise ChildProcessError(done.stderr[-2000:])
    told: dict[str, float] = orjson.loads(done.stdout.splitlines()[-1])
    return told
