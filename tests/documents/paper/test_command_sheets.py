"""Every symbol of a command sheet is read back by two readers as exactly its tag, on A4 and on Letter."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import zxingcpp

from dockmark.custody.reasons import Reason
from dockmark.documents.paper.flow import Printed
from dockmark.documents.paper.tags import command_pdf
from dockmark.identifiers.reading import TagKind
from dockmark.identifiers.tags import parse
from dockmark.record.refusal import Refusal, Refused
from dockmark.station.command_sheet import VERBS_OF, command_groups
from dockmark.station.language import load
from dockmark.wording import speaking

from ..readers import by_libdmtx, by_zxing, pages
from .specimens import HOUSE, reader, text

PLACES = [(str(number), f"BIN-{number:02}", f"BIN{number:02}", f"Bin {number}", "bin", "") for number in range(30)]


class Places:
    """Answers every question about places with thirty of them."""

    def all(self, sql: str, values: Any = ()) -> list[tuple[str, ...]]:
        return [row[:5] for row in PLACES] if "WHERE" not in sql else []

    def one(self, sql: str, values: Any = ()) -> None:
        return None


def made(desk: str, paper: str, *, places: bool = False) -> tuple[Printed, list[str]]:
    title, groups = command_groups(Places(), desk, places=places)  # type: ignore[arg-type]  # answers as one does
    printed = command_pdf(title, groups, replace(HOUSE, paper=paper))
    return printed, [cell.tag for group in groups for cell in group.cells]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("desk", VERBS_OF)
def test_both_readers_read_every_symbol(desk: str, paper: str, tmp_path: Path) -> None:
    printed, tags = made(desk, paper)
    cuts = []
    for sheet in pages(printed.content, tmp_path, 150):
        for found in zxingcpp.read_barcodes(sheet):
            corners = [found.position.top_left, found.position.bottom_right]
            across, down = [each.x for each in corners], [each.y for each in corners]
            cuts.append(sheet.crop((min(across) - 14, min(down) - 14, max(across) + 14, max(down) + 14)))
    assert sorted(tag for cut in cuts for tag in by_zxing(cut)) == sorted(tags)
    assert sorted(tag for cut in cuts for tag in by_libdmtx(cut)) == sorted(tags)


def test_the_receiving_sheet_has_commands_all_reasons_and_a_whole_keypad_on_two_pages() -> None:
    for paper in ("A4", "Letter"):
        printed, tags = made("receiving", paper)
        assert printed.pages == 2
        told = [found for tag in tags if (found := parse(tag))]
        assert len(told) == len(tags)
        assert {payload for kind, payload in told if kind is TagKind.REASON} == {reason.value for reason in Reason}
        keys = {payload for kind, payload in told if kind is TagKind.NUMBER and payload.startswith("K")}
        assert keys == {f"K{key}" for key in [*range(10), "E", "C"]}
        verbs = {payload for kind, payload in told if kind is TagKind.COMMAND}
        assert {"ACCEPT", "DAMAGED", "QUARANTINE", "SKIP", "UNDO", "REPEAT", "FINISH"} <= verbs
        assert not any(kind is TagKind.BADGE for kind, _payload in told)


def test_the_places_come_on_pages_of_their_own() -> None:
    printed, tags = made("receiving", "A4", places=True)
    assert printed.pages > 2
    assert sum(tag.startswith("DML") for tag in tags) == len(PLACES)
    assert "Bin 29" in reader(printed).pages[-1].extract_text()
    assert all("Places" in page.extract_text() for page in reader(printed).pages[2:])


def test_symbols_keep_their_distance(tmp_path: Path) -> None:
    """No other symbol within 28 mm, middle to middle: a scanner held to one never sees two."""
    for sheet in pages(made("receiving", "Letter")[0].content, tmp_path, 100):
        middles: list[tuple[float, float]] = []
        for found in zxingcpp.read_barcodes(sheet):
            one, other = found.position.top_left, found.position.bottom_right
            middles.append(((one.x + other.x) / 2, (one.y + other.y) / 2))
        assert len(middles) > 10
        for number, (x, y) in enumerate(middles):
            for across, down in middles[:number]:
                assert max(abs(x - across), abs(y - down)) > 27.5 / 25.4 * 100


def test_a_sheet_speaks_the_language_of_the_house() -> None:
    with speaking(load("de")):
        printed, _tags = made("receiving", "A4")
    assert "Annehmen" in text(printed) or "Fertig" in text(printed) or "Rückgängig" in text(printed)


def test_a_desk_that_is_not_there_has_no_sheet() -> None:
    with pytest.raises(Refusal) as caught:
        made("nowhere", "A4")
    assert caught.value.code is Refused.DESK_UNKNOWN
