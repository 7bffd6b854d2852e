"""GS1 element strings: splitting, values, what is missing, what may be wrong."""

from datetime import date

import biip
import pytest
from biip.checksums import gs1_standard_check_digit
from biip.gs1_application_identifiers import _GS1_APPLICATION_IDENTIFIERS
from hypothesis import given
from hypothesis import strategies as st

from dockmark.identifiers import Reading, Scan, Unreadable, read
from dockmark.identifiers.characters import SET_39, SET_64, SET_82
from dockmark.identifiers.gs1_table import TABLE, Ai, Part, ai_at
from dockmark.identifiers.gs1_values import check_digit, check_pair, has_check_digit

TODAY = date(2026, 11, 23)
GTIN = "09506000143514"
ITEM = f"]d201{GTIN}"
LETTERS = {"n": "0123456789", "x": "".join(sorted(SET_82)), "y": "".join(sorted(SET_39)), "z": "".join(sorted(SET_64))}


def _dates(form: str, first: int, last: int) -> st.SearchStrategy[str]:
    return st.dates(date(first, 1, 1), date(last, 12, 31)).map(lambda day: day.strftime(form))


def _digits(part: Part) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=part.high - 1, max_size=part.high - 1)


def _positive(part: Part) -> st.SearchStrategy[int]:
    return st.integers(1, 10**part.high - 1)


RULES = {
    "": lambda part: st.text(LETTERS[part.letters], min_size=part.low, max_size=part.high),
    "check": lambda part: _digits(part).map(lambda digits: digits + check_digit(digits)),
    "day0": lambda _: _dates("%y%m%d", 1990, 2060),
    "day": lambda _: _dates("%y%m%d", 1990, 2060),
    "full_day": lambda _: _dates("%Y%m%d", 1900, 2060),
    "time": lambda part: st.times().map(lambda time: f"{time:%H%M}"[: part.high]),
    "sixty": lambda _: st.integers(0, 59).map(lambda number: f"{number:02}"),
    "country": lambda _: st.sampled_from(["276", "840", "528"]),
    "country_or_999": lambda _: st.sampled_from(["276", "999"]),
    "letters": lambda _: st.just("DE"),
    "zero": lambda _: st.just("0"),
    "yesno": lambda _: st.sampled_from("01"),
    "minus": lambda _: st.just("-"),
    "nonzero": lambda part: _positive(part).map(lambda number: f"{number:0{part.high}}"),
    "no_leading_zero": lambda part: _positive(part).map(str),
}


def value(ai: Ai) -> st.SearchStrategy[str]:
    """Legal values of an application identifier, perhaps without what may be left out."""
    kept = len([part for part in ai.parts if not part.optional])
    counts = st.integers(kept, len(ai.parts))
    return counts.flatmap(lambda count: st.tuples(*(RULES[part.rule](part) for part in ai.parts[:count]))).map("".join)


known = st.sampled_from([ai for ai in TABLE.values() if {part.rule for part in ai.parts} <= set(RULES)])
labels = st.lists(known, min_size=1, max_size=6, unique_by=lambda ai: ai.code).flatmap(
    lambda ais: st.tuples(*(st.tuples(st.just(ai), value(ai)) for ai in ais))
)


def encoded(fields: tuple[tuple[Ai, str], ...]) -> str:
    """The element string, with a separator where one is needed."""
    return "".join(ai.code + value + ("" if ai.length else "\x1d") for ai, value in fields)


@given(labels)
def test_what_is_encoded_is_read_back(fields: tuple[tuple[Ai, str], ...]) -> None:
    found = read(Scan.of_text("]C1" + encoded(fields)), today=TODAY)
    assert isinstance(found, Reading), found
    assert dict(found.marks) == {ai.code: value for ai, value in fields}


@given(labels)
def test_the_printed_form_says_the_same(fields: tuple[tuple[Ai, str], ...]) -> None:
    if any("(" in value for _, value in fields):
        return
    printed = "".join(f"({ai.code}){value}" for ai, value in fields)
    found = read(Scan.of_text(printed, typed=True), today=TODAY)
    assert isinstance(found, Reading), found
    assert dict(found.marks) == {ai.code: value for ai, value in fields}


