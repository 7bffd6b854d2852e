"""What the source says: messages marked for translation, and codes that somebody must have words for."""

import ast
from collections.abc import Iterator
from pathlib import Path

import dockmark

SOURCE = Path(dockmark.__file__).parent
_MARKS = {"_": 1, "noun": 1, "line": 1, "ngettext": 2, "plural": 2}


def calls(*folders: str) -> Iterator[tuple[Path, str, ast.Call]]:
    """Every call below these folders (or in these files), with the last part of the name that is called."""
    for folder in folders or ("",):
        top = SOURCE / folder
        for path in [top] if top.is_file() else sorted(top.rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call):
                    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                    yield path, name, node


def marked() -> dict[tuple[str, ...], str]:
    """Every message marked for translation (one form or two), with the file that it was met in."""
    found = {}
    for path, name, call in calls():
        forms = [text for each in call.args[: _MARKS.get(name, 0)] if (text := literal(each)) is not None]
        if forms and len(forms) == _MARKS[name] and forms[0]:
            found[tuple(forms)] = str(path.relative_to(SOURCE))
    return found


def literal(node: ast.AST) -> str | None:
    """The text of a string in the source, or None."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def literals(node: ast.AST) -> set[str]:
    """Every string that an argument may be: itself, or the branches of an `if`."""
    if isinstance(node, ast.IfExp):
        return literals(node.body) | literals(node.orelse)
    if isinstance(node, ast.BoolOp):
        return set().union(*map(literals, node.values))
    text = literal(node)
    return set() if text is None else {text}


def returned(path: str, *functions: str) -> set[str]:
    """Every string that these functions of a file may return."""
    tree = ast.parse((SOURCE / path).read_text("utf-8"))
    found: set[str] = set()
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and function.name in functions:
            for node in ast.walk(function):
                if isinstance(node, ast.Return) and node.value is not None:
                    found |= {text for each in ast.walk(node.value) if (text := literal(each))}
    return found


def facts_of(call: ast.Call, *besides: str) -> list[str]:
    """The names of the facts that a call gives by keyword."""
    return [word.arg for word in call.keywords if word.arg is not None and word.arg not in besides]
