"""Pictures made ready off the window's thread: small ones for the card, large ones to look at."""

from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader


@lru_cache(maxsize=1)
def _lamp() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="pictures")


def developed(content: bytes, side: int) -> "Future[QImage]":
    """The picture in that file, no larger than `side` dots; an empty one where it cannot be shown."""
    return _lamp().submit(_developed, content, side)


def as_png(picture: QImage) -> "Future[bytes]":
    """A picture from the clipboard as a file."""
    return _lamp().submit(_as_png, picture)


def saved(path: Path, content: bytes) -> "Future[Path]":
    """Writes a copy there."""
    return _lamp().submit(_saved, path, content)


def _saved(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def _developed(content: bytes, side: int) -> QImage:
    data = QByteArray(content)
    source = QBuffer(data)
    source.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(source)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > side:
        reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio))
    picture = reader.read()
    if picture.isNull() or max(picture.width(), picture.height()) <= side:
        return picture
    return picture.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)


def _as_png(picture: QImage) -> bytes:
    data = QByteArray()
    target = QBuffer(data)
    target.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(target, "PNG")  # type: ignore[call-overload]  # the stubs know file names only
    return bytes(data.data())
