"""Evidence is proved without Dockmark, and every tampering with it is found and said."""

import importlib.util
import json
import shutil
import subprocess
import sys
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.conftest import Program, program  # noqa: F401 - the fixture

Spoil = Callable[[Path], None]


def scan(serial: str) -> str:
    return f'{{"raw": "]d20109506000143514\\u001d21{serial}"}}'


@pytest.fixture(scope="module")
def bare_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with nothing in it but `cryptography` and what that needs; no network is asked."""
    folder = tmp_path_factory.mktemp("bare")
    venv.create(folder, with_pip=False, symlinks=True)
    [packages] = folder.glob("lib/python*/site-packages")
    for name in ("cryptography", "cffi", "_cffi_backend", "pycparser"):
        spec = importlib.util.find_spec(name)
        if spec is None or spec.origin is None:
            continue
        origin = Path(spec.origin)
        if spec.submodule_search_locations:
            shutil.copytree(origin.parent, packages / name)
        else:
            shutil.copy(origin, packages)
    return folder / "bin" / "python"


@pytest.fixture
def evidence(program: Program, tmp_path: Path) -> Path:  # noqa: F811
    """The evidence of one unit with a photo and a paper, of a depot that has received others' units too."""
    lines = [scan("MINE-1"), '{"cmd": "UNDO"}', scan("MINE-1"), scan("OTHERS-1"), scan("OTHERS-2"), '{"cmd": "FINISH"}']
    [answer, *_] = program.run("desk", "receiving", "--operator", "anna", lines=lines)
    note = tmp_path / "note.txt"
    note.write_text("scratched <b>at</b> the lid")
    program.run("unit", "MINE-1", "--attach", str(note), "--kind", "document", "--operator", "anna")
    program.run("document", "biography", answer["unit"]["id"], "-o", str(tmp_path / "biography.pdf"))
    program.run("export", "evidence", "--unit", "MINE-1", "-o", str(tmp_path / "evidence"))
    return tmp_path / "evidence"


def check(python: Path, folder: Path, *words: str) -> tuple[int, dict[str, Any]]:
    done = subprocess.run(
        [str(python), "-I", str(folder / "verify.py" if folder.is_dir() else folder.parent / "verify.py"), str(folder),
         "--json", *words],
        capture_output=True, text=True, check=False, timeout=60, cwd=folder.parent,
    )  # fmt: skip
    assert not done.stderr, done.stderr
    return done.returncode, json.loads(done.stdout)


def codes(told: dict[str, Any]) -> set[str]:
    return {fault["code"] for fault in told.get("faults", ())}


def test_a_bare_python_proves_it_and_a_checkpoint_from_paper_agrees(
    program: Program, evidence: Path, bare_python: Path, tmp_path: Path  # noqa: F811
) -> None:  # fmt: skip
    assert subprocess.run([bare_python, "-I", "-c", "import orjson"], capture_output=True, check=False).returncode
    code, told = check(bare_python, evidence)
    assert (code, told["result"], told["faults"]) == (0, "whole", [])
    text = program.run("checkpoint")[0]["text"]
    program.run("export", "evidence", "--unit", "MINE-1", "-o", str(tmp_path / "later.zip"))
    shutil.copy(evidence / "verify.py", tmp_path)
    code, told = check(bare_python, tmp_path / "later.zip", "--checkpoint", text.lower())
    assert (code, told["result"]) == (0, "witnessed")
    assert codes(check(bare_python, evidence, "--checkpoint", text)[1]) == {"checkpoint_unknown"}
    assert check(bare_python, tmp_path / "later.zip", "--checkpoint", text[:-4] + "AAAA")[0] == 1
    assert check(bare_python, evidence, "--checkpoint", "hello")[0] == 3


def test_nothing_of_others_is_in_it(evidence: Path) -> None:
    assert sorted(path.name for path in evidence.iterdir()) == [
        "FORMAT.md", "checkpoints.jsonl", "documents", "events.jsonl", "index.html", "manifest.json", "seal.json",
        "stations.jsonl", "verify.py",
    ]  # fmt: skip
    for path in evidence.rglob("*"):
        if path.is_file():
            assert b"OTHERS" not in path.read_bytes(), path
            assert b"Almqvist" not in path.read_bytes() or path.suffix == ".pdf", path
    page = (evidence / "index.html").read_text("utf-8")
    assert "MINE-1" in page and "<b>" not in page and "http" not in page.replace("http-equiv", "")
    assert len(list((evidence / "documents").iterdir())) == 2


