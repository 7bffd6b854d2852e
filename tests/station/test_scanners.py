"""The scanners of a station: kept, opened, changed and told of while work goes on."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from dockmark.devices.framer import Suffix
from dockmark.devices.lights import DeviceLight, DeviceState
from dockmark.devices.serial_profile import SerialProfile
from dockmark.identifiers.reading import Scan
from dockmark.record.refusal import Refusal, Refused
from dockmark.station.scanner_settings import ScannerSettings, keep_scanners, kept_scanners
from dockmark.station.station import Station
from tests.devices.pty_twin import PtyScanner

from .conftest import News, Opens

CR = SerialProfile(suffix=Suffix.CR)


def light(station: Station, name: str) -> DeviceLight | None:
    return next((each for each in station.lights() if each.name == name), None)


def until_state(news: News, station: Station, name: str, state: DeviceState) -> None:
    def stands() -> bool:
        shown = light(station, name)
        return shown is not None and shown.state is state

    news.until(stands)


def test_a_scanner_is_added_with_one_word_and_scans_at_once(station: Station, tmp_path: Path) -> None:
    twin, news = PtyScanner(tmp_path / "port"), News(station)
    station.attend_devices()
    made = station.scanners.add(ScannerSettings(port=str(twin.link), profile=CR)).result()
    assert (made.name, made.lane, made.device) == ("LANE-A", 1, "serial:LANE-A")
    until_state(news, station, "LANE-A", DeviceState.READY)
    twin.send(b"SN-1\r")
    news.until(lambda: [scan.raw for scan in news.of("scanned")] == [b"SN-1"])
    assert news.of("scanned") == [Scan(raw=b"SN-1", device="serial:LANE-A")]
    assert news.of("devices")[-1] == station.lights()
    twin.close()


def test_scanners_are_there_again_at_the_next_start(open_station: Opens, tmp_path: Path) -> None:
    first = open_station()
    profile = SerialProfile(baud=115200, prefix=b"\x02", suffix=Suffix.ETX, separator=b"|", has_aim=True)
    first.scanners.add(ScannerSettings(port="COM7", profile=profile, name="Gate, 2 <b>", lane=5)).result()
    first.scanners.add(ScannerSettings(port="usb=05E0:1701:S7")).result()
    kept = first.scanners.settings
    assert open_station().scanners.settings == kept
    assert {(each.name, each.lane) for each in kept} == {("Gate, 2 <b>", 5), ("LANE-A", 1)}
    assert kept[0].port == "usb=05e0:1701:S7"


def test_two_lanes_are_told_apart_and_unplugging_one_leaves_the_other(station: Station, tmp_path: Path) -> None:
    twins, news = [PtyScanner(tmp_path / name) for name in ("left", "right")], News(station)
    station.attend_devices()
    for twin in twins:
        station.scanners.add(ScannerSettings(port=str(twin.link), profile=CR)).result()
    for name in ("LANE-A", "LANE-B"):
        until_state(news, station, name, DeviceState.READY)
    assert [each.lane for each in station.lights() if each.lane] == [1, 2]
    twins[0].unplug()
    until_state(news, station, "LANE-A", DeviceState.BACKOFF)
    twins[1].send(b"SN-1\r")
    news.until(lambda: len(news.of("scanned")) == 1)
    twins[0].plug_in()
    until_state(news, station, "LANE-A", DeviceState.READY)
    twins[0].send(b"SN-2\r")
    news.until(lambda: len(news.of("scanned")) == 2)
    assert [scan.device for scan in news.of("scanned")] == ["serial:LANE-B", "serial:LANE-A"]
    for twin in twins:
        twin.close()


def test_a_change_holds_without_a_new_start(station: Station, tmp_path: Path) -> None:
    twin, news = PtyScanner(tmp_path / "port"), News(station)
    station.attend_devices()
    made = station.scanners.add(ScannerSettings(port=str(twin.link), profile=CR)).result()
    until_state(news, station, "LANE-A", DeviceState.READY)
    profile = replace(CR, baud=115200, prefix=b"S>")
    station.scanners.change(replace(made, name="Gate", lane=4, profile=profile)).result()
    until_state(news, station, "Gate", DeviceState.READY)
    twin.send(b"S>SN-1\r")
    news.until(lambda: len(news.of("scanned")) == 1)
    assert news.of("scanned") == [Scan(raw=b"SN-1", device="serial:Gate")]
    station.scanners.remove(made.id).result()
    assert light(station, "Gate") is None and station.scanners.settings == ()
    twin.close()


def test_what_a_scanner_sends_while_it_is_tried_out_goes_to_no_desk(station: Station, tmp_path: Path) -> None:
    twin, news = PtyScanner(tmp_path / "port"), News(station)
    station.attend_devices()
    made = station.scanners.add(ScannerSettings(port=str(twin.link), profile=replace(CR, prefix=b"S>"))).result()
    until_state(news, station, "LANE-A", DeviceState.READY)
    station.scanners.try_out(made.id)
    twin.send(b"SN-1\r")
    news.until(lambda: len(news.of("scanner_tried")) == 1)
    [tried] = news.of("scanner_tried")
    assert (tried.id, tried.heard.raw, tried.heard.scan) == (made.id, b"SN-1\r", None)
    twin.send(b"S>SN-2\r")
    news.until(lambda: len(news.of("scanner_tried")) == 2)
    assert news.of("scanned") == []
    station.scanners.try_out("")
    twin.send(b"S>SN-3\r")
    news.until(lambda: [scan.raw for scan in news.of("scanned")] == [b"SN-3"])
    twin.close()


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (ScannerSettings(port="COM1"), Refused.BAD_VALUE),
        (ScannerSettings(port="COM2", name="lane-a"), Refused.BAD_VALUE),
        (ScannerSettings(port="COM2", lane=7), Refused.BAD_VALUE),
        (ScannerSettings(port="COM2", name="x" * 41), Refused.BAD_VALUE),
        (ScannerSettings(port="COM2", name="a\x1bb"), Refused.BAD_VALUE),
        (ScannerSettings(port="COM2", profile=SerialProfile(baud=1)), Refused.BAD_VALUE),
        (ScannerSettings(port="COM2", profile=SerialProfile(prefix=b"\r")), Refused.BAD_VALUE),
        (ScannerSettings(port=""), Refused.SCANNER_URL),
        (ScannerSettings(port="COM2,COM3"), Refused.SCANNER_URL),
        (ScannerSettings(port="COM2\n"), Refused.SCANNER_URL),
    ],
)
def test_what_cannot_be_used_is_refused_and_nothing_is_kept(
    station: Station, second: ScannerSettings, code: Refused
) -> None:
    first = station.scanners.add(ScannerSettings(port="COM1")).result()
    with pytest.raises(Refusal) as no:
        station.scanners.add(second).result()
    assert no.value.code is code
    assert station.scanners.settings == (first,)


def test_spoilt_settings_are_put_aside_and_single_bad_ones_left_out(tmp_path: Path) -> None:
    file = tmp_path / "scanners.json"
    for spoilt in ("", "{", "[]", '{"scanners"', "null", "[" * 100_000):
        file.write_text(spoilt)
        assert kept_scanners(file) == ()
        assert not file.exists() and (tmp_path / "scanners.spoilt").exists()
    good = ScannerSettings(id="1", name="Gate", lane=2, port="COM3")
    keep_scanners(file, [good])
    told = json.loads(file.read_text())
    told["scanners"] += [
        None, {}, {"id": "2"}, {**told["scanners"][0], "id": "3", "url": "tcp://x"},
        {**told["scanners"][0], "id": "1", "name": "Other", "url": "serial:COM4"},
        {**told["scanners"][0], "id": "5", "name": "Five", "lane": "many", "url": "serial:COM5"},
    ]  # fmt: skip
    file.write_text(json.dumps(told))
    assert kept_scanners(file) == (good,)


def test_a_station_closes_though_its_scanners_are_away(open_station: Opens) -> None:
    station = open_station()
    station.attend_devices()
    for number in range(3):
        station.scanners.add(ScannerSettings(port=f"/nowhere/{number}")).result()
    open_station()
