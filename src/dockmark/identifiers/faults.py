"""How a rule inside this package stops when a string breaks it; `read` turns it into `Unreadable`."""

from .reading import Facts, Unread


class Fault(Exception):  # noqa: N818 - not an error of the program: a label is wrong
    """A string breaks a rule of its scheme, here."""

    def __init__(self, code: Unread, at: int | None = None, **facts: "str | int") -> None:
        super().__init__(code.value)
        self.code = code
        self.at = at
        self.facts: Facts = facts

    def moved(self, by: int) -> "Fault":
        """The same fault in the text that this part was cut from."""
        return Fault(self.code, None if self.at is None else self.at + by, **self.facts)
