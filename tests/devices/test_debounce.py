"""One pull of the trigger is one scan."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dockmark.devices.debounce import SAME_TRIGGER_MS, Debounce


def test_the_second_report_of_one_trigger_is_not_a_scan():
    debounce = Debounce()
    assert debounce.is_new(b"SN-1", 1000)
    assert not debounce.is_new(b"SN-1", 1000)
    assert not debounce.is_new(b"SN-1", 1000 + SAME_TRIGGER_MS - 1)


def test_a_later_repeat_is_a_scan_of_its_own():
    debounce = Debounce()
    assert debounce.is_new(b"SN-1", 1000)
    assert debounce.is_new(b"SN-1", 1000 + SAME_TRIGGER_MS)


def test_another_symbol_or_another_scanner_is_never_a_repeat():
    debounce = Debounce()
    assert debounce.is_new(b"SN-1", 0, "left")
    assert debounce.is_new(b"SN-2", 1, "left")
    assert debounce.is_new(b"SN-1", 2, "right")
    assert not debounce.is_new(b"SN-1", 3, "left"), "two symbols of one label reported twice in turn"


def test_a_clock_set_back_does_not_swallow_scans():
    debounce = Debounce()
    assert debounce.is_new(b"SN-1", 10_000)
    assert debounce.is_new(b"SN-1", 500)


@given(st.integers(1, 79), st.integers(10, 200))
def test_a_steady_stream_of_one_symbol_is_thinned_but_never_silenced(gap, count):
    debounce = Debounce()
    passed = [at for at in range(0, gap * count, gap) if debounce.is_new(b"SN-1", at)]
    assert all(SAME_TRIGGER_MS <= later - earlier <= SAME_TRIGGER_MS + gap for earlier, later in pairwise(passed))
    assert gap * count - passed[-1] <= SAME_TRIGGER_MS + gap


def test_nothing_is_remembered_for_long():
    debounce = Debounce()
    for number in range(1000):
        debounce.is_new(b"%d" % number, number * 100)
    assert len(debounce._recent) == 1
