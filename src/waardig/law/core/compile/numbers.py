"""ADD, SUBTRACT, MULTIPLY, DIVIDE, MIN, MAX and rounding on scaled whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from waardig.law.core import values as v
from waardig.law.core.compile.base import Compiler
from waardig.law.core.graph import Node
from waardig.law.core.sql import (
    FILLER,
    ONE,
    SURE,
    Curve,
    Overflow,
    Parts,
    Reason,
    Sql,
    all_of,
    common,
    held,
    within,
    wrapped,
)
from waardig.law.core.types import NULL, NUMBER, TEXT

SHORT = 60
"""So long an expression may be to stand twice beside a limit: a choice takes half the time of GREATEST and LEAST."""


def add(c: Compiler, node: Node, values: list[Sql]) -> Sql:
    """ADD and SUBTRACT of numbers."""
    if node.op == "ADD" and values[0].kind == TEXT:
        raise c.refuse(node, "ADD of texts is not on the proven list")
    if not c.are(values, NUMBER):
        return c.failing(values)
    c.no_quotient(node, values)
    same, scale = common([filled(value, NUMBER) for value in values])
    sign = 1 if node.op == "ADD" else -1
    lo = same[0].lo + sum(sign * (part.lo if sign > 0 else part.hi) for part in same[1:])
    hi = same[0].hi + sum(sign * (part.hi if sign > 0 else part.lo) for part in same[1:])
    most = sum(max(abs(part.lo), abs(part.hi)) for part in same)
    within(most, int(most * scale))
    text = (" + " if sign > 0 else " - ").join(wrapped(part.v) for part in same)
    parts = _parts(values, sign)
    return Sql(NUMBER, text, c.strict_reason(values), scale, lo, hi, curve=parts.curve if parts else None, parts=parts)


def _parts(values: Sequence[Sql], sign: int) -> Parts | None:
    """A sum of parts of one date and of what is the same for everybody."""
    about = next((value.parts for value in values if value.parts), None)
    if about is None:
        return None
    found = about.times(Fraction(0))
    for n, value in enumerate(values):
        times = Fraction(sign if n else 1)
        if value.parts and (value.parts.base, value.parts.stored) == (about.base, about.stored):
            found = found.with_(value.parts.times(times))
        elif value.parts or not (value.v.lstrip("-").isdigit() and value.lo == value.hi):
            return None
        else:
            found = replace(found, plus=found.plus + times * value.lo * value.scale)
    return found


def multiply(c: Compiler, node: Node, values: list[Sql]) -> Sql:
    """MULTIPLY: constants go into the scale, facts are multiplied."""
    if not c.are(values, NUMBER):
        return c.failing(values)
    c.no_quotient(node, values)
    result = Sql(NUMBER, "1", lo=1, hi=1)
    for value in (filled(part, NUMBER) for part in values):
        if value.v == "1" and value.scale == ONE:
            continue
        if result.v == "1" and result.scale == ONE:
            result = replace(value, r=SURE)
        elif _is_fixed(value):
            result = _times(result, value.lo * value.scale)
        elif _is_fixed(result):
            result = _times(replace(value, r=SURE), result.lo * result.scale)
        else:
            result = _product(result, value)
        held(result)
    return replace(result, r=c.strict_reason(values))


def divide(c: Compiler, node: Node, values: list[Sql]) -> Sql:
    """DIVIDE: by a constant into the scale; by a fact only directly under rounding."""
    if not c.are(values, NUMBER):
        return c.failing(values)
    c.no_quotient(node, values)
    result = filled(values[0], NUMBER)
    for value in values[1:]:
        fixed = filled(value, NUMBER)
        if fixed.lo == fixed.hi == 0:
            return c.failing(values)
        if fixed.lo == fixed.hi and result.over is None:
            result = held(_times(result, 1 / (fixed.lo * fixed.scale)))
        elif result.over is None:
            result = replace(result, over=fixed)
        else:
            raise c.refuse(node, "DIVIDE by two facts is not on the proven list")
    could = [value for value in values[1:] if value.kind == NUMBER and value.lo <= 0 <= value.hi]
    zero = [all_of(value.r.here, f"{value.v} = 0") for value in could]
    over = c.settle(result.over) if result.over else None
    return replace(result, v=c.keep(result.v), r=c.why.settled(c.strict_reason(values, *zero)), over=over)


def extreme(c: Compiler, node: Node, values: list[Sql]) -> Sql:
    """MIN and MAX."""
    if not c.are(values, NUMBER):
        return c.failing(values)
    c.no_quotient(node, values)
    same, scale = common([filled(value, NUMBER) for value in values])
    pick = min if node.op == "MIN" else max
    lo, hi = pick(part.lo for part in same), pick(part.hi for part in same)
    text = "LEAST" if node.op == "MIN" else "GREATEST"
    text = same[0].v if len(same) == 1 else f"{text}({', '.join(part.v for part in same)})"
    fixed = [part.v for part in same if part.v.lstrip("-").isdigit()]
    other = [part.v for part in same if part.v not in fixed]
    if len(same) == 2 and len(fixed) == len(other) == 1 and len(other[0]) < SHORT:
        sign = "<" if node.op == "MIN" else ">"
        text = f"CASE WHEN {wrapped(other[0])} {sign} {fixed[0]} THEN {other[0]} ELSE CAST({fixed[0]} AS BIGINT) END"
    return Sql(NUMBER, text, c.strict_reason(values), scale, lo, hi)


def rounding(c: Compiler, node: Node, values: list[Sql]) -> Sql:
    """ROUND half away from zero, CEIL, FLOOR, on whole numbers only."""
    value = values[0]
    if not c.are(values, NUMBER):
        return c.failing(values)
    value = filled(value, NUMBER)
    reason = c.strict_reason(values)
    unit = Fraction(10) ** -node.precision
    if value.over is not None:
        return rounded_quotient(c, node, value, reason, unit)
    ratio = value.scale / unit
    top, bottom = ratio.numerator, ratio.denominator
    lo, hi = (_rounded(node.op, Fraction(edge) * ratio) for edge in (value.lo, value.hi))
    within(2 * top * max(abs(value.lo), abs(value.hi)) + bottom, 0)
    if value.v.lstrip("-").isdigit():
        return Sql(NUMBER, str(lo), reason, unit, lo, lo)
    name = c.keep(value.v)
    if bottom == 1:
        return Sql(NUMBER, f"{name} * {top}" if top != 1 else name, reason, unit, lo, hi)

    def above(least: int) -> str:
        return _division(node.op, name, top, str(bottom), lo=max(value.lo, least), hi=value.hi, double=2 * bottom)

    curve = Curve(
        name, value.lo, value.hi, lambda base: _rounded(node.op, base * ratio) * unit, rising=True, above=above
    )
    return Sql(NUMBER, above(value.lo), reason, unit, lo, hi, curve=curve)


def rounded_quotient(c: Compiler, node: Node, value: Sql, reason: Reason, unit: Fraction) -> Sql:
    """The rounding of one fact divided by another, as one exact division of whole numbers."""
    over = value.over
    assert over is not None
    ratio = value.scale / over.scale / unit
    top = c.keep(f"{wrapped(value.v)} * {ratio.numerator}")
    bottom = c.keep(f"{wrapped(over.v)} * {ratio.denominator}")
    most = max(abs(value.lo), abs(value.hi)) * ratio.numerator
    least = max(abs(over.lo), abs(over.hi)) * ratio.denominator
    within(2 * most + least, 2 * least)
    up = c.keep(f"CASE WHEN {bottom} < 0 THEN -{wrapped(top)} ELSE {top} END")
    down = c.keep(f"CASE WHEN {bottom} = 0 THEN 1 ELSE ABS({bottom}) END")
    text = _division(node.op, up, 1, down, lo=-most, hi=most, double=0)
    return Sql(NUMBER, text, reason, unit, -most - 1, most + 1)


def _is_fixed(value: Sql) -> bool:
    """True for a constant other than zero."""
    return value.v.lstrip("-").isdigit() and value.lo == value.hi != 0


def _product(left: Sql, right: Sql) -> Sql:
    corners = [a * b for a in (left.lo, left.hi) for b in (right.lo, right.hi)]
    lo, hi = within(min(corners), max(corners))
    return Sql(NUMBER, f"{wrapped(left.v)} * {wrapped(right.v)}", SURE, left.scale * right.scale, lo, hi)


def _times(value: Sql, factor: Fraction) -> Sql:
    """A number times a constant: the scale takes it, the sign goes into the value."""
    parts = value.parts.times(factor) if value.parts else None
    curve = parts.curve if parts else None
    if factor >= 0:
        return replace(value, scale=value.scale * factor, curve=curve, parts=parts, branches=())
    return replace(
        value,
        v=f"-{wrapped(value.v)}",
        scale=value.scale * -factor,
        lo=-value.hi,
        hi=-value.lo,
        curve=curve,
        parts=parts,
        branches=(),
    )


def filled(value: Sql, kind: str) -> Sql:
    """A value that is never there, with something to compute on where nobody looks."""
    return replace(value, kind=kind, v=FILLER[kind], lo=0, hi=0, scale=ONE) if value.kind == NULL else value


def _rounded(op: str, value: Fraction) -> int:
    result = v.rounded(op, value, 0).value
    if not isinstance(result, int):
        raise Overflow("a rounded value could be larger than 64 bits hold")
    return result


def _division(op: str, name: str, top: int, bottom: str, *, lo: int, hi: int, double: int) -> str:
    """A rounded division of whole numbers that are never divided below zero (engines truncate there)."""
    name = wrapped(name)
    twice = str(double) if double else f"(2 * {bottom})"
    plus = name if top == 1 else f"{name} * {top}"
    minus = f"-{name}" if top == 1 else f"-{name} * {top}"
    if op == "ROUND":
        two = name if 2 * top == 1 else f"{name} * {2 * top}"
        up, down = f"({two} + {bottom}) // {twice}", f"-((-{two} + {bottom}) // {twice})"
    elif op == "FLOOR":
        up, down = f"({plus}) // {bottom}", f"-(({minus} + {bottom} - 1) // {bottom})"
    else:
        up, down = f"({plus} + {bottom} - 1) // {bottom}", f"-(({minus}) // {bottom})"
    if lo >= 0:
        return up
    return down if hi < 0 else f"CASE WHEN {name} >= 0 THEN {up} ELSE {down} END"
