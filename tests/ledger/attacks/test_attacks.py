"""Twelve ways to falsify a ledger, each found every time, given one checkpoint that was kept elsewhere."""

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from dockmark.custody.events import UnitHeld, UnitStocked
from dockmark.database.engine import FILE
from dockmark.ledger.accepting import accept
from dockmark.ledger.checkpoints import make_checkpoint, note_hash
from dockmark.ledger.keys import KeyFolder
from dockmark.ledger.ledger import Ledger
from dockmark.ledger.rebuild import rebuild
from dockmark.ledger.verify import Finding, Soundness, verify
from dockmark.record.event import Event, event_hash, signed_bytes
from dockmark.record.facts import Draft
from dockmark.record.merkle import tree_root

from ..conftest import SteppingClock

IN_CI = 50
IN_THE_LONG_RUN = 1000


@dataclass
class Place:
    """A ledger with a second station's events in it, a checkpoint kept elsewhere, and the keys that were stolen."""

    folder: Path
    keys: KeyFolder
    own: str
    other: str
    kept: str
    covered: int
    """Up to this event of its own chain the checkpoint covers it."""

    def opened(self) -> Ledger:
        return Ledger.open(self.folder, self.keys, SteppingClock(1_760_000_000_000_000))


def work(ledger: Ledger, count: int) -> None:
    for number in range(count):
        with ledger.writing() as book:
            unit = f"unit:{book.new_id()}"
            book.record(Draft(fact=UnitStocked(part="p", serial=f"S{number}"), subj=(unit,), new=True))
            if number % 3 == 0:
                book.record(Draft(fact=UnitHeld(reason="damp"), subj=(unit,)))


