"""Opens the window."""

import os
import signal
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QLoggingCategory, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from dockmark.station.folders import data_folder, state_folder
from dockmark.station.language import VARIABLE, speak, wishes
from dockmark.ui.again import AGAIN
from dockmark.ui.bridge import Bridge
from dockmark.ui.conductor import Conductor
from dockmark.ui.cues import CuePlayer
from dockmark.ui.native import listen_to_qt
from dockmark.ui.service import Depots
from dockmark.ui.settings import load, place
from dockmark.ui.shell import Shell
from dockmark.ui.theme import Theme
from dockmark.wording import forms_here


def main(data: Path | None = None, *, training: bool = False) -> int:
    """Show the window for that data folder, or the user's own; returns when it is closed."""
    _speak_as(load(place()).language)
    listen_to_qt()
    QLoggingCategory.setFilterRules("qt.multimedia*=false")
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Dockmark")
    app.setApplicationDisplayName("Dockmark")
    app.setDesktopFileName("dockmark")
    _leave_on_interrupt(app)
    while True:
        ended, training = _window(app, data or data_folder(), training=training)
        if ended != AGAIN:
            return ended
        _speak_as(load(place()).language)


def _window(app: QApplication, data: Path, *, training: bool) -> tuple[int, bool]:
    """One life of the window: what it ended with, and whether it was in the practice depot then."""
    settings = load(place())
    translator = _let_qt_speak(app)
    theme = Theme(app, settings.appearance)
    theme.write(settings.text_percent)
    bridge = Bridge(app)
    cues = CuePlayer(app, settings.volume_percent / 100)
    shell = Shell(bridge, theme, cues, place())
    conductor = Conductor(app, shell, bridge, cues, _depots, data, place(),
                          state=state_folder(), training=training)  # fmt: skip
    _fill_the_screen(shell)
    try:
        ended = app.exec()
    finally:
        is_training = conductor.is_training
        conductor.close()
    if ended == AGAIN:
        app.removeTranslator(translator)
        for each in (conductor, shell, cues, bridge, theme):
            each.deleteLater()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return ended, is_training


def _depots() -> Depots:
    """The real workstation: loaded on the opening thread, after the first paint."""
    from dockmark.ui.depots import StationDepots

    return StationDepots()


def _fill_the_screen(shell: Shell) -> None:
    """A workstation's window takes the screen; the size it falls back to is one that every screen has room for."""
    room = shell.screen().availableGeometry()
    shell.setGeometry(room)
    shell.showMaximized()


def _speak_as(chosen: str) -> None:
    """Speaks as the machine was told, as was chosen, or as the system is set; what Qt writes itself goes along."""
    told = next(wishes(os.environ))
    speak("" if os.environ.get(VARIABLE, "").strip() else chosen or ("" if told else QLocale.system().name()))
    QLocale.setDefault(QLocale(forms_here().language))


def _let_qt_speak(app: QApplication) -> QTranslator:
    """Qt's own dialogs in the language of the window."""
    translator = QTranslator(app)
    if translator.load(QLocale(), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    return translator


def _leave_on_interrupt(app: QApplication) -> None:
    """Ctrl+C and a polite kill close the window as its cross does; Python only sees them while it runs."""
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, _close_windows)
    alive = QTimer(app)
    alive.timeout.connect(_breathe)
    alive.start(400)


def _close_windows(*_what: object) -> None:
    QApplication.closeAllWindows()
    QApplication.quit()


def _breathe() -> None:
    """Nothing: lets Python look at its signals."""
