"""A pretended machine to start Dockmark on: its packages, its Python and its package manager are small scripts."""

import os
import shutil
import subprocess
from pathlib import Path

from .tree import ROOT

SCRIPTS = {
    "id": "echo $WHO",
    "dpkg-query": 'cat "$MACHINE/installed"',
    "apt-cache": 'grep -qx "$2" "$MACHINE/known" && echo "Package: $2"',
    "apt-get": """
        echo "apt-get $*" >>"$MACHINE/log"
        case $1 in
            update) cp "$MACHINE/available" "$MACHINE/known" ;;
            *) for word in "$@"; do echo "ii  $word" >>"$MACHINE/installed"; done ;;
        esac""",
    "python3": """
        [ "$1" = -c ] && exit
        mkdir -p "$3/bin"
        cp "$MACHINE/bin/python-of-venv" "$3/bin/python"
        cp "$MACHINE/bin/dockmark-of-venv" "$3/bin/dockmark" """,
    "python-of-venv": """
        [ "$1" = -c ] && printf '3 11 ' && exit
        echo "pip $PIP" >>"$MACHINE/log"
        case $PIP in
            killed) kill -9 0 ;;
            offline) echo "no route to host"; exit 1 ;;
        esac""",
    "dockmark-of-venv": 'echo "dockmark $*"',
}


class Machine:
    """A fresh machine with a checkout in a folder whose name has a space."""

    def __init__(self, folder: Path, available: list[str]) -> None:
        self.folder = folder
        self.checkout = folder / "check out"
        for name, script in SCRIPTS.items():
            place = folder / "bin" / name
            place.parent.mkdir(exist_ok=True)
            place.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
            place.chmod(0o755)
        for name in ("known", "installed", "log"):
            (folder / name).touch()
        (folder / "available").write_text("\n".join(available) + "\n", encoding="utf-8")
        self.checkout.mkdir()
        shutil.copytree(ROOT / "installers", self.checkout / "installers")
        shutil.copy(ROOT / "pyproject.toml", self.checkout)

    def run(self, *words: str, **surroundings: str) -> "subprocess.CompletedProcess[str]":
        """Starts `installers/run` in a session of its own, as root with a screen unless told otherwise."""
        path = f"{self.folder / 'bin'}:{os.environ['PATH']}"
        usual = {"PATH": path, "MACHINE": str(self.folder), "WHO": "0", "PIP": "works", "DISPLAY": ":0"}
        return subprocess.run(
            [self.checkout / "installers" / "run", *words],
            env=usual | surroundings,
            cwd=self.folder,
            capture_output=True,
            text=True,
            start_new_session=True,
        )

    def asked(self) -> list[str]:
        """What the package managers were asked for so far; forgotten once told."""
        log = self.folder / "log"
        lines = log.read_text(encoding="utf-8").splitlines()
        log.write_text("", encoding="utf-8")
        return lines
