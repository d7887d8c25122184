"""Waardig: one digital government that starts from public values."""

__version__ = "0.1.0"
