"""Dockmark: the workstation program of a repair depot."""

__version__ = "0.1.0"
