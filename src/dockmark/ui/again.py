"""The window closed and opened anew, in another language: the same folder, desk, delivery and draft."""

from typing import Final

from PySide6.QtWidgets import QApplication, QWidget

AGAIN: Final = 64
"""What the application ends with where its window shall come again; never the end of the program itself."""


def begin_again(window: QWidget) -> None:
    """Close that window as its cross does, and open it anew. Where it stays open, nothing happens."""
    QApplication.setQuitOnLastWindowClosed(False)  # else the end that this asks for would end the next window too
    is_closed = window.close()
    QApplication.setQuitOnLastWindowClosed(True)
    if is_closed:
        QApplication.exit(AGAIN)
