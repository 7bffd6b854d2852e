"""What the text of a cell means."""

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from stdnum import ean

from dockmark.exchange.cells import NumberCell
from dockmark.exchange.codes import RowCode
from dockmark.exchange.dates import DateOrder, date_in
from dockmark.exchange.marks import cage, country, currency, duns, gln, gtin, minor_digits, sscc
from dockmark.exchange.numbers import LARGEST, decimal_number, mass_in, money_in, months, whole_number
from dockmark.exchange.values import Fault, Read, code_text, free_text, one_of, several_of, surely_settled, yes_or_no


def outcome(found: Read | Decimal) -> object:
    """The code of a fault, else the value."""
    return found.code if isinstance(found, Fault) else found


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-03-04", "2026-03-04"),
        (" 2026-3-4 ", "2026-03-04"),
        ("20260304", "2026-03-04"),
        ("2026/03/04", "2026-03-04"),
        ("2026.03.04", "2026-03-04"),
        ("04.03.2026", "2026-03-04"),
        ("4.3.2026", "2026-03-04"),
        ("13/4/2026", "2026-04-13"),
        ("4/13/2026", "2026-04-13"),
        ("4-13-2026", "2026-04-13"),
        ("4/4/2026", "2026-04-04"),
        ("4-Mar-2026", "2026-03-04"),
        ("4 March 2026", "2026-03-04"),
        ("04MAR2026", "2026-03-04"),
        ("Mar 4, 2026", "2026-03-04"),
        ("March 4th 2026", "2026-03-04"),
        ("9 Sept 2026", "2026-09-09"),
        ("2026-03-04T15:30:00", "2026-03-04"),
        ("2026-03-04 15:30:00.123456Z", "2026-03-04"),
        ("2026-03-04T15:30:00+02:00", "2026-03-04"),
        ("2026-03-04 9:05:07.5 PM", "2026-03-04"),
        ("4.3.2026 00:00", "2026-03-04"),
        ("20260304T1530Z", "2026-03-04"),
        ("2024-02-29", "2024-02-29"),
        ("9999-12-31", "9999-12-31"),
        ("", None),
        ("  ", None),
        ("3/4/2026", RowCode.AMBIGUOUS_DATE),
        ("12/1/2026", RowCode.AMBIGUOUS_DATE),
        ("1/12/2026", RowCode.AMBIGUOUS_DATE),
        ("13/12/2026", "2026-12-13"),
        ("12/13/2026", "2026-12-13"),
        ("03-04-2026", RowCode.AMBIGUOUS_DATE),
        ("04.03.26", RowCode.AMBIGUOUS_DATE),
        ("3/4/26", RowCode.AMBIGUOUS_DATE),
        ("260304", RowCode.AMBIGUOUS_DATE),
        ("03.14.2026", RowCode.BAD_DATE),
        ("2026-02-30", RowCode.BAD_DATE),
        ("2025-02-29", RowCode.BAD_DATE),
        ("2026-13-01", RowCode.BAD_DATE),
        ("2026-00-10", RowCode.BAD_DATE),
        ("0000-00-00", RowCode.BAD_DATE),
        ("1899-12-31", RowCode.BAD_DATE),
        ("04032026", RowCode.BAD_DATE),
        ("13/13/2026", RowCode.BAD_DATE),
        ("0/13/2026", RowCode.BAD_DATE),
        ("2026-03/04", RowCode.BAD_DATE),
        ("2026-W10-3", RowCode.BAD_DATE),
        ("2026-03", RowCode.BAD_DATE),
        ("45000", RowCode.BAD_DATE),
        ("4 Foo 2026", RowCode.BAD_DATE),
        ("soon", RowCode.BAD_DATE),
        ("２０２６-03-04", RowCode.BAD_DATE),
        ("2026-03-04x", RowCode.BAD_DATE),
    ],
)
def test_a_date_is_read_or_refused(text: str, meant: object) -> None:
    assert outcome(date_in(DateOrder.UNKNOWN)(text)) == meant


def test_a_mapping_can_say_which_comes_first() -> None:
    assert date_in(DateOrder.DAY_FIRST)("3/4/2026") == "2026-04-03"
    assert date_in(DateOrder.MONTH_FIRST)("3/4/2026") == "2026-03-04"
    assert date_in(DateOrder.MONTH_FIRST)("3.4.2026") == "2026-04-03"
    assert outcome(date_in(DateOrder.DAY_FIRST)("3/14/2026")) is RowCode.BAD_DATE


