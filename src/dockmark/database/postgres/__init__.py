"""A ledger in PostgreSQL: the same statements, the same tables, the same promises as in a file of SQLite.

`dialect` is the one place that knows how the two differ in words, `schema` makes roles, tables and rights, `watch`
ends calls that nobody answers, `pool` and `session` are what `database.pool` and `database.session` are for files.
"""
