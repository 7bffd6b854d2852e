"""Papers in one house style: a document only says what stands on it, this kit says how it looks.

A paper is composed twice by the same code, once to count its pages and once to draw them, so that "page 1 of 3" is
known from the first page on and a list of any length passes through row by row.
"""
