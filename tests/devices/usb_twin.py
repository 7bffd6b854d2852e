"""A USB label printer below pyusb: descriptors, control and bulk transfers, and what can go wrong with a plug."""

import errno
from types import SimpleNamespace

import usb.backend
from usb.core import USBError, USBTimeoutError

from dockmark.devices.simulated_printer import Answers, PrinterMind

ZEBRA = (0x0A5F, 0x0166)
READY = 0x18


class UsbTwin(usb.backend.IBackend):
    """One bus with printers on it. Faults are plain attributes."""

    def __init__(self, serials=("D2J1",), *, protocol=2, interface_class=7, answers=Answers.ALWAYS):
        self.serials = list(serials)
        self.protocol = protocol
        self.interface_class = interface_class
        self.mind = PrinterMind(answers=answers)
        self.port_status = READY
        self.device_id = b"MFG:Zebra;CMD:ZPL;MDL:ZD421;"
        self.is_plugged_in = True
        self.has_usblp = True
        self.refuses_claim = 0
        self.refuses_strings = False
        self.knows_drivers = True
        self.unplug_after = None
        self.stalls_after = None
        self.largest_write = 10**9
        self.written = b""
        self.spoken = bytearray()
        self.claims = 0
        self.was_reset = 0

    # what a bus shows

    def enumerate_devices(self):
        return list(range(len(self.serials))) if self.is_plugged_in else []

    def get_device_descriptor(self, dev):
        return SimpleNamespace(
            bLength=18,
            bDescriptorType=1,
            bcdUSB=0x200,
            bDeviceClass=0,
            bDeviceSubClass=0,
            bDeviceProtocol=0,
            bMaxPacketSize0=64,
            idVendor=ZEBRA[0],
            idProduct=ZEBRA[1],
            bcdDevice=0x100,
            iManufacturer=1,
            iProduct=2,
            iSerialNumber=3 if self.serials[dev] else 0,
            bNumConfigurations=1,
            address=dev + 1,
            bus=1,
            port_number=dev,
            port_numbers=(dev,),
            speed=2,
        )

    def get_configuration_descriptor(self, dev, config):
        if config:
            raise IndexError(config)
        return SimpleNamespace(
            bLength=9,
            bDescriptorType=2,
            wTotalLength=32,
            bNumInterfaces=1,
            bConfigurationValue=1,
            iConfiguration=0,
            bmAttributes=0xC0,
            bMaxPower=0,
            extra_descriptors=[],
        )

    def get_interface_descriptor(self, dev, intf, alt, config):
        if intf or alt or config:
            raise IndexError(intf)
        return SimpleNamespace(
            bLength=9,
            bDescriptorType=4,
            bInterfaceNumber=0,
            bAlternateSetting=0,
            bNumEndpoints=self._endpoints(),
            bInterfaceClass=self.interface_class,
            bInterfaceSubClass=1,
            bInterfaceProtocol=self.protocol,
            iInterface=0,
            extra_descriptors=[],
        )

    def _endpoints(self):
        return 2 if self.protocol >= 2 else 1

    def get_endpoint_descriptor(self, dev, ep, intf, alt, config):
        if ep >= self._endpoints():
            raise IndexError(ep)
        return SimpleNamespace(
            bLength=7,
            bDescriptorType=5,
            bEndpointAddress=(0x01, 0x82)[ep],
            bmAttributes=2,
            wMaxPacketSize=64,
            bInterval=0,
            bRefresh=0,
            bSynchAddress=0,
            extra_descriptors=[],
        )

    # what a program may do

    def open_device(self, dev):
        return dev

    def close_device(self, dev_handle):
        pass

    def get_configuration(self, dev_handle):
        return 1

    def set_configuration(self, dev_handle, config_value):
        self.was_reset += 1

    def set_interface_altsetting(self, dev_handle, intf, altsetting):
        pass

    def is_kernel_driver_active(self, dev_handle, intf):
        if not self.knows_drivers:
            raise NotImplementedError("is_kernel_driver_active")
        return self.has_usblp

    def detach_kernel_driver(self, dev_handle, intf):
        self.has_usblp = False

    def attach_kernel_driver(self, dev_handle, intf):
        if not self.is_plugged_in:
            raise USBError("No such device", -4, errno.ENODEV)
        self.has_usblp = True

    def claim_interface(self, dev_handle, intf):
        if self.refuses_claim:
            raise USBError("claim", -1, self.refuses_claim)
        if self.has_usblp and self.knows_drivers:
            raise USBError("Resource busy", -6, errno.EBUSY)
        self.claims += 1

    def release_interface(self, dev_handle, intf):
        self.claims -= 1

    def ctrl_transfer(self, dev_handle, bmRequestType, bRequest, wValue, wIndex, data, timeout):  # noqa: N803 - pyusb's
        answer = self._control(dev_handle, bmRequestType, bRequest, wValue)
        for place, byte in enumerate(answer[: len(data)]):
            data[place] = byte
        return min(len(answer), len(data))

    def _control(self, dev, kind, request, value):
        if (kind, request) == (0xA1, 1):
            if self.port_status is None:
                raise USBError("Pipe error", -9, errno.EPIPE)
            return bytes([self.port_status])
        if (kind, request) == (0xA1, 0):
            return (len(self.device_id) + 2).to_bytes(2, "big") + self.device_id
        if (kind, request) == (0x80, 6) and value >> 8 == 3 and not self.refuses_strings:
            texts = {1: "Zebra Technologies", 2: "ZTC ZD421\n<b>", 3: self.serials[dev]}
            body = b"\x09\x04" if value & 0xFF == 0 else texts[value & 0xFF].encode("utf-16-le")
            return bytes([len(body) + 2, 3]) + body
        raise USBError("Access denied" if self.refuses_strings else "Pipe error", -3, errno.EACCES)

    def bulk_write(self, dev_handle, ep, intf, data, timeout):
        self._mind_the_plug()
        if self.stalls_after is not None and len(self.written) >= self.stalls_after:
            raise USBTimeoutError("Operation timed out", -7, errno.ETIMEDOUT)
        taken = bytes(data)[: self.largest_write]
        if self.unplug_after is not None:
            taken = taken[: self.unplug_after - len(self.written)]
        self.written += taken
        self.spoken += self.mind.take(taken)
        return len(taken)

    def bulk_read(self, dev_handle, ep, intf, buff, timeout):
        self._mind_the_plug()
        if not self.spoken:
            raise USBTimeoutError("Operation timed out", -7, errno.ETIMEDOUT)
        piece = self.spoken[: min(64, len(buff))]
        del self.spoken[: len(piece)]
        for place, byte in enumerate(piece):
            buff[place] = byte
        return len(piece)

    def _mind_the_plug(self):
        if self.unplug_after is not None and len(self.written) >= self.unplug_after:
            self.is_plugged_in = False
        if not self.is_plugged_in:
            raise USBError("No such device", -4, errno.ENODEV)
