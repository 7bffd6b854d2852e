"""`installers/run` brings what is missing, once, and says in words what it cannot bring."""

import re
from pathlib import Path

import pytest

from .machine import Machine
from .tree import ROOT

PACKAGES = re.search(r'window_packages="([^"]*)"', (ROOT / "installers/debian.sh").read_text(encoding="utf-8"))
assert PACKAGES
WINDOW = PACKAGES[1].split()
RENAMED = ["libglib2.0-0t64" if name == "libglib2.0-0" else name for name in WINDOW]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path, RENAMED)


def test_root_gets_the_packages_of_the_system_by_the_names_they_have_there(machine: Machine) -> None:
    assert machine.run("--version").returncode == 0
    update, install, pip = machine.asked()
    assert (update, pip) == ("apt-get update", "pip works")
    assert "--no-install-recommends -o DPkg::Lock::Timeout=300" in install
    assert install.split()[-len(RENAMED) :] == RENAMED


def test_the_lists_of_packages_are_asked_for_only_where_they_are_missing(machine: Machine) -> None:
    (machine.folder / "known").write_text("\n".join(RENAMED), encoding="utf-8")
    machine.run("--version")
    assert "apt-get update" not in machine.asked()


def test_a_user_is_told_the_line_to_type_and_nothing_is_done(machine: Machine) -> None:
    told = machine.run("--version", WHO="1000")
    words = f"    sudo apt-get update && sudo apt-get install -y --no-install-recommends {' '.join(WINDOW)}"
    assert (told.returncode, told.stdout, machine.asked()) == (1, "", [])
    assert words in told.stderr.splitlines()


def test_a_user_is_told_only_what_is_missing(machine: Machine) -> None:
    (machine.folder / "known").write_text("\n".join(RENAMED), encoding="utf-8")
    there = "".join(f"ii  {name}\n" for name in RENAMED[2:]) + "rc  libgl1\n"
    (machine.folder / "installed").write_text(there, encoding="utf-8")
    line = machine.run(WHO="1000").stderr.splitlines()[1]
    assert line == "    sudo apt-get install -y --no-install-recommends libglib2.0-0t64 libgl1"


def test_a_second_start_asks_nobody_and_says_nothing_of_its_own(machine: Machine) -> None:
    machine.run("--version")
    machine.asked()
    again = machine.run("--data", "a folder")
    assert (again.returncode, again.stdout, again.stderr) == (0, "dockmark --data a folder\n", "")
    assert machine.asked() == []


@pytest.mark.parametrize("end", ["killed", "offline"])
def test_an_installation_that_broke_off_is_made_anew(machine: Machine, end: str) -> None:
    broken = machine.run("--version", PIP=end)
    assert broken.returncode != 0
    (machine.checkout / ".venv" / "left-over").touch()
    machine.asked()
    assert machine.run("--version").stdout == "dockmark --version\n"
    assert machine.asked() == ["pip works"]
    assert not (machine.checkout / ".venv" / "left-over").exists()


def test_new_dependencies_are_brought_in_without_laying_everything_anew(machine: Machine) -> None:
    machine.run("--version")
    machine.asked()
    (machine.checkout / ".venv" / "kept").touch()
    with (machine.checkout / "pyproject.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n")
    machine.run("--version")
    assert machine.asked() == ["pip works"]
    assert (machine.checkout / ".venv" / "kept").exists()


def test_a_checkout_that_was_moved_is_laid_anew(machine: Machine) -> None:
    machine.run("--version")
    machine.asked()
    machine.checkout = machine.checkout.rename(machine.folder / "moved")
    assert machine.run("--version").returncode == 0
    assert machine.asked() == ["pip works"]


def test_it_starts_through_a_link_from_any_folder(machine: Machine) -> None:
    scripts = machine.folder / "elsewhere" / "installers"
    scripts.mkdir(parents=True)
    (scripts / "run").symlink_to(machine.checkout / "installers" / "run")
    machine.checkout = scripts.parent
    assert machine.run("decode", "-").stdout == "dockmark decode -\n"


@pytest.mark.parametrize("words", [[], ["--data", "a folder"], ["--data=a folder"]])
def test_without_a_screen_the_window_is_refused_in_words(machine: Machine, words: list[str]) -> None:
    told = machine.run(*words, DISPLAY="")
    assert (told.returncode, told.stdout) == (1, "")
    assert "desk receiving" in told.stderr


def test_without_a_screen_everything_else_starts(machine: Machine) -> None:
    assert machine.run("--data", "d", "desk", "receiving", DISPLAY="").returncode == 0
    assert machine.run("--help", DISPLAY="").returncode == 0
    assert machine.run("--data", "d", DISPLAY="", QT_QPA_PLATFORM="offscreen").returncode == 0
