"""The one byte form of a record: RFC 8785 for the values that our events use."""

import unicodedata
from collections.abc import Mapping, Sequence

import orjson

Json = str | int | bool | Sequence["Json"] | Mapping[str, "Json"]

MAX_INTEGER = 2**53
MAX_CORE = 64 * 1024


class NotCanonical(ValueError):  # noqa: N818 - says what the value is
    """A value that has no canonical form here: a float, a null, a wide integer, a key that is not ASCII."""


def canonical_bytes(value: Mapping[str, Json]) -> bytes:
    """The canonical JSON of an object (RFC 8785): sorted ASCII keys, NFC strings, integers below 2^53, no floats.

    Raises NotCanonical for anything that could be written in two ways.
    """
    _demand(value)
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError as error:
        raise NotCanonical(str(error)) from error


def is_canonical(data: bytes) -> bool:
    """True where these bytes are exactly the canonical form of the object that they hold."""
    try:
        value = orjson.loads(data)
        return isinstance(value, dict) and canonical_bytes(value) == data
    except (ValueError, RecursionError):
        return False


def nfc(text: str) -> str:
    """Text as it stands in a record: Unicode normal form C, lone surrogates replaced."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode("utf-8"))


def cleaned(value: Json) -> Json:
    """The same value with every string in normal form C."""
    if isinstance(value, str):
        return nfc(value)
    if isinstance(value, list | tuple):
        return [cleaned(item) for item in value]
    if isinstance(value, Mapping):
        return {key: cleaned(item) for key, item in value.items()}
    return value


def _demand(value: object) -> None:
    kind = type(value)
    if kind is str:
        _demand_text(value)  # type: ignore[arg-type] # kind says so; isinstance would admit subclasses
    elif kind is int:
        if not -MAX_INTEGER < value < MAX_INTEGER:  # type: ignore[operator] # kind says so
            raise NotCanonical("integer of 2^53 or more")
    elif kind is dict:
        _demand_object(value)  # type: ignore[arg-type] # kind says so
    elif kind is list or kind is tuple:
        for item in value:  # type: ignore[attr-defined] # kind says so
            if type(item) is not str or not item.isascii():
                _demand(item)
    elif kind is not bool:
        raise NotCanonical(f"{kind.__name__} has no canonical form")


def _demand_text(value: str) -> None:
    if not value.isascii() and not unicodedata.is_normalized("NFC", value):
        raise NotCanonical("text is not in normal form C")


def _demand_object(value: dict[object, object]) -> None:
    for key, item in value.items():
        if type(key) is not str or not key.isascii():
            raise NotCanonical("keys are ASCII text")
        # Most values are plain text or small numbers: they are let through without a call.
        kind = type(item)
        if kind is str:
            if not item.isascii():  # type: ignore[attr-defined] # kind says so
                _demand(item)
        elif kind is dict:
            _demand_object(item)  # type: ignore[arg-type] # kind says so
        elif kind is not int or not -MAX_INTEGER < item < MAX_INTEGER:  # type: ignore[operator] # kind says so
            _demand(item)
