"""Writes history, verifies it, rebuilds the tables from it."""
