"""What a ZPL printer says of itself, in whatever pieces it comes."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockmark.devices.label_printer import PrinterState
from dockmark.devices.simulated_printer import Answers, Fault, PrinterMind
from dockmark.devices.zpl_status import ErrorStatusReader, HostStatusReader

IDLE = b"\x02030,0,0,0831,000,0,0,0,000,0,0,0\x03\r\n\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n"
ERRORS = (
    b"\x02\r\n  PRINTER STATUS      \r\n   ERRORS:         1 00000000 %b\r\n   WARNINGS:  0 00000000 00000000\r\n\x03"
)
noise = st.binary(max_size=40).filter(lambda data: b"\x02" not in data and b"\x03" not in data)
faults = st.sets(st.sampled_from(Fault))


def read(data):
    return HostStatusReader().feed(data)


def answer(standing):
    return PrinterMind(faults=set(standing)).host_status()


def test_an_idle_printer_is_ready_and_empty():
    (status,) = read(IDLE)
    assert status.state is PrinterState.READY
    assert status.is_empty
    assert b"030,0,0,0831" in status.raw


@pytest.mark.parametrize(
    ("string", "position", "field"),
    [
        (0, 1, "paper_out"),
        (0, 2, "paused"),
        (0, 5, "buffer_full"),
        (0, 7, "partial_format"),
        (0, 9, "ram_lost"),
        (0, 10, "under_temperature"),
        (0, 11, "over_temperature"),
        (1, 2, "head_open"),
        (1, 3, "ribbon_out"),
        (1, 7, "label_waiting"),
    ],
)
def test_each_flag_is_read_from_its_own_place(string, position, field):
    strings = [each.split(b",") for each in IDLE.split(b"\r\n")[:3]]
    strings[string][position] = b"1" if not strings[string][position].endswith(b"\x03") else b"1\x03"
    (status,) = read(b"\r\n".join(b",".join(each) for each in strings))
    (plain,) = read(IDLE)
    assert {
        each.name
        for each in dataclasses.fields(status)
        if each.name != "raw" and getattr(status, each.name) != getattr(plain, each.name)
    } == {field}


def test_labels_left_and_formats_in_the_buffer_are_not_empty():
    (batch,) = read(IDLE.replace(b"00000000", b"00000012"))
    assert batch.labels_left == 12 and not batch.is_empty
    (buffered,) = read(IDLE.replace(b"0831,000", b"0831,003"))
    assert buffered.formats_in_buffer == 3 and not buffered.is_empty


@given(faults, st.lists(st.integers(1, 30)))
def test_an_answer_split_anywhere_reads_the_same(standing, sizes):
    data, reader, found = answer(standing), HostStatusReader(), []
    for size in [*sizes, 1000]:
        found += reader.feed(data[:size])
        data = data[size:]
    assert found == read(answer(standing))
    assert len(found) == 1


@given(st.lists(st.tuples(noise, faults), max_size=5), noise)
def test_noise_between_answers_hides_none_of_them(pieces, rest):
    stream = b"".join(before + answer(standing) for before, standing in pieces) + rest
    assert [each.state for each in read(stream)] == [read(answer(standing))[0].state for _, standing in pieces]


@given(st.integers(0, len(IDLE) - 1), st.integers(0, 255))
def test_one_spoiled_byte_never_makes_a_status_that_was_not_sent_and_the_next_answer_is_found(place, byte):
    spoiled = IDLE[:place] + bytes([byte]) + IDLE[place + 1 :]
    found = read(spoiled + IDLE)
    assert 1 <= len(found) <= 2
    assert found[-1] == read(IDLE)[0]


@given(st.integers(0, len(IDLE) - 1))
def test_a_lost_byte_or_a_torn_answer_does_not_spoil_the_next(place):
    for torn in (IDLE[:place], IDLE[:place] + IDLE[place + 1 :]):
        assert read(torn + IDLE)[-1] == read(IDLE)[0]


@given(st.lists(st.binary(max_size=200)))
def test_no_bytes_make_the_readers_raise(pieces):
    status, errors = HostStatusReader(), ErrorStatusReader()
    for piece in pieces:
        status.feed(piece)
        errors.feed(piece)


def test_an_endless_string_is_not_collected():
    reader = HostStatusReader()
    for _ in range(1000):
        assert reader.feed(b"\x02" + b"0" * 1000) == []
    assert reader._string is None
    assert len(reader.feed(IDLE)) == 1


def test_strings_out_of_order_make_no_status():
    first, second, third = (each + b"\r\n" for each in IDLE.split(b"\r\n")[:3])
    assert read(second + first + third) == []
    assert read(first + third) == []
    assert read(first + first + second + third) != [], "a first string starts anew"
    assert read(third + second + first) == []


def test_a_garbled_answer_of_the_twin_is_no_status():
    assert read(PrinterMind(answers=Answers.GARBLED).take(b"~HS")) == []


@pytest.mark.parametrize(
    ("bits", "state"),
    [
        (b"00000001", PrinterState.PAPER_OUT),
        (b"00000002", PrinterState.RIBBON_OUT),
        (b"00000004", PrinterState.HEAD_OPEN),
        (b"00000005", PrinterState.HEAD_OPEN),
        (b"00000008", PrinterState.FAULT),
        (b"00000010", PrinterState.OVER_TEMPERATURE),
        (b"00010000", PrinterState.PAUSED),
        (b"00010001", PrinterState.PAPER_OUT),
        (b"00000000", PrinterState.FAULT),
    ],
)
def test_error_bits_name_the_fault(bits, state):
    (found,) = ErrorStatusReader().feed(ERRORS % bits)
    assert found.state is state


def test_no_error_is_ready_whatever_the_bits_say():
    (found,) = ErrorStatusReader().feed((ERRORS % b"00000000").replace(b" 1 ", b" 0 "))
    assert found.state is PrinterState.READY


def test_an_error_report_comes_byte_by_byte_among_other_answers():
    reader, found = ErrorStatusReader(), []
    for byte in IDLE + ERRORS % b"00000004" + IDLE + ERRORS % b"00000001":
        found += reader.feed(bytes([byte]))
    assert [each.state for each in found] == [PrinterState.HEAD_OPEN, PrinterState.PAPER_OUT]


@given(faults)
def test_both_questions_to_the_twin_tell_the_same(standing):
    mind = PrinterMind(faults=set(standing))
    (errors,) = ErrorStatusReader().feed(mind.take(b"~HQES"))
    assert errors.state is read(mind.take(b"~HS"))[0].state
