"""HID POS scanners in use: real threads, the real pyusb; only the device and the module `hid` are played.

There is no /dev/uhid where these were written, so the kernel's own path is not walked here.
"""

import errno
import queue
from collections.abc import Callable, Iterator

import pytest

from dockmark.devices.hid_ports import HidApiBus, HidBus, UsbHidBus, hid_scanners
from dockmark.devices.hid_scanner import HidScanner
from dockmark.devices.lights import DeviceState
from dockmark.devices.scanner_thread import Heard, ScannerNote
from dockmark.devices.serial_ports import PortTrouble
from dockmark.devices.serial_profile import Doubt, SerialProfile
from dockmark.devices.serial_url import PortAddress, read_port, read_scanner_url, scanner_url
from dockmark.record.refusal import Refusal

from .hid_twin import GONE, HONEYWELL, NEWLAND, HidTwin, UsbHidTwin, reports

WAIT_S = 20.0


class Ear:
    """What a scanner told, in its order."""

    def __init__(self) -> None:
        self.heard: queue.Queue[Heard] = queue.Queue()
        self.notes: queue.Queue[ScannerNote] = queue.Queue()

    def scan(self) -> Heard:
        return self.heard.get(timeout=WAIT_S)

    def until(self, state: DeviceState, code: str = "") -> ScannerNote:
        while True:
            note = self.notes.get(timeout=WAIT_S)
            if (note.state, note.code) == (state, code):
                return note


Listen = Callable[..., Ear]


@pytest.fixture
def listen() -> Iterator[Listen]:
    running: list[HidScanner] = []

    def listen(bus: HidBus, port: str = "hid=0c2e:0901:SN1", name: str = "hid:A", **profile: bytes) -> Ear:
        ear = Ear()
        address = read_port(port)
        assert address is not None
        made = SerialProfile(**profile)
        scanner = HidScanner(name, address, made, ear.heard.put, ear.notes.put, lambda: bus)
        running.append(scanner)
        scanner.start()
        return ear

    yield listen
    for scanner in running:
        scanner.close(WAIT_S)


def test_a_scan_arrives_with_its_identifier_and_bytes_as_they_were(listen: Listen) -> None:
    twin = HidTwin()
    ear = listen(HidApiBus(twin))
    ear.until(DeviceState.READY)
    twin.send(b"0109506000143514" + b"10L\x1d21" + b"S" * 80, aim=b"]d2")
    scan = ear.scan().scan
    assert scan is not None
    assert (scan.symbology, scan.device) == ("]d2", "hid:A")
    assert scan.raw == b"0109506000143514" + b"10L\x1d21" + b"S" * 80


def test_it_is_found_again_when_it_is_plugged_in_again_at_another_place(listen: Listen) -> None:
    twin = HidTwin((NEWLAND, "OTHER"), (HONEYWELL, "SN1"))
    ear = listen(HidApiBus(twin))
    ear.until(DeviceState.READY)
    twin.unplug("SN1")
    ear.until(DeviceState.BACKOFF, PortTrouble.LOST)
    twin.plug(HONEYWELL, "SN1")
    ear.until(DeviceState.READY)
    twin.send(b"AFTER")
    heard = ear.scan().scan
    assert heard is not None
    assert heard.raw == b"AFTER"


def test_it_is_taken_into_use_when_it_comes_later(listen: Listen) -> None:
    twin = HidTwin((NEWLAND, "OTHER"))
    ear = listen(HidApiBus(twin))
    ear.until(DeviceState.ABSENT, PortTrouble.ABSENT)
    twin.plug(HONEYWELL, "SN1")
    ear.until(DeviceState.READY)


def test_a_scan_that_the_plug_cut_off_is_told_and_not_handed_on(listen: Listen) -> None:
    twin = HidTwin()
    ear = listen(HidApiBus(twin))
    ear.until(DeviceState.READY)
    twin.inbox("SN1").put(reports(b"A" * 60)[0])
    twin.unplug()
    heard = ear.scan()
    assert (heard.scan, heard.doubt) == (None, Doubt.CUT_OFF)


def test_several_scanners_are_told_apart_by_their_serial_numbers(listen: Listen) -> None:
    twin = HidTwin((HONEYWELL, "SN1"), (HONEYWELL, "SN2"))
    one = listen(HidApiBus(twin), name="hid:A")
    two = listen(HidApiBus(twin), port="hid=0c2e:0901:SN2", name="hid:B")
    both = listen(HidApiBus(twin), port="hid=0c2e:0901")
    both.until(DeviceState.FAULTED, PortTrouble.SEVERAL)
    one.until(DeviceState.READY)
    two.until(DeviceState.READY)
    twin.send(b"FOR-B", "SN2")
    twin.send(b"FOR-A", "SN1")
    told = (one.scan().scan, two.scan().scan)
    assert [(scan.device, scan.raw) for scan in told if scan] == [("hid:A", b"FOR-A"), ("hid:B", b"FOR-B")]


