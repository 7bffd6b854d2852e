"""Find a unit by its exact serial: as the command line and the desks ask, and as a plain SELECT does."""

import sqlite3

from dockmark.identifiers.keys import serial_key
from dockmark.lookup import units
from dockmark.station.bench.report import Measure, Report, times
from dockmark.station.bench.timing import in_turn
from dockmark.station.bench.workshop import Workshop

_PLAIN = "SELECT id, part, serial, state, place FROM units WHERE serial_key = ?"


def measure(shop: Workshop) -> Report:
    """Asks for serials drawn by lot."""
    plan, depot = shop.plan, shop.depot()
    drawn = [depot.some_units(plan.questions, f"lookup {number}") for number in range(plan.rounds + 1)]
    session = depot.ledger.session()
    plain = sqlite3.connect(depot.ledger.database.file, isolation_level=None)
    plain.execute("PRAGMA cache_size = -32000")

    def marks(number: int) -> None:
        for serial in drawn[number]:
            assert units.of_serial(session, serial_key(serial))

    def whole(number: int) -> None:
        for serial in drawn[number]:
            assert units.units_by_text(session, serial, serial_key(serial))

    def base(number: int) -> None:
        for serial in drawn[number]:
            assert plain.execute(_PLAIN, (serial,)).fetchall()

    for act in (marks, whole, base):
        act(plan.rounds)
    mark = in_turn(plan.rounds, marks, base).wall(plan.questions)
    card = in_turn(plan.rounds, whole, base).wall(plan.questions)
    plain.close()
    session.close()
    return Report(
        job="lookup", units=depot.units,
        measures=[
            Measure(name="desk", unit="us", ours=mark[0] * 1e6, baseline=mark[1] * 1e6, budget=times(4.0)),
            Measure(name="unit", unit="us", ours=card[0] * 1e6, baseline=card[1] * 1e6, budget=times(4.0)),
        ],
    )  # fmt: skip
