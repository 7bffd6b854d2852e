"""What is slow to import is imported at its first use."""

import subprocess
import sys

SLOW = "PySide6", "reportlab", "zeroconf", "openpyxl", "numpy", "sqlalchemy", "alembic"


def test_the_command_line_starts_without_what_it_may_never_need() -> None:
    code = f"import sys, dockmark.cli; print(*[name for name in {SLOW!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
