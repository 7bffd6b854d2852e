"""The label of the practice depot: the usual one, stamped so that nobody takes it for real."""

from dataclasses import replace
from functools import lru_cache

from dockmark.documents.glyphs import Face
from dockmark.documents.template import StampForm, Template, WordForm, load_template


@lru_cache(maxsize=1)
def practice_template() -> Template:
    """The usual form with another stamp, which is printed where `held` is said."""
    usual = load_template()
    words = tuple(WordForm(text=text, face=Face.BOLD, cap_mm=1.5) for text in ("TRAINING", "NOT REAL"))
    plate = usual.stamp or StampForm(field="held", x_mm=1.5, y_mm=17.25, width_mm=13, height_mm=6.25, words=words)
    return replace(usual, name=f"{usual.name}-training", stamp=replace(plate, words=words))
