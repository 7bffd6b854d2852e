"""Plain serials, printed prefixes, and text made to do harm."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockmark.identifiers import Reading, Scan, read

words = st.text("ABCDEFGHJKMNPQRTUVWXYZ23456789", min_size=1, max_size=20).filter(lambda word: not word.isdigit())


@given(words.filter(lambda word: len(word) != 3), words)  # MFR and its like are text element identifiers
def test_prefixes_name_the_fields_behind_them(serial: str, part: str) -> None:
    for text in (f"S/N: {serial} P/N: {part}", f"SN:{serial} PN:{part}", f"(S){serial}(1P){part}"):
        found = read(Scan.of_text(text), today=date(2026, 11, 23))
        assert isinstance(found, Reading)
        assert (found.scheme, found.serial, found.part) == ("plain", serial, part)
        assert found.text == text
        assert found.names_unit


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("S/N: ABC123", "serial", "ABC123"),
        ("S/N:ABC123", "serial", "ABC123"),
        ("S/N ABC123", "serial", "ABC123"),
        ("s/n: abc", "serial", "abc"),
        ("S/N# 7", "serial", "7"),
        ("SN: 0007", "serial", "0007"),
        ("SN#7", "serial", "7"),
        ("SN = 7", "serial", "7"),
        ("SER: 7", "serial", "7"),
        ("Ser. No.: 7", "serial", "7"),
        ("SER NO: 7", "serial", "7"),
        ("SERIAL NO. 7", "serial", "7"),
        ("Serial Number: 7 A", "serial", "7 A"),
        ("(S)ABC", "serial", "ABC"),
        ("(1P)B-200", "part", "B-200"),
        ("(P)99-1", "customer_part", "99-1"),
        ("(Q)5", "quantity", 5),
        ("(1T)L7", "lot", "L7"),
        ("P/N: B-200", "part", "B-200"),
        ("P/N B-200", "part", "B-200"),
        ("PART NO: B-200", "part", "B-200"),
        ("MPN: B-200", "part", "B-200"),
        ("CUST P/N: 99", "customer_part", "99"),
        ("LOT: L7", "lot", "L7"),
        ("BATCH NO: L7", "lot", "L7"),
        ("QTY: 12", "quantity", 12),
        ("REV: C", "revision", "C"),
        ("PO: 4500012", "order", "4500012"),
        ("CLEI: ABCDEFGHIJ", "clei", "ABCDEFGHIJ"),
        ("CAGE: 4ABC7", "cage", "4ABC7"),
        ("GTIN: 9501101530003", "gtin", "09501101530003"),
        ("SN: 1; PN: 2; LOT: 3; EXP: 2027-06-30", "expiry", "2027-06-30"),
        ("SN: 1 | PN: 2", "part", "2"),
    ],
)
def test_a_printed_prefix_with_punctuation_names_the_field(text: str, key: str, value: object, tells) -> None:
    told = tells(text)
    assert (told["scheme"], told[key], told["warn"]) == ("plain", value, [])


@pytest.mark.parametrize(
    "text",
    [
        "SN12345",
        "SN 12345",
        "SN-12345",
        "SER12345",
        "PN500",
        "LOT7",
        "S1",
        "S",
        "SN",
        "P",
        "A:B",
        "(c)1",
        "(Z9)1",
        "ASN: 5",
    ],
)
def test_bare_letters_stay_part_of_the_serial(text: str, tells) -> None:
    told = tells(text)
    assert (told["scheme"], told["text"], told["serial"]) == ("plain", text, text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("S/N:", "empty_field"),
        ("S/N: P/N: 5", "empty_field"),
        ("(S)", "empty_field"),
        ("(S)(1P)X", "empty_field"),
        ("QTY: many", "bad_value"),
        ("GTIN: 09506000143515", "bad_check_digit"),
        ("GTIN: 123", "bad_length"),
        ("CAGE: 4ABI7", "bad_value"),
        ("MAC: 12", "bad_value"),
        ("EXP: 2027-02-30", "bad_date"),
        ("(14D)20281301", "bad_date"),
        ("(S)A(S)B", "duplicate_di"),
        ("SN: A SN: B", "duplicate_di"),
    ],
)
def test_a_broken_field_behind_a_prefix_is_told_by_its_code(text: str, code: str, tells) -> None:
    assert tells(text).get("error") == code


@pytest.mark.parametrize(
    "text", ["0031", "00abC-9/7", "  AB 1  ", "Größe-7", "ｓ１", "O'Neill-5", "AB&C", "A|B", "50% X"]
)
def test_a_serial_is_kept_exactly(text: str, tells) -> None:
    told = tells(text)
    assert (told["text"], told["serial"], told["warn"]) == (text, text, [])


@pytest.mark.parametrize(
    "text",
    [
        "Robert'); DROP TABLE students;--",
        "x' OR 1=1 --",
        "1 UNION SELECT name FROM parts",
        "^XA^FO50,50^FDX^FS^XZ",
        "~JR",
        "A^XZB",
        "<img src=x onerror=alert(1)>",
        "</b>",
        "&lt;b&gt;",
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "{{7*7}}",
        "${HOME}",
        "$(id)",
        "{%x%}",
        "%s%n",
        "../../etc/passwd",
        "C:\\x",
        "A\u202eB",
        "A\u200bB",
        "\ufeffA",
        "АBC-1",  # its first letter is Cyrillic
        "AB\x1eC",
    ],
)
def test_text_made_to_do_harm_is_read_as_text_and_suspected(text: str, tells) -> None:
    told = tells(text)
    assert (told["scheme"], told["text"], told["warn"]) == ("plain", text, ["suspicious"])


def test_a_whole_page_of_text_names_no_serial(tells) -> None:
    assert "serial" not in tells("A" * 65)
    assert tells("A" * 64)["serial"] == "A" * 64
    assert "serial" not in tells("---- :")


def test_a_half_of_a_label_says_which_half_it_is(means) -> None:
    serial, part, both = means("SN: 7"), means("P/N: B"), means("SN: 7 PN: B")
    assert (serial.is_half_serial, serial.is_half_part, serial.names_unit) == (True, False, False)
    assert (part.is_half_serial, part.is_half_part, part.names_unit) == (False, True, False)
    assert (both.is_half_serial, both.is_half_part, both.names_unit) == (False, False, True)
