"""`dockmark unit`: the same facts as on the card, for programs and for people."""

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from dockmark.cli import speech
from dockmark.cli.main import run
from dockmark.station.demo import make_demo

UNIT = "LI7-90120"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DOCKMARK_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("DOCKMARK_DATA", str(tmp_path / "data"))
    make_demo(tmp_path / "data")
    return tmp_path


def told(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, *words: str) -> tuple[int, Any]:
    monkeypatch.setattr(speech, "as_json", False)
    capfdbinary.readouterr()
    code = run([*words, "--json"])
    return code, json.loads(capfdbinary.readouterr().out.splitlines()[-1])


def test_every_light_comes_with_its_steps(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, card = told(capfdbinary, monkeypatch, "unit", UNIT)
    assert code == 0 and set(card["verdict"]) == {"warranty", "recall", "counterfeit", "life", "owner", "hold"}
    for light in card["verdict"].values():
        assert light["steps"] and all(step["say"].endswith((".", "”")) for step in light["steps"])
    assert card["tree"] == [] and card["parent"] is None
    assert [entry["type"] for entry in card["history"]] == ["unit_stocked", "unit_held"]


def test_a_photo_attached_is_told_with_its_hash(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "teal").save(out, "PNG")
    (folder / "front.png").write_bytes(out.getvalue())
    words = ("unit", UNIT, "--attach", str(folder / "front.png"), "--note", "corner bent")
    code, card = told(capfdbinary, monkeypatch, *words)
    [file] = card["files"]
    assert code == 0 and file["sha256"] == hashlib.sha256(out.getvalue()).hexdigest() and file["kind"] == "photo"
    assert card["history"][-1]["say"] == "Photo front.png attached. “corner bent”."
    code, again = told(capfdbinary, monkeypatch, *words)
    assert code == 1 and again["code"] == "bad_file" and "front.png" in again["say"]


def test_the_card_is_told_as_it_stood(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, card = told(capfdbinary, monkeypatch, "unit", UNIT, "--at", "2026-07-01")
    assert code == 0 and card["verdict"]["hold"]["state"] == "ok" and card["as_of"]["until"].startswith("2026-07-01")
    code, refused = told(capfdbinary, monkeypatch, "unit", UNIT, "--at", "2020-01-01")
    assert code == 1 and refused["code"] == "unit_unknown"
