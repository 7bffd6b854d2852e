"""Files of ours are whole or not there: written beside their place, and put there once everything is in."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from dockmark.exchange.codes import FileFault
from dockmark.exchange.encoding import bad_file
from dockmark.record.refusal import Refusal, Refused


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file to write, there once the block ends; nothing is left of it when the work fails."""
    whole = path.resolve()
    part = whole.with_name(f".{whole.name[:80]}.{os.getpid()}.part")
    with refusing(path):
        file = part.open("wb")
    try:
        yield file
        with refusing(path):
            file.flush()
            os.fsync(file.fileno())
            file.close()
            part.replace(whole)
    finally:
        with suppress(OSError):
            file.close()
        with suppress(OSError):
            part.unlink(missing_ok=True)


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Only what goes wrong in writing is said of this file, not what its rows come from."""
    try:
        yield
    except OSError as fault:
        if fault.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Refusal(Refused.DISK_FULL, file=path.name) from fault
        raise bad_file(path, FileFault.NOT_WRITABLE) from fault
