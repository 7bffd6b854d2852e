"""What the first paint needs is little; the rest is loaded after it."""

import subprocess
import sys

SLOW = (
    "sqlalchemy",
    "reportlab",
    "cryptography",
    "openpyxl",
    "zeroconf",
    "biip",
    "usb",
    "zxingcpp",
    "PySide6.QtMultimedia",
    "PySide6.QtNetwork",
    "PySide6.QtTest",
    "statistics",
    "difflib",
    "dockmark.identifiers",
    "dockmark.station.station",
    "dockmark.ledger",
    "dockmark.ui.pages",
    "dockmark.ui.desks.receiving",
)


def test_the_shell_loads_nothing_slow() -> None:
    code = f"import sys, dockmark.ui.start; print(*[name for name in {SLOW!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
