"""The string that names a printer, as typed by people and by programs that mean harm."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockmark.devices.printer_url import (
    FolderAddress,
    QueueAddress,
    TcpAddress,
    UsbAddress,
    read_printer_url,
)
from dockmark.devices.printers import open_printer
from dockmark.record.refusal import Refusal, Refused


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("tcp://10.0.0.7", TcpAddress("10.0.0.7", 9100)),
        ("tcp://10.0.0.7:6101", TcpAddress("10.0.0.7", 6101)),
        ("tcp://dock-3.example.org:9100/", TcpAddress("dock-3.example.org", 9100)),
        ("TCP://Dock_3:9100", TcpAddress("dock_3", 9100)),
        ("tcp://bücher.example", TcpAddress("xn--bcher-kva.example", 9100)),
        ("tcp://[::1]:9101", TcpAddress("::1", 9101)),
        ("tcp://[fe80::1%eth0]", TcpAddress("fe80::1%eth0", 9100)),
        ("queue:Zebra_ZD421", QueueAddress("Zebra_ZD421", raw=False)),
        ("queue:Zebra_ZD421?raw=zpl", QueueAddress("Zebra_ZD421", raw=True)),
        (r"queue:\\server\Zebra (Dock 1)", QueueAddress(r"\\server\Zebra (Dock 1)", raw=False)),
        ("usb:0a5f:0166", UsbAddress(0x0A5F, 0x0166, "")),
        ("usb:0A5F:0166:D2J:1 2", UsbAddress(0x0A5F, 0x0166, "D2J:1 2")),
    ],
)
def test_a_good_url_is_understood(url, address):
    assert read_printer_url(url) == address
    assert open_printer(url).url == url


def test_a_folder_is_made_absolute_when_the_printer_is_opened(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert read_printer_url("pdf:labels") == FolderAddress(tmp_path / "labels")
    assert read_printer_url(f"pdf:{tmp_path}") == FolderAddress(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert read_printer_url("pdf:~/out") == FolderAddress(Path(tmp_path / "out"))


@pytest.mark.parametrize(
    "url",
    [
        "",
        ":",
        "tcp",
        "tcp:",
        "tcp:10.0.0.7",
        "tcp:/10.0.0.7",
        "tcp://",
        "tcp://:9100",
        "tcp://host:0",
        "tcp://host:65536",
        "tcp://host:-1",
        "tcp://host:91oo",
        "tcp://host:9100/path",
        "tcp://host:9100?x=1",
        "tcp://host:9100?",
        "tcp://host:9100#x",
        "tcp://user@host:9100",
        "tcp://user:secret@host:9100",
        "tcp://ho st:9100",
        "tcp://ho\nst:9100",
        "tcp://ho\tst",
        "tcp://host\x00:9100",
        "tcp://-host",
        "tcp://a..b",
        "tcp://" + "a" * 64,
        "tcp://" + "a." * 200 + "b",
        "tcp://[::1",
        "tcp://[]",
        "tcp://[x]:9100",
        "tcp://[1.2.3.4]",
        "tcp://::1:9100",
        "tcp://ho%73t",
        "http://host",
        "file:///etc/passwd",
        "pdf:",
        "pdf:  ",
        "pdf:/tmp/a\x00b",
        "pdf:/tmp/a\nb",
        "pdf:~nobody-of-that-name/x",
        "queue:",
        "queue: ",
        "queue:-o",
        "queue:--help",
        "queue:a\nb",
        "queue:a ",
        "queue:a?raw=pdf",
        "queue:a?raw=zpl&x=1",
        "queue:a?",
        "queue:?raw=zpl",
        "queue:" + "a" * 128,
        "usb:",
        "usb:0a5f",
        "usb:0a5f:",
        "usb:0a5f:0166:",
        "usb:0a5f:166",
        "usb:0a5f:01661",
        "usb:0x5f:0166",
        "usb:zzzz:0166",
        "usb:0a5f:0166:" + "s" * 127,
        " tcp://host",
    ],
)
def test_a_malformed_url_is_refused_by_name(url):
    with pytest.raises(Refusal) as refusal:
        open_printer(url)
    assert refusal.value.code is Refused.PRINTER_URL
    assert refusal.value.facts["url"] == url[:200]


@given(st.one_of(st.text(), st.builds(str.__add__, st.sampled_from(["tcp://", "pdf:", "queue:", "usb:"]), st.text())))
def test_any_text_is_a_printer_or_a_refusal(url):
    try:
        read_printer_url(url)
    except Refusal as refusal:
        assert refusal.code is Refused.PRINTER_URL


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("tcp://h", "zpl"),
        ("usb:0a5f:0166", "zpl"),
        ("pdf:x", "pdf"),
        ("queue:q", "pdf"),
        ("queue:q?raw=zpl", "zpl"),
    ],
)
def test_each_printer_says_what_it_wants_to_be_sent(url, expected):
    assert open_printer(url).format == expected
