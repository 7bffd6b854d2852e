"""Printers that announce themselves: real announcements, on loopback only, and hostile ones."""

import contextlib
import queue
import secrets
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zeroconf import IPVersion, ServiceInfo, Zeroconf

from dockmark.devices.discovery import DeviceKind, FoundDevice
from dockmark.devices.network_watch import NetworkWatch, read_service
from dockmark.devices.printer_url import TcpAddress, read_printer_url
from dockmark.record.refusal import DeviceFault

LOOPBACK = "127.0.0.1"
RAW = "_pdl-datastream._tcp.local."
LPD = "_printer._tcp.local."
SOON_S = 15


TAG = secrets.token_hex(4)
"""Keeps apart what several test runs on one machine announce at once."""


def announced(name, kind=RAW, *, port=9100, address=LOOPBACK, told=None):
    name = f"{name}-{TAG}"
    return ServiceInfo(
        kind,
        f"{name}.{kind}",
        addresses=[socket.inet_aton(address)],
        port=port,
        properties=told or {},
        server=f"{name}.local.",
    )


@pytest.fixture
def announcer():
    """Another host, as far as the network can tell."""
    with contextlib.closing(Zeroconf(interfaces=[LOOPBACK], ip_version=IPVersion.V4Only)) as zeroconf:
        yield zeroconf


@pytest.fixture
def heard():
    """A watch on loopback, and the queue of what it told: ("found" or "lost", device)."""
    told = queue.Queue()
    with NetworkWatch(
        interfaces=[LOOPBACK],
        on_found=lambda device: told.put(("found", device)) if TAG in device.name else None,
        on_lost=lambda device: told.put(("lost", device)) if TAG in device.name else None,
    ):
        yield told


def test_a_printer_that_comes_changes_and_goes_is_told_of_each_time(announcer, heard):
    here = announced("dock-3", told={"ty": "Zebra ZD421", "pdl": "application/vnd.zebra-zpl"})
    announcer.register_service(here, cooperating_responders=True)
    found = FoundDevice("tcp://127.0.0.1:9100", f"dock-3-{TAG}", DeviceKind.RAW_TCP, "Zebra ZD421")
    assert heard.get(timeout=SOON_S) == ("found", found)

    announcer.update_service(announced("dock-3", told={"ty": "Zebra ZD621"}))
    assert heard.get(timeout=SOON_S) == ("lost", found)
    kind, changed = heard.get(timeout=SOON_S)
    assert (kind, changed.detail) == ("found", "Zebra ZD621")

    announcer.unregister_service(here)
    assert heard.get(timeout=SOON_S) == ("lost", changed)


def test_records_that_lead_nowhere_are_passed_over(announcer, heard):
    announcer.register_service(announced("flagship", LPD, port=0), cooperating_responders=True)
    announcer.register_service(announced("nowhere", address="0.0.0.0"), cooperating_responders=True)
    announcer.register_service(announced("crowd", address="224.0.0.9"), cooperating_responders=True)
    announcer.register_service(announced("marker", port=6101), cooperating_responders=True)
    kind, device = heard.get(timeout=SOON_S)
    assert (kind, device.name, device.url) == ("found", f"marker-{TAG}", "tcp://127.0.0.1:6101")
    assert heard.empty()


def test_a_printer_of_the_older_protocol_is_offered_under_the_usual_raw_port(announcer, heard):
    announcer.register_service(announced("old", LPD, port=515), cooperating_responders=True)
    _, device = heard.get(timeout=SOON_S)
    assert device == FoundDevice("tcp://127.0.0.1:9100", f"old-{TAG}", DeviceKind.LPD)


def test_the_same_announcement_again_is_no_news(announcer, heard):
    announcer.register_service(announced("dock-3"), cooperating_responders=True)
    assert heard.get(timeout=SOON_S)[0] == "found"
    announcer.update_service(announced("dock-3"))
    announcer.register_service(announced("marker"), cooperating_responders=True)
    kind, device = heard.get(timeout=SOON_S)
    assert (kind, device.name) == ("found", f"marker-{TAG}")


def test_after_closing_nothing_is_told_and_closing_again_is_harmless(announcer):
    told = queue.Queue()
    watch = NetworkWatch(interfaces=[LOOPBACK], on_found=told.put, on_lost=told.put)
    watch.start()
    watch.start()
    watch.close()
    watch.close()
    while not told.empty():
        told.get()
    announcer.register_service(announced("late"), cooperating_responders=True)
    assert told.empty()


def test_an_interface_that_is_not_there_is_a_fault_of_the_device():
    watch = NetworkWatch(interfaces=["203.0.113.77"], on_found=print, on_lost=print)
    with contextlib.closing(watch), pytest.raises(DeviceFault) as fault:
        watch.start()
    assert fault.value.code == "network_watch"


def test_hostile_texts_are_tamed():
    device = read_service(
        RAW,
        f"<b>\x1b[31m\u202eevil\r\n{'x' * 200}.{RAW}",
        9100,
        ["10.0.0.9"],
        {b"ty": b"\xff\xfe\x00" + b"A" * 5000, b"note": b"n"},
    )
    assert device is not None
    assert device.url == "tcp://10.0.0.9:9100"
    for text in (device.name, device.detail):
        assert text.isprintable() and 0 < len(text) <= 64


@pytest.mark.parametrize(
    ("addresses", "url"),
    [
        (["fe80::1%eth0", "2001:db8::7", "10.0.0.9"], "tcp://10.0.0.9:9100"),
        (["169.254.3.4", "10.0.0.9"], "tcp://10.0.0.9:9100"),
        (["fe80::1", "2001:db8::7"], "tcp://[2001:db8::7]:9100"),
        (["fe80::1%eth0"], "tcp://[fe80::1%eth0]:9100"),
    ],
)
def test_the_plainest_address_is_taken(addresses, url):
    device = read_service(RAW, f"p.{RAW}", 9100, addresses, {})
    assert device is not None and device.url == url
    assert isinstance(read_printer_url(device.url), TcpAddress)


@pytest.mark.parametrize(
    "addresses", [[], ["0.0.0.0"], ["::"], ["ff02::1"], ["224.0.0.1"], ["fe80::1"], ["evil.example"]]
)
def test_an_address_that_reaches_nobody_is_no_printer(addresses):
    assert read_service(RAW, f"p.{RAW}", 9100, addresses, {}) is None


@given(
    st.text(),
    st.none() | st.integers(-1, 70_000),
    st.lists(st.text() | st.ip_addresses().map(str), max_size=4),
    st.dictionaries(st.binary(max_size=9) | st.sampled_from([b"ty", b"note"]), st.none() | st.binary(max_size=99)),
)
def test_no_record_makes_it_raise_or_makes_a_url_that_does_not_open(name, port, addresses, told):
    device = read_service(RAW, name, port, addresses, told)
    if device is not None:
        assert isinstance(read_printer_url(device.url), TcpAddress)
        assert device.name.isprintable() and device.detail.isprintable()
