"""Files made to do harm: they end in a refusal or in bad rows, soon, and in little memory."""

import io
import struct
import tracemalloc
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from dockmark.exchange.codes import FileFault, RowCode
from dockmark.exchange.kinds import kind_named
from dockmark.exchange.mapping import propose
from dockmark.exchange.rows import Bad, Good, read_rows
from dockmark.exchange.tables import open_table
from dockmark.record.refusal import Refusal

Written = Callable[..., Path]

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'


def links_of(*links: tuple[str, str]) -> str:
    inside = "".join(
        f'<Relationship Id="r{at}" Type="{KIND}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(links, start=1)
    )
    return f"<Relationships {LINKS}>{inside}</Relationships>"


PARTS = {
    "_rels/.rels": links_of(("officeDocument", "xl/workbook.xml")),
    "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{KIND}"><sheets>'
    '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": links_of(
        ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "/xl/sharedStrings.xml"), ("styles", "styles.xml")
    ),
    "xl/sharedStrings.xml": f"<sst {MAIN}><si><t>part</t></si><si><t>serial</t></si></sst>",
    "xl/styles.xml": f"<styleSheet {MAIN}/>",
}
HEADER = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'


def sheet(body: str = "", behind: str = "") -> str:
    return f"<worksheet {MAIN}><sheetData>{HEADER}{body}</sheetData>{behind}</worksheet>"


@pytest.fixture
def zipped(tmp_path: Path) -> Written:
    """A workbook of hand-made parts."""

    def write(**changed: str | Iterable[bytes]) -> Path:
        names = {"sheet": "xl/worksheets/sheet1.xml", "texts": "xl/sharedStrings.xml", "styles": "xl/styles.xml",
                 "book": "xl/workbook.xml", "links": "xl/_rels/workbook.xml.rels"}  # fmt: skip
        parts: dict[str, str | Iterable[bytes]] = {**PARTS, "xl/worksheets/sheet1.xml": sheet()}
        parts |= {names[name]: part for name, part in changed.items()}
        path = tmp_path / "table.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, part in parts.items():
                with archive.open(name, "w", force_zip64=False) as out:
                    for block in [part.encode()] if isinstance(part, str) else part:
                        out.write(block)
        return path

    return write


def why(path: Path) -> str:
    """The reason for which the file is refused, at opening or while its rows are read."""
    with pytest.raises(Refusal) as refused:
        list(open_table(path).rows())
    return str(refused.value.facts["why"])


def imported(path: Path) -> list[Good | Bad]:
    table = open_table(path)
    return list(read_rows(table, kind_named("expected"), propose(kind_named("expected"), table.columns)))


def test_the_hand_made_workbook_is_sound_to_begin_with(zipped: Written) -> None:
    body = '<row><c t="inlineStr"><is><t>A</t></is></c><c t="str"><v>1</v></c></row>'
    assert imported(zipped(sheet=sheet(body))) == [Good(2, {"part_number": "A", "serial": "1"})]


def test_prefixed_names_are_the_same_names(zipped: Written) -> None:
    plain = sheet('<row r="2"><c r="A2" t="inlineStr"><is><t>A</t></is></c></row>')
    prefixed = plain.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:").replace("xmlns=", "xmlns:x=")
    assert imported(zipped(sheet=prefixed)) == [Good(2, {"part_number": "A"})]


def test_only_the_words_themselves_are_the_text(zipped: Written) -> None:
    spaced = "<si>\n <r>\n <rPr/>\n <t>pa</t>\n </r> <r><t>rt</t> </r>\n <rPh><t>x</t></rPh> </si>\n"
    texts = f"<sst {MAIN}>\n{spaced}<si>\n<t>serial</t></si>\n</sst>"
    inline = "<is>\n <r>\n <t>A</t> </r> <rPh> <t>y</t> </rPh>\n <r><t>1</t></r> </is>"
    body = f'<row>\n <c t="inlineStr">\n {inline} </c>\n</row>'
    assert imported(zipped(texts=texts, sheet=sheet(body))) == [Good(2, {"part_number": "A1"})]


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip


@pytest.mark.parametrize("part", ["sheet", "texts", "styles", "book", "links"])
@pytest.mark.parametrize(
    "doctype",
    [
        ENTITIES,
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://localhost/x.dtd">',
    ],
)
def test_entities_are_refused_in_every_part(zipped: Written, part: str, doctype: str) -> None:
    assert why(zipped(**{part: f"{doctype}<x>&i;</x>"})) == FileFault.NOT_A_WORKBOOK


def zeros(count: int) -> Iterable[bytes]:
    block = b"0" * (1 << 20)
    return (block for _ in range(count))


def bomb(start: str, count: int, end: str) -> Iterable[bytes]:
    yield start.encode()
    yield from zeros(count)
    yield end.encode()


def test_a_bomb_among_the_shared_texts_is_refused(zipped: Written) -> None:
    tracemalloc.start()
    path = zipped(texts=bomb(f"<sst {MAIN}><si><t>", 200, "</t></si></sst>"))
    assert path.stat().st_size < 1_000_000
    tracemalloc.reset_peak()
    assert why(path) == FileFault.TOO_LARGE
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


