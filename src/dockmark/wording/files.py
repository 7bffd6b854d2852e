"""What is wrong with a file, a row or a value that is taken in."""

from typing import Final

from dockmark.wording.catalogue import noun
from dockmark.wording.lines import Saying, line, plural, saying

ROWS: Final = {
    "too_few_cells": noun("the row has too few cells"),
    "too_many_cells": noun("the row has too many cells"),
    "bad_quoting": noun("the quotation marks do not match"),
    "missing": noun("this must not be empty"),
    "control_chars": noun("it holds control characters"),
    "too_long": noun("it is too long"),
    "undecodable": noun("it holds characters that the file's encoding does not know"),
    "formula": noun("it is a formula, not a value"),
    "error_cell": noun("the spreadsheet shows an error here"),
    "merged_cell": noun("the cell is merged with others"),
    "date_cell": noun("the spreadsheet made a date of it"),
    "digits_lost": noun("the spreadsheet rounded it: digits are lost"),
    "bad_number": noun("it is not a number"),
    "ambiguous_number": noun("it may be read as two different numbers"),
    "too_precise": noun("it has too many decimal places"),
    "out_of_range": noun("it is beyond what is possible here"),
    "bad_date": noun("it is not a date"),
    "ambiguous_date": noun("it may be read as two different dates"),
    "bad_bool": noun("it is neither yes nor no"),
    "unknown_word": noun("this word is not known here"),
    "unknown_country": noun("this country is not known"),
    "unknown_currency": noun("this currency is not known"),
    "bad_charset": noun("it holds characters that do not belong there"),
    "bad_length": noun("its length is wrong"),
    "bad_check_digit": noun("its check digit is wrong"),
    "bad_range": noun("first and last do not belong together"),
    "not_one": noun("a serial stands for one unit, the quantity says otherwise"),
    "part_unknown": noun("this part is not known"),
    "ambiguous_part": noun("several makers have a part of that number"),
    "order_unknown": noun("this order or its line is not known"),
    "asn_unknown": noun("this ASN is not known"),
    "place_unknown": noun("this place is not known"),
    "place_loop": noun("the place would stand in itself"),
    "partner_unknown": noun("this partner is not known; its code is kept"),
    "wrong_part": noun("the order is for another part"),
    "doubled": noun("a row above says this already"),
    "doubled_serial": noun("this serial is announced elsewhere too"),
    "doubled_gtin": noun("another part has the same GTIN"),
    "same_tag": noun("another place has the same tag"),
    "other_sscc": noun("the ASN has another SSCC already"),
    "serial_needed": noun("this part needs a serial"),
    "quantity_needed": noun("this part needs a quantity"),
    "alive_elsewhere": noun("the unit is known already, and otherwise"),
    "scrapped_seen": noun("the unit was scrapped"),
    "moved_since": noun("the unit has gone on since then"),
    "not_changeable": noun("this cannot be changed any more"),
}

FILES: Final[dict[str, Saying]] = {
    "not_found": saying(line("it is not there")),
    "not_a_file": saying(line("it is not a file")),
    "not_readable": saying(line("it cannot be read")),
    "not_writable": saying(line("it cannot be written")),
    "changed": saying(line("it was changed while it was read")),
    "empty": saying(line("it is empty")),
    "no_header": saying(line("it has no row of column names")),
    "not_a_table": saying(line("it is not a table")),
    "binary": saying(line("it is not text")),
    "nul_bytes": saying(line("it holds NUL bytes")),
    "encoding_unknown": saying(line("the encoding {encoding} is not known"), line("its encoding is not known")),
    "too_large": saying(line("it is too large")),
    "locked": saying(line("it is protected by a password")),
    "old_workbook": saying(line("it is an old workbook; save it as .xlsx")),
    "not_a_workbook": saying(line("it is not a whole workbook")),
    "sheet_unknown": saying(
        line("it has no sheet {sheet}, but {sheets}"), line("it has no sheet {sheet}"), line("it has no such sheet")
    ),
    "duplicate_columns": saying(line("the column {column} stands in it twice"), line("a column stands in it twice")),
    "too_many_columns": saying(
        plural("it has {columns} column, {most} are the most",
             "it has {columns} columns, {most} are the most", "columns"),
        line("it has too many columns"),
    ),
    "formula_in_header": saying(line("a column name is a formula")),
    "columns_missing": saying(line("these columns are missing: {columns}"), line("columns are missing")),
    "kind_unknown": saying(
        line("{kind} is no kind of file, but these are: {known}"),
        line("{kind} is no kind of file"),
        line("its kind is not known"),
    ),
    "not_a_map": saying(
        line("the column map is wrong at {field}"),
        line("it is not a column map for {kind}"),
        line("it is not a column map"),
    ),
    "map_field_unknown": saying(
        line("the column map names a field {field} that there is not"),
        line("the column map names a field that there is not"),
    ),
    "map_column_unknown": saying(
        line("the column map names a column {column} that there is not"),
        line("the column map names a column that there is not"),
    ),
}  # fmt: skip

WARNINGS: Final = {
    "encoding_guessed": noun("The encoding was guessed. Look at names with accents."),
    "encoding_damaged": noun("Some characters were spoilt before the file came here."),
    "title_skipped": noun("Rows above the column names were left out."),
    "merged_cells": noun("It has merged cells; only the first of them holds the value."),
    "other_sheets": noun("It has other sheets, which were not read."),
    "number_cell": noun("A column of serials or part numbers holds numbers: leading zeros may be lost."),
}
