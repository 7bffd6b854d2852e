"""What the unit card asks and does, on a real ledger: files, the past, reasons, labels, papers."""

import base64
import io
from collections.abc import Iterator
from concurrent.futures import Future
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import pytest
from PIL import Image
from pypdf import PdfReader

from dockmark.catalog.events import PartAdded, PartChanged, PlaceAdded, RecallAnnounced, RecallLifted
from dockmark.custody.events import ActReversed, UnitHeld, UnitPutAway, UnitReceived, UnitScrapped, UnitStocked
from dockmark.custody.lights import Lamp, Light
from dockmark.desks.card_views import Moment
from dockmark.desks.showing import verdict_of
from dockmark.ledger.rebuild import rebuild
from dockmark.ledger.verify import Soundness, verify
from dockmark.lookup import units
from dockmark.record.clock import as_date
from dockmark.record.facts import Draft, Fact
from dockmark.record.refusal import Refusal
from dockmark.station.cards import MAX_FILE, Offered
from dockmark.station.setup import create_ledger
from dockmark.station.station import Station
from dockmark.wording import sentence

T = TypeVar("T")
DAY_US = 86_400 * 1_000_000


def us(day: str) -> int:
    return int(datetime.fromisoformat(f"{day}T12:00:00+00:00").timestamp()) * 1_000_000


def done(future: Future[T]) -> T:
    return future.result(timeout=60)


def picture(colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (80, 60), colour).save(out, "PNG")
    return out.getvalue()


class Depot:
    """A station with one part and one place, and short ways to record what happened."""

    def __init__(self, station: Station) -> None:
        self.station = station
        told = {"part_number": "PSU-1", "warranty_months": 12, "gtin": "04012345000016", "manufacturer": "Maker"}
        self.part = self.add("part", PartAdded(told={**told, "revision": "B"}))
        self.shelf = self.add("place", PlaceAdded(told={"place": "HALL", "kind": "shelf"}))
        self.bin = self.add("place", PlaceAdded(told={"place": "HALL-01", "parent": self.shelf}))

    def add(self, kind: str, fact: Fact, *, at: int | None = None, identity: str = "") -> str:
        def act(book):  # type: ignore[no-untyped-def]
            name = identity or book.new_id()
            book.record(Draft(fact=fact, subj=(f"{kind}:{name}",), new=not identity, at=at))
            return name

        return str(done(self.station.bench(act)))

    def event(self, unit: str, fact: Fact, *, at: int | None = None) -> str:
        def act(book):  # type: ignore[no-untyped-def]
            return book.record(Draft(fact=fact, subj=(f"unit:{unit}",), at=at))[0]

        return str(done(self.station.bench(act)))

    def unit(self, serial: str = "S1", **more: object) -> str:
        fact = UnitReceived(receipt="", part=self.part, serial=serial, place=self.bin, **more)  # type: ignore[arg-type]
        return self.add("unit", fact, at=us("2026-01-31"))


@pytest.fixture
def depot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Depot]:
    monkeypatch.setenv("DOCKMARK_STATE", str(tmp_path / "state"))
    station = Station(create_ledger(tmp_path / "data", "anna", "Anna Berg"), tmp_path / "data", spooling=False)
    yield Depot(station)
    station.close()


# -- files --------------------------------------------------------------------------------------------------------


def test_a_photo_is_kept_by_its_content_and_told_in_the_history(depot: Depot, tmp_path: Path) -> None:
    unit, cards = depot.unit(), depot.station.cards
    content = picture()
    file = done(cards.attach(unit, Offered(name="front.png", content=content), note="scratched"))
    assert (file.kind, file.name, file.who, file.picture, file.note) == (
        "photo", "front.png", "Anna Berg", True, "scratched"
    )  # fmt: skip
    assert done(cards.file(file.sha256)) == content
    assert (tmp_path / "data" / "files" / file.sha256[:2] / file.sha256).read_bytes() == content
    card = done(cards.card(unit))
    assert card.files == (file,)
    assert [entry.type for entry in card.timeline.entries] == ["file_attached", "unit_received"]
    assert verify(depot.station.ledger).result is Soundness.NOT_WITNESSED


def test_a_photo_does_not_change_the_unit_itself(depot: Depot) -> None:
    unit = depot.unit()
    before = depot.station.ask(lambda session: session.one("SELECT * FROM units WHERE id = ?", (unit,))).result()
    done(depot.station.cards.attach(unit, Offered(name="a.png", content=picture())))
    after = depot.station.ask(lambda session: session.one("SELECT * FROM units WHERE id = ?", (unit,))).result()
    assert after == before


