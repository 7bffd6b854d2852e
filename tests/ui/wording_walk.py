"""`python -m tests.ui.wording_walk LANGUAGE [--pictures DIR]`: the real window, walked in one language.

Everything that is opened is read: in the pseudo-locale for words that no catalogue said, in each language for words
that are cut. What was found is written to standard output, one line a fault, as JSON. Screen and scale are those of
the environment.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import socket
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from dockmark.custody.reasons import Reason
from dockmark.identifiers.reading import TagKind
from dockmark.identifiers.tags import Command, command_tag, tag
from dockmark.packed import packed
from dockmark.station.language import speak
from dockmark.ui.late import LATE
from dockmark.ui.mnemonics import plain
from dockmark.ui.simulated_scanner import samples
from dockmark.ui.theme import Appearance
from dockmark.ui.words import seen
from dockmark.wording import Forms, in_force, use

from ..screens.__main__ import Studio
from ..wording.pseudo import Pseudo, pseudo
from . import wording_dialogs
from .audit import faults
from .pixel_eye import PixelEye
from .wording_eye import Untold, cuts, texts

# Names that are the same in every language: of the product, of its formats, of standards, of languages themselves.
_OF_FORMATS = "PDF ZPL CSV XLSX JSON JSONL USB TCP AIM UTC pdf usb tcp lp csv xlsx png CR LF TAB ETX GS RS US FS EOT"
_OF_STANDARDS = "GTIN SSCC GLN UII CAGE DUNS ASN SN EUR USD Letter mil Hz kg mm"
_OF_LANGUAGES = "English Deutsch Español"
NAMES = frozenset(f"Dockmark {_OF_FORMATS} {_OF_STANDARDS} {_OF_LANGUAGES}".split())
"""Whatever else is the same in all languages is data."""
_LEADS_OUT = "Ctrl_Shift_T Esc Alt_M Ctrl_Shift_A Ctrl_O Ctrl_Shift_O"
UNTOUCHED = frozenset(f"action_{key}" for key in _LEADS_OUT.split())
"""What they do leads out of the window: to a file dialog of Qt, to another program, or to another ledger."""


class QtPseudo(QTranslator):
    """Qt's own words in the pseudo-locale, so that what is missing of them is seen too."""

    def translate(self, _context: str, text: str, _disambiguation: str | None = None, _n: int = -1) -> str:
        return pseudo(text)

    def isEmpty(self) -> bool:
        return False


class Walk:
    """Goes from screen to screen of the window and writes down what is wrong."""

    def __init__(self, studio: Studio, untold: Untold | None, is_ours: Callable[[str], bool], photos: Path | None):
        self.studio = studio
        self._untold = untold
        self._is_ours = is_ours
        self._photos = photos
        self.pixels: PixelEye | None = None
        """Looks whether everything can be heard, reached, hit and read, where that was asked for."""
        self.faults: dict[str, list[str]] = {}
        self.seen: list[str] = []

    def look(self, name: str, root: QWidget | None = None) -> None:
        """Read what stands there now."""
        self.studio.settle()
        window = root or self.studio.shell
        self.seen.append(name)
        if self._untold is not None:
            for where, text in texts(window):
                if words := self._untold.of(text):
                    self._note(f"not translated: {' '.join(words)!r} in the {where}: {text[:90]!r}", name)
        if isinstance(window, QFileDialog):
            return  # of Qt, and shown only where the system has none
        for cut in cuts(window, self._is_ours):
            self._note(f"cut: {cut}", name)
        if self.pixels is not None:
            for fault in (*faults(window), *self.pixels.faults(window)):
                self._note(fault, name)
        if self._photos is not None:
            file = name.replace("/", "-").replace(" ", "-")
            window.grab().save(str(self._photos / f"{len(self.seen):03}-{file}.png"))

    def _note(self, fault: str, name: str) -> None:
        self.faults.setdefault(fault, []).append(name)

    def page(self, name: str, what: str = "") -> None:
        """Open a page, read it, and open every dialog that it leads to."""
        self.studio.open(name, what)
        self.look(f"{name} {what}".strip())

    def works(self, home: QWidget, back: Callable[[], None]) -> None:
        """Do everything that can be done there, and read the dialogs that come up."""
        for action in list(home.actions()):
            if action.isEnabled() and action.text() and action.objectName() not in UNTOUCHED:
                self.work(action)
                back()

    def work(self, action: QAction) -> None:
        """Do it; where a dialog comes up, read it and leave it."""
        name = plain(action.text()).strip("⟦⟧· ")[:40]
        action.trigger()
        self.studio.settle()
        for depth in range(4):
            dialog = QApplication.activeModalWidget() or QApplication.activePopupWidget()
            if dialog is None:
                return
            self.look(f"{action.objectName()} {name} {depth or ''}".strip(), dialog)
            self._leave(dialog)
        raise AssertionError(f"{action.objectName()} does not come to an end")

    def dialog(self, name: str) -> None:
        """Read the dialog that comes up, and leave it."""
        shown: list[QWidget] = []

        def came() -> bool:
            shown[:] = [each for each in (QApplication.activeModalWidget(),) if each is not None]
            return bool(shown)

        self.studio.until(came)
        self.look(name, shown[0])
        self._leave(shown[0])

    def _leave(self, dialog: QWidget) -> None:
        if isinstance(dialog, QMenu):
            dialog.close()
        else:
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
        self.studio.until(lambda: dialog not in (QApplication.activeModalWidget(), QApplication.activePopupWidget()))
        self.studio.settle()


