"""Pieces of generated SQL: integers with an exact scale and proven bounds, conditions of the reason beside every value.

A number is `v * scale` with v a 64-bit integer and scale a rational known at compile time; bounds come from the data,
so that no step can overflow. A condition is never NULL; a value is NULL at most where its reason is not ok, and there
nobody looks at it. Conditions are cheap for an engine that works by column, a choice between codes is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from math import gcd

from waardig.law.core.types import BOOLEAN, DATE, NULL, NUMBER, TEXT

LIMIT = 2**62
EPOCH = date(1970, 1, 1).toordinal()
R_OK, R_ABSENT, R_UNTRANSLATABLE, R_ERROR = 0, 1, 2, 3
ONE = Fraction(1)
FILLER = {BOOLEAN: "FALSE", NUMBER: "0", DATE: "0", TEXT: "''", NULL: "0"}


@dataclass(frozen=True)
class Reason:
    """Why a value is not there: conditions of which at most one holds; none of them where the value is there.

    Attributes:
        absent, error, doubt: SQL, never NULL.
        code: SQL of the reason code where it is in doubt; meaningless elsewhere.
        can: the codes that it can be there.
        ok: SQL: none of the three, where a column says so already.
    """

    absent: str = "FALSE"
    error: str = "FALSE"
    doubt: str = "FALSE"
    code: str = "0"
    can: frozenset[int] = frozenset()
    ok: str = ""

    @classmethod
    def always(cls, code: int) -> Reason:
        """The same reason for everybody."""
        if code in (R_OK, R_ABSENT, R_ERROR):
            return cls(absent=str(code == R_ABSENT).upper(), error=str(code == R_ERROR).upper())
        return cls(doubt="TRUE", code=str(code), can=frozenset({code}))

    @property
    def flags(self) -> tuple[str, str, str]:
        """The three conditions."""
        return self.absent, self.error, self.doubt

    @property
    def bad(self) -> str:
        """SQL: nothing can be computed with the value."""
        return any_of(self.error, self.doubt)

    @property
    def here(self) -> str:
        """SQL: the value is there."""
        return self.ok or negated(any_of(*self.flags))

    @property
    def without_absence(self) -> Reason:
        """The same where absence is no obstacle."""
        return replace(self, absent="FALSE", ok="" if self.absent != "FALSE" else self.ok)

    def under(self, condition: str) -> Reason:
        """The same where a condition holds, ok elsewhere."""
        absent, error, doubt = (all_of(condition, flag) for flag in self.flags)
        return replace(self, absent=absent, error=error, doubt=doubt, ok="")


SURE = Reason()


class Overflow(Exception):
    """A bound that 64 bits cannot hold."""


@dataclass(frozen=True)
class Curve:
    """How a value follows from one date or number, step by step in one direction: a limit on it is a limit on that.

    Attributes:
        base: SQL of the day number, or of the whole number that is rounded; lo and hi are its bounds in the data.
        at: the exact value there (an age, months, another day number, the rounded amount), by the interpreter's own
            functions.
        rising: True when a later day or larger number never gives less, False when it never gives more.
        stored: SQL of the date as the population has it, which is compared without counting days.
        above: SQL of the value where the base is at least so much, when that is less work.
    """

    base: str
    lo: int
    hi: int
    at: Callable[[int], int | Fraction]
    rising: bool
    stored: str = ""
    above: Callable[[int], str] | None = None

    def first(self, reached: Callable[[int | Fraction], bool]) -> int:
        """The first day on which something holds that keeps holding; one past the last when it never does."""
        low, high = self.lo, self.hi + 1
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if reached(self.at(middle)) else (middle + 1, high)
        return low

    def below(self, limit: Fraction, *, equal: bool) -> str:
        """SQL: the value is less than a limit (or equal to it)."""
        if self.rising:
            return self._beside("<", self.first(lambda value: value > limit if equal else value >= limit))
        return self._beside(">=", self.first(lambda value: value <= limit if equal else value < limit))

    def _beside(self, sign: str, day: int) -> str:
        if self.stored and date.min.toordinal() <= day + EPOCH <= date.max.toordinal():
            return f"{self.stored} {sign} DATE '{date.fromordinal(day + EPOCH)}'"
        return f"{self.base} {sign} {day}"


@dataclass(frozen=True)
class Parts:
    """Year, month and day of one date, each so many times, and a number added: `year * 12 + month` counts months.

    Attributes:
        base: SQL of the day number; lo and hi are its bounds in the data, stored is the date as the population has it.
    """

    base: str
    lo: int
    hi: int
    stored: str
    year: Fraction = Fraction(0)
    month: Fraction = Fraction(0)
    day: Fraction = Fraction(0)
    plus: Fraction = Fraction(0)

    def times(self, factor: Fraction) -> Parts:
        """The whole so many times."""
        taken = (self.year * factor, self.month * factor, self.day * factor, self.plus * factor)
        return Parts(self.base, self.lo, self.hi, self.stored, *taken)

    def with_(self, other: Parts) -> Parts:
        """The sum of two about one date."""
        taken = (self.year + other.year, self.month + other.month, self.day + other.day, self.plus + other.plus)
        return Parts(self.base, self.lo, self.hi, self.stored, *taken)

    def at(self, number: int) -> Fraction:
        """The value on a day."""
        day = date.fromordinal(number + EPOCH)
        return day.year * self.year + day.month * self.month + day.day * self.day + self.plus

    @property
    def curve(self) -> Curve | None:
        """How it follows from the date, when a later date never gives less, or never more.

        A month further on takes at most 30 days off, a year further on 11 months and 30 days.
        """
        for sign in (1, -1):
            year, month, day = sign * self.year, sign * self.month, sign * self.day
            if day >= 0 and month >= 30 * day and year >= 11 * month + 30 * day:
                return Curve(self.base, self.lo, self.hi, self.at, sign > 0, self.stored)
        return None


@dataclass(frozen=True)
class Sql:
    """One value in the program.

    Attributes:
        kind: number, boolean, date (days since 1970-01-01), text or null.
        v: SQL of the value; meaningless, or NULL, where the reason is not ok.
        r: why it is not there.
        scale: what one unit of v is worth (numbers).
        lo, hi: proven bounds of v (numbers and dates).
        depth: how many stages lie below it.
        over: divisor, when this is a quotient that only rounding can finish.
        stored: SQL of a date as the population has it.
        curve: how it follows from one date, if it does; parts: of which parts of a date it is the sum.
        branches: condition and value of each branch and TRUE with the default, when it is a choice.
        least: where this holds, another value is at least so much: its SQL and the number.
        never: conditions that do not hold where this is there and true.
    """

    kind: str
    v: str
    r: Reason = SURE
    scale: Fraction = ONE
    lo: int = 0
    hi: int = 0
    depth: int = 0
    over: Sql | None = None
    stored: str = field(default="", compare=False)
    curve: Curve | None = field(default=None, compare=False)
    parts: Parts | None = field(default=None, compare=False)
    branches: tuple[tuple[str, Sql], ...] = field(default=(), compare=False)
    least: tuple[str, int] | None = field(default=None, compare=False)
    never: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def sure(self) -> bool:
        """True when the value is always there."""
        return set(self.r.flags) == {"FALSE"}

    @property
    def spelled(self) -> tuple[tuple[str, Sql], ...]:
        """The branches of a number that is written out as a choice: whoever hands it over chooses by them."""
        return self.branches if self.kind == NUMBER and self.v.startswith("CASE ") else ()

    @property
    def truth(self) -> str:
        """SQL: what is there is true (not 0, not empty)."""
        found = {BOOLEAN: self.v, NUMBER: f"{self.v} <> 0", TEXT: f"{self.v} <> ''", DATE: "TRUE"}
        return found.get(self.kind, "FALSE")

    @property
    def truthy(self) -> str:
        """SQL: it is there and true."""
        return all_of(self.r.here, self.truth)


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
    kept = [part for part in dict.fromkeys(one for part in parts for one in conjuncts(part)) if part != "TRUE"]
    if "FALSE" in kept:
        return "FALSE"
    return " AND ".join(map(wrapped, kept)) if kept else "TRUE"


def conjuncts(text: str) -> list[str]:
    """The conditions that all hold when this one does, as far as its text shows.

    >>> conjuncts("n1 AND (NOT (n2 OR n3)) AND (v4 = 'x AND y')")
    ['n1', 'NOT (n2 OR n3)', "v4 = 'x AND y'"]
    """
    level, is_quoted, start, parts = 0, False, 0, list[str]()
    for position, letter in enumerate(text):
        is_quoted ^= letter == "'"
        level += 0 if is_quoted else (letter == "(") - (letter == ")")
        if letter == " " and level == 0 and not is_quoted:
            if text.startswith((" OR ", " THEN "), position):
                return [text]
            if text.startswith(" AND ", position):
                parts.append(text[start:position])
                start = position + 5
    if not parts:
        return [text]
    return [bare[1:-1] if bare.startswith("(") and _closed(bare) else bare for bare in [*parts, text[start:]]]


def any_of(*parts: str) -> str:
    """Disjunction with the obvious left out."""
    kept = [part for part in dict.fromkeys(parts) if part != "FALSE"]
    if "TRUE" in kept:
        return "TRUE"
    return " OR ".join(map(wrapped, kept)) if kept else "FALSE"


def negated(part: str) -> str:
    """Negation with the obvious left out."""
    if part.startswith("NOT ") and wrapped(part[4:]) == part[4:]:
        return part[5:-1] if part.endswith(")") else part[4:]
    return {"TRUE": "FALSE", "FALSE": "TRUE"}.get(part, f"NOT {wrapped(part)}")


def case(branches: Iterable[tuple[str, str]], default: str) -> str:
    """CASE with dead branches left out and neighbours of one value joined; of truths a condition remains."""
    kept: list[tuple[str, str]] = []
    for condition, value in joined_neighbours(branches):
        if condition == "TRUE":
            default = value
            break
        kept.append((condition, value))
    while kept and kept[-1][1] == default:
        kept.pop()
    truths = {default, *(value for _, value in kept)}
    if truths <= {"TRUE", "FALSE"} or (len(kept) == 1 and truths & {"TRUE", "FALSE"}):
        return _folded(kept, default)
    inner = " ".join(f"WHEN {condition} THEN {value}" for condition, value in kept)
    return f"CASE {inner} ELSE {default} END" if kept else default


def joined_neighbours(branches: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Branches that can come, those that follow each other with one value as one."""
    kept: list[tuple[str, str]] = []
    for condition, value in branches:
        if kept and kept[-1][1] == value:
            kept[-1] = (any_of(kept[-1][0], condition), value)
        elif condition != "FALSE":
            kept.append((condition, value))
    return kept


def _folded(branches: list[tuple[str, str]], default: str) -> str:
    """A choice of which all but one outcome are TRUE or FALSE, as one condition."""
    for condition, value in reversed(branches):
        if value == "TRUE" or default == "FALSE":
            default = any_of(condition, default) if value == "TRUE" else all_of(condition, value)
        else:
            default = all_of(negated(condition), default) if value == "FALSE" else any_of(negated(condition), value)
    return default


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
    return replace(value, v=text, scale=scale, lo=lo, hi=hi, curve=None, parts=None, branches=())


def _is_number(text: str) -> bool:
    return text.lstrip("-").isdigit()


def quoted(text: str) -> str:
    """A text literal."""
    return "'" + text.replace("'", "''") + "'"


def column_name(name: str) -> str:
    """A column name as written in a population."""
    return '"' + name.replace('"', '""') + '"'
