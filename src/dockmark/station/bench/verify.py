"""Prove a ledger: quickly, by hashes and chains; by the form of every core too; and wholly.

The whole proof is of events with a signature each, as scans leave them.
"""

import hashlib
import sys
from pathlib import Path
from statistics import median

import orjson

from dockmark.custody.events import UnitStocked
from dockmark.ledger.chains import CHAIN, PAGE, STATIONS, Chains
from dockmark.ledger.keys import KeyFolder, public_key, signature_holds
from dockmark.ledger.ledger import Ledger
from dockmark.ledger.verify import Soundness
from dockmark.ledger.verify import verify as verify_ledger
from dockmark.record.facts import Draft
from dockmark.station.bench.children import child
from dockmark.station.bench.depot import add_part, new_ledger, serial_of
from dockmark.station.bench.report import Measure, Report, most, times
from dockmark.station.bench.timing import in_turn, peak_memory_mb
from dockmark.station.bench.workshop import Workshop
from dockmark.station.clock import StationClock

_HASHED = 100_000
"""So many events the baseline holds in memory at most."""
_CHUNK = 1_000
_CHILD = "from dockmark.station.bench.verify import in_child; in_child()"


def measure(shop: Workshop) -> Report:
    """Verifies the large folder quickly, and one of signed events wholly."""
    depot = shop.depot()
    quick, chain, plain = _quickly(depot.ledger, shop.plan.rounds)
    folder = shop.folder("verify")
    ledger = new_ledger(folder)
    _sign_each(ledger, shop.plan.signed)
    whole, hashed = _wholly(ledger, shop.plan.rounds)
    ledger.close()
    memory = child(_CHILD, str(depot.folder))["memory"]
    return Report(
        job="verify", units=depot.units,
        measures=[
            Measure(name="quick", unit="us", ours=quick * 1e6, baseline=plain * 1e6, budget=times(4.0)),
            Measure(name="chain", unit="us", ours=chain * 1e6, baseline=plain * 1e6, budget=times(7.0)),
            Measure(name="whole", unit="us", ours=whole * 1e6, baseline=hashed * 1e6, budget=times(1.5)),
            Measure(name="memory", unit="MB", ours=memory, budget=most(300.0)),
        ],
    )  # fmt: skip


def _quickly(ledger: Ledger, rounds: int) -> tuple[float, float, float]:
    """Seconds an event: ours over the whole ledger, its cores not read and read; a plain hash over what fits."""
    session = ledger.session()
    events = int(session.value("SELECT count(*) FROM events"))
    cores = [row[0].encode() for row in session.all("SELECT core FROM events LIMIT ?", (_HASHED,))]

    def plain(_: int) -> None:
        for core in cores:
            hashlib.sha256(core).digest()

    def read(_: int) -> None:
        chains = Chains(ledger.identity.ledger)
        for [station] in session.all(STATIONS):
            chains.check(station, session.stream(CHAIN, (station,), page=PAGE))

    pair = in_turn(rounds, lambda _: _prove(ledger, quick=True), plain)
    chain = in_turn(rounds, read, plain)
    session.close()
    hashed = median(it.wall for it in (*pair.baseline, *chain.baseline)) / len(cores)
    return median(it.wall for it in pair.ours) / events, median(it.wall for it in chain.ours) / events, hashed


def _wholly(ledger: Ledger, rounds: int) -> tuple[float, float]:
    """Seconds an event: ours, and a hash and a signature's check for each."""
    session = ledger.session()
    stored = [(row[0].encode(), row[1]) for row in session.all("SELECT core, sig FROM events")]
    key = public_key(session.value("SELECT public_key FROM stations"))
    session.close()
    assert key is not None

    def plain(_: int) -> None:
        for core, signature in stored:
            digest = hashlib.sha256(core).digest()
            if signature is not None:
                signature_holds(key, digest, signature)

    return in_turn(rounds, lambda _: _prove(ledger, quick=False), plain).wall(len(stored))


def _prove(ledger: Ledger, *, quick: bool) -> None:
    assert verify_ledger(ledger, quick=quick).result is Soundness.NOT_WITNESSED


def _sign_each(ledger: Ledger, events: int) -> None:
    """Events as scans leave them: each signed."""
    with ledger.writing() as book:
        part = add_part(book, 0)
    for start in range(0, events, _CHUNK):
        with ledger.writing() as book:
            for number in range(start, min(start + _CHUNK, events)):
                fact = UnitStocked(part=part, serial=serial_of(number))
                book.record(Draft(fact=fact, subj=(f"unit:{book.new_id()}",), refs=(f"part:{part}",), new=True))
                book.flush()


def in_child() -> None:
    """Verifies a whole folder; tells the memory that it took, as JSON on standard output."""
    folder = Path(sys.argv[1])
    ledger = Ledger.open(folder / "data", KeyFolder(folder / "state"), StationClock())
    _prove(ledger, quick=False)
    ledger.close()
    sys.stdout.write(orjson.dumps({"memory": peak_memory_mb()}).decode())