@given(st.dates(date(1900, 1, 1)), st.sampled_from(DateOrder))
def test_every_date_survives_every_form_that_cannot_be_mistaken(day: date, order: DateOrder) -> None:
    year = f"{day.year:04}"
    forms = [
        day.isoformat(), f"{year}{day:%m%d}", f"{year}/{day:%m/%d}", f"{day:%d.%m}.{year}", f"{day:%d %b} {year}",
        f"{day:%B %d}, {year}", f"{day.isoformat()} 23:59:59",
    ]  # fmt: skip
    assert {date_in(order)(form) for form in forms} == {day.isoformat()}


@given(st.text(st.sampled_from("0123456789./-: TZ+amrp"), max_size=24))
def test_whatever_looks_like_a_date_is_one_or_a_fault(text: str) -> None:
    found = date_in(DateOrder.UNKNOWN)(text)
    if isinstance(found, str):
        assert date.fromisoformat(found).isoformat() == found
    else:
        assert found is None or isinstance(found, Fault)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("285.56", "285.56"),
        ("285,56", "285.56"),
        (".04", "0.04"),
        ("0,250", "0.250"),
        ("1234,567", "1234.567"),
        ("1.234", "1.234"),
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1 234,50", "1234.50"),
        ("100 000", "100000"),
        ("1\u00a0234\u00a0567", "1234567"),
        ("1'234.50", "1234.50"),
        ("1.5E-05", "0.000015"),
        ("-5", "-5"),
        ("\u22125", "-5"),
        ("+5", "5"),
        ("1,234", RowCode.AMBIGUOUS_NUMBER),
        ("999,999", RowCode.AMBIGUOUS_NUMBER),
        ("1,23,456", RowCode.BAD_NUMBER),
        ("1.2.3", RowCode.BAD_NUMBER),
        ("5.", RowCode.BAD_NUMBER),
        ("1_000", RowCode.BAD_NUMBER),
        ("٣", RowCode.BAD_NUMBER),
        ("nan", RowCode.BAD_NUMBER),
        ("$5", RowCode.BAD_NUMBER),
        ("5 pcs", RowCode.BAD_NUMBER),
        ("1" * 30, RowCode.BAD_NUMBER),
    ],
)
def test_a_number_is_read_or_refused(text: str, meant: str | RowCode) -> None:
    found = outcome(decimal_number(text))
    assert found == (meant if isinstance(meant, RowCode) else Decimal(meant))


def test_a_mapping_can_name_the_decimal_sign() -> None:
    assert decimal_number("1,234", ",") == Decimal("1.234")
    assert decimal_number("1,234", ".") == Decimal(1234)
    assert decimal_number("1.234", ",") == Decimal(1234)
    assert decimal_number("1.234", ".") == Decimal("1.234")
    assert decimal_number("1.234,5", ",") == Decimal("1234.5")
    assert decimal_number("15", ",") == Decimal(15)
    for text, sign in (("1.5", ","), ("1,5", "."), ("1,234.5", ","), ("1.234,5", ".")):
        assert outcome(decimal_number(text, sign)) is RowCode.BAD_NUMBER
    assert decimal_number(NumberCell("1.234"), ",") == Decimal("1.234")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("5", 5),
        (" 5 ", 5),
        ("5.0", 5),
        ("5.000000", 5),
        ("5,00", 5),
        ("1,000,000", 1_000_000),
        ("", None),
        ("0", RowCode.OUT_OF_RANGE),
        ("-1", RowCode.OUT_OF_RANGE),
        ("1000000001", RowCode.OUT_OF_RANGE),
        ("5.5", RowCode.BAD_NUMBER),
        ("1E5", RowCode.BAD_NUMBER),
        ("1,000", RowCode.AMBIGUOUS_NUMBER),
        ("2.000", RowCode.AMBIGUOUS_NUMBER),
        ("ten", RowCode.BAD_NUMBER),
        ("1_0", RowCode.BAD_NUMBER),
        ("5\x00", RowCode.BAD_NUMBER),
    ],
)
def test_a_quantity_is_read_or_refused(text: str, meant: object) -> None:
    assert outcome(whole_number(1, 10**9)(text)) == meant


def test_a_number_cell_is_never_ambiguous() -> None:
    assert whole_number(1, 10**9)(NumberCell("2000")) == 2000
    assert outcome(whole_number(1, 10**9)(NumberCell("2.5"))) is RowCode.BAD_NUMBER


