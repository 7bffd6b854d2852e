"""Whose paper it is: name, address, logo, size of the sheet, language and forms."""

import io
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from dockmark.documents.draw import POINTS_PER_MM as MM
from dockmark.wording.forms import Forms

_MOST_PIXELS: Final = 40_000_000
_LOGO_DOTS: Final = 1200
"""Dots along the longer side of a logo on paper: 600 to the inch at the width that it has at most."""


class Size(NamedTuple):
    """A sheet in points."""

    width: float
    height: float


SIZES: Final = {"A4": Size(210 * MM, 297 * MM), "Letter": Size(612.0, 792.0)}


def size_of(paper: str) -> Size:
    """The sheet of that name, whatever its capitals; A4 where nobody knows it."""
    return next((size for name, size in SIZES.items() if name.lower() == paper.strip().lower()), SIZES["A4"])


@dataclass(frozen=True, slots=True)
class House:
    """The company as its papers show it. The logo is the bytes of a PNG or JPEG, or empty."""

    name: str = ""
    address: tuple[str, ...] = ()
    logo: bytes = b""
    paper: str = "A4"
    training: bool = False
    """Whether the papers are of the practice depot, and say so on every page."""
    forms: Forms = field(default_factory=Forms)

    @property
    def size(self) -> Size:
        """The sheet."""
        return size_of(self.paper)


def readable_logo(content: bytes) -> bytes:
    """The picture as a plain PNG of a size fit for paper; empty where it is no picture that can be read."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                return b""
            drawn = picture.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return b""
    drawn.thumbnail((_LOGO_DOTS, _LOGO_DOTS))
    white = Image.new("RGBA", drawn.size, "white")
    white.alpha_composite(drawn)
    out = io.BytesIO()
    white.convert("RGB").save(out, "PNG")
    return out.getvalue()
