"""Puts ink on pages, counted from the top left; or only counts the pages, when there is nothing to put it on."""

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from dockmark.documents.draw import modules_path, pdf_canvas, pdf_font
from dockmark.documents.matrix import Matrix
from dockmark.documents.paper.house import Size
from dockmark.documents.paper.type import Style, width_of

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

Colour = tuple[float, float, float]

_LONGEST: Final = 300

INK: Final[Colour] = (0.09, 0.11, 0.13)
GREY: Final[Colour] = (0.40, 0.43, 0.46)
HAIR: Final[Colour] = (0.76, 0.78, 0.80)
TINT: Final[Colour] = (0.955, 0.962, 0.968)
ACCENT: Final[Colour] = (0.06, 0.23, 0.38)
WHITE: Final[Colour] = (1.0, 1.0, 1.0)
FAINT: Final[Colour] = (0.90, 0.91, 0.92)


class Press:
    """One document being drawn, or being counted where `canvas` is None."""

    def __init__(self, size: Size, canvas: "Canvas | None" = None) -> None:
        self.size = size
        self.page = 1
        self._canvas = canvas

    @property
    def draws(self) -> bool:
        """Whether there is ink: false while pages are counted."""
        return self._canvas is not None

    def text(self, x: float, baseline: float, style: Style, text: str, colour: Colour = INK) -> None:
        """A text that can be printed as it stands, from its left."""
        if self._canvas is None or not text:
            return
        self._canvas.setFillColorRGB(*colour)
        self._canvas.setFont(pdf_font(style.face), style.size)
        self._canvas.drawString(x, self.size.height - baseline, text)

    def right(self, x: float, baseline: float, style: Style, text: str, colour: Colour = INK) -> None:
        """A text that ends at `x`."""
        if self._canvas is not None:
            self.text(x - width_of(text, style), baseline, style, text, colour)

    def rule(self, x: float, y: float, width: float, thick: float = 0.4, colour: Colour = HAIR) -> None:
        """A line across."""
        self.plate(x, y, width, thick, colour)

    def plate(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """A filled box."""
        if self._canvas is not None:
            self._canvas.setFillColorRGB(*colour)
            self._canvas.rect(x, self.size.height - y - height, width, height, stroke=0, fill=1)

    def symbol(self, x: float, y: float, side: float, matrix: Matrix) -> None:
        """A symbol in a square of that side; its quiet zone is the paper around."""
        if self._canvas is not None:
            module = side / matrix.side
            self._canvas.setFillColorRGB(0, 0, 0)
            foot = self.size.height - y - side
            path = modules_path(matrix)
            self._canvas.addLiteral(f"q {module:.6f} 0 0 {module:.6f} {x:.6f} {foot:.6f} cm\n{path} Q")

    def picture(self, x: float, y: float, box: tuple[float, float], content: bytes) -> float:
        """A picture at the top left of a box, as large as it goes in; how wide it became."""
        from reportlab.lib.utils import ImageReader

        reader = ImageReader(io.BytesIO(content))
        across, down = reader.getSize()
        scale = min(box[0] / across, box[1] / down)
        if self._canvas is not None:
            foot = self.size.height - y - down * scale
            self._canvas.drawImage(reader, x, foot, across * scale, down * scale)
        return float(across * scale)

    def watermark(self, text: str) -> None:
        """A word across the whole page, behind everything that comes after it."""
        if self._canvas is None:
            return
        size = min(150.0, self.size.width * 1.05 / max(width_of(text, Style.TITLE) / Style.TITLE.size, 0.1))
        self._canvas.saveState()
        self._canvas.setFillColorRGB(*FAINT)
        self._canvas.translate(self.size.width / 2, self.size.height / 2)
        self._canvas.rotate(52)
        self._canvas.setFont(pdf_font(Style.TITLE.face), size)
        self._canvas.drawCentredString(0, -size * 0.35, text)
        self._canvas.restoreState()

    def mark(self, key: str, title: str) -> None:
        """A bookmark to this page."""
        if self._canvas is not None:
            self._canvas.bookmarkPage(key)
            self._canvas.addOutlineEntry(_harmless(title), key, 0)

    def turn(self) -> None:
        """Ends this page and begins the next."""
        self.page += 1
        if self._canvas is not None:
            self._canvas.showPage()


class Imprint:
    """What a PDF says of itself, and its bytes: equal for equal content, dated by what it is made from."""

    def __init__(self, size: Size, *, title: str, author: str, subject: str, language: str, made_us: int) -> None:
        self._out = io.BytesIO()
        self.canvas = canvas = pdf_canvas(self._out, size)
        canvas.setTitle(_harmless(title))
        canvas.setAuthor(_harmless(author))
        canvas.setSubject(_harmless(subject))
        canvas.setCreator("Dockmark")
        canvas.setProducer("Dockmark")
        canvas.setCatalogEntry("Lang", language.replace("_", "-"))
        canvas.setViewerPreference("DisplayDocTitle", "true")
        canvas.setViewerPreference("PrintScaling", "None")
        stamp = datetime.fromtimestamp(made_us // 1_000_000, UTC).strftime("D:%Y%m%d%H%M%SZ")
        canvas.setDateFormatter(lambda *_: stamp)

    def bytes(self) -> bytes:
        """The whole file."""
        self.canvas.showPage()
        self.canvas.save()
        return self._out.getvalue()


def _harmless(text: str) -> str:
    """A text that a viewer shows: nothing that controls, nothing that is half a sign."""
    return "".join([sign if sign.isprintable() else "\ufffd" for sign in text[:_LONGEST]])
