"""Watches the network for printers that announce themselves (mDNS), and for their going away."""

import contextlib
import ipaddress
import threading
from collections.abc import Callable, Sequence
from typing import Final, Self

from zeroconf import Error as ZeroconfError
from zeroconf import InterfaceChoice, IPVersion, ServiceBrowser, ServiceListener, Zeroconf

from dockmark.devices.discovery import DeviceKind, FoundDevice, tame
from dockmark.devices.printer_url import RAW_PORT
from dockmark.record.refusal import DeviceFault

_RAW: Final = "_pdl-datastream._tcp.local."
_LPD: Final = "_printer._tcp.local."
_ASK_MS: Final = 2000
_MOST: Final = 256
_TOLD: Final = (b"ty", b"product", b"usb_MDL", b"note")
Told = Callable[[FoundDevice], None]


class NetworkWatch:
    """Looks at the given interfaces only, from `start` to `close`. Calls back on a thread of its own.

    Whatever comes from the network is a stranger's claim: texts are tamed, records that make no sense are passed over,
    and never more than 256 printers are kept. Nothing is connected to.
    """

    def __init__(self, *, interfaces: Sequence[str], on_found: Told, on_lost: Told) -> None:
        self._interfaces: Final = list(interfaces)
        self._on_found: Final = on_found
        self._on_lost: Final = on_lost
        self._known: dict[str, FoundDevice] = {}
        self._lock: Final = threading.Lock()
        self._zeroconf: Zeroconf | None = None

    def start(self) -> None:
        """Begin to listen; `DeviceFault` where the network cannot be listened to."""
        with self._lock:
            if self._zeroconf is not None:
                return
            try:
                self._zeroconf = _listen(self._interfaces)
            except (OSError, ValueError, RuntimeError, ZeroconfError) as error:
                raise DeviceFault("network_watch", type(error).__name__) from error
        ServiceBrowser(self._zeroconf, [_RAW, _LPD], listener=_Listener(self._look, self._forget))

    def close(self) -> None:
        """Stop listening. No call-back comes after this returned."""
        with self._lock:
            zeroconf, self._zeroconf = self._zeroconf, None
        if zeroconf is not None:
            zeroconf.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _look(self, zeroconf: Zeroconf, kind: str, name: str) -> None:
        """A service came or changed: tell what is new about it."""
        with contextlib.suppress(OSError, ValueError, RuntimeError, ZeroconfError):
            info = zeroconf.get_service_info(kind, name, _ASK_MS)
            if info is not None:
                addresses = info.parsed_scoped_addresses(IPVersion.All)
                self._tell(name, read_service(kind, name, info.port, addresses, info.properties))

    def _forget(self, name: str) -> None:
        self._tell(name, None)

    def _tell(self, name: str, device: FoundDevice | None) -> None:
        with self._lock:
            before = self._known.pop(name, None)
            if self._zeroconf is None or (device is not None and before is None and len(self._known) >= _MOST):
                return
            if device is not None:
                self._known[name] = device
        if before == device:
            return
        if before is not None:
            self._on_lost(before)
        if device is not None:
            self._on_found(device)


def _listen(interfaces: list[str]) -> Zeroconf:
    are_all_v4 = all(_is_v4(interface) for interface in interfaces)
    version = IPVersion.V4Only if are_all_v4 else IPVersion.All
    return Zeroconf(interfaces=interfaces or InterfaceChoice.Default, ip_version=version)


def _is_v4(interface: str) -> bool:
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(interface).version == 4
    return False


class _Listener(ServiceListener):
    def __init__(self, look: Callable[[Zeroconf, str, str], None], forget: Callable[[str], None]) -> None:
        self._look: Final = look
        self._forget: Final = forget

    def add_service(self, zc: Zeroconf, type_: str, name: str) -> None:
        self._look(zc, type_, name)

    def update_service(self, zc: Zeroconf, type_: str, name: str) -> None:
        self._look(zc, type_, name)

    def remove_service(self, zc: Zeroconf, type_: str, name: str) -> None:
        self._forget(name)


def read_service(
    kind: str, name: str, port: int | None, addresses: Sequence[str], told: "dict[bytes, bytes | None]"
) -> FoundDevice | None:
    """The printer that a service record announces, or None when it announces none that could be reached."""
    host = _reachable(addresses)
    if not port or not 0 < port < 65536 or host is None:
        return None
    is_raw = kind == _RAW
    detail = next((text for key in _TOLD if (text := tame(told.get(key)))), "")
    return FoundDevice(
        url=f"tcp://{host}:{port if is_raw else RAW_PORT}",
        name=tame(name.removesuffix("." + kind)) or host,
        kind=DeviceKind.RAW_TCP if is_raw else DeviceKind.LPD,
        detail=detail,
    )


def _reachable(addresses: Sequence[str]) -> str | None:
    """The plainest address: IPv4 before IPv6, none that means "nobody" or "everybody"."""
    usable: list[tuple[bool, bool, str]] = []
    for text in addresses:
        with contextlib.suppress(ValueError):
            address = ipaddress.ip_address(text)
            needs_scope = address.version == 6 and address.is_link_local and "%" not in text
            if not (address.is_unspecified or address.is_multicast or needs_scope):
                is_v6 = address.version == 6
                usable.append((is_v6, address.is_link_local, f"[{text}]" if is_v6 else text))
    return min(usable)[2] if usable else None
