"""A day at the desk makes millions of calls into Qt: none of them may cost a reference to None."""

import subprocess
import sys

# Qt bindings 6.12.0 lose one reference to None with each void call on Python 3.11, and abort after some thousand.
# From Python 3.12 on None is immortal: its count never falls, and this passes whatever the bindings do.
CALLS = 50_000
CODE = f"""
import sys
from PySide6.QtCore import QCoreApplication, QObject
app = QCoreApplication([])
thing = QObject()
before = sys.getrefcount(None)
for turn in range({CALLS // 2}):
    app.processEvents()
    thing.setObjectName("x")
print(before - sys.getrefcount(None))
"""


def test_fifty_thousand_calls_into_qt_lose_no_reference_to_none() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < CALLS // 100
