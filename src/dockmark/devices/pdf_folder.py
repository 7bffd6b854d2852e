"""A folder as a printer: one PDF for each job, whole or not at all, and never two for one job."""

import errno
import hashlib
import os
import re
import secrets
import stat
import sys
from pathlib import Path
from typing import Final

from dockmark.devices.label_printer import Format, PrinterState, PrinterStatus, Sent, SentOutcome, Why

_PLAIN_NAME: Final = re.compile(r"[0-9a-z][0-9a-z_-]{0,79}")
_UNFIT: Final = re.compile(r"[^0-9A-Za-z_-]+")
_DEVICE_NAMES: Final = re.compile(r"(?:con|prn|aux|nul|clock\$|com\d|lpt\d)", re.IGNORECASE)
_NO_LINKS: Final = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN: Final = {errno.EACCES, errno.EPERM, errno.EROFS}
_NO_FOLDER: Final = {errno.ENOTDIR, errno.EEXIST, errno.ELOOP, errno.ENAMETOOLONG}


class PdfFolder:
    """Keeps each job as `<job name>.pdf`. The same job sent again finds its file there and is confirmed."""

    format: Format = "pdf"

    def __init__(self, url: str, folder: Path) -> None:
        self.url: Final = url
        self._folder: Final = folder

    def send(self, job: bytes, *, name: str) -> Sent:
        """Keep one job. When this returns confirmed, the file is on the disk, also after a power cut."""
        if not job:
            return Sent(SentOutcome.FAILED, Why.EMPTY_JOB)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            return self._keep(job, file_stem(name))
        except OSError as error:
            return _refused(error)

    def status(self) -> PrinterStatus:
        """Whether the folder takes files; a folder that is not there yet is made by the first job."""
        lineage = (self._folder, *self._folder.parents)
        try:
            nearest = next((path for path in lineage if path.exists()), lineage[-1])
            is_folder = nearest.is_dir()
        except OSError as error:
            return PrinterStatus(PrinterState.FAULT, _why(error))
        if not is_folder:
            return PrinterStatus(PrinterState.FAULT, Why.NOT_A_FOLDER)
        may_write = os.access(nearest, os.W_OK | os.X_OK)
        return PrinterStatus(PrinterState.READY) if may_write else PrinterStatus(PrinterState.FAULT, Why.NOT_ALLOWED)

    def _keep(self, job: bytes, stem: str) -> Sent:
        digest = hashlib.sha256(job).hexdigest()[:16]
        for candidate in (stem, f"{stem}-{digest}"):
            final = self._folder / f"{candidate}.pdf"
            self._sweep(candidate)
            if _holds(final, job):
                _settle(self._folder)
                return Sent(SentOutcome.CONFIRMED, Why.ALREADY_THERE)
            if not _is_taken(final):
                self._write(job, final)
                if _holds(final, job):
                    return Sent(SentOutcome.CONFIRMED)
        return Sent(SentOutcome.FAILED, Why.NAME_TAKEN)

    def _write(self, job: bytes, final: Path) -> None:
        """Make `final` appear whole. When another hand made it in the meantime, that one stays as it is."""
        part = self._folder / f".{final.stem}.{secrets.token_hex(4)}.part"
        try:
            _write_through(part, job)
            _place(part, final)
        finally:
            part.unlink(missing_ok=True)
        _settle(self._folder)

    def _sweep(self, stem: str) -> None:
        """What a killed attempt at this very job left behind."""
        for left_over in self._folder.glob(f".{stem}.????????.part"):
            left_over.unlink(missing_ok=True)


def file_stem(name: str) -> str:
    """A file name for a job, one to one: a name that is not plain gets its own hash, so that no two names meet."""
    if _PLAIN_NAME.fullmatch(name) and not _DEVICE_NAMES.fullmatch(name):
        return name
    readable = _UNFIT.sub("_", name)[:40].strip("_-")
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{readable or 'label'}~{digest}"


def _holds(path: Path, job: bytes) -> bool:
    """A regular file of exactly these bytes; links are not followed."""
    try:
        there = path.lstat()
        return stat.S_ISREG(there.st_mode) and there.st_size == len(job) and path.read_bytes() == job
    except FileNotFoundError:
        return False


def _is_taken(path: Path) -> bool:
    """Something of another content is there. An empty file is only a reservation that a kill left behind."""
    try:
        there = path.lstat()
    except FileNotFoundError:
        return False
    return not (stat.S_ISREG(there.st_mode) and there.st_size == 0)


def _write_through(path: Path, data: bytes) -> None:
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o644), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _place(part: Path, final: Path) -> None:
    """Give the written file its name, only if that name is free or merely reserved."""
    try:
        if sys.platform == "win32":
            part.rename(final)  # refuses an existing name there
        else:
            os.link(part, final)
        return
    except FileExistsError:
        if _is_taken(final):
            return
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # A file system without links (a memory stick): reserve the name first.
        try:
            os.close(os.open(final, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644))
        except FileExistsError:
            if _is_taken(final):
                return
    part.replace(final)


def _settle(folder: Path) -> None:
    """The folder's own entry to disk; Windows has no such call and needs none."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _why(error: OSError) -> Why:
    """What the system said, as a reason."""
    for numbers, why in ((_FULL, Why.DISK_FULL), (_FORBIDDEN, Why.NOT_ALLOWED), (_NO_FOLDER, Why.NOT_A_FOLDER)):
        if error.errno in numbers:
            return why
    return Why.FOLDER_AWAY


def _refused(error: OSError) -> Sent:
    """Nothing was kept, or the next attempt will find it: only a folder that is gone may come back by itself."""
    why = _why(error)
    return Sent(SentOutcome.AWAY if why is Why.FOLDER_AWAY else SentOutcome.FAILED, why)
