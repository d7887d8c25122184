"""Branches that no fact reaches: their condition excludes itself, or what was asked before leaves nothing over.

Every value that conditions look at is tried as nothing, on each constant that it is compared with, between those and
beside them; two values that are compared with each other as less, equal and more. What none of these trials reaches, no
fact reaches. Values are taken to be free of each other, and too many trials say nothing: a finding is never a guess.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise, product
from math import prod
from typing import Any

from waardig.law.core import ir
from waardig.law.core import values as v
from waardig.law.core.alike import ORDER, resolved, shape

MOST = 4096
"""Trials for one condition."""
DOMAINS = {"month": (1, 12), "day": (1, 31), "DAY_OF_WEEK": (0, 6)}
OTHER_TEXT = "\0 any other text"
LESS, SAME, MORE, NOTHING, ONE_NOTHING = "less", "same", "more", "both nothing", "one nothing"
PAIRS = (LESS, SAME, MORE, NOTHING, ONE_NOTHING)
SIGNS = {
    "LESS_THAN": {LESS},
    "LESS_THAN_OR_EQUAL": {LESS, SAME},
    "GREATER_THAN": {MORE},
    "GREATER_THAN_OR_EQUAL": {MORE, SAME},
    "EQUALS": {SAME, NOTHING},
}
Known = tuple[ir.Expr, bool]
"""A condition and what it has said."""
Trial = Mapping[object, ir.Raw]


@dataclass(frozen=True)
class Unreached:
    """A branch that nobody reaches: the line of its condition, or of the default."""

    line: int
    default: bool


def unreached(expr: ir.Expr, constants: Mapping[str, ir.Raw], dates: Set[str]) -> list[Unreached]:
    """Every branch in an expression that no fact reaches.

    Args:
        constants: the definitions that a name means here.
        dates: the names that are dates here.
    """
    found = _Walk(dates)
    found.within(resolved(expr, constants), ())
    return found.unreached


def settled_joins(expr: ir.Expr, constants: Mapping[str, ir.Raw], dates: Set[str]) -> Iterator[tuple[int, bool]]:
    """Every AND that is never true and every OR that always is, whatever the facts are, with its line.

    Only what its parts do to each other: a part that is settled by itself is said elsewhere.
    """
    yield from _settled(resolved(expr, constants), dates)


def _settled(expr: ir.Expr, dates: Set[str]) -> Iterator[tuple[int, bool]]:
    if not isinstance(expr, ir.Operation):
        return
    inner = [found for _, part in expr.args for found in _settled(part, dates)]
    yield from inner
    if expr.op not in ("AND", "OR") or len(expr.args) < 2 or inner:
        return
    answer = expr.op == "OR"
    if any(not _can_be(part, not answer, (), dates) for _, part in expr.args):
        return
    if not _can_be(expr, not answer, (), dates) and _can_be(expr, answer, (), dates):
        yield expr.at.line, answer


class _Walk:
    """One expression, from the top down: what was asked before holds below."""

    def __init__(self, dates: Set[str]) -> None:
        self.dates = dates
        self.unreached: list[Unreached] = []

    def within(self, expr: ir.Expr, before: tuple[Known, ...]) -> None:
        if not isinstance(expr, ir.Operation):
            return
        if expr.op != "IF":
            for _, part in expr.args:
                self.within(part, before)
            return
        known = before
        for position, (role, part) in enumerate(expr.args):
            if role == "when":
                if _can_be(part, True, known, self.dates):
                    self.within(expr.args[position + 1][1], (*known, (part, True)))
                else:
                    self.unreached.append(Unreached(part.at.line, default=False))
                known = (*known, (part, False))
            elif role == "default":
                self._default(part, known)

    def _default(self, part: ir.Expr, known: tuple[Known, ...]) -> None:
        """What holds otherwise; when the last condition was never true, that one is said."""
        (last, said), earlier = known[-1], known[:-1]
        if _can_be(last, said, earlier, self.dates) or not _can_be(last, True, earlier, self.dates):
            self.within(part, known)
        else:
            self.unreached.append(Unreached(part.at.line, default=True))


def _can_be(condition: ir.Expr, said: bool, before: Sequence[Known], dates: Set[str]) -> bool:
    """Whether a condition can say this after what the others said; True when that takes too many trials."""
    marks = Marks(dates)
    marks.look(condition)
    asked: list[Known] = [(condition, said)]
    rest = list(before)
    while True:
        near = [known for known in rest if marks.shares(known[0])]
        if not near:
            break
        rest = [known for known in rest if known not in near]
        for known in near:
            marks.look(known[0])
        asked += near
    if prod(len(tried) for tried in marks.trials().values()) > MOST:
        return not before or _can_be(condition, said, (), dates)
    return any(all(_says(expr, trial) is wanted for expr, wanted in asked) for trial in marks.every())


@dataclass
class Marks:
    """The values that conditions look at, each with the constants that it is compared with."""

    dates: Set[str]
    found: dict[object, set[tuple[str, Any]]] = field(default_factory=dict)
    values: dict[object, ir.Expr] = field(default_factory=dict)

    def look(self, expr: ir.Expr) -> None:
        """Takes in what a condition looks at."""
        for key, value, constants in _looks(expr):
            self.found.setdefault(key, set()).update((type(one).__name__, one) for one in constants)
            if value is not None:
                self.values[key] = value

    def shares(self, expr: ir.Expr) -> bool:
        """Whether another condition looks at one of the same values."""
        return any(key in self.found for key, _, _ in _looks(expr))

    def trials(self) -> dict[object, list[ir.Raw]]:
        """What each value is tried as."""
        tried: dict[object, list[ir.Raw]] = {}
        for key, marks in self.found.items():
            value, constants = self.values.get(key), [one for _, one in marks]
            tried[key] = list(PAIRS) if value is None else _tried(value, constants, self.dates)
        return tried

    def every(self) -> Iterator[Trial]:
        """Every combination."""
        tried = self.trials()
        for values in product(*tried.values()):
            yield dict(zip(tried, values, strict=True))


def _looks(expr: ir.Expr) -> Iterator[tuple[object, ir.Expr | None, list[ir.Raw]]]:
    """What a condition looks at: key, the value (None for two that are compared), and constants beside it."""
    if isinstance(expr, ir.Literal):
        return
    if not isinstance(expr, ir.Operation):
        yield shape(expr), expr, [True, False]
        return
    parts = [part for _, part in expr.args]
    if expr.op in ("AND", "OR", "NOT"):
        for part in parts:
            yield from _looks(part)
    elif expr.op in ("IS_NULL", "NOT_NULL", "IN", "NOT_IN") or expr.op in (*ORDER, "EQUALS", "NOT_EQUALS"):
        for left, right in _compared(expr):
            yield from _beside(left, right)
    else:
        yield shape(expr), expr, [True, False]


def _compared(expr: ir.Operation) -> list[tuple[ir.Expr, ir.Expr]]:
    """The comparisons that an operation makes."""
    subject, *rest = (part for _, part in expr.args)
    if expr.op in ("IS_NULL", "NOT_NULL"):
        return [(subject, ir.Literal(None, expr.at))]
    return [(subject, one) for item in rest for one in _items(item)]


def _items(item: ir.Expr) -> list[ir.Expr]:
    """The constants of a list that stands there by name."""
    if isinstance(item, ir.Literal) and isinstance(item.value, tuple):
        return [ir.Literal(one, item.at) for one in item.value]
    return [item]


def _beside(left: ir.Expr, right: ir.Expr) -> Iterator[tuple[object, ir.Expr | None, list[ir.Raw]]]:
    sides = [side for side in (left, right) if not isinstance(side, ir.Literal)]
    constants = [side.value for side in (left, right) if isinstance(side, ir.Literal)]
    if len(sides) == 1:
        yield shape(sides[0]), sides[0], [one for one in constants if not isinstance(one, tuple | Mapping)]
    elif sides:
        yield _pair(left, right), None, []


def _pair(left: ir.Expr, right: ir.Expr) -> object:
    return ("pair", *sorted((repr(shape(left)), repr(shape(right)))))


def _tried(value: ir.Expr, marks: Sequence[object], dates: Set[str]) -> list[ir.Raw]:
    """Values of every kind that the constants tell apart, within what the value can be."""
    flags = [one for one in (True, False) if any(mark is one for mark in marks)]
    numbers = {number for one in marks if (number := _number(one)) is not None}
    texts = {one for one in marks if isinstance(one, str)}
    days = sorted({day for one in texts if (day := v.as_date(one))})
    if len(flags) == 2:  # asked by itself: nought and an empty text are no yes either
        numbers |= {Fraction(0)} if numbers else set()
        texts |= {""} if texts else set()
    low, high = _within(value, dates)
    numbers |= {bound for bound in (low, high) if numbers and bound is not None}
    around = [one for one in _around(sorted(numbers)) if (low is None or one >= low) and (high is None or one <= high)]
    tried: list[ir.Raw] = [None, *flags, *around, *sorted(texts)]
    tried += [_day(day, by) for day in days for by in (-1, 1)]
    return [*tried, *([OTHER_TEXT] if texts or not numbers else [])]


def _number(value: object) -> Fraction | None:
    return Fraction(value) if isinstance(value, int | Fraction) and not isinstance(value, bool) else None


def _around(numbers: Sequence[Fraction]) -> list[Fraction]:
    if not numbers:
        return []
    between = [(low + high) / 2 for low, high in pairwise(numbers)]
    return [numbers[0] - 1, *numbers, *between, numbers[-1] + 1]


def _day(day: datetime.date, by: int) -> str:
    if (by < 0 and day == datetime.date.min) or (by > 0 and day == datetime.date.max):
        return day.isoformat()
    return (day + datetime.timedelta(days=by)).isoformat()


def _within(value: ir.Expr, dates: Set[str]) -> tuple[Fraction | None, Fraction | None]:
    """What a number is at least and at most: a month from 1 to 12, the larger of 10 and another at least 10."""
    if isinstance(value, ir.Literal):
        return None, None
    if isinstance(value, ir.Variable):
        low, high = DOMAINS.get(value.path[-1] if value.path and value.name in dates else "", (None, None))
        return _number(low), _number(high)
    if value.op in DOMAINS:
        low, high = DOMAINS[value.op]
        return Fraction(low), Fraction(high)
    numbers = [_number(part.value) for _, part in value.args if isinstance(part, ir.Literal)]
    constants = [one for one in numbers if one is not None]
    if value.op not in ("MIN", "MAX") or not constants:
        return None, None
    return (max(constants), None) if value.op == "MAX" else (None, min(constants))


def _says(expr: ir.Expr, trial: Trial) -> bool | None:
    """What a condition says in a trial; None when it cannot be decided on these values."""
    if isinstance(expr, ir.Literal):
        return v.is_true(expr.value)
    if not isinstance(expr, ir.Operation):
        return v.is_true(trial[shape(expr)])
    if expr.op in ("AND", "OR"):
        answers = [_says(part, trial) for _, part in expr.args]
        settling = expr.op == "OR"
        if settling in answers:
            return settling
        return None if None in answers else not settling
    if expr.op == "NOT":
        inner = _says(expr.args[0][1], trial)
        return None if inner is None else not inner
    if expr.op in ("IN", "NOT_IN", "IS_NULL", "NOT_NULL"):
        found = any(_compare("EQUALS", *sides, trial) for sides in _compared(expr))
        return found == (expr.op in ("IN", "IS_NULL"))
    if expr.op in (*ORDER, "EQUALS", "NOT_EQUALS"):
        (_, left), (_, right) = expr.args
        same = _compare("EQUALS" if expr.op == "NOT_EQUALS" else expr.op, left, right, trial)
        return same if same is None or expr.op != "NOT_EQUALS" else not same
    return v.is_true(trial[shape(expr)])


def _compare(op: str, left: ir.Expr, right: ir.Expr, trial: Trial) -> bool | None:
    if not isinstance(left, ir.Literal) and not isinstance(right, ir.Literal):
        cell = str(trial[_pair(left, right)])
        turned = repr(shape(left)) > repr(shape(right))
        cell = {LESS: MORE, MORE: LESS}.get(cell, cell) if turned else cell
        if op != "EQUALS" and cell in (NOTHING, ONE_NOTHING):
            return None
        if shape(left) == shape(right) and cell not in (SAME, NOTHING):
            return None
        return cell in SIGNS[op]
    one, other = (side.value if isinstance(side, ir.Literal) else trial[shape(side)] for side in (left, right))
    if op == "EQUALS":
        return v.equal(one, other)
    found = v.compare(op, one, other)
    return None if found.bad else v.is_true(found.value)
