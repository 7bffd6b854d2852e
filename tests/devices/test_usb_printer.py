"""A label printer on USB, through the real pyusb over a bus that is played."""

import errno

import pytest

from dockmark.devices.discovery import DeviceKind, usb_printers
from dockmark.devices.ieee1284 import read_device_id, strip_length
from dockmark.devices.label_printer import PrinterState, Sent, SentOutcome
from dockmark.devices.printer_url import read_printer_url
from dockmark.devices.simulated_printer import Answers, Fault
from dockmark.devices.usb_link import UsbLink, find_printer_port
from dockmark.devices.usb_printer import UsbPrinter, matching_devices

from .usb_twin import UsbTwin

URL = "usb:0a5f:0166"
JOB = b"^XA^FDserial 1^FS^XZ"
LARGE_JOB = b"^XA" + b"^FDx^FS" * 20_000 + b"^XZ"


@pytest.fixture
def open_usb(hasty):
    return lambda twin, url=URL: UsbPrinter(url, read_printer_url(url), hasty, twin)


@pytest.mark.parametrize("job", [JOB, LARGE_JOB], ids=["small", "large"])
def test_a_job_is_confirmed_and_the_printer_given_back_to_the_system(open_usb, job):
    twin = UsbTwin()
    assert open_usb(twin).send(job, name="1") == Sent(SentOutcome.CONFIRMED)
    assert twin.mind.printed == [job]
    assert twin.has_usblp and twin.claims == 0
    assert twin.was_reset == 0, "choosing the configuration again would reset the printer"


def test_short_writes_are_carried_on(open_usb):
    twin = UsbTwin()
    twin.largest_write = 7
    assert open_usb(twin).send(JOB, name="1").outcome is SentOutcome.CONFIRMED
    assert twin.mind.printed == [JOB]


def test_a_port_without_a_way_back_is_sent_to_and_not_asked_for_long(open_usb):
    twin = UsbTwin(protocol=1)
    assert open_usb(twin).send(JOB, name="1") == Sent(SentOutcome.SENT, "not_answering")
    assert twin.mind.printed == [JOB]


def test_a_printer_without_a_driver_of_the_system_is_not_given_one(open_usb):
    twin = UsbTwin()
    twin.has_usblp = False
    assert open_usb(twin).send(JOB, name="1").outcome is SentOutcome.CONFIRMED
    assert not twin.has_usblp


def test_a_system_that_knows_no_driver_calls_is_no_hindrance(open_usb):
    twin = UsbTwin()
    twin.knows_drivers = False
    assert open_usb(twin).send(JOB, name="1").outcome is SentOutcome.CONFIRMED


@pytest.mark.parametrize(
    ("port_status", "sent"),
    [
        (0x38, Sent(SentOutcome.AWAY, "paper_out")),
        (0x30, Sent(SentOutcome.AWAY, "paper_out")),
        (0x10, Sent(SentOutcome.AWAY, "fault")),
        (0x00, Sent(SentOutcome.CONFIRMED)),
        (0x08, Sent(SentOutcome.CONFIRMED)),
        (None, Sent(SentOutcome.CONFIRMED)),
    ],
)
def test_the_status_byte_keeps_a_job_back_only_where_it_says_something(open_usb, port_status, sent):
    twin = UsbTwin()
    twin.port_status = port_status
    assert open_usb(twin).send(JOB, name="1") == sent
    assert (twin.written == b"") == (sent.outcome is SentOutcome.AWAY)
    assert twin.has_usblp and twin.claims == 0


@pytest.mark.parametrize("fault", Fault)
def test_a_fault_told_in_zpl_keeps_the_job_back(open_usb, fault):
    twin = UsbTwin()
    twin.mind.faults.add(fault)
    assert open_usb(twin).send(JOB, name="1") == Sent(SentOutcome.AWAY, fault.value)
    assert open_usb(twin).status().state.value == fault.value
    assert b"^XA" not in twin.written


def test_a_printer_that_is_not_plugged_in_is_away(open_usb):
    twin = UsbTwin()
    twin.is_plugged_in = False
    printer = open_usb(twin)
    assert printer.send(JOB, name="1") == Sent(SentOutcome.AWAY, "absent")
    assert printer.status().state is PrinterState.NOT_ANSWERING
    twin.is_plugged_in = True
    assert printer.send(JOB, name="1").outcome is SentOutcome.CONFIRMED


@pytest.mark.parametrize("count", [4, 10, 3 + len(JOB) - 1, 3 + len(JOB)])
def test_a_plug_pulled_after_the_first_byte_is_unknown(open_usb, count):
    twin = UsbTwin()
    twin.unplug_after = count
    assert open_usb(twin).send(JOB, name="1").outcome is SentOutcome.UNKNOWN
    assert not twin.is_plugged_in


@pytest.mark.parametrize(("count", "protocol"), [(0, 2), (3, 2), (0, 1)])
def test_a_plug_pulled_before_the_first_byte_of_the_job_is_away(open_usb, count, protocol):
    twin = UsbTwin(protocol=protocol)
    twin.unplug_after = count
    assert open_usb(twin).send(JOB, name="1") == Sent(SentOutcome.AWAY, "absent")
    assert b"^XA" not in twin.written


