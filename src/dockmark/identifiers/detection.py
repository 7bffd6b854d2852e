"""What the content of a symbol may be, looked at in the order of how surely each form is told from the others."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from . import data_identifiers, tags, telecom
from .characters import GS, is_digits
from .content import Content
from .digital_link import is_address, read_digital_link
from .draft import Draft
from .element_strings import is_printed, read_element_string, read_printed, starts_almost, starts_like_one
from .envelopes import HEADER, read_envelope
from .epc_urn import START as URN
from .epc_urn import of_bits, read_epc_urn
from .faults import Fault
from .hibc import as_encoded, has_check_character, is_lone_secondary, looks_like_hibc, read_hibc
from .isbt import read_isbt, starts_like_isbt
from .plain import read_plain
from .reading import DockmarkTag, Reading, Scheme, Unread, Warn
from .symbologies import Carrier
from .trade_symbols import look_composite, look_for_gtin, read_ean, read_gs1, read_itf

_CODE_39: Final = (Carrier.CODE39, Carrier.CODE39_CHECKED)
_MEMORY: Final = re.compile(r"[0-9A-Fa-f]{24}")
_GUESSED_LETTERS: Final = frozenset("PSTVQKJI")


def read_content(content: Content) -> Reading | DockmarkTag:
    """What the content means."""
    match content.seen.carrier:
        case Carrier.GS1 if not content.text.startswith(HEADER):
            return read_gs1(content)
        case Carrier.EAN13 | Carrier.EAN8 | Carrier.EAN_WITH_ADD_ON:
            return read_ean(content)
        case Carrier.ITF | Carrier.ITF_CHECKED:
            return read_itf(content) or _read_untold(content)
        case _:
            return _read_untold(_without_guards(content))


def _without_guards(content: Content) -> Content:
    """Without the asterisks that start and end a Code 39 symbol and are normally not sent, nor its check character."""
    text, warns = content.text, content.warns
    if content.seen.carrier in (*_CODE_39, Carrier.UNKNOWN) and len(text) > 2 and text[0] == text[-1] == "*":
        text, warns = text[1:-1], (*warns, Warn.CODE39_GUARDS)
    if content.seen.carrier is Carrier.CODE39_CHECKED and not looks_like_hibc(text) and has_check_character(text):
        text = text[:-1]
    return replace(content, text=text, warns=warns)


def _read_untold(content: Content) -> Reading | DockmarkTag:
    """Read content that its symbol says nothing about."""
    for look in _LOOKS:
        found = look(content)
        if found is not None:
            return found
    return _read_text(content)


def _look_tag(content: Content) -> DockmarkTag | None:
    found = tags.parse(content.text)
    return DockmarkTag(scan=content.scan, kind=found[0], payload=found[1]) if found else None


def _look_envelope(content: Content) -> Reading | None:
    if not content.text.startswith(HEADER):
        return None
    scheme, draft = read_envelope(content.text, content.today)
    return content.means(scheme, "envelope", draft)


def _look_hibc(content: Content) -> Reading | None:
    content = replace(content, text=as_encoded(content.text))
    if not looks_like_hibc(content.text):
        return None
    try:
        draft = read_hibc(content.text, content.today)
    except Fault:
        if is_lone_secondary(content.text) and content.text[1] != "$":
            return None
        raise
    return content.means(Scheme.HIBC, "check-character", draft)


def _look_isbt(content: Content) -> Reading | None:
    if not starts_like_isbt(content.text):
        return None
    scheme, draft = read_isbt(content.text)
    return content.means(scheme, "data-structure", draft)


def _look_address(content: Content) -> Reading | None:
    if not is_address(content.text):
        return None
    draft = read_digital_link(content.text, content.today)
    if draft is not None:
        return content.means(Scheme.DIGITAL_LINK, "address", draft)
    return content.means(Scheme.URL, "address", Draft())


def _look_urn(content: Content) -> Reading | None:
    if content.text[: len(URN)].lower() != URN:
        return None
    return content.means(Scheme.EPC_URN, "urn", read_epc_urn(content.text, content.today))


def _look_printed(content: Content) -> Reading | None:
    if not is_printed(content.text):
        return None
    draft = read_printed(content.text, content.today)
    if content.is_marked:
        draft.warn(Warn.AMBIGUOUS)
    return content.means(Scheme.GS1, "brackets", draft)


def _look_element_string(content: Content) -> Reading | None:
    separated = GS in content.text
    if not separated and not starts_like_one(content.text):
        return None
    try:
        draft = read_element_string(content.text, content.today)
    except Fault as fault:
        return _not_an_element_string(content, fault)
    if content.is_marked:
        draft.warn(Warn.AMBIGUOUS)
    also = () if separated else (*content.plain_too(), *_imeisv_too(content))
    return content.means(Scheme.GS1, "separator" if separated else "first-identifier", draft, also=also)


def _imeisv_too(content: Content) -> tuple[Reading, ...]:
    """Sixteen digits that pass as a GTIN may be a telephone's number with its software version."""
    if not telecom.may_be_imeisv(content.text):
        return ()
    return (content.means(Scheme.IMEISV, "digits", Draft()),)


