"""Qt's own messages: written to our log; what would end the program says in words what can be done about it."""

import logging
import os
import sys

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from dockmark.ui.words import _

log = logging.getLogger("qt")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
}


def listen_to_qt() -> None:
    """From now on, Qt speaks through the log. Called before the application is made."""
    qInstallMessageHandler(_on_message)


def _on_message(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    if kind is not QtMsgType.QtFatalMsg:
        log.log(_LEVELS.get(kind, logging.WARNING), "%s", message)
        return
    log.critical("%s", message)
    if _is_about_display(message):
        sys.stderr.write(_no_display() + "\n")
        # Qt would abort with a text of its own; nothing was begun that has to be ended.
        logging.shutdown()
        os._exit(1)


def _is_about_display(message: str) -> bool:
    return "platform plugin" in message or "display" in message.lower()


def _no_display() -> str:
    """What to do where there is nothing to show a window on."""
    display = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY", "")
    if display:
        first = _("Dockmark cannot open its window: the display {display} does not answer.").format(display=display)
    else:
        first = _("Dockmark cannot open its window: this session has no display.")
    rest = _(
        "Start it from a desktop session, or work without a window: dockmark desk receiving --operator NAME."
        " On Linux the package libxcb-cursor0 has to be installed."
    )
    return f"{first}\n{rest}"
