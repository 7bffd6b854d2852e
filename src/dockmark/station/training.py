"""The practice depot: a sample depot in a folder of its own beside the real one, where nothing is real."""

import os
import shutil
from pathlib import Path
from typing import Final

from dockmark.database.engine import FILE
from dockmark.record.refusal import Refusal, Refused
from dockmark.station.folders import state_folder
from dockmark.wording import _

SUFFIX: Final = "-training"
MARK: Final = "TRAINING.txt"
"""The file that says what a practice depot is, to this program and to whoever looks into the folder."""
PRINTS: Final = "prints"
"""Folder of the practice depot where everything printed comes out."""


def training_folder(data: Path) -> Path:
    """Where the practice depot of that data folder lies: beside it, or among this station's state where that is no
    place to write. The practice depot of a practice depot is itself. Opens nothing in either folder."""
    whole = data.expanduser().absolute()
    if is_training(whole):
        return whole
    beside = whole.with_name(f"{whole.name}{SUFFIX}")
    if is_training(beside) or _may_write(whole.parent):
        return beside
    return state_folder() / f"{whole.name}{SUFFIX}"


def is_training(folder: Path) -> bool:
    """Whether this is a practice depot: the mark lies in the folder and goes where it goes."""
    return (folder / MARK).is_file()


def make_training(data: Path) -> Path:
    """The practice depot of that data folder, made on first use; returns its folder. The real one is not opened."""
    folder = training_folder(data)
    if is_training(folder) and (folder / FILE).is_file():
        return folder
    if folder.exists() and any(folder.iterdir()) and not is_training(folder):
        # Somebody's own folder happens to be called so: it must never be taken for practice, nor be reset.
        raise Refusal(Refused.LEDGER_EXISTS, folder=str(folder))
    _make(folder)
    return folder


def reset_training(data: Path) -> Path:
    """A fresh practice depot; what was practised is gone. Refuses to touch a folder that is not one."""
    folder = training_folder(data)
    if is_training(folder):
        # Moved away first: a half-deleted depot must never be opened.
        gone = folder.with_name(f"{folder.name}.gone")
        shutil.rmtree(gone, ignore_errors=True)
        folder.replace(gone)
        shutil.rmtree(gone, ignore_errors=True)
    return make_training(data)


def _make(folder: Path) -> None:
    """Makes it aside and moves it into place whole: what was interrupted is never opened."""
    from dockmark.station.demo import make_demo

    aside = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(aside, ignore_errors=True)
    make_demo(aside)
    (aside / PRINTS).mkdir()
    (aside / MARK).write_text(
        _("This is the practice depot of Dockmark. Nothing in it is real, and it may be deleted at any time.") + "\n",
        "utf-8",
    )
    if folder.exists():
        shutil.rmtree(folder)
    aside.replace(folder)


def _may_write(folder: Path) -> bool:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return os.access(folder, os.W_OK)
