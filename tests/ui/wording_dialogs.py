"""What the tour of the window opens besides its pages: dialogs that need something to have happened first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton

from dockmark.custody.reasons import Reason
from dockmark.identifiers.reading import TagKind
from dockmark.identifiers.tags import Command, command_tag, tag
from dockmark.people.signatures import Meaning
from dockmark.ui.master_dialogs import UnsavedDialog, WithdrawDialog
from dockmark.ui.sign_in_dialog import SignInCover, SignInDialog
from dockmark.ui.signature_dialog import SignatureDialog
from dockmark.ui.simulated_scanner import samples
from dockmark.wording import statement

if TYPE_CHECKING:
    from .wording_walk import Walk

FILE = "PART_NUMBER,DESCRIPTION,TRACKING\nTC-PSU-48,Power supply 48 V,SERIAL\nAB-1,,SERIAL\n,PUMP,SERIAL\n"
"""A row that is known, one that is new, and one that nothing can be made of."""
IN_FILE = frozenset({"PART_NUMBER", "DESCRIPTION", "TRACKING", "SERIAL", "PUMP"})
"""What stands in it, in capitals: no word of the window looks so."""


def card(tour: Walk, folder: Path) -> None:
    """What leads on from the card: an entry, a photo, and a unit that looks like another."""
    studio, pages = tour.studio, tour.studio.shell.pages
    assert pages is not None
    studio.open("receiving")
    alike = next(sample.raw for sample in samples() if "O12O4" in sample.raw)
    studio.scan(alike.replace("O12O4", "01204"))
    studio.scan(alike)
    while pages.receiving.view.refusal is not None:  # it looks like another, and is not on the ASN
        studio.scan(command_tag(Command.ACCEPT))
        studio.scan(tag(TagKind.REASON, Reason.INSPECTED))
    tour.look("accepted although it looks like another")
    acts = pages.card.acts
    picture = folder / "photo.png"
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    assert image.save(str(picture))
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(picture))])
    acts.take(files)
    studio.until(lambda: acts.shown is not None and bool(acts.shown.files))
    tour.look("a unit with a photo")
    assert acts.shown is not None
    acts.open_entry(acts.shown.timeline.entries[0])
    tour.dialog("entry")
    acts.open_file(acts.shown.files[0])
    tour.dialog("photo")
    acts.show_beside()
    tour.dialog("beside")


def questions(tour: Walk) -> None:
    """Dialogs that ask for a person, or what shall become of what was written."""
    shell = tour.studio.shell
    sign_in = SignInDialog(shell)
    signature = SignatureDialog(
        shell,
        statement(Meaning.RELEASE, {"part": "TC-PSU-48", "serial": "AMP48-01201"}),
        {"ben": "Ben Okafor"},
        ["anna"],
    )
    for name, dialog in (
        ("sign in", sign_in),
        ("signature", signature),
        ("unsaved", UnsavedDialog(shell, "TC-PSU-48")),
        ("will not come", WithdrawDialog(shell, "PO-4711", ["1"])),
    ):
        ask = getattr(dialog, "ask", dialog.open)
        ask()
        tour.dialog(name)
    cover = SignInCover(shell)
    cover.lie(True)
    tour.look("sign in to go on")
    cover.lie(False)
    cover.deleteLater()


def importing(tour: Walk, folder: Path) -> None:
    """A file from its columns to what became of it, and back again."""
    studio = tour.studio
    file = folder / "parts.csv"
    file.write_text(FILE, "utf-8")
    studio.shell.open_page("import", str(file))
    onward = studio.widget("importNextButton")
    studio.until(lambda: onward.isVisible() and onward.isEnabled())
    tour.look("import, columns")
    press(tour, "importNextButton")
    good = studio.widget("importGoodOnlyButton")
    studio.until(lambda: good.isVisible() and good.isEnabled())
    tour.look("import, check")
    press(tour, "importGoodOnlyButton")
    undo = studio.widget("importResultUndoButton")
    studio.until(lambda: undo.isVisible() and undo.isEnabled())
    tour.look("import, done")
    press(tour, "importResultUndoButton")
    tour.dialog("undo an import")


def press(tour: Walk, name: str) -> None:
    """Press that button, and wait for what it asked."""
    button = tour.studio.widget(name)
    assert isinstance(button, QAbstractButton) and button.isEnabled(), name
    button.click()
    tour.studio.settle()
