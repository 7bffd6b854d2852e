"""Symbols of trade items: EAN and UPC, alone or with a composite component, ITF-14, and a GTIN told by its digits."""

import re
from dataclasses import replace
from typing import Final

from .characters import is_digits
from .content import Content
from .draft import Draft
from .element_strings import read_element_string
from .faults import Fault
from .gs1_values import has_check_digit
from .reading import Reading, Scheme, Unread
from .symbologies import Carrier, Symbology

_LENGTHS: Final = (8, 12, 13, 14)
_ADD_ON: Final = re.compile(r"([0-9]{13})(?:[0-9]{2}|[0-9]{5})")
_COMPOSITE: Final = re.compile(r"\|\]e[0-3]")


def read_ean(content: Content) -> Reading:
    """The GTIN of an EAN or UPC symbol, with what a composite component above it adds."""
    main, bar, _ = content.text.partition("|")
    if content.seen.carrier is Carrier.EAN_WITH_ADD_ON and (match := _ADD_ON.fullmatch(main)):
        main = match[1]
    _check(main, content.seen.carrier)
    gtin = main.zfill(14)
    if not bar:
        return content.means(Scheme.GTIN, "symbology", _draft(gtin))
    second = _COMPOSITE.match(content.text, len(main))
    if second is None:
        raise Fault(Unread.BAD_VALUE, len(main))
    try:
        draft = read_element_string(content.text[second.end() :], content.today, before={"01": gtin})
    except Fault as fault:
        raise fault.moved(second.end()) from None
    return content.means(Scheme.GS1, "composite", draft)


def read_gs1(content: Content) -> Reading:
    """The element string of a GS1 symbol, with what a composite component above it adds."""
    main, both, second = _parted(content.text)
    draft = read_element_string(main, content.today)
    if both:
        try:
            draft = read_element_string(second, content.today, before=draft.marks)
        except Fault as fault:
            raise fault.moved(len(main) + len(both)) from None
    return content.means(Scheme.GS1, "composite" if both else "symbology", draft)


def look_composite(content: Content) -> Reading | None:
    """A composite symbol whose scanner told the second component only: digits of a GTIN, bar, `]e0`, identifiers."""
    main, both, second = _parted(content.text)
    if not both or content.is_marked:
        return None
    if is_digits(main) and len(main) in _LENGTHS and has_check_digit(main):
        draft = read_element_string(second, content.today, before={"01": main.zfill(14)})
        return content.means(Scheme.GS1, "composite", draft)
    return read_gs1(content)


def _parted(text: str) -> tuple[str, str, str]:
    """The linear component, what joins, and the component above it."""
    joint = _COMPOSITE.search(text)
    return (text, "", "") if joint is None else (text[: joint.start()], joint[0], text[joint.end() :])


def _check(digits: str, carrier: Carrier) -> None:
    """Refuse what is no GTIN of that symbol; twelve digits pass as a UPC sent without the leading zero of EAN-13."""
    if not is_digits(digits):
        raise Fault(Unread.BAD_CHARSET, 0)
    if len(digits) == 12 and carrier is not Carrier.EAN8 and has_check_digit(digits):
        return
    if len(digits) != (8 if carrier is Carrier.EAN8 else 13):
        raise Fault(Unread.BAD_LENGTH, len(digits))
    if not has_check_digit(digits):
        raise Fault(Unread.BAD_CHECK_DIGIT, len(digits) - 1)


def read_itf(content: Content) -> Reading | None:
    """The GTIN of an ITF-14 symbol; None if its fourteen digits are something else."""
    if len(content.text) != 14 or not is_digits(content.text):
        return None
    if has_check_digit(content.text):
        shown = replace(content, seen=Symbology("ITF-14", content.seen.carrier))
        return shown.means(Scheme.GTIN, "symbology", _draft(content.text))
    if content.seen.carrier is Carrier.ITF_CHECKED:
        raise Fault(Unread.BAD_CHECK_DIGIT, 13)
    return None


def look_for_gtin(content: Content) -> Reading | None:
    """The GTIN that 8, 12, 13 or 14 digits are, if the last of them is their check digit."""
    text = content.text
    if len(text) not in _LENGTHS or not is_digits(text) or not text.strip("0") or not has_check_digit(text):
        return None
    return content.means(Scheme.GTIN, "check-digit", _draft(text.zfill(14)), also=content.plain_too())


def _draft(gtin: str) -> Draft:
    draft = Draft()
    draft.put("gtin", gtin)
    return draft
