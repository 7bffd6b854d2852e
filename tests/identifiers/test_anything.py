"""Whatever comes out of a scanner, reading it answers and never raises."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dockmark.identifiers import DockmarkTag, Reading, Scan, Unread, Unreadable, as_plain, flat, read

_WORDS = """
]d2 ]C1 ]Q3 ]E0 ]E4 ]I1 ]A0 ]A1 ]C0 ]d1 ]e0 [)> 05 06 12 DD 01 10 21 17 00 8003 8004 8010 8017 414 253 7003
0109506000143514 17V4ABC7 1PB-200 S0031 MFR SER T1 http:// HTTPS:// /01/ /21/ ? & = % %00 %2 urn:epc:id: sgtin: +
$$ $$+ / =) &) => (01) (21) (S) (1P) S/N: P/N: SN: QTY: * ' ; -- ^XA ~JR <b> DM DMC DMU DMN05 K |]e0
"""
_LETTERS = "\x1d \x1e \x04 \x1c \x1f \r \n \t \0 ␝ ␞ ␄ ٣ ² é 😀 \ud800"
PIECES = [*_WORDS.split(), *_LETTERS.split(" "), " "]
made_up = st.lists(
    st.sampled_from(PIECES) | st.text(max_size=6) | st.from_regex(r"[0-9A-Z]{1,20}", fullmatch=True), max_size=14
).map("".join)
days = st.dates(date(1990, 1, 1), date(2199, 12, 31))


def answers(scan: Scan, today: date) -> None:
    found = read(scan, today=today)
    assert isinstance(found, Reading | DockmarkTag | Unreadable)
    assert found.scan is scan
    assert json.loads(json.dumps(flat(found)))["raw"] == flat(found)["raw"]
    as_plain(scan, today=today)


@given(st.binary(max_size=200), days)
def test_any_bytes_are_answered(raw: bytes, today: date) -> None:
    answers(Scan(raw=raw), today)


@given(st.text(max_size=200), st.sampled_from(["", "]d2", "]C0", "]A1", "]E3", "]I1", "GS1 QR", "nonsense"]), days)
def test_any_text_is_answered_whatever_the_device_says(text: str, symbology: str, today: date) -> None:
    answers(Scan.of_text(text.replace("\ud800", ""), symbology=symbology), today)


@settings(max_examples=1500)
@given(made_up, days)
def test_pieces_of_every_scheme_thrown_together_are_answered(text: str, today: date) -> None:
    answers(Scan.of_text(text), today)


@given(made_up.filter(lambda text: len(text) > 2), st.data())
def test_a_cut_off_scan_is_answered(text: str, data: st.DataObject) -> None:
    raw = text.encode("utf-8", "surrogatepass")
    answers(Scan(raw=raw[: data.draw(st.integers(0, len(raw)))]), date(2026, 11, 23))


@pytest.mark.parametrize("letter", ["A", "0", "\x1d", "'", "drop ", "SN: ", "(S)A", "+", "😀", "é", "/01/1234"])
@pytest.mark.parametrize("head", ["", "]d291A\x1d", "[)>\x1e06\x1d", "https://a/01/", "S/N:", "(01)"])
def test_the_longest_load_is_read_and_one_more_is_refused(letter: str, head: str, means) -> None:
    inside, outside = ((head + letter * 5000)[:size] for size in (4296, 4300))
    found = means(inside)
    assert not (isinstance(found, Unreadable) and found.code is Unread.TOO_LONG)
    refused = means(outside)
    assert isinstance(refused, Unreadable)
    assert refused.code is Unread.TOO_LONG
    assert refused.text == ""


def test_a_hundred_thousand_characters_are_too_long(tells) -> None:
    for letter in ("A", "\x1d", "é", "😀"):
        assert tells(letter * 100_000)["error"] == "too_long"
