"""Lists of everything there is: each declared once, sorted and filtered in SQL, read a page at a time by key.

A list never counts its way to a row (`OFFSET`). It is read forwards or backwards from a row (`paging.page`), or by
keys out of the order of all its rows (`paging.order`), which is made once and kept by whoever shows the list.
"""