@given(labels)
def test_another_reader_splits_it_alike(fields: tuple[tuple[Ai, str], ...]) -> None:
    text = "]C1" + encoded(fields)
    other = biip.parse(text).gs1_message
    if other is None:  # it knows fewer identifiers, and refuses some dates
        return
    found = read(Scan.of_text(text), today=TODAY)
    assert isinstance(found, Reading)
    assert dict(found.marks) == {each.ai.ai: each.value for each in other.element_strings}


def test_the_table_knows_every_identifier_that_another_library_knows() -> None:
    theirs = _GS1_APPLICATION_IDENTIFIERS
    assert set(theirs) <= set(TABLE)
    for code, ai in theirs.items():
        assert (TABLE[code].length == 0) == ai.separator_required, code


def test_no_code_begins_another() -> None:
    for code in TABLE:
        found = ai_at(code + "123456")
        assert found is not None
        assert found.code == code


@given(st.text("0123456789", min_size=1, max_size=20))
def test_check_digits_agree_with_another_library(digits: str) -> None:
    assert int(check_digit(digits)) == gs1_standard_check_digit(digits)
    assert has_check_digit(digits + check_digit(digits))


@given(st.text("0123456789", min_size=13, max_size=13), st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_never_passes(digits: str, at: int, by: int) -> None:
    wrong = digits[:at] + str((int(digits[at]) + by) % 10) + digits[at + 1 :] + check_digit(digits)
    found = read(Scan.of_text("]d201" + wrong), today=TODAY)
    assert isinstance(found, Unreadable)
    assert found.code == "bad_check_digit"


def test_the_check_pair_of_a_model_number() -> None:
    assert check_pair("1987654Ad4X4bL5ttr2310c") == "2K"
    assert check_pair("12345_ABCDEFGHIJKLM") == "CP"


@pytest.mark.parametrize(
    ("content", "key", "wanted"),
    [
        ("00350600014300001230", "sscc", "350600014300001230"),
        (f"01{GTIN}10AB-1", "lot", "AB-1"),
        (f"01{GTIN}11260100", "mfg_date", "2026-01-31"),
        (f"01{GTIN}13260228", "pack_date", "2026-02-28"),
        (f"01{GTIN}17270630", "expiry", "2027-06-30"),
        (f"01{GTIN}17240200", "expiry", "2024-02-29"),
        (f"01{GTIN}17991225", "expiry", "1999-12-25"),
        (f"01{GTIN}17761231", "expiry", "2076-12-31"),
        (f"01{GTIN}17770101", "expiry", "1977-01-01"),
        (f"01{GTIN}70032811301530", "expiry", "2028-11-30T15:30"),
        (f"01{GTIN}800826050114", "mfg_date", "2026-05-01T14:00"),
        (f"01{GTIN}8008260501143059", "mfg_date", "2026-05-01T14:30:59"),
        (f"01{GTIN}241CP-9", "customer_part", "CP-9"),
        (f"01{GTIN}240MPN/9", "part", "MPN/9"),
        (f"01{GTIN}21A\x1d7021OK\x1d7022C", "revision", "C"),
        (f"01{GTIN}21A\x1d8040356868000041418", "imei", "356868000041418"),
        (f"01{GTIN}305", "quantity", 5),
        (f"0035060001430000123002{GTIN}3740", "quantity", 40),
        (f"0035060001430000123002{GTIN}3740", "gtin", GTIN),
        (f"8006{GTIN}0102\x1d21X", "gtin", GTIN),
        ("4149506000143514", "gln", "9506000143514"),
        ("800309506000143514TOTE7", "grai", "09506000143514TOTE7"),
        ("80049506000TOOL-0071", "giai", "9506000TOOL-0071"),
        ("80049506000TOOL-0071", "uii", "9506000TOOL-0071"),
        ("80109506000BRKT/22\x1d80117", "cpid", "9506000BRKT/22"),
        ("4004500012", "order", "4500012"),
        ("91ABC\x1d92X", "internal", {"91": "ABC", "92": "X"}),
        ("8002356868000041418", "imei", "356868000041418"),
        ("70011234567890123", "nsn", "1234567890123"),
    ],
)
def test_each_identifier_fills_its_field(content: str, key: str, wanted: object, tells) -> None:
    assert tells("]C1" + content)[key] == wanted


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (ITEM[:-1] + "5", "bad_check_digit"),
        ("]C100350600014300001231", "bad_check_digit"),
        ("]C14149506000143515", "bad_check_digit"),
        ("]C1800309506000143515X", "bad_check_digit"),
        ("]C18017123456789012345674", "bad_check_digit"),
        ("]C140212345678901234561", "bad_check_digit"),
        ("]C180131987654Ad4X4bL5ttr2310c2X", "bad_check_digit"),
        (ITEM + "21A\x1d8040356868000041419", "bad_check_digit"),
        (ITEM + "17270631", "bad_date"),
        (ITEM + "17270001", "bad_date"),
        (ITEM + "17271301", "bad_date"),
        (ITEM + "17230229", "bad_date"),
        (ITEM + "70032811001530", "bad_date"),
        (ITEM + "70032811302460", "bad_date"),
        (ITEM + "21" + "A" * 21, "bad_length"),
        (ITEM + "10" + "A" * 21, "bad_length"),
        (ITEM + "235" + "A" * 29, "bad_length"),
        (ITEM + "7007" + "26010126", "bad_length"),
        (ITEM + "42352", "bad_length"),
        ("]d20109506\x1d21A", "bad_length"),
        ("]d20109506", "truncated"),
        (ITEM + "17", "empty_field"),
        (ITEM + "21", "empty_field"),
        (ITEM + "21\x1d10A", "empty_field"),
        (ITEM + "21A B", "bad_charset"),
        (ITEM + "21A#", "bad_charset"),
        (ITEM + "21Ä", "bad_charset"),
        (ITEM + "21A\x1eB", "bad_charset"),
        (ITEM + "3012A", "bad_charset"),
        ("]d2010950600014351X", "bad_charset"),
        ("]C180109506000brkt", "bad_charset"),
        ("]C18010950600BRKT\x1d801107", "bad_value"),
        ("]C1800319506000143514", "bad_value"),
        (f"]C18006{GTIN}0201", "bad_value"),
        (ITEM + "422999", "bad_value"),
        ("]C100350600014300001230" + "43212", "bad_value"),
        ("]C1001", "truncated"),
        (ITEM + "0", "unknown_ai"),
        (ITEM + "05123", "unknown_ai"),
        ("]C1180000000000000000", "unknown_ai"),
        ("]C1ABC", "unknown_ai"),
        (ITEM + "21A\x1d21B", "duplicate_ai"),
        (f"{ITEM}01{GTIN[:-1]}4" + "0100012345600012", "duplicate_ai"),
    ],
)
def test_a_broken_value_is_told_by_its_code(content: str, code: str, tells) -> None:
    assert tells(content)["error"] == code


