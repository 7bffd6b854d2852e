"""`verify`, `rebuild`, `checkpoint`, `key`: care of the ledger."""

import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from dockmark.cli import speech
from dockmark.cli.opening import opened
from dockmark.ledger.checkpoints import make_checkpoint
from dockmark.ledger.rebuild import rebuild as rebuild_tables
from dockmark.ledger.station_keys import station_keys
from dockmark.ledger.verify import Soundness
from dockmark.ledger.verify import verify as verify_ledger
from dockmark.record.clock import as_text
from dockmark.record.refusal import Refusal, Refused
from dockmark.station.folders import data_folder
from dockmark.station.genuine import ALTERED, GENUINE, NOT_OURS, judge_document
from dockmark.station.setup import adopt_ledger
from dockmark.wording import _, ngettext, sentence, visible
from dockmark.wording.told import lines_told

_EXIT = {Soundness.SOUND: 0, Soundness.NOT_WITNESSED: 0, Soundness.BROKEN: 1, Soundness.NOT_CHECKED: 3}


def verify(
    quick: Annotated[bool, typer.Option(help="Hashes and chains only.")] = False,
    given: Annotated[
        list[str] | None,
        typer.Option("--checkpoint", help="A checkpoint from paper, as typed or scanned. May be said more than once."),
    ] = None,
) -> int:
    """Prove the ledger: bytes, hashes, chains, signatures, witnesses, people, files, and the tables folded from it."""
    with opened() as ledger:
        progress = _Progress()
        found = verify_ledger(ledger, progress.tell, quick=quick, given=given or (), data=data_folder())
    told = {key: value for key, value in asdict(found).items() if value not in ("", {}, [])}
    place = found.at
    words = sentence(f"verify_{found.result.value}", {"events": found.events, "since": found.since, **place})
    speech.tell({"result": found.result.value, "events": found.events} | told, words)
    return _EXIT[found.result]


class _Progress:
    """Says on standard error how far a long check is, at most once a second."""

    def __init__(self) -> None:
        self._told = time.monotonic()

    def tell(self, done: int, total: int) -> None:
        """So many of so many."""
        if not speech.as_json and time.monotonic() - self._told >= 1:
            self._told = time.monotonic()
            speech.say(f"{done} / {total}")


def rebuild() -> int:
    """Make every table anew from the events."""

    def progress(done: int, total: int) -> None:
        if not speech.as_json:
            speech.say(f"{done} / {total}")

    with opened() as ledger:
        events = rebuild_tables(ledger, progress)
    speech.tell(
        {"result": "rebuilt", "events": events},
        ngettext("{count} event", "{count} events", events).format(count=events),
    )
    return 0


def checkpoint() -> int:
    """Make a checkpoint over everything known here, and print what paper would carry."""
    with opened() as ledger:
        made = make_checkpoint(ledger)
    speech.tell(
        {"maker": made.maker, "number": made.number, "time": made.time, "note": made.note, "events": made.events,
         "text": made.text},
        made.text,
    )  # fmt: skip
    return 0


def key(
    act: Annotated[
        str, typer.Argument(help="show, list, or adopt a copied or restored folder as a new station.")
    ] = "show",
) -> int:
    """Show this station's key and whether this folder is the one that it belongs to."""
    if act == "list":
        return _list_keys()
    if act not in ("show", "adopt"):
        raise Refusal(Refused.BAD_VALUE, field="key", value=act[:40])
    if act == "adopt":
        adopt_ledger(data_folder()).close()
    with opened() as ledger:
        identity = ledger.identity
        session = ledger.session()
        public = session.value("SELECT public_key FROM stations WHERE id = ?", (identity.station,), "")
        session.close()
    told = {
        "station": identity.station, "ledger": identity.ledger, "name": identity.name, "public_key": public,
        "custody": identity.custody.value,
    }  # fmt: skip
    speech.tell(told, "\n".join(lines_told(told)))
    return 0


def _list_keys() -> int:
    with opened() as ledger:
        own = ledger.identity.station
        session = ledger.session()
        found = station_keys(session)
        session.close()
    for it in found:
        told = {
            "station": it.station, "name": it.name, "public_key": it.public_key, "state": it.state,
            "own": it.station == own, "events": it.last_seq, "enrolled": as_text(it.enrolled_at),
            "replaces": it.replaces,
        }  # fmt: skip
        speech.tell(told, f"{it.station}  {visible(it.name)}  {it.state}  {it.last_seq}  {it.public_key}")
    return 0


def check_document(
    file: Annotated[Path, typer.Argument(help="A paper or file, as it came back from outside.")],
) -> int:
    """Is this file, byte for byte, one that the ledger names? 0 genuine, 1 altered or not ours."""
    with opened() as ledger:
        session = ledger.session()
        found = judge_document(session, file)
        session.close()
    told = {name: value for name, value in asdict(found).items() if value}
    words = {
        GENUINE: _("Genuine: it is, byte for byte, what the ledger names."),
        ALTERED: _("Altered: a paper of this number was made here, and this file is not it."),
        NOT_OURS: _("Not ours: no event of this ledger names it."),
    }
    lines = [words[found.result], *(f"{name}: {visible(str(value))}" for name, value in told.items())]
    speech.tell(told, "\n".join(lines))
    return 0 if found.result == GENUINE else 1


def add_to(app: typer.Typer) -> None:
    """Adds these subcommands."""
    for act in (verify, rebuild, checkpoint, key):
        app.command()(act)
    app.command("check-document")(check_document)
