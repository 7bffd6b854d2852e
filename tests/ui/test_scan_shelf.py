"""Scans that wait beyond the window: kept exactly, badges never, and a spoilt file is an empty shelf."""

import json
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dockmark.identifiers.reading import Scan
from dockmark.identifiers.tags import badge_tag
from dockmark.ui.scan_shelf import Shelved, read_shelf, shelved, write_shelf

SCANS = st.builds(
    Scan, raw=st.binary(max_size=60), symbology=st.sampled_from(["", "]d2"]), device=st.text(max_size=9),
    typed=st.booleans(),
)  # fmt: skip
SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["desk", "raw_b64", "badge", "typed", "device", "symbology"]), inner, max_size=6
        )
    ),
    max_leaves=12,
)


@SHARED
@given(st.lists(SCANS, max_size=6))
def test_what_is_kept_comes_back_byte_for_byte_and_in_its_order(tmp_path: Path, scans: list[Scan]) -> None:
    file = tmp_path / "scans.json"
    kept = [shelved("receiving", scan) for scan in scans]
    assert write_shelf(file, kept)
    assert read_shelf(file) == kept
    assert file.exists() == bool(kept)


@SHARED
@given(st.binary(min_size=10, max_size=10), st.sampled_from(["", "\r\n", " "]), st.booleans())
def test_a_badge_is_never_written(tmp_path: Path, token: bytes, ending: str, lower: bool) -> None:
    file = tmp_path / "scans.json"
    tag = badge_tag(token)
    write_shelf(file, [shelved("receiving", Scan.of_text((tag.lower() if lower else tag) + ending))])
    assert json.loads(file.read_text()) == [{"desk": "receiving", "badge": True}]
    assert read_shelf(file) == [Shelved("receiving", None)]


@SHARED
@given(_JSON)
def test_a_spoilt_shelf_gives_what_can_be_read_and_never_fails(tmp_path: Path, told: Any) -> None:
    file = tmp_path / "scans.json"
    file.write_text(json.dumps(told))
    assert all(isinstance(each, Shelved) for each in read_shelf(file))
    file.write_bytes(b"\xff[{")
    assert read_shelf(file) == []


def test_a_disk_that_does_not_take_it_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert not write_shelf(tmp_path / "file" / "scans.json", [Shelved("receiving", None)])