def events_of(ledger: Ledger) -> list[Event]:
    session = ledger.session()
    rows = session.all("SELECT station, seq, hash, core, sig FROM events ORDER BY n")
    session.close()
    return [Event(row[0], row[1], row[2], row[3].encode(), row[4]) for row in rows]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Built once; every attack works on a copy."""
    home = tmp_path_factory.mktemp("sound")
    keys = KeyFolder(home / "state")
    own = Ledger.create(home / "own", keys, SteppingClock(), random=11, name="own")
    work(own, 6)
    make_checkpoint(own)
    other = Ledger.create(
        home / "other", KeyFolder(home / "other-state"), SteppingClock(), random=12, ledger=own.identity.ledger
    )
    work(other, 4)
    accept(own, events_of(other))
    work(own, 8)
    own.make_room()
    shutil.copytree(home / "own", home / "backup")
    work(own, 6)
    kept = make_checkpoint(own)
    place = Place(home / "own", keys, own.identity.station, other.identity.station, kept.text, kept.events)
    session = own.session()
    place.covered = int(session.value("SELECT max(seq) - 1 FROM events WHERE station = ?", (place.own,)))
    session.close()
    work(own, 3)
    other.close()
    own.close()
    return place


@dataclass
class Case:
    """One attack under way: the database with its triggers gone, and what chance there is."""

    place: Place
    database: sqlite3.Connection
    chance: random.Random

    def seq(self, first: int = 2) -> int:
        return self.chance.randint(first, self.place.covered)

    def core(self, station: str, seq: int) -> dict[str, Any]:
        [text] = self.database.execute(
            "SELECT core FROM events WHERE station = ? AND seq = ?", (station, seq)
        ).fetchone()
        told: dict[str, Any] = orjson.loads(text)
        return told

    def top(self) -> int:
        [top] = self.database.execute("SELECT max(seq) FROM events WHERE station = ?", (self.place.own,)).fetchone()
        return int(top)

    def change(self, seq: int, core: dict[str, Any], sig: bytes | None = None, **more: object) -> bytes:
        """Stores another core in this place, with the hash that belongs to it."""
        data = orjson.dumps(core, option=orjson.OPT_SORT_KEYS)
        digest = event_hash(data)
        self.database.execute(
            "UPDATE events SET core = ?, hash = ?, ts = ?, id = ? WHERE station = ? AND seq = ?",
            (data.decode(), digest, core["ts"], core["id"], self.place.own, seq),
        )
        if sig is not None:
            self.database.execute("UPDATE events SET sig = ? WHERE station = ? AND seq = ?", (sig, self.place.own, seq))
        return digest

    def rewrite(self, seq: int, key: Ed25519PrivateKey | None, change: Callable[[dict[str, Any]], None]) -> None:
        """Changes an event and makes everything after it anew, as far as whoever has this key can."""
        core = self.core(self.place.own, seq)
        change(core)
        renamed: dict[str, str] = {}
        for at in range(seq, self.top() + 1):
            core = core if at == seq else self.core(self.place.own, at)
            [old, signed] = self.database.execute(
                "SELECT hash, sig FROM events WHERE station = ? AND seq = ?", (self.place.own, at)
            ).fetchone()
            text = orjson.dumps(core).decode()
            for before, after in renamed.items():
                text = text.replace(before, after)
            sig: bytes | None = None
            new = orjson.loads(text)
            if key is not None and new["type"] == "checkpoint_made":
                self.fit(new["body"], at)
            digest = event_hash(orjson.dumps(new, option=orjson.OPT_SORT_KEYS))
            if signed is not None and key is not None:
                sig = key.sign(signed_bytes(digest))
            renamed[old.hex()] = self.change(at, new, sig).hex()

    def fit(self, body: dict[str, Any], at: int) -> None:
        """Makes a checkpoint anew over the rewritten past, as whoever has the key can."""
        [row] = self.database.execute(
            "SELECT max(seq) FROM events WHERE station = ? AND seq < ? AND core LIKE '%checkpoint_made%'",
            (self.place.own, at),
        ).fetchall()
        before = self.core(self.place.own, row[0])["body"] if row[0] else {"heads": {}}
        leaves: list[bytes] = []
        for station, (top, _) in sorted(body["heads"].items()):
            first = before["heads"].get(station, [0])[0]
            leaves += [
                found[0]
                for found in self.database.execute(
                    "SELECT hash FROM events WHERE station = ? AND seq > ? AND seq <= ? ORDER BY seq",
                    (station, first, top),
                )
            ]
        body["root"] = tree_root(leaves).hex()
        if row[0]:
            body["previous"] = note_hash(before)

    def forget(self, station: str, first: int) -> None:
        self.database.execute(
            "DELETE FROM event_subjects WHERE event IN (SELECT n FROM events WHERE station = ? AND seq >= ?)",
            (station, first),
        )
        self.database.execute("DELETE FROM events WHERE station = ? AND seq >= ?", (station, first))


def another_serial(core: dict[str, Any]) -> None:
    core["wall"] -= 1
    core["body"]["forged"] = "yes"


def edit(case: Case) -> int:
    seq = case.seq()
    case.database.execute(
        "UPDATE events SET core = replace(core, '\"v\":1', '\"v\":2') WHERE station = ? AND seq = ?",
        (case.place.own, seq),
    )
    return seq


def edit_and_rehash(case: Case) -> int:
    seq = case.seq()
    core = case.core(case.place.own, seq)
    another_serial(core)
    case.change(seq, core)
    return seq


def delete_in_the_middle(case: Case) -> int:
    seq = case.seq()
    case.database.execute("DELETE FROM events WHERE station = ? AND seq = ?", (case.place.own, seq))
    return seq


def delete_the_tail(case: Case) -> int:
    signed = case.database.execute(
        "SELECT seq FROM events WHERE station = ? AND sig IS NOT NULL AND seq < ?", (case.place.own, case.place.covered)
    ).fetchall()
    seq = int(case.chance.choice(signed)[0]) + 1
    case.forget(case.place.own, seq)
    return seq


def drop_a_station(case: Case) -> int:
    case.forget(case.place.other, 1)
    return 1


def swap(case: Case) -> int:
    one, two = sorted(case.chance.sample(range(2, case.place.covered), 2))
    for old, new in ((one, -1), (two, one), (-1, two)):
        case.database.execute("UPDATE events SET seq = ? WHERE station = ? AND seq = ?", (new, case.place.own, old))
    return one


def fork(case: Case) -> int:
    """A second past, signed with the true key, in place of the one that the checkpoint covers."""
    return stolen_key(case)


def forge_without_key(case: Case) -> int:
    seq = case.seq()
    case.rewrite(seq, Ed25519PrivateKey.from_private_bytes(case.chance.randbytes(32)), another_serial)
    return seq


def back_date(case: Case) -> int:
    seq = case.seq(3)
    key = stolen(case.place)

    def earlier(core: dict[str, Any]) -> None:
        core["ts"] -= 86_400_000_000
        core["wall"] -= 86_400_000_000

    case.rewrite(seq, key, earlier)
    return seq


def replay_from_another_ledger(case: Case) -> int:
    seq = case.seq()
    core = case.core(case.place.own, seq)
    core["station"] = case.place.other
    case.change(seq, core)
    return seq


def stolen_key(case: Case) -> int:
    seq = case.seq()
    case.rewrite(seq, stolen(case.place), another_serial)
    return seq


def stolen(place: Place) -> Ed25519PrivateKey:
    text = (place.folder.parent / "state" / f"{place.own}.key").read_text()
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(text))


def roll_back(case: Case) -> int:
    """The whole file is put back as it was: what `broken` does below with the backup."""
    return 0


ATTACKS = {
    act.__name__: act
    for act in (
        edit, edit_and_rehash, delete_in_the_middle, delete_the_tail, drop_a_station, swap, fork, forge_without_key,
        back_date, replay_from_another_ledger, stolen_key, roll_back,
    )
}  # fmt: skip


def attacked(place: Place, name: str, seed: int, folder: Path) -> tuple[int, Finding]:
    """A copy of the ledger after the attack, and what is found."""
    source = place.folder.parent / "backup" if name == "roll_back" else place.folder
    folder.mkdir()
    shutil.copy(source / FILE, folder / FILE)
    database = sqlite3.connect(folder / FILE)
    for trigger in ("update", "delete", "replace"):
        database.execute(f"DROP TRIGGER IF EXISTS events_keep_{trigger}")
    database.execute("PRAGMA synchronous = OFF")
    bad = ATTACKS[name](Case(place, database, random.Random(f"{name} {seed}")))
    database.commit()
    database.close()
    ledger = Ledger.open(folder, place.keys, SteppingClock(1_760_000_000_000_000))
    try:
        if name in ("delete_the_tail", "drop_a_station", "stolen_key", "fork", "back_date", "forge_without_key"):
            # Whoever went so far makes the tables fit as well.
            rebuild(ledger)
        return bad, verify(ledger, given=[place.kept])
    finally:
        ledger.close()


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_found_every_time(name: str, sound: Place, tmp_path: Path) -> None:
    run(name, sound, tmp_path, IN_CI)


@pytest.mark.long
@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_found_a_thousand_times(name: str, sound: Place, tmp_path: Path) -> None:
    run(name, sound, tmp_path, IN_THE_LONG_RUN)


def run(name: str, sound: Place, tmp_path: Path, times: int) -> None:
    for seed in range(times):
        bad, found = attacked(sound, name, seed, tmp_path / str(seed))
        shutil.rmtree(tmp_path / str(seed))
        assert found.result is Soundness.BROKEN, (name, seed)
        assert found.at["station"] in (sound.own, sound.other), (name, seed, found.at)
        if name in ("edit", "edit_and_rehash", "delete_in_the_middle", "swap", "delete_the_tail"):
            # An unsigned event that was hashed anew is found by the link of the next one.
            assert int(found.at["seq"]) - bad in ((0, 1) if name == "edit_and_rehash" else (0,)), (name, seed, found.at)
            assert int(found.trusted_to["seq"]) < bad, (name, seed, found.trusted_to)
        elif name in ("stolen_key", "fork"):
            # The past was signed again by the true key: nothing is trusted but what a witness reaches.
            assert int(found.at["seq"]) <= bad
        if found.trusted_to and found.trusted_to["station"] == found.at["station"]:
            assert int(found.trusted_to["seq"]) < int(found.at["seq"])


@pytest.fixture
def homes(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path


def sound_ones(home: Path, times: int) -> None:
    for seed in range(times):
        chance = random.Random(seed)
        ledger = Ledger.create(home / str(seed), KeyFolder(home / "state"), SteppingClock(), random=seed + 1)
        papers = []
        for _ in range(chance.randrange(1, 4)):
            work(ledger, chance.randrange(5))
            papers.append(make_checkpoint(ledger).text)
        found = verify(ledger, given=chance.sample(papers, chance.randrange(len(papers) + 1)))
        assert found.at == {}, seed
        ledger.close()
        shutil.rmtree(home / str(seed))


def test_no_sound_ledger_is_called_broken(homes: Path) -> None:
    sound_ones(homes, IN_CI)


@pytest.mark.long
def test_no_sound_ledger_of_a_thousand_is_called_broken(homes: Path) -> None:
    sound_ones(homes, IN_THE_LONG_RUN)


def test_the_ledger_that_is_attacked_was_sound(sound: Place) -> None:
    ledger = sound.opened()
    assert verify(ledger, given=[sound.kept]).result is Soundness.SOUND
    ledger.close()
