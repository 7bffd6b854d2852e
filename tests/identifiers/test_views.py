"""What is drawn from a reading: the medical view, the other meanings, the memory of a tag."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockmark.identifiers import Reading, Scan, Udi, read, udi_of
from dockmark.identifiers.hibc import check_character
from tests.identifiers.conftest import TODAY

GTIN = "09506000143514"
PRIMARY = "+B234VALVE90"


def hibc(text: str) -> str:
    return text + check_character(text)


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        (
            f"]d201{GTIN}1126013117310131" + "10L\x1d21S",
            Udi(issuer="GS1", di=GTIN, lot="L", serial="S", expiry="2031-01-31", mfg_date="2026-01-31"),
        ),
        (f"https://id.gs1.org/01/{GTIN}/21/S", Udi(issuer="GS1", di=GTIN, serial="S")),
        (f"[)>\x1e05\x1d01{GTIN}\x1d10L\x1e\x04", Udi(issuer="GS1", di=GTIN, lot="L")),
        (hibc(PRIMARY + "/$+S"), Udi(issuer="HIBCC", di="B234VALVE90", serial="S")),
        (f"[)>\x1e06\x1d{hibc(PRIMARY)}\x1e\x04", Udi(issuer="HIBCC", di="B234VALVE90")),
        (
            "=/A9999XYZ100T0944=,000025=A99971312345600=>014032",
            Udi(issuer="ICCBBA", di="A9999XYZ100T0944", serial="000025", donation="A999713123456", expiry="2014-02-01"),
        ),
        ("=)1TE654321B&)RZ87654321", Udi(issuer="ICCBBA", di="1TE654321B", lot="RZ87654321")),
        (f"]d202{GTIN}3705", None),
        ("SN1", None),
        ("[)>\x1e06\x1dS1\x1e\x04", None),
    ],
)
def test_a_medical_label_is_one_view_whoever_issued_it(raw: str, wanted: Udi | None, means) -> None:
    assert udi_of(means(raw)) == wanted


def test_a_lone_primary_tells_what_its_secondary_must_name(means) -> None:
    primary = means(hibc(PRIMARY))
    secondary = means(hibc(f"+$$3290515LT5{primary.check}"))
    assert (primary.check, secondary.link) == (primary.text[-1], primary.text[-1])
    assert means(hibc(PRIMARY + "/$L")).check is None


def test_a_check_character_that_people_see_as_a_line_is_a_space(means) -> None:
    text = hibc(PRIMARY + "/$LOT9")
    assert text.endswith(" ")
    assert means(text[:-1] + "_").lot == "LOT9"


@pytest.mark.parametrize(
    ("raw", "schemes"),
    [
        (f"01{GTIN}", ["gs1-element-string", "plain", "imeisv"]),
        ("356868000041418", ["imei", "plain"]),
        ("9501101530003", ["gtin", "plain"]),
        ("3C22FB01020A", ["mac", "plain"]),
        ("]A0S123", ["plain", "mh10-di"]),
        ("3074257BF7194E4000001A85", ["plain", "epc-urn"]),
        ("N-1", ["plain"]),
    ],
)
def test_every_meaning_is_listed_the_likeliest_first(raw: str, schemes: list[str], tells) -> None:
    told = tells(raw)
    others = told.get("also", [])
    assert [told["scheme"], *(other["scheme"] for other in others)] == schemes
    assert all(other["rule"] for other in others)
    assert told["rule"]


@given(
    st.integers(0, 6),
    st.integers(0, 10**12 - 1),
    st.integers(0, 10**7 - 1),
    st.integers(0, 2**38 - 1),
    st.integers(0, 7),
)
def test_a_tag_says_what_its_urn_says(partition: int, company: int, item: int, serial: int, level: int) -> None:
    bits, digits = (40, 37, 34, 30, 27, 24, 20)[partition], 12 - partition
    company, item = company % 10**digits, item % 10 ** (13 - digits)
    memory = 0x30
    for value, size in ((level, 3), (partition, 3), (company, bits), (item, 44 - bits), (serial, 38)):
        memory = memory << size | value
    urn = f"urn:epc:id:sgtin:{company:0{digits}}.{item:0{13 - digits}}.{serial}"
    found = read(Scan.of_text(f"urn:epc:raw:96.x{memory:024X}"), today=TODAY)
    wanted = read(Scan.of_text(urn), today=TODAY)
    assert isinstance(found, Reading)
    assert isinstance(wanted, Reading)
    assert (found.gtin, found.serial, found.marks) == (wanted.gtin, wanted.serial, wanted.marks)


@given(st.binary(min_size=12, max_size=30))
def test_any_memory_is_answered(memory: bytes) -> None:
    found = read(Scan.of_text(f"urn:epc:raw:{8 * len(memory)}.x{memory.hex()}"), today=TODAY)
    assert found.scan.raw.startswith(b"urn:epc:raw:")