def _not_an_element_string(content: Content, fault: Fault) -> Reading | None:
    """What else it is if not an element string after all; the fault stands where it can be nothing else."""
    if GS not in content.text:
        if content.text.startswith("80"):
            return None
        raise fault
    if fault.code is not Unread.UNKNOWN_AI or fault.at:
        raise fault
    draft, values = Draft(), dict[str, str]()
    for field in filter(None, content.text.split(GS)):
        match = data_identifiers.FIELD.fullmatch(field)
        if match is None or not data_identifiers.is_known(match[1]):
            raise fault
        data_identifiers.keep(values, match[1], match[2], draft)
    data_identifiers.tell(values, draft, content.today)
    draft.warn(Warn.PREFIX_GUESS)
    return content.means(Scheme.DATA_IDENTIFIER, "separator", draft)


def _look_imei(content: Content) -> Reading | None:
    """An IMEI, whose last digit is checked, or an IMEISV, of which nothing can be: sixteen digits may be any serial."""
    imei, draft = telecom.imei_of(content.text), Draft()
    if imei is not None:
        draft.put("imei", imei)
        return content.means(Scheme.IMEI, "check-digit", draft, also=content.plain_too())
    if not telecom.may_be_imeisv(content.text):
        return None
    draft.warn(Warn.AMBIGUOUS)
    return content.means(Scheme.IMEISV, "digits", draft, also=content.plain_too())


def _look_mac(content: Content) -> Reading | None:
    mac, draft = telecom.mac_of(content.text), Draft()
    if mac is None:
        return None
    draft.put("mac", mac.address)
    if mac.bare:
        draft.warn(Warn.AMBIGUOUS)
    if mac.local:
        draft.warn(Warn.SUSPICIOUS)
    return content.means(Scheme.MAC, "form", draft, also=content.plain_too())


def _look_data_identifier(content: Content) -> Reading | None:
    """A data identifier of digits and letter in a symbol that the scanner named: one field a symbol is usual there."""
    guess = _guess(content) if content.is_marked else None
    return guess if guess is not None and content.text[0].isdigit() else None


def _guess(content: Content, *warns: Warn) -> Reading | None:
    """The reading as one data identifier, if its value is one that the identifier may have."""
    match = data_identifiers.FIELD.fullmatch(content.text)
    if match is None or not match[2] or not data_identifiers.is_known(match[1]):
        return None
    code, value = match[1], match[2]
    if len(code) == 1 and (code not in _GUESSED_LETTERS or not _may_be(code, value)):
        return None
    draft = Draft()
    try:
        data_identifiers.tell({code: value}, draft, content.today)
    except Fault:
        return None
    for warn in warns:
        draft.warn(warn)
    return content.means(Scheme.DATA_IDENTIFIER, "data-identifier", draft)


def _may_be(letter: str, value: str) -> bool:
    """Whether a value fits a single letter at all: quantities are digits, vehicle numbers have 17 characters."""
    return is_digits(value) if letter == "Q" else len(value) == 17 if letter == "I" else True


def _read_text(content: Content) -> Reading:
    """Plain text, with the guess that a leading letter may be a data identifier: shown, never acted upon."""
    rule, draft = read_plain(content.text, content.today)
    guess = _guess(content, Warn.PREFIX_GUESS) if rule == "plain" else None
    if starts_almost(content.text):
        draft.warn(Warn.SUSPICIOUS)
    if guess is not None and (content.is_marked or content.text[0].isdigit()):
        draft.warn(Warn.PREFIX_GUESS)
    also = (guess,) if guess is not None else _tag_memory(content)
    return content.as_text(rule, draft, also=also)


def _tag_memory(content: Content) -> tuple[Reading, ...]:
    """Twenty-four hexadecimal digits may be what an RFID reader found in the memory of a tag."""
    if not _MEMORY.fullmatch(content.text):
        return ()
    try:
        draft = of_bits(int(content.text, 16), 4 * len(content.text), content.today)
    except Fault:
        return ()
    return (content.means(Scheme.EPC_URN, "tag-memory", draft),)


Look = Callable[[Content], Reading | DockmarkTag | None]
_LOOKS: Final[tuple[Look, ...]] = (
    _look_envelope,
    _look_tag,
    _look_hibc,
    _look_isbt,
    _look_address,
    _look_urn,
    _look_printed,
    look_composite,
    _look_element_string,
    look_for_gtin,
    _look_imei,
    _look_mac,
    _look_data_identifier,
)
