"""What a printer says it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockmark.devices.ieee1284 import DeviceId, read_device_id, strip_length

ZEBRA = b"MANUFACTURER:Zebra Technologies ;COMMAND SET:ZPL;MODEL:ZTC ZD421-203dpi ZPL;CLASS:PRINTER;SN:D2J1;"


def test_long_and_short_keys_are_read():
    assert read_device_id(ZEBRA) == DeviceId(
        maker="Zebra Technologies", model="ZTC ZD421-203dpi ZPL", serial="D2J1", commands=("ZPL",)
    )
    short = read_device_id(b"mfg:Honeywell; cmd: ESC/P , zplii,;MDL:PC42;SERN:9;DES:a:b;;x;")
    assert short.commands == ("ESC/P", "ZPLII") and short.speaks_zpl
    assert (short.maker, short.model, short.serial, short.description) == ("Honeywell", "PC42", "9", "a:b")


def test_a_printer_without_zpl_does_not_speak_it():
    assert not read_device_id(b"MFG:Brother;CMD:PT-CBP,XZPL;").speaks_zpl


@pytest.mark.parametrize("order", ["big", "little"])
@pytest.mark.parametrize("counts_itself", [True, False])
def test_the_length_in_front_is_stripped_however_it_is_written(order, counts_itself):
    length = len(ZEBRA) + (2 if counts_itself else 0)
    stripped = strip_length(length.to_bytes(2, order) + ZEBRA)
    assert read_device_id(stripped).maker == "Zebra Technologies"
    if counts_itself:
        assert strip_length(length.to_bytes(2, order) + ZEBRA + b"\0\0\0") == ZEBRA


@given(st.binary(max_size=5000))
def test_no_bytes_make_it_raise_or_leave_anything_unprintable_or_long(raw):
    found = read_device_id(strip_length(raw))
    for text in (found.maker, found.model, found.serial, found.description, *found.commands):
        assert len(text) <= 64 and text.isprintable()
    assert len(found.commands) <= 16
