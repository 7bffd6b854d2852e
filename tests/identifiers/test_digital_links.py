"""GS1 Digital Link addresses, the ordinary ones among them, and EPC URNs."""

from datetime import date
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockmark.identifiers import Reading, Scan, read
from dockmark.identifiers.characters import SET_82
from dockmark.identifiers.gs1_values import check_digit

GTIN = "09506000143514"
LINK = f"https://id.gs1.org/01/{GTIN}"
values = st.text("".join(sorted(SET_82)), min_size=1, max_size=20)


@given(
    st.sampled_from(
        ["https://id.gs1.org", "http://a", "HTTPS://EXAMPLE.COM/a/b", "https://x:8080/01/02", "http://[::1]"]
    ),
    st.text("0123456789", min_size=13, max_size=13).map(lambda digits: digits + check_digit(digits)),
    st.none() | values,
    st.none() | values,
    st.none() | values,
    st.sampled_from(["", "?17=291231", "?x=1&17=291231&&linkType=all", "?17=291231#21/frag"]),
)
def test_what_is_written_as_a_link_is_read_back(host, gtin, variant, lot, serial, query) -> None:
    path = "".join(
        f"/{code}/{quote(value, safe='')}"
        for code, value in (("01", gtin), ("22", variant), ("10", lot), ("21", serial))
        if value is not None
    )
    found = read(Scan.of_text(host + path + query), today=date(2026, 11, 23))
    assert isinstance(found, Reading), found
    assert (found.scheme, found.gtin, found.lot, found.serial) == ("gs1-digital-link", gtin, lot, serial)
    assert found.marks.get("22") == variant
    assert found.expiry == ("2029-12-31" if query else None)


@pytest.mark.parametrize(
    ("link", "wanted"),
    [
        (LINK + "/21/SER%2F9?17=291231", {"serial": "SER/9", "expiry": "2029-12-31"}),
        (LINK + "/21/a+b", {"serial": "a+b"}),
        (LINK + "/21/50%", {"serial": "50%"}),
        (LINK + "/235/TPX?10=A", {"gtin": GTIN, "lot": "A"}),
        (f"HTTPS://ID.GS1.ORG/01/{GTIN}/21/ABC", {"serial": "ABC"}),
        (f"https://x.org/01/02/01/{GTIN}/21/7", {"gtin": GTIN, "serial": "7"}),
        (f"https://x.org/00/faux/01/{GTIN}", {"gtin": GTIN}),
        ("https://x.org/00/350600014300001230", {"sscc": "350600014300001230"}),
        ("https://x.org/8004/9506000TOOL-0071", {"giai": "9506000TOOL-0071"}),
        ("https://x.org/8010/9506000BRKT%2F22/8011/7", {"part": "9506000BRKT/22", "serial": "7"}),
        ("https://x.org/8003/09506000143514XY", {"grai": "09506000143514XY"}),
        ("https://x.org/414/9506000143514/254/A", {"gln": "9506000143514"}),
        ("https://x.org/8018/123456789012345675/8019/12", {"gsrn": "123456789012345675"}),
        (f"https://x.org/8006/{GTIN}0102/21/5", {"gtin": GTIN, "serial": "5"}),
        (f"https://x.org/8004/9506000TOOL?01={GTIN}", {"giai": "9506000TOOL", "gtin": GTIN}),
        (f"]Q1{LINK}/21/9", {"serial": "9", "symbology": "QR"}),
        (f"]d1{LINK}/21/9", {"serial": "9", "symbology": "Data Matrix"}),
    ],
)
def test_a_sound_link_is_read(link: str, wanted: dict[str, object], tells) -> None:
    told = tells(link)
    assert told["scheme"] == "gs1-digital-link"
    assert {key: told.get(key) for key in wanted} == wanted