def walk(tour: Walk, folder: Path) -> None:
    """The whole window."""
    studio = tour.studio
    pages = studio.shell.pages
    assert pages is not None
    tour.look("first run")
    pages.first_run.demo.click()
    studio.until(lambda: pages.current == "receiving")
    tour.look("practice scanner")
    pages.simulated.hide()
    pages.step_back()
    tour.look("receiving, nothing open")
    _deliver(tour)
    _desks(tour)
    wording_dialogs.card(tour, folder)
    _pages(tour)
    wording_dialogs.questions(tour)
    wording_dialogs.importing(tour, folder)


def _deliver(tour: Walk) -> None:
    """The sample delivery with all the trouble that lies in it."""
    studio, pages = tour.studio, tour.studio.shell.pages
    assert pages is not None
    studio.scan(tag(TagKind.PLACE, "A01"))
    words: set[str] = set()
    for sample in samples():
        if not sample.raw.startswith(("]C1", "]d2", "]d1", "]Q", "]A", "]E")) and "DM" in sample.raw[:4]:
            break  # commands and reasons come after the delivery
        studio.scan(sample.raw)
        word = studio.shell.strip.word.text()
        if word not in words:
            words.add(word)
            tour.look(f"scanned {len(words)}")
        if pages.receiving.view.refusal is not None:
            tour.look("refused")
            studio.scan(command_tag(Command.ACCEPT))
            tour.look("reasons")
            studio.scan(command_tag(Command.SKIP))


def _desks(tour: Walk) -> None:
    studio, pages = tour.studio, tour.studio.shell.pages
    assert pages is not None
    studio.scan(samples()[1].raw)
    tour.look("refused, as already here")
    studio.scan(command_tag(Command.SKIP))
    tour.works(pages.receiving, lambda: studio.open("receiving"))
    tour.works(pages.card, lambda: studio.open("receiving"))
    studio.open("holds")
    tour.look("holds")
    studio.scan(samples()[1].raw)
    tour.look("a unit at the holds")
    tour.works(pages.holding, lambda: studio.open("holds"))


def _pages(tour: Walk) -> None:
    studio, pages = tour.studio, tour.studio.shell.pages
    assert pages is not None
    for name in dict.fromkeys([*studio.shell.rail.buttons, *LATE]):
        if name in ("receiving", "holds", "card", "simulated", "keys", "menu"):
            continue
        tour.page(name)
        page = pages.late(name)
        if page is not None:
            for home in [page, *page.findChildren(QWidget)]:
                if any(isinstance(each, QAction) for each in home.actions()):
                    tour.works(home, lambda name=name: studio.open(name))
    for what in ("part", "partner", "place", "order", "operator"):
        tour.page("master", what)
    for what in ("units", "receipts", "orders", "asns", "holds", "parts", "partners", "places"):
        tour.page("lists", what)
    for action in studio.shell.actions():
        if action.objectName() in ("action_F1", "action_Alt_M"):
            tour.work(action)


