"""A scanner that types like a keyboard is told from a person who types, by time stamps alone."""

from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dockmark.devices.simulated import wedge_keys
from dockmark.devices.wedge import Dropped, Held, Key, Replay, ScanComplete, WedgeClassifier, WedgeRules

ENVELOPE = "[)>\x1e06\x1dP4711\x1d1TLOT\x1cX\x1fY\x1dSAB-1\x1e\x04"
STANDING_STILL_MS = 10_000

CONTENT = st.text(
    st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_/'\"\\. ]()\x1d\x1e"),
    min_size=6,
    max_size=60,
).filter(lambda text: len(set(text)) > 1)
SCANNER_GAPS = st.integers(2, 28)
TYPIST_GAPS = st.integers(60, 300)
TYPED = st.text(st.sampled_from("abcdefgh SN-0123456789é\x08\x7f\r\t"), min_size=1, max_size=40)


def typed_keys(text, gaps, at_ms=0):
    times = accumulate([at_ms, *gaps])
    return [Key(char, at) for char, at in zip(text, times, strict=False)]


def run(keys, wedge=None):
    """Feed all keys, let time pass, and give every decision."""
    wedge = wedge or WedgeClassifier()
    decisions = [decision for key in keys for decision in wedge.feed(key)]
    return decisions + wedge.tick((keys[-1].timestamp_ms if keys else 0) + STANDING_STILL_MS)


def scans(decisions):
    return [decision.raw.decode() for decision in decisions if isinstance(decision, ScanComplete)]


def replayed(decisions):
    return "".join(key.text for decision in decisions if isinstance(decision, Replay) for key in decision.keys)


def given_back(decisions):
    """Every key that came back, in the order in which it did."""
    back = []
    for decision in decisions:
        match decision:
            case Replay(keys) | ScanComplete(keys=keys):
                back += keys
            case Dropped(key):
                back.append(key)
            case Held():
                pass
    return back


def test_a_scan_is_found_and_nothing_of_it_reaches_the_window():
    decisions = run(wedge_keys("]d20109506000134352"))
    assert scans(decisions) == ["]d20109506000134352"]
    assert replayed(decisions) == ""


@pytest.mark.parametrize("ending", ["\r", "\n", "\t"])
def test_each_usual_ending_ends_a_scan(ending):
    assert scans(run(wedge_keys("DMU123", ending=ending))) == ["DMU123"]


def test_control_characters_of_an_envelope_are_kept():
    assert scans(run(wedge_keys(ENVELOPE))) == [ENVELOPE]


@pytest.mark.parametrize(
    ("name", "char"),
    [
        ("Key_BracketRight", "\x1d"),
        ("Key_AsciiCircum", "\x1e"),
        ("Key_6", "\x1e"),
        ("Key_D", "\x04"),
        ("Key_Backslash", "\x1c"),
        ("Key_Underscore", "\x1f"),
    ],
)
def test_a_control_key_without_text_is_known_by_its_name(name, char):
    keys = [Key(text, 8 * at) for at, text in enumerate("ABCDEF")]
    keys += [Key("", 48, ctrl=True, name=name), Key("Z", 56), Key("", 64, name="Key_Return")]
    assert scans(run(keys)) == [f"ABCDEF{char}Z"]


def test_a_character_made_with_alt_gr_stays_that_character():
    keys = [Key(text, 8 * at, ctrl=text in "]\\@") for at, text in enumerate("A]B\\C@\r")]
    assert scans(run(keys)) == ["A]B\\C@"]


def test_shift_caps_lock_and_the_like_change_nothing_and_go_their_way():
    wedge, decisions = WedgeClassifier(), []
    for key in wedge_keys("SN-AbCdE-\x1d1"):
        answer = wedge.feed(key)
        decisions += answer
        assert bool(answer) == bool(key.text), "a key with no answer goes its usual way"
    for name in ("Key_CapsLock", "Key_AltGr", "NumLock", "Super_L", "ISO_Level3_Shift", "Key_Meta", "Key_unknown"):
        assert wedge.feed(Key("", 5000, name=name)) == []
    assert scans(decisions) == ["SN-AbCdE-\x1d1"]


