"""What an expression gives when no fact takes part in it: a part that fails so fails for everybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from waardig.law.core import ir
from waardig.law.core import values as v
from waardig.law.core.alike import resolved
from waardig.law.core.findings import said
from waardig.law.terms import Said

ARITHMETIC = {"ADD", "SUBTRACT", "MULTIPLY", "DIVIDE", "MIN", "MAX"}
ROUNDING = {"ROUND", "CEIL", "FLOOR"}


def failing(expr: ir.Expr, constants: Mapping[str, ir.Raw]) -> Iterator[tuple[int, Said]]:
    """Every part that fails whatever the facts are, with its line: a division by zero, a date that there is not.

    Args:
        constants: the definitions that a name means here.
    """
    yield from _failing(resolved(expr, constants))


def _failing(expr: ir.Expr) -> Iterator[tuple[int, Said]]:
    if not isinstance(expr, ir.Operation):
        return
    parts = [part for _, part in expr.args]
    for part in parts:
        yield from _failing(part)
    given = [folded(part) for part in parts]
    if any(one is not None and one.bad for one in given):
        return
    if expr.op == "DIVIDE" and any(one is not None and one.value == 0 for one in given[1:]):
        yield expr.at.line, said("divides_by_zero")
    elif expr.op == "DATE_ADD" and (found := folded(expr)) is not None and found.code == "invalid_date":
        yield expr.at.line, said("date_outside")


def folded(expr: ir.Expr) -> v.Val | None:
    """The value of an expression of constants; None when facts, or an operation that needs them, take part."""
    if isinstance(expr, ir.Literal):
        return v.known(expr.value)
    if not isinstance(expr, ir.Operation):
        return None
    values = []
    for _, part in expr.args:
        found = folded(part)
        if found is None or found.bad:
            return found
        values.append(found.value)
    if expr.op in ARITHMETIC:
        return v.arithmetic(expr.op, values)
    if expr.op in ROUNDING:
        return v.rounded(expr.op, values[0], expr.precision)
    if expr.op == "DATE_ADD":
        return v.date_add(values[0], dict(zip([role for role, _ in expr.args[1:]], values[1:], strict=True)))
    return v.date_of(*values) if expr.op == "DATE" else None
