"""A reading in the making: fields are put in one by one, the first value of a field stays."""

from typing import Any

from .reading import Reading, Scan, Scheme, Warn


class Draft:
    """Collects what a string says until all of it is known."""

    __slots__ = ("internal", "marks", "values", "warned")

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.marks: dict[str, str] = {}
        self.internal: dict[str, str] = {}
        self.warned: list[Warn] = []

    def put(self, name: str, value: str | int | None) -> None:
        """Set a field unless it is set already."""
        if value is not None and value != "":
            self.values.setdefault(name, value)

    def warn(self, warn: Warn) -> None:
        """Note a warning, once."""
        if warn not in self.warned:
            self.warned.append(warn)

    def take(self, other: "Draft") -> None:
        """Add what another part of the same label says."""
        for name, value in other.values.items():
            if self.values.setdefault(name, value) != value:
                self.warn(Warn.AMBIGUOUS)
        for code, value in other.marks.items():
            self.marks.setdefault(code, value)
        self.internal.update(other.internal)
        for warn in other.warned:
            self.warn(warn)

    def reading(
        self,
        scan: Scan,
        text: str,
        scheme: Scheme,
        rule: str,
        *,
        symbology: str = "",
        also: tuple[Reading, ...] = (),
    ) -> Reading:
        """The finished reading."""
        return Reading(
            scan=scan,
            text=text,
            scheme=scheme,
            rule=rule,
            symbology=symbology,
            internal=self.internal,
            marks=self.marks,
            warn=tuple(self.warned),
            also=also,
            **self.values,
        )
