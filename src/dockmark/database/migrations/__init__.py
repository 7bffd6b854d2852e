"""The steps by which the tables of a data folder came to their present form, run by Alembic.

Stored events are never touched by a step: they are read by upcasters. Projections may be dropped and rebuilt.
"""