@settings(max_examples=300)
@given(CONTENT, st.data())
def test_a_scan_at_any_speed_of_a_scanner_is_never_broken_up(content, data):
    gaps = data.draw(st.lists(SCANNER_GAPS, min_size=len(content), max_size=len(content)))
    decisions = run(wedge_keys(content, gaps_ms=gaps, at_ms=data.draw(st.integers(0, 2**40))))
    assert scans(decisions) == [content]
    assert replayed(decisions) == ""


@settings(max_examples=200)
@given(CONTENT, st.data())
def test_one_hiccup_of_the_machine_in_a_fast_scan_does_not_break_it(content, data):
    gaps = data.draw(st.lists(st.integers(2, 16), min_size=len(content), max_size=len(content)))
    place = data.draw(st.integers(3, len(content) - 1))
    gaps[place] = data.draw(st.integers(31, 80))
    assert scans(run(wedge_keys(content, gaps_ms=gaps))) == [content]


@settings(max_examples=200)
@given(CONTENT.filter(lambda text: len(text) >= 12), st.data())
def test_one_hiccup_in_a_long_scan_at_any_speed_does_not_break_it(content, data):
    gaps = data.draw(st.lists(SCANNER_GAPS, min_size=len(content), max_size=len(content)))
    gaps[data.draw(st.integers(3, len(content) - 1))] = data.draw(st.integers(31, 80))
    assert scans(run(wedge_keys(content, gaps_ms=gaps))) == [content]


@settings(max_examples=500)
@given(CONTENT, st.data())
def test_whatever_the_rhythm_a_scan_is_whole_or_none_unless_it_says_so(content, data):
    gaps = data.draw(st.lists(st.integers(2, 28) | st.integers(2, 90), min_size=len(content), max_size=len(content)))
    decisions = run(wedge_keys(content, gaps_ms=gaps))
    found = [each for each in decisions if isinstance(each, ScanComplete)]
    for scan in found:
        first = len(content) - len(scan.raw.decode())
        assert not first or scan.follows_typing or gaps[first - 1] > WedgeRules().longest_gap_ms


@settings(max_examples=200)
@given(CONTENT, st.integers(31, 55))
def test_a_first_key_a_little_apart_belongs_to_the_scan(content, gap):
    assert scans(run(wedge_keys(content, gaps_ms=[gap, *[8] * len(content)]))) == [content]


@settings(max_examples=300)
@given(TYPED, st.lists(TYPIST_GAPS, min_size=40, max_size=40))
def test_a_typist_is_never_taken_for_a_scanner(text, gaps):
    keys = typed_keys(text, gaps)
    decisions = run(keys)
    assert scans(decisions) == []
    assert given_back(decisions) == keys


@st.composite
def rolling_fingers(draw):
    """Two or three keys almost at once, then a typist's pause, again and again."""
    gaps = []
    for _ in range(draw(st.integers(1, 12))):
        gaps += draw(st.lists(st.integers(8, 50), min_size=1, max_size=2))
        gaps.append(draw(st.integers(60, 300)))
    return gaps


@settings(max_examples=500)
@given(rolling_fingers(), st.data())
def test_rolling_fingers_are_never_taken_for_a_scanner(gaps, data):
    text = data.draw(st.text(st.sampled_from("asdfjkl 123\r"), min_size=len(gaps), max_size=len(gaps))) + "\r"
    keys = typed_keys(text, gaps)
    decisions = run(keys)
    assert scans(decisions) == []
    assert given_back(decisions) == keys


@settings(max_examples=300)
@given(st.lists(st.lists(st.integers(21, 50), min_size=3, max_size=5), min_size=2, max_size=2), st.integers(31, 80))
def test_two_long_rolls_of_the_fingers_are_no_scan(rolls, pause):
    gaps = [*rolls[0], pause, *rolls[1]]
    keys = typed_keys("receiving parts"[: len(gaps)] + "\r", gaps)
    decisions = run(keys)
    assert scans(decisions) == []
    assert given_back(decisions) == keys


