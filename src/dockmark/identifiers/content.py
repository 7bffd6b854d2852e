"""The content of one symbol on its way to a reading."""

from dataclasses import dataclass
from datetime import date

from .draft import Draft
from .faults import Fault
from .plain import read_plain
from .reading import Reading, Scan, Scheme, Warn
from .symbologies import Carrier, Symbology


@dataclass(frozen=True, slots=True)
class Content:
    """The content of one scanned symbol, and what is known beside it."""

    scan: Scan
    text: str
    seen: Symbology
    today: date
    warns: tuple[Warn, ...] = ()

    @property
    def is_marked(self) -> bool:
        """Whether the scanner told the kind of symbol."""
        return self.seen.carrier is not Carrier.UNKNOWN

    def means(self, scheme: Scheme, rule: str, draft: Draft, *, also: tuple[Reading, ...] = ()) -> Reading:
        """The finished reading."""
        for warn in self.warns:
            draft.warn(warn)
        return draft.reading(self.scan, self.text, scheme, rule, symbology=self.seen.name, also=also)

    def plain(self) -> Reading:
        """The reading of it as text and nothing else."""
        return self.as_text(*read_plain(self.text, self.today))

    def as_text(self, rule: str, draft: Draft, *, also: tuple[Reading, ...] = ()) -> Reading:
        """The reading of what plain text was found to say."""
        told = frozenset(draft.values)
        scheme = Scheme.IMEI if told == {"imei"} else Scheme.MAC if told == {"mac"} else Scheme.PLAIN
        return self.means(scheme, rule, draft, also=also)

    def plain_too(self) -> tuple[Reading, ...]:
        """The plain reading, as the other thing that it may be; none where it cannot be one."""
        try:
            return (self.plain(),)
        except Fault:
            return ()
