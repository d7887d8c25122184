"""Expressions that say the same, wherever they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from waardig.law.core import ir

ORDER = ("GREATER_THAN", "LESS_THAN", "GREATER_THAN_OR_EQUAL", "LESS_THAN_OR_EQUAL")


def shape(expr: ir.Expr) -> object:
    """An expression without its place: equal shapes say the same."""
    if isinstance(expr, ir.Literal):
        return ("literal", type(expr.value).__name__, str(expr.value))
    if isinstance(expr, ir.Variable):
        return ("variable", expr.name, expr.path)
    return (expr.op, expr.precision, expr.combine, tuple((role, shape(part)) for role, part in expr.args))


def resolved(expr: ir.Expr, constants: Mapping[str, ir.Raw]) -> ir.Expr:
    """An expression in which each name of a constant is what it stands for."""
    if isinstance(expr, ir.Variable) and expr.name in constants and not expr.path:
        return ir.Literal(constants[expr.name], expr.at)
    if not isinstance(expr, ir.Operation):
        return expr
    return replace(expr, args=tuple((role, resolved(part, constants)) for role, part in expr.args))
