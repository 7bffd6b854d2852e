"""`devices`, and the scanners that `desk --scanner` reads: what is connected, and how it stands."""

import queue
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any, Final

import typer

from dockmark.cli import speech
from dockmark.devices.hid_ports import hid_scanners
from dockmark.devices.lights import DeviceState
from dockmark.devices.scanner_kinds import AnyScanner, scanner_at
from dockmark.devices.scanner_thread import Heard, ScannerNote
from dockmark.devices.serial_ports import serial_ports
from dockmark.devices.serial_url import ScannerAddress, read_scanner_url, scanner_url
from dockmark.identifiers.reading import Scan
from dockmark.ledger.spool import kept_printers
from dockmark.record.refusal import Refusal, Refused
from dockmark.station.folders import data_folder, state_folder
from dockmark.station.scanner_settings import FILE, ScannerSettings, kept_scanners, lane_letter
from dockmark.station.setup import open_ledger
from dockmark.wording import sentence

PROBE_S: Final = 5.0
_LOOK_S: Final = 0.2


def devices(
    act: Annotated[str, typer.Argument(help="list, test or rules.")] = "list",
    url: Annotated[str, typer.Argument(help="The printer to ask, or the scanner to open.")] = "",
) -> int:
    """Show what is connected and how it stands, or ask one device.

    `rules` prints the udev rules that let a Linux user reach scanners and label printers.
    """
    if act == "rules":
        return _rules()
    if act == "test":
        return _test_scanner(url) if url.lower().startswith(("serial:", "hid:")) else _test_printer(url)
    if act != "list":
        raise Refusal(Refused.BAD_VALUE, field="devices", value=act[:40])
    for told in (*_scanners(), *_ports(), *_printers()):
        letter = f"[{told['lane']}] " if told.get("lane") else ""
        says = [told["kind"], f"{letter}{told['name']}", told["url"], told["state"], told["say"] or told["detail"]]
        speech.tell(told, "  ".join(str(each) for each in says if each))
    return 0


def _rules() -> int:
    from dockmark.devices.permissions import RULES_FILE, udev_rules

    told: dict[str, object] = {"file": RULES_FILE, "rules": udev_rules()}
    speech.tell(told, udev_rules().rstrip())
    return 0


def _scanners() -> Iterator[dict[str, Any]]:
    """The scanners of this station, each opened for a moment to see how it stands."""
    for each in kept_scanners(state_folder() / FILE):
        note = _probed(each)
        yield {
            "kind": "scanner", "name": each.name, "url": each.url, "device": each.device,
            "lane": lane_letter(each.lane), "state": note.state.value, "detail": note.code,
            "say": sentence(note.code) if note.code else "", "port": note.path,
        }  # fmt: skip


def _ports() -> Iterator[dict[str, Any]]:
    for port in (*hid_scanners(), *serial_ports()):
        where = str(port.address).removeprefix("hid=")
        yield {
            "kind": port.address.scheme, "name": port.name, "url": f"{port.address.scheme}:{where}", "port": port.path,
            "state": "found", "detail": "", "say": "",
        }  # fmt: skip


def _printers() -> Iterator[dict[str, Any]]:
    """Printers that were found, and those that were chosen, each asked how it stands where it was chosen."""
    from dockmark.devices import discovery

    used = _used_printers()
    found = {device.url: device for device in (*discovery.usb_printers(), *discovery.queues())}
    for url, device in found.items():
        yield {
            "kind": device.kind.value, "name": device.name, "url": url, "detail": device.detail,
            "prints": used.get(url, []), **(_asked(url) if url in used else {"state": "found", "say": ""}),
        }  # fmt: skip
    for url, kinds in used.items():
        if url not in found:
            yield {"kind": "printer", "name": url, "url": url, "detail": "", "prints": kinds, **_asked(url)}


def _used_printers() -> dict[str, list[str]]:
    """What comes out of each chosen printer; nothing without a data folder."""
    try:
        ledger = open_ledger(data_folder())
    except Refusal:
        return {}
    try:
        session = ledger.session()
        try:
            kept = kept_printers(session)
        finally:
            session.close()
    finally:
        ledger.close()
    used: dict[str, list[str]] = {}
    for kind, url in sorted(kept.items()):
        used.setdefault(url, []).append(kind)
    return used


