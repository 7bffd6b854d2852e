"""HIBC, ISBT 128, IMEI and MAC addresses."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockmark.identifiers import Reading, Scan, read
from dockmark.identifiers.hibc import check_character

upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def checked(text: str) -> str:
    return text + check_character(text)


@given(
    st.from_regex(r"[A-Z][A-Z0-9]{3}", fullmatch=True),
    st.text(upper, min_size=1, max_size=18),
    st.integers(0, 9),
    st.text(upper + "-. ", max_size=18),
    st.booleans(),
    st.dates(date(2000, 1, 1), date(2060, 12, 31)),
)
def test_a_combined_label_is_read_back(lic, product, unit, value, is_serial, expiry) -> None:
    text = checked(f"+{lic}{product}{unit}/$${'+' if is_serial else ''}3{expiry:%y%m%d}{value}")
    found = read(Scan.of_text(text), today=date(2026, 11, 23))
    assert isinstance(found, Reading), found
    assert (found.lic, found.part, found.unit, found.expiry) == (lic, product, unit, expiry.isoformat())
    assert (found.serial if is_serial else found.lot) == (value or None)


@pytest.mark.parametrize(
    ("secondary", "wanted"),
    [
        ("$LOT9", {"lot": "LOT9"}),
        ("$+SER9", {"serial": "SER9"}),
        ("$$0929LOT1", {"lot": "LOT1", "expiry": "2029-09-30"}),
        ("$$+0228S1", {"serial": "S1", "expiry": "2028-02-29"}),
        ("$$2051529L", {"lot": "L", "expiry": "2029-05-15"}),
        ("$$3290515L", {"lot": "L", "expiry": "2029-05-15"}),
        ("$$429051514L", {"lot": "L", "expiry": "2029-05-15T14:00"}),
        ("$$529135L", {"lot": "L", "expiry": "2029-05-15"}),
        ("$$62913514L", {"lot": "L", "expiry": "2029-05-15T14:00"}),
        ("$$7L", {"lot": "L", "expiry": None}),
        ("$$+7S", {"serial": "S", "expiry": None}),
        ("$$8053290515L", {"lot": "L", "quantity": 5, "expiry": "2029-05-15"}),
        ("$$9000120929L", {"lot": "L", "quantity": 12, "expiry": "2029-09-30"}),
        ("29135LOT", {"lot": "LOT", "expiry": "2029-05-15"}),
        ("$$3290515L/SXYZ/16D20260101/Q5", {"serial": "XYZ", "mfg_date": "2026-01-01", "quantity": 5}),
        ("$LOT/14D20300101", {"expiry": "2030-01-01"}),
        ("14D20300101", {"expiry": "2030-01-01"}),
    ],
)
def test_each_form_of_secondary_is_read(secondary: str, wanted: dict[str, object], tells) -> None:
    told = tells(checked("+B234VALVE90/" + secondary))
    assert {key: told.get(key) for key in wanted} == wanted


def test_a_lone_secondary_waits_for_its_primary(tells) -> None:
    told = tells(checked("+$$3290515LT5" + "5"))
    assert (told["lot"], told["link"], "part" in told) == ("LT5", "5", False)
    assert tells(checked("+29135LT5" + "V"))["link"] == "V"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("+B234VALVE900", "bad_check_digit"),
        ("+H123PARTNO1234567890120/$$420020216LOT123456789012345/SXYZ456789012345678/16D20130202C", "bad_check_digit"),
        (checked("+B234VALVE90/$$3291315L"), "bad_date"),
        (checked("+B234VALVE90/$$1329L"), "bad_date"),
        (checked("+B234VALVE90/$$529366L"), "bad_date"),
        (checked("+B234VALVE90/16D20261301"), "bad_date"),
        (checked("+B234VALVE90/$" + "A" * 19), "bad_length"),
        (checked("+B234VALVE90/X"), "bad_value"),
    ],
)
def test_a_broken_hibc_label_is_told_by_its_code(text: str, code: str, tells) -> None:
    assert tells(text).get("error") == code


def test_the_check_character_may_be_a_space(tells) -> None:
    text = checked("+B234VALVE90/$LOT9")
    assert text.endswith(" ")
    assert tells(text)["lot"] == "LOT9"
    assert tells(text.rstrip())["error"] == "bad_check_digit"


@pytest.mark.parametrize("text", ["+1-555-1234", "+15551234567", "++B234MODEL", "+SUM(A1)", "+b234valve905", "+"])
def test_other_text_that_begins_with_a_plus_is_plain(text: str, tells) -> None:
    assert (tells(text)["scheme"], tells(text)["warn"]) == ("plain", ["suspicious"])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("=)1TE654321B&)RZ87654321", {"scheme": "isbt128-container", "udi_di": "1TE654321B", "lot": "RZ87654321"}),
        ("=A99971312345600", {"scheme": "isbt128", "din": "A999713123456"}),
        ("=/A9999XYZ100T0944=,000025", {"udi_di": "A9999XYZ100T0944", "serial": "000025"}),
        ("]C4=A99971312345600=>014032=}013032", {"expiry": "2014-02-01", "mfg_date": "2013-02-01"}),
        ("&>0140321530", {"expiry": "2014-02-01T15:30"}),
        ("=>999365", {"expiry": "1999-12-31"}),
        ("&,1000000000000XYZ123", {"lot": "000000000000XYZ123"}),
        ("=)1TE65", {"error": "truncated"}),
        ("=>014400", {"error": "bad_date"}),
        ("=>014032X", {"error": "bad_value"}),
        ("=)1TE654321B&)rz87654321", {"error": "bad_charset"}),
    ],
)
def test_data_structures_of_isbt_follow_each_other(text: str, wanted: dict[str, object], tells) -> None:
    told = tells(text)
    assert {key: told.get(key) for key in wanted} == wanted


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0", "=", "=>x", "=A1+B2"])
def test_a_formula_is_plain_text_and_suspected(text: str, tells) -> None:
    assert (tells(text)["scheme"], tells(text)["text"], tells(text)["warn"]) == ("plain", text, ["suspicious"])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("356868000041418", {"scheme": "imei", "imei": "356868000041418", "warn": []}),
        ("35-686800-004141-8", {"scheme": "imei", "imei": "356868000041418"}),
        ("]C0356868000041418", {"scheme": "imei"}),
        ("356868000041419", {"scheme": "plain", "serial": "356868000041419"}),
        ("3568680000414103", {"scheme": "imeisv", "imei": None, "warn": ["ambiguous"]}),
        ("3C:22:FB:01:02:0A", {"scheme": "mac", "mac": "3C:22:FB:01:02:0A", "warn": []}),
        ("3c-22-fb-01-02-0a", {"scheme": "mac", "mac": "3C:22:FB:01:02:0A"}),
        ("3C22.FB01.020A", {"scheme": "mac", "mac": "3C:22:FB:01:02:0A"}),
        ("3C22FB01020A", {"scheme": "mac", "mac": "3C:22:FB:01:02:0A", "warn": ["ambiguous"]}),
        ("3C:22:FB:FF:FE:01:02:0A", {"scheme": "mac", "mac": "3C:22:FB:FF:FE:01:02:0A"}),
        ("02:00:00:00:00:01", {"scheme": "mac", "warn": ["suspicious"]}),
        ("3C:22-FB:01:02:0A", {"scheme": "plain"}),
        ("3C:22:FB:01:02", {"scheme": "plain"}),
        ("123456789013", {"scheme": "plain"}),
        ("IMEI: 356868000041418", {"scheme": "imei", "imei": "356868000041418"}),
        ("IMEI: 356868000041419", {"error": "bad_check_digit"}),
        ("MAC: 3C22FB01020A", {"scheme": "mac", "mac": "3C:22:FB:01:02:0A"}),
    ],
)
def test_numbers_of_devices_are_told_apart(text: str, wanted: dict[str, object], tells) -> None:
    told = tells(text)
    assert {key: told.get(key) for key in wanted} == wanted


@pytest.mark.parametrize("text", ["356868000041418", "3568680000414103", "3C22FB01020A", "09506000143514", "12345670"])
def test_what_may_be_a_serial_too_says_so(text: str, means) -> None:
    found = means(text)
    assert (found.serial, found.as_serial) == (None, text)
    assert [each.scheme for each in found.also] == ["plain"]
