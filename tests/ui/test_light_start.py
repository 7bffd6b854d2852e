"""What the first paint needs is little; the rest is loaded after it, and what no day's work needs is loaded never."""

import subprocess
import sys
from pathlib import Path

import pytest

from dockmark.station.folders import STATE

SLOW = (
    "sqlalchemy",
    "reportlab",
    "cryptography",
    "openpyxl",
    "zeroconf",
    "biip",
    "usb",
    "zxingcpp",
    "orjson",
    "importlib.resources",
    "PySide6.QtMultimedia",
    "PySide6.QtNetwork",
    "PySide6.QtTest",
    "statistics",
    "difflib",
    "dockmark.cli.speech",
    "dockmark.cli.app",
    "dockmark.desks.views",
    "dockmark.identifiers",
    "dockmark.station.station",
    "dockmark.ledger",
    "dockmark.ui.scroll_bar",
    "dockmark.ui.pages",
    "dockmark.ui.desks.receiving",
)
SELDOM = (
    "sqlalchemy",
    "alembic",
    "openpyxl",
    "reportlab",
    "zeroconf",
    "dockmark.database.tables",
    "dockmark.desks.importing",
    "dockmark.ledger.rebuild",
    "dockmark.ledger.verify",
    "dockmark.station.demo",
    "PySide6.QtTest",
)
"""What a station that is opened on tables as they should be does not load."""

OPENED = """
from pathlib import Path
from dockmark.ui.depots import StationDepots
StationDepots().open(Path(sys.argv[1])).close()
"""


def loaded(code: str, names: tuple[str, ...], *words: str) -> list[str]:
    """Which of these a fresh Python has loaded once it did that."""
    asked = f"import sys\n{code}\nprint(*[name for name in {names!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked, *words], capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_the_shell_loads_nothing_slow_by_the_way_that_a_user_starts_it() -> None:
    assert loaded("import dockmark.__main__, dockmark.cli.main, dockmark.ui.start", SLOW) == []


def test_the_rest_of_the_window_loads_nothing_that_is_seldom_wanted() -> None:
    assert loaded("import dockmark.ui.start, dockmark.ui.pages, dockmark.ui.depots", SELDOM) == []


def test_a_ledger_with_tables_as_they_should_be_is_opened_without_the_engine_that_makes_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(STATE, str(tmp_path / "state"))
    make = "from pathlib import Path\nfrom dockmark.station.setup import create_ledger\n"
    make += "create_ledger(Path(sys.argv[1]), 'anna', 'Anna').close()"
    assert loaded(make, ("sqlalchemy", "alembic"), str(tmp_path / "data")) == ["sqlalchemy"]
    assert loaded(OPENED, SELDOM, str(tmp_path / "data")) == []
