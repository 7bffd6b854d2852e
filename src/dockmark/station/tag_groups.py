"""Symbols that a face adds to the command sheet: what the window can do, which no floor below it knows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TagLine:
    """One symbol: the word that its command tag carries, what it does, and by which key or where."""

    word: str
    says: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class TagGroup:
    """Symbols under one heading, and what is said below it."""

    heading: str
    lines: tuple[TagLine, ...]
    says: str = ""