def test_a_bomb_in_a_cell_is_a_cell_too_long(zipped: Written) -> None:
    body = '<row r="2"><c r="A2" t="inlineStr"><is><t>'
    behind = '</t></is></c></row><row r="3"><c r="A3" t="inlineStr"><is><t>B</t></is></c></row>'
    path = zipped(sheet=bomb(sheet(body).partition("</sheetData>")[0], 40, f"{behind}</sheetData></worksheet>"))
    tracemalloc.start()
    found = imported(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [getattr(row, "code", None) for row in found] == [RowCode.TOO_LONG, None]
    assert peak < 10_000_000


def test_a_bomb_in_a_tag_is_refused(zipped: Written) -> None:
    start, end = sheet('<row r="2" x="@"/>').split("@")
    assert why(zipped(sheet=bomb(start, 30, end))) == FileFault.NOT_A_WORKBOOK


def test_a_bomb_of_many_pieces_in_one_cell_stays_small(zipped: Written) -> None:
    pieces = f"<t>{'x' * 1000}</t>" * 1000
    body = f'<row r="2"><c r="A2" t="inlineStr"><is>{pieces}</is></c></row>'
    found = imported(zipped(sheet=sheet(body)))
    assert [getattr(row, "code", None) for row in found] == [RowCode.TOO_LONG]


def test_elements_nested_without_end_are_refused(zipped: Written) -> None:
    assert why(zipped(sheet=f"<worksheet {MAIN}>" + "<a>" * 100_000)) == FileFault.NOT_A_WORKBOOK


def test_a_hundred_thousand_columns_are_too_many(zipped: Written) -> None:
    cells = "".join('<c t="inlineStr"><is><t>x</t></is></c>' for _ in range(100_000))
    body = f"<worksheet {MAIN}><sheetData><row>{cells}</row></sheetData></worksheet>"
    assert why(zipped(sheet=body)) == FileFault.TOO_MANY_COLUMNS


def test_a_row_of_a_hundred_thousand_cells_is_bad_and_small(zipped: Written) -> None:
    cells = "".join('<c t="inlineStr"><is><t>x</t></is></c>' for _ in range(100_000))
    found = imported(zipped(sheet=sheet(f'<row r="2">{cells}</row><row r="3"><c t="s"><v>0</v></c></row>')))
    assert [(row.row, getattr(row, "code", None)) for row in found] == [(2, RowCode.TOO_MANY_CELLS), (3, None)]
    assert isinstance(found[0], Bad)
    assert len(found[0].cells) == 3


def test_row_numbers_out_of_all_proportion_cost_nothing(zipped: Written) -> None:
    rows = "".join(
        f'<row r="{number}"><c t="s"><v>0</v></c></row>'
        for number in ("1000000", "7", "-3", "x", "9" * 5000, "1048577")
    )
    found = imported(zipped(sheet=sheet(rows)))
    assert [row.row for row in found] == list(range(1_000_000, 1_000_006))


def test_a_text_that_is_not_there_is_undecodable(zipped: Written) -> None:
    numbers = ("99", "-1", "x", "9" * 5000, "²")
    rows = "".join(f'<row><c t="s"><v>{number}</v></c></row>' for number in numbers)
    found = imported(zipped(sheet=sheet(rows)))
    assert [getattr(row, "code", None) for row in found] == [RowCode.UNDECODABLE] * len(numbers)


@pytest.mark.parametrize("number", ["nan", "inf", "-inf", "1e999999999", "1e-999999999", "x", "1" * 100_000, "0x10"])
def test_numbers_that_are_none_are_error_cells(zipped: Written, number: str) -> None:
    for style in ("", ' s="0"', ' s="1"', ' s="99"', ' s="x"'):
        styles = f'<styleSheet {MAIN}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
        body = f'<row><c t="s"><v>0</v></c><c{style}><v>{number}</v></c></row>'
        found = imported(zipped(sheet=sheet(body), styles=styles))
        assert [getattr(row, "code", None) for row in found] == [RowCode.ERROR_CELL]


def test_a_date_beyond_all_calendars_is_an_error_cell(zipped: Written) -> None:
    styles = f'<styleSheet {MAIN}><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'
    for number in ("99999999999", "-99999999999", "1e300"):
        body = f'<row><c t="s"><v>0</v></c><c s="0"><v>{number}</v></c></row>'
        found = imported(zipped(sheet=sheet(body), styles=styles))
        assert [getattr(row, "code", None) for row in found] == [RowCode.ERROR_CELL]


def test_merges_without_number_do_not_slow_the_rows_down(zipped: Written) -> None:
    merges = "".join(f'<mergeCell ref="A{n}:XFD1048576"/>' for n in range(3, 40_000))
    rows = '<row><c t="s"><v>1</v></c><c t="s"><v>0</v></c></row>' * 3000
    found = imported(zipped(sheet=sheet(rows, f"<mergeCells>{merges}</mergeCells>")))
    assert len(found) == 3000
    assert isinstance(found[0], Good)


def test_a_merge_written_backwards_is_the_same_area(zipped: Written) -> None:
    rows = '<row><c t="s"><v>1</v></c><c t="s"><v>0</v></c></row>' * 3
    found = imported(zipped(sheet=sheet(rows, '<mergeCells><mergeCell ref="B4:A3"/></mergeCells>')))
    assert [getattr(row, "code", None) for row in found] == [None, RowCode.MERGED_CELL, RowCode.MERGED_CELL]


def test_a_target_outside_the_file_is_not_followed(zipped: Written) -> None:
    for target in ("/etc/passwd", "../../../etc/passwd", "file:///etc/passwd", "http://localhost/x"):
        links = links_of(("worksheet", target))
        assert why(zipped(links=links)) == FileFault.NOT_A_WORKBOOK
    external = links.replace("/>", ' TargetMode="External"/>')
    assert why(zipped(links=external)) == FileFault.EMPTY


@pytest.mark.parametrize("name", [*PARTS, "xl/worksheets/sheet1.xml"])
def test_a_missing_or_broken_part_is_said(zipped: Written, name: str) -> None:
    sound = zipped()
    for content in (
        None,
        b"",
        b"<worksheet><sheetData>",
        b"\x00\xff\xfe",
        b"<?xml version='1.0' encoding='x-none'?><a/>",
    ):
        out = io.BytesIO()
        with zipfile.ZipFile(sound) as old, zipfile.ZipFile(out, "w") as new:
            for part in old.namelist():
                if part != name:
                    new.writestr(part, old.read(part))
                elif content is not None:
                    new.writestr(part, content)
        path = sound.with_name("broken.xlsx")
        path.write_bytes(out.getvalue())
        assert why(path) == FileFault.NOT_A_WORKBOOK


def test_every_truncation_and_flipped_byte_ends_in_rows_or_a_refusal(zipped: Written) -> None:
    whole = zipped(sheet=sheet('<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2"><v>7</v></c></row>')).read_bytes()
    path = zipped().with_name("damaged.xlsx")
    damaged = [whole[:end] for end in range(0, len(whole), 37)]
    damaged += [whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :] for at in range(0, len(whole), 7)]
    for content in damaged:
        path.write_bytes(content)
        try:
            assert all(isinstance(row, Good | Bad) for row in imported(path))
        except Refusal as refused:
            assert refused.facts["why"] in set(FileFault)


