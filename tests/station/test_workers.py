"""What is asked of a station that closes is called off."""

from concurrent.futures import CancelledError

import pytest

from dockmark.station.station import Station
from dockmark.station.workers import Workers


def test_what_is_asked_after_the_end_is_called_off_and_says_so_to_who_listens() -> None:
    workers = Workers(1)
    assert workers.submit(lambda: 7).result() == 7
    workers.shutdown()
    heard: list[bool] = []
    late = workers.submit(lambda: 7)
    late.add_done_callback(lambda done: heard.append(done.cancelled()))
    assert heard == [True]
    with pytest.raises(CancelledError):
        late.result()


def test_a_closed_station_calls_off_a_late_question(station: Station) -> None:
    station.close()
    assert station.search("anything", 5).cancelled()