@pytest.mark.parametrize("gaps", [[8, 8, 8, 70, 8, 8, 8, 70, 8, 8], [5, 5, 5, 5, 60, 60, 60, 5, 5, 5, 5]])
def test_more_pauses_than_a_machine_makes_are_no_scan(gaps):
    assert scans(run(typed_keys("receiving parts"[: len(gaps)] + "\r", gaps))) == []


@pytest.mark.parametrize("gap", range(31, 90, 3))
def test_a_steady_hand_faster_than_any_typist_is_still_no_scanner(gap):
    assert scans(run(typed_keys("receiving\r", [gap] * 10))) == []


@pytest.mark.parametrize("gap", [14, 15, 20, 25, 29, 30, 33, 40])
@pytest.mark.parametrize("delay", [200, 500, 900])
def test_a_key_held_down_and_then_enter_is_not_a_scan(gap, delay):
    keys = typed_keys("a" * 30 + "\r", [delay, *[gap] * 30])
    decisions = run(keys)
    assert scans(decisions) == []
    assert given_back(decisions) == keys


def test_a_key_held_down_shows_in_the_window_while_it_is_held():
    wedge = WedgeClassifier()
    seen = [replayed(wedge.feed(key)) for key in typed_keys("a" * 100, [400, *[30] * 100])]
    assert all(len("".join(seen[: count + 1])) >= count - 4 for count in range(100)), "never more than a few behind"
    assert seen[-1] == "a", "and soon none"


@pytest.mark.parametrize("gap", [25, 30, 33])
def test_one_character_at_the_pace_of_a_repeating_key_is_not_a_scan_either(gap):
    assert scans(run(typed_keys("a" * 7 + "\r", [gap] * 7))) == []


def test_a_code_of_one_character_repeated_is_a_scan_at_a_scanners_speed():
    assert scans(run(wedge_keys("0000000", gaps_ms=[4] * 10))) == ["0000000"]


@given(st.lists(st.tuples(CONTENT, st.integers(2, 28)), min_size=1, max_size=5), st.integers(1, 200))
def test_scans_back_to_back_stay_apart(contents, pause):
    keys, now = [], 0
    for content, gap in contents:
        keys += wedge_keys(content, at_ms=now, gaps_ms=[gap] * 100)
        now = keys[-1].timestamp_ms + pause
    assert scans(run(keys)) == [content for content, _ in contents]


@pytest.mark.parametrize("second", ["\n", "\r", "\t"])
def test_a_second_ending_right_after_a_scan_presses_no_button(second):
    keys = wedge_keys("DMU123X")
    late = keys[-1].timestamp_ms
    wedge = WedgeClassifier()
    decisions = [each for key in keys for each in wedge.feed(key)]
    assert scans(decisions) == ["DMU123X"]
    assert wedge.feed(Key(second, late + 8)) == [Dropped(Key(second, late + 8))]
    assert wedge.feed(Key(second, late + 200)) == [Replay((Key(second, late + 200),))]


def test_enter_pressed_by_a_person_is_given_to_the_window_at_once():
    key = Key("\r", 1000, name="Key_Return")
    assert WedgeClassifier().feed(key) == [Replay((key,))]


def test_too_few_characters_are_no_scan():
    assert scans(run(wedge_keys("12345"))) == []
    assert replayed(run(wedge_keys("12345"))) == "12345\r"
    assert scans(run(wedge_keys("123456"))) == ["123456"]


def test_a_burst_without_ending_is_given_back():
    decisions = run(wedge_keys("DMU123X", ending=""))
    assert scans(decisions) == [] and replayed(decisions) == "DMU123X"


def test_a_programmed_suffix_ends_a_scan():
    wedge = WedgeClassifier(WedgeRules(endings="\r\n\t#"))
    assert scans(run(wedge_keys("DMU123X", ending="#"), wedge)) == ["DMU123X"]


@pytest.mark.parametrize("name", ["Key_Escape", "Key_Left", "Key_F5", "Key_Delete"])
def test_keys_without_text_come_after_what_was_typed_before_them(name):
    keys = [Key("a", 0), Key("b", 10), Key("", 15, name=name)]
    assert given_back(run(keys)) == keys
    wedge = WedgeClassifier()
    wedge.feed(keys[0])
    wedge.feed(keys[1])
    assert wedge.feed(keys[2]) == [Replay(tuple(keys))]


