"""Everything that the window can do, put in groups: for the list on F1 and for the printed command sheet."""

from collections.abc import Iterable, Iterator
from typing import Final

from dockmark.identifiers.window_tags import wanted, work_word
from dockmark.station.tag_groups import TagGroup, TagLine
from dockmark.ui.deeds import UNIT, WINDOW, Deed
from dockmark.ui.dialog_keys import dialog_keys
from dockmark.ui.ways import key_words
from dockmark.ui.words import _

DESKS: Final = ("receiving", "holds")


def sheet_groups(found: Iterable[Deed], desk: str) -> tuple[TagGroup, ...]:
    """What stands on the sheet of that desk beside its own commands: of the other desks nothing but the way there."""
    shown = [deed for deed in found if deed.home not in DESKS or deed.home == desk]
    ways = [deed for deed in shown if _is_way(deed)]
    rest = [deed for deed in shown if not _is_way(deed) and wanted(deed.word) is not None]
    made = [_group(_("Where to go"), ways)]
    for home in _in_order(rest, desk):
        made.append(_group(home_words(home), [deed for deed in rest if deed.home == home]))
    return (*(group for group in made if group.lines), in_dialogs())


def in_dialogs() -> TagGroup:
    """What can be done in dialogs; each of these works while its dialog is open."""
    says = _("While a dialog is open. ENTER presses its main button, SKIP closes it.")
    lines = [
        TagLine("ENTER", _("The main button"), _("of every dialog")),
        TagLine("SKIP", _("Close the dialog"), _("and change nothing")),
    ]
    for each in dialog_keys():
        lines += [
            TagLine(work_word(each.name, key), words, f"{each.title} · {key_words(key)}") for key, words in each.keys
        ]
    return TagGroup(_("In dialogs"), tuple(lines), says)


def home_words(home: str) -> str:
    """What a home of works is called."""
    words = {
        WINDOW: _("Everywhere"),
        UNIT: _("The unit on the card"),
        "receiving": _("Receiving"),
        "holds": _("Holds"),
        "search": _("Find"),
        "spool": _("Labels"),
        "lists": _("Lists"),
        "import": _("Import"),
        "master": _("Master data"),
        "settings": _("Settings"),
    }
    return words.get(home, home.replace("_", " ").capitalize())


def _is_way(deed: Deed) -> bool:
    want = wanted(deed.word)
    return (want is not None and not want.key) or (deed.home == WINDOW and deed.word.lower() in DESKS)


def _in_order(found: list[Deed], desk: str) -> Iterator[str]:
    homes = list(dict.fromkeys(deed.home for deed in found))
    first = [home for home in (WINDOW, desk, UNIT, "spool", "lists", "master", "import") if home in homes]
    yield from first
    yield from (home for home in homes if home not in first)


def _group(heading: str, found: list[Deed]) -> TagGroup:
    return TagGroup(heading, tuple(TagLine(deed.word, deed.says, key_words(deed.key)) for deed in found))