@given(st.integers(0, LARGEST), st.sampled_from([0, 2, 3]))
def test_money_comes_back_to_the_last_minor_unit(minor: int, digits: int) -> None:
    text = format(Decimal(minor).scaleb(-digits), "f")
    assert money_in(digits)(NumberCell(text)) == minor
    assert money_in(digits, ",")(text.replace(".", ",")) == minor


def test_money_finer_than_its_currency_is_refused() -> None:
    assert outcome(money_in(2)("12.345")) is RowCode.TOO_PRECISE
    assert outcome(money_in(2)("12.3450000000000000000000000001")) is RowCode.BAD_NUMBER
    assert money_in(2)("12.340") == 1234
    assert outcome(money_in(0)("12.5")) is RowCode.TOO_PRECISE
    assert outcome(money_in(2)("-1")) is RowCode.OUT_OF_RANGE
    assert outcome(money_in(2)("90071992547409.92")) is RowCode.OUT_OF_RANGE
    assert outcome(money_in(2)("1E30")) is RowCode.OUT_OF_RANGE
    assert money_in(2)("") is None


def test_a_mass_is_in_milligrams_whatever_its_unit() -> None:
    assert mass_in("kg")("38") == 38_000_000
    assert mass_in("kg")("0.000001") == 1
    assert mass_in("g")("0,5") == 500
    assert mass_in("kg")("250 g") == 250_000
    assert mass_in("kg")("1.5KG") == 1_500_000
    assert mass_in("kg")("2 lb") == 907_185
    assert mass_in("lb")("1") == 453_592
    assert outcome(mass_in("kg")("kg")) is RowCode.BAD_NUMBER
    assert outcome(mass_in("kg")("-1")) is RowCode.OUT_OF_RANGE
    assert outcome(mass_in("kg")("5 stone")) is RowCode.BAD_NUMBER
    assert mass_in("kg")(" ") is None


def test_months_may_be_written_as_years() -> None:
    for text in ("24", "24 months", "24 mo.", "24M", "2 years", "2y", "2 Jahre", "24.0"):
        assert months(1200)(text) == 24
    assert months(1200)("") is None
    assert outcome(months(1200)("101 years")) is RowCode.OUT_OF_RANGE
    assert outcome(months(1200)("lifetime")) is RowCode.BAD_NUMBER


def test_yes_and_no_in_the_words_of_files() -> None:
    assert {yes_or_no(word) for word in ("yes", "Y", "1", "TRUE", "x", "X", " ja ", "wahr")} == {True}
    assert {yes_or_no(word) for word in ("no", "N", "0", "False", "nein", "FALSCH")} == {False}
    assert yes_or_no("") is None
    for word in ("maybe", "2", "-", "01"):
        assert outcome(yes_or_no(word)) is RowCode.BAD_BOOL


def test_words_of_a_closed_set_go_by_their_other_names() -> None:
    words = {"customer_site": ("site of customer",), "bin": ()}
    assert one_of(words)("Customer Site") == "customer_site"
    assert one_of(words)("customer-site") == "customer_site"
    assert one_of(words)("SITE OF  CUSTOMER") == "customer_site"
    assert one_of(words)(" ") is None
    assert outcome(one_of(words)("drawer")) is RowCode.UNKNOWN_WORD
    assert several_of(words)("bin; customer site") == "customer_site bin"
    assert several_of(words)("bin,bin,") == "bin"
    assert several_of(words)(" , ") is None
    assert outcome(several_of(words)("bin, drawer")) is RowCode.UNKNOWN_WORD


def test_a_gtin_of_any_length_becomes_fourteen_digits() -> None:
    assert gtin("04012345000016") == "04012345000016"
    assert gtin("4012345000016") == "04012345000016"
    assert gtin(" 0 36000-29145 2 ") == "00036000291452"
    assert gtin("96385074") == "00000096385074"
    assert gtin("") is None
    for text, code in (
        ("04012345000017", RowCode.BAD_CHECK_DIGIT),
        ("00000000000000", RowCode.BAD_CHECK_DIGIT),
        ("123456789", RowCode.BAD_LENGTH),
        ("040123450000161", RowCode.BAD_LENGTH),
        ("4.01235E+12", RowCode.DIGITS_LOST),
        ("0401234500001O", RowCode.BAD_CHARSET),
        ("٠٤٠١٢٣٤٥٠٠٠٠١٦", RowCode.BAD_CHARSET),
        ("²4012345000016", RowCode.BAD_CHARSET),
    ):
        assert outcome(gtin(text)) is code


@given(st.from_regex(r"[0-9]{8}|[0-9]{12,14}", fullmatch=True).filter(lambda digits: digits.strip("0")))
def test_a_gtin_is_good_exactly_where_the_check_digit_is(digits: str) -> None:
    assert (gtin(digits) == digits.zfill(14)) == ean.is_valid(digits)


