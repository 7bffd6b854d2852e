"""Labels: from the facts of a unit to what a printer, a viewer or a screen takes."""

from collections.abc import Sequence
from typing import Literal

from dockmark.documents import draw
from dockmark.documents.facts import LabelFacts, symbol_content
from dockmark.documents.layout import layout_of
from dockmark.documents.template import Template, load_template, read_template
from dockmark.record.refusal import Refusal, Refused

__all__ = ["LabelFacts", "Template", "load_template", "read_template", "render", "symbol_content"]


def render(
    template: Template, labels: Sequence[LabelFacts], to: Literal["zpl", "pdf", "png"], *, dpi: int = 203
) -> bytes:
    """The labels, all of them or none: `pdf` has a page for each, `png` shows several under one another.

    Refused with `label_does_not_fit` and the field's name where the symbol or the serial would not be whole.
    """
    if not labels:
        raise Refusal(Refused.BAD_VALUE, field="labels")
    layout = layout_of(template, dpi)
    drawings = map(layout.lay_out, labels)
    match to:
        case "zpl":
            return draw.zpl(drawings)
        case "pdf":
            return draw.pdf(drawings, template.width_mm, template.height_mm)
        case "png":
            return draw.png(list(drawings))
        case _:
            raise Refusal(Refused.BAD_VALUE, field="to", value=str(to)[:40])
