"""HID POS scanners at the edge of the program: one shaped like the module `hid`, one below pyusb."""

import errno
import queue
from types import SimpleNamespace

import usb.backend
from usb.core import USBError, USBTimeoutError

HONEYWELL = (0x0C2E, 0x0901)
NEWLAND = (0x1EAB, 0x0006)
GONE = object()

AIM_AHEAD = bytes.fromhex(
    "058c0902a10185020600ff0a00ff058c0903a10209fd7508950181027508950109fb810209fc810209fd810209fe95388202010afe00c0c0"
)
DATA_FIRST = bytes.fromhex("058c0902a10185020903a1027508950109 0181020 9fe95388202010 9fd95038102c0c0".replace(" ", ""))


def reports(data: bytes, aim: bytes | None = b"]d1") -> list[bytes]:
    """The reports of one pull of the trigger; without an identifier, of the makers whose data comes first."""
    made = []
    pieces = [data[at : at + 56] for at in range(0, len(data), 56)] or [b""]
    for number, piece in enumerate(pieces):
        head = bytes([2, len(piece)]) + (aim or b"")
        body = (head + piece).ljust(63, b"\0")
        made.append(body + bytes([number + 1 < len(pieces)]))
    return made


class HidTwin:
    """Stands where the module `hid` stands."""

    def __init__(self, *plugged, page=0x8C, descriptor=AIM_AHEAD):
        self.plugged = list(plugged or [(HONEYWELL, "SN1")])
        self.page = page
        self.report_descriptor = descriptor
        self.refuses = False
        self.came = {}
        self.open_now = []

    def enumerate(self):
        return [
            {
                "path": f"1-{number}:1.0".encode(),
                "vendor_id": ids[0],
                "product_id": ids[1],
                "serial_number": serial,
                "manufacturer_string": "Maker\x1b",
                "product_string": "Scanner",
                "usage_page": self.page,
            }
            for number, (ids, serial) in enumerate(self.plugged)
        ]

    def device(self):
        return _Opened(self)

    def send(self, data, serial="SN1", aim=b"]d1"):
        for report in reports(data, aim):
            self.inbox(serial).put(report)

    def inbox(self, serial):
        return self.came.setdefault(serial, queue.Queue())

    def unplug(self, serial="SN1"):
        self.plugged = [each for each in self.plugged if each[1] != serial]
        self.inbox(serial).put(GONE)

    def plug(self, ids, serial):
        self.plugged.append((ids, serial))


class _Opened:
    def __init__(self, twin):
        self.twin = twin
        self.serial = None

    def open_path(self, path):
        if self.twin.refuses:
            raise OSError("open failed")
        number = int(path.split(b"-")[1].split(b":")[0])
        self.serial = self.twin.plugged[number][1]
        self.twin.open_now.append(self.serial)

    def get_report_descriptor(self):
        return list(self.twin.report_descriptor)

    def read(self, size, timeout_ms):
        try:
            report = self.twin.inbox(self.serial).get(timeout=timeout_ms / 1000)
        except queue.Empty:
            return []
        if report is GONE:
            raise OSError("read error")
        return list(report[:size])

    def close(self):
        self.twin.open_now.remove(self.serial)


class UsbHidTwin(usb.backend.IBackend):
    """A bus with one HID POS scanner on it, held by the system's own driver."""

    def __init__(self):
        self.is_plugged_in = True
        self.has_usbhid = True
        self.claims = 0
        self.came = queue.Queue()
        self.refuses_claim = 0

    def enumerate_devices(self):
        return [0] if self.is_plugged_in else []

    def get_device_descriptor(self, dev):
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x200, bDeviceClass=0, bDeviceSubClass=0, bDeviceProtocol=0,
            bMaxPacketSize0=64, idVendor=HONEYWELL[0], idProduct=HONEYWELL[1], bcdDevice=0x100, iManufacturer=1,
            iProduct=2, iSerialNumber=3, bNumConfigurations=1, address=1, bus=1, port_number=0, port_numbers=(0,),
            speed=2,
        )  # fmt: skip

    def get_configuration_descriptor(self, dev, config):
        if config:
            raise IndexError(config)
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=34, bNumInterfaces=1, bConfigurationValue=1, iConfiguration=0,
            bmAttributes=0xC0, bMaxPower=0, extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, dev, intf, alt, config):
        if intf or alt or config:
            raise IndexError(intf)
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0, bNumEndpoints=1, bInterfaceClass=3,
            bInterfaceSubClass=0, bInterfaceProtocol=0, iInterface=0, extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(self, dev, ep, intf, alt, config):
        if ep:
            raise IndexError(ep)
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=0x81, bmAttributes=3, wMaxPacketSize=64, bInterval=1,
            bRefresh=0, bSynchAddress=0, extra_descriptors=[],
        )  # fmt: skip

    def open_device(self, dev):
        return dev

    def close_device(self, dev_handle):
        pass

    def get_configuration(self, dev_handle):
        return 1

    def is_kernel_driver_active(self, dev_handle, intf):
        return self.has_usbhid

    def detach_kernel_driver(self, dev_handle, intf):
        self.has_usbhid = False

    def attach_kernel_driver(self, dev_handle, intf):
        if not self.is_plugged_in:
            raise USBError("No such device", -4, errno.ENODEV)
        self.has_usbhid = True

    def claim_interface(self, dev_handle, intf):
        if self.refuses_claim:
            raise USBError("claim", -1, self.refuses_claim)
        if self.has_usbhid:
            raise USBError("Resource busy", -6, errno.EBUSY)
        self.claims += 1

    def release_interface(self, dev_handle, intf):
        self.claims -= 1

    def ctrl_transfer(self, dev_handle, bmRequestType, bRequest, wValue, wIndex, data, timeout):  # noqa: N803 - pyusb's
        if (bmRequestType, bRequest, wValue) == (0x81, 6, 0x2200):
            answer = AIM_AHEAD
        elif (bmRequestType, bRequest) == (0x80, 6) and wValue >> 8 == 3:
            text = {1: "Honeywell", 2: "Voyager", 3: "SN1"}.get(wValue & 0xFF, "")
            body = text.encode("utf-16-le") if wValue & 0xFF else b"\x09\x04"
            answer = bytes([len(body) + 2, 3]) + body
        else:
            raise USBError("Pipe error", -9, errno.EPIPE)
        for place, byte in enumerate(answer[: len(data)]):
            data[place] = byte
        return min(len(answer), len(data))

    def intr_read(self, dev_handle, ep, intf, buff, timeout):
        try:
            report = self.came.get(timeout=timeout / 1000)
        except queue.Empty as error:
            raise USBTimeoutError("Operation timed out", -7, errno.ETIMEDOUT) from error
        if report is GONE:
            self.is_plugged_in = False
            raise USBError("No such device", -4, errno.ENODEV)
        for place, byte in enumerate(report[: len(buff)]):
            buff[place] = byte
        return min(len(report), len(buff))