def test_an_sscc_is_its_eighteen_digits() -> None:
    for text in ("106141412345678908", "00106141412345678908", "(00)106141412345678908", "(00) 1 0614141 2345678908"):
        assert sscc(text) == "106141412345678908"
    assert sscc("00000000000000000001") == "000000000000000001"
    assert outcome(sscc("12345")) is RowCode.BAD_LENGTH
    assert outcome(sscc("10614141234567890X")) is RowCode.BAD_CHARSET
    assert sscc(" ") is None


def test_the_marks_of_companies() -> None:
    assert gln("4000001000005") == "4000001000005"
    assert outcome(gln("4000001000006")) is RowCode.BAD_CHECK_DIGIT
    assert outcome(gln("400000100000")) is RowCode.BAD_LENGTH
    assert duns("15-048-3782") == "150483782"
    assert outcome(duns("1504837820")) is RowCode.BAD_LENGTH
    assert cage(" 1abc5 ") == "1ABC5"
    assert outcome(cage("1AIC5")) is RowCode.BAD_CHARSET
    assert outcome(cage("1ABC")) is RowCode.BAD_LENGTH
    assert country("de") == "DE"
    assert outcome(country("UK")) is RowCode.UNKNOWN_COUNTRY
    assert currency("eur") == "EUR"
    assert currency("€") == "EUR"
    assert outcome(currency("$")) is RowCode.UNKNOWN_CURRENCY
    assert [minor_digits(code) for code in ("USD", "JPY", "KWD")] == [2, 0, 3]
    assert [mark("") for mark in (gln, duns, cage, country, currency)] == [None] * 5


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (" AB-12/3 #4 ", "AB-12/3 #4"),
        ("00042", "00042"),
        ("e\u0301", "é"),
        ("A\u00a0B", "A B"),
        ("\u3000A\u3000", "A"),
        ("1E+05x", "1E+05x"),
        ("5E10", "5E10"),
        ("", None),
        (" \t", None),
        ("4.01235E+12", RowCode.DIGITS_LOST),
        ("4,01235E+12", RowCode.DIGITS_LOST),
        ("#N/A", RowCode.ERROR_CELL),
        ("#REF!", RowCode.ERROR_CELL),
        ("A\nB", RowCode.CONTROL_CHARS),
        ("A\tB", RowCode.CONTROL_CHARS),
        ("A\x1dB", RowCode.CONTROL_CHARS),
        ("A\u200bB", RowCode.CONTROL_CHARS),
        ("A\ufffdB", RowCode.UNDECODABLE),
        ("x" * 65, RowCode.TOO_LONG),
        ("x" * 64, "x" * 64),
    ],
)
def test_a_mark_is_kept_as_it_is_or_refused(text: str, meant: object) -> None:
    assert outcome(code_text(64)(text)) == meant


def test_words_for_people_lose_their_line_breaks_only() -> None:
    convert = free_text(20)
    assert convert(" a\r\nb\tc ") == "a b c"
    assert convert("👩\u200d🔧") == "👩\u200d🔧"
    assert convert("4.01235E+12") == "4.01235E+12"
    assert outcome(convert("a\x07b")) is RowCode.CONTROL_CHARS
    assert outcome(convert("a\u202eb")) is RowCode.CONTROL_CHARS
    assert outcome(convert("x" * 21)) is RowCode.TOO_LONG


ODD = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("E+#| \u00a0\u0301\ufffd\u200b1.5"), max_size=10
)


@example(["a", "b "])
@example([" a", "b"])
@example(["a ", "b"])
@example(["a", " b"])
@example(["a", "#N/A"])
@example(["a", "1E+05"])
@example(["a", "1e+05"])
@example(["é", "e\u0301"])
@example(["é", "\ufffd"])
@given(st.lists(ODD, min_size=1, max_size=6))
def test_what_needs_no_care_is_exactly_what_care_leaves_alone(cells: list[str]) -> None:
    if surely_settled("|".join(cells)):
        for cell in cells:
            assert code_text(1000)(cell) == (cell or None)
            assert free_text(1000)(cell) == (cell or None)


@given(ODD)
def test_a_settled_text_stays_as_it_is(text: str) -> None:
    for convert in (code_text(1000), free_text(1000)):
        found = convert(text)
        if isinstance(found, str):
            assert convert(found) == found
            assert unicodedata.is_normalized("NFC", found)
            assert found == found.strip()
