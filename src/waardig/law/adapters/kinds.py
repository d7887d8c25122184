"""The stored type of what the interpreter gave: the narrowest that holds it, and its text on the way there."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal

from waardig.law.terms import Value

EXACT = "DECIMAL(38,10)"
LARGEST = 10**28
"""What does not fit there; it stays exact as text."""
STORED = {"number": "BIGINT", "boolean": "BOOLEAN", "date": "DATE", "text": "VARCHAR"}
"""The type of what is declared, where nobody has it."""


def narrowest(values: Sequence[Value]) -> str:
    """The narrowest type of what is there; the empty text when nothing is.

    >>> narrowest([None, 3]), narrowest(["2025-01-31", None]), narrowest([])
    ('BIGINT', 'DATE', '')
    """
    there = [value for value in values if value is not None]
    if not there:
        return ""
    if all(isinstance(value, bool) for value in there):
        return "BOOLEAN"
    sizes = [abs(Decimal(value)) for value in there if isinstance(value, int | Decimal) and not isinstance(value, bool)]
    if len(sizes) == len(there):
        if all(isinstance(value, int) for value in there):
            return "BIGINT"
        return EXACT if max(sizes) < LARGEST else "VARCHAR"
    return "DATE" if all(map(_is_date, there)) else "VARCHAR"


def wider(one: str, other: str) -> str:
    """The type that holds both; nothing is narrower than everything."""
    if not one or not other or one == other:
        return one or other
    return EXACT if {one, other} == {"BIGINT", EXACT} else "VARCHAR"


def texts(values: Sequence[Value]) -> list[str | None]:
    """Values as text that the engine casts back."""
    return [None if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value) for value in values]


def _is_date(value: Value) -> bool:
    try:
        return isinstance(value, str) and len(value) == 10 and bool(datetime.date.fromisoformat(value))
    except ValueError:
        return False
