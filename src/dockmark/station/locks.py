"""A lock on a data folder that ends with the process that holds it, however that ends."""

import sys
from io import FileIO
from pathlib import Path


class FolderLock:
    """Held by at most one process at a time."""

    def __init__(self, file: Path) -> None:
        self._path = file
        self._file: FileIO | None = None

    def acquire(self) -> bool:
        """Takes the lock if nobody holds it."""
        if self._file is not None:
            return True
        try:
            file = FileIO(str(self._path), "a+")
        except OSError:
            return False
        if not _lock(file):
            file.close()
            return False
        self._file = file
        return True

    def release(self) -> None:
        """Lets go."""
        if self._file is not None:
            self._file.close()
            self._file = None


if sys.platform == "win32":
    import msvcrt

    def _lock(file: FileIO) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(file: FileIO) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
