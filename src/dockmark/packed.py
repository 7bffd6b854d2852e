"""Finds the files that are packed with the product: templates, icons, sounds, translations, sample depot."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def packed(*names: str) -> Traversable:
    """The packed file or folder of that name, from the wheel or, in a checkout, from its `resources` folder."""
    inside = files("dockmark").joinpath("resources")
    root: Traversable = inside if inside.is_dir() else Path(__file__).parents[2] / "resources"
    return root.joinpath(*names) if names else root
