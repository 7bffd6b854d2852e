"""The printer of each kind of paper: kept in one place, changed without opening the station anew."""

from pathlib import Path

import pytest

from dockmark.devices.lights import DeviceSort, DeviceState
from dockmark.devices.simulated import Fault, SimulatedLabelPrinter
from dockmark.identifiers.reading import Scan
from dockmark.record.refusal import Refusal, Refused
from dockmark.station.station import Station

from .conftest import News, Opens

UNIT = "]d20109506000143514\x1d21"


def receive(station: Station, serial: str) -> None:
    answer = station.scan("receiving", Scan.of_text(UNIT + serial)).result()
    assert answer.unit is not None and answer.unit.serial == serial


def states(station: Station) -> list[str]:
    return sorted(job.state for job in station.jobs().result())


def test_a_printer_is_kept_for_each_kind_of_paper(open_station: Opens, tmp_path: Path) -> None:
    station = open_station()
    assert station.printers() == {"label": "", "document": ""}
    station.use_printer("label", "tcp://127.0.0.1:9").result()
    station.use_printer("document", f"pdf:{tmp_path}").result()
    kept = station.printers()
    assert kept == {"label": "tcp://127.0.0.1:9", "document": f"pdf:{tmp_path}"}
    again = open_station()
    assert again.printers() == kept
    again.use_printer("label", "").result()
    assert open_station().printers() == {**kept, "label": ""}


@pytest.mark.parametrize(
    ("kind", "url", "code"),
    [
        ("label", "lpr:x", Refused.PRINTER_URL),
        ("document", "tcp://host:9100", Refused.PRINTER_URL),
        ("document", "queue:Zebra?raw=zpl", Refused.PRINTER_URL),
        ("photo", "queue:Zebra", Refused.BAD_VALUE),
    ],
)
def test_what_cannot_be_the_printer_of_a_kind_is_refused(station: Station, kind: str, url: str, code: Refused) -> None:
    with pytest.raises(Refusal) as no:
        station.use_printer(kind, url).result()
    assert no.value.code is code
    assert station.printers() == {"label": "", "document": ""}


def test_labels_that_wait_come_out_where_a_printer_is_chosen_and_go_on_from_there(
    open_station: Opens, tmp_path: Path
) -> None:
    station = open_station()
    station.sign_in("anna", "test").result()
    news = News(station)
    receive(station, "A1")
    with SimulatedLabelPrinter() as broken, SimulatedLabelPrinter() as sound:
        broken.refuse_connections()
        station.use_printer("label", broken.url).result()
        news.until(lambda: any(job.printer == broken.url for job in station.jobs().result()))
        station.use_printer("label", sound.url).result()
        receive(station, "A2")
        news.until(lambda: states(station) == ["confirmed", "confirmed"])
        assert len(sound.labels) == 2 and broken.labels == []
        station.use_printer("label", f"pdf:{tmp_path / 'labels'}").result()
        receive(station, "A3")
        news.until(lambda: states(station) == ["confirmed"] * 3)
    assert len(list((tmp_path / "labels").glob("*.pdf"))) == 1


def test_the_light_of_the_printer_says_how_it_stands_before_a_label_is_lost(station: Station) -> None:
    news = News(station)
    station.attend_devices()

    def stands(state: DeviceState, detail: str) -> bool:
        found = [each for each in station.lights() if each.sort is DeviceSort.PRINTER]
        return [(each.state, each.detail) for each in found] == [(state, detail)]

    with SimulatedLabelPrinter() as printer:
        printer.break_down(Fault.PAPER_OUT)
        station.use_printer("label", printer.url).result()
        news.until(lambda: stands(DeviceState.FAULTED, "paper_out"))
        printer.mend()
        news.until(lambda: stands(DeviceState.READY, ""))
        url = printer.url
    assert [each.url for each in station.lights() if each.sort is DeviceSort.PRINTER] == [url]
    station.use_printer("label", "").result()
    assert [each for each in station.lights() if each.sort is DeviceSort.PRINTER] == []
