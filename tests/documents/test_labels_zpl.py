"""ZPL: the same dots as everywhere, and no byte of data that a printer could take for an order."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from PIL import Image

from dockmark.documents.label import LabelFacts, load_template, render, symbol_content
from dockmark.documents.matrix import matrix
from dockmark.record.refusal import Refusal

from .readers import picture
from .specimens import CASES, GTIN, HARMFUL, any_facts, facts

TEMPLATE = load_template()
NAMED = pytest.mark.parametrize("label", [pytest.param(each, id=name) for name, each in CASES.items()])
LABEL = re.compile(
    r"\^XA\^PMN\^LRN\^LH0,0\^PW(\d+)\^LL(\d+)\n((?:\^FO\d+,\d+\^GFA,\d+,\d+,\d+,[0-9A-F]+\^FS\n)+)\^PQ1\^XZ\n"
)
FIELD = re.compile(r"\^FO(\d+),(\d+)\^GFA,(\d+),(\d+),(\d+),([0-9A-F]+)\^FS\n")


class Field(NamedTuple):
    x: int
    y: int
    rows: list[str]


def fields(body: str) -> Iterator[Field]:
    for x, y, sent, total, stride, digits in FIELD.findall(body):
        line = int(stride) * 2
        assert int(sent) == int(total) == len(digits) // 2
        lines = [digits[at : at + line] for at in range(0, len(digits), line)]
        yield Field(int(x), int(y), [f"{int(each, 16):0{line * 4}b}" for each in lines])


def printed(label: re.Match[str]) -> list[str]:
    """What the printer burns: "1" for a black dot."""
    width, height = int(label[1]), int(label[2])
    dots = [bytearray(b"0" * width) for _ in range(height)]
    for field in fields(label[3]):
        for down, row in enumerate(field.rows):
            for across, dot in enumerate(row):
                if dot == "1":
                    dots[field.y + down][field.x + across] = ord("1")
    return [each.decode() for each in dots]


def seen(image: Image.Image) -> list[str]:
    return [
        "".join(["1" if image.getpixel((x, y)) == 0 else "0" for x in range(image.width)]) for y in range(image.height)
    ]


@NAMED
@pytest.mark.parametrize("dpi", [203, 300])
def test_the_printer_burns_the_very_dots_of_the_picture(label: LabelFacts, dpi: int) -> None:
    formats = list(LABEL.finditer(render(TEMPLATE, [label], "zpl", dpi=dpi).decode("ascii")))
    assert len(formats) == 1
    assert printed(formats[0]) == seen(picture(render(TEMPLATE, [label], "png", dpi=dpi)))


@NAMED
@pytest.mark.parametrize(("dpi", "least", "most"), [(203, 2, 4), (300, 3, 5), (600, 6, 11)])
def test_the_symbol_is_the_right_one_module_by_module(label: LabelFacts, dpi: int, least: int, most: int) -> None:
    stream = render(TEMPLATE, [label], "zpl", dpi=dpi).decode("ascii")
    first = next(fields(stream))
    expected = matrix(symbol_content(label)).rows
    module = len(first.rows) // len(expected)
    assert least <= module <= most
    assert len(first.rows) == module * len(expected)
    for down, row in enumerate(expected):
        wide = "".join([each * module for each in row])
        for step in range(module):
            dots = first.rows[down * module + step]
            assert dots[: len(wide)] == wide
            assert set(dots[len(wide) :]) <= {"0"}


@given(any_facts)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_word_of_data_is_in_the_stream(label: LabelFacts) -> None:
    try:
        stream = render(TEMPLATE, [label, label], "zpl")
    except Refusal:
        return
    assert re.fullmatch(f"(?:{LABEL.pattern}){{2}}", stream.decode("ascii"))


def test_each_label_is_a_format_of_its_own_printed_once() -> None:
    stream = render(TEMPLATE, list(CASES.values()), "zpl").decode("ascii")
    assert {stream.count(each) for each in ("^XA", "^XZ", "^PQ1^XZ", "^PQ")} == {len(CASES)}


@pytest.mark.parametrize(("dpi", "width", "height"), [(203, 400, 200), (300, 590, 295), (600, 1181, 590)])
def test_no_dot_leaves_the_label(dpi: int, width: int, height: int) -> None:
    tall = facts(part_number="\u01fa\u0302\u0302A\u0338|", serial="\u1ea8\u0302|\u0321", owner="J\u0338g")
    for label in [*CASES.values(), tall]:
        made = LABEL.fullmatch(render(TEMPLATE, [label], "zpl", dpi=dpi).decode("ascii"))
        assert made
        for field in fields(made[3]):
            assert field.y + len(field.rows) <= height
            assert all(field.x + row.rfind("1") < width for row in field.rows)


@pytest.fixture
def renderer(shared: Path) -> list[str]:
    """A printer's renderer, where node and its modules are."""
    modules = os.environ.get("RIG_NODE_MODULES", "")
    if not (Path(modules) / "zpl-renderer-js").is_dir():
        pytest.skip("needs the renderer's modules, in the folder that RIG_NODE_MODULES names")
    try:
        subprocess.run(["node", "--version"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs node")
    return ["node", str(shared / "tools" / "zpl_render.mjs")]


@pytest.mark.shared
@pytest.mark.parametrize(("dpi", "dots"), [(203, 8), (300, 12), (600, 24)])
def test_a_printers_renderer_shows_and_reads_the_labels(
    renderer: list[str], tmp_path: Path, dpi: int, dots: int
) -> None:
    labels = [facts(gtin=GTIN), facts(held=True), facts(copy=2), *[facts(serial=each) for each in HARMFUL]]
    stream = tmp_path / "labels.zpl"
    stream.write_bytes(render(TEMPLATE, labels, "zpl", dpi=dpi))
    size = ["--dpmm", str(dots), "--width-mm", "50", "--height-mm", "25"]
    told = subprocess.run([*renderer, str(stream), "--out", str(tmp_path), *size], capture_output=True, check=True)
    report = json.loads(told.stdout)
    assert report["problems"] == []
    assert len(report["labels"]) == len(labels)
    for label, drawn in zip(labels, report["labels"], strict=True):
        assert [each["aim"] in ("]d1", "]d2") for each in drawn["symbols"]] == [True]
        symbol = drawn["symbols"][0]
        marked = "]d2" if symbol["aim"] == "]d2" else ""
        assert marked + bytes.fromhex(symbol["bytes_hex"]).decode() == symbol_content(label)
        assert not drawn["clipped"]
