"""URLs, profiles and written bytes of serial scanners: read, written and judged the same way round, whatever comes."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockmark.devices.framer import Ended, Frame, Suffix
from dockmark.devices.serial_ports import PortTrouble, find_port, trouble_of
from dockmark.devices.serial_profile import PARITIES, Doubt, SerialProfile, is_garbled, scan_of
from dockmark.devices.serial_text import bytes_of, text_of
from dockmark.devices.serial_url import PortAddress, ScannerAddress, is_sound, read_scanner_url, scanner_url
from dockmark.record.refusal import Refusal, Refused

profiles = st.builds(
    SerialProfile,
    baud=st.integers(50, 4_000_000), data_bits=st.sampled_from((7, 8)), parity=st.sampled_from(PARITIES),
    stop_bits=st.sampled_from((1, 2)), prefix=st.binary(max_size=16), suffix=st.sampled_from(Suffix),
    has_aim=st.booleans(), separator=st.binary(max_size=16),
).filter(is_sound)  # fmt: skip
ports = st.one_of(
    st.sampled_from(["COM3", "/dev/ttyUSB0", "/dev/serial/by-id/usb-Honeywell_1900-if00", "/dev/cu.usbmodem1"]).map(
        PortAddress
    ),
    st.builds(
        lambda vendor, product, serial: PortAddress("", vendor, product, serial),
        st.integers(1, 0xFFFF), st.integers(0, 0xFFFF),
        st.from_regex(r"[A-Za-z0-9._ -]{0,20}", fullmatch=True).map(str.strip),
    ),
)  # fmt: skip


@given(st.binary(max_size=40))
def test_bytes_written_as_text_are_the_same_bytes_again(raw: bytes) -> None:
    assert bytes_of(text_of(raw)) == raw
    assert text_of(raw).isprintable()


@given(st.text(max_size=80))
def test_any_text_stands_for_some_bytes(text: str) -> None:
    assert isinstance(bytes_of(text), bytes)


def test_control_characters_are_written_by_name_or_number() -> None:
    assert bytes_of(r"<STX>S>\x0d<GS><b><XYZ>") == b"\x02S>\r\x1d<b><XYZ>"


@given(ports, profiles)
def test_a_scanner_written_as_a_url_is_the_same_scanner_again(port: PortAddress, profile: SerialProfile) -> None:
    address = ScannerAddress(port, profile)
    assert read_scanner_url(scanner_url(address)) == address


@given(st.text(max_size=120))
def test_any_text_names_a_scanner_or_is_refused(text: str) -> None:
    for url in (text, f"serial:{text}"):
        try:
            assert is_sound(read_scanner_url(url).profile)
        except Refusal as no:
            assert no.code is Refused.SCANNER_URL


@pytest.mark.parametrize(
    "url",
    [
        "serial:COM3@9600,suffix=cr,prefix=<CR>", "serial:COM3@9600,suffix=any,prefix=\\x0a", "serial:COM3@10",
        "serial:COM3@99999999", "serial:COM3,bits=9", "serial:COM3,parity=X", "serial:COM3,aim=perhaps",
        f"serial:COM3,prefix={'A' * 17}", "serial:COM3\n", "serial:usb=05e0", "serial:@9600", "SERIAL", "serial",
    ],
)  # fmt: skip
def test_what_could_not_be_read_by_is_refused(url: str) -> None:
    with pytest.raises(Refusal):
        read_scanner_url(url)


def test_a_url_may_say_everything() -> None:
    found = read_scanner_url(
        "serial:usb=05E0:1701:S/N 7@115200,name=Gate 2,suffix=CRLF,prefix=A\\x2cB,separator=|,"
        "parity=e,bits=7,stop=2,aim=yes"
    )
    assert found == ScannerAddress(
        PortAddress("", 0x05E0, 0x1701, "S/N 7"),
        SerialProfile(
            baud=115200, suffix=Suffix.CRLF, prefix=b"A,B", separator=b"|", parity="E", data_bits=7, stop_bits=2,
            has_aim=True,
        ),
        "Gate 2",
    )  # fmt: skip


@given(st.binary(max_size=200), st.sampled_from(Ended), profiles)
def test_no_bytes_make_a_scan_that_was_not_sent(raw: bytes, ended: Ended, profile: SerialProfile) -> None:
    scan, doubt = scan_of(Frame(raw, ended), profile, "serial:A")
    if scan is None:
        return
    assert ended is not Ended.OVERFLOW and (ended is Ended.SUFFIX or profile.suffix is Suffix.IDLE)
    assert scan.raw and scan.device == "serial:A"
    if not profile.separator:
        assert profile.prefix + scan.symbology.encode() + scan.raw in raw
    assert doubt in (Doubt.NOTHING, Doubt.GARBLED, Doubt.NO_SYMBOLOGY)


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=60))
def test_a_text_in_any_script_is_not_taken_for_a_wrong_speed(text: str) -> None:
    assert not is_garbled(text.encode())


@pytest.mark.parametrize("raw", [b"\x00", b"\xff\xfe\xfd", b"\x80\x98\x06\x18\x9e", b"\x7f\x7f\x7f"])
def test_what_a_wrong_speed_makes_of_a_scan_is_known(raw: bytes) -> None:
    assert is_garbled(raw)
    assert scan_of(Frame(raw, Ended.SUFFIX), SerialProfile(), "").doubt is Doubt.GARBLED


def listed(*ports: tuple[str, int, int, str]) -> list[SimpleNamespace]:
    return [SimpleNamespace(device=d, vid=v, pid=p, serial_number=s) for d, v, p, s in ports]


def test_a_scanner_is_found_again_by_what_it_says_it_is_wherever_it_is_plugged_in() -> None:
    two = listed(("/dev/ttyACM1", 0x05E0, 0x1701, "S7"), ("/dev/ttyACM0", 0x05E0, 0x1701, "S8"))
    assert find_port(PortAddress("", 0x05E0, 0x1701, "S7"), lambda: two) == "/dev/ttyACM1"
    assert find_port(PortAddress("", 0x05E0, 0x1701, "S9"), lambda: two) is PortTrouble.ABSENT
    assert find_port(PortAddress("", 0x05E0, 0x1701, ""), lambda: two) is PortTrouble.SEVERAL
    assert find_port(PortAddress("", 0x05E0, 0x1701, ""), lambda: two[:1]) == "/dev/ttyACM1"
    assert find_port(PortAddress("COM9"), lambda: []) == "COM9"


@pytest.mark.parametrize(
    ("words", "trouble"),
    [
        ("could not open port 'COM3': FileNotFoundError(2, 'The system cannot find the file')", PortTrouble.ABSENT),
        ("could not open port 'COM3': PermissionError(13, 'Access is denied.', None, 5)", PortTrouble.BUSY),
        ("Cannot configure port, something went wrong", PortTrouble.NOT_A_PORT),
        ("something else", PortTrouble.IO),
    ],
)
def test_what_windows_only_says_in_words_is_understood(words: str, trouble: PortTrouble) -> None:
    assert trouble_of(OSError(words)) is trouble