def test_a_locked_workbook_is_named_as_such(written: Written) -> None:
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000
    assert why(written(compound + "EncryptedPackage".encode("utf-16-le") + b"\0" * 100, "a.xlsx")) == FileFault.LOCKED
    assert why(written(compound + "Workbook".encode("utf-16-le"), "a.xls")) == FileFault.OLD_WORKBOOK


def test_an_encrypted_member_is_locked(zipped: Written) -> None:
    content = bytearray(zipped().read_bytes())
    at = -1
    while (at := content.find(b"PK\x01\x02", at + 1)) >= 0:
        content[at + 8] |= 1
    at = -1
    while (at := content.find(b"PK\x03\x04", at + 1)) >= 0:
        content[at + 6] |= 1
    path = zipped()
    path.write_bytes(content)
    assert why(path) == FileFault.LOCKED


def test_a_zip_that_is_no_workbook_is_refused(written: Written) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("parts.csv", "a,b\n1,2\n")
    assert why(written(out.getvalue(), "parts.zip")) == FileFault.NOT_A_WORKBOOK
    assert why(written(b"PK\x03\x04" + b"x" * 100, "a.xlsx")) == FileFault.NOT_A_WORKBOOK
    assert why(written(b"\x00\x01\x02nonsense", "a.xlsx")) == FileFault.NOT_A_WORKBOOK


def test_a_directory_of_millions_is_refused_unread(written: Written) -> None:
    end = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 65535, 65535, 0xFFFFFFFE, 0, 0)
    assert why(written(b"PK\x03\x04" + b"\0" * 100 + end, "a.xlsx")) == FileFault.TOO_LARGE


def test_unseen_and_turning_characters_make_a_mark_bad(written: Written) -> None:
    signs = ("\x07", "\x1b", "\x1d", "\u202e", "\u200b", "\u200d", "\ufeff", "\u2066", "\x85", "\u2028", "\ue000")
    text = "part,serial\n" + "".join(f"A,S{sign}1\n" for sign in signs)
    found = imported(written(text))
    assert [getattr(row, "code", None) for row in found] == [RowCode.CONTROL_CHARS] * len(signs)


def test_text_that_means_something_elsewhere_is_only_text(written: Written) -> None:
    marks = [
        "^XZ",
        "~JR",
        "<img src=x>",
        "'; DROP TABLE events;--",
        "{0}",
        "%s",
        "$(id)",
        "../../x",
        "=cmd|' /C calc'!A0",
        "😀",
    ]
    text = "part\tserial\n" + "".join(f"A\t{mark}\n" for mark in marks)
    assert [row.values["serial"] for row in imported(written(text)) if isinstance(row, Good)] == marks