@pytest.mark.parametrize(
    ("link", "code"),
    [
        (LINK + "/", "empty_field"),
        (LINK + "/21/", "empty_field"),
        (LINK + "/21", "empty_field"),
        (LINK + "/10//21/B", "empty_field"),
        (f"https://x.org/01//{GTIN}", "empty_field"),
        (LINK + "?17=", "empty_field"),
        (LINK + "/21/B/10/A", "misplaced_qualifier"),
        (LINK + "/10/A/22/B", "misplaced_qualifier"),
        (LINK + "/22/A/235/B", "misplaced_qualifier"),
        (LINK + "/99/A", "misplaced_qualifier"),
        (LINK + "?10=A", "misplaced_qualifier"),
        (LINK + "?21=A", "misplaced_qualifier"),
        (LINK + "/21/A?10=B", "misplaced_qualifier"),
        ("https://x.org/00/350600014300001230/21/A", "misplaced_qualifier"),
        ("https://x.org/8004/9506000TOOL?21=A", "misplaced_qualifier"),
        (LINK + "/10/A?10=A", "duplicate_ai"),
        (LINK + f"?01={GTIN}", "duplicate_ai"),
        (LINK + "?99=A&99=A", "duplicate_ai"),
        (LINK + "/21/A/21/A", "duplicate_ai"),
        (LINK + "?89=A", "unknown_ai"),
        (LINK + "?999=A", "unknown_ai"),
        (LINK + "/89/A", "unknown_ai"),
        (LINK + "/21/%00", "control_chars"),
        (LINK + "?99=A%00B", "control_chars"),
        (LINK + "/21/A%20B", "bad_charset"),
        (LINK + "?99=A+B", "bad_charset"),
        (LINK + "/21/%C3%A9", "bad_charset"),
        (LINK + "/21/A<B", "bad_charset"),
        ("https://x.org/01/0950600014351X", "bad_charset"),
        ("https://x.org/01/9506000143514", "bad_length"),
        ("https://x.org/01/95050003", "bad_length"),
        (LINK + "/21/" + "A" * 21, "bad_length"),
        ("https://x.org/01/09506000143515", "bad_check_digit"),
        (LINK + "?17=291300", "bad_date"),
    ],
)
def test_a_broken_link_is_told_by_its_code(link: str, code: str, tells) -> None:
    assert tells(link).get("error") == code


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "http://a/b/c?01=5",
        "https://example.org/01/about-us",
        "https://example.org/error/401/unauthorised",
        f"https://shop.example/01/{GTIN}/reviews",
        f"HtTpS://id.gs1.org/01/{GTIN}",
        f"https://user@host/01/{GTIN}",
        "https://id.gs1.org/gtin/09506000143514",
        "http://",
    ],
)
def test_an_ordinary_address_stays_an_address(address: str, tells) -> None:
    told = tells(address)
    assert (told["scheme"], told["text"], told.get("serial")) == ("url", address, None)


def test_a_link_that_must_name_more_is_read_with_a_warning(tells) -> None:
    assert tells("https://x.org/415/9506000143514")["warn"] == ["missing_required_ai"]
    assert tells("https://x.org/415/9506000143514/8020/R1")["warn"] == []


@pytest.mark.parametrize(
    ("urn", "wanted"),
    [
        ("urn:epc:id:sgtin:9506000.014351.SER%2F9", {"gtin": GTIN, "serial": "SER/9"}),
        ("urn:epc:id:sscc:0614141.1234567890", {"sscc": "106141412345678908"}),
        ("urn:epc:id:giai:9506000.TOOL", {"giai": "9506000TOOL"}),
        ("urn:epc:id:sgln:0614141.12345.0", {"gln": "0614141123452"}),
        ("urn:epc:id:cpi:9506000.BRKT%2F22.7", {"part": "9506000BRKT/22", "serial": "7"}),
        ("urn:epc:id:grai:9506000.14351.XY", {"grai": "09506000143514XY"}),
        ("urn:epc:class:lgtin:9506000.014351.L5", {"gtin": GTIN, "lot": "L5"}),
        ("urn:epc:tag:sgtin-96:3.9506000.014351.7", {"gtin": GTIN, "serial": "7"}),
        ("urn:epc:id:sgtin:9506000.01435.S", {"error": "bad_length"}),
        ("urn:epc:id:sgtin:9506000.014351", {"error": "bad_value"}),
        ("urn:epc:id:thing:1.2", {"error": "unknown_format"}),
        ("urn:epc:id", {"error": "truncated"}),
    ],
)
def test_an_epc_urn_stands_for_the_key_it_was_made_of(urn: str, wanted: dict[str, object], tells) -> None:
    told = tells(urn)
    assert {key: told.get(key) for key in wanted} == wanted
    assert told.get("scheme") in ("epc-urn", None)
