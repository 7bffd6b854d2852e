"""The udev rules that Linux is told: each one sound, each known maker named, early enough to be heard."""

import re

from dockmark.devices.hid_ports import MAKERS
from dockmark.devices.permissions import RULES_FILE, udev_rules

_MATCH = re.compile(r'(SUBSYSTEM|ATTR\{idVendor\}|ATTRS\{idVendor\}|ENV\{[A-Z_]+\})=="[^"]+"|TAG\+="uaccess"')


def rules() -> list[list[str]]:
    return [line.split(", ") for line in udev_rules().splitlines() if not line.startswith("#")]


def test_every_rule_is_of_known_matches_and_gives_the_device_to_who_sits_there() -> None:
    for rule in rules():
        assert all(_MATCH.fullmatch(each) for each in rule), rule
        assert rule[0] in ('SUBSYSTEM=="usb"', 'SUBSYSTEM=="hidraw"') and rule[-1] == 'TAG+="uaccess"'


def test_every_maker_is_named_for_both_ways_of_reading() -> None:
    told = udev_rules()
    for maker in MAKERS:
        assert told.count(f'=="{maker:04x}"') == 2


def test_the_rules_are_numbered_before_the_rule_that_reads_them() -> None:
    assert int(RULES_FILE.rpartition("/")[2].partition("-")[0]) < 73
