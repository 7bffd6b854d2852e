"""QR symbols: a text as dark and light modules."""

from functools import lru_cache
from typing import Any

import zxingcpp

from dockmark.documents.matrix import Matrix

_TINTS = bytes.maketrans(b"\x00\xff", b"10")


@lru_cache(maxsize=8)
def qr(text: str) -> Matrix:
    """The QR symbol that says this text; a seventh of it may be spoilt."""
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image: Any = made.to_image(scale=1, add_quiet_zones=False)  # its type hints know of no buffer
    side = image.shape[0]
    modules = memoryview(image).tobytes().translate(_TINTS).decode("ascii")
    return Matrix(tuple([modules[start : start + side] for start in range(0, side * side, side)]))
