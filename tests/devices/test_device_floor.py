"""Reasons and states are closed sets, and the floor loads without what it rarely needs."""

import subprocess
import sys

from dockmark.devices.label_printer import PrinterState, Why
from dockmark.devices.lights import DeviceLight, DeviceState
from dockmark.devices.simulated_printer import Fault


def test_every_fault_a_printer_can_tell_is_a_state_and_a_reason():
    told = {state.value for state in PrinterState} - {"ready", "unknown"}
    assert told <= {why.value for why in Why}
    assert {fault.value for fault in Fault} <= told


def test_a_light_is_a_value():
    light = DeviceLight("tcp://h", "Dock 3", DeviceState.FAULTED, Why.PAPER_OUT)
    assert light == DeviceLight("tcp://h", "Dock 3", DeviceState.FAULTED, Why.PAPER_OUT)
    assert [state.value for state in DeviceState] == ["absent", "opening", "ready", "faulted", "backoff"]


def test_opening_a_network_printer_loads_neither_usb_nor_discovery_nor_a_window():
    code = (
        "import sys; from dockmark.devices.printers import open_printer; open_printer('tcp://h');"
        "print([each for each in ('usb', 'zeroconf', 'PySide6', 'sqlalchemy') if each in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"
