"""What the depot says of itself: recorded with a reason, refused where no paper can bear it."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from dockmark.catalog.state import COMPANY_FIELDS, fold_company
from dockmark.ledger.rebuild import rebuild
from dockmark.ledger.verify import Soundness, verify
from dockmark.lookup.company import Company
from dockmark.record.event import Seen
from dockmark.record.refusal import Refusal, Refused
from dockmark.station.company import faults_of, introduce, languages, station_fault
from dockmark.station.setup import create_ledger
from dockmark.station.station import Station


@pytest.fixture
def station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Station]:
    monkeypatch.setenv("DOCKMARK_STATE", str(tmp_path / "state"))
    made = Station(create_ledger(tmp_path / "data", "anna", "Anna"), tmp_path / "data", spooling=False)
    yield made
    made.close()


def events_of(station: Station, word: str) -> int:
    session = station.ledger.session()
    count = session.value("SELECT count(*) FROM events WHERE core LIKE ?", (f'%"type":"{word}"%',))
    session.close()
    return int(count)


def test_a_company_that_never_said_anything_has_good_defaults(station: Station) -> None:
    assert station.depot.company().result(30) == Company()


def test_of_each_field_the_last_value_told_counts(station: Station) -> None:
    station.depot.set_company({"name": "Nordwind", "address": "Hafen 1\n20457 Hamburg"}, "first").result(30)
    now = station.depot.set_company({"name": "Nordwind GmbH", "paper": "Letter"}, "renamed").result(30)
    assert now == Company(name="Nordwind GmbH", address=("Hafen 1", "20457 Hamburg"), paper="Letter")
    assert verify(station.ledger).result is Soundness.NOT_WITNESSED
    rebuild(station.ledger)
    assert station.depot.company().result(30) == now


def test_what_is_the_same_is_not_recorded_again(station: Station) -> None:
    station.depot.set_company({"name": "Nordwind"}, "first").result(30)
    station.depot.set_company({"name": "Nordwind", "paper": "A4"}, "again").result(30)
    assert events_of(station, "company_set") == 1


def test_without_a_reason_nothing_is_recorded(station: Station) -> None:
    with pytest.raises(Refusal) as no:
        station.depot.set_company({"name": "Nordwind"}, "  ").result(30)
    assert no.value.code is Refused.REASON_NEEDED
    assert events_of(station, "company_set") == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", "x" * 81), ("name", "a\x1db"), ("address", "\n".join("abcdefg")), ("address", "x" * 61),
     ("paper", "A3"), ("language", "xx"), ("date_form", "ymd"), ("logo", "../../etc/passwd")],
)  # fmt: skip
def test_what_no_paper_can_bear_is_refused_by_its_field(station: Station, field: str, value: str) -> None:
    with pytest.raises(Refusal) as no:
        station.depot.set_company({field: value}, "try").result(30)
    assert (no.value.code, no.value.facts["field"]) == (Refused.BAD_VALUE, field)


def test_a_station_is_renamed_and_says_so_at_once(station: Station) -> None:
    heard: list[str] = []
    station.listen(lambda news, _value: heard.append(news))
    station.depot.name_station(" Dock 3 ", "moved").result(30)
    assert station.info.name == "Dock 3"
    assert "ledger" in heard
    with pytest.raises(Refusal):
        station.depot.name_station(" ", "no name").result(30)
    assert [station_fault(text) for text in ("", "x" * 41, "a\nb", "Dock 1")] == ["empty", "too_long", "control", ""]


def test_a_picture_is_kept_for_papers_and_anything_else_refused(station: Station, tmp_path: Path) -> None:
    picture, other = tmp_path / "logo.png", tmp_path / "logo.txt"
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(out, "PNG")
    picture.write_bytes(out.getvalue())
    other.write_text("no picture")
    kept = station.depot.keep_logo(picture).result(30)
    assert station.depot.set_company({"logo": kept}, "new logo").result(30).logo == kept
    for bad in (other, tmp_path / "missing.png", tmp_path):
        with pytest.raises(Refusal) as no:
            station.depot.keep_logo(bad).result(30)
        assert no.value.code is Refused.BAD_FILE


def test_a_new_depot_introduces_itself_under_its_first_operator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCKMARK_STATE", str(tmp_path / "state"))
    ledger = create_ledger(tmp_path / "data", "anna", "Anna")
    introduce(ledger, "Dock 1", {"name": "Nordwind", "paper": "Letter", "language": "de"}, "first day")
    session = ledger.session()
    actors = session.all("SELECT core FROM events WHERE core LIKE '%company_set%' OR core LIKE '%station_named%'")
    session.close()
    ledger.close()
    assert len(actors) == 2 and all('"actor":"anna"' in row[0] for row in actors)


def test_english_is_always_spoken() -> None:
    assert languages()[0] == "en" and "de" in languages()


_LOOSE = st.dictionaries(
    st.sampled_from([*COMPANY_FIELDS, "other"]),
    st.one_of(st.text(max_size=100), st.integers(), st.lists(st.text(max_size=5)), st.booleans()),
)


@given(told=st.lists(_LOOSE, max_size=5))
def test_whatever_was_told_the_fold_holds_texts_only(told: list[dict[str, object]]) -> None:
    events = [_set(body, number) for number, body in enumerate(told)]
    folded = fold_company(events)
    assert set(folded) <= set(COMPANY_FIELDS)
    assert all(isinstance(text, str) for text in folded.values())
    assert set(faults_of(folded)) <= set(folded)


def _set(told: dict[str, object], seq: int) -> Seen:
    body: dict[str, object] = {"told": told}
    return Seen("s", seq, "00", "i", seq, seq, None, "anna", "company_set", 1, body, ("company:l",), {}, ())  # type: ignore[arg-type] # any body at all
