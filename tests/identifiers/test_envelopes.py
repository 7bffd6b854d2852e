"""ISO/IEC 15434 envelopes: sound, damaged, and the UII that their fields add up to."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockmark.identifiers import Reading, Scan, read

GTIN = "09506000143514"
WHOLE = "\x1e\x04"


def envelope(form: str, *fields: str, end: str = WHOLE) -> str:
    return "[)>\x1e" + form + "\x1d" + "\x1d".join(fields) + end


marked = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-/", min_size=1, max_size=15)
cages = st.text("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ", min_size=5, max_size=5)


@given(cages, marked, marked, st.permutations([0, 1, 2]))
def test_maker_part_and_serial_add_up_to_the_uii_in_any_order(cage, part, serial, order) -> None:
    fields = [f"17V{cage}", f"1P{part}", f"S{serial}"]
    found = read(Scan.of_text(envelope("06", *(fields[at] for at in order))), today=date(2026, 11, 23))
    assert isinstance(found, Reading)
    assert (found.cage, found.part, found.serial) == (cage, part, serial)
    assert (found.uii, found.construct) == (f"D{cage}{part}{serial}", 2)
    assert found.names_unit


@given(cages, marked, st.none() | marked)
def test_an_airline_label_says_maker_and_serial(cage, serial, part) -> None:
    fields = [f"MFR {cage}", f"SER {serial}"] + ([f"PNR {part}"] if part else [])
    found = read(Scan.of_text(envelope("12", *fields)), today=date(2026, 11, 23))
    assert isinstance(found, Reading)
    assert (found.cage, found.serial, found.part) == (cage, serial, part)
    assert (found.uii, found.construct) == (f"D{cage}{serial}", 1)


@pytest.mark.parametrize(
    ("form", "fields", "uii", "construct"),
    [
        ("06", ["18S4ABC7HX99"], "D4ABC7HX99", 1),
        ("06", ["25SD4ABC7HX99"], "D4ABC7HX99", None),
        ("06", ["17V4ABC7", "1PB-200", "S0031"], "D4ABC7B-2000031", 2),
        ("06", ["17V4ABC7", "1TL7", "S31"], "D4ABC7L731", 2),
        ("06", ["17V4ABC7", "1PB-200", "1TL7", "S0031"], "D4ABC7B-2000031", 2),
        ("06", ["17V4ABC7", "1PB-200", "S0031", "30PB-201"], "D4ABC7B-2000031", 2),
        ("06", ["12V123456789", "1PX", "SY"], "UN123456789XY", 2),
        ("06", ["7LABC123", "1PX", "SY"], "LDABC123XY", 2),
        ("06", ["3V0614141", "1PX", "SY"], "0614141XY", 2),
        ("06", ["18VLB1234", "1PX", "SY"], "LB1234XY", 2),
        ("06", ["22S356868000041418"], "356868000041418", None),
        ("06", ["I1HGCM82633A004352"], "1HGCM82633A004352", None),
        ("06", ["17V4ABC7", "S31"], None, None),
        ("06", ["17V4ABC7", "30PX", "S31"], None, None),
        ("06", ["1PX", "SY"], None, None),
        ("12", ["MFR 4ABC7", "SER T1", "PNR X"], "D4ABC7T1", 1),
        ("12", ["CAG 4ABC7", "SER T1"], "D4ABC7T1", 1),
        ("12", ["SPL 4ABC7", "UCN U1"], "D4ABC7U1", 1),
        ("12", ["DUN 123456789", "SER T1"], "UN123456789T1", 1),
        ("12", ["EUC 0614141", "SER T1"], "0614141T1", 1),
        ("12", ["MFR 4ABC7", "PNO X", "SEQ 9"], "D4ABC7X9", 2),
        ("12", ["MFR 4ABC7", "LOT L1", "SEQ 9"], "D4ABC7L19", 2),
        ("12", ["MFR 4ABC7", "PNO X", "SEQ 9", "PNR X-2"], "D4ABC7X9", 2),
        ("12", ["MFR 4ABC7", "PNR X", "SEQ 9"], None, None),
        ("12", ["UID D4ABC7X1"], "D4ABC7X1", None),
        ("12", ["USN 4ABC7X1"], "D4ABC7X1", 1),
        ("12", ["SER T1", "PNR X"], None, None),
        ("DD", ["CAG 4ABC7", "PNO X", "SEQ 9"], "D4ABC7X9", 2),
    ],
)
def test_the_uii_follows_the_table_of_constructs(form, fields, uii, construct, tells) -> None:
    told = tells(envelope(form, *fields))
    assert (told.get("uii"), told.get("construct")) == (uii, construct)
    assert told["scheme"] == f"iso15434-{form.lower()}"


def test_the_current_part_number_is_the_part_and_the_first_one_stays_told(tells) -> None:
    told = tells(envelope("06", "17V4ABC7", "1PB-200", "S1", "30PB-201"))
    assert (told["part"], told["original_part"]) == ("B-201", "B-200")
    told = tells(envelope("12", "MFR 4ABC7", "PNO X", "SEQ 9", "PNR X-2"))
    assert (told["part"], told["original_part"]) == ("X-2", "X")


def test_a_whole_uii_names_maker_and_serial_where_the_agency_fixes_the_length(tells) -> None:
    told = tells(envelope("06", "25SD4ABC7HX99"))
    assert (told["iac"], told["cage"], told["serial"]) == ("D", "4ABC7", "HX99")
    told = tells(envelope("06", "25SUN123456789S1"))
    assert (told["iac"], told["duns"], told["serial"]) == ("UN", "123456789", "S1")
    told = tells(envelope("06", "25SLB1234567"))
    assert (told["iac"], "serial" in told) == ("LB", False)
    assert tells(envelope("06", "18VLB1234", "1PX", "SY"))["iac"] == "LB"
    assert tells(envelope("06", "25S0614141X7"))["iac"] == "0"


@pytest.mark.parametrize(
    ("fields", "key", "wanted"),
    [
        (["P99-1"], "customer_part", "99-1"),
        (["2PC"], "revision", "C"),
        (["11PABCDEFGHIJ"], "clei", "ABCDEFGHIJ"),
        (["1TB7"], "lot", "B7"),
        (["TB7"], "lot", "B7"),
        (["VSUP1"], "supplier_code", "SUP1"),
        (["Q40"], "quantity", 40),
        (["Q0040"], "quantity", 40),
        (["7Q40PC"], "quantity", 40),
        (["7Q40PC"], "quantity_unit", "PC"),
        (["Q1.5"], "quantity", None),
        (["K4500012"], "order", "4500012"),
        (["4K10"], "order_line", "10"),
        (["11K77"], "delivery_note", "77"),
        (["2KBL7"], "delivery_note", "BL7"),
        (["JUN123"], "package", "UN123"),
        (["4LUS"], "country", "US"),
        (["14D20281130"], "expiry", "2028-11-30"),
        (["16D20260101"], "mfg_date", "2026-01-01"),
        (["10D2604"], "date_code", "2604"),
        (["23S3C22FB01020A"], "mac", "3C:22:FB:01:02:0A"),
        (["22S356868000041418"], "imei", "356868000041418"),
        (["9ZANY", "SX"], "serial", "X"),
    ],
)
def test_each_data_identifier_fills_its_field(fields, key, wanted, tells) -> None:
    assert tells(envelope("06", *fields)).get(key) == wanted


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[)>", "truncated"),
        ("[)>\x1e", "truncated"),
        ("[)>\x1e0", "truncated"),
        ("[)>\x1e06", "truncated"),
        ("[)>\x1e06\x1d", "truncated"),
        ("[)>\x1e\x04", "truncated"),
        ("[)>06\x1dSX\x1e\x04", "bad_envelope"),
        ("[)>\x1d06\x1dSX\x1e\x04", "bad_envelope"),
        ("[)>\x1e06SX\x1e\x04", "bad_envelope"),
        (envelope("06", "SX") + "Y", "bad_envelope"),
        (envelope("99", "SX"), "unknown_format"),
        (envelope("01", "SX"), "unknown_format"),
        (envelope("dd", "SX"), "unknown_format"),
        (envelope("06", "-X"), "bad_value"),
        (envelope("06", "sx"), "bad_value"),
        (envelope("06", "12345"), "bad_value"),
        (envelope("06", "QX"), "bad_value"),
        (envelope("12", "MFR4ABC7"), "bad_value"),
        (envelope("12", "mfr 4ABC7"), "bad_value"),
        (envelope("06", "1PX", "S"), "empty_field"),
        (envelope("12", "MFR 4ABC7", "SER "), "empty_field"),
        (envelope("12", "MFR 4ABC7", "SER"), "empty_field"),
        (envelope("06", "SX", "SY"), "duplicate_di"),
        (envelope("12", "SER X", "SER Y"), "duplicate_di"),
        (envelope("06", "17V4ABO7", "1PX", "SY"), "bad_value"),
        (envelope("06", "17V4ABC", "1PX", "SY"), "bad_length"),
        (envelope("06", "18S4ABC7"), "bad_length"),
        (envelope("12", "MFR 4AIC7", "SER X"), "bad_value"),
        (envelope("06", "17V4ABC7", "1P" + "A" * 30, "S" + "B" * 15), "bad_length"),
        (envelope("06", "25S" + "D" * 51), "bad_length"),
        (envelope("06", "14D20281131"), "bad_date"),
        (envelope("06", "14D281130"), "bad_date"),
        (envelope("06", "10D2654"), "bad_date"),
        (envelope("12", "EXP 20281331"), "bad_date"),
        (envelope("05", "0109506000143515"), "bad_check_digit"),
        (envelope("06", "+B234VALVE900"), "bad_check_digit"),
        (envelope("06", "SX", "SX\x01"), "control_chars"),
    ],
)
def test_a_damaged_envelope_is_told_by_its_code(text: str, code: str, tells) -> None:
    assert tells(text).get("error") == code


@pytest.mark.parametrize(
    ("text", "warn"),
    [
        (envelope("06", "1PX", "SY"), []),
        (envelope("06", "1PX", "SY", end="\x1e"), ["missing_trailer"]),
        (envelope("06", "1PX", "SY", end="\x04"), ["missing_trailer"]),
        (envelope("06", "1PX", "SY", end=""), ["missing_trailer"]),
        (envelope("06", "1PX", "", "SY"), ["empty_field"]),
        (envelope("06", "1PX", "SY", ""), ["empty_field"]),
        (envelope("06", "1PX", "SY", "1T"), ["empty_field"]),
        (envelope("06", "1PX", "SY", "SY"), []),
        (envelope("06", "1PX", "SY") + "\r\n", ["trailing_newline"]),
        (envelope("06", "17V4ABC7", "1PX Y", "SY"), ["suspicious"]),
        (envelope("12", "MFR 4ABC7", "SER abc"), ["suspicious"]),
        (envelope("12", "MFR 4ABC7", "SER " + "A" * 16), ["suspicious"]),
    ],
)
def test_a_doubtful_envelope_is_read_with_a_warning(text: str, warn: list[str], tells) -> None:
    told = tells(text)
    assert told["warn"] == warn
    assert "serial" in told


@pytest.mark.parametrize("mark", ["]d1", "]Q1", "]L0", "]d2", "]C0"])
def test_the_envelope_is_seen_in_any_symbol(mark: str, tells) -> None:
    assert tells(mark + envelope("06", "1PX", "SY"))["serial"] == "Y"


def test_several_blocks_are_read_together(tells) -> None:
    told = tells(f"[)>\x1e06\x1d1PX\x1e05\x1d01{GTIN}\x1d21F5\x1e\x04")
    assert (told["scheme"], told["part"], told["gtin"], told["serial"]) == ("iso15434-06", "X", GTIN, "F5")


def test_blocks_that_contradict_each_other_are_doubted(tells) -> None:
    told = tells(f"[)>\x1e06\x1dSX\x1e05\x1d01{GTIN}\x1d21F5\x1e\x04")
    assert (told["serial"], told["warn"]) == ("X", ["ambiguous"])


def test_a_fault_in_a_block_of_gs1_identifiers_is_placed_in_the_whole(means) -> None:
    found = means(envelope("05", f"01{GTIN[:-1]}5"))
    assert found.text[found.at :] == GTIN[:-1] + "5" + WHOLE


def test_a_hibc_string_may_lie_in_a_format_06_envelope(tells) -> None:
    told = tells(envelope("06", "+B234VALVE90/$$3290515LT5V"))
    assert (told["scheme"], told["part"], told["lot"]) == ("iso15434-06", "VALVE9", "LT5")


@pytest.mark.parametrize(
    ("text", "scheme", "key", "value", "warn"),
    [
        ("]A01P700-1", "mh10-di", "part", "700-1", []),
        ("]C018S4ABC7X1", "mh10-di", "uii", "D4ABC7X1", []),
        ("]C02K77", "mh10-di", "delivery_note", "77", []),
        ("]A0SFOC1234", "plain", "serial", "SFOC1234", ["prefix_guess"]),
        ("]C0Q40", "plain", "serial", "Q40", ["prefix_guess"]),
        ("]C0QA", "plain", "serial", "QA", []),
        ("]C014D20291331", "plain", "serial", "14D20291331", []),
        ("]C09ZFOO", "plain", "serial", "9ZFOO", []),
        ("1P700-1", "plain", "serial", "1P700-1", ["prefix_guess"]),
        ("SN12345", "plain", "serial", "SN12345", []),
        ("1PABC\x1dS123", "mh10-di", "part", "ABC", ["prefix_guess"]),
    ],
)
def test_a_lone_data_identifier_is_read_or_only_guessed(text, scheme, key, value, warn, tells) -> None:
    told = tells(text)
    assert (told["scheme"], told[key], told["warn"]) == (scheme, value, warn)


def test_a_guess_is_shown_as_the_other_reading(means) -> None:
    guess = means("]A0SFOC1234").also[0]
    assert (guess.scheme, guess.serial, [*guess.warn]) == ("mh10-di", "FOC1234", ["prefix_guess"])
    assert means("1P700-1").also[0].part == "700-1"
    assert means("P99").also[0].customer_part == "99"
