"""`recipe`: what the symbols on a supplier's boxes mean, shown once, proven, kept, taken along."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import orjson
import typer

from dockmark.catalog.recipes import Box, NoRecipe, Recipe, as_json, failing, learn, of_json
from dockmark.cli import speech
from dockmark.cli.opening import manned
from dockmark.desks import recipes as desk
from dockmark.identifiers import Reading, Scan, read
from dockmark.lookup import people
from dockmark.lookup import recipes as kept
from dockmark.record.refusal import Refusal, Refused
from dockmark.station.station import Station


def recipe(
    act: Annotated[str, typer.Argument(help="list, learn, test, drop, export or import.")] = "list",
    name: Annotated[str, typer.Argument(help="Its name; for import, the file.")] = "",
    symbol: Annotated[
        list[str] | None, typer.Option(help="meaning=scan, once for each symbol of the box; without meaning for test.")
    ] = None,
    supplier: Annotated[str, typer.Option(help="Whose boxes they are.")] = "",
    part: Annotated[str, typer.Option(help="The part, where the boxes are of one.")] = "",
    output: Annotated[Path | None, typer.Option("-o", help="The file to export to.")] = None,
    reason: Annotated[str, typer.Option(help="Why it is dropped.")] = "",
    operator: Annotated[str, typer.Option(help="Who does it; else whoever worked here last.")] = "",
) -> int:
    """Show, learn, try out or take along what the symbols on a supplier's boxes mean."""
    shown = symbol or []
    with manned(spooling=False) as station:
        match act:
            case "list":
                for each in station.ask(kept.recipes).result():
                    _tell(each.recipe)
            case "learn":
                made = _made(name, [_meant(each) for each in shown], supplier, part)
                _tell(_kept(station, operator, made))
            case "import":
                _tell(_kept(station, operator, _of_file(Path(name))))
            case "export":
                _export(_named(station, name), output)
            case "test":
                return _test(_named(station, name), shown)
            case "drop":
                _sign_in(station, operator)
                _tell(station.bench(lambda book: desk.drop(book, name, reason)).result())
            case _:
                raise Refusal(Refused.BAD_VALUE, field="recipe", value=act[:40])
    return 0


def _kept(station: Station, operator: str, made: Recipe) -> Recipe:
    _sign_in(station, operator)
    return station.bench(lambda book: desk.keep(book, made)).result()


def _sign_in(station: Station, operator: str) -> None:
    who = operator or station.ask(lambda session: people.last_at(session, station.ledger.identity.station)).result()
    station.sign_in(who, "command line").result()


def _named(station: Station, name: str) -> Recipe:
    found = station.ask(lambda session: kept.named(session, name)).result()
    if found is None:
        raise Refusal(Refused.BAD_VALUE, field="recipe", value=name[:60])
    return found.recipe


def _reading(text: str) -> Reading:
    found = read(Scan.of_text(text), today=datetime.now(UTC).date())
    if not isinstance(found, Reading):
        raise Refusal(Refused.BAD_VALUE, field="symbol", value=text[:60])
    return found


def _meant(text: str) -> tuple[str, str]:
    meaning, sign, scan = text.partition("=")
    if not sign:
        raise Refusal(Refused.BAD_VALUE, field="symbol", value=text[:60])
    return meaning.strip(), scan


def _made(name: str, shown: Sequence[tuple[str, str]], supplier: str, part: str) -> Recipe:
    try:
        return learn(name, [(_reading(scan), meaning) for meaning, scan in shown], supplier, part)
    except NoRecipe as no:
        value = f"{shown[no.at][0]}={shown[no.at][1]}" if 0 <= no.at < len(shown) else name
        raise Refusal(Refused.BAD_VALUE, field="symbol", value=value[:60], why=no.fault.value) from no


def _of_file(file: Path) -> Recipe:
    """The recipe of a file, proven on its own example before it is used."""
    try:
        made = of_json(orjson.loads(file.read_bytes()))
    except (OSError, orjson.JSONDecodeError, NoRecipe) as error:
        raise Refusal(Refused.BAD_FILE, file=file.name, why="not_recipe") from error
    if failing(made, [_shown(each) for each in made.example]) is not None:
        raise Refusal(Refused.BAD_FILE, file=file.name, why="not_recipe")
    return made


def _shown(example: tuple[str, str]) -> Reading:
    """A symbol of the example, as it was shown."""
    symbology, text = example
    found = read(Scan.of_text(text, symbology=symbology), today=datetime.now(UTC).date())
    if not isinstance(found, Reading):
        raise Refusal(Refused.BAD_VALUE, field="symbol", value=text[:60])
    return found


def _export(found: Recipe, output: Path | None) -> None:
    if output is None:
        raise Refusal(Refused.BAD_VALUE, field="file", value="")
    try:
        output.write_bytes(orjson.dumps(as_json(found), option=orjson.OPT_INDENT_2))
    except OSError as error:
        raise Refusal(Refused.BAD_FILE, file=output.name, why=error.strerror or "") from error
    _tell(found)


def _test(found: Recipe, scans: Sequence[str]) -> int:
    """Take these scans as one box; 0 when each of them was the right one."""
    box, is_right = Box(found), True
    for text in scans:
        taken = box.take(_reading(text))
        wanted = list(taken.wanted)
        if isinstance(taken, Box):
            box = taken
            slot = found.slot_of(_reading(text))
            meaning = slot.meaning if slot is not None else ""
            told = {"symbol": text, "right": True, "meaning": meaning, "value": box.told[meaning], "wanted": wanted}
            speech.tell(told, f"{meaning}: {box.told[meaning]}")
        else:
            is_right = False
            speech.tell({"symbol": text, "right": False, "meaning": taken.found, "wanted": wanted}, f"{text}: {wanted}")
    return 0 if is_right else 1


def _tell(each: Recipe) -> None:
    meanings = [slot.meaning for slot in each.slots]
    told = {"name": each.name, "supplier": each.supplier, "part": each.part, "version": each.version}
    speech.tell({**told, "symbols": meanings}, f"{each.name}  {each.supplier}  {each.version}  {', '.join(meanings)}")


def add_to(app: typer.Typer) -> None:
    """Adds this subcommand."""
    app.command()(recipe)
