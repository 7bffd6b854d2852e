"""Scanners on serial lines drive a desk without a window, and are shown with their state."""

import json
import queue
import signal
import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.devices.pty_twin import PtyScanner

from .conftest import Program

UNIT = "]d20109506000143514\x1d21"
PATIENCE_S = 60.0


class Desk:
    """A receiving desk that reads scanners until it is interrupted."""

    def __init__(self, program: Program, *scanners: str) -> None:
        options = [word for url in scanners for word in ("--scanner", url)]
        self.process = program.start("desk", "receiving", "--operator", "anna", *options)
        self._said: queue.Queue[str] = queue.Queue()
        self._answers: queue.Queue[dict[str, Any]] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        threading.Thread(target=self._hear, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._answers.put(json.loads(line))

    def _hear(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self._said.put(line.decode().strip())

    def until_said(self, words: str) -> None:
        while words not in self._said.get(timeout=PATIENCE_S):
            pass

    def answers(self, count: int) -> list[dict[str, Any]]:
        return [self._answers.get(timeout=PATIENCE_S) for _ in range(count)]

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE_S)


def test_two_scanners_receive_at_one_desk_and_each_unit_says_by_which(program: Program, tmp_path: Path) -> None:
    left, right = PtyScanner(tmp_path / "left"), PtyScanner(tmp_path / "right")
    desk = Desk(
        program,
        f"serial:{left.link}@9600,suffix=CRLF,name=LANE-A",
        f"serial:{right.link}@115200,prefix=<STX>,suffix=etx,aim=yes,name=LANE-B",
    )
    for _line in ("LANE-A", "LANE-B"):
        desk.until_said("ready")
    left.send(f"{UNIT}L1\r\n{UNIT}L2\r\n".encode())
    assert [answer["unit"]["serial"] for answer in desk.answers(2)] == ["L1", "L2"]
    right.send(f"\x02{UNIT}R1\x03".encode())
    [answer] = desk.answers(1)
    assert (answer["outcome"], answer["unit"]["serial"]) == ("accepted", "R1")
    left.unplug()
    desk.until_said("unplugged")
    left.plug_in()
    desk.until_said("ready")
    left.send(f"{UNIT}L3\r\n".encode())
    assert desk.answers(1)[0]["outcome"] == "accepted"
    assert desk.interrupt() == 0
    devices = [_scan_of(program, serial)["device"] for serial in ("L1", "R1", "L3")]
    assert devices == ["serial:LANE-A", "serial:LANE-B", "serial:LANE-A"]
    left.close()
    right.close()


def _scan_of(program: Program, serial: str) -> dict[str, Any]:
    import sqlite3

    with sqlite3.connect(program.data / "ledger.sqlite3") as ledger:
        rows = [json.loads(row[0]) for row in ledger.execute("SELECT core FROM events")]
    [found] = [row["body"]["scan"] for row in rows if row["type"] == "unit_received" and serial in json.dumps(row)]
    return dict(found)


@pytest.mark.parametrize(
    "url", ["serial:", "serial:/dev/x@fast", "serial:/dev/x,suffix=none", "serial:a,b=c", "tcp://x"]
)
def test_what_names_no_scanner_is_refused_before_anything_is_done(program: Program, url: str) -> None:
    [told] = program.run("desk", "receiving", "--operator", "anna", "--scanner", url, code=1)
    assert told["code"] == "scanner_url" and told["say"]


def test_devices_are_listed_with_their_state(program: Program, tmp_path: Path) -> None:
    twin = PtyScanner(tmp_path / "port")
    rows = [
        {"id": "1", "name": "LANE-A", "lane": 1, "url": f"serial:{twin.link}@9600,suffix=cr"},
        {"id": "2", "name": "Gate 2", "lane": 5, "url": f"serial:{tmp_path / 'away'}@115200"},
    ]
    program.state.mkdir(exist_ok=True)
    (program.state / "scanners.json").write_text(json.dumps({"version": 1, "scanners": rows}))
    told = {each["name"]: each for each in program.run("devices") if each["kind"] == "scanner"}
    assert (told["LANE-A"]["state"], told["LANE-A"]["lane"]) == ("ready", "A")
    assert (told["Gate 2"]["state"], told["Gate 2"]["detail"]) == ("absent", "scanner_absent")
    assert told["Gate 2"]["say"] == "The scanner is not connected. Plug it in."
    done = subprocess.run(program.command("devices"), env=program.environment, capture_output=True, check=True)
    assert b"scanner  [A] LANE-A  serial:" in done.stdout
    twin.close()


def test_one_scanner_is_tested_by_its_url(program: Program, tmp_path: Path) -> None:
    twin = PtyScanner(tmp_path / "port")
    [told] = program.run("devices", "test", f"serial:{twin.link}@115200,suffix=CRLF")
    assert told["state"] == "ready" and told["url"] == f"serial:{twin.link}@115200,suffix=crlf"
    twin.unplug()
    [told] = program.run("devices", "test", f"serial:{twin.link}", code=1)
    assert told["detail"] == "scanner_absent"
