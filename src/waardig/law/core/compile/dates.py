"""AGE, DATE_ADD, DATE_DIFF, DAY_OF_WEEK, DATE_PART and START_OF on day numbers, without a date function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from waardig.law.core import ir
from waardig.law.core import sql_dates as cal
from waardig.law.core import values as v
from waardig.law.core.compile.base import Compiler, part_of
from waardig.law.core.graph import Node
from waardig.law.core.sql import (
    ONE,
    SURE,
    Curve,
    Reason,
    Sql,
    case,
    rescaled,
    wrapped,
)
from waardig.law.core.types import DATE, NULL, NUMBER


def whole_months(c: Compiler, start: Sql, end: Sql) -> str:
    """Signed complete months between two dates."""
    forward = cal.full_months(c.civil(start), c.civil(end))
    if start.hi <= end.lo:
        return c.keep(forward)
    backward = cal.full_months(c.civil(end), c.civil(start))
    return c.keep(case([(f"{end.v} >= {start.v}", forward)], f"-({backward})"))


def age(c: Compiler, node: Node, values: list[Sql]) -> Sql:
    """AGE in complete years."""
    if not c.are(values, DATE):
        c.no_text_date(node, values)
        return c.failing(values)
    reason = c.strict_reason(values)
    if NULL in (values[0].kind, values[1].kind):
        return Sql(NUMBER, "0", reason)
    born, on = values
    months = whole_months(c, born, on)
    text = _toward_zero(months, 12, born.hi <= on.lo)
    curve = between(born, on, lambda first, last: v.age(first, last))
    return Sql(NUMBER, text, reason, ONE, *_span(born, on, 365), curve=curve)


def between(start: Sql, end: Sql, measure: Callable[[str, str], v.Val]) -> Curve | None:
    """How a time between two dates follows from one of them, when the other is the same for everybody."""

    def at(first: int, last: int) -> int:
        value = measure(iso(first), iso(last)).value
        assert isinstance(value, int)
        return value

    if _is_fixed_day(end):
        return Curve(wrapped(start.v), start.lo, start.hi, lambda day: at(day, end.lo), False, start.stored)
    if _is_fixed_day(start):
        return Curve(wrapped(end.v), end.lo, end.hi, lambda day: at(start.lo, day), True, end.stored)
    return None


def iso(day: int) -> str:
    """A day number as an ISO date."""
    return date.fromordinal(day + 719163).isoformat()


def _is_fixed_day(value: Sql) -> bool:
    return value.v.lstrip("-").isdigit() and value.lo == value.hi


def date_diff(c: Compiler, node: Node, values: list[Sql]) -> Sql:
    """DATE_DIFF in days, months or years."""
    unit = node.args[2].value if c.is_constant(node.args[2]) else None
    start, end, _ = values
    if unit not in ("days", "months", "years") or not c.are([start, end], DATE):
        raise c.refuse(node, "DATE_DIFF needs two dates and a fixed unit")
    reason = c.strict_reason([start, end])
    if NULL in (start.kind, end.kind):
        return Sql(NUMBER, "0", reason)
    if unit == "days":
        return Sql(NUMBER, f"{wrapped(end.v)} - {wrapped(start.v)}", reason, ONE, end.lo - start.hi, end.hi - start.lo)
    months = whole_months(c, start, end)
    curve = between(start, end, lambda first, last: v.date_diff(first, last, unit))
    if unit == "months":
        return Sql(NUMBER, months, reason, ONE, *_span(start, end, 28), curve=curve)
    text = _toward_zero(months, 12, start.hi <= end.lo)
    return Sql(NUMBER, text, reason, ONE, *_span(start, end, 365), curve=curve)


def date_add(c: Compiler, node: Node, values: list[Sql]) -> Sql:
    """DATE_ADD: years, months, weeks, days, clamped to the end of the month after years and after months."""
    start, parts = values[0], dict(zip(node.roles[1:], values[1:], strict=True))
    if start.kind == NULL or any(part.kind == NULL for part in parts.values()):
        return c.failing(values)
    if start.kind != DATE or any(part.kind != NUMBER or part.scale.denominator != 1 for part in parts.values()):
        raise c.refuse(node, "DATE_ADD needs a date and whole numbers")
    counts = {name: rescaled(part, ONE) for name, part in parts.items()}
    lo, hi = reach(c, node, start, counts)
    reason = c.strict_reason(values)
    text = start.v
    if "years" in counts or "months" in counts:
        shifted = c.civil(start)
        for name, times in (("years", 12), ("months", 1)):
            if name in counts:
                shifted = cal.plus_months(shifted, c.keep(_scaled(counts[name].v, times)), c.keep)
        text = cal.days_of(shifted, c.keep)
    for name, times in (("weeks", 7), ("days", 1)):
        if name in counts:
            text = f"{wrapped(text)} + {wrapped(_scaled(counts[name].v, times))}"
    return Sql(DATE, text, reason, ONE, lo, hi, curve=_later(start, counts))


def _later(start: Sql, counts: Mapping[str, Sql]) -> Curve | None:
    """A date so much later follows from the date when the time added is the same for everybody."""
    if not all(_is_fixed_day(part) for part in counts.values()):
        return None
    fixed: dict[str, ir.Raw] = {name: part.lo for name, part in counts.items()}

    def at(day: int) -> int:
        moved = v.as_date(v.date_add(iso(day), fixed).value)
        assert moved is not None
        return moved.toordinal() - 719163

    return Curve(wrapped(start.v), start.lo, start.hi, at, True, start.stored)


def reach(c: Compiler, node: Node, start: Sql, counts: Mapping[str, Sql]) -> tuple[int, int]:
    """Bounds of the new date; outside the calendar only the interpreter can tell row by row."""
    longest = {"years": 366, "months": 31, "weeks": 7, "days": 1}
    lo = start.lo + sum(min(0, part.lo) * longest[name] for name, part in counts.items()) - 3
    hi = start.hi + sum(max(0, part.hi) * longest[name] for name, part in counts.items()) + 3
    if lo < cal.MIN_DAY or hi > cal.MAX_DAY:
        raise c.refuse(node, "DATE_ADD could leave the years 1 to 9999")
    return lo, hi


def day_of_week(c: Compiler, node: Node, values: list[Sql]) -> Sql:
    """DAY_OF_WEEK: 0 is Monday."""
    if not c.are(values, DATE):
        c.no_text_date(node, values)
        return c.failing(values)
    text = f"({wrapped(values[0].v)} + 719162) % 7"
    return Sql(NUMBER, text, c.strict_reason(values), ONE, 0, 6)


def _toward_zero(months: str, by: int, positive: bool) -> str:
    """Whole years of a signed number of months."""
    up = f"{months} // {by}"
    return up if positive else f"CASE WHEN {months} >= 0 THEN {up} ELSE -(-{months} // {by}) END"


def _span(start: Sql, end: Sql, shortest: int) -> tuple[int, int]:
    """Bounds of a number of months or years between two dates."""
    return (end.lo - start.hi) // shortest - 1, (end.hi - start.lo) // shortest + 1


def _scaled(text: str, times: int) -> str:
    if text.lstrip("-").isdigit():
        return str(int(text) * times)
    return text if times == 1 else f"{wrapped(text)} * {times}"


def date_part(c: Compiler, node: Node, values: list[Sql]) -> Sql:
    """DATE_PART: the year, month or day."""

    def part(day: Sql) -> Sql:
        unit = str(_unit(c, node))
        parts = part_of(day, unit)
        return Sql(NUMBER, *_part(c.civil(day), unit), curve=parts.curve, parts=parts)

    return _civil(c, node, values, part)


def start_of(c: Compiler, node: Node, values: list[Sql]) -> Sql:
    """START_OF: the first day of the year or month."""

    def first(day: Sql) -> Sql:
        civil, year = c.civil(day), _unit(c, node) == "year"
        text = cal.days_of(cal.Civil(civil.y, "1" if year else civil.m, "1"), c.keep)
        back = 365 if year else 30
        return Sql(DATE, text, lo=max(day.lo - back, cal.MIN_DAY), hi=day.hi)

    return _civil(c, node, values, first)


def _unit(c: Compiler, node: Node) -> object:
    return node.args[1].value if c.is_constant(node.args[1]) else None


def _part(civil: cal.Civil, part: object) -> tuple[str, Reason, Fraction, int, int]:
    text, hi = {"year": (civil.y, 9999), "month": (civil.m, 12), "day": (civil.d, 31)}[str(part)]
    return text, SURE, ONE, 1, hi


def _civil(c: Compiler, node: Node, values: list[Sql], made: Callable[[Sql], Sql]) -> Sql:
    """What is read from the calendar of one date; the unit is fixed by the law."""
    day = values[0]
    if _unit(c, node) not in (("year", "month", "day") if node.op == "DATE_PART" else ("year", "month")):
        raise c.refuse(node, f"{node.op} needs a fixed unit")
    if not c.are([day], DATE):
        c.no_text_date(node, [day])
        return c.failing([day])
    if day.kind == NULL:
        return c.failing([day])
    return replace(made(day), r=c.strict_reason([day]))
