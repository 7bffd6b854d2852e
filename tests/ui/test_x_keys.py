"""Real key events of a real X server, at the speed of a scanner and at the speed of fingers."""

import base64
import json
import os
import platform
import queue
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = ("Xvfb", "xdotool")
TYPED = {"ab", "Sn-4711/x", "a!ABCDEFGH"}
"""What fingers leave in the search field."""

pytestmark = [
    pytest.mark.skipif(
        not all(shutil.which(tool) for tool in TOOLS), reason="needs an X server and xdotool on this machine"
    ),
    # A machine that is busy elsewhere cannot type at the speed of a scanner, and what it typed then is no scan.
    pytest.mark.flaky(reruns=3),
]


@dataclass
class Screen:
    """The window on its screen: what it tells, and hands to type with."""

    told: "queue.Queue[dict[str, Any]]"
    environment: dict[str, str]

    def hands(self, *lines: str) -> None:
        """Press keys as xdotool does, without a pause between its commands."""
        script = "".join(f"{line}\n" for line in lines)
        subprocess.run(["xdotool", "-"], input=script, text=True, env=self.environment, check=True, timeout=60)

    def until(self, key: str, value: object = None) -> dict[str, Any]:
        """Wait for the next line that tells that."""
        while True:
            line = self.told.get(timeout=30)
            if key in line and (value is None or line[key] == value):
                return line

    def scan(self, text: str, delay: str = "2") -> bytes:
        """Type as a scanner does, control characters by their key combinations."""
        lines: list[str] = []
        for number, part in enumerate(text.split("\x1d")):
            if number:
                lines.append("key --delay 0 ctrl+bracketright")
            if part:
                lines.append(f'type --delay {delay} "{part}"')
        self.hands(*lines, "key --delay 0 Return")
        line = self.until("scan")
        assert set(line["fields"]) <= TYPED | {platform.node()}, "a part of the scan reached a field"
        return base64.b64decode(line["scan"])


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    folder = tmp_path_factory.mktemp("x")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as pipe:
        number = pipe.readline().strip()
    environment = {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
    window = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.x_window", str(folder)],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    told: queue.Queue[dict[str, Any]] = queue.Queue()
    assert window.stdout is not None
    listener = threading.Thread(target=_listen, args=(window.stdout, told), daemon=True)
    listener.start()
    made = Screen(told, environment)
    try:
        made.until("page", "receiving")
        made.hands("search --sync --onlyvisible --name Dockmark windowfocus --sync")
        yield made
    finally:
        window.terminate()
        window.wait(20)
        server.terminate()
        server.wait(20)


def _listen(lines: Any, told: "queue.Queue[dict[str, Any]]") -> None:
    for line in lines:
        told.put(json.loads(line))


def test_a_scan_with_separators_arrives_whole_and_in_order(screen: Screen) -> None:
    code = "]d201095060001435141727063010LOT-A\x1d21SN900"
    assert screen.scan(code) == code.encode()


def test_thirty_scans_one_after_another_lose_nothing(screen: Screen) -> None:
    wanted = [f"PSU-750-A/SN-{number:05}aZ" for number in range(30)]
    assert [screen.scan(each, "1") for each in wanted] == [each.encode() for each in wanted]


def test_a_scan_in_the_search_field_stays_out_of_it(screen: Screen) -> None:
    screen.hands("key ctrl+k")
    screen.until("page", "search")
    screen.hands("type --delay 90 ab")
    screen.until("field", "ab")
    screen.hands("key ctrl+a", "key BackSpace")
    screen.until("field", "")
    assert screen.scan("FAN-120/F-88120") == b"FAN-120/F-88120"
    screen.until("page", "receiving")


def test_what_fingers_type_lands_in_the_field(screen: Screen) -> None:
    screen.hands("key ctrl+k")
    screen.until("page", "search")
    screen.hands("type --delay 60 Sn-4711/x")
    screen.until("field", "Sn-4711/x")
    screen.hands("key Escape")
    screen.until("page", "receiving")


def test_fingers_are_fingers_also_after_the_window_stood_still(screen: Screen) -> None:
    screen.hands("key ctrl+k")
    screen.until("page", "search")
    screen.hands("key ctrl+a", "key BackSpace", "type --delay 90 a!")
    screen.until("stalled", True)
    screen.hands("type --delay 70 ABCDEFGH", "key Return")
    screen.until("field", "a!ABCDEFGH")
    screen.hands("key Escape")
    screen.until("page", "receiving")


def test_a_key_of_the_window_is_heard_between_scans(screen: Screen) -> None:
    assert screen.scan("PSU-750-A/LAST") == b"PSU-750-A/LAST"
    screen.until("news", "answered")
    screen.hands("key ctrl+z")
    screen.until("action", "triggered")
