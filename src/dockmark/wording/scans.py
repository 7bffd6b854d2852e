"""Why a scan cannot be read, and what a clerk should know of one that could."""

from typing import Final

from dockmark.wording.catalogue import noun

UNREAD: Final = {
    "empty": noun("there is nothing in it"),
    "truncated": noun("its end is missing"),
    "bad_length": noun("its length is wrong"),
    "bad_check_digit": noun("its check digit is wrong"),
    "bad_date": noun("its date does not exist"),
    "bad_charset": noun("it holds characters that do not belong there"),
    "bad_value": noun("a value in it makes no sense"),
    "control_chars": noun("it holds control characters that do not belong there"),
    "too_long": noun("it is too long for a label"),
    "unknown_ai": noun("it holds an application identifier that nobody knows"),
    "unknown_format": noun("its format is not known"),
    "unknown_symbology": noun("its kind of symbol is not known"),
    "bad_envelope": noun("its frame is broken"),
    "empty_field": noun("a field in it is empty"),
    "duplicate_ai": noun("one application identifier stands in it twice"),
    "duplicate_di": noun("one data identifier stands in it twice"),
    "misplaced_qualifier": noun("a part of its address stands in the wrong place"),
}

WARN: Final = {
    "leading_separator": noun("It begins with a separator that was ignored."),
    "empty_field": noun("A field in it is empty."),
    "possible_missing_separator": noun("A separator may be missing: two fields may be taken for one."),
    "missing_trailer": noun("Its closing characters are missing."),
    "substituted_controls": noun("The scanner sends other characters in place of control characters."),
    "missing_required_ai": noun("A field that belongs to it is missing."),
    "prefix_guess": noun("What it means was guessed from its printed prefix."),
    "code39_guards": noun("The scanner sends the stars around the code."),
    "trailing_newline": noun("The scanner sends a line end that was ignored."),
    "ambiguous": noun("It may mean more than one thing."),
    "suspicious": noun("Something about it is odd. Compare it with the print."),
}
