"""What a scan is, and the three things that reading one can find: a meaning, one of our own tags, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Final

Facts = Mapping[str, "str | int"]
NO_FACTS: Final[Mapping[str, str]] = {}


class Scheme(StrEnum):
    """The rules by which a scanned string was read."""

    GS1 = "gs1-element-string"
    DIGITAL_LINK = "gs1-digital-link"
    GTIN = "gtin"
    ENVELOPE_05 = "iso15434-05"
    ENVELOPE_06 = "iso15434-06"
    ENVELOPE_12 = "iso15434-12"
    ENVELOPE_DD = "iso15434-dd"
    HIBC = "hibc"
    ISBT = "isbt128"
    ISBT_CONTAINER = "isbt128-container"
    IMEI = "imei"
    IMEISV = "imeisv"
    MAC = "mac"
    DATA_IDENTIFIER = "mh10-di"
    EPC_URN = "epc-urn"
    URL = "url"
    PLAIN = "plain"
    DOCKMARK = "dockmark"


class Warn(StrEnum):
    """Something a clerk should know of a string that could be read all the same."""

    LEADING_SEPARATOR = "leading_separator"
    EMPTY_FIELD = "empty_field"
    POSSIBLE_MISSING_SEPARATOR = "possible_missing_separator"
    MISSING_TRAILER = "missing_trailer"
    SUBSTITUTED_CONTROLS = "substituted_controls"
    MISSING_REQUIRED_AI = "missing_required_ai"
    PREFIX_GUESS = "prefix_guess"
    CODE39_GUARDS = "code39_guards"
    TRAILING_NEWLINE = "trailing_newline"
    AMBIGUOUS = "ambiguous"
    SUSPICIOUS = "suspicious"


class Unread(StrEnum):
    """Why a string cannot be read."""

    EMPTY = "empty"
    TRUNCATED = "truncated"
    BAD_LENGTH = "bad_length"
    BAD_CHECK_DIGIT = "bad_check_digit"
    BAD_DATE = "bad_date"
    BAD_CHARSET = "bad_charset"
    BAD_VALUE = "bad_value"
    CONTROL_CHARS = "control_chars"
    TOO_LONG = "too_long"
    UNKNOWN_AI = "unknown_ai"
    UNKNOWN_FORMAT = "unknown_format"
    UNKNOWN_SYMBOLOGY = "unknown_symbology"
    BAD_ENVELOPE = "bad_envelope"
    EMPTY_FIELD = "empty_field"
    DUPLICATE_AI = "duplicate_ai"
    DUPLICATE_DI = "duplicate_di"
    MISPLACED_QUALIFIER = "misplaced_qualifier"


class TagKind(StrEnum):
    """What one of our own tags stands for: the letter after `DM`."""

    UNIT = "U"
    PLACE = "L"
    BADGE = "B"
    COMMAND = "C"
    DOCUMENT = "D"
    REASON = "R"
    NUMBER = "N"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """One trigger of a scanner, or one line typed in its stead: the bytes exactly as they came."""

    raw: bytes
    symbology: str = ""
    """AIM identifier as the device reported it apart from the data, as `]d2`."""
    device: str = "wedge"
    typed: bool = False

    @classmethod
    def of_text(cls, text: str, *, symbology: str = "", device: str = "wedge", typed: bool = False) -> "Scan":
        """The scan whose bytes are this text in UTF-8."""
        raw = text.encode("utf-8", "surrogatepass")
        return cls(raw=raw, symbology=symbology, device=device, typed=typed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a scanned string says: the fields named on it, the rule they were read by, and what else it may be."""

    scan: Scan
    text: str
    """The symbol's content: without AIM identifier, without the newline that a scanner adds."""
    scheme: Scheme
    rule: str
    symbology: str = ""

    part: str | None = None
    """Part number as it is now."""
    original_part: str | None = None
    """Part number at birth, where the mark tells it apart: it stays in the UII for ever."""
    customer_part: str | None = None
    revision: str | None = None
    serial: str | None = None
    lot: str | None = None
    quantity: int | None = None
    quantity_unit: str | None = None

    gtin: str | None = None
    sscc: str | None = None
    giai: str | None = None
    grai: str | None = None
    gln: str | None = None
    gsrn: str | None = None
    gdti: str | None = None
    ginc: str | None = None
    gsin: str | None = None
    gmn: str | None = None
    cpid: str | None = None

    cage: str | None = None
    duns: str | None = None
    enterprise: str | None = None
    iac: str | None = None
    uii: str | None = None
    construct: int | None = None
    nsn: str | None = None

    lic: str | None = None
    unit: int | None = None
    link: str | None = None
    """Check character of the primary that a lone HIBC secondary belongs to."""
    check: str | None = None
    """Check character of a lone HIBC primary: its secondary names it as link."""
    udi_di: str | None = None
    din: str | None = None

    imei: str | None = None
    meid: str | None = None
    mac: str | None = None
    clei: str | None = None

    order: str | None = None
    order_line: str | None = None
    supplier_order: str | None = None
    supplier_code: str | None = None
    delivery_note: str | None = None
    package: str | None = None
    country: str | None = None

    expiry: str | None = None
    mfg_date: str | None = None
    pack_date: str | None = None
    best_before: str | None = None
    date_code: str | None = None

    internal: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Company-internal AIs 90 to 99."""
    marks: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Every identifier with its value as marked: AI, DI or TEI."""
    warn: tuple[Warn, ...] = ()
    also: tuple["Reading", ...] = ()
    """Other things the same string may mean, best first."""

    @property
    def names_serial(self) -> bool:
        """Whether it tells one piece from its sisters."""
        return any((self.serial, self.uii, self.imei, self.mac, self.giai))

    @property
    def names_part(self) -> bool:
        """Whether it tells which part this is."""
        return any((self.part, self.customer_part, self.gtin, self.cpid))

    @property
    def names_unit(self) -> bool:
        """Whether it alone names one unit: a serial and what it is a serial of, or an identity unique in the world."""
        return bool(self.uii) or bool(self.serial and (self.names_part or self.enterprise))

    @property
    def is_half_part(self) -> bool:
        """Whether the part is named and the serial still wanted."""
        return self.names_part and not self.names_serial

    @property
    def is_half_serial(self) -> bool:
        """Whether the serial is named and the part still wanted."""
        return self.names_serial and not self.names_part and not self.names_unit

    @property
    def as_serial(self) -> str | None:
        """What to take for the serial where one is wanted: the one named, else the text where it may be one."""
        plain = (other.serial for other in self.also if other.scheme is Scheme.PLAIN)
        return self.serial or next(filter(None, plain), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class DockmarkTag:
    """One of our own tags, its check character verified and taken off."""

    scan: Scan
    kind: TagKind
    payload: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A string that means nothing we can stand by, and why."""

    scan: Scan
    code: Unread
    at: int | None = None
    """Where in `text` it goes wrong."""
    text: str = ""
    symbology: str = ""
    detail: Facts = field(default_factory=dict, hash=False)


Identifier = Reading | DockmarkTag | Unreadable

_NOT_KEYS: Final = frozenset({"scan", "warn", "also", "scheme"})
_KEYS: Final = tuple(each.name for each in fields(Reading) if each.name not in _NOT_KEYS)


def flat(found: Identifier) -> dict[str, object]:
    """The one flat object that `dockmark decode` prints for a scan."""
    raw = text_of(found.scan.raw)
    match found:
        case Reading():
            return {"raw": raw, **_told(found), **_others(found)}
        case DockmarkTag():
            kind = {"kind": found.kind.name.lower(), "payload": found.payload}
            return {"raw": raw, "scheme": Scheme.DOCKMARK.value, **kind, "warn": []}
        case Unreadable():
            where = {} if found.at is None else {"at": found.at}
            seen = {"symbology": found.symbology} if found.symbology else {}
            return {"raw": raw, "error": found.code.value, **where, **seen, **found.detail}


def text_of(raw: bytes) -> str:
    """The bytes as text: UTF-8, and where they are not, one character a byte, so that nothing is lost."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _told(reading: Reading) -> dict[str, object]:
    told: dict[str, object] = {"scheme": reading.scheme.value}
    for name in _KEYS:
        value = getattr(reading, name)
        if isinstance(value, Mapping):
            value = dict(value) or None
        if value is not None and value != "":
            told[name] = value
    told["warn"] = [each.value for each in reading.warn]
    return told


def _others(reading: Reading) -> dict[str, object]:
    """What else the string may be, best first; only where there is something."""
    also = [{name: value for name, value in _told(each).items() if name != "text"} for each in reading.also]
    return {"also": also} if also else {}
