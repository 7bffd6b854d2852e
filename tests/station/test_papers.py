"""Papers of a station: in the company's own form, counted over all hands, covered by their checkpoint."""

import io
from concurrent.futures import wait
from pathlib import Path

import pypdf
import pytest
from PIL import Image

from dockmark.record.refusal import Conflict, Refusal, Refused
from dockmark.station.papers import Paper
from dockmark.station.station import Station

from .conftest import Opens


@pytest.fixture
def station(open_station: Opens) -> Station:
    """A station with a closed receipt of three unknown units."""
    it = open_station()
    it.sign_in("anna", "test").result()
    it.begin("receiving").result()
    for serial in ("SN-1", "SN-2", "SN-3"):
        answer = it.command("receiving", "TYPED", part="PART-1", serial=serial).result()
        assert answer.outcome.value == "accepted", answer
    it.command("receiving", "FINISH").result()
    return it


def number(station: Station) -> str:
    return str(station.ask(lambda session: session.value("SELECT number FROM receipts")).result())


def text(paper: Paper) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper.content)).pages)


def events(station: Station) -> int:
    return int(station.ask(lambda session: session.value("SELECT count(*) FROM events")).result())


def test_the_company_is_on_its_papers_in_its_language_and_on_its_sheet(station: Station, tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    Image.new("RGB", (400, 120), "navy").save(logo)
    digest = station.depot.keep_logo(logo).result()
    station.depot.set_company(
        {
            "name": "Nordwerk GmbH", "address": "Hafenstr. 7\n24103 Kiel", "logo": digest, "paper": "Letter",
            "language": "de", "date_form": "dmy",
        },
        "first day",
    ).result()  # fmt: skip
    made = station.papers.make("receipt", number(station)).result()
    told = text(made)
    for words in ("Nordwerk GmbH", "Hafenstr. 7", "24103 Kiel", "SN-1", "SN-2", "SN-3"):
        assert words in told
    document = pypdf.PdfReader(io.BytesIO(made.content))
    assert float(document.pages[0].mediabox.height) == 792
    assert document.root_object["/Lang"] == "de"
    assert len(document.pages[0].images) == 1
    assert "SN-1" in text(station.papers.look("receipt", number(station)).result())


def test_a_logo_that_is_gone_does_not_stop_a_paper(station: Station, tmp_path: Path) -> None:
    station.depot.set_company({"name": "Nordwerk", "logo": "ab" * 32}, "first day").result()
    assert "Nordwerk" in text(station.papers.make("receipt", number(station)).result())


def test_without_a_company_the_station_stands_for_it(station: Station) -> None:
    assert station.info.name in text(station.papers.make("receipt", number(station)).result())


def test_two_hands_that_make_the_same_paper_at_once_never_make_the_same_copy(station: Station) -> None:
    asked = [station.papers.make("receipt", number(station), reason="ASKED") for _hand in range(4)]
    wait(asked)
    copies = [it.result().copy for it in asked if it.exception() is None]
    assert len(copies) == len(set(copies)) >= 1
    assert all(isinstance(it.exception(), Conflict) for it in asked if it.exception() is not None)


def test_a_look_records_nothing_and_shows_the_copy_that_was_made(station: Station) -> None:
    before = events(station)
    look = station.papers.look("receipt", number(station)).result()
    assert (look.copy, look.copies) == (0, 0)
    assert "PREVIEW" in text(look)
    assert events(station) == before
    made = station.papers.make("receipt", number(station)).result()
    assert events(station) == before + 2
    again = station.papers.look("receipt", number(station)).result()
    assert (again.content, again.copy, again.copies, again.event) == (made.content, 1, 1, made.event)


def test_a_receipt_that_was_opened_again_is_looked_at_anew(station: Station) -> None:
    station.papers.make("receipt", number(station)).result()
    station.command("receiving", "UNDO").result()
    assert station.papers.look("receipt", number(station)).result().preliminary
    station.command("receiving", "TYPED", part="PART-1", serial="SN-4").result()
    station.command("receiving", "FINISH").result()
    look = station.papers.look("receipt", number(station)).result()
    assert (look.copy, look.copies) == (0, 1)
    assert "SN-4" in text(look)
    with pytest.raises(Refusal) as caught:
        station.papers.make("receipt", number(station)).result()
    assert caught.value.code is Refused.REASON_NEEDED
    second = station.papers.make("receipt", number(station), reason="CORRECTED").result()
    assert second.copy == 2
    assert "REPRINT 2" in text(second)
    assert "something was corrected" in text(second)


def test_files_are_kept_with_a_closed_receipt_and_given_back_whole(station: Station, tmp_path: Path) -> None:
    note = tmp_path / "note.pdf"
    note.write_bytes(b"%PDF-1.4 a note")
    digest = station.papers.attach(number(station), "delivery_note", note).result()
    folder = station.papers.folder(number(station)).result()
    assert [(it.kind, it.name) for it in folder.sheets] == [
        ("receipt", "Receipt"), ("discrepancy", "Discrepancy report"), ("delivery_note", "note.pdf"),
    ]  # fmt: skip
    assert station.papers.file(digest).result() == note.read_bytes()
    for wrong in ("", "..", "../../../etc/passwd", "AB" * 32, "0" * 64, digest + "0"):
        with pytest.raises(Refusal) as caught:
            station.papers.file(wrong).result()
        assert caught.value.code is Refused.PAPER_SPOILT


@pytest.mark.parametrize(("kind", "name"), [("rocket", "note.pdf"), ("photo", "nowhere.pdf")])
def test_what_cannot_be_kept_is_refused(station: Station, tmp_path: Path, kind: str, name: str) -> None:
    (tmp_path / "note.pdf").write_bytes(b"x")
    before = events(station)
    with pytest.raises(Refusal):
        station.papers.attach(number(station), kind, tmp_path / name).result()
    assert events(station) == before


def test_scans_go_on_while_a_paper_is_made(station: Station) -> None:
    asked = station.papers.make("receipt", number(station))
    answers = [station.command("receiving", "TYPED", part="PART-1", serial=f"NEW-{count}") for count in range(10)]
    assert {answer.result().outcome.value for answer in answers} == {"accepted"}
    told = text(asked.result())
    assert "NEW-" not in told
