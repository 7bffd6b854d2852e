"""Bytes of a serial scanner become scans, wherever the line cuts them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockmark.devices.framer import IDLE_MS, LONGEST, Ended, Frame, Framer, Suffix

ENVELOPE = b"[)>\x1e06\x1dP4711\x1dSAB-1\x1e\x04"
scan_bytes = st.binary(min_size=1, max_size=60).filter(lambda data: not set(data) & set(b"\r\n\t\x02\x03"))
SUFFIXES = [suffix for suffix in Suffix if suffix is not Suffix.IDLE]


def scans(frames):
    return [frame.raw for frame in frames]


@pytest.mark.parametrize("ending", [b"\r", b"\n", b"\r\n", b"\x03"])
def test_every_usual_suffix_ends_a_scan_once(ending):
    assert Framer().feed(ENVELOPE + ending + b"SN-2" + ending, 0) == [
        Frame(ENVELOPE, Ended.SUFFIX),
        Frame(b"SN-2", Ended.SUFFIX),
    ]


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(sent=st.lists(scan_bytes, max_size=6), sizes=st.lists(st.integers(1, 40), max_size=20), data=st.data())
def test_scans_cut_anywhere_arrive_whole_and_in_order(suffix, sent, sizes, data):
    stream = b"".join(raw + data.draw(st.sampled_from(suffix.value)) for raw in sent)
    framer, found = Framer(suffix), []
    for at_ms, size in enumerate([*sizes, len(stream)]):
        found += framer.feed(stream[:size], at_ms)
        stream = stream[size:]
    assert scans(found) == sent


def test_a_carriage_return_is_data_where_the_suffix_is_carriage_return_and_line_feed():
    assert scans(Framer(Suffix.CRLF).feed(b"line 1\rline 2\nline 3\r\n", 0)) == [b"line 1\rline 2\nline 3"]


def test_a_start_character_before_the_scan_is_not_part_of_it():
    assert scans(Framer(Suffix.ETX).feed(b"\x02ABC\x03\x02DEF\x03", 0)) == [b"ABC", b"DEF"]


def test_a_scan_without_suffix_ends_after_a_pause():
    framer = Framer()
    assert framer.feed(b"SN-1", 1000) == []
    assert framer.tick(1000 + IDLE_MS - 1) == []
    assert framer.tick(1000 + IDLE_MS) == [Frame(b"SN-1", Ended.IDLE)]
    assert framer.tick(5000) == []


def test_a_pause_noticed_only_with_the_next_bytes_still_separates_two_scans():
    framer = Framer()
    framer.feed(b"SN-1", 0)
    assert framer.feed(b"SN-2\r", 500) == [Frame(b"SN-1", Ended.IDLE), Frame(b"SN-2", Ended.SUFFIX)]


def test_slow_bytes_stay_one_scan():
    framer, found = Framer(), []
    for at_ms, byte in enumerate(ENVELOPE + b"\r"):
        found += framer.feed(bytes([byte]), at_ms * (IDLE_MS - 1))
    assert scans(found) == [ENVELOPE]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_longest_scan_is_whole_and_a_longer_one_is_reported_as_overflow_once(suffix):
    ending = suffix.value[0]
    assert Framer(suffix).feed(b"x" * LONGEST + ending, 0) == [Frame(b"x" * LONGEST, Ended.SUFFIX)]
    for length in (LONGEST + 1, LONGEST + 2, 3 * LONGEST, 20 * LONGEST + 7):
        framer = Framer(suffix)
        assert framer.feed(b"x" * length + ending, 0) == [Frame(b"x" * LONGEST, Ended.OVERFLOW)]
        assert framer.feed(b"SN-1" + ending, 1) == [Frame(b"SN-1", Ended.SUFFIX)], "the next scan is whole again"


def test_a_line_that_never_ends_is_one_overflow_and_holds_no_memory():
    framer, found = Framer(), []
    for at_ms in range(200):
        found += framer.feed(b"\xff" * 1000, at_ms)
    assert [frame.ended for frame in found] == [Ended.OVERFLOW]
    assert len(framer._held) <= LONGEST + 2
    assert framer.tick(10_000) == []
    assert scans(framer.feed(b"SN-1\r", 10_001)) == [b"SN-1"]


@given(st.lists(st.tuples(st.binary(max_size=100), st.integers(-5, 300))))
def test_no_bytes_or_times_make_it_raise_or_report_an_empty_scan(pieces):
    framer, now = Framer(), 0
    for data, later in pieces:
        now += later
        assert all(frame.raw for frame in framer.feed(data, now))


def test_where_only_a_pause_ends_a_scan_no_character_does():
    framer = Framer(Suffix.IDLE)
    assert framer.feed(b"line 1\r\nline 2\t\x03", 0) == []
    assert framer.tick(IDLE_MS) == [Frame(b"line 1\r\nline 2\t\x03", Ended.IDLE)]


@given(st.binary(max_size=2 * LONGEST), st.binary(min_size=1, max_size=60).filter(lambda raw: b"\r" not in raw))
def test_nothing_of_a_scan_that_was_cut_off_gets_into_the_next(half, raw):
    framer = Framer(Suffix.CR)
    framer.feed(half.replace(b"\r", b"x"), 0)
    assert framer.lose() in (len(half), 0)
    assert framer.lose() == 0
    assert scans(framer.feed(raw + b"\r", 1)) == [raw.removeprefix(b"\x02")] or raw == b"\x02"


def test_a_frame_tells_which_suffix_ended_it():
    assert [frame.ending for frame in Framer().feed(b"A\rB\nC\x03", 0)] == [b"\r", b"\n", b"\x03"]
