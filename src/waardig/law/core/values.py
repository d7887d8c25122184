"""Exact values and the meaning of every operation (regelrecht RFC-021 dates, RFC-024 rounding, RFC-036 absence).

Numbers are int or Fraction: no float exists and nothing rounds unless the law says ROUND, CEIL or FLOOR. A `Val`
carries the reason beside the value. Errors are results too: they travel to the output instead of stopping the others.
"""

from __future__ import annotations

import calendar
import datetime
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from waardig.law.core.ir import Raw
from waardig.law.terms import ABSENT, ERROR, OK, UNTRANSLATABLE, Value

INT64 = 2**63
MOST_PLACES = 100
TYPE_MISMATCH = "type_mismatch"
NULL_OPERAND = "; an operand is null: ask first with EQUALS whether it is there"


class Val(NamedTuple):
    """A value with its reason ("ok", "absent", "unknown:NAME", "untranslatable", "error")."""

    value: Raw
    reason: str = OK
    detail: str = ""
    code: str = ""

    @property
    def bad(self) -> bool:
        """True when nothing can be computed with it: unknown, untranslatable or error."""
        return self.reason not in (OK, ABSENT)


TRUE, FALSE, NOTHING = Val(True), Val(False), Val(None, ABSENT)
TAINTED = Val(None, UNTRANSLATABLE)


def failure(detail: str, code: str = TYPE_MISMATCH) -> Val:
    """An error as a value; the code is stable, the detail is for people."""
    return Val(None, ERROR, detail, code)


def known(value: Raw) -> Val:
    """A value that is there; None is absent."""
    return NOTHING if value is None else Val(value)


def truth(flag: bool) -> Val:
    """A definite boolean."""
    return TRUE if flag else FALSE


_NUMBERS = frozenset({int, Fraction})
_DIGITS = Context(prec=28)
_AS_IT_IS = frozenset({int, str, bool, type(None)})


def from_outside(value: Any) -> Raw:
    """A value as given by a caller, made exact (a float is read by its shortest decimal text)."""
    if type(value) in _AS_IT_IS or isinstance(value, (int, str)):
        return value  # type: ignore[no-any-return]
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, Decimal) and not (value.is_finite() and abs(value.adjusted()) <= MOST_PLACES):
        return str(value)  # no number that can be computed with: what asks a number says so
    if isinstance(value, (Decimal, Fraction)):
        exact = Fraction(value)
        return exact.numerator if exact.denominator == 1 else exact
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): from_outside(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return tuple(from_outside(item) for item in value)
    if hasattr(value, "item"):
        return from_outside(value.item())
    raise TypeError(f"a value of type {type(value).__name__} cannot be used in a law")


def to_outside(value: Raw) -> Value:
    """The value as shown to a caller: whole numbers as int, others as Decimal (28 digits when endless)."""
    if type(value) in _AS_IT_IS:
        return value  # type: ignore[return-value]
    if isinstance(value, Fraction):
        top, under = value.as_integer_ratio()
        return top if under == 1 else _DIGITS.divide(Decimal(top), Decimal(under))
    if isinstance(value, tuple):
        return [to_outside(item) for item in value]
    if isinstance(value, Mapping):
        return value["iso"] if _is_date_object(value) else {k: to_outside(v) for k, v in value.items()}  # type: ignore[return-value]
    return value


def says_something(value: Value) -> bool:
    """Whether an outcome is a yes, an amount, a date or a word; a no, zero and nothing are not."""
    return value not in (None, False, 0, "")


def _is_date_object(value: Mapping[str, Raw]) -> bool:
    return set(value) == {"iso", "year", "month", "day"}


def is_number(value: Raw) -> bool:
    """True for int and Fraction, not for bool."""
    return type(value) in _NUMBERS or (isinstance(value, (int, Fraction)) and not isinstance(value, bool))


def is_true(value: Raw) -> bool:
    """regelrecht truthiness: null, 0, '', empty list and empty mapping are false."""
    return bool(value)


@lru_cache(maxsize=65536)
def _parsed(text: str) -> datetime.date | None:
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def as_date(value: Raw) -> datetime.date | None:
    """A date from `YYYY-MM-DD` or {iso, year, month, day}; None when it is not one ('2025-1-1' is not)."""
    if isinstance(value, str):
        return _parsed(value)
    if type(value) in _AS_IT_IS:
        return None
    if isinstance(value, Mapping) and isinstance(value.get("iso"), str):
        return _parsed(str(value["iso"]))
    return None


def date_object(day: datetime.date) -> dict[str, Raw]:
    """A date as `$referencedate` gives it."""
    return {"iso": day.isoformat(), "year": day.year, "month": day.month, "day": day.day}


def show(value: Raw) -> str:
    """A value for an error message; text is never shown (it may be personal)."""
    if value is None:
        return "nothing (null)"
    if isinstance(value, str):
        return "a date" if as_date(value) else "text"
    if isinstance(value, bool):
        return "true" if value else "false"
    return "a number" if is_number(value) else "a list or mapping"


def equal(left: Raw, right: Raw) -> bool:
    """Structural equality; numbers by value, a date text equals the same date as {iso}; '42' is not 42.

    >>> equal(2, Fraction(2)), equal("42", 42), equal(None, None), equal(True, 1)
    (True, False, True, False)
    """
    if isinstance(left, bool) or isinstance(right, bool):
        return isinstance(left, bool) and isinstance(right, bool) and left == right
    if is_number(left) and is_number(right):
        return left == right
    if isinstance(left, Mapping) != isinstance(right, Mapping):
        first, second = as_date(left), as_date(right)
        return first is not None and first == second
    if isinstance(left, tuple) and isinstance(right, tuple):
        return len(left) == len(right) and all(equal(a, b) for a, b in zip(left, right, strict=True))
    return type(left) is type(right) and left == right


def compare(op: str, left: Raw, right: Raw) -> Val:
    """Greater and less: two numbers or two dates, anything else is an error (RFC-021)."""
    pair: tuple[Any, Any] | None = None
    if is_number(left) and is_number(right):
        pair = (left, right)
    else:
        first, second = as_date(left), as_date(right)
        if first is not None and second is not None:
            pair = (first, second)
    if pair is None:
        hint = NULL_OPERAND if left is None or right is None else ""
        return failure(f"{op} compares two numbers or two dates, not {show(left)} and {show(right)}{hint}")
    return truth(_ORDERS[op](*pair))


_ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "GREATER_THAN": operator.gt,
    "LESS_THAN": operator.lt,
    "GREATER_THAN_OR_EQUAL": operator.ge,
    "LESS_THAN_OR_EQUAL": operator.le,
}


