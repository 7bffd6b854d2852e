"""What the window cannot do yet is a fault and not an excuse; and edges are seen by who sees little."""

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPalette

from dockmark.ui.theme import contrast, outline, palette

TESTS = Path(__file__).parents[1]
Colour = QPalette.ColorRole


def test_no_test_of_the_window_or_of_a_journey_is_marked_to_fail() -> None:
    mark = "mark." + "xfail"
    files = [*(TESTS / "ui").rglob("*.py"), *(TESTS / "journeys").rglob("*.py")]
    assert [file.name for file in files if mark in file.read_text("utf-8")] == []


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("ground", [Colour.Window, Colour.Base, Colour.Button, Colour.AlternateBase])
def test_the_edge_of_a_control_is_seen_at_three_to_one_on_every_ground(dark: bool, ground: QPalette.ColorRole) -> None:
    colours = palette(dark)
    assert contrast(outline(colours), colours.color(ground)) >= 3
    drawn = QColor(outline(colours)).lighter(140).darker(140)
    assert contrast(drawn, colours.color(ground)) >= 3, "as the style draws it"


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("ground", [Colour.Window, Colour.Base, Colour.Button, Colour.Highlight])
def test_the_ring_of_the_focus_is_seen_at_three_to_one(dark: bool, ground: QPalette.ColorRole) -> None:
    colours = palette(dark)
    ring = Colour.HighlightedText if ground is Colour.Highlight else Colour.WindowText
    assert contrast(colours.color(ring), colours.color(ground)) >= 3
