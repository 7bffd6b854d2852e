"""The reports of HID POS scanners, joined to scans."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockmark.devices.hid_pos import HidPos, HidScan, Layout, guess_layout, is_scanner, layout_of
from dockmark.devices.serial_profile import Doubt

from .hid_twin import AIM_AHEAD, DATA_FIRST, reports

LONG = b"01095060001435142" + b"1" * 90 + b"\x1d10LOT"


def fed(protocol: HidPos, made: list[bytes], now: int = 0) -> list[HidScan]:
    return [scan for number, report in enumerate(made) for scan in protocol.feed(report, now + number)]


@pytest.mark.parametrize("size", [1, 55, 56, 57, 112, 113, 1000])
def test_a_scan_of_any_number_of_reports_is_one_scan_with_its_identifier(size: int) -> None:
    data = (LONG * 10)[:size]
    assert fed(HidPos(Layout.AIM_AHEAD), reports(data)) == [HidScan(data, "]d1")]
    assert fed(HidPos(Layout.DATA_FIRST), reports(data, None)) == [HidScan(data)]


def test_separators_arrive_untouched() -> None:
    assert fed(HidPos(), reports(b"10A\x1d21B\x1e\x04", b"]d2")) == [HidScan(b"10A\x1d21B\x1e\x04", "]d2")]


@pytest.mark.parametrize("vendor", [0, 0x0C2E, 0x1EAB])
def test_the_layout_is_told_from_the_first_report_where_no_descriptor_tells_it(vendor: int) -> None:
    data_first = reports(b"]C1" + b"0109506000143514", None)[0]
    assert guess_layout(data_first, vendor) is Layout.DATA_FIRST
    assert guess_layout(reports(b"SN-1234567", None)[0], vendor) is Layout.DATA_FIRST
    if vendor != 0x1EAB:
        assert guess_layout(reports(b"SN-1234567")[0], vendor) is Layout.AIM_AHEAD


def test_a_descriptor_tells_the_layout_and_that_it_is_a_scanner() -> None:
    assert (layout_of(AIM_AHEAD), is_scanner(AIM_AHEAD)) == (Layout.AIM_AHEAD, True)
    assert (layout_of(DATA_FIRST), is_scanner(DATA_FIRST)) == (Layout.DATA_FIRST, True)
    keyboard = bytes.fromhex("05010906a101050719e029e7c0")
    assert (layout_of(keyboard), is_scanner(keyboard)) == (None, False)


def test_half_a_scan_is_dropped_after_a_quarter_of_a_second_and_told() -> None:
    protocol = HidPos(Layout.AIM_AHEAD)
    protocol.feed(reports(b"A" * 60)[0], 0)
    assert protocol.tick(249) == []
    assert protocol.tick(250) == [HidScan(b"A" * 56, doubt=Doubt.CUT_OFF)]
    assert fed(protocol, reports(b"NEXT"), 300) == [HidScan(b"NEXT", "]d1")]


def test_a_late_report_never_joins_what_was_cut_off() -> None:
    protocol = HidPos(Layout.AIM_AHEAD)
    protocol.feed(reports(b"A" * 60)[0], 0)
    assert protocol.feed(reports(b"NEXT")[0], 400) == [
        HidScan(b"A" * 56, doubt=Doubt.CUT_OFF),
        HidScan(b"NEXT", "]d1"),
    ]


def test_a_length_that_cannot_be_is_not_trusted_and_its_rest_is_skipped() -> None:
    protocol = HidPos(Layout.AIM_AHEAD)
    first, last = reports(b"A" * 60)
    assert [scan.doubt for scan in protocol.feed(first[:1] + b"\x39" + first[2:], 0)] == [Doubt.GARBLED]
    assert protocol.feed(last, 1) == []
    assert fed(protocol, reports(b"NEXT"), 2) == [HidScan(b"NEXT", "]d1")]


def test_reports_of_something_else_are_left_alone() -> None:
    protocol = HidPos()
    assert protocol.feed(b"", 0) == protocol.feed(b"\x02\x01", 0) == protocol.feed(b"\x03" * 64, 0) == []


def test_a_scanner_that_never_ends_a_scan_fills_no_memory() -> None:
    protocol = HidPos(Layout.DATA_FIRST)
    first = reports(b"A" * 60, None)[0]
    told = [scan for number in range(10_000) for scan in protocol.feed(first, number)]
    assert {scan.doubt for scan in told} == {Doubt.TOO_LONG}
    assert all(len(scan.raw) <= 4096 + 56 for scan in told)


@given(st.lists(st.tuples(st.binary(max_size=80), st.integers(0, 10_000)), max_size=30), st.integers(0, 0xFFFF))
def test_whatever_a_device_reports_is_answered(made: list[tuple[bytes, int]], vendor: int) -> None:
    protocol = HidPos(vendor=vendor)
    for report, now in made:
        for scan in protocol.feed(b"\x02" + report, now):
            assert scan.raw
    protocol.lose()
    assert not protocol.is_within


@given(st.binary(max_size=200))
def test_whatever_a_descriptor_holds_it_is_read(descriptor: bytes) -> None:
    layout_of(descriptor)
    is_scanner(descriptor)
