"""Labels that tests print: ordinary ones, crowded ones, and ones whose words are meant to do harm."""

from hypothesis import strategies as st

from dockmark.documents.label import LabelFacts
from dockmark.identifiers.tags import unit_tag

UNIT = "01917f2e-7c4b-7d31-9a55-0c3f5e8b1a27"
TAG = unit_tag(UNIT)
GTIN = "09506000134352"
_ORDINARY = {
    "unit_tag": TAG,
    "part_number": "PSU-1200-48",
    "serial": "SN4471902",
    "lot": "L2024-07",
    "expiry": "2028-11-30",
    "description": "Power supply 1200 W, 48 V DC",
    "owner": "ACME Rail",
}
HARMFUL = [
    "^XZ",
    "~JR",
    "^XZ~JA_^FS",
    "^FD^CC!!XZ~HS",
    "<img src=x onerror=alert(1)>",
    "=cmd|' /C calc'!A1",
    "{0.__class__}%s%n$(reboot)",
    "_5E_7E\\5E",
    "\U0001f600\U0001f1e9\U0001f1ea部品",
    "שלום العربية",
    "a\u202eb\u2066c\u200d\ufeff",
    "\x00\x1b\x02\x03\r\n\t\x7f\x85",
    "e\u0301\u0301\u0301\u0301\u0301Z\u0337",
    "\ud800\udfff",
    "(01)09506000134352(21)X",
]


def facts(**changes: object) -> LabelFacts:
    return LabelFacts(**{**_ORDINARY, **changes})


CASES = {
    "ordinary": facts(),
    "with a GTIN": facts(gtin=GTIN),
    "with a short GTIN": facts(gtin="4006381333931", lot="", expiry=""),
    "all of GS1's marks": facts(gtin=GTIN, serial="a!\"%&'()*+,-./:;<=>", lot="?_zZ0O1Il(10)(21)A"),
    "round brackets": facts(gtin=GTIN, serial="A(10)B", lot="(21)((", expiry=""),
    "digits only": facts(gtin=GTIN, serial="01234567890123456789", lot="17281130", expiry=""),
    "a serial that GS1 cannot hold": facts(gtin=GTIN, serial="0O1IL8B5S2Z-ABCDEFGHIJKLM-2024"),
    "everything long": facts(
        serial="MH-7781-33920-A-00417-2024-REV",
        part_number="7M1204-0039-A11-REV-C/EXTENDED-32",
        lot="LOT-2024-07-ABCDEFGH",
        description="Power supply, hot-plug, 1200 W, 48 V DC, titanium efficiency, with fan " * 3,
        owner="Österreichische Bundesbahnen Infrastruktur Aktiengesellschaft Wien",
        quantity=250,
        received="2026-11-23",
        maker="Murata Manufacturing",
        held=True,
        copy=12,
    ),
    "held": facts(held=True),
    "a reprint": facts(gtin=GTIN, copy=2),
    "a box of a lot": facts(gtin=GTIN, serial="", quantity=250),
    "hardly anything": LabelFacts(unit_tag=TAG, part_number="", serial="7"),
    **{f"harmful {number}": facts(serial=word, owner=word, lot=word) for number, word in enumerate(HARMFUL)},
}

words = st.one_of(
    st.text(max_size=40),
    st.sampled_from(HARMFUL),
    st.text(st.sampled_from("^~_\\XZJAFDS<>&;\x00\x1d\x1e\x04\U0001f600AB12 "), max_size=30),
    st.text(st.characters(codec="ascii"), max_size=24),
)
set_82 = st.text(st.sampled_from("ABCXYZabcxyz0123456789!\"%&'()*+,-./:;<=>?_"), min_size=1, max_size=20)
any_facts = st.builds(
    LabelFacts,
    unit_tag=st.uuids().map(lambda each: unit_tag(each)),
    gtin=st.sampled_from(["", GTIN, "4006381333931", "95060001343521", "x"]),
    part_number=words,
    serial=st.one_of(words, set_82),
    lot=st.one_of(words, set_82, st.just("")),
    expiry=st.one_of(st.dates().map(str), words, st.just("")),
    quantity=st.integers(0, 100_000),
    description=words,
    owner=words,
    maker=words,
    received=words,
    held=st.booleans(),
    copy=st.integers(1, 99),
)
