"""Decode a scan, scheme by scheme; beside a library that reads GS1 element strings and nothing else."""

from datetime import date
from statistics import median

from biip import ParseError, parse

from dockmark.identifiers import Reading, Scan, Scheme, TagKind, read, tag
from dockmark.station.bench.report import Measure, Report, most, times
from dockmark.station.bench.timing import in_turn, spend
from dockmark.station.bench.workshop import Workshop

_TODAY = date(2026, 3, 1)
_GS1 = (
    "]C1010950110153000310AB-123",
    "]d201095060001435141727063010LOT-A\x1d21SN900",
    "]Q3010950600014351421Q-1\x1d",
    "]C100350600014300001230",
    "01095060001435141727060021Z1",
)
_OTHERS = {
    "gs1-digital-link": ("https://id.gs1.org/01/09506000143514/10/LOT-A/21/SN900?17=270630",),
    "gtin": ("]E09506000143514", "9506000143514"),
    "iso15434-06": ("[)>\x1e06\x1d18V4ABC7\x1d1PAV-LRU-8801\x1dSHX990017\x1e\x04",),
    "iso15434-12": ("[)>\x1e12\x1dMFR 4ABC7\x1dPNR AV-LRU-8801\x1dSER HX990017\x1e\x04",),
    "hibc": ("+B234VALVE90/$+S-77V",),
    "imei": ("490154203237518",),
    "mac": ("00:1B:44:11:3A:B7",),
    "epc-urn": ("urn:epc:id:sgtin:9506000.014351.SN900",),
    "plain": ("SN: HX-99/0017", "AVBAY80100457", "S/N 4711-AB"),
    "dockmark": (tag(TagKind.COMMAND, "ACCEPT"), tag(TagKind.PLACE, "A01")),
}


def measure(shop: Workshop) -> Report:
    """Reads a few labels of each scheme again and again; the budget of the others holds for the slowest."""
    plan = shop.plan
    count = plan.decoded * len(_GS1)

    def ours(_: int) -> None:
        _read(_GS1, plan.decoded, Scheme.GS1)

    def theirs(_: int) -> None:
        for text in _GS1 * plan.decoded:
            try:
                parse(text)
            except ParseError:
                raise AssertionError(text) from None

    ours(0)
    theirs(0)
    gs1 = in_turn(plan.rounds, ours, theirs).cpu(count)
    measures = [Measure(name="gs1", unit="us", ours=gs1[0] * 1e6, baseline=gs1[1] * 1e6, budget=times(3.0))]
    for scheme, texts in _OTHERS.items():
        _read(texts, 1, scheme)
        each = median(_cpu(texts, plan.decoded, scheme) for _ in range(plan.rounds))
        measures.append(Measure(name=scheme, unit="us", ours=each * 1e6, budget=most(100.0)))
    return Report(job="decode", measures=measures)


def _cpu(texts: tuple[str, ...], times_over: int, scheme: str) -> float:
    """Seconds of processor time that one reading takes."""
    spent = spend(lambda _: _read(texts, times_over, scheme))
    return spent.cpu / (len(texts) * times_over)


def _read(texts: tuple[str, ...], times_over: int, scheme: str) -> None:
    for raw in [text.encode() for text in texts] * times_over:
        found = read(Scan(raw=raw), today=_TODAY)
        assert (found.scheme if isinstance(found, Reading) else Scheme.DOCKMARK) == scheme, raw
