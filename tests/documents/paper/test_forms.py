"""Days, times and counts in the forms of a house."""

from datetime import UTC, date, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockmark.documents.paper.type import Style, cut, plain, width_of, wrapped
from dockmark.wording.forms import DATE_FORMS, Forms

DAY = date(2026, 3, 9)
AT = 1_773_014_400_000_000  # 2026-03-09T00:00:00Z


@pytest.mark.parametrize(
    ("language", "form", "says"),
    [
        ("en", "", "2026-03-09"),
        ("en_US", "", "03/09/2026"),
        ("en_GB", "", "09/03/2026"),
        ("de", "", "09.03.2026"),
        ("de_CH", "", "09.03.2026"),
        ("es", "", "09/03/2026"),
        ("xx", "", "2026-03-09"),
        ("de", "iso", "2026-03-09"),
        ("de", "mdy", "03/09/2026"),
        ("en", "dmy", "09/03/2026"),
        ("en", "DD.MM.YYYY", "09.03.2026"),
        ("en", "%d/%m/%y", "09/03/26"),
        ("en", "D.M.YYYY", "9.3.2026"),
        ("en", "nonsense", "2026-03-09"),
        ("en", "YYYY", "2026-03-09"),
    ],
)
def test_a_day_is_written_as_the_house_or_its_language_writes_it(language: str, form: str, says: str) -> None:
    assert Forms(language, form).day(DAY) == says


@given(st.dates(), st.sampled_from(DATE_FORMS))
def test_every_form_says_the_whole_day(day: date, form: str) -> None:
    said = Forms("en", form).day(day)
    assert sorted(map(int, said.replace(".", "-").replace("/", "-").split("-"))) == sorted(
        [day.year, day.month, day.day]
    )


@given(st.text(max_size=20))
def test_no_form_of_a_date_raises(form: str) -> None:
    assert Forms("en", form).day(DAY)


@given(st.text(max_size=40))
def test_text_that_is_no_day_stays_as_it_is(text: str) -> None:
    said = Forms("de").day_text(text)
    assert said == text or text[4:5] == "-"


def test_a_time_is_told_in_the_zone_of_the_house() -> None:
    west = Forms("en", "", timezone(timedelta(hours=-7)))
    assert west.moment(AT) == "2026-03-08 17:00"
    assert west.zone_of(AT) == "UTC-07:00"
    assert Forms("en", "", UTC).zone_of(AT) == "UTC"
    assert Forms("en", "", UTC).moment(0) == ""


@pytest.mark.parametrize(("language", "says"), [("en", "12,345"), ("de", "12.345"), ("fr", "12\u00a0345")])
def test_thousands_are_set_apart(language: str, says: str) -> None:
    assert Forms(language).count(12345) == says


@given(st.text(max_size=300), st.sampled_from([40.0, 90.0, 400.0]))
def test_wrapped_lines_hold_every_sign_and_are_no_wider_than_their_column(text: str, width: float) -> None:
    lines = wrapped(text, Style.BODY, width)
    assert "".join(lines).replace(" ", "") == plain(text, Style.BODY).replace(" ", "")
    for line in lines:
        assert width_of(line, Style.BODY) <= width or len(line) == 1


@given(st.text(max_size=300), st.integers(1, 4))
def test_no_more_lines_than_allowed(text: str, most: int) -> None:
    lines = wrapped(text, Style.SMALL, 60.0, most)
    assert len(lines) <= most
    assert all(width_of(line, Style.SMALL) <= 60.0 for line in lines)


@given(st.text(max_size=200), st.floats(20, 300))
def test_a_cut_text_fits(text: str, width: float) -> None:
    assert width_of(cut(text, Style.STRONG, width), Style.STRONG) <= width
