"""Operators, badges, roles and stations: their events and folds. Pure."""
