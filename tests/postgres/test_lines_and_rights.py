"""Lines that are cut, servers that fall silent, roles that may do no more than they must, and two writers at once."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from dockmark.custody import events as said
from dockmark.database.address import Address
from dockmark.ledger.keys import KeyFolder
from dockmark.ledger.ledger import Ledger
from dockmark.ledger.rebuild import rebuild
from dockmark.ledger.verify import Soundness, verify
from dockmark.record.facts import Draft
from dockmark.record.refusal import Refusal, Refused
from tests.cluster import Cluster
from tests.ledger.conftest import SteppingClock
from tests.ledger.test_convergence import tables_of
from tests.postgres.cut import Line


@pytest.fixture
def line(cluster: Cluster) -> Iterator[Line]:
    made = Line(cluster.folder)
    yield made
    made.close()


def begun(folder: Path, url: str, seed: int = 1, ledger: str = "") -> Ledger:
    chance = random.Random(seed)
    return Ledger.create(
        folder, KeyFolder(folder.with_name("state")), SteppingClock(), random=chance.getrandbits(62), name="a",
        address=Address(url, f"{chance.getrandbits(128):032x}"), ledger=ledger,
    )  # fmt: skip


def receive(ledger: Ledger, serial: str) -> str:
    with ledger.writing() as book:
        unit = book.new_id()
        fact = said.UnitReceived(receipt="r", part="p", serial=serial, place="dock")
        book.record(Draft(fact=fact, subj=(f"unit:{unit}",), new=True))
    return unit


def units_of(ledger: Ledger) -> list[str]:
    session = ledger.session()
    found = [str(row[0]) for row in session.all("SELECT serial FROM units ORDER BY serial")]
    session.close()
    return found


def test_a_commit_that_was_done_and_not_answered_is_found_by_its_event(
    cluster: Cluster, line: Line, tmp_path: Path
) -> None:
    ledger = begun(tmp_path / "a", line.url(cluster.ready()))
    receive(ledger, "A1")
    line.on_commit = "unanswered"
    receive(ledger, "A2")
    receive(ledger, "A3")
    assert units_of(ledger) == ["A1", "A2", "A3"]
    assert verify(ledger).result is Soundness.NOT_WITNESSED
    ledger.close()


def test_a_commit_that_never_arrived_is_said_and_nothing_of_it_is_there(
    cluster: Cluster, line: Line, tmp_path: Path
) -> None:
    ledger = begun(tmp_path / "a", line.url(cluster.ready()))
    receive(ledger, "A1")
    line.on_commit = "lost"
    with pytest.raises(Refusal) as no:
        receive(ledger, "A2")
    assert no.value.code is Refused.DATABASE_AWAY
    receive(ledger, "A3")
    assert units_of(ledger) == ["A1", "A3"]
    assert verify(ledger).result is Soundness.NOT_WITNESSED
    ledger.close()


def test_a_server_that_falls_silent_is_given_up_by_our_own_clock(
    cluster: Cluster, line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCKMARK_DATABASE_DEADLINE", "1")
    ledger = begun(tmp_path / "a", line.url(cluster.ready()))
    receive(ledger, "A1")
    reader = ledger.session()
    line.silent.set()
    before = time.monotonic()
    with pytest.raises(Refusal) as no:
        reader.one("SELECT 1")
    assert no.value.code is Refused.DATABASE_AWAY
    with pytest.raises(Refusal) as no:
        receive(ledger, "A2")
    assert no.value.code is Refused.DATABASE_AWAY
    assert time.monotonic() - before < 100, "it is given up, however slow the machine"
    line.silent.clear()
    reader.close()
    receive(ledger, "A3")
    assert units_of(ledger) == ["A1", "A3"]
    ledger.close()


def test_a_commit_is_never_called_off(cluster: Cluster, tmp_path: Path) -> None:
    ledger = begun(tmp_path / "a", cluster.ready())
    session = ledger.session()
    session.begin()
    session.run("INSERT INTO drafts VALUES ('x', '{}')")
    session._commits = True  # type: ignore[attr-defined] # the moment between asking and the answer
    session.interrupt()
    session._commits = False  # type: ignore[attr-defined] # see above
    session.commit()
    assert session.value("SELECT data FROM drafts WHERE desk = 'x'") == "{}"
    session.close()
    ledger.close()


def test_a_station_may_read_events_and_add_to_them_and_no_more(cluster: Cluster, tmp_path: Path) -> None:
    url = cluster.ready()
    ledger = begun(tmp_path / "a", url)
    receive(ledger, "A1")
    database = url.partition("?")[0].rpartition("/")[2]
    with psycopg.connect(url, autocommit=True) as station:
        station.execute("SET ROLE dockmark_station")
        granted = station.execute(
            "SELECT privilege_type FROM information_schema.role_table_grants"
            " WHERE table_name = 'events' AND grantee = 'dockmark_station' ORDER BY 1"
        ).fetchall()
        assert granted == [("INSERT",), ("SELECT",)]
        [(schema,)] = station.execute("SELECT schemaname FROM pg_tables WHERE tablename = 'events'").fetchall()
        for statement in (
            "UPDATE {0}.events SET ts = 0", "DELETE FROM {0}.events", "TRUNCATE {0}.events", "DROP TABLE {0}.events",
            "ALTER TABLE {0}.events DISABLE TRIGGER ALL", "CREATE TABLE {0}.mine (a int)",
            "ALTER TABLE {0}.events ADD COLUMN a int",
        ):  # fmt: skip
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                station.execute(statement.format(schema))  # type: ignore[arg-type] # texts of this test
        with pytest.raises(psycopg.Error):
            station.execute(
                f"INSERT INTO {schema}.events SELECT * FROM {schema}.events"  # type: ignore[arg-type] # as above
                " ON CONFLICT (station, seq) DO UPDATE SET ts = 0"
            )
    with cluster.admin(database) as owner:
        for statement in ("UPDATE {0}.events SET ts = 0", "DELETE FROM {0}.events", "TRUNCATE {0}.events"):
            with pytest.raises(psycopg.errors.RaiseException, match="never"):
                owner.execute(statement.format(schema))  # type: ignore[arg-type] # as above
    assert units_of(ledger) == ["A1"]
    ledger.close()


def test_subjects_are_locked_in_one_order_for_all(cluster: Cluster, tmp_path: Path) -> None:
    """Two that take the same subjects in opposite orders wait for each other and never for ever."""
    import threading

    url = cluster.ready()
    ledger = begun(tmp_path / "a", url)
    names = [f"unit:{number}" for number in range(40)]
    done: list[str] = []

    def take(order: list[str], who: str) -> None:
        session = ledger.session()
        for _ in range(25):
            session.begin_taking(order)
            session.commit()
        done.append(who)
        session.close()

    threads = [
        threading.Thread(target=take, args=(order, who)) for who, order in (("up", names), ("down", names[::-1]))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert sorted(done) == ["down", "up"]
    ledger.close()


WRITER = """
import sys
from pathlib import Path
from dockmark.ledger.ledger import Ledger
from dockmark.ledger.keys import KeyFolder
from tests.ledger.conftest import SteppingClock
from tests.postgres.test_lines_and_rights import receive
folder = Path(sys.argv[1])
ledger = Ledger.open(folder, KeyFolder(folder.with_name("state")), SteppingClock(int(sys.argv[3])))
for number in range(40):
    receive(ledger, f"{sys.argv[2]}{number:03}")
ledger.close()
"""


def test_two_programs_never_lose_a_row_of_each_other(cluster: Cluster, tmp_path: Path) -> None:
    url = cluster.ready()
    first = begun(tmp_path / "a", url)
    second = begun(tmp_path / "b", url, seed=2)
    assert second.identity.ledger == first.identity.ledger
    second.close()
    root = Path(__file__).parents[2]
    both = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path / name), name, start], cwd=root)
        for name, start in (("a", "1760000000000000"), ("b", "1760000000000007"))
    ]
    assert [each.wait(timeout=180) for each in both] == [0, 0]
    assert units_of(first) == sorted(f"{name}{number:03}" for name in "ab" for number in range(40))
    before = tables_of(first)
    rebuild(first)
    assert tables_of(first) == before
    assert verify(first).result is Soundness.NOT_WITNESSED
    first.close()
