"""A delivery received by serial scanners in the real window on a real screen, with cables that come and go."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import termios
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.devices.pty_twin import PtyScanner

from .conftest import Program

UNIT = "]d20109506000143514\x1d21"
PATIENCE_S = 90.0

pytestmark = pytest.mark.skipif(not shutil.which("Xvfb"), reason="needs an X server on this machine")


@dataclass
class Bench:
    """The window of one data folder, and the two scanners beside it."""

    program: Program
    display: str
    left: PtyScanner
    right: PtyScanner
    window: "subprocess.Popen[bytes] | None" = None

    def open(self) -> None:
        environment = self.program.environment | {"DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}
        self.window = subprocess.Popen(self.program.command(), env=environment, stderr=subprocess.DEVNULL)
        self.until_read()

    def until_read(self) -> None:
        """The window has set both lines to their speeds: it reads them."""
        until(lambda: (self.left.baud, self.right.baud) == (termios.B9600, termios.B115200))
        time.sleep(0.3)  # a port is emptied right after its speed was set, and nothing tells when that is done

    def received(self) -> dict[str, str]:
        """Serial of each unit received, and the device that its scan came from."""
        with sqlite3.connect(f"file:{self.program.data / 'ledger.sqlite3'}?mode=ro", uri=True) as ledger:
            rows = ledger.execute("SELECT core FROM events ORDER BY seq").fetchall()
        bodies = [body for body in (json.loads(core) for (core,) in rows) if body["type"] == "unit_received"]
        return {_serial(body): str(body["body"]["scan"]["device"]) for body in bodies}

    def until_received(self, *serials: str) -> None:
        until(lambda: set(serials) <= self.received().keys())

    def close(self) -> int:
        assert self.window is not None
        self.window.send_signal(signal.SIGTERM)
        return self.window.wait(PATIENCE_S)


def _serial(event: dict[str, Any]) -> str:
    marks = json.dumps(event["body"])
    return next(
        serial for serial in (f"{lane}{number}" for lane in "LR" for number in range(9)) if f'"{serial}"' in marks
    )


def until(so: Any) -> None:
    """Look again and again: there is nobody in another process to tell."""
    end = time.monotonic() + PATIENCE_S
    while not so():
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.fixture
def display() -> Iterator[str]:
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as pipe:
        number = pipe.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait(20)


@pytest.fixture
def bench(program: Program, display: str, tmp_path: Path) -> Iterator[Bench]:
    left, right = PtyScanner(tmp_path / "left"), PtyScanner(tmp_path / "right")
    rows = [
        {"id": "1", "name": "LANE-A", "lane": 1, "url": f"serial:{left.link}@9600,suffix=crlf"},
        {"id": "2", "name": "LANE-B", "lane": 2, "url": f"serial:{right.link}@115200,prefix=<STX>,suffix=etx,aim=yes"},
    ]
    (program.state / "scanners.json").write_text(json.dumps({"version": 1, "scanners": rows}))
    made = Bench(program, display, left, right)
    yield made
    if made.window is not None and made.window.poll() is None:
        made.window.kill()
        made.window.wait(20)
    left.close()
    right.close()


def test_a_delivery_is_received_by_two_scanners_that_are_unplugged_in_the_middle(bench: Bench) -> None:
    bench.open()
    bench.left.send(f"{UNIT}L1\r\n{UNIT}L2\r\n".encode())
    bench.right.send(f"\x02{UNIT}R1\x03".encode())
    bench.until_received("L1", "L2", "R1")
    bench.left.send(f"{UNIT}L".encode())  # cut off by the plug
    bench.left.unplug()
    bench.right.send(f"\x02{UNIT}R2\x03".encode())
    bench.until_received("R2")
    bench.left.plug_in()
    bench.until_read()
    bench.left.send(f"{UNIT}L3\r\n".encode())
    bench.until_received("L3")
    assert bench.received() == {
        "L1": "serial:LANE-A", "L2": "serial:LANE-A", "L3": "serial:LANE-A",
        "R1": "serial:LANE-B", "R2": "serial:LANE-B",
    }  # fmt: skip
    assert bench.close() == 0
    [verdict] = bench.program.run("verify")
    assert verdict["result"].startswith("sound")
