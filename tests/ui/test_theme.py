"""Colours that can be read, in light and dark."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

import dockmark.ui
from dockmark.ui.theme import Appearance, Role, Theme, contrast, flood, flooded, is_dark, palette, target

BOTH = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
Colour = QPalette.ColorRole


@BOTH
@pytest.mark.parametrize("role", list(Role))
def test_every_status_flood_is_read_at_seven_to_one(dark: bool, role: Role) -> None:
    colours = flood(role, palette(dark))
    assert contrast(QColor(colours.ground), QColor(colours.text)) >= 7


@BOTH
@pytest.mark.parametrize("role", list(Role))
def test_every_status_shape_stands_out_on_a_card(dark: bool, role: Role) -> None:
    painted = palette(dark)
    for ground in (Colour.Base, Colour.AlternateBase, Colour.Window):
        assert contrast(QColor(flood(role, painted).ink), painted.color(ground)) >= 4.5


@BOTH
@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        (Colour.WindowText, Colour.Window, 7),
        (Colour.Text, Colour.Base, 7),
        (Colour.Text, Colour.AlternateBase, 7),
        (Colour.ButtonText, Colour.Button, 7),
        (Colour.HighlightedText, Colour.Highlight, 4.5),
        (Colour.PlaceholderText, Colour.Base, 4.5),
        (Colour.PlaceholderText, Colour.Window, 4.5),
        (Colour.ToolTipText, Colour.ToolTipBase, 7),
    ],
)
def test_words_are_read_on_their_ground(
    dark: bool, text: QPalette.ColorRole, ground: QPalette.ColorRole, least: float
) -> None:
    painted = palette(dark)
    assert contrast(painted.color(text), painted.color(ground)) >= least


@BOTH
def test_the_four_floods_differ_from_each_other(dark: bool) -> None:
    assert len({flood(role, palette(dark)).ground for role in Role}) == 4


@BOTH
@pytest.mark.parametrize("role", list(Role))
def test_everything_written_on_a_flood_is_read_on_it(dark: bool, role: Role) -> None:
    painted = flooded(role, palette(dark))
    for text in (Colour.WindowText, Colour.Text, Colour.PlaceholderText):
        assert contrast(painted.color(text), painted.color(Colour.Window)) >= 7


def test_an_operator_may_choose_against_the_system(qapp: QApplication, theme: Theme) -> None:
    theme.choose(Appearance.DARK)
    assert is_dark(qapp.palette())
    theme.choose(Appearance.LIGHT)
    assert not is_dark(qapp.palette())
    assert qapp.style().objectName() == "fusion"


def test_black_on_white_has_the_highest_contrast() -> None:
    assert round(contrast(QColor("#000000"), QColor("#ffffff"))) == 21


def test_the_smallest_target_is_twelve_millimetres(qapp: QApplication) -> None:
    assert target() / qapp.primaryScreen().logicalDotsPerInch() * 25.4 >= 12


def test_no_colour_is_named_outside_the_theme_and_no_style_sheet_anywhere() -> None:
    named = re.compile(r"#[0-9A-Fa-f]{6}\b|QColor\(\s*\d|GlobalColor\.(?!transparent)|setStyleSheet")
    folder = Path(dockmark.ui.__file__).parent
    found = [
        f"{path.name}: {hit.group()}"
        for path in folder.rglob("*.py")
        if path.name != "theme.py"
        for hit in named.finditer(path.read_text("utf-8"))
    ]
    assert found == []
