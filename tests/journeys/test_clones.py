"""Copied and restored data folders are recognised, opened read-only, and have a way on."""

import shutil

from .conftest import Program

GTIN = "09506000143514"


def scan(serial: str) -> str:
    return f'{{"raw": "]d201{GTIN}21{serial}"}}'


def test_a_folder_copied_to_another_machine_is_read_only_until_it_is_adopted(program: Program) -> None:
    program.run("desk", "receiving", "--operator", "anna", lines=[scan("A1")])
    program.state = program.state.parent / "other-machine"
    [key] = program.run("key")
    assert key["custody"] == "copied"
    [refused] = program.run("desk", "receiving", "--operator", "anna", lines=[scan("A2")], code=1)
    assert refused["code"] == "read_only"
    assert program.run("verify")[0]["result"] == "sound-not-witnessed"
    [unit] = program.run("unit", "A1")
    assert unit["state"] == "received"
    [adopted] = program.run("key", "adopt")
    assert (adopted["custody"], adopted["ledger"]) == ("ours", key["ledger"])
    assert adopted["station"] != key["station"]
    [answer] = program.run("desk", "receiving", "--operator", "anna", lines=[scan("A2")])
    assert answer["code"] == "received_blind"
    assert program.run("verify")[0]["result"] == "sound-not-witnessed"


def test_an_older_state_of_the_folder_is_recognised_as_restored(program: Program) -> None:
    program.run("desk", "receiving", "--operator", "anna", lines=[scan("B1")])
    saved = program.data.with_name("saved")
    shutil.copytree(program.data, saved)
    program.run("desk", "receiving", "--operator", "anna", lines=[scan("B2")])
    shutil.rmtree(program.data)
    shutil.copytree(saved, program.data)
    [key] = program.run("key")
    assert key["custody"] == "restored"
    [refused] = program.run("desk", "receiving", "--operator", "anna", lines=[scan("B3")], code=1)
    assert (refused["code"], refused["facts"]["why"]) == ("read_only", "restored")
    program.run("key", "adopt")
    [answer] = program.run("desk", "receiving", "--operator", "anna", lines=[scan("B2")])
    assert answer["outcome"] == "accepted"


def test_a_shifted_clock_marks_every_event_made_so(program: Program) -> None:
    import sqlite3

    program.shift = "+3600s"
    program.run("desk", "receiving", "--operator", "anna", lines=[scan("C1")])
    database = sqlite3.connect(program.data / "ledger.sqlite3")
    cores = [row[0] for row in database.execute("SELECT core FROM events WHERE core LIKE '%\"sess\"%' ORDER BY n DESC")]
    database.close()
    assert '"clk":{"shifted_s":3600}' in cores[0]
