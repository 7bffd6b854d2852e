"""What a file looks like before it is taken in, and its verdicts page by page."""

from pathlib import Path

import pytest

from dockmark.desks.importing import Importing
from dockmark.desks.importing.looking import FileLook, look_at, remapped
from dockmark.desks.importing.preview import Preview
from dockmark.exchange.guess import guesses
from dockmark.packed import packed
from dockmark.record.refusal import Refusal, Refused

from .conftest import Shop

SAMPLES = {
    "parts": "parts", "partners": "partners", "locations": "locations", "orders": "orders", "asn": "asn",
    "expected": "expected", "stock": "stock", "recalls": "recalls", "ranges": "ranges",
}  # fmt: skip


def look(shop: Shop, content: str | bytes | Path, kind: str = "", name: str = "file.csv") -> FileLook:
    file = content if isinstance(content, Path) else shop.file(content, name)
    session = shop.ledger.session()
    try:
        return look_at(session, file, kind)
    finally:
        session.close()


def why(shop: Shop, content: str | bytes, name: str = "file.csv") -> object:
    with pytest.raises(Refusal) as raised:
        look(shop, content, name=name)
    assert raised.value.code is Refused.BAD_FILE
    return raised.value.facts["why"]


@pytest.mark.parametrize("kind", SAMPLES)
def test_each_file_of_the_sample_depot_is_known_by_its_columns_whatever_it_is_called(shop: Shop, kind: str) -> None:
    text = packed("sample-depot", f"{kind}.csv").read_text("utf-8")
    assert look(shop, text, name=f"{kind}.csv").kind == kind
    assert look(shop, text, name="x.csv").kind == kind


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("part_no,serial,lot,po_line_id", "expected"),
        ("Teilenummer;Bezeichnung;Lieferant", "parts"),
        ("supplier_id,name,country", "partners"),
        ("Material,Seriennummer,Lagerplatz,Zustand", "stock"),
        ("po_number,line,part_no,qty,promised_date,unit_price", "orders"),
        ("delivery_note,sscc,po_line_id,qty_shipped", "asn"),
        ("recall_no,part_number,lot,reason", "recalls"),
        ("part_number,first_serial,last_serial", "ranges"),
        ("location,type,parent_location", "locations"),
    ],
)
def test_a_file_is_known_by_the_words_that_people_use(header: str, kind: str) -> None:
    names = header.replace(";", ",").split(",")
    assert guesses(names)[0].kind == kind


def test_the_columns_are_shown_with_different_values_and_what_they_feed(stocked: Shop) -> None:
    seen = look(stocked, "Part No.,S/N,colour\nPSU,1,red\nPSU,2,red\nPSU,3,blue\nFAN,4,\n", "expected")
    [table] = seen.tables
    assert [(column.name, column.samples) for column in table.columns] == [
        ("Part No.", ("PSU", "FAN")), ("S/N", ("1", "2", "3")), ("colour", ("red", "blue")),
    ]  # fmt: skip
    assert table.mapping.columns == {"part_number": "Part No.", "serial": "S/N"}
    assert table.mapping.unused == ("colour",)
    assert [field.name for field in table.fields if field.required] == ["part_number"]
    assert table.remembered == ""


def test_a_mapping_that_was_used_is_proposed_with_its_day(stocked: Shop) -> None:
    text = "Nummer,Was,Stueck\nPSU,X1,\n"
    [table] = look(stocked, text, "expected").tables
    mapping = remapped(table, {"part_number": "Nummer", "serial": "Was"})
    assert mapping.missing == ()
    stocked.take("expected", text, mapping=mapping)
    [again] = look(stocked, text, "expected").tables
    assert again.mapping.columns == {"part_number": "Nummer", "serial": "Was"}
    assert again.remembered == "2026-03-01"


def test_a_mapping_that_leaves_out_what_is_needed_says_so(stocked: Shop) -> None:
    [table] = look(stocked, "Part No.,S/N\nPSU,1\n", "expected").tables
    assert remapped(table, {"serial": "S/N"}).missing == ("part_number",)