def junction(op: str, parts: Iterable[Val]) -> Val:
    """AND and OR, left to right; what settles it wins over what is unknown, even when found later."""
    settles = op == "OR"
    doubt: Val | None = None
    for value in parts:
        if value.reason == ERROR:
            return value
        if value.bad:
            doubt = doubt or value
        elif is_true(value.value) == settles:
            return truth(settles)
    return doubt or truth(not settles)


def _whole(value: int | Fraction) -> Val:
    if isinstance(value, Fraction) and value.denominator == 1:
        value = value.numerator
    if isinstance(value, int) and not -INT64 <= value < INT64:
        return failure("arithmetic overflow: the result does not fit in 64 bits", "arithmetic_overflow")
    return Val(value)


def arithmetic(op: str, values: Sequence[Raw]) -> Val:
    """ADD (numbers, texts or lists by the first), SUBTRACT, MULTIPLY, DIVIDE, MIN and MAX, from left to right."""
    first = values[0]
    if op == "ADD" and isinstance(first, (str, tuple)):
        kind = str if isinstance(first, str) else tuple
        if not all(isinstance(value, kind) for value in values):
            return failure(f"ADD joins only values of one kind, not {' and '.join(map(show, values))}")
        total: Any = first
        for value in values[1:]:
            total = total + value
        return Val(total)
    if not all(map(is_number, values)):
        hint = NULL_OPERAND if None in values else ""
        return failure(f"{op} needs numbers, not {' and '.join(dict.fromkeys(map(show, values)))}{hint}")
    numbers: list[Any] = list(values)
    if op in ("MIN", "MAX"):
        return _whole(min(numbers) if op == "MIN" else max(numbers))
    fold, result = _FOLDS[op], numbers[0]
    for number in numbers[1:]:
        if op == "DIVIDE" and number == 0:
            return failure("division by zero", "division_by_zero")
        checked = _whole(fold(result, number))
        if checked.reason == ERROR:
            return checked
        result = checked.value
    return _whole(result)


_FOLDS: dict[str, Callable[[Any, Any], int | Fraction]] = {
    "ADD": operator.add,
    "SUBTRACT": operator.sub,
    "MULTIPLY": operator.mul,
    "DIVIDE": Fraction,
}


def rounded(op: str, value: Raw, precision: int) -> Val:
    """ROUND half away from zero, CEIL to +infinity, FLOOR to -infinity (RFC-024).

    >>> rounded("ROUND", Fraction(-5, 2), 0).value, rounded("CEIL", -1573, -2).value
    (-3, -1500)
    """
    if not is_number(value):
        return failure(f"{op} needs a number, not {show(value)}")
    top, under = value.as_integer_ratio()  # type: ignore[union-attr]
    step = 10 ** abs(precision)
    top, under = (top * step, under) if precision >= 0 else (top, under * step)
    if op == "ROUND":
        whole = (2 * abs(top) + under) // (2 * under) * (1 if top >= 0 else -1)
    else:
        whole = top // under if op == "FLOOR" else -(-top // under)
    return _whole(Fraction(whole, step) if precision > 0 else whole * step)


