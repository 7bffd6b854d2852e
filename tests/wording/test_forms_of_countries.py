"""Days, counts, amounts and order of each country, held against Unicode's own records of them."""

import gettext
from datetime import date

import pytest
from babel.core import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from dockmark.exchange.codes import RowCode
from dockmark.exchange.columns import Type
from dockmark.exchange.forms import form_fields, line_fields, read_value, shown_value, typed_day, typed_number
from dockmark.exchange.values import Fault
from dockmark.wording import Forms, finding, forms_here, sentence, speaking, use
from dockmark.wording.forms import sort_key

COUNTRIES = ["de", "de_DE", "de_AT", "es", "es_ES", "es_MX", "en_US", "en_GB", "fr", "it", "pl", "nl"]
ENGLISH = gettext.NullTranslations()
PRICE = next(field for field in line_fields() if field.name == "unit_price")
PROMISED = next(field for field in line_fields() if field.name == "promised")
MASS = next(field for field in form_fields("part") if field.type is Type.MASS)


def says(country: str) -> None:
    """This country's forms hold for the whole program from here on; the words stay English."""
    use(None, Forms(country))


@pytest.mark.parametrize("country", COUNTRIES)
@given(st.integers(10_000, 10**9) | st.integers(-999, 999))
def test_a_count_is_written_as_unicode_has_it_for_the_country(country: str, number: int) -> None:
    theirs = format_decimal(number, locale=country).replace("-", "\N{MINUS SIGN}")
    ours = Forms(country).count(number)
    assert ours.replace("\N{NO-BREAK SPACE}", " ") == theirs.replace("\N{NO-BREAK SPACE}", " ").replace("\u202f", " ")


def test_spanish_sets_thousands_apart_from_five_digits_on() -> None:
    assert [Forms("es").count(number) for number in (1234, 12345, -1234)] == ["1234", "12.345", "\N{MINUS SIGN}1234"]


@pytest.mark.parametrize("country", COUNTRIES)
@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_day_has_the_order_of_the_country_and_its_whole_year(country: str, day: date) -> None:
    pattern = Locale.parse(country).date_formats["short"].pattern
    order = "".join(dict.fromkeys(letter for letter in pattern if letter in "yMd"))
    written = Forms(country).day(day)
    pieces = {"y": f"{day:%Y}".zfill(4), "M": f"{day:%m}", "d": f"{day:%d}"}
    assert [piece for piece in written.replace(".", "/").replace("-", "/").split("/") if piece] == [
        pieces[letter] for letter in order
    ]
    assert format_date(day, locale=country)


@pytest.mark.parametrize(
    ("country", "amount", "price"),
    [
        ("de", "1.234.567,89", "1.234.567,89\u00a0EUR"),
        ("de_CH", "1’234’567.89", "1’234’567.89\u00a0EUR"),
        ("es", "1.234.567,89", "1.234.567,89\u00a0EUR"),
        ("es_MX", "1,234,567.89", "1,234,567.89\u00a0EUR"),
        ("en_US", "1,234,567.89", "EUR\u00a01,234,567.89"),
        ("en_GB", "1,234,567.89", "EUR\u00a01,234,567.89"),
    ],
)
def test_an_amount_has_the_signs_of_the_country(country: str, amount: str, price: str) -> None:
    assert Forms(country).scaled(123_456_789, 2) == amount
    assert Forms(country).money(123_456_789, "EUR") == price


def test_an_amount_has_as_many_digits_as_its_currency() -> None:
    assert Forms("de").money(1234, "JPY") == "1.234\u00a0JPY"
    assert Forms("de").money(1234, "KWD") == "1,234\u00a0KWD"
    assert Forms("de").money(-5, "EUR") == "\N{MINUS SIGN}0,05\u00a0EUR"
    assert Forms("es").scaled(1_500_000, 6, least=0) == "1,5"


@pytest.mark.parametrize(
    ("country", "form", "written"),
    [
        ("de", "", "09.03.2026"), ("es", "", "09/03/2026"), ("en_US", "", "03/09/2026"), ("en_GB", "", "09/03/2026"),
        ("de", "iso", "2026-03-09"), ("es", "mdy", "03/09/2026"), ("de", "dmy", "09.03.2026"),
        ("en_US", "dmy", "09/03/2026"), ("en", "", "2026-03-09"),
    ],
)  # fmt: skip
def test_the_date_form_of_the_house_goes_before_that_of_the_country(country: str, form: str, written: str) -> None:
    assert Forms(country, form).day(date(2026, 3, 9)) == written