def test_a_fault_tells_where_it_is(means) -> None:
    found = means(ITEM + "17270631")
    assert isinstance(found, Unreadable)
    assert found.text[found.at :] == "270631"
    assert found.detail == {"ai": "17"}


def test_the_same_value_twice_is_no_contradiction(tells) -> None:
    assert tells(f"{ITEM}21A\x1d01{GTIN}21A")["serial"] == "A"


@pytest.mark.parametrize(
    ("content", "warn"),
    [
        ("\x1d" + ITEM[3:] + "21A", ["leading_separator"]),
        (ITEM + "10A\x1d\x1d21B", ["empty_field"]),
        (ITEM + "21A\x1d", []),
        (ITEM + "\x1d21A", []),
        ("]C121A", ["missing_required_ai"]),
        ("]C110A", ["missing_required_ai"]),
        (f"]C102{GTIN}", ["missing_required_ai"]),
        (ITEM + "250A", ["missing_required_ai"]),
        ("]C180117", ["missing_required_ai"]),
        ("]C14159506000143514", ["missing_required_ai"]),
        (ITEM + "3922199\x1d3103001750", []),
        (ITEM + "3922199", ["missing_required_ai"]),
        (ITEM + "3103001750" + "3102001750", ["suspicious"]),
        (ITEM + "10AB7219", ["possible_missing_separator"]),
        (ITEM + "21SN90010LOT-A", ["possible_missing_separator"]),
        (ITEM + "21SN900" + "17270630", ["possible_missing_separator"]),
        (ITEM + "21SN900" + "17991231", []),
        (ITEM + "10AB721", []),
        (ITEM + "10AB7219\x1d21X", []),
        (ITEM + "21SN900100", []),
    ],
)
def test_a_doubtful_label_is_read_with_a_warning(content: str, warn: list[str], tells) -> None:
    assert tells(content)["warn"] == warn


def test_a_lost_separator_that_makes_a_value_too_long_is_hinted_at(tells) -> None:
    told = tells("]d20104012345000054112001292" + "1MIADC2010005210MIADC-S2-202001")
    assert (told["error"], told["hint"]) == ("bad_length", "possible_missing_separator")
    assert "hint" not in tells(ITEM + "21" + "A" * 22)