def _clamped(year: int, month: int, day: int) -> datetime.date:
    return datetime.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The corresponding day, or the last day of the month (Dutch law counts so; RFC-021)."""
    total = day.year * 12 + day.month - 1 + months
    return _clamped(total // 12, total % 12 + 1, day.day)


def date_add(start: Raw, parts: Mapping[str, Raw]) -> Val:
    """DATE_ADD: years, months, weeks, days in that order, clamped to the end of the month after years and months."""
    day = as_date(start)
    if day is None:
        return failure(f"DATE_ADD needs a date, not {show(start)}")
    amounts: dict[str, int] = {}
    for name in ("years", "months", "weeks", "days"):
        value = parts.get(name, 0)
        if isinstance(value, bool) or not isinstance(value, int):
            return failure(f"DATE_ADD needs a whole number of {name}, not {show(value)}")
        amounts[name] = value
    try:
        day = add_months(day, 12 * amounts["years"])
        day = add_months(day, amounts["months"])
        day += datetime.timedelta(days=7 * amounts["weeks"] + amounts["days"])
    except (ValueError, OverflowError):
        return failure("DATE_ADD gives a date outside the years 1 to 9999", "invalid_date")
    return Val(day.isoformat())


def full_months(start: datetime.date, end: datetime.date) -> int:
    """Complete calendar months from start to end (end not before start), with the end of the month as cap."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


def age(birth: Raw, reference: Raw) -> Val:
    """AGE in complete years; somebody of 29 February has their birthday on 28 February in other years."""
    born, on = as_date(birth), as_date(reference)
    if born is None or on is None:
        return failure(f"AGE needs two dates, not {show(birth)} and {show(reference)}")
    if on < born:
        return Val(-(full_months(on, born) // 12))
    return Val(full_months(born, on) // 12)


def date_diff(start: Raw, end: Raw, unit: Raw) -> Val:
    """DATE_DIFF in days, months or years; negative when `to` is before `from` (RFC-021)."""
    first, last = as_date(start), as_date(end)
    if first is None or last is None:
        return failure(f"DATE_DIFF needs two dates, not {show(start)} and {show(end)}")
    if unit == "days":
        return Val((last - first).days)
    if unit not in ("months", "years"):
        return failure("DATE_DIFF counts in days, months or years", "invalid_unit")
    months = full_months(first, last) if last >= first else -full_months(last, first)
    if unit == "months":
        return Val(months)
    return Val(months // 12 if months >= 0 else -(-months // 12))


def date_of(year: Raw, month: Raw, day: Raw) -> Val:
    """DATE from three whole numbers; an impossible date is an error."""
    parts = (year, month, day)
    if not all(isinstance(part, int) and not isinstance(part, bool) for part in parts):
        return failure(f"DATE needs three whole numbers, not {', '.join(map(show, parts))}")
    try:
        return Val(datetime.date(*parts).isoformat())  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        return failure(f"DATE has no day {day} in month {month} of year {year}", "invalid_date")


def day_of_week(value: Raw) -> Val:
    """DAY_OF_WEEK: 0 is Monday, 6 is Sunday."""
    day = as_date(value)
    return Val(day.weekday()) if day else failure(f"DAY_OF_WEEK needs a date, not {show(value)}")


def date_part(value: Raw, part: Raw) -> Val:
    """DATE_PART: the year, month or day of a date (regelrecht RFC-032)."""
    day = as_date(value)
    if day is None:
        return failure(f"DATE_PART needs a date, not {show(value)}")
    if part not in ("year", "month", "day"):
        return failure("DATE_PART reads the year, month or day", "invalid_unit")
    return Val(date_object(day)[str(part)])


def start_of(value: Raw, unit: Raw) -> Val:
    """START_OF: the first day of the year or month of a date (regelrecht RFC-032)."""
    day = as_date(value)
    if day is None:
        return failure(f"START_OF needs a date, not {show(value)}")
    if unit not in ("year", "month"):
        return failure("START_OF goes back to the start of the year or month", "invalid_unit")
    return Val(day.replace(month=1 if unit == "year" else day.month, day=1).isoformat())


def part_of(value: Raw, path: Sequence[str]) -> Val:
    """`$name.part.0`: a key of a mapping (or of a date) or a position in a list."""
    for part in path:
        day = as_date(value) if part in ("iso", "year", "month", "day") else None
        if day is not None:
            value = date_object(day)[part]
        elif isinstance(value, Mapping) and part in value:
            value = value[part]
        elif isinstance(value, tuple) and part.isdecimal() and int(part) < len(value):
            value = value[int(part)]
        else:
            return failure(f"there is no '.{part}' in {show(value)}", "missing_part")
    return known(value)