def test_a_file_taken_away_stays_in_the_history_struck_out(depot: Depot) -> None:
    unit, cards = depot.unit(), depot.station.cards
    file = done(cards.attach(unit, Offered(name="a.png", content=picture())))
    with pytest.raises(Refusal, match="reason_needed"):
        done(cards.detach(file.id, " "))
    done(cards.detach(file.id, "OTHER", "wrong unit"))
    card = done(cards.card(unit))
    assert card.files == ()
    away, attached, _received = card.timeline.entries
    assert (away.type, away.facts["name"], away.undoes) == ("file_detached", "a.png", (attached.id,))
    assert attached.undone_by == away.id
    done(cards.attach(unit, Offered(name="a.png", content=picture())))
    assert len(done(cards.card(unit)).files) == 1


def test_the_tables_of_files_are_rebuilt_as_they_were(depot: Depot) -> None:
    unit, cards = depot.unit(), depot.station.cards
    kept = done(cards.attach(unit, Offered(name="a.png", content=picture())))
    gone = done(cards.attach(unit, Offered(name="b.png", content=picture("blue"))))
    done(cards.detach(gone.id, "OTHER"))
    before = depot.station.ask(lambda session: session.all("SELECT * FROM attachments ORDER BY id")).result()
    rebuild(depot.station.ledger)
    after = depot.station.ask(lambda session: session.all("SELECT * FROM attachments ORDER BY id")).result()
    assert after == before and [row[0] for row in after if not row[-1]] == [kept.id]


