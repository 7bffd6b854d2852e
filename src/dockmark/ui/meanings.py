"""What a scan was read as, in one line for the strip."""

from datetime import date

from dockmark.identifiers.reader import read
from dockmark.identifiers.reading import DockmarkTag, Reading, Scan, TagKind, Unreadable, text_of
from dockmark.ui.words import _, day_text, mark_word, number, seen
from dockmark.wording import command_word, reason_word


def raw_text(scan: Scan) -> str:
    """The scan as text, with its symbology where the device told it apart."""
    return scan.symbology + text_of(scan.raw)


def meaning(scan: Scan, today: date) -> str:
    """The scan in words: which unit, part, place, command or paper it names."""
    found = read(scan, today=today)
    match found:
        case Unreadable():
            return _("not readable")
        case DockmarkTag():
            return f"{_tag_word(found.kind)}: {_payload(found)}"
        case Reading():
            return _reading(found)


def _payload(tag: DockmarkTag) -> str:
    """What a tag of ours names: commands and reasons in words, all else as it was given."""
    if tag.kind is TagKind.COMMAND:
        return command_word(tag.payload)
    return reason_word(tag.payload) if tag.kind is TagKind.REASON else seen(tag.payload)


def _reading(found: Reading) -> str:
    told = [
        (key, str(value))
        for key in ("part", "gtin", "serial", "lot", "sscc", "gln", "order", "expiry")
        if (value := getattr(found, key))
    ]
    if found.quantity is not None:
        told.append(("quantity", number(found.quantity)))
    if not told:
        return seen(found.text)
    return " · ".join(f"{mark_word(key)} {day_text(value) if key == 'expiry' else seen(value)}" for key, value in told)


def _tag_word(kind: TagKind) -> str:
    return {
        TagKind.UNIT: _("Unit tag"),
        TagKind.PLACE: _("Place"),
        TagKind.BADGE: _("Badge"),
        TagKind.COMMAND: _("Command"),
        TagKind.DOCUMENT: _("Document"),
        TagKind.REASON: _("Reason"),
        TagKind.NUMBER: _("Number"),
    }[kind]
