"""Whether a paper or file that came back from outside is one of ours, or was made from one of ours."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dockmark.database.session import Session
from dockmark.record.clock import as_text
from dockmark.record.refusal import Refusal, Refused

GENUINE: Final = "genuine"
ALTERED: Final = "altered"
NOT_OURS: Final = "not_ours"
_MOST: Final = 64 * 1024 * 1024
_TITLE: Final = re.compile(rb"/Title\s*(?:\(((?:[^()\\]|\\.){0,1200})\)|<([0-9A-Fa-f\s]{0,2400})>)")
_OURS: Final = b"/Producer (Dockmark)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """`result` is genuine, altered or not_ours; `kind`, `number` and `made` are of the paper that it is or was."""

    result: str
    sha256: str
    kind: str = ""
    number: str = ""
    name: str = ""
    copy: int = 0
    made: str = ""


def judge_document(session: Session, file: Path) -> Judged:
    """Holds a file against everything that the ledger names by its hash."""
    try:
        with file.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
            opened.seek(0)
            content = opened.read(_MOST)
    except OSError as error:
        raise Refusal(Refused.BAD_FILE, file=file.name, why="not_found") from error
    paper = session.one("SELECT kind, number, copy, made_at FROM documents WHERE sha256 = ?", (digest,))
    if paper is not None:
        kind, number, copy, made = paper
        return Judged(result=GENUINE, sha256=digest, kind=kind, number=number, copy=copy, made=as_text(made))
    kept = session.one("SELECT kind, name, at FROM attachments WHERE sha256 = ?", (digest,))
    if kept is not None:
        return Judged(result=GENUINE, sha256=digest, kind=kept[0], name=kept[1], made=as_text(kept[2]))
    for number in _numbers_said(content):
        paper = session.one(
            "SELECT kind, number, made_at FROM documents WHERE number = ? ORDER BY made_at DESC", (number,)
        )
        if paper is not None:
            return Judged(result=ALTERED, sha256=digest, kind=paper[0], number=paper[1], made=as_text(paper[2]))
    return Judged(result=NOT_OURS, sha256=digest)


def _numbers_said(content: bytes) -> list[str]:
    """What a PDF that says that we made it is called, word by word: one of them is its number."""
    if not content.startswith(b"%PDF-") or _OURS not in content:
        return []
    found: list[str] = []
    for plain, coded in _TITLE.findall(content):
        title = _text(bytes.fromhex(coded.decode("ascii")) if coded else re.sub(rb"\\([()\\])", rb"\1", plain))
        words = title.split()
        found += [" ".join(words[first:]) for first in range(len(words))]
    return found[:50]


def _text(raw: bytes) -> str:
    return raw.decode("utf-16", "replace") if raw[:2] in (b"\xfe\xff", b"\xff\xfe") else raw.decode("latin-1")
