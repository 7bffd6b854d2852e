"""The house stands on its floors: imports point down, and machines are touched in one place only."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from .tree import ROOT, SOURCE

PACKAGES = {folder.name for folder in SOURCE.iterdir() if (folder / "__init__.py").exists()}
MACHINES = {"socket", "ssl", "http", "serial", "usb", "hid", "zeroconf"}
NAMELESS = {"utils", "helpers", "common", "core", "base", "misc", "manager"}


def test_every_import_contract_is_kept() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_no_package_is_forgotten_by_the_contract_on_qt() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    [contract] = [it for it in settings["tool"]["importlinter"]["contracts"] if it["name"] == "Qt only in ui"]
    held = {name.removeprefix("dockmark.") for name in contract["source_modules"]}
    assert PACKAGES - held == {"ui"}


def test_sockets_usb_and_serial_ports_are_touched_in_devices_and_sharing_only() -> None:
    touching = {
        (path.relative_to(SOURCE).parts[0], name)
        for path in SOURCE.rglob("*.py")
        for name in _imported(path)
        if name.partition(".")[0] in MACHINES
    }
    # The one exception: a call to a database server that is overdue is ended by shutting its own socket (DECISIONS).
    allowed = {("database", "socket")}
    assert {(room, name) for room, name in touching if room not in {"devices", "sharing"}} == allowed


def test_nothing_is_called_by_a_name_that_says_nothing() -> None:
    names = {path.stem for path in SOURCE.rglob("*.py")} | PACKAGES
    assert names & NAMELESS == set()


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