def test_a_printer_that_takes_no_more_is_unknown(open_usb):
    twin = UsbTwin()
    twin.stalls_after = 20_000
    assert open_usb(twin).send(LARGE_JOB, name="1") == Sent(SentOutcome.UNKNOWN, "stalled")
    assert twin.has_usblp


def test_a_known_printer_that_falls_silent_gets_nothing(open_usb):
    twin = UsbTwin(answers=Answers.NOT_IN_FAULT)
    printer = open_usb(twin)
    assert printer.send(JOB, name="1").outcome is SentOutcome.CONFIRMED
    twin.mind.faults.add(Fault.HEAD_OPEN)
    assert printer.send(JOB, name="2") == Sent(SentOutcome.AWAY, "not_answering")
    assert twin.mind.waiting == []


@pytest.mark.parametrize(
    ("number", "sent"),
    [
        (errno.EBUSY, Sent(SentOutcome.AWAY, "busy")),
        (errno.EACCES, Sent(SentOutcome.FAILED, "not_allowed")),
        (errno.EIO, Sent(SentOutcome.AWAY, "usb_error")),
    ],
)
def test_a_claim_that_is_refused_is_told_apart_and_the_driver_put_back(open_usb, number, sent):
    twin = UsbTwin()
    twin.refuses_claim = number
    assert open_usb(twin).send(JOB, name="1") == sent
    assert twin.has_usblp and twin.written == b""


def test_two_alike_are_told_apart_by_serial_only(open_usb):
    twin = UsbTwin(["D2J1", "D2J2"])
    assert open_usb(twin).send(JOB, name="1") == Sent(SentOutcome.FAILED, "several_match")
    assert open_usb(twin, URL + ":D2J2").send(JOB, name="1").outcome is SentOutcome.CONFIRMED
    assert open_usb(twin, URL + ":D2J3").send(JOB, name="1") == Sent(SentOutcome.AWAY, "absent")


def test_a_serial_that_may_not_be_read_is_a_matter_of_rights_and_not_absence(open_usb):
    twin = UsbTwin()
    twin.refuses_strings = True
    assert open_usb(twin, URL + ":D2J1").send(JOB, name="1") == Sent(SentOutcome.FAILED, "not_allowed")
    assert open_usb(twin).send(JOB, name="1").outcome is SentOutcome.CONFIRMED


@pytest.mark.parametrize(("interface_class", "protocol"), [(3, 2), (7, 3), (7, 4), (255, 2)])
def test_what_is_no_raw_printer_port_is_not_written_to(open_usb, interface_class, protocol):
    twin = UsbTwin(interface_class=interface_class, protocol=protocol)
    assert open_usb(twin).send(JOB, name="1") == Sent(SentOutcome.FAILED, "no_printer_port")
    assert usb_printers(twin).devices == ()
    assert twin.written == b"" and twin.has_usblp


def test_status_falls_back_to_the_status_byte_where_zpl_is_not_spoken(open_usb):
    twin = UsbTwin(answers=Answers.NEVER)
    assert open_usb(twin).status().state is PrinterState.READY
    twin.port_status = 0x30
    assert open_usb(twin).status().state is PrinterState.PAPER_OUT


def test_an_empty_job_touches_nothing(open_usb):
    twin = UsbTwin()
    assert open_usb(twin).send(b"", name="1") == Sent(SentOutcome.FAILED, "empty_job")
    assert twin.written == b""


def test_the_device_id_names_the_language(hasty):
    twin = UsbTwin()
    (device,) = matching_devices(read_printer_url(URL), twin)
    with UsbLink(device, find_printer_port(device), hasty) as link:
        found = read_device_id(strip_length(link.device_id()))
    assert found.speaks_zpl and found.model == "ZD421"


def test_printers_on_the_bus_are_found_under_urls_that_open(open_usb):
    twin = UsbTwin(["D2J1", ""])
    found = usb_printers(twin).devices
    assert [device.url for device in found] == [URL + ":D2J1", URL]
    assert {device.name for device in found} == {"Zebra Technologies ZTC ZD421<b>"}
    assert {device.kind for device in found} == {DeviceKind.USB}
    assert open_usb(twin, found[0].url).send(JOB, name="1").outcome is SentOutcome.CONFIRMED


@pytest.mark.parametrize("serial", ["a\nb", "\x07", "s" * 120 + "\x00", " "])
def test_a_serial_that_makes_no_url_is_left_out_of_it(serial):
    (found,) = usb_printers(UsbTwin([serial])).devices
    read_printer_url(found.url)
    assert found.url == URL


def test_printers_that_may_not_be_asked_are_found_and_say_so():
    twin = UsbTwin()
    twin.refuses_strings = True
    (found,) = usb_printers(twin).devices
    assert (found.url, found.name, found.detail) == (URL, URL, "not_allowed")


def test_without_libusb_there_is_a_reason_and_no_printer(monkeypatch):
    import usb.backend.libusb0
    import usb.backend.libusb1
    import usb.backend.openusb

    for library in (usb.backend.libusb0, usb.backend.libusb1, usb.backend.openusb):
        monkeypatch.setattr(library, "get_backend", lambda find_library=None: None)
    assert usb_printers().devices == ()
    assert usb_printers().reason == "libusb_missing"
    assert UsbPrinter(URL, read_printer_url(URL)).send(JOB, name="1") == Sent(SentOutcome.FAILED, "libusb_missing")


def test_on_this_machine_as_it_is_looking_around_raises_nothing():
    usb_printers()
