"""What is taken out of a backup was looked at before: names, links, sizes, contents, triggers."""

import json
import shutil
import sqlite3
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from dockmark.database.tables import SQLITE_ONLY
from dockmark.ledger.ledger import Ledger
from dockmark.record.refusal import Refusal, Refused
from dockmark.station.backing_up import backups_in, check_backup, drop_old, make_backup, restore_backup
from dockmark.station.backup_files import LEDGER, LIST, read_backup
from dockmark.station.files import keep_bytes
from tests.ledger.conftest import MakeLedger, SteppingClock, make_file_ledger  # noqa: F401 - the fixtures
from tests.ledger.golden_forms import FORMS, lay_out, opened

Members = dict[str, bytes]


@pytest.fixture
def backed_up(make_file_ledger: MakeLedger, tmp_path: Path) -> Path:  # noqa: F811
    """A backup with two files in it."""
    ledger = make_file_ledger("a")
    for content in (b"one", b"two"):
        keep_bytes(tmp_path / "a", content)
    return make_backup(ledger, tmp_path / "a", tmp_path / "kept").file


def members_of(file: Path) -> Members:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(file: Path, members: Members) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def listing(content: Members, **changes: object) -> None:
    told = json.loads(content[LIST]) | changes
    content[LIST] = json.dumps(told).encode()


def relist(members: Members) -> None:
    """A list that fits what is there: only a look at the contents finds what is wrong."""
    import hashlib

    told = {
        name: {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in members.items()
        if name != LIST
    }
    listing(members, members=told)


def a_file(members: Members) -> str:
    return next(name for name in members if name.startswith("files/"))


def climbing(members: Members) -> None:
    members["files/../../out"] = b"x"


def absolute(members: Members) -> None:
    members["/out"] = b"x"


def backslashed(members: Members) -> None:
    members["files\\..\\..\\out"] = b"x"


def with_drive(members: Members) -> None:
    members["C:out"] = b"x"


def foreign(members: Members) -> None:
    members["autorun.sh"] = b"x"


def not_listed(members: Members) -> None:
    members["files/00/" + "0" * 64] = b"x"


def missing(members: Members) -> None:
    del members[a_file(members)]


def without_list(members: Members) -> None:
    del members[LIST]


def changed(members: Members) -> None:
    members[a_file(members)] = b"0ne"


def longer(members: Members) -> None:
    members[a_file(members)] += b"and more"


def list_of_lies(members: Members) -> None:
    listing(members, members=[1])


def list_of_huge_numbers(members: Members) -> None:
    members[LIST] = members[LIST].replace(b'"events":', b'"events": -1, "was":')


def list_that_is_none(members: Members) -> None:
    members[LIST] = b"[" * 100_000


def no_ledger_in_it(members: Members) -> None:
    members[LEDGER] = b"SQLite format 3\0" + bytes(4096)
    relist(members)


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (climbing, "path"), (absolute, "path"), (backslashed, "path"), (with_drive, "path"), (foreign, "foreign"),
        (not_listed, "foreign"), (missing, "missing"), (without_list, "not_a_backup"), (changed, "content"),
        (longer, "size"), (list_of_lies, "content"), (list_of_huge_numbers, "content"),
        (list_that_is_none, "content"), (no_ledger_in_it, "content"),
    ],
)  # fmt: skip
def test_a_backup_that_was_tampered_with_is_refused_and_nothing_is_changed(
    backed_up: Path, tmp_path: Path, spoil: Callable[[Members], None], why: str
) -> None:
    members = members_of(backed_up)
    spoil(members)
    pack(backed_up, members)
    target = tmp_path / "target" / "data"
    with pytest.raises(Refusal) as no:
        restore_backup(backed_up, target, SteppingClock())
    assert (no.value.code, no.value.facts["why"]) == (Refused.BACKUP_SPOILT, why)
    assert list(target.parent.iterdir()) == []
    assert not (tmp_path / "out").exists()


