"""What Linux must be told before a program may use scanners and printers that no driver of its own serves."""

from typing import Final

from dockmark.devices.hid_ports import MAKERS

RULES_FILE: Final = "/etc/udev/rules.d/70-dockmark.rules"
"""Where the rules belong. `uaccess` is read by rule 73: what is numbered later comes too late."""


def udev_rules() -> str:
    """Rules that give whoever sits at the machine the scanners of the known makers and every USB label printer.

    A scanner is asked for as `hidraw` (hidapi) and as `usb` (libusb), so both are named. Printers are known by their
    interface: USB class 07, subclass 01 (USB Device Class Definition for Printing Devices 1.1, section 4.2.1).
    """
    lines = ["# Dockmark: scanners and label printers for whoever sits at this machine."]
    for maker in sorted(MAKERS):
        lines.append(f'SUBSYSTEM=="usb", ENV{{DEVTYPE}}=="usb_device", ATTR{{idVendor}}=="{maker:04x}", TAG+="uaccess"')
        lines.append(f'SUBSYSTEM=="hidraw", ATTRS{{idVendor}}=="{maker:04x}", TAG+="uaccess"')
    lines.append('SUBSYSTEM=="usb", ENV{DEVTYPE}=="usb_device", ENV{ID_USB_INTERFACES}=="*:0701*", TAG+="uaccess"')
    return "\n".join(lines) + "\n"
