"""What scanners and keyboards add or change before the content begins."""

from datetime import date

import pytest

from dockmark.identifiers import Reading, Unreadable, as_plain


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\t"])
def test_one_trailing_newline_or_tab_is_taken_off_and_told(end: str, tells) -> None:
    told = tells("SN12345" + end)
    assert (told["text"], told["warn"]) == ("SN12345", ["trailing_newline"])
    assert told["raw"] == "SN12345" + end


@pytest.mark.parametrize("text", ["A\n\n", "A\nB", "\x01A", "A\x7f", "A\x85B", "S\0N", "\x1bA", "A\r\r\n", "]d2\x00"])
def test_other_control_characters_are_refused(text: str, tells) -> None:
    assert tells(text)["error"] == "control_chars"


@pytest.mark.parametrize("text", ["", "\n", "\r\n", " ", "   ", "]d2", "]d2\x1d", "]Q1", "]A0"])
def test_nothing_is_empty(text: str, tells) -> None:
    assert tells(text)["error"] == "empty"


@pytest.mark.parametrize("identifier", ["]Y0", "]Z9", "]C9", "]d9", "]Q7", "]E9", "]J9"])
def test_an_unknown_symbology_is_said_to_be_unknown(identifier: str, tells) -> None:
    assert tells(identifier + "ABC")["error"] == "unknown_symbology"
    assert tells("ABC", symbology=identifier)["error"] == "unknown_symbology"


@pytest.mark.parametrize(
    ("identifier", "name"),
    [
        ("]C1", "GS1-128"),
        ("]d2", "GS1 DataMatrix"),
        ("]Q3", "GS1 QR"),
        ("]e0", "GS1 DataBar"),
        ("]J1", "GS1 DotCode"),
        ("]z1", "GS1 Aztec"),
    ],
)
def test_a_gs1_symbol_is_known_by_its_identifier_wherever_it_is_told(identifier: str, name: str, tells) -> None:
    content = "010950600014351421Q-1"
    for told in (tells(identifier + content), tells(content, symbology=identifier)):
        assert (told["scheme"], told["symbology"], told["serial"]) == ("gs1-element-string", name, "Q-1")
    assert tells(identifier + content, symbology=identifier)["serial"] == "Q-1"


@pytest.mark.parametrize(
    ("word", "name"),
    [("GS1 DataMatrix", "GS1 DataMatrix"), ("gs1-128", "GS1-128"), ("ean-13", "EAN-13"), ("nonsense", None)],
)
def test_a_symbology_in_words_is_understood_or_left_aside(word: str, name: str | None, tells) -> None:
    content = "9501101530003" if word == "ean-13" else "0109506000143514"
    assert tells(content, symbology=word).get("symbology") == name


def test_control_pictures_are_read_as_the_controls_they_show(tells) -> None:
    told = tells("[)>␞06␝17V4ABC7␝1PB-200␝S0031␞␄")
    assert (told["uii"], told["warn"]) == ("D4ABC7B-2000031", ["substituted_controls"])
    assert tells("010950600014351410A␝21B")["serial"] == "B"


@pytest.mark.parametrize("stand_in", ["<GS>", "{GS}", "^]"])
def test_printable_stand_ins_are_never_read_as_controls(stand_in: str, tells) -> None:
    assert tells(f"[)><RS>06{stand_in}S1")["error"] == "bad_envelope"
    assert tells(f"AB{stand_in}C")["text"] == f"AB{stand_in}C"


def test_bytes_that_are_not_utf_8_are_read_one_character_a_byte(means, tells) -> None:
    found = means(b"M\xfcller-7")
    assert isinstance(found, Reading)
    assert (found.serial, [*found.warn]) == ("Müller-7", ["ambiguous"])
    assert tells(b"\xc3\x28\x80")["error"] == "control_chars"


def test_code_39_guards_are_taken_off_and_told(tells) -> None:
    assert tells("]A0*1P700-1*")["part"] == "700-1"
    assert tells("]A0*1P700-1*")["warn"] == ["code39_guards"]
    assert tells("*AB-1*")["serial"] == "AB-1"
    assert tells("]C0*AB-1*")["serial"] == "*AB-1*"
    assert tells("**")["text"] == "**"


def test_the_check_character_that_a_code_39_reader_verified_and_sent_is_taken_off(tells) -> None:
    assert tells("]A1ABCX")["serial"] == "ABC"
    assert tells("]A1ABCY")["serial"] == "ABCY"


def test_the_raw_bytes_stay_as_they_came(means) -> None:
    for raw in (b"]d20109506000143514\r\n", b"\xff\xfe\n", b"S\0N"):
        assert means(raw).scan.raw == raw


def test_a_scan_can_be_read_as_plain_text_whatever_form_it_has(means) -> None:
    found = means("12345670")
    assert (found.scheme, found.serial, found.as_serial) == ("gtin", None, "12345670")
    plain = as_plain(found.scan, today=date(2026, 1, 1))
    assert plain is not None
    assert plain.serial == "12345670"
    assert isinstance(means("A\0"), Unreadable)
    assert as_plain(means("A\0").scan, today=date(2026, 1, 1)) is None
