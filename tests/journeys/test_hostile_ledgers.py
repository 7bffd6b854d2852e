"""What is no ledger, or is one no longer, is said in a code; nothing is read without end."""

import sqlite3
from pathlib import Path

import pytest

from .conftest import Program


def zeros(file: Path) -> None:
    with file.open("wb") as sparse:
        sparse.truncate(2 * 1024**3)


def of_another_program(file: Path) -> None:
    file.unlink()
    database = sqlite3.connect(file)
    database.execute("CREATE TABLE notes (text TEXT)")
    database.commit()
    database.close()


def words(file: Path) -> None:
    file.write_bytes(b"Dear reader, " * 1000)


def nothing(file: Path) -> None:
    file.write_bytes(b"")


@pytest.mark.parametrize("spoil", [zeros, of_another_program, words, nothing])
def test_a_file_that_is_no_ledger_is_refused(program: Program, spoil: object) -> None:
    assert callable(spoil)
    for tail in ("-wal", "-shm"):
        (program.data / f"ledger.sqlite3{tail}").unlink(missing_ok=True)
    spoil(program.data / "ledger.sqlite3")
    assert program.run("verify", code=1)[0]["code"] == "not_a_ledger"


def test_a_ledger_that_was_cut_off_is_called_damaged(program: Program) -> None:
    program.run("verify")
    file = program.data / "ledger.sqlite3"
    database = sqlite3.connect(file)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    [answer] = program.run("verify", code=1)
    assert answer.get("code") == "ledger_damaged" or answer["at"]["code"] == "unreadable"
