"""Finds the files that are packed with the product: templates, icons, sounds, translations, sample depot."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def packed(*names: str) -> Traversable:
    """The packed file or folder of that name, from the wheel or, in a checkout, from its `resources` folder."""
    return _root().joinpath(*names)


def _root() -> Traversable:
    here = Path(__file__).parent
    for folder in (here / "resources", here.parents[1] / "resources"):
        if folder.is_dir():
            return folder
    # Run from an archive. Whoever looks into those is slow to load, and the window waits for its first icon.
    from importlib.resources import files

    return files("dockmark").joinpath("resources")
