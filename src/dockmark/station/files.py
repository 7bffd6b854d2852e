"""Files that belong to events: kept by their SHA-256 in the data folder."""

import hashlib
import os
import re
import tempfile
from pathlib import Path

from dockmark.record.refusal import Refusal, Refused

_SHA256 = re.compile(r"[0-9a-f]{64}")
MAX_FILE = 256 * 1024 * 1024


def keep_file(data: Path, source: Path) -> tuple[str, int]:
    """Copies a file into the data folder; returns its SHA-256 and size. Keeping it twice keeps it once."""
    try:
        size = source.stat().st_size
        if not source.is_file() or size > MAX_FILE:
            raise Refusal(Refused.BAD_FILE, file=source.name, why="too_large" if size > MAX_FILE else "not_a_file")
        content = source.read_bytes()
    except OSError as error:
        raise Refusal(Refused.BAD_FILE, file=source.name, why="not_found") from error
    return keep_bytes(data, content), size


def keep_bytes(data: Path, content: bytes) -> str:
    """Keeps a content in the data folder; returns its SHA-256."""
    digest = hashlib.sha256(content).hexdigest()
    target = data / "files" / digest[:2] / digest
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    return digest


def kept_bytes(data: Path, sha256: str, name: str = "") -> bytes:
    """The content that was kept under this SHA-256; refused where it is gone, or is no longer what was kept."""
    if not _SHA256.fullmatch(sha256):
        raise Refusal(Refused.PAPER_SPOILT, name=name or sha256[:64])
    try:
        content = (data / "files" / sha256[:2] / sha256).read_bytes()
    except OSError as error:
        raise Refusal(Refused.PAPER_SPOILT, name=name or sha256) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Refusal(Refused.PAPER_SPOILT, name=name or sha256)
    return content