# -- in sentences ----------------------------------------------------------------------------------------------------


def test_days_and_counts_in_a_sentence_have_the_forms_of_the_country() -> None:
    facts = {"months": 24, "from": "2026-03-01", "until": "2028-02-29", "days": 1463}
    says("de")
    assert finding("warranty", "warranty_runs", facts) == (
        "Warranty: 24 months from 01.03.2026, runs until 29.02.2028, 1.463 days left"
    )
    says("en_US")
    assert "03/01/2026" in finding("warranty", "warranty_runs", facts) and "1,463" in finding(
        "warranty", "warranty_runs", facts
    )


def test_a_serial_that_looks_like_a_day_stays_as_it_is() -> None:
    says("de")
    assert "2026-03-01" in sentence("already", {"part": "P", "serial": "2026-03-01"})


def test_a_paper_has_its_own_forms_and_the_window_keeps_its_own() -> None:
    says("de")
    with speaking(ENGLISH, Forms("en_GB")):
        assert forms_here().count(12345) == "12,345"
    assert forms_here().count(12345) == "12.345"


# -- what is typed ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("country", "typed", "cents"),
    [
        ("de", "1.234,5", 123_450), ("de", "1.234", 123_400), ("de", "1,234", Fault(RowCode.BAD_NUMBER)),
        ("es", "1.234,50", 123_450), ("en_US", "1,234.5", 123_450), ("en_US", "1,234", 123_400),
        ("en_GB", "1,234", 123_400), ("de", "12.50", 1250), ("en", "1,234", Fault(RowCode.AMBIGUOUS_NUMBER)),
        ("en", "1.234,5", 123_450), ("de_CH", "1,234.50", 123_450),
    ],
)  # fmt: skip
def test_a_typed_amount_is_read_as_the_country_writes_it(country: str, typed: str, cents: int | Fault) -> None:
    says(country)
    read = read_value(PRICE, typed, "EUR")
    assert read == cents or (isinstance(read, Fault) and isinstance(cents, Fault))


@pytest.mark.parametrize(
    ("country", "typed", "day"),
    [
        ("de", "3.4.2026", "2026-04-03"), ("es", "3/4/2026", "2026-04-03"), ("en_GB", "3/4/2026", "2026-04-03"),
        ("en_US", "3/4/2026", "2026-03-04"), ("de", "2026-04-03", "2026-04-03"),
        ("en", "3/4/2026", Fault(RowCode.AMBIGUOUS_DATE)), ("en", "13/4/2026", "2026-04-13"),
    ],
)  # fmt: skip
def test_a_typed_day_is_read_as_the_country_writes_it(country: str, typed: str, day: str | Fault) -> None:
    says(country)
    assert typed_day(typed) == day
    assert read_value(PROMISED, typed) == day


@pytest.mark.parametrize(("country", "typed"), [("de", "12.345"), ("en_US", "12,345"), ("es", "12345")])
def test_a_typed_count_is_read_as_the_country_writes_it(country: str, typed: str) -> None:
    says(country)
    assert typed_number(typed) == 12345


@pytest.mark.parametrize("country", ["de", "es", "en", "en_US", "en_GB", "de_CH", "es_MX"])
@given(
    cents=st.integers(0, 10**9), day=st.dates(date(1950, 1, 1), date(2199, 12, 31)), micrograms=st.integers(1, 10**9)
)
def test_what_a_form_shows_is_read_again_as_the_same(country: str, cents: int, day: date, micrograms: int) -> None:
    says(country)
    assert read_value(PRICE, shown_value(PRICE, cents, "EUR"), "EUR") == cents
    assert read_value(PROMISED, shown_value(PROMISED, day.isoformat())) == day.isoformat()
    assert read_value(MASS, shown_value(MASS, micrograms)) == micrograms


# -- order -----------------------------------------------------------------------------------------------------------


def test_words_are_in_the_order_that_people_look_for_them_in() -> None:
    words = ["Zange", "Öl", "Ofen", "öde", "ñandú", "nube", "Nuez", "oso", "Straße", "Strasse"]
    assert sorted(words, key=sort_key) == [
        "nube", "Nuez", "ñandú", "öde", "Ofen", "Öl", "oso", "Strasse", "Straße", "Zange",
    ]  # fmt: skip
