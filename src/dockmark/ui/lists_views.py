"""Views of lists that the operator saved: one small file beside this station's window settings."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from dockmark.lookup.lists.filters import Query, as_json, from_json
from dockmark.lookup.lists.known import listing
from dockmark.record.refusal import Refusal

FILE: Final = "views.json"
LONGEST_NAME: Final = 60
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class View:
    """A list with its filters, order and columns, under a name."""

    name: str
    query: Query
    columns: tuple[str, ...]


def load(folder: Path) -> list[View]:
    """The views that were saved; what is spoilt, or names a column that there is not, is left out."""
    try:
        kept = json.loads((folder / FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return []
    found = [_view(each) for each in kept] if isinstance(kept, list) else []
    return sorted((view for view in found if view is not None), key=_by_name)


def keep(folder: Path, views: Sequence[View]) -> bool:
    """Keep them for the next start; false where the disk would not take them."""
    told = [told_view(view) for view in sorted(views, key=_by_name)]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside = folder / f"{FILE}.new"
        beside.write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")
        beside.replace(folder / FILE)
    except (OSError, ValueError):
        return False
    return True


def told_view(view: View) -> dict[str, Any]:
    """The view as plain values."""
    return {"name": view.name, "columns": list(view.columns), **as_json(view.query)}


def _by_name(view: View) -> tuple[str, str]:
    return view.name.casefold(), view.name


def _view(kept: Any) -> View | None:
    found = read_view(kept)
    return found if found is not None and found.name.strip() else None


def read_view(kept: Any) -> View | None:
    """The view that these values tell, perhaps without a name; None where they tell none."""
    if not isinstance(kept, dict) or not isinstance(kept.get("name"), str):
        return None
    try:
        query = from_json(kept)
        known = listing(query.list).by_key
        columns = tuple(dict.fromkeys(key for key in kept.get("columns", ()) if key in known))
    except (Refusal, TypeError):
        return None
    return View(kept["name"][:LONGEST_NAME], query, columns or listing(query.list).shown)
