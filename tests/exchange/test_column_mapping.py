"""Which column feeds which field."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockmark.exchange.codes import FileFault
from dockmark.exchange.columns import Type
from dockmark.exchange.dates import DateOrder
from dockmark.exchange.kinds import KINDS, kind_named
from dockmark.exchange.lanes import lane_for
from dockmark.exchange.mapping import Mapping, load_mapping, mapping_from_json, normal, propose, signature
from dockmark.record.refusal import Refusal

Written = Callable[..., Path]
EXPECTED = kind_named("expected")
PARTS = kind_named("parts")


def why(work: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        work()
    return str(refused.value.facts["why"])


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_no_name_of_a_column_means_two_fields(kind: object) -> None:
    assert kind in KINDS.values()
    names = Counter(
        name
        for column in kind_named(kind.name).columns  # type: ignore[attr-defined] # parametrised with kinds
        for name in {normal(own) for own in (column.name, *column.aliases)}
    )
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_declared_field_can_be_read_and_is_proposed_by_each_of_its_names(kind: object) -> None:
    kind = kind_named(kind.name)  # type: ignore[attr-defined] # parametrised with kinds
    fields = {column.name for column in kind.columns}
    assert {name for group in kind.one_of for name in group} <= fields
    assert {name for name in kind.range_fields if name} <= fields
    for column in kind.columns:
        if column.type in (Type.WORD, Type.WORDS):
            assert column.words
        if column.type is not Type.MONEY:
            lane_for(column, 0, Mapping(kind=kind.name, columns={})).take(["", "x"], plain=True)
        for name in (column.name, *column.aliases):
            assert propose(kind, [name.upper().replace("_", " ")]).columns[column.name]


def test_names_are_compared_by_letters_and_digits_only() -> None:
    columns = ["Part No.", "SERIAL-NO", "Lot #", "Qty", "Stückzahl "]
    found = propose(EXPECTED, columns[:4])
    assert found.columns == {"part_number": "Part No.", "serial": "SERIAL-NO", "lot": "Lot #", "quantity": "Qty"}
    assert propose(EXPECTED, columns).rivals == ("Stückzahl ",)
    assert normal("Teile-Nr.") == "teilenr"
    assert normal("Größe") == "grosse"


def test_what_is_missing_and_unused_is_said() -> None:
    found = propose(kind_named("orders"), ["qty", "colour", "ordered"])
    assert found.missing == ("part_number", "order|order_line")
    assert found.unused == ("colour",)
    assert propose(kind_named("orders"), ["qty", "part", "po_line_id"]).missing == ()


def test_the_fields_own_name_wins_over_its_aliases() -> None:
    found = propose(EXPECTED, ["Item No", "Part Number", "pn", "serial"])
    assert found.columns["part_number"] == "Part Number"
    assert sorted(found.rivals) == ["Item No", "pn"]
    assert set(found.unused) == {"Item No", "pn"}


def test_a_unit_behind_the_name_is_understood() -> None:
    found = propose(PARTS, ["part", "Weight (g)", "Unit price [EUR]"])
    assert found.columns == {"part_number": "part", "mass": "Weight (g)", "unit_price": "Unit price [EUR]"}
    assert found.units == {"mass": "g", "unit_price": "EUR"}
    assert propose(PARTS, ["part", "weight_kg"]).units == {"mass": "kg"}
    assert propose(PARTS, ["part", "weight"]).units == {}
    assert "unit_price" not in propose(PARTS, ["part", "price_xyz"]).columns


def test_columns_without_a_name_feed_nothing() -> None:
    assert propose(EXPECTED, ["", "--", "part"]).columns == {"part_number": "part"}


@given(st.permutations(["Part", "S/N", "Lot", "Größe"]))
def test_the_signature_knows_no_order_but_knows_the_kind(columns: list[str]) -> None:
    key = signature(EXPECTED, ["Part", "S/N", "Lot", "Größe"])
    assert signature(EXPECTED, columns) == key
    assert signature(PARTS, columns) != key
    assert signature(EXPECTED, columns[:3]) != key
    assert len(key) == 32


def test_a_mapping_survives_its_file(written: Written) -> None:
    columns = ["Teile-Nr.", "S/N", "Gewicht", "Preis"]
    kept = Mapping(
        kind="parts",
        columns={"part_number": "Teile-Nr.", "mass": "Gewicht", "unit_price": "Preis"},
        units={"mass": "g", "unit_price": "EUR"},
        dates=DateOrder.DAY_FIRST,
        decimal=",",
        unused=("S/N",),
    )
    assert load_mapping(written(kept.to_json(), "map.json"), PARTS, columns) == kept
    assert load_mapping(written("\ufeff" + kept.to_json(), "map.json"), PARTS, columns) == kept


@pytest.mark.parametrize(
    "pairs",
    [
        {"columns": {"part_number": "Teil", "serial": "Nr"}},
        {"part_number": "Teil", "serial": "Nr"},
        {"Teil": "part_number", "Nr": "serial"},
        {"columns": {"teil": "part_number", "NR.": "serial"}},
        {"kind": "expected", "columns": {"part_number": "Teil", "serial": "Nr"}},
    ],
)
def test_pairs_may_stand_either_way_round(pairs: dict[str, object]) -> None:
    found = mapping_from_json(json.dumps(pairs), EXPECTED, ["Teil", "Nr"])
    assert found.columns == {"part_number": "Teil", "serial": "Nr"}
    assert found.missing == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", FileFault.NOT_A_MAP),
        ("[1]", FileFault.NOT_A_MAP),
        ("[" * 100_000, FileFault.NOT_A_MAP),
        ('{"columns": 5}', FileFault.NOT_A_MAP),
        ('{"columns": {"part_number": 5}}', FileFault.NOT_A_MAP),
        ('{"columns": {"part_number": "a", "part_number ": "b"}}', FileFault.MAP_FIELD_UNKNOWN),
        ('{"a": "part_number", "b": "part_number"}', FileFault.NOT_A_MAP),
        ('{"kind": "parts", "columns": {}}', FileFault.NOT_A_MAP),
        ('{"columns": {}, "dates": "backwards"}', FileFault.NOT_A_MAP),
        ('{"columns": {}, "dates": []}', FileFault.NOT_A_MAP),
        ('{"columns": {}, "decimal": ";"}', FileFault.NOT_A_MAP),
        ('{"columns": {}, "decimal": []}', FileFault.NOT_A_MAP),
        ('{"columns": {}, "units": {"serial": "kg"}}', FileFault.NOT_A_MAP),
        ('{"columns": {"part_number": "away"}}', FileFault.MAP_COLUMN_UNKNOWN),
        ('{"columns": {"colour": "a"}}', FileFault.MAP_FIELD_UNKNOWN),
        ('{"columns": {"a": "b"}}', FileFault.MAP_FIELD_UNKNOWN),
    ],
)
def test_a_map_that_means_nothing_is_refused(text: str, reason: FileFault) -> None:
    assert why(lambda: mapping_from_json(text, EXPECTED, ["a", "b"])) == reason


def test_a_map_file_that_cannot_be_read_is_refused(written: Written, tmp_path: Path) -> None:
    assert why(lambda: load_mapping(tmp_path / "away.json", EXPECTED, ["a"])) == FileFault.NOT_FOUND
    assert why(lambda: load_mapping(tmp_path, EXPECTED, ["a"])) == FileFault.NOT_READABLE
    assert why(lambda: load_mapping(written(b"\xff\xfe\x00"), EXPECTED, ["a"])) == FileFault.NOT_A_MAP
    assert why(lambda: load_mapping(written(" " * 2_000_000), EXPECTED, ["a"])) == FileFault.TOO_LARGE


def test_an_unknown_kind_is_refused_with_the_known_ones() -> None:
    assert why(lambda: kind_named("recipes")) == FileFault.KIND_UNKNOWN
    assert list(KINDS) == ["parts", "partners", "locations", "orders", "asn", "expected", "stock", "recalls", "ranges"]
