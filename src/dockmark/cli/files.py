"""`import`: files in, the list of them, and a whole file taken back."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final

import typer

from dockmark.cli import speech
from dockmark.cli.opening import opened
from dockmark.desks.importing.verdicts import ImportResult, RowVerdict
from dockmark.desks.signing import sign_in
from dockmark.ledger.ledger import Ledger
from dockmark.lookup import people
from dockmark.lookup.imports import imports
from dockmark.record.clock import as_text
from dockmark.wording import _, field_word, ngettext, row_word, visible

_SAID_EACH: Final = 10
"""So many rows of one kind are said one by one; a list that scrolls away is not read."""


def import_file(
    kind: Annotated[
        str,
        typer.Argument(help="parts partners locations orders asn expected stock recalls ranges depot; or list, undo"),
    ],
    file: Annotated[
        Path | None, typer.Argument(help="A CSV or XLSX file; for depot a folder; for undo the id of an import.")
    ] = None,
    mapping: Annotated[Path | None, typer.Option("--map", help="A file that says which column is which.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Judge every row and record nothing.")] = False,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Record the good rows, write the bad ones to a file.")
    ] = False,
    operator: Annotated[str, typer.Option(help="Who imports; else whoever worked here last.")] = "",
    reason: Annotated[str, typer.Option(help="Why an import is undone.")] = "",
) -> int:
    """Take a file in: a verdict for each row, then what was recorded. `list` shows the imports, `undo` takes one back.

    An undo withdraws what was not used since; what was used stays, and both are told. With --dry-run it only tells.
    """
    if kind == "list":
        return _list()
    if file is None:
        raise typer.BadParameter("FILE is missing")
    if kind == "events":
        from dockmark.cli.exchange import import_events

        return import_events(file)
    if kind == "undo":
        return _undo(str(file), reason, operator, dry_run=dry_run)
    return _take(kind, file, mapping, skip_bad=skip_bad, operator=operator, dry_run=dry_run)


def _take(kind: str, file: Path, mapping: Path | None, *, skip_bad: bool, operator: str, dry_run: bool) -> int:
    from dockmark.desks.importing import Importing

    rows = _Rows()
    with opened() as ledger:
        if not dry_run:
            _sign_in(ledger, operator)
        done = Importing().run(
            ledger, kind, file, mapping=mapping, dry_run=dry_run, skip_bad=skip_bad,
            on_row=rows.say,
        )  # fmt: skip
    rows.say_the_rest()
    told: dict[str, object] = {"rows": done.rows, "recorded": done.recorded, "bad": done.bad}
    if done.warnings:
        told["warnings"] = done.warnings
    if done.bad_file:
        told["bad_file"] = str(done.bad_file)
    if done.event:
        told["import"] = done.event
    speech.tell(told, "\n".join(_summary(done, dry_run=dry_run)))
    return 1 if done.refused else 0


def _summary(done: ImportResult, *, dry_run: bool) -> Iterator[str]:
    """How many rows there were, and what to do about the bad ones."""
    words = _("{rows} rows, {recorded} recorded, {bad} bad")
    yield words.format(rows=done.rows, recorded=done.recorded, bad=done.bad)
    if done.bad_file:
        yield _("The bad rows are in {file}: correct them there and import that file.").format(
            file=visible(str(done.bad_file))
        )
    elif done.bad and not dry_run:
        yield _("Nothing was recorded. Correct these rows, or take the good ones with --skip-bad.")


def _sign_in(ledger: Ledger, operator: str) -> None:
    session = ledger.session()
    who = operator or people.last_at(session, ledger.identity.station)
    session.close()
    with ledger.writing() as book:
        sign_in(book, who, "command line")


def _list() -> int:
    with opened() as ledger:
        session = ledger.session()
        found = imports(session)
        session.close()
    for it in found:
        told = {
            "import": it.id, "at": as_text(it.at), "operator": it.actor, "kind": it.kind, "file": it.file,
            "rows": it.rows, "recorded": it.recorded, "bad": it.bad, "undone": it.is_reversed,
        }  # fmt: skip
        if it.is_reversed:
            told |= {
                "reason": it.reason, "undone_by": it.reversed_by, "undone_at": as_text(it.reversed_at),
                "withdrawn": it.withdrawn,
            }  # fmt: skip
        undone = f"  undone: {visible(it.reason)}" if it.is_reversed else ""
        words = f"{it.id}  {as_text(it.at)}  {it.kind}  {visible(it.file)}  {it.recorded}/{it.rows}  {it.actor}{undone}"
        speech.tell(told, words)
    return 0


def _undo(name: str, reason: str, operator: str, *, dry_run: bool) -> int:
    from dockmark.desks.importing.undoing import plan_undo, undo_import

    with opened() as ledger:
        if dry_run:
            session = ledger.session()
            plan = plan_undo(session, name)
            session.close()
        else:
            _sign_in(ledger, operator)
            with ledger.writing() as book:
                plan = undo_import(book, name, reason)
    told = {
        "import": plan.import_id, "file": plan.file, "kind": plan.kind, "withdrawn": plan.withdrawn, "kept": plan.kept,
        "withdrawn_items": [{"kind": item.kind, "name": item.title} for item in plan.withdrawn_items],
        "kept_items": [{"kind": item.kind, "name": item.title} for item in plan.kept_items], "event": plan.event,
    }  # fmt: skip
    lines = [f"{plan.file}: {sum(plan.withdrawn.values())} withdrawn, {sum(plan.kept.values())} kept"]
    lines += [f"  - {item.kind} {visible(item.title)}" for item in plan.withdrawn_items]
    lines += [f"  + {item.kind} {visible(item.title)}" for item in plan.kept_items]
    speech.tell(told, "\n".join(lines))
    return 0


class _Rows:
    """Says the rows that somebody should look at; many of one kind in one line, where no program reads along."""

    def __init__(self) -> None:
        self._said: Counter[tuple[str, str, str]] = Counter()

    def say(self, row: RowVerdict) -> None:
        """One row: always to a program, to people while it says something new."""
        if speech.as_json:
            speech.speak_json(_row_json(row))
        elif row.verdict == "bad" or row.code:
            kind = (row.file, str(row.verdict), row.code)
            self._said[kind] += 1
            if self._said[kind] <= _SAID_EACH:
                what = f"{field_word(row.field)} {visible(row.value)}" if row.field else ""
                speech.say(f"{row.file} {row.row}: {row.verdict} {row_word(row.code)} {what}".strip())

    def say_the_rest(self) -> None:
        """How many more there were of each kind."""
        for (file, verdict, code), count in self._said.items():
            if count > _SAID_EACH:
                more = ngettext("%(count)d more row", "%(count)d more rows", count - _SAID_EACH)
                where = f"{file} " if file else ""
                speech.say(f"{where}… {more % {'count': count - _SAID_EACH}}: {verdict} {row_word(code)} (--json)")


def _row_json(row: RowVerdict) -> dict[str, object]:
    extra = {"code": row.code, "field": row.field, "value": row.value, "file": row.file}
    told: dict[str, object] = {"row": row.row, "verdict": str(row.verdict)}
    told |= {key: text for key, text in extra.items() if text}
    if row.changes:
        told["changes"] = [change._asdict() for change in row.changes]
    return told


def add_to(app: typer.Typer) -> None:
    """Adds these subcommands."""
    app.command("import")(import_file)