def phrases() -> set[str]:
    """What the sample depot holds: names, descriptions, captions."""
    found = {"anna", "Anna Almqvist", "ben", "Ben Okafor", "carla", "Carla Weiss", "A-01"}
    found |= {socket.gethostname(), tempfile.gettempdir()}
    folder = packed("sample-depot")
    for entry in folder.iterdir():
        if entry.name.endswith(".csv"):
            found.add(entry.name)
            rows = csv.DictReader(entry.read_text("utf-8").splitlines())
            found |= {value for row in rows for key, value in row.items() if value and key not in _CODED}
    for line in packed("sample-depot", "delivery.jsonl").read_text("utf-8").splitlines():
        sample = json.loads(line)
        found |= {sample["raw"], seen(sample["raw"])} | (
            {sample["caption"]} if sample["group"] == "delivery" else set()
        )
    found |= {tag(TagKind.REASON, reason) for reason in Reason}
    return {each for each in found | wording_dialogs.IN_FILE if len(each) > 1}


def countries() -> set[str]:
    """The countries of the sample's partners, which stand there as ISO 3166 has them."""
    rows = csv.DictReader(packed("sample-depot", "partners.csv").read_text("utf-8").splitlines())
    return {row["country"] for row in rows}


_CODED = ("kind", "condition", "tracking", "approved", "requires_approved_supplier", "requires_certificate", "country")
"""Columns of the sample that hold codes: the window has words for them."""


def _screen(size: str) -> dict[str, str | int]:
    """A screen of so many pixels. The smallest that the window is made for is 1366x768."""
    width, height = map(int, size.split("x"))
    return {
        "name": "one", "x": 0, "y": 0, "width": width, "height": height,
        "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1,
    }  # fmt: skip


def main(given: Iterable[str]) -> int:
    """Walk once, and tell what was found."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("language")
    asked.add_argument("--pictures", type=Path)
    asked.add_argument("--text-percent", type=int, default=100)
    asked.add_argument("--screen", default="1366x768")
    asked.add_argument("--dark", action="store_true")
    asked.add_argument("--audit", action="store_true")
    told = asked.parse_args(list(given))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["DOCKMARK_STATE"] = str(folder / "state")
        if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
            screen = folder / "screen.json"
            screen.write_text(json.dumps({"screens": [_screen(told.screen)]}), "utf-8")
            os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screen}"
        app = QApplication([])
        app.setApplicationName("Dockmark")
        untold, is_ours = _speak(app, told.language, str(folder))
        if told.pictures is not None:
            told.pictures.mkdir(parents=True, exist_ok=True)
        studio = Studio(app, folder, folder / "out", Appearance.DARK if told.dark else Appearance.LIGHT)
        studio.theme.write(told.text_percent)
        tour = Walk(studio, untold, is_ours, told.pictures)
        tour.pixels = PixelEye() if told.audit else None
        try:
            walk(tour, folder)
        finally:
            studio.conductor.close()
        for fault, on in tour.faults.items():
            print(json.dumps({"fault": fault, "on": list(dict.fromkeys(on))[:4]}, ensure_ascii=False))
        print(json.dumps({"screens": len(tour.seen)}))
    return 0


def _speak(app: QApplication, language: str, folder: str) -> tuple[Untold | None, Callable[[str], bool]]:
    if language == "pseudo":
        use(Pseudo(), Forms("xx"))
        # A language without a Latin letter in its days, months and numbers: one that stands there was not asked for.
        QLocale.setDefault(QLocale("ja_JP"))
        translator: QTranslator = QtPseudo(app)
        app.installTranslator(translator)
        return Untold(
            phrases(), NAMES | countries(), {folder, str(Path.cwd()), str(Path.home())}
        ), lambda text: "⟦" in text and "⟧ ⟦" not in text
    speak(language)
    translations = in_force()[0]
    QLocale.setDefault(QLocale(language))
    translator = QTranslator(app)
    translator.load(QLocale(), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    app.installTranslator(translator)
    said: set[str] = {text for text in getattr(translations, "_catalog", {}).values() if isinstance(text, str)}
    return None, lambda text: text in said


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
