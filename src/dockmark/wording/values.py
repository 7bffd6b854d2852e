"""How values stand in a sentence: visible, short, and never more than the text that they are."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from dockmark.wording.catalogue import _, forms_here, ngettext

LONGEST: Final = 60
"""Characters of one value that a sentence shows; the whole stands on the unit card and in the record."""

_LONGEST_LIST: Final = 200
_MOST_DIGITS: Final = 40
_PICTURES: Final = {code: chr(0x2400 + code) for code in range(32)} | {0x7F: "␡"}
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def visible(text: str, longest: int = LONGEST) -> str:
    """The text with control characters drawn, nothing in it that turns or hides its neighbours, cut with an "…"."""
    shown = text[: longest - 1] + "…" if len(text) > longest else text
    drawn = shown.translate(_PICTURES)
    if drawn.isascii():
        return drawn
    return "".join("�" if unicodedata.category(char) in _UNSEEN else char for char in drawn)


def shown(value: object) -> str:
    """A value as a sentence says it; empty where there is nothing to say."""
    match value:
        case str():
            return visible(value) if value.strip() else ""
        case bool():
            return _("yes") if value else _("no")
        case int():
            return str(value) if abs(value) < 10**_MOST_DIGITS else "…"
        case list() | tuple():
            return _listed([word for word in map(shown, value[:1000]) if word], len(value))
        case _:
            return ""


def _listed(words: list[str], count: int) -> str:
    """The first of them, and how many more there are."""
    told: list[str] = []
    for word in words:
        if told and sum(map(len, told)) + len(word) > _LONGEST_LIST:
            break
        told.append(word)
    rest = max(0, min(count, len(words)) - len(told))
    if not rest:
        return ", ".join(told)
    more = ngettext("{count} more", "{count} more", rest).replace("{count}", forms_here().count(rest))
    return ", ".join([*told, more])


def laid_flat(facts: Mapping[str, object]) -> dict[str, object]:
    """The facts with those of inner objects beside them, as `outer_inner`."""
    flat: dict[str, object] = {}
    for name, value in facts.items():
        if isinstance(value, Mapping):
            flat.update({f"{name}_{inner}": told for inner, told in value.items() if not isinstance(told, Mapping)})
        else:
            flat[str(name)] = value
    return flat


def counted(value: object) -> int | None:
    """The value as a count: a number, or how many a list holds."""
    if isinstance(value, list | tuple):
        return len(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def joined(sentences: Iterable[str]) -> str:
    """Sentences one after another."""
    return " ".join(sentence for sentence in sentences if sentence)