def _asked(url: str) -> dict[str, Any]:
    from dockmark.devices.printers import open_printer

    try:
        status = open_printer(url).status()
    except Refusal as no:
        return {"state": "failed", "detail": no.code.value, "say": sentence(no.code.value, no.facts)}
    return {"state": status.state.value, "detail": str(status.detail), "say": ""}


def _test_printer(url: str) -> int:
    from dockmark.devices.printers import open_printer

    found = open_printer(url).status()
    speech.tell(
        {"url": url, "state": found.state.value, "detail": found.detail, "raw_hex": found.raw.hex()},
        f"{url}: {found.state.value} {found.detail}",
    )
    return 0 if found.state.value in ("ready", "unknown") else 1


def _test_scanner(url: str) -> int:
    address = read_scanner_url(url)
    note = _probed(ScannerSettings(port=str(address.port), profile=address.profile, name=address.name or url[:40]))
    words = sentence(note.code or "scanner_ready")
    speech.tell(
        {"url": scanner_url(address), "state": note.state.value, "detail": note.code, "say": words}, f"{url}: {words}"
    )
    return 0 if note.state is DeviceState.READY else 1


def _probed(settings: ScannerSettings) -> ScannerNote:
    """How that scanner stands, opened for a moment."""
    settled = threading.Event()

    def on_note(note: ScannerNote) -> None:
        if note.state is not DeviceState.OPENING:
            settled.set()

    def on_heard(_heard: Heard) -> None:
        """What is scanned at this very moment was scanned for nobody."""

    scanner = scanner_at(settings.device, settings.address, settings.profile, on_heard, on_note)
    scanner.start()
    settled.wait(PROBE_S)
    note = scanner.note
    scanner.close()
    return note


def read_scanners(urls: Sequence[str]) -> list[ScannerAddress]:
    """The scanners that these URLs name; refuses what names none, or two of one name."""
    addresses = [read_scanner_url(url) for url in urls]
    names = [_name(each) for each in addresses]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise Refusal(Refused.BAD_VALUE, field="scanner", value=name[:60])
    return addresses


@contextmanager
def scans_of(addresses: Sequence[ScannerAddress]) -> Iterator[Iterator[Scan]]:
    """The scans of all these scanners as they come, until the program is interrupted."""
    stop = threading.Event()
    waiting: queue.SimpleQueue[Scan] = queue.SimpleQueue()
    before = {each: signal.signal(each, lambda *_what: stop.set()) for each in (signal.SIGINT, signal.SIGTERM)}
    running = [_opened(each, waiting) for each in addresses]
    try:
        yield _until(stop, waiting)
    finally:
        for scanner in running:
            scanner.stop()
        for scanner in running:
            scanner.close()
        for number, handler in before.items():
            signal.signal(number, handler)


def _opened(address: ScannerAddress, waiting: "queue.SimpleQueue[Scan]") -> AnyScanner:
    name = _name(address)

    def on_heard(heard: Heard) -> None:
        if heard.scan is not None:
            waiting.put(heard.scan)

    def on_note(note: ScannerNote) -> None:
        code = note.code or f"scanner_{note.state.value}"
        speech.say(f"{name}: {sentence(code)}")

    scanner = scanner_at(f"{address.port.scheme}:{name}", address.port, address.profile, on_heard, on_note)
    scanner.start()
    return scanner


def _until(stop: threading.Event, waiting: "queue.SimpleQueue[Scan]") -> Iterator[Scan]:
    """What was scanned before the interruption is still answered."""
    while True:
        try:
            yield waiting.get(timeout=_LOOK_S)
        except queue.Empty:
            if stop.is_set():
                return


def _name(address: ScannerAddress) -> str:
    return address.name or str(address.port).rpartition("/")[2]


def add_to(app: typer.Typer) -> None:
    """Adds these subcommands."""
    app.command()(devices)
