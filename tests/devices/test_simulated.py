"""The shipped twins behave like the machines they stand for, and stop when they are told to."""

import socket
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockmark.devices.debounce import Debounce
from dockmark.devices.simulated import Answers, Fault, SimulatedLabelPrinter, SimulatedScanner
from dockmark.devices.simulated_printer import PrinterMind

LABEL = b"^XA^CI28^FO10,10^FD1^FS^XZ"


def connect(twin):
    return socket.create_connection(("127.0.0.1", twin.port), timeout=10)


def test_labels_are_found_wherever_the_stream_is_cut():
    for size in range(1, 12):
        mind, stream = PrinterMind(), b"\r\n" + LABEL + b"~HS" + LABEL + b"\n~HQES" + LABEL
        said = b"".join(mind.take(stream[at : at + size]) for at in range(0, len(stream), size))
        assert mind.printed == [LABEL, LABEL, LABEL]
        assert mind.commands == []
        assert mind.questions == 2 and said.count(b"\x02") == 4


@given(st.binary(max_size=300), st.integers(1, 50))
def test_no_bytes_upset_the_twin_and_cutting_changes_nothing(data, size):
    whole, cut = PrinterMind(), PrinterMind()
    said = whole.take(data)
    assert b"".join(cut.take(data[at : at + size]) for at in range(0, len(data), size)) == said
    assert (cut.printed, cut.commands) == (whole.printed, whole.commands)


def test_commands_smuggled_into_a_job_are_noticed():
    mind = PrinterMind()
    mind.take(b"^XA^FD~JA^FS^XZ~JR~DGR:X,1,1,FF")
    assert mind.commands == [b"~JA", b"~JR", b"~DG"]


def test_a_label_begun_on_one_connection_lies_in_the_buffer_as_in_a_real_printer():
    with SimulatedLabelPrinter() as twin:
        with connect(twin) as first:
            first.sendall(LABEL[:10])
        assert twin.wait_for_hang_ups(1)
        with connect(twin) as second:
            second.sendall(LABEL[10:] + LABEL)
        assert twin.wait_for_labels(2) == [LABEL, LABEL]


def test_faults_hold_labels_back_until_they_are_mended():
    with SimulatedLabelPrinter() as twin:
        twin.break_down(Fault.PAPER_OUT, Fault.PAUSED)
        with connect(twin) as connection:
            connection.sendall(LABEL)
            assert twin.wait_until(lambda printer: printer.held_labels == [LABEL])
            assert twin.labels == []
            twin.mend()
            assert twin.labels == [LABEL] and twin.held_labels == []


def test_a_printer_that_stopped_reading_takes_everything_once_it_reads_on():
    with SimulatedLabelPrinter() as twin:
        twin.stop_reading()
        with connect(twin) as connection:
            connection.sendall(LABEL)
            assert not twin.wait_until(lambda printer: printer.received, timeout_s=0.05)
            twin.read_on()
            assert twin.wait_for_labels(1) == [LABEL]


def test_waiting_for_what_does_not_come_ends():
    with SimulatedLabelPrinter() as twin:
        assert twin.wait_for_labels(1, timeout_s=0.01) == []
        assert not twin.wait_for_hang_ups(1, timeout_s=0.01)


@pytest.mark.parametrize("is_deaf", [False, True])
def test_closing_ends_every_thread_and_connection(is_deaf):
    before = threading.active_count()
    twin = SimulatedLabelPrinter(answers=Answers.NEVER)
    if is_deaf:
        twin.stop_reading()
    with connect(twin) as connection:
        connection.sendall(LABEL[:5])
        twin.close()
        twin.close()
        connection.settimeout(10)
        with pytest.raises(OSError):
            while connection.recv(100):
                connection.sendall(b"x")
            raise ConnectionResetError
    assert threading.active_count() == before
    with pytest.raises(ConnectionRefusedError):
        connect(twin)


def test_a_printer_switched_off_and_on_keeps_its_port():
    with SimulatedLabelPrinter() as twin:
        port = twin.port
        for number in range(1, 6):
            twin.refuse_connections()
            with pytest.raises(ConnectionRefusedError):
                connect(twin)
            twin.accept_connections()
            assert twin.port == port
            with connect(twin) as connection:
                connection.sendall(LABEL)
                assert twin.wait_for_labels(number) == [LABEL] * number


def test_the_scanner_gives_each_scan_as_bytes_and_a_worn_trigger_gives_it_twice():
    got, debounce = [], Debounce()
    scanner = SimulatedScanner(got.append)
    scanner.scan("[)>\x1e06\x1dSAB\x1e\x04")
    scanner.scan(b"\xff\x1d")
    assert got == [b"[)>\x1e06\x1dSAB\x1e\x04", b"\xff\x1d"]
    scanner.reports_twice = True
    scanner.scan("SN-1")
    assert got[2:] == [b"SN-1", b"SN-1"]
    assert [debounce.is_new(raw, 5) for raw in got[2:]] == [True, False]
