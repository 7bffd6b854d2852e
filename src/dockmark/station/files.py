"""Files that belong to events: kept by their SHA-256 in the data folder."""

import hashlib
import os
import tempfile
from pathlib import Path

from dockmark.record.refusal import Refusal, Refused

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
    return digest, size
