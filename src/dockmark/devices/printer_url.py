"""Reads the URL that names a printer."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from dockmark.record.refusal import Refusal, Refused

RAW_PORT: Final = 9100
_LONGEST_SHOWN: Final = 200
_LONGEST_QUEUE: Final = 127
_HOST: Final = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(?:\.(?!-)[A-Za-z0-9_-]{1,63})*\.?")
_IPV6: Final = re.compile(r"[0-9A-Fa-f:.]{2,45}(?:%[A-Za-z0-9_.-]{1,32})?")
_USB_ID: Final = re.compile(r"[0-9A-Fa-f]{4}")


@dataclass(frozen=True, slots=True)
class TcpAddress:
    """A printer that listens for raw jobs on the network."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class FolderAddress:
    """A folder that takes a PDF for each job."""

    folder: Path


@dataclass(frozen=True, slots=True)
class QueueAddress:
    """A print queue of the operating system, by its name; `raw` passes ZPL through it unchanged."""

    name: str
    raw: bool


@dataclass(frozen=True, slots=True)
class UsbAddress:
    """A printer on USB: maker, product and, where two alike are plugged in, serial number."""

    vendor: int
    product: int
    serial: str


PrinterAddress = TcpAddress | FolderAddress | QueueAddress | UsbAddress


def read_printer_url(url: str) -> PrinterAddress:
    """Where that URL points, or a refusal. Nothing is opened."""
    scheme, colon, rest = url.partition(":")
    reader = {"tcp": _tcp, "pdf": _folder, "queue": _queue, "usb": _usb}.get(scheme.lower())
    if not colon or reader is None or not url.isprintable():
        raise _malformed(url)
    address = reader(rest)
    if address is None:
        raise _malformed(url)
    return address


def _malformed(url: str) -> Refusal:
    return Refusal(Refused.PRINTER_URL, url=url[:_LONGEST_SHOWN])


def _tcp(rest: str) -> TcpAddress | None:
    try:
        parts = urlsplit("tcp:" + rest)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    plain = not (parts.query or parts.fragment or "@" in parts.netloc or "?" in rest or "#" in rest)
    if not rest.startswith("//") or not host or not plain or parts.path not in {"", "/"} or port == 0:
        return None
    host = _host(host, bracketed=parts.netloc.startswith("["))
    return TcpAddress(host, RAW_PORT if port is None else port) if host else None


def _host(host: str, *, bracketed: bool) -> str | None:
    if bracketed:
        return host if _IPV6.fullmatch(host) and ":" in host else None
    try:
        ascii_host = host.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    return ascii_host if len(ascii_host) <= 253 and _HOST.fullmatch(ascii_host) else None


def _folder(rest: str) -> FolderAddress | None:
    if not rest.strip():
        return None
    try:
        return FolderAddress(Path(rest).expanduser().absolute())
    except (RuntimeError, OSError):
        return None  # a "~name" of nobody here, or a working folder that is gone


def _queue(rest: str) -> QueueAddress | None:
    name, question, option = rest.partition("?")
    if question and option != "raw=zpl":
        return None
    fits = name and name == name.strip() and not name.startswith("-") and len(name.encode()) <= _LONGEST_QUEUE
    return QueueAddress(name, raw=bool(question)) if fits else None


def _usb(rest: str) -> UsbAddress | None:
    vendor, _, more = rest.partition(":")
    product, colon, serial = more.partition(":")
    if not _USB_ID.fullmatch(vendor) or not _USB_ID.fullmatch(product) or (colon and not serial.strip()):
        return None
    return UsbAddress(int(vendor, 16), int(product, 16), serial) if len(serial) <= 126 else None