@pytest.mark.parametrize("start", [f"01{GTIN}", "00350600014300001230", "4149506000143514", "8017123456789012345675"])
def test_without_identifier_a_true_check_digit_tells_an_element_string(start: str, tells, means) -> None:
    assert tells(start)["scheme"] == "gs1-element-string"
    wrong = start[:-1] + str((int(start[-1]) + 1) % 10)
    assert tells(wrong)["scheme"] != "gs1-element-string"
    assert means(start).also[0].scheme == "plain"


def test_a_serial_that_begins_like_an_asset_number_stays_a_serial(tells) -> None:
    assert tells("8004123")["scheme"] == "plain"
    assert tells("80041234567 X")["scheme"] == "plain"


def test_an_element_string_with_a_wrong_digit_is_suspected_when_taken_for_a_serial(tells) -> None:
    told = tells("010950600014351521A")
    assert (told["scheme"], told["warn"]) == ("plain", ["suspicious"])


def test_an_element_string_in_a_symbol_that_is_not_marked_as_gs1_is_doubted(tells) -> None:
    told = tells(f"]d101{GTIN}21A")
    assert (told["scheme"], told["warn"]) == ("gs1-element-string", ["ambiguous"])


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("(01)", "empty_field"),
        (f"(01){GTIN}(21)", "empty_field"),
        ("(89)X", "unknown_ai"),
        ("(01)9506000143514", "bad_length"),
        ("(01)09506000143515", "bad_check_digit"),
        (f"(01){GTIN}(10)A(10)B", "duplicate_ai"),
        (f"(01){GTIN}(17)270631", "bad_date"),
    ],
)
def test_a_printed_form_with_a_fault_is_told_by_its_code(printed: str, code: str, tells) -> None:
    assert tells(printed)["error"] == code


def test_parentheses_may_stand_in_a_value_and_spaces_around_it(tells) -> None:
    assert tells(f"(01) {GTIN} (21) A(B)1")["serial"] == "A(B)1"


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        ("]E09501101530003", {"scheme": "gtin", "symbology": "EAN-13", "gtin": "09501101530003"}),
        ("]E495050003", {"scheme": "gtin", "symbology": "EAN-8", "gtin": "00000095050003"}),
        ("]E3950110153000312", {"scheme": "gtin", "gtin": "09501101530003"}),
        ("]I109506000143514", {"scheme": "gtin", "symbology": "ITF-14", "gtin": GTIN}),
        ("]I0123456", {"scheme": "plain", "serial": "123456"}),
        ("]E09501101530003|]e010LOT\x1d21S", {"gtin": "09501101530003", "lot": "LOT", "serial": "S"}),
        ("09506000143514", {"scheme": "gtin", "gtin": GTIN}),
        ("9501101530003", {"scheme": "gtin", "gtin": "09501101530003"}),
        ("036000291452", {"scheme": "gtin", "gtin": "00036000291452"}),
        ("95050003", {"scheme": "gtin", "gtin": "00000095050003"}),
        ("]E0036000291452", {"scheme": "gtin", "gtin": "00036000291452"}),
        ("95050004", {"scheme": "plain", "serial": "95050004"}),
        ("00000000", {"scheme": "plain"}),
        ("]E09501101530004", {"error": "bad_check_digit"}),
        ("]E0950110153000", {"error": "bad_length"}),
        ("]E095011015300A3", {"error": "bad_charset"}),
        ("]I109506000143515", {"error": "bad_check_digit"}),
        ("]E09501101530003|]e021", {"error": "empty_field"}),
        ("]E09501101530003|X", {"error": "bad_value"}),
    ],
)
def test_trade_symbols_give_a_gtin_of_fourteen_digits(content: str, wanted: dict[str, object], tells) -> None:
    told = tells(content)
    assert {key: told.get(key) for key in wanted} == wanted


def test_the_century_moves_with_the_day_of_reading(tells) -> None:
    assert tells(ITEM + "17300101", today=date(2081, 1, 1))["expiry"] == "2130-01-01"
    assert tells(ITEM + "17310101", today=date(2081, 1, 1))["expiry"] == "2131-01-01"
    assert tells(ITEM + "17320101", today=date(2081, 1, 1))["expiry"] == "2032-01-01"
