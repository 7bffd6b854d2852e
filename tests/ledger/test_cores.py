"""A core that looks like others is read with fewer steps, and never judged otherwise than by a close look."""

import random
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockmark.ledger.cores import Cores
from dockmark.record.canonical import canonical_bytes

STATION = "01900000-0000-7000-8000-000000000001"
UNIT = "unit:01900000-0000-7000-8000-000000000002"
PREV = "ab" * 32
ORDINARY: dict[str, Any] = {
    "v": 1, "station": STATION, "seq": 7, "prev": PREV, "id": "01900000-0000-7000-8000-000000000003", "ts": 900,
    "wall": 900, "type": "unit_held", "schema": 1, "actor": "anna", "sess": "01900000-0000-7000-8000-000000000004",
    "body": {"reason": "damp", "quantity": 2, "typed": True, "scan": {"raw_b64": "QQ==", "tries": [1, 2]}},
    "subj": [UNIT], "base": {UNIT: ["cd" * 32]}, "refs": ["place:1", "receipt:2"],
}  # fmt: skip
ODD = (
    None, 1.5, 1e30, 2**53, -(2**53), 2**64 - 1, 0, -1, True, False, "", "e\u0301", "\u00e9", "\x00", "AB" * 32, PREV,
    STATION.upper(), UNIT, "unit:", "unit:x", [], {}, [None], [1.0], ["e\u0301"], {"k": None}, {"\u00e9": 1},
    [UNIT, UNIT],
    ["unit:b", "unit:a"], ["unit:a", "unit:b"], {"unit:a": [], "unit:b": []}, {UNIT: ["AB" * 32]}, {UNIT: [PREV, 1]},
    {UNIT: PREV}, {UNIT: {}}, {UNIT: [[PREV]]}, {"a": {"b": [{"c": 1e-9}]}},
)  # fmt: skip


def bytes_of(core: object) -> bytes:
    return orjson.dumps(core, option=orjson.OPT_SORT_KEYS)


def judged(cores: Cores, core: bytes) -> dict[str, Any] | str:
    return cores.read(core, STATION, 7, PREV, 899)


def trained() -> Cores:
    """One that has seen ordinary cores, with each key that may be left out and without it."""
    cores = Cores()
    for left_out in ((), ("refs",), ("actor",), ("subj", "base"), ("sess",)):
        core = {key: value for key, value in ORDINARY.items() if key not in left_out}
        assert judged(cores, bytes_of(core)) == core
    return cores


def places(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place within a core where something stands."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, item in inner for place in places(item, (*path, key)))][not path :]


def put(core: dict[str, Any], path: tuple[Any, ...], value: object) -> dict[str, Any]:
    copy: dict[str, Any] = orjson.loads(orjson.dumps(core))
    at: Any = copy
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return copy


@pytest.mark.parametrize("path", places(ORDINARY), ids=str)
def test_nothing_odd_passes_in_any_place_that_a_close_look_finds(path: tuple[Any, ...]) -> None:
    for odd in ODD:
        core = bytes_of(put(ORDINARY, path, odd))
        assert judged(trained(), core) == judged(Cores(), core), odd


@pytest.mark.parametrize("key", [*ORDINARY, "wit", "clk", "esig", "at", "other", "\u00e9"])
def test_a_key_more_or_less_changes_no_judgement(key: str) -> None:
    without = bytes_of({name: value for name, value in ORDINARY.items() if name != key})
    assert judged(trained(), without) == judged(Cores(), without)
    for odd in ODD:
        core = bytes_of(ORDINARY | {key: odd})
        assert judged(trained(), core) == judged(Cores(), core), odd


@given(st.binary(min_size=1, max_size=3), st.randoms())
def test_bytes_that_are_changed_are_judged_the_same(some: bytes, chance: random.Random) -> None:
    core = bytearray(bytes_of(ORDINARY))
    at = chance.randrange(len(core))
    core[at : at + chance.randrange(3)] = some
    assert judged(trained(), bytes(core)) == judged(Cores(), bytes(core))


@pytest.mark.parametrize(
    "core",
    [
        canonical_bytes(ORDINARY) + b" ", b" " + canonical_bytes(ORDINARY),
        canonical_bytes(ORDINARY).replace(b"7", b"7.0"),
        orjson.dumps(dict(reversed(ORDINARY.items()))), canonical_bytes(ORDINARY).replace(b"damp", b"\\u0064amp"),
        b"[]", b"1", b"null", b"", b"[" * 5000, b'{"a":' * 900 + b"1" + b"}" * 900,
    ],
)  # fmt: skip
def test_bytes_that_are_not_the_one_form_are_refused(core: bytes) -> None:
    assert judged(trained(), core) == judged(Cores(), core) == "not_canonical"


def test_the_same_core_belongs_in_one_place_only() -> None:
    core, cores = bytes_of(ORDINARY), trained()
    places_and_codes = {
        (STATION, 7, PREV, 899): ORDINARY,
        (UNIT, 7, PREV, 899): "wrong_place",
        (STATION, 8, PREV, 899): "wrong_place",
        (STATION, 7, "0" * 64, 899): "chain",
        (STATION, 7, PREV, 900): "time_order",
    }
    for place, wanted in places_and_codes.items():
        assert cores.read(core, *place) == wanted
