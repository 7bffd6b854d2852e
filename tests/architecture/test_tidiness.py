"""What stands in the tree: known names at the top, nothing of one machine, no file or function too long to read."""

import ast
import re
from pathlib import Path

from .tree import ROOT, SOURCE, tracked

AT_THE_TOP = {
    ".ci",
    ".gitignore",
    "LICENSE",
    "README.md",
    "installers",
    "pyproject.toml",
    "resources",
    "src",
    "tests",
}
FOLDERS_OF_ONE_MACHINE = re.compile(r"(?<![\w.])(?:/(?:work|root|opt)/|/(?:home|Users)/\w|[A-Z]:\\+Users\\)")
HOSTS_OF_REGISTRIES = re.compile(
    r"pypi\.(?:python\.)?org|pythonhosted\.org|(?:deb|security)\.debian\.org|(?:archive|security)\.ubuntu\.com"
    r"|registry\.npmjs|crates\.io|proxy\.golang|\bpkg\.dev\b"
)


def test_the_top_of_the_tree_holds_only_what_belongs_there() -> None:
    assert {name.partition("/")[0] for name in tracked()} - AT_THE_TOP == set()


def test_no_file_names_a_folder_of_one_machine_or_the_host_of_a_registry() -> None:
    found = [
        f"{name}: {hit.group()}"
        for name in tracked()
        for pattern in (FOLDERS_OF_ONE_MACHINE, HOSTS_OF_REGISTRIES)
        for hit in pattern.finditer((ROOT / name).read_text(encoding="utf-8", errors="ignore"))
    ]
    assert found == []


def test_no_file_is_too_long_to_read() -> None:
    lengths = sorted(_lines(path) for path in SOURCE.rglob("*.py"))
    assert [f"{path}: {_lines(path)}" for path in SOURCE.rglob("*.py") if _lines(path) > 500] == []
    assert lengths[len(lengths) * 9 // 10] <= 300


def test_no_function_is_too_long_to_read() -> None:
    # A step of the tables' form is a list of tables as they were, written once and never edited.
    long = [
        f"{path.relative_to(SOURCE)}: {node.name}"
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or node.lineno) - node.lineno >= 50
    ]
    assert long == []


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())
