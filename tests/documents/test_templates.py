"""A template is data: what is wrong in it is refused by name when it is read, and nothing in it is ever run."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dockmark.documents.label import load_template, read_template, render
from dockmark.documents.layout import Layout
from dockmark.packed import packed
from dockmark.record.refusal import Refusal, Refused

from .specimens import CASES, HARMFUL, facts

DATA = json.loads(packed("labels", "unit-50x25.json").read_bytes())


def changed(path: str, value: object) -> bytes:
    data: Any = copy.deepcopy(DATA)
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    inside = data
    for step in way:
        inside = inside[step]
    if value is None:
        del inside[last]
    else:
        inside[last] = value
    return json.dumps(data).encode()


def refused(data: bytes) -> object:
    with pytest.raises(Refusal) as caught:
        read_template(data)
    assert caught.value.code is Refused.BAD_FILE
    return caught.value.facts["field"]


def test_the_shipped_template_is_fifty_by_twenty_five_and_has_a_checksum() -> None:
    template = load_template()
    assert (template.name, template.width_mm, template.height_mm) == ("unit-50x25", 50, 25)
    assert len(template.checksum) == 64
    assert template == read_template(packed("labels", "unit-50x25.json").read_bytes())
    assert read_template(changed("revision", 2)).checksum != template.checksum


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("schema", 2),
        ("schema", True),
        ("name", 7),
        ("name", "x" * 65),
        ("name", None),
        ("width_mm", "50"),
        ("width_mm", 0),
        ("width_mm", 1e9),
        ("width_mm", 30),
        ("height_mm", float("nan")),
        ("revision", 1.5),
        ("revision", 0),
        ("checksum", "0" * 64),
        ("script", "1+1"),
        ("symbol", []),
        ("symbol", None),
        ("symbol.side_mm", 0),
        ("symbol.side_mm", 24),
        ("symbol.x_mm", 0.1),
        ("symbol.x_mm", -1),
        ("symbol.module_mm", [0.5, 0.25]),
        ("symbol.module_mm", [0.1, 0.5]),
        ("symbol.module_mm", [0.25]),
        ("symbol.module_mm", [0.25, 0.5, 0.5]),
        ("symbol.quiet_modules", 9),
        ("column.x_mm", 14.6),
        ("column.width_mm", 40),
        ("column.title_mm", 40),
        ("column.title_cap_mm", 0.5),
        ("column.y_mm", 0.5),
        ("fields", []),
        ("fields", DATA["fields"] * 9),
        ("fields", [each for each in DATA["fields"] if each["field"] != "serial"]),
        ("fields.1.field", "__class__"),
        ("fields.1.field", "part_number.upper()"),
        ("fields.1.field", ["part_number"]),
        ("fields.1.face", "Comic"),
        ("fields.1.face", {}),
        ("fields.1.place", "anywhere"),
        ("fields.1.format", "{0}"),
        ("fields.1.spare", 1),
        ("fields.3.whole", False),
        ("fields.3.cap_mm", [2.5, 1.9]),
        ("fields.3.cap_mm", [2, 2.5]),
        ("fields.3.cap_mm", [99, 2]),
        ("fields.3.cap_mm", ["2.5", 2]),
        ("stamp.field", "serial"),
        ("stamp.y_mm", 15),
        ("stamp.words", "HELD"),
        ("stamp.words.0.cap_mm", 0.1),
    ],
    ids=str,
)
def test_a_template_that_is_wrong_is_refused(path: str, value: object) -> None:
    refused(changed(path, value))


@pytest.mark.parametrize("data", [b"", b"[]", b"null", b"\xff\xfe", b"{" * 5000, b"[" * 100_000, b'{"schema": 1}'])
def test_what_is_no_template_is_refused(data: bytes) -> None:
    refused(data)


def test_the_refusal_names_the_place() -> None:
    assert refused(changed("fields.3.face", "Comic")) == "template.fields.3.face"


@pytest.mark.parametrize("name", ["../labels/unit-50x25", "unit-50x25.json", "", "/etc/passwd", "x\x00y", "nothing"])
def test_only_packed_templates_are_loaded(name: str) -> None:
    with pytest.raises(Refusal) as caught:
        load_template(name)
    assert caught.value.code is Refused.BAD_FILE


@pytest.mark.parametrize("word", HARMFUL[:10])
def test_titles_are_printed_as_they_stand(word: str) -> None:
    template = read_template(changed("fields.3.title", word))
    stream = render(template, [facts()], "zpl").decode("ascii")
    assert stream.count("^X") == 2
    assert stream.count("~") == 0


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 400),
    st.floats(),
    st.text(max_size=8),
    st.lists(st.integers(), max_size=3),
)
PATHS = ["schema", "name", "width_mm", "height_mm"]
PATHS += [f"{part}.{key}" for part in ("symbol", "column", "stamp") for key in DATA[part]]
PATHS += [f"fields.{number}.{key}" for number in range(len(DATA["fields"])) for key in DATA["fields"][number]]


@given(st.sampled_from(PATHS), VALUES)
@settings(max_examples=300, deadline=None)
def test_a_template_that_is_taken_can_be_drawn_or_refuses_the_label(path: str, value: object) -> None:
    try:
        template = read_template(changed(path, value))
        for label in (CASES["everything long"], CASES["hardly anything"]):
            Layout(template, 203).lay_out(label)
    except Refusal as refusal:
        assert refusal.code in (Refused.BAD_FILE, Refused.LABEL_DOES_NOT_FIT)


def test_another_size_of_label_is_another_file() -> None:
    data = copy.deepcopy(DATA)
    data |= {"name": "unit-76x51", "width_mm": 76, "height_mm": 51}
    data["column"] |= {"width_mm": 58, "height_mm": 48}
    template = read_template(json.dumps(data).encode())
    assert b"^PW608^LL408" in render(template, [facts()], "zpl")