def test_shortcuts_are_not_held_back():
    for char in "\x01\x03\x16\x1a\x1b\x08\x7f":
        key = Key(char, 100, ctrl=True)
        assert WedgeClassifier().feed(key) == [Replay((key,))]


def test_an_emoji_or_a_lone_half_of_one_is_a_key_like_another():
    keys = [Key("😀", 0), Key("\ud83d", 100), Key("\r", 200)]
    assert given_back(run(keys)) == keys
    assert len(scans(run([Key(char, 5 * at) for at, char in enumerate("abcde\ud83d\r")]))) <= 1


@settings(max_examples=300)
@given(
    st.text(st.sampled_from("äöüß"), min_size=1, max_size=10),
    CONTENT,
    st.integers(60, 400),
    st.integers(2, 28),
    st.data(),
)
def test_typing_a_scan_and_typing_again_keeps_the_three_apart(text, content, pause, gap, data):
    gaps = data.draw(st.lists(TYPIST_GAPS, min_size=10, max_size=10))
    before = typed_keys(text, gaps)
    scan = wedge_keys(content, at_ms=before[-1].timestamp_ms + pause, gaps_ms=[gap] * 100)
    after = typed_keys(text, gaps, at_ms=scan[-1].timestamp_ms + pause)
    decisions = run(before + scan + after)
    assert scans(decisions) == [content]
    assert replayed(decisions) == text + text


def test_a_scan_close_behind_typing_says_so():
    def follows(pause):
        decisions = run([Key("a", 0), *wedge_keys("DMU123X", at_ms=pause)])
        return [each.follows_typing for each in decisions if isinstance(each, ScanComplete)]

    assert follows(60) == [True]
    assert follows(300) == [False]


def live(wedge, keys, stall=None):
    """Feed keys as a window does: each when it arrives, with `quiet` called as `due_in_ms` asks for.

    `stall` is a stretch of time in which nothing is processed. What came meanwhile is processed after it, the
    overdue call of `quiet` before the keys, as the worst window would do.
    """
    decisions, fed_at, due, now = [], 0, None, 0

    def arrival(key):
        return stall[1] if stall and stall[0] <= key.timestamp_ms < stall[1] else key.timestamp_ms

    def pass_time(until):
        nonlocal decisions, due, now
        while due is not None and due < until + (1 if stall and due < stall[1] == until else 0):
            at = stall[1] if stall and stall[0] <= due < stall[1] else due
            now = max(now, at)
            decisions += wedge.quiet(now - fed_at)
            left = wedge.due_in_ms
            due = None if left is None else max(now + 5, fed_at + left)

    for key in keys:
        pass_time(arrival(key))
        now = max(now, arrival(key))
        answer = wedge.feed(key)
        decisions += answer
        if answer:
            fed_at = now
        left = wedge.due_in_ms
        due = None if left is None else fed_at + left
    pass_time(now + STANDING_STILL_MS)
    assert wedge.due_in_ms is None, "nothing is kept for ever"
    return decisions


@settings(max_examples=300)
@given(CONTENT, SCANNER_GAPS, st.integers(0, 800), st.integers(0, 3000))
def test_a_scan_into_a_window_that_stands_still_arrives_whole(content, gap, begins, lasts):
    keys = wedge_keys(content, at_ms=100, gaps_ms=[gap] * 100)
    decisions = live(WedgeClassifier(), keys, stall=(begins, begins + lasts))
    assert scans(decisions) == [content]
    assert replayed(decisions) == ""


@settings(max_examples=300)
@given(TYPED, st.lists(TYPIST_GAPS, min_size=40, max_size=40), st.integers(0, 3000), st.integers(0, 5000))
def test_a_typist_is_no_scanner_after_the_window_stood_still(text, gaps, begins, lasts):
    keys = typed_keys(text, gaps)
    decisions = live(WedgeClassifier(), keys, stall=(begins, begins + lasts))
    assert scans(decisions) == []
    assert given_back(decisions) == keys


