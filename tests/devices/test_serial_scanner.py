"""A serial scanner on real terminal lines: every scan once, whole and in order, whatever happens to the cable."""

import os
import termios
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import serial

from dockmark.devices.framer import LONGEST, Suffix
from dockmark.devices.lights import DeviceState
from dockmark.devices.scanner_thread import Heard, ScannerNote
from dockmark.devices.serial_ports import PortTrouble, open_port
from dockmark.devices.serial_profile import Doubt, SerialProfile
from dockmark.devices.serial_scanner import Opener, SerialScanner
from dockmark.devices.serial_url import PortAddress

from .pty_twin import PtyScanner

UNIT = b"]d20109506000143514\x1d21SN-%04d"
PATIENCE_S = 20.0


class Reader:
    """A scanner that is read, and what was heard of it."""

    def __init__(
        self, path: Path, profile: SerialProfile, opener: Opener = open_port, device: str = "serial:A"
    ) -> None:
        self.heard: list[Heard] = []
        self.notes: list[ScannerNote] = []
        self._changed = threading.Condition()
        self.scanner = SerialScanner(device, PortAddress(str(path)), profile, self._on_heard, self._on_note, opener)
        self.scanner.start()

    @property
    def scans(self) -> list[bytes]:
        return [each.scan.raw for each in self.heard if each.scan is not None]

    @property
    def said(self) -> list[str]:
        return [note.code for note in self.notes]

    def _on_heard(self, heard: Heard) -> None:
        with self._changed:
            self.heard.append(heard)
            self._changed.notify_all()

    def _on_note(self, note: ScannerNote) -> None:
        with self._changed:
            self.notes.append(note)
            self._changed.notify_all()

    def until(self, so: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(so, PATIENCE_S), (self.scanner.note, self.scans[-3:], self.notes[-5:])

    def until_state(self, state: DeviceState, code: str = "") -> None:
        self.until(lambda: (self.scanner.note.state, self.scanner.note.code) == (state, code))

    def until_ready(self) -> None:
        self.until_state(DeviceState.READY)


Reads = Callable[..., Reader]


@pytest.fixture
def twin(tmp_path: Path) -> Iterator[PtyScanner]:
    made = PtyScanner(tmp_path / "scanner")
    yield made
    made.close()


@pytest.fixture
def read() -> Iterator[Reads]:
    """Reads scanners until the test is over."""
    running: list[Reader] = []

    def begin(path: Path, opener: Opener = open_port, device: str = "serial:A", **profile: object) -> Reader:
        made = Reader(path, SerialProfile(**profile), opener, device)  # type: ignore[arg-type]  # what the test says
        running.append(made)
        return made

    yield begin
    for each in running:
        each.scanner.close()


def numbered(count: int, ending: bytes) -> tuple[bytes, list[bytes]]:
    scans = [UNIT % number for number in range(count)]
    return b"".join(raw + ending for raw in scans), scans


@pytest.mark.parametrize(("baud", "speed"), [(9600, termios.B9600), (115200, termios.B115200)])
@pytest.mark.parametrize(
    ("suffix", "ending"),
    [
        (Suffix.CR, b"\r"), (Suffix.LF, b"\n"), (Suffix.CRLF, b"\r\n"), (Suffix.TAB, b"\t"), (Suffix.ETX, b"\x03"),
        (Suffix.ANY, b"\r\n"), (Suffix.CR, b"\r\n"), (Suffix.LF, b"\r\n"),
    ],
)  # fmt: skip
def test_a_burst_arrives_whole_and_in_order(
    twin: PtyScanner, read: Reads, baud: int, speed: int, suffix: Suffix, ending: bytes
) -> None:
    reader = read(twin.link, baud=baud, suffix=suffix)
    reader.until_ready()
    assert twin.baud == speed
    stream, scans = numbered(500, ending)
    twin.send_aside(stream)
    reader.until(lambda: len(reader.scans) >= 500)
    assert reader.scans == scans
    assert {heard.doubt for heard in reader.heard} == {Doubt.NOTHING}
    assert reader.heard[0].scan is not None and reader.heard[0].scan.device == "serial:A"


def test_parity_and_bits_are_set_as_the_profile_says(twin: PtyScanner) -> None:
    profile = SerialProfile(baud=19200, data_bits=7, parity="E", stop_bits=2)
    with open_port(str(twin.link), profile) as port:
        assert (port.baudrate, port.bytesize, port.parity, port.stopbits) == (19200, 7, "E", 2)
        # A pseudo terminal always has eight bits without parity; the rest it takes as told.
        assert twin.control & termios.CSTOPB and twin.baud == termios.B19200


def test_where_nothing_but_a_pause_ends_a_scan_the_pause_does(twin: PtyScanner, read: Reads) -> None:
    reader = read(twin.link, suffix=Suffix.IDLE)
    reader.until_ready()
    for number in range(3):
        twin.send(b"SN-%d" % number)
        reader.until(lambda: len(reader.scans) == number + 1)  # noqa: B023 - asked at once
    assert reader.scans == [b"SN-0", b"SN-1", b"SN-2"]


def test_prefix_symbology_and_separator_are_taken_as_the_profile_says(twin: PtyScanner, read: Reads) -> None:
    reader = read(twin.link, prefix=b"\x02S>", suffix=Suffix.ETX, has_aim=True, separator=b"|")
    reader.until_ready()
    twin.send(b"\x02S>]d20109506000143514|21A1\x03\x02S>]C1(plain)\x03")
    reader.until(lambda: len(reader.scans) == 2)
    told = [(each.scan.symbology, each.scan.raw) for each in reader.heard if each.scan]
    assert told == [("]d2", b"0109506000143514\x1d21A1"), ("]C1", b"(plain)")]


def test_what_comes_without_its_prefix_is_no_scan_and_is_said(twin: PtyScanner, read: Reads) -> None:
    reader = read(twin.link, prefix=b"S>", suffix=Suffix.CR)
    reader.until_ready()
    twin.send(b"N-0815\r")
    reader.until_state(DeviceState.FAULTED, Doubt.NO_PREFIX)
    twin.send(b"S>SN-0815\r")
    reader.until_ready()
    assert reader.scans == [b"SN-0815"]
    assert [heard.raw for heard in reader.heard] == [b"N-0815\r", b"S>SN-0815\r"], "a test of the settings sees both"


def test_half_a_scan_without_its_ending_gets_into_no_other(twin: PtyScanner, read: Reads) -> None:
    reader = read(twin.link, suffix=Suffix.CR)
    reader.until_ready()
    twin.send(b"SN-08")
    reader.until_state(DeviceState.FAULTED, Doubt.NO_ENDING)
    twin.send(b"SN-0816\r")
    reader.until_ready()
    assert reader.scans == [b"SN-0816"]


def test_two_scanners_at_once_are_told_apart_and_keep_their_order(tmp_path: Path, read: Reads) -> None:
    twins = [PtyScanner(tmp_path / name) for name in ("left", "right")]
    speeds = (9600, 115200)
    readers = [
        read(twin.link, baud=baud, suffix=Suffix.CR, device=f"serial:{twin.link.name}")
        for twin, baud in zip(twins, speeds, strict=True)
    ]
    for reader in readers:
        reader.until_ready()
    stream, scans = numbered(200, b"\r")
    for start in range(0, len(stream), 37):
        for twin in twins:
            twin.send(stream[start : start + 37])
    for reader, twin in zip(readers, twins, strict=True):
        reader.until(lambda: len(reader.scans) >= 200)  # noqa: B023 - asked at once
        assert reader.scans == scans
        assert {each.scan.device for each in reader.heard if each.scan} == {f"serial:{twin.link.name}"}
        twin.close()


@pytest.mark.parametrize("node_vanishes", [True, False])
def test_unplugged_and_plugged_in_again_it_goes_on_by_itself(
    twin: PtyScanner, read: Reads, node_vanishes: bool
) -> None:
    reader = read(twin.link, suffix=Suffix.CR)
    reader.until_ready()
    for round_ in range(3):
        twin.send(b"SN-%d\r" % round_)
        reader.until(lambda: len(reader.scans) == round_ + 1)  # noqa: B023 - asked at once
        twin.unplug(node_vanishes=node_vanishes)
        reader.until_state(DeviceState.BACKOFF, PortTrouble.LOST)
        twin.plug_in()
        reader.until_ready()
    twin.send(b"SN-3\r")
    reader.until(lambda: len(reader.scans) == 4)
    assert reader.scans == [b"SN-0", b"SN-1", b"SN-2", b"SN-3"]


def test_another_line_behind_the_same_name_is_noticed_though_the_old_one_still_lives(
    tmp_path: Path, read: Reads
) -> None:
    old = PtyScanner(tmp_path / "scanner")
    reader = read(old.link, suffix=Suffix.CR)
    reader.until_ready()
    new = PtyScanner(old.link)
    reader.until(lambda: PortTrouble.LOST in reader.said and reader.scanner.note.state is DeviceState.READY)
    new.send(b"SN-1\r")
    reader.until(lambda: reader.scans == [b"SN-1"])
    old.close()
    new.close()


def test_a_scan_cut_off_by_the_plug_is_dropped_and_said_until_the_next_one(twin: PtyScanner, read: Reads) -> None:
    reader = read(twin.link, suffix=Suffix.CR)
    reader.until_ready()
    twin.send(b"SN-1\rSN-")
    reader.until(lambda: len(reader.scans) == 1)
    twin.unplug()
    reader.until_state(DeviceState.BACKOFF, Doubt.CUT_OFF)
    twin.plug_in()
    reader.until_state(DeviceState.READY, Doubt.CUT_OFF)
    twin.send(b"2\r")
    reader.until_ready()
    assert reader.scans == [b"SN-1", b"2"], "nothing of the first half"


def test_a_scanner_that_comes_later_is_found(tmp_path: Path, read: Reads) -> None:
    reader = read(tmp_path / "scanner", suffix=Suffix.CR)
    reader.until_state(DeviceState.ABSENT, PortTrouble.ABSENT)
    twin = PtyScanner(tmp_path / "scanner")
    reader.until_ready()
    twin.send(b"SN-1\r")
    reader.until(lambda: reader.scans == [b"SN-1"])
    twin.close()


def test_a_line_that_never_ends_holds_no_memory_and_the_next_scan_is_whole(twin: PtyScanner, read: Reads) -> None:
    reader = read(twin.link, suffix=Suffix.CR)
    reader.until_ready()
    twin.send_aside(b"\xfe\x00x" * 34_000).join(PATIENCE_S)
    reader.until_state(DeviceState.FAULTED, Doubt.TOO_LONG)
    twin.send(b"\rSN-1\r")
    reader.until_ready()
    assert reader.scans == [b"SN-1"]
    assert max(len(heard.raw) for heard in reader.heard) <= LONGEST
    assert len(reader.heard) == 2


def test_a_scan_of_hostile_bytes_is_kept_as_it_came_and_the_settings_are_doubted(twin: PtyScanner, read: Reads) -> None:
    reader = read(twin.link, suffix=Suffix.CR)
    reader.until_ready()
    raw = bytes(set(range(256)) - set(b"\r\x02"))
    twin.send(raw + b"\r")
    reader.until(lambda: reader.scans == [raw])
    assert reader.scanner.note.code == Doubt.GARBLED
    twin.send("Müller Straße 5\r".encode("latin-1"))
    reader.until_ready()


def test_two_reports_of_one_trigger_are_one_scan(twin: PtyScanner, read: Reads) -> None:
    reader = read(twin.link, suffix=Suffix.CR)
    reader.until_ready()
    twin.send(b"SN-1\rSN-1\rSN-2\r")
    reader.until(lambda: reader.scans[-1:] == [b"SN-2"])
    assert reader.scans == [b"SN-1", b"SN-2"]


def test_a_port_that_hangs_when_it_is_opened_holds_up_nobody(tmp_path: Path, twin: PtyScanner, read: Reads) -> None:
    may_open, was_closed = threading.Event(), threading.Event()

    def hang(path: str, profile: SerialProfile) -> serial.Serial:
        assert may_open.wait(PATIENCE_S)
        port = open_port(path, profile)
        told, port.close = port.close, was_closed.set  # type: ignore[method-assign]  # to hear of it
        told()
        return port

    hanging = read(twin.link, hang)
    other = PtyScanner(tmp_path / "other")
    working = read(other.link, suffix=Suffix.CR)
    working.until_ready()
    other.send(b"SN-1\r")
    working.until(lambda: working.scans == [b"SN-1"])
    hanging.until_state(DeviceState.FAULTED, PortTrouble.SLOW)
    hanging.scanner.close(wait_s=0.1)
    may_open.set()
    assert was_closed.wait(PATIENCE_S), "opened too late, it is closed at once"
    assert hanging.scans == []
    other.close()


def test_a_port_that_another_program_reads_is_said_to_be_busy(twin: PtyScanner, read: Reads) -> None:
    first = read(twin.link, suffix=Suffix.CR)
    first.until_ready()
    second = read(twin.link, suffix=Suffix.CR)
    second.until_state(DeviceState.FAULTED, PortTrouble.BUSY)
    first.scanner.close()
    second.until_ready()


def test_what_is_no_port_is_said(tmp_path: Path, read: Reads) -> None:
    (tmp_path / "file").write_bytes(b"SN-1\r")
    os.mkfifo(tmp_path / "pipe")
    for name in ("file", "pipe", "."):
        reader = read(tmp_path / name)
        reader.until_state(DeviceState.FAULTED, PortTrouble.NOT_A_PORT)


def test_a_port_that_is_not_allowed_is_said(twin: PtyScanner, read: Reads) -> None:
    def refuse(path: str, profile: SerialProfile) -> serial.Serial:
        raise serial.SerialException(13, f"could not open port {path}")  # as pyserial does for everybody but root

    read(twin.link, refuse).until_state(DeviceState.FAULTED, PortTrouble.NOT_ALLOWED)


def test_stopping_lets_the_port_go(twin: PtyScanner, read: Reads) -> None:
    reader = read(twin.link)
    reader.until_ready()
    reader.scanner.close()
    open_port(str(twin.link), SerialProfile()).close()
    assert not [each for each in threading.enumerate() if each.name == "scanner serial:A" and each.is_alive()]


def test_slow_bytes_are_one_scan(twin: PtyScanner, read: Reads) -> None:
    reader = read(twin.link, suffix=Suffix.CR)
    reader.until_ready()
    for byte in b"SLOW-1\r":
        twin.send(bytes([byte]))
        time.sleep(0.02)  # the pace of a slow line is what is tested
    reader.until(lambda: reader.scans == [b"SLOW-1"])


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    for each in set(threading.enumerate()) - before:
        with suppress(RuntimeError):
            each.join(PATIENCE_S)
        assert not each.is_alive(), each.name
