"""`min`, `max` and `precision` of a field: what a number must be, wherever it comes from."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from waardig.law.core import ir
from waardig.law.core.source import Block


def bounds_of(row: Block) -> ir.Bounds:
    """What the type_spec of a field says of its size; what is not a number there is left to the schema."""
    spec = row.get("type_spec")
    if not isinstance(spec, dict):
        return ir.UNBOUND
    low, high = (_number(spec.get(key)) for key in ("min", "max"))
    places = spec.get("precision")
    if isinstance(places, bool) or not isinstance(places, int) or not 0 <= places <= 28:
        places = None
    return ir.Bounds(low, high, places) if (low, high, places) != (None, None, None) else ir.UNBOUND


def _number(value: Any) -> ir.Number | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    exact = Fraction(value)
    return exact.numerator if exact.denominator == 1 else exact
