"""A whole station as its users have it: the installed program, run as a process."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


@dataclass
class Program:
    """The command line of one data folder."""

    data: Path
    state: Path
    shift: str = ""

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "DOCKMARK_DATA": str(self.data), "DOCKMARK_STATE": str(self.state), "DOCKMARK_LANG": "en",
            "DOCKMARK_CLOCK_OFFSET": self.shift,
        }  # fmt: skip

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "dockmark", *words]

    def run(self, *words: str, lines: Sequence[str | bytes] = (), code: int | None = 0) -> list[dict[str, Any]]:
        """Runs one command with JSON answers; returns the objects that it printed."""
        text = b"".join((line if isinstance(line, bytes) else line.encode()) + b"\n" for line in lines)
        done = subprocess.run(
            self.command(*words, "--json"),
            input=text,
            capture_output=True,
            env=self.environment,
            timeout=120,
            check=False,
        )
        assert code is None or done.returncode == code, done.stderr.decode()
        return [json.loads(line) for line in done.stdout.splitlines()]

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self.command(*words), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=self.environment,
        )  # fmt: skip


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A new data folder with its first operator, anna."""
    it = Program(tmp_path / "data", tmp_path / "state")
    it.run("init", "--operator", "anna", "--name", "Anna Almqvist")
    return it