@given(TYPED, st.lists(TYPIST_GAPS, min_size=40, max_size=40))
def test_no_typed_key_waits_longer_than_the_rules_allow(text, gaps):
    wedge = WedgeClassifier()
    for key in typed_keys(text, gaps):
        wedge.feed(key)
        due = wedge.due_in_ms
        assert due is None or due <= WedgeRules().hold_ms


def test_the_second_look_in_a_quiet_time_gives_a_lonely_key_back():
    wedge, key = WedgeClassifier(), Key("a", 5000)
    assert wedge.feed(key) == [Held()]
    first = wedge.due_in_ms
    assert wedge.quiet(first - 1) == [] and wedge.due_in_ms == first
    assert wedge.quiet(first) == []
    second = wedge.due_in_ms
    assert first < second <= WedgeRules().hold_ms
    assert wedge.quiet(second) == [Replay((key,))]
    assert wedge.due_in_ms is None
    assert wedge.quiet(9999) == []


def test_a_look_that_comes_much_too_late_is_a_first_look_again():
    wedge, key = WedgeClassifier(), Key("a", 5000)
    wedge.feed(key)
    assert wedge.quiet(wedge.due_in_ms) == []
    assert wedge.quiet(2500) == []
    assert wedge.quiet(wedge.due_in_ms) == [Replay((key,))]


def test_time_stamps_that_start_again_at_zero_do_not_break_a_scan():
    keys = wedge_keys("DMU123456X", at_ms=2**32 - 40)
    wrapped = [Key(key.text, key.timestamp_ms % 2**32, key.ctrl, key.name) for key in keys]
    assert scans(run(wrapped)) == ["DMU123456X"]


def test_time_that_runs_backwards_gives_everything_back():
    keys = [Key("a", 50_000_000_000), Key("b", 10), Key("c", 5)]
    assert given_back(run(keys)) == keys


KEYS = st.lists(
    st.builds(
        Key,
        text=st.sampled_from([*"aB1 ]\r\t\n\x1d\x1e\x04\x03\x08", "", "😀", "ab"]),
        timestamp_ms=st.integers(0, 2000) | st.integers(0, 2**33),
        ctrl=st.booleans(),
        name=st.sampled_from(["", "Key_A", "Key_Shift", "Key_Return", "Key_BracketRight", "Key_F1", "Key_Tab"]),
    ),
    max_size=60,
)


@settings(max_examples=500)
@given(KEYS, st.booleans(), st.lists(st.integers(0, 3000), max_size=60))
def test_whatever_is_pressed_every_key_comes_back_once_and_in_order(keys, in_order, ticks):
    if in_order:
        keys = sorted(keys, key=lambda key: key.timestamp_ms)
    wedge, kept, back = WedgeClassifier(), [], []
    for number, key in enumerate(keys):
        answer = wedge.feed(key)
        kept += [key] if answer else []
        back += given_back(answer)
        if number < len(ticks):
            back += given_back(wedge.tick(ticks[number]))
    for look in range(2):
        back += given_back(wedge.quiet(STANDING_STILL_MS + 10 * look))
    assert back == kept


def test_a_burst_without_end_is_given_back_and_not_collected():
    wedge, decisions = WedgeClassifier(WedgeRules(longest_scan=500)), []
    keys = [Key("ab"[at % 2], at * 3) for at in range(5000)]
    for key in keys:
        decisions += wedge.feed(key)
        assert len(wedge._held) <= 500
    assert given_back(decisions + wedge.tick(STANDING_STILL_MS * 10)) == keys


def test_the_longest_symbol_is_one_scan():
    content = "".join(chr(65 + at % 26) for at in range(7000))
    assert scans(run(wedge_keys(content, gaps_ms=[3] * 7001))) == [content]


@pytest.mark.parametrize("pause", [2, 10, 50])
def test_a_scan_right_behind_one_that_was_too_short_is_whole(pause):
    short = wedge_keys("12345")
    keys = short + wedge_keys("DMU123X", at_ms=short[-1].timestamp_ms + pause)
    decisions = run(keys)
    assert scans(decisions) == ["DMU123X"]
    assert replayed(decisions) == "12345\r"
