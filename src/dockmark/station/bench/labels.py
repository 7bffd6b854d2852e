"""Labels: 1,000 to PDF and to ZPL; each symbol of a sample is read back from the paper."""

import random
import re
import zlib
from collections.abc import Iterator, Sequence
from uuid import UUID

import zxingcpp

from dockmark.documents.facts import symbol_content
from dockmark.documents.label import LabelFacts, load_template, render
from dockmark.documents.matrix import GS1_MARK
from dockmark.identifiers.tags import unit_tag
from dockmark.station.bench.depot import gtin_of, part_number
from dockmark.station.bench.plain_pdf import plain_pdf
from dockmark.station.bench.report import Measure, Report, least, times
from dockmark.station.bench.timing import in_turn
from dockmark.station.bench.workshop import Workshop

_SAMPLE = 50
_QUIET = 4
"""Light modules around a symbol that is to be read."""


def measure(shop: Workshop) -> Report:
    """Draws labels that nobody has drawn before, half with GS1 symbols, half with our own tags."""
    count, rounds = shop.plan.labels, shop.plan.rounds
    template = load_template()
    drawn = [_facts(count, number) for number in range(2 * rounds + 1)]
    papers: list[bytes] = []

    def pdf(number: int) -> None:
        papers.append(render(template, drawn[number], "pdf"))

    def zpl(number: int) -> None:
        render(template, drawn[rounds + number], "zpl")

    plain_pdf(drawn[2 * rounds][:5])
    for to in ("pdf", "zpl"):
        render(template, drawn[2 * rounds][:5], to)
    paper = in_turn(rounds, pdf, lambda number: plain_pdf(drawn[number])).wall(count)
    dots = in_turn(rounds, zpl, pdf).wall(count)
    sample = min(_SAMPLE, count)
    read = sum(_read_back(papers[0], drawn[0], range(0, count, -(-count // sample))))
    of = len(range(0, count, -(-count // sample)))
    return Report(
        job="labels",
        measures=[
            Measure(name="pdf", unit="us", ours=paper[0] * 1e6, baseline=paper[1] * 1e6, budget=times(4.0)),
            Measure(name="zpl", unit="us", ours=dots[0] * 1e6, baseline=dots[1] * 1e6, budget=times(0.1)),
            Measure(name="read_back", unit="%", ours=100 * read / of, budget=least(100.0)),
        ],
    )  # fmt: skip


def _facts(count: int, seed: int) -> list[LabelFacts]:
    draw = random.Random(f"labels {seed}")  # noqa: S311 - the same labels on every machine, and no secret
    return [
        LabelFacts(
            unit_tag=unit_tag(UUID(int=draw.getrandbits(128))), gtin=gtin_of(number % 200) if number % 2 else "",
            part_number=part_number(number % 200), serial=f"SN{seed:03d}{number:07d}", lot=f"L{number % 37:04d}",
            expiry="2028-11-30", description="Power supply 1200 W, 48 V DC", owner="Helix Rail",
        )
        for number in range(count)
    ]  # fmt: skip


def _read_back(paper: bytes, facts: Sequence[LabelFacts], sample: range) -> Iterator[bool]:
    """For each label of the sample, whether its page says exactly what its unit is called."""
    pages = [page for page in map(_drawn, re.findall(rb"stream\r?\n(.*?)\r?\n?endstream", paper, re.S)) if page]
    for number in sample:
        found = zxingcpp.read_barcodes(_picture(pages[number]))
        said = [f"{_mark(each.symbology_identifier)}{each.bytes.decode()}" for each in found]
        yield said == [symbol_content(facts[number])]


def _mark(identifier: str) -> str:
    return identifier if identifier == GS1_MARK else ""


def _drawn(stream: bytes) -> list[tuple[int, int, int]]:
    """The bars of a page's symbol in modules: from the left, from the foot, how long. Empty where it is no page."""
    try:
        data = zlib.decompressobj().decompress(stream)
    except zlib.error:
        return []
    found = re.findall(rb"(\d+) (\d+) (\d+) 1 re\b", data)
    return [(int(x), int(y), int(length)) for x, y, length in found]


def _picture(bars: list[tuple[int, int, int]], scale: int = 4) -> memoryview:
    """The symbol as the paper shows it: black bars in a light field, each module some dots wide."""
    side = max(y for _, y, _ in bars) + 1 + 2 * _QUIET
    rows = [bytearray(b"\xff" * side) for _ in range(side)]
    for x, y, length in bars:
        rows[side - 1 - _QUIET - y][_QUIET + x : _QUIET + x + length] = bytes(length)
    wide = [bytes(dot for module in row for dot in [module] * scale) for row in rows]
    dots = side * scale
    return memoryview(b"".join(row * scale for row in wide)).cast("B", (dots, dots))