def test_one_that_is_set_to_type_or_may_not_be_opened_says_so(listen: Listen) -> None:
    keys = HidTwin(page=1)
    listen(HidApiBus(keys)).until(DeviceState.FAULTED, PortTrouble.KEYBOARD)
    shut = HidTwin()
    shut.refuses = True
    ear = listen(HidApiBus(shut))
    ear.until(DeviceState.FAULTED, PortTrouble.NO_RULE)
    shut.refuses = False
    ear.until(DeviceState.READY)


def test_a_page_that_the_system_does_not_tell_is_read_from_the_descriptor(listen: Listen) -> None:
    known = HidTwin(page=0)
    listen(HidApiBus(known)).until(DeviceState.READY)
    other = HidTwin(page=0, descriptor=bytes.fromhex("05010906a101c0"))
    listen(HidApiBus(other)).until(DeviceState.FAULTED, PortTrouble.NOT_A_PORT)


def test_one_pull_of_the_trigger_reported_twice_is_one_scan(listen: Listen) -> None:
    twin = HidTwin()
    ear = listen(HidApiBus(twin))
    ear.until(DeviceState.READY)
    for data in (b"ONCE", b"ONCE", b"THEN"):
        twin.send(data)
    told = [ear.scan().raw, ear.scan().raw]
    assert told in ([b"ONCE", b"THEN"], [b"ONCE", b"ONCE"])  # the second where this machine stood still for 80 ms


def test_prefix_and_separator_of_the_profile_are_mended(listen: Listen) -> None:
    twin = HidTwin()
    ear = listen(HidApiBus(twin), prefix=b"\x02", separator=b"{GS}")
    ear.until(DeviceState.READY)
    twin.send(b"\x0210A{GS}21B")
    heard = ear.scan().scan
    assert heard is not None
    assert heard.raw == b"10A\x1d21B"
    twin.send(b"10A")
    assert ear.scan().doubt is Doubt.NO_PREFIX


def test_through_libusb_the_systems_driver_is_taken_off_and_given_back(listen: Listen) -> None:
    twin = UsbHidTwin()
    ear = listen(UsbHidBus(twin))
    ear.until(DeviceState.READY)
    assert (twin.has_usbhid, twin.claims) == (False, 1)
    for report in reports(b"S" * 70, b"]C1"):
        twin.came.put(report)
    scan = ear.scan().scan
    assert scan is not None
    assert (scan.raw, scan.symbology) == (b"S" * 70, "]C1")
    twin.came.put(GONE)
    ear.until(DeviceState.BACKOFF, PortTrouble.LOST)
    twin.has_usbhid = twin.is_plugged_in = True
    ear.until(DeviceState.READY)


def test_closing_gives_the_device_back() -> None:
    twin, ear = UsbHidTwin(), Ear()
    scanner = HidScanner(
        "hid:A", PortAddress("", *HONEYWELL, "SN1", is_hid=True), SerialProfile(), ear.heard.put, ear.notes.put,
        lambda: UsbHidBus(twin),
    )  # fmt: skip
    scanner.start()
    ear.until(DeviceState.READY)
    scanner.close(WAIT_S)
    assert (twin.has_usbhid, twin.claims) == (True, 0)


def test_through_libusb_a_device_of_another_program_says_busy(listen: Listen) -> None:
    twin = UsbHidTwin()
    twin.refuses_claim = errno.EBUSY
    ear = listen(UsbHidBus(twin))
    ear.until(DeviceState.FAULTED, PortTrouble.BUSY)
    assert twin.has_usbhid


def test_what_is_plugged_in_is_listed_once_each_with_a_tame_name() -> None:
    found = hid_scanners(HidApiBus(HidTwin((HONEYWELL, "SN1"), (HONEYWELL, "SN1"), (NEWLAND, ""))))
    assert [str(port.address) for port in found] == ["hid=0c2e:0901:SN1", "hid=1eab:0006"]
    assert all(port.name.isprintable() for port in found)
    assert hid_scanners(HidApiBus(HidTwin(page=1))) == ()
    assert len(hid_scanners(UsbHidBus(UsbHidTwin()))) == 1


@pytest.mark.parametrize("url", ["hid:0c2e:0901", "hid:0c2e:0901:SN1", "hid:0c2e:0901:SN1,prefix=<STX>,separator={GS}"])
def test_a_url_names_it_and_comes_back_the_same(url: str) -> None:
    address = read_scanner_url(url)
    assert address.port.is_hid
    assert read_scanner_url(scanner_url(address)) == address


@pytest.mark.parametrize("url", ["hid:", "hid:ttyS0", "hid:usb=0c2e:0901", "hid:0c2e", "serial:hid=0c2e:0901"])
def test_a_url_that_names_none_is_refused(url: str) -> None:
    with pytest.raises(Refusal):
        read_scanner_url(url)
