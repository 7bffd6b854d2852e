"""Killed at any moment, a receipt resumes with every acknowledged scan in it."""

import json
import random
import subprocess

import pytest

from .conftest import Program

GTIN = "09506000143514"


def scan(number: int) -> bytes:
    return b'{"raw": "]d201%s21SN%06d"}\n' % (GTIN.encode(), number)


def work_until_killed(program: Program, first: int, chance: random.Random) -> list[dict[str, object]]:
    """Feeds scans, kills the process without warning after a random number of bytes, returns what was acknowledged."""
    process = program.start("desk", "receiving", "--operator", "anna")
    assert process.stdin is not None and process.stdout is not None
    answers: list[dict[str, object]] = []
    process.stdin.write(b"".join(scan(first + number) for number in range(200)))
    process.stdin.flush()
    wanted = chance.randrange(0, 12)
    for _ in range(wanted):
        line = process.stdout.readline()
        answers.append(json.loads(line))
    if chance.random() < 0.7:
        # Somewhere inside the next scans: nobody reads while the process works on.
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=chance.random() * 0.03)
    process.kill()
    # What was read ahead with the lines above comes first: `communicate` would pass it over.
    rest = process.stdout.read()
    process.communicate()
    whole = [line for line in rest.splitlines(keepends=True) if line.endswith(b"\n")]
    return answers + [json.loads(line) for line in whole]


def run_kills(program: Program, kills: int) -> None:
    chance = random.Random(7)
    acknowledged: dict[str, str] = {}
    number = 0
    for _ in range(kills):
        for answer in work_until_killed(program, number, chance):
            assert answer["outcome"] == "accepted", answer
            events, unit = answer["events"], answer["unit"]
            assert isinstance(events, list) and isinstance(unit, dict)
            acknowledged[events[-1]] = unit["serial"]
        number += 200
    [finding] = program.run("verify")
    assert finding["result"] == "sound-not-witnessed"
    [key] = program.run("key")
    assert key["custody"] == "ours", "a kill is no restored folder"
    again = program.run(
        "desk", "receiving", "--operator", "anna", lines=[scan(int(s[2:])) for s in acknowledged.values()]
    )
    assert [answer["code"] for answer in again] == ["already"] * len(acknowledged)
    closed = program.run("desk", "receiving", "--operator", "anna", lines=['{"cmd": "FINISH"}'])
    assert closed[0]["code"] == "receipt_closed"
    assert closed[0]["facts"]["received"] >= len(acknowledged) > kills
    jobs = program.run("spool", "list")
    assert len(jobs) == min(500, closed[0]["facts"]["received"])
    assert {job["state"] for job in jobs} == {"queued"}


def test_nothing_acknowledged_is_lost_in_20_kills(program: Program) -> None:
    run_kills(program, 20)


@pytest.mark.long
def test_nothing_acknowledged_is_lost_in_1000_kills(program: Program) -> None:
    run_kills(program, 1000)
