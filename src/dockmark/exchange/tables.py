"""Opens a file as a table. What the file is decides, not what it is called."""

import stat
from pathlib import Path
from typing import Final

from dockmark.exchange.codes import FileFault
from dockmark.exchange.encoding import bad_file
from dockmark.exchange.sheet_table import open_sheet
from dockmark.exchange.table import Slice, Table, Warned
from dockmark.exchange.text_table import open_text

__all__ = ["Slice", "Table", "Warned", "open_table"]

_ZIP: Final = b"PK\x03\x04"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SEALED: Final = "EncryptedPackage".encode("utf-16-le")
_WORKBOOK_NAMES: Final = {".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".ods"}


def open_table(path: Path, *, sheet: str = "", encoding: str = "") -> Table:
    """The table in that file, its header read; refused where there is none.

    `sheet` names a sheet of a workbook (else the first visible one with something in it), `encoding` that of a
    text file (else found out).
    """
    size = _size(path)
    try:
        with path.open("rb") as file:
            head = file.read(len(_COMPOUND))
            file.seek(0)
            if head.startswith(_ZIP):
                return open_sheet(path, file, sheet)
            if head == _COMPOUND:
                sealed = _SEALED in file.read(1 << 24)
                raise bad_file(path, FileFault.LOCKED if sealed else FileFault.OLD_WORKBOOK)
            if path.suffix.lower() in _WORKBOOK_NAMES and _is_no_text(head):
                raise bad_file(path, FileFault.NOT_A_WORKBOOK)
            if sheet:
                raise bad_file(path, FileFault.SHEET_UNKNOWN, sheet=sheet, sheets=[])
            return open_text(path, file, size, encoding)
    except OSError:
        raise bad_file(path, FileFault.NOT_READABLE) from None


def _size(path: Path) -> int:
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise bad_file(path, FileFault.NOT_FOUND) from None
    except OSError:
        raise bad_file(path, FileFault.NOT_READABLE) from None
    if not stat.S_ISREG(found.st_mode):
        raise bad_file(path, FileFault.NOT_A_FILE)
    if found.st_size == 0:
        raise bad_file(path, FileFault.EMPTY)
    return found.st_size


def _is_no_text(head: bytes) -> bool:
    return any(byte < 9 for byte in head)