def test_a_link_in_a_backup_is_refused(backed_up: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(backed_up, "a") as archive:
        link = zipfile.ZipInfo("files/ab/" + "ab" + "0" * 62)
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "../../../out")
    with pytest.raises(Refusal) as no:
        restore_backup(backed_up, tmp_path / "data", SteppingClock())
    assert no.value.facts["why"] == "link"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_that_comes_twice_is_refused(backed_up: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(backed_up, "a") as archive:
        archive.writestr(LEDGER, b"another")
    with pytest.raises(Refusal) as no:
        read_backup(backed_up)
    assert no.value.facts["why"] == "twice"


def test_a_member_that_unpacks_to_more_than_it_says_is_stopped(backed_up: Path) -> None:
    members = members_of(backed_up)
    members[a_file(members)] = bytes(50_000_000)
    pack(backed_up, members)
    with pytest.raises(Refusal) as no:
        read_backup(backed_up)
    assert no.value.facts["why"] == "size"


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04 and no more", bytes(100_000)])
def test_what_is_no_backup_is_called_so(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.dockmark.zip"
    file.write_bytes(content)
    with pytest.raises(Refusal) as no:
        read_backup(file)
    assert no.value.code is Refused.BACKUP_SPOILT
    assert backups_in(tmp_path) == []


def test_a_backup_cut_off_anywhere_is_refused(backed_up: Path, tmp_path: Path) -> None:
    whole = backed_up.read_bytes()
    for size in range(0, len(whole), max(len(whole) // 40, 1)):
        backed_up.write_bytes(whole[:size])
        with pytest.raises(Refusal):
            check_backup(backed_up, SteppingClock())
    assert [path.name for path in backed_up.parent.glob(".dockmark-*")] == []


def in_the_ledger(members: Members, tmp_path: Path, *statements: str) -> None:
    file = tmp_path / "inside.sqlite3"
    file.write_bytes(members[LEDGER])
    database = sqlite3.connect(file)
    for statement in statements:
        database.execute(statement)
    database.commit()
    database.close()
    members[LEDGER] = file.read_bytes()
    relist(members)


@pytest.mark.parametrize(
    ("statements", "why"),
    [
        (("CREATE TRIGGER spy AFTER INSERT ON events BEGIN DELETE FROM units; END",), "triggers"),
        (("CREATE VIEW spy AS SELECT 1",), "triggers"),
        (("DROP TRIGGER events_keep_update",), "unguarded"),
        (
            ("DROP TRIGGER events_keep_delete",
             "CREATE TRIGGER events_keep_delete BEFORE DELETE ON events BEGIN SELECT 1; END"),
            "triggers",
        ),
        (("DROP TRIGGER events_keep_update", "UPDATE events SET core = replace(core, 'a', 'b')",
          "CREATE TRIGGER events_keep_update BEFORE UPDATE ON events"
          " BEGIN SELECT RAISE(ABORT, 'events are never changed'); END"), "not_sound"),
        (("INSERT INTO stations(id) VALUES ('nobody')",), "not_sound"),
    ],
)  # fmt: skip
def test_a_ledger_with_something_of_somebody_elses_in_it_is_refused(
    backed_up: Path, tmp_path: Path, statements: tuple[str, ...], why: str
) -> None:
    members = members_of(backed_up)
    in_the_ledger(members, tmp_path, *statements)
    pack(backed_up, members)
    with pytest.raises(Refusal) as no:
        restore_backup(backed_up, tmp_path / "target", SteppingClock())
    assert no.value.facts["why"] == why
    assert not (tmp_path / "target").exists()


def test_what_is_put_back_is_what_was_backed_up_and_the_old_folder_is_kept(backed_up: Path, tmp_path: Path) -> None:
    target = tmp_path / "a"
    (target / "note.txt").write_text("mine")
    backup, old = restore_backup(backed_up, target, SteppingClock())
    assert old is not None and (old / "note.txt").read_text() == "mine"
    assert sorted(path.read_bytes() for path in target.glob("files/*/*")) == [b"one", b"two"]
    assert not (target / "note.txt").exists()
    assert len(backup.members) == 3


def test_the_folder_of_another_ledger_is_not_put_aside(
    backed_up: Path, tmp_path: Path, make_file_ledger: MakeLedger  # noqa: F811
) -> None:  # fmt: skip
    make_file_ledger("b", seed=2).close()
    with pytest.raises(Refusal) as no:
        restore_backup(backed_up, tmp_path / "b", SteppingClock())
    assert no.value.code is Refused.ANOTHER_LEDGER
    assert (tmp_path / "b" / LEDGER).is_file()


def test_a_file_that_is_gone_or_spoilt_is_told_and_keeps_nothing_else_from_being_kept(
    make_file_ledger: MakeLedger, tmp_path: Path  # noqa: F811
) -> None:  # fmt: skip
    ledger = make_file_ledger("a")
    digest = keep_bytes(tmp_path / "a", b"one")
    (tmp_path / "a" / "files" / digest[:2] / digest).write_bytes(b"spoilt")
    made = make_backup(ledger, tmp_path / "a", tmp_path / "kept")
    assert made.missing == (digest,)
    assert check_backup(made.file, SteppingClock()).missing == (digest,)


def test_a_ledger_that_is_not_sound_has_no_backup(make_file_ledger: MakeLedger, tmp_path: Path) -> None:  # noqa: F811
    ledger = make_file_ledger("a")
    session = ledger.session()
    session.run("DROP TRIGGER events_keep_update")
    session.run("UPDATE events SET sig = zeroblob(64)")
    with pytest.raises(Refusal) as no:
        make_backup(ledger, tmp_path / "a", tmp_path / "kept")
    assert (no.value.code, no.value.facts["fault"]) == (Refused.BACKUP_NOT_SOUND, "triggers")
    session.run(SQLITE_ONLY[1])
    session.close()
    with pytest.raises(Refusal) as no:
        make_backup(ledger, tmp_path / "a", tmp_path / "kept")
    assert no.value.code is Refused.BACKUP_NOT_SOUND
    assert no.value.facts["seq"] == 1
    assert [path.name for path in (tmp_path / "kept").iterdir()] == [".backup.lock"]


def test_only_the_latest_of_this_station_stay(make_file_ledger: MakeLedger, tmp_path: Path) -> None:  # noqa: F811
    kept = tmp_path / "kept"
    ledger, other = make_file_ledger("a"), make_file_ledger("b", seed=2)
    strange = make_backup(other, tmp_path / "b", kept).file
    made = [make_backup(ledger, tmp_path / "a", kept) for _ in range(4)]
    dropped = drop_old(kept, made[-1], 2)
    assert {it.file for it in dropped} == {it.file for it in made[:2]}
    assert {it.file for it in backups_in(kept)} == {made[2].file, made[3].file, strange}


def test_what_a_killed_backup_left_is_swept_away(make_file_ledger: MakeLedger, tmp_path: Path) -> None:  # noqa: F811
    kept = tmp_path / "kept"
    (kept / ".dockmark-left").mkdir(parents=True)
    (kept / "x.dockmark.zip.part").write_bytes(b"half")
    made = make_backup(make_file_ledger("a"), tmp_path / "a", kept)
    assert {path.name for path in kept.iterdir()} == {".backup.lock", made.file.name}


def test_a_backup_called_off_leaves_nothing(make_file_ledger: MakeLedger, tmp_path: Path) -> None:  # noqa: F811
    class CalledOff(Exception):  # noqa: N818 - says what happened
        pass

    def tell(stage: str, done: int, total: int) -> None:
        if stage == wanted:
            raise CalledOff

    ledger = make_file_ledger("a")
    keep_bytes(tmp_path / "a", b"one")
    for wanted in ("copying", "packing", "reading"):
        with pytest.raises(CalledOff):
            make_backup(ledger, tmp_path / "a", tmp_path / "kept", tell)
        assert [path.name for path in (tmp_path / "kept").iterdir()] == [".backup.lock"], wanted


@pytest.mark.parametrize("form", FORMS)
def test_a_backup_of_an_earlier_form_is_brought_on(form: str, tmp_path: Path) -> None:
    ledger = opened(lay_out(form, tmp_path / "data"))
    made = make_backup(ledger, tmp_path / "data", tmp_path / "kept")
    ledger.close()
    members = members_of(made.file)
    members[LEDGER] = (lay_out(form, tmp_path / "old") / LEDGER).read_bytes()
    relist(members)
    listing(members, tables=form)
    pack(made.file, members)
    shutil.rmtree(tmp_path / "data")
    restore_backup(made.file, tmp_path / "data", SteppingClock())
    ledger = opened(tmp_path / "data")
    assert isinstance(ledger, Ledger) and ledger.read_only == "copied"
    ledger.close()
