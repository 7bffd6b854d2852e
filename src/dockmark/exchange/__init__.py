"""Files in and out: tables of a customer's or supplier's making become typed rows, rows become files.

Knows no ledger: what a good row means for the depot is judged by the desks above. The way in has four steps,
each usable alone:

    open_table(path)              what stands in the file: columns, rows, row numbers as the person sees them
    propose(kind, columns)        which column of the file feeds which field (or a mapping kept from last time)
    read_batches(table, …)        typed values by column, bad rows with their code, in slices, with flat memory
    read_rows(table, …)           the same, one row at a time

A spreadsheet is read by an own small streaming reader (`workbook`, `sheet`) and not by openpyxl. Measured on
50,000 rows of 10 cells openpyxl's streaming mode took 8.7 s of a processor, and it hides what matters here:
digits that the spreadsheet lost, zeros that a number format shows, merged cells. openpyxl is the oracle in tests.
"""
