"""Lines of scans in, one flat object for each out."""

import base64
import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dockmark.cli.decode import decode_lines

TODAY = date(2026, 11, 23)


def decoded(*lines: bytes, json_lines: bool = False) -> list[dict[str, object]]:
    return list(decode_lines(lines, json_lines=json_lines, today=TODAY))


def test_each_line_is_one_scan_without_its_own_end() -> None:
    told = decoded(b"]d2010950600014351421A\x1d10B\n", b"S/N: 7\r\n", b"AB\x1e1", b"")
    assert [each["raw"] for each in told] == ["]d2010950600014351421A\x1d10B", "S/N: 7", "AB\x1e1", ""]
    assert [each.get("serial") for each in told] == ["A", "7", "AB\x1e1", None]
    assert told[3]["error"] == "empty"


def test_a_newline_of_the_scanner_stays_part_of_the_scan() -> None:
    assert decoded(b"ABC\r")[0]["warn"] == ["trailing_newline"]
    assert decoded(b"ABC\n\n")[0]["warn"] == ["trailing_newline"]
    told = decoded(json.dumps({"raw": "ABC\r\n"}).encode() + b"\n", json_lines=True)
    assert (told[0]["raw"], told[0]["warn"]) == ("ABC\r\n", ["trailing_newline"])


def test_a_byte_order_mark_before_the_first_line_is_no_part_of_the_scan() -> None:
    told = decoded(b"\xef\xbb\xbfSN1\n", b"\xef\xbb\xbfSN1\n")
    assert [each["serial"] for each in told] == ["SN1", "\ufeffSN1"]


def test_json_lines_carry_controls_bytes_and_the_symbology() -> None:
    told = decoded(
        b'{"raw": "[)>\\u001e06\\u001dS1\\u001e\\u0004"}',
        json.dumps({"raw_b64": base64.b64encode(b"M\xfc-7").decode()}).encode(),
        b'{"raw": "0109506000143514", "symbology": "]d2", "unit_id": "U1"}',
        b'{"raw": "0109506000143514", "symbology": "gs1-128"}',
        json_lines=True,
    )
    assert [each.get("serial") for each in told] == ["1", "Mü-7", None, None]
    assert [each.get("symbology") for each in told] == [None, None, "GS1 DataMatrix", "GS1-128"]


def test_a_line_that_tells_no_scan_is_answered_as_a_bad_value() -> None:
    lines = [
        b"not json\n",
        b"",
        b"[1]",
        b'"x"',
        b"{}",
        b'{"raw": 5}',
        b'{"raw": null}',
        b'{"raw_b64": "@@"}',
        b'{"raw": "A", "symbology": 5}',
        b'{"raw": "\\ud800"}',
        b'{"raw": "A"',
        b"\xff\xfe",
        b"[" * 100_000,
    ]
    told = decoded(*lines, json_lines=True)
    assert [each["error"] for each in told] == ["bad_value"] * len(lines)
    assert told[0]["raw"] == "not json"


@given(st.lists(st.binary(max_size=60)), st.booleans())
def test_lines_in_and_objects_out_agree_and_print_as_json(lines: list[bytes], json_lines: bool) -> None:
    told = decoded(*lines, json_lines=json_lines)
    assert len(told) == len(lines)
    for each in told:
        assert json.loads(json.dumps(each)) == each
        assert ("error" in each) != ("scheme" in each)
