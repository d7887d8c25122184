"""Pieces of generated SQL: integers with an exact scale and proven bounds, a reason code beside every value.

A number is `v * scale` with v a 64-bit integer and scale a rational known at compile time; bounds come from the data,
so that no step can overflow. A value is never NULL inside the program: absence and doubt live in the reason code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import gcd

from waardig.law.core.types import BOOLEAN, DATE, NULL, NUMBER, TEXT

LIMIT = 2**62
R_OK, R_ABSENT, R_UNTRANSLATABLE, R_ERROR, R_UNKNOWN = 0, 1, 2, 3, 4
ONE = Fraction(1)
FILLER = {BOOLEAN: "FALSE", NUMBER: "0", DATE: "0", TEXT: "''", NULL: "0"}


class Reason(str):
    """SQL of a reason code that says which codes it can be, so that no test is made for one that never comes."""

    can: frozenset[int]

    def __new__(cls, text: str, can: Iterable[int]) -> Reason:
        """The same text, with its codes."""
        made = super().__new__(cls, text)
        made.can = frozenset(can)
        return made


def codes(text: str) -> frozenset[int] | None:
    """The codes that a reason can be; None when nobody knows."""
    if isinstance(text, Reason):
        return text.can
    return frozenset({int(text)}) if text.isdigit() else None


class Overflow(Exception):
    """A bound that 64 bits cannot hold."""


@dataclass(frozen=True)
class Curve:
    """How a value follows from one date, step by step in one direction, so that a limit on it is a limit on the date.

    Attributes:
        base: SQL of the day number; lo and hi are its bounds in the data.
        at: the exact value on a day (an age, months, or another day number), by the interpreter's own functions.
        rising: True when a later day never gives less, False when it never gives more.
    """

    base: str
    lo: int
    hi: int
    at: Callable[[int], int]
    rising: bool

    def first(self, reached: Callable[[int], bool]) -> int:
        """The first day on which something holds that keeps holding; one past the last when it never does."""
        low, high = self.lo, self.hi + 1
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if reached(self.at(middle)) else (middle + 1, high)
        return low

    def below(self, limit: Fraction, *, equal: bool) -> str:
        """SQL: the value is less than a limit (or equal to it)."""
        if self.rising:
            day = self.first(lambda value: value > limit if equal else value >= limit)
            return f"{self.base} < {day}"
        day = self.first(lambda value: value <= limit if equal else value < limit)
        return f"{self.base} >= {day}"


@dataclass(frozen=True)
class Sql:
    """One value in the program.

    Attributes:
        kind: number, boolean, date (days since 1970-01-01), text or null.
        v: SQL of the value; meaningless where the reason is not ok.
        r: SQL of the reason code; the text "0" when it is always ok.
        scale: what one unit of v is worth (numbers).
        lo, hi: proven bounds of v (numbers and dates).
        depth: how many stages lie below it.
        over: divisor, when this is a quotient that only rounding can finish.
        curve: how it follows from one date, if it does.
        branches: condition and value of each branch and TRUE with the default, when it is a choice.
    """

    kind: str
    v: str
    r: str = "0"
    scale: Fraction = ONE
    lo: int = 0
    hi: int = 0
    depth: int = 0
    over: Sql | None = None
    curve: Curve | None = field(default=None, compare=False)
    branches: tuple[tuple[str, Sql], ...] = field(default=(), compare=False)

    @property
    def sure(self) -> bool:
        """True when the value is always there."""
        return self.r == "0"

    @property
    def bad(self) -> str:
        """SQL: nothing can be computed with it."""
        return _decided(self.r, lambda code: code > R_ABSENT) or f"{self.r} > {R_ABSENT}"

    @property
    def absent(self) -> str:
        """SQL: it is absent."""
        return _decided(self.r, lambda code: code == R_ABSENT) or f"{self.r} = {R_ABSENT}"

    @property
    def failed(self) -> str:
        """SQL: it is an error."""
        return _decided(self.r, lambda code: code == R_ERROR) or f"{self.r} = {R_ERROR}"

    @property
    def truthy(self) -> str:
        """SQL: it is there and true (not 0, not empty)."""
        here = _decided(self.r, lambda code: code == R_OK) or f"{self.r} = {R_OK}"
        value = {BOOLEAN: self.v, NUMBER: f"{self.v} <> 0", TEXT: f"{self.v} <> ''", DATE: "TRUE"}.get(
            self.kind, "FALSE"
        )
        return all_of(here, value)


def _decided(code: str, test: Callable[[int], bool]) -> str | None:
    """TRUE or FALSE where every code that can come gives the same answer."""
    found = {test(one) for one in codes(code) or ()}
    return str(found.pop()).upper() if len(found) == 1 else None


def wrapped(text: str) -> str:
    """An expression that can stand inside another."""
    simple = text.replace("_", "").isalnum() or (text.startswith("(") and text.endswith(")") and _closed(text))
    return text if simple else f"({text})"


def _closed(text: str) -> bool:
    """True when the first bracket closes at the end."""
    level = 0
    for position, letter in enumerate(text):
        level += (letter == "(") - (letter == ")")
        if level == 0 and position < len(text) - 1:
            return False
    return True


def all_of(*parts: str) -> str:
    """Conjunction with the obvious left out."""
    kept = [part for part in parts if part != "TRUE"]
    if "FALSE" in kept:
        return "FALSE"
    return " AND ".join(map(wrapped, kept)) if kept else "TRUE"


def any_of(*parts: str) -> str:
    """Disjunction with the obvious left out."""
    kept = [part for part in parts if part != "FALSE"]
    if "TRUE" in kept:
        return "TRUE"
    return " OR ".join(map(wrapped, kept)) if kept else "FALSE"


def negated(part: str) -> str:
    """Negation with the obvious left out."""
    if part.startswith("NOT ") and wrapped(part[4:]) == part[4:]:
        return part[5:-1] if part.endswith(")") else part[4:]
    return {"TRUE": "FALSE", "FALSE": "TRUE"}.get(part, f"NOT {wrapped(part)}")


def case(branches: list[tuple[str, str]], default: str) -> str:
    """CASE with dead branches left out."""
    kept: list[tuple[str, str]] = []
    for condition, value in branches:
        if condition == "TRUE":
            default = value
            break
        if condition != "FALSE":
            kept.append((condition, value))
    while kept and kept[-1][1] == default:
        kept.pop()
    if not kept:
        return default
    if default in ("TRUE", "FALSE") and all(value in ("TRUE", "FALSE") for _, value in kept) and len(kept) == 1:
        condition, value = kept[0]
        return condition if value == "TRUE" else negated(condition)
    inner = " ".join(f"WHEN {condition} THEN {value}" for condition, value in kept)
    text, can = f"CASE {inner} ELSE {default} END", [codes(value) for value in (*(value for _, value in kept), default)]
    known = [one for one in can if one is not None]
    return Reason(text, frozenset().union(*known)) if len(known) == len(can) else text


def reason_case(branches: list[tuple[str, str]], default: str) -> str:
    """CASE of reason codes: what was tested and found in order before is not asked again."""
    kept: list[tuple[str, str]] = []
    fine: set[str] = set()
    for condition, code in branches:
        if condition == "FALSE":
            continue
        kept.append((condition, "0" if code in fine else code))
        if condition == f"{code} > {R_ABSENT}" and R_ABSENT not in (codes(code) or (R_ABSENT,)):
            fine.add(code)
    default = "0" if default in fine else default
    while len(kept) > 1 and kept[-1][1] == default:
        kept.pop()
    if default == "0" and len(kept) == 1 and kept[0][1] in fine:
        return kept[0][1]
    return case(kept, default)


def without_absence(text: str) -> str:
    """A reason of which every branch asks for more than absence."""
    can = codes(text)
    return Reason(text, can - {R_ABSENT}) if isinstance(text, Reason) and can else text


def within(lo: int, hi: int) -> tuple[int, int]:
    """Bounds that fit, or a refusal to compile.

    Raises:
        Overflow: 64 bits could not hold the result.
    """
    if max(abs(lo), abs(hi)) >= LIMIT:
        raise Overflow(f"a value could reach {max(abs(lo), abs(hi)):.1e}, which 64 bits cannot hold safely")
    return lo, hi


def held(value: Sql) -> Sql:
    """A number of which the real size fits too: the interpreter fails on a whole number beyond 64 bits, at every step.

    Raises:
        Overflow: the real size, scale included, could be too large.
    """
    if value.over is None and value.kind == NUMBER:
        within(int(value.lo * value.scale), int(value.hi * value.scale))
    return value


def common(values: list[Sql]) -> tuple[list[Sql], Fraction]:
    """The same numbers at one scale."""
    scale = values[0].scale
    for value in values[1:]:
        top = gcd(scale.numerator * value.scale.denominator, value.scale.numerator * scale.denominator)
        scale = Fraction(top, scale.denominator * value.scale.denominator)
    return [rescaled(value, scale) for value in values], scale


def rescaled(value: Sql, scale: Fraction) -> Sql:
    """A number at a finer scale (a whole multiple)."""
    factor = value.scale / scale
    assert factor.denominator == 1
    times = factor.numerator
    lo, hi = within(value.lo * times, value.hi * times)
    if times == 1:
        return value
    text = str(int(value.v) * times) if _is_number(value.v) else f"{wrapped(value.v)} * {times}"
    return replace(value, v=text, scale=scale, lo=lo, hi=hi, curve=None, branches=())


def _is_number(text: str) -> bool:
    return text.lstrip("-").isdigit()


def quoted(text: str) -> str:
    """A text literal."""
    return "'" + text.replace("'", "''") + "'"


def column_name(name: str) -> str:
    """A column name as written in a population."""
    return '"' + name.replace('"', '""') + '"'
