"""The way in: options that may stand anywhere, then the subcommand, or the window."""

import os
import sys
from pathlib import Path
from typing import Final

from dockmark import __version__
from dockmark.station.folders import DATA
from dockmark.station.language import speak

TRAINING: Final = "--training"
"""May stand anywhere as well: the window or the command works with the practice depot."""


def run(arguments: list[str]) -> int:
    """Runs one command; returns its exit code: 0 done, 1 refused or failed, 2 wrong usage."""
    # What a command says is loaded for a command only: the window says it otherwise, and wants to be there at once.
    speak()
    rest = _common([word for word in arguments if word != TRAINING])
    training = TRAINING in arguments
    if rest is None:
        sys.stderr.write("--data wants the name of a folder\n")
        return 2
    if rest in (["--version"], ["version"]):
        sys.stdout.write(f"Dockmark {__version__}\n")
        return 0
    if not rest:
        return _window(training=training)
    return _command(rest, training=training)


def _common(arguments: list[str]) -> list[str] | None:
    """Takes `--data DIR` and `--json` out, wherever they stand; None where the folder is missing."""
    rest: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--":
            return [*rest, word, *words]
        if word == "--json":
            from dockmark.cli import speech

            speech.as_json = True
        elif word == "--data":
            folder = next(words, None)
            if folder is None:
                return None
            os.environ[DATA] = folder
        elif word.startswith("--data="):
            os.environ[DATA] = word.removeprefix("--data=")
        else:
            rest.append(word)
    return rest


def _window(*, training: bool) -> int:
    # The window and its toolkit are loaded only where somebody wants to see them.
    from importlib import import_module

    start = import_module("dockmark.ui.start")
    return int(start.main(None, training=training))


def _practice() -> Path:
    """The practice depot of the data folder, made where there is none yet."""
    from dockmark.station.folders import data_folder
    from dockmark.station.training import make_training

    return make_training(data_folder())


def _command(rest: list[str], *, training: bool) -> int:
    import sqlite3

    from typer.exceptions import Abort, Exit, TyperException

    from dockmark.cli import speech
    from dockmark.cli.app import app
    from dockmark.record.refusal import Conflict, Refusal, Refused

    try:
        if training:
            os.environ[DATA] = str(_practice())
        done = app(rest, standalone_mode=False)
        return int(done) if isinstance(done, int) else 0
    except Refusal as no:
        return speech.refused(no)
    except Conflict as busy:
        return speech.refused(Refusal(Refused.BUSY, detail=str(busy)))
    except Exit as ended:
        return int(ended.exit_code)
    except Abort:
        return 1
    except TyperException as wrong:
        speech.say(str(wrong))
        return 2
    except sqlite3.DatabaseError as damaged:
        return _damaged(damaged)
    except BrokenPipeError:
        # Whoever read our answers has gone; there is nobody to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as trouble:  # the border of the program: whatever nobody foresaw is written down
        return _failed(trouble)


def _damaged(fault: Exception) -> int:
    """The file of the ledger is none, or is not whole: that is no fault of the program."""
    from dockmark.cli import speech
    from dockmark.record.refusal import Refusal, Refused
    from dockmark.station.folders import data_folder

    text = str(fault)
    if "not a database" in text:
        return speech.refused(Refusal(Refused.NOT_A_LEDGER, file=str(data_folder())))
    if "malformed" in text or "corrupt" in text:
        return speech.refused(Refusal(Refused.LEDGER_DAMAGED, detail=text[:200]))
    return _failed(fault)


def _failed(trouble: Exception) -> int:
    """Writes an unexpected fault down, and says where."""
    from dockmark.cli import speech
    from dockmark.station.faults import FAULTS
    from dockmark.station.folders import state_folder
    from dockmark.station.logs import begin_log
    from dockmark.wording import _

    folder = begin_log(state_folder())
    fault = FAULTS.take(trouble, "command line")
    words = _("Something went wrong inside Dockmark ({what}). It was written down in {folder}.")
    speech.say(words.format(what=fault.kind, folder=folder or "-"))
    return 1