@pytest.mark.parametrize(
    ("content", "kind", "why"),
    [
        (b"", "", "empty"),
        (b"MZ" + bytes(64), "", "kind_not_taken"),
        (picture()[:-30], "", "picture_broken"),
        (b"plain words", "photo", "not_a_picture"),
        (b"\0" * (MAX_FILE + 1), "", "too_large"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(depot: Depot, content: bytes, kind: str, why: str) -> None:
    unit = depot.unit()
    with pytest.raises(Refusal) as no:
        done(depot.station.cards.attach(unit, Offered(name="x.bin", content=content), kind=kind))
    assert no.value.facts["why"] == why
    said = sentence(no.value.code, no.value.facts)
    assert "x.bin" in said and "_" not in said
    assert done(depot.station.cards.card(unit)).files == ()


def test_a_large_file_is_refused_before_it_is_read(depot: Depot, tmp_path: Path) -> None:
    big = tmp_path / "big.jpg"
    with big.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(Refusal) as no:
        done(depot.station.cards.attach(depot.unit(), Offered(name="big.jpg", path=big)))
    assert no.value.facts["why"] == "too_large"


def test_a_folder_and_a_file_that_is_gone_are_refused(depot: Depot, tmp_path: Path) -> None:
    unit = depot.unit()
    for path, why in ((tmp_path, "not_a_file"), (tmp_path / "gone.png", "not_a_file")):
        with pytest.raises(Refusal) as no:
            done(depot.station.cards.attach(unit, Offered(name=path.name, path=path)))
        assert no.value.facts["why"] == why


def test_the_same_content_is_attached_once(depot: Depot) -> None:
    unit, cards = depot.unit(), depot.station.cards
    done(cards.attach(unit, Offered(name="a.png", content=picture())))
    with pytest.raises(Refusal) as no:
        done(cards.attach(unit, Offered(name="b.png", content=picture())))
    assert "a.png" in sentence(no.value.code, no.value.facts)
    assert len(done(cards.card(unit)).files) == 1


def test_a_hostile_name_is_kept_as_text(depot: Depot, tmp_path: Path) -> None:
    name = "../../etc/passwd\n^XZ<img src=x>.png"
    file = done(depot.station.cards.attach(depot.unit(), Offered(name=name, content=picture())))
    assert "\n" not in file.name and "<img" in file.name
    assert not (tmp_path / "etc").exists()


def test_a_file_that_was_changed_on_the_disk_is_not_shown(depot: Depot, tmp_path: Path) -> None:
    file = done(depot.station.cards.attach(depot.unit(), Offered(name="a.png", content=picture())))
    (tmp_path / "data" / "files" / file.sha256[:2] / file.sha256).write_bytes(picture("green"))
    with pytest.raises(Refusal):
        done(depot.station.cards.file(file.sha256, file.name))


# -- the card -----------------------------------------------------------------------------------------------------


def test_the_card_names_everything_that_the_unit_is_called_by(depot: Depot) -> None:
    unit = depot.unit(
        lot="L7", marks={"uii": "D1234", "mac": "00:1B:63:84:45:E6"}, expiry="2027-01-01", made="2025-01-01"
    )
    marks = dict(done(depot.station.cards.card(unit)).marks)
    wanted = {
        "part": "PSU-1", "serial": "S1", "lot": "L7", "gtin": "04012345000016", "manufacturer": "Maker",
        "revision": "B", "uii": "D1234", "mac": "00:1B:63:84:45:E6", "expiry": "2027-01-01", "made": "2025-01-01",
    }  # fmt: skip
    assert {key: marks.get(key) for key in wanted} == wanted


def test_names_from_before_a_correction_are_told(depot: Depot) -> None:
    unit = depot.unit()
    depot.add("part", PartChanged(told={"part_number": "PSU-1A"}, reason="typo"), identity=depot.part)
    card = done(depot.station.cards.card(unit))
    assert card.unit.part == "PSU-1A"
    assert [(it.field, it.value) for it in card.earlier] == [("part_number", "PSU-1")]


def test_the_place_is_told_with_what_it_lies_in(depot: Depot) -> None:
    assert done(depot.station.cards.card(depot.unit())).path == ("HALL", "HALL-01")


def test_places_that_stand_in_one_another_end_somewhere(depot: Depot) -> None:
    from dockmark.catalog.events import PlaceChanged

    depot.add("place", PlaceChanged(told={"parent": depot.bin}), identity=depot.shelf)
    assert set(done(depot.station.cards.card(depot.unit())).path) == {"HALL", "HALL-01"}


def test_the_lights_of_the_card_are_those_of_a_scan(depot: Depot) -> None:
    first = depot.unit("S100", lot="L1", expiry="2026-03-01")
    other = depot.unit("S100")
    alike = depot.unit("Sl00")
    scrapped = depot.unit("S200")
    depot.event(scrapped, UnitScrapped(reason="OTHER"))
    twin = depot.unit("S200")
    depot.event(first, UnitHeld(reason="DOUBT"))
    depot.add("recall", RecallAnnounced(number="R1", part=depot.part, lots=["L1"], reason="smoke"))
    today = as_date(depot.station.ledger.clock.now_us())
    for unit in (first, other, alike, scrapped, twin):
        row = depot.station.ask(lambda session, unit=unit: units.unit(session, unit)).result()
        wanted = depot.station.ask(lambda session, row=row: verdict_of(session, row, today)).result()
        assert done(depot.station.cards.card(unit)).verdict == wanted


def test_units_of_one_mark_stand_side_by_side_with_their_histories(depot: Depot) -> None:
    first, twin, alike = depot.unit("S100"), depot.unit("S100"), depot.unit("Sl00")
    depot.event(twin, UnitPutAway(place=depot.shelf))
    assert set(done(depot.station.cards.card(first)).others) == {twin, alike}
    shown = done(depot.station.cards.besides(first))
    assert [(it.how, it.unit.id) for it in shown][:2] == [("this", first), ("twin", twin)]
    assert {it.how for it in shown} == {"this", "twin", "alike"}
    assert [entry.type for entry in shown[1].timeline.entries] == ["unit_put_away", "unit_received"]


def test_what_was_undone_is_linked_to_what_undid_it(depot: Depot) -> None:
    unit = depot.unit()
    held = depot.event(unit, UnitHeld(reason="DOUBT"))
    undo = depot.event(unit, ActReversed(reverses=[held]))
    back, hold, _received = done(depot.station.cards.card(unit)).timeline.entries
    assert (hold.undone_by, back.undoes) == (undo, (held,))
    depot.event(unit, ActReversed(reverses=[undo]))
    _again, back, hold, _received = done(depot.station.cards.card(unit)).timeline.entries
    assert back.undone_by and not hold.undone_by


def test_the_scan_of_an_entry_is_kept_byte_for_byte(depot: Depot) -> None:
    raw = b"]d21P\x1dS\xff"
    scan = {"raw_b64": base64.b64encode(raw).decode(), "device": "wedge", "symbology": "]d2"}
    entry = done(depot.station.cards.card(depot.unit(scan=scan))).timeline.entries[-1]
    assert entry.scan is not None and (entry.scan.raw, entry.scan.symbology) == (raw, "]d2")
    odd = done(depot.station.cards.card(depot.unit("S2", scan={"raw_b64": "not base64!"}))).timeline.entries[-1]
    assert odd.scan is None


def test_ten_thousand_entries_are_read_page_by_page_each_once(depot: Depot) -> None:
    unit = depot.unit()

    def act(book):  # type: ignore[no-untyped-def]
        for _number in range(10_000):
            book.record(Draft(fact=UnitPutAway(place=depot.bin), subj=(f"unit:{unit}",)))

    done(depot.station.bench(act))
    cards = depot.station.cards
    page = done(cards.card(unit)).timeline
    assert page.total == 10_001 and len(page.entries) == 100
    seen = [entry.id for entry in page.entries]
    while page.more:
        page = done(cards.timeline(unit, page.more))
        seen += [entry.id for entry in page.entries]
    assert len(seen) == len(set(seen)) == 10_001
    assert page.entries[-1].type == "unit_received"


# -- the past -----------------------------------------------------------------------------------------------------


def test_the_card_shows_the_unit_as_it_stood(depot: Depot) -> None:
    unit = depot.unit()
    depot.event(unit, UnitHeld(reason="DOUBT"))
    then = done(depot.station.cards.card(unit, until=us("2026-02-28")))
    assert then.verdict[Light.HOLD].state is Lamp.OK
    assert [entry.type for entry in then.timeline.entries] == ["unit_received"]
    assert then.verdict[Light.WARRANTY].facts["days"] == 336
    assert done(depot.station.cards.card(unit)).verdict[Light.HOLD].state is Lamp.STOP
    with pytest.raises(Refusal, match="unit_unknown"):
        done(depot.station.cards.card(unit, until=us("2026-01-01")))


def test_what_had_not_been_recorded_yet_is_not_known_then(depot: Depot) -> None:
    unit = depot.unit()
    with pytest.raises(Refusal, match="unit_unknown"):
        done(depot.station.cards.card(unit, known=us("2026-02-28")))
    now = depot.station.ledger.clock.now_us()
    known = done(depot.station.cards.card(unit, known=now))
    assert known.unit.serial == "S1" and known.moment == Moment(known=now)


def test_a_recall_counts_from_the_day_on_which_it_was_announced(depot: Depot) -> None:
    unit = depot.unit(lot="L1")
    recall = depot.add("recall", RecallAnnounced(number="R1", part=depot.part, lots=["L1"], announced="2026-02-10"))
    light = {
        day: done(depot.station.cards.card(unit, until=us(day))).verdict[Light.RECALL].state
        for day in ("2026-02-09", "2026-02-10", "2026-02-11")
    }
    assert light == {"2026-02-09": Lamp.OK, "2026-02-10": Lamp.STOP, "2026-02-11": Lamp.STOP}
    depot.add("recall", RecallLifted(reason="over"), identity=recall)
    assert done(depot.station.cards.card(unit)).verdict[Light.RECALL].state is Lamp.OK
    assert done(depot.station.cards.card(unit, until=us("2026-02-11"))).verdict[Light.RECALL].state is Lamp.STOP


def test_a_twin_that_came_later_is_no_twin_then(depot: Depot) -> None:
    unit = depot.unit()
    fact = UnitStocked(part=depot.part, serial="S1", place=depot.bin)
    depot.add("unit", fact, at=us("2026-05-01"))
    assert done(depot.station.cards.card(unit)).verdict[Light.COUNTERFEIT].state is Lamp.STOP
    assert done(depot.station.cards.card(unit, until=us("2026-04-30"))).verdict[Light.COUNTERFEIT].state is Lamp.OK


def test_a_photo_is_not_there_before_it_was_taken(depot: Depot) -> None:
    unit, cards = depot.unit(), depot.station.cards
    before = depot.station.ledger.clock.now_us()
    file = done(cards.attach(unit, Offered(name="a.png", content=picture())))
    between = depot.station.ledger.clock.now_us()
    done(cards.detach(file.id, "OTHER"))
    assert done(cards.card(unit, until=before)).files == ()
    assert [it.id for it in done(cards.card(unit, until=between)).files] == [file.id]
    assert done(cards.card(unit)).files == ()


# -- label and paper ----------------------------------------------------------------------------------------------


def test_a_label_is_printed_again_for_a_reason(depot: Depot) -> None:
    unit = depot.unit()
    with pytest.raises(Refusal, match="reason_needed"):
        done(depot.station.cards.print_label(unit, ""))
    answer = done(depot.station.cards.print_label(unit, "LABEL", "torn"))
    assert (answer.code, answer.facts["copy"]) == ("label_repeated", 2)
    [job] = done(depot.station.jobs())
    assert job.facts["copy"] == 2
    entry = done(depot.station.cards.card(unit)).timeline.entries[0]
    assert (entry.type, entry.facts["reason"], entry.facts["note"]) == ("label_reprinted", "LABEL", "torn")


def test_the_biography_tells_the_whole_life(depot: Depot) -> None:
    unit = depot.unit(lot="L7")
    depot.event(unit, UnitHeld(reason="DOUBT", note="smells"))
    done(depot.station.cards.attach(unit, Offered(name="front.png", content=picture())))
    paper = done(depot.station.papers.make("biography", f"unit:{unit}"))
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.content)).pages)
    for told in ("S1", "PSU-1", "HALL", "front.png", "smells", "Anna Berg", "12 months", "2027-01-30", paper.number):
        assert told in text
    assert [it.kind for it in done(depot.station.cards.card(unit)).documents] == ["biography"]