def test_everything_together_is_proved_with_its_names(
    program: Program, evidence: Path, bare_python: Path, tmp_path: Path  # noqa: F811
) -> None:  # fmt: skip
    program.run("export", "evidence", "--all", "-o", str(tmp_path / "all"))
    code, told = check(bare_python, tmp_path / "all")
    assert (code, told["result"]) == (0, "whole"), told
    assert b"Almqvist" in (tmp_path / "all" / "records.jsonl").read_bytes()
    lines = (tmp_path / "all" / "events.jsonl").read_bytes().splitlines(keepends=True)
    for name, content in {
        "tail": lines[:-3], "middle": lines[:5] + lines[6:], "swapped": [*lines[:5], lines[6], lines[5], *lines[7:]],
    }.items():  # fmt: skip
        copy = tmp_path / name
        shutil.copytree(tmp_path / "all", copy)
        (copy / "events.jsonl").write_bytes(b"".join(content))
        assert check(bare_python, copy)[0] == 1
        reseal(copy)
        found = codes(check(bare_python, copy)[1])
        assert found - {"seal"} or name == "swapped", (name, found)


def reseal(folder: Path) -> None:
    """The list of files fits again: only the seal itself tells, and what the events tell of each other."""
    import hashlib

    told = json.loads((folder / "manifest.json").read_text())
    names = [path for path in folder.rglob("*") if path.is_file() and path.name not in ("manifest.json", "seal.json")]
    told["files"] = {
        path.relative_to(folder).as_posix(): {
            "size": path.stat().st_size, "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
        for path in names
    }  # fmt: skip
    for table in told["lines"]:
        told["lines"][table] = len((folder / table).read_bytes().splitlines())
    (folder / "manifest.json").write_text(json.dumps(told))


def edit_lines(folder: Path, table: str, change: Callable[[list[dict[str, Any]]], None]) -> None:
    lines = [json.loads(line) for line in (folder / table).read_bytes().splitlines()]
    change(lines)
    text = "".join(json.dumps(line, separators=(",", ":"), ensure_ascii=False) + "\n" for line in lines)
    (folder / table).write_text(text, "utf-8")


def edited(folder: Path) -> None:
    def change(lines: list[dict[str, Any]]) -> None:
        line = next(line for line in lines if '"unit_received"' in line["core"])
        line["core"] = line["core"].replace("MINE-1", "MINE-2")

    edit_lines(folder, "events.jsonl", change)


def edited_with_its_hash(folder: Path) -> None:
    import hashlib

    def change(lines: list[dict[str, Any]]) -> None:
        for line in lines:
            line["core"] = line["core"].replace("MINE-1", "MINE-2")
            line["hash"] = hashlib.sha256(b"dockmark/event/v1\n" + line["core"].encode()).hexdigest()

    edit_lines(folder, "events.jsonl", change)


def dropped(folder: Path) -> None:
    def change(lines: list[dict[str, Any]]) -> None:
        lines.remove(next(line for line in lines if '"unit_received"' in line["core"]))

    edit_lines(folder, "events.jsonl", change)


def swapped(folder: Path) -> None:
    def change(lines: list[dict[str, Any]]) -> None:
        lines[0]["core"], lines[1]["core"] = lines[1]["core"], lines[0]["core"]

    edit_lines(folder, "events.jsonl", change)


def moved(folder: Path) -> None:
    def change(lines: list[dict[str, Any]]) -> None:
        lines[0]["seq"] += 1

    edit_lines(folder, "events.jsonl", change)


def without_proof(folder: Path) -> None:
    def change(lines: list[dict[str, Any]]) -> None:
        for line in lines:
            line.pop("proof", None)
            line.pop("sig", None)

    edit_lines(folder, "events.jsonl", change)


def other_proof(folder: Path) -> None:
    def change(lines: list[dict[str, Any]]) -> None:
        lines[0]["proof"]["path"][0] = "00" * 32

    edit_lines(folder, "events.jsonl", change)


def checkpoint_dropped(folder: Path) -> None:
    edit_lines(folder, "checkpoints.jsonl", lambda lines: lines.pop(0))


def signature_changed(folder: Path) -> None:
    def change(lines: list[dict[str, Any]]) -> None:
        lines[0]["sig"] = "00" * 64

    edit_lines(folder, "checkpoints.jsonl", change)


def station_dropped(folder: Path) -> None:
    (folder / "stations.jsonl").write_bytes(b"")


def foreign_document(folder: Path) -> None:
    import hashlib

    content = b"%PDF-1.4 not ours"
    (folder / "documents" / f"{hashlib.sha256(content).hexdigest()}.pdf").write_bytes(content)


def changed_document(folder: Path) -> None:
    document = next((folder / "documents").iterdir())
    document.write_bytes(document.read_bytes() + b" ")


def document_taken_away(folder: Path) -> None:
    next((folder / "documents").iterdir()).unlink()


def not_json(folder: Path) -> None:
    with (folder / "events.jsonl").open("ab") as file:
        file.write(b"[" * 100_000 + b"\n\xff\n")


def keys_twice_and_floats(folder: Path) -> None:
    def change(lines: list[dict[str, Any]]) -> None:
        lines[0]["core"] = lines[0]["core"].replace('"v":1', '"v":1,"v":1')
        lines[1]["core"] = lines[1]["core"].replace('"v":1', '"v":1.5')

    edit_lines(folder, "events.jsonl", change)


ALL = [
    (edited, "event_changed"), (edited_with_its_hash, "proof"), (dropped, "event_missing"), (swapped, "event_changed"),
    (moved, "event_swapped"), (without_proof, "unproved"), (other_proof, "proof"), (checkpoint_dropped, "note_missing"),
    (signature_changed, "signature"), (station_dropped, "not_enrolled"), (foreign_document, "document_foreign"),
    (changed_document, "document_foreign"), (document_taken_away, "file_missing"), (not_json, "line"),
    (keys_twice_and_floats, "line"),
]  # fmt: skip


def test_every_tampering_is_found_with_and_without_a_list_that_fits_again(
    evidence: Path, bare_python: Path, tmp_path: Path
) -> None:
    for spoil, wanted in ALL:
        copy = tmp_path / spoil.__name__
        shutil.copytree(evidence, copy)
        spoil(copy)
        code, told = check(bare_python, copy)
        assert (code, told["result"]) == (1, "altered"), spoil
        assert codes(told) & {"file_changed", "file_missing", "file_foreign"}, spoil
        if spoil is document_taken_away:
            continue
        reseal(copy)
        code, told = check(bare_python, copy)
        assert code == 1 and {wanted, "seal"} <= codes(told), (spoil, told)
        assert all(len(fault["say"]) > 20 for fault in told["faults"])


def test_a_seal_that_is_taken_away_and_what_is_no_evidence_are_said(evidence: Path, bare_python: Path) -> None:
    (evidence / "seal.json").unlink()
    assert codes(check(bare_python, evidence)[1]) == {"seal"}
    (evidence / "manifest.json").write_bytes(b"\0" * 10_000)
    assert check(bare_python, evidence)[0] == 3


def test_a_zip_with_names_that_climb_out_is_altered_and_nothing_is_written(
    program: Program, evidence: Path, bare_python: Path, tmp_path: Path  # noqa: F811
) -> None:  # fmt: skip
    file = tmp_path / "later.zip"
    program.run("export", "evidence", "--unit", "MINE-1", "-o", str(file))
    shutil.copy(evidence / "verify.py", tmp_path)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("../climbed", b"x")
    code, told = check(bare_python, file)
    assert (code, codes(told)) == (1, {"file_foreign"})
    assert not (tmp_path.parent / "climbed").exists()


def test_without_the_library_it_says_so(evidence: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(evidence / "verify.py")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 3 and "cryptography" in done.stdout


def test_who_may_not_and_what_is_not_there_is_refused(program: Program, tmp_path: Path) -> None:  # noqa: F811
    program.run("desk", "receiving", "--operator", "anna", lines=[scan("A1")])
    program.run("operator", "carl", "--role", "operator", "--operator", "anna")
    to = str(tmp_path / "e")
    [no] = program.run("export", "evidence", "--unit", "A1", "-o", to, "--operator", "carl", code=1)
    assert no["code"] == "not_allowed"
    assert program.run("export", "evidence", "--unit", "Z9", "-o", to, "--operator", "anna", code=1)[0]["code"] == (
        "unit_unknown"
    )
    assert program.run("export", "evidence", "-o", to, code=1)[0]["code"] == "bad_value"
    assert not Path(to).exists() and not list(tmp_path.glob(".dockmark-*"))
    program.run("export", "evidence", "--unit", "A1", "-o", to, "--operator", "anna")
    assert program.run("export", "evidence", "--unit", "A1", "-o", to, code=1)[0]["code"] == "exists_already"
