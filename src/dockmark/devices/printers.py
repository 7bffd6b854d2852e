"""From a printer's URL to the printer."""

from typing import assert_never

from dockmark.devices.label_printer import LabelPrinter
from dockmark.devices.pdf_folder import PdfFolder
from dockmark.devices.printer_url import (
    FolderAddress,
    QueueAddress,
    TcpAddress,
    UsbAddress,
    read_printer_url,
)
from dockmark.devices.queue_printer import QueuePrinter
from dockmark.devices.tcp_printer import TcpPrinter
from dockmark.devices.zpl_dialogue import Patience


def open_printer(url: str, patience: Patience | None = None) -> LabelPrinter:
    """The printer of that name, or `Refusal(PRINTER_URL)`. Nothing is touched until a job or a question is sent.

    Keep the object as long as the printer is in use: it learns whether the printer answers questions.
    """
    address = read_printer_url(url)
    match address:
        case TcpAddress():
            return TcpPrinter(url, address, patience)
        case FolderAddress():
            return PdfFolder(url, address.folder)
        case QueueAddress():
            return QueuePrinter(url, address)
        case UsbAddress():
            from dockmark.devices.usb_printer import UsbPrinter  # pyusb only where it is asked for

            return UsbPrinter(url, address, patience)
        case _:
            assert_never(address)