def test_files_that_are_no_tables_are_named(shop: Shop) -> None:
    assert why(shop, "") == "empty"
    assert why(shop, "part_number,description\n") == "no_rows"
    assert why(shop, "part_number,part_number\n1,2\n") == "duplicate_columns"
    assert why(shop, bytes(range(256)) * 50) == "binary"
    assert why(shop, b"%PDF-1.7\n...") == "binary"
    assert why(shop, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")) == "locked"
    assert why(shop, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old.xls") == "old_workbook"
    assert why(shop, b"<html><table></table></html>") == "not_a_table"
    with pytest.raises(Refusal) as raised:
        look(shop, shop.folder / "nowhere.csv")
    assert raised.value.facts["why"] == "not_found"
    with pytest.raises(Refusal) as raised:
        look(shop, shop.folder)
    assert raised.value.facts["why"] == "not_found"


def test_column_names_that_stand_in_the_file_again_are_a_bad_row(shop: Shop) -> None:
    shop.take("parts", "part_number,description\nA1,x\npart_number,description\nA2,y\n", dry_run=True)
    assert shop.verdicts() == ["new", "bad header_again", "new"]


def preview(shop: Shop, kind: str, content: str | Path) -> Preview:
    file = content if isinstance(content, Path) else shop.file(content)
    return Importing().preview(shop.ledger, kind, file)


def test_the_verdicts_are_shown_by_the_page_and_by_verdict(stocked: Shop) -> None:
    rows = "".join(f"P{n:04},part {n}\n" for n in range(1000))
    seen = preview(stocked, "parts", f"part_number,description\nPSU,Power\n{rows}FAN,\n,nothing\n")
    assert [seen.count(word) for word in ("", "new", "same", "changed", "bad", "warned")] == [1003, 1000, 1, 1, 1, 0]
    assert [row.words for row in seen.page("", 0, 2)] == ["PSU · Power", "P0000 · part 0"]
    page = seen.page("new", 990, 20)
    assert [row.place for row in page] == list(range(990, 1000))
    assert page[-1].words == "P0999 · part 999"
    [changed] = seen.page("changed", 0, 10)
    assert [tuple(change) for change in changed.said.changes] == [("description", "", "Power")]
    [bad] = seen.page("bad", 0, 10)
    assert (bad.said.row, bad.said.code, bad.said.field, bad.words) == (1004, "missing", "part_number", "nothing")
    target = stocked.folder / "bad.csv"
    assert seen.save_bad(target) == [target]
    assert target.read_text("utf-8-sig").splitlines()[1].endswith(",nothing")
    seen.close()


def test_what_changes_is_told_in_words_and_not_in_ids(ordered: Shop) -> None:
    for kind, content, changes in (
        ("locations", "place,parent\nA-02,A-01\n", [("parent", "", "A-01")]),
        ("orders", "order_line,part_number,quantity\nPO1-1,FAN,5\n",
         [("part_number", "PSU", "FAN"), ("quantity", "3", "5")]),
        ("orders", "order_line,part_number,supplier,quantity\nPO1-1,PSU,S2,3\n", [("supplier", "S1", "S2")]),
    ):  # fmt: skip
        seen = preview(ordered, kind, content)
        [row] = seen.page("changed", 0, 5)
        assert [tuple(change) for change in row.said.changes] == changes
        seen.close()
    ordered.take("stock", "part_number,serial,place\nPSU,K1,A-01\n")
    seen = preview(ordered, "stock", "part_number,serial,place\nPSU,K1,A-02\n")
    assert [tuple(change) for change in seen.page("", 0, 1)[0].said.changes] == [("place", "A-01", "A-02")]
    seen.close()


def test_a_folder_is_looked_at_and_judged_as_one(shop: Shop) -> None:
    folder = shop.folder / "depot"
    folder.mkdir()
    (folder / "parts.csv").write_text("part_number,supplier_id\nPSU,S1\nFAN,S1\n")
    (folder / "suppliers.csv").write_text("supplier_id,name\nS1,Helix\n")
    seen = look(shop, folder)
    assert (seen.kind, [table.kind for table in seen.tables]) == ("depot", ["parts", "partners"])
    judged = preview(shop, "depot", folder)
    assert [(row.said.file, row.words) for row in judged.page("", 1, 5)] == [
        ("parts.csv", "FAN · S1"), ("suppliers.csv", "S1 · Helix"),
    ]  # fmt: skip
    judged.close()


def test_a_file_of_more_rows_than_can_be_looked_at_is_refused_in_words(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dockmark.desks.importing.importing.MOST_SHOWN", 1000)
    rows = "".join(f"P{n}\n" for n in range(2000))
    with pytest.raises(Refusal) as raised:
        preview(shop, "parts", f"part_number\n{rows}")
    assert (raised.value.facts["why"], raised.value.facts["most"]) == ("too_large", 1000)
