"""Calendar arithmetic on whole numbers only: no date function stands in a program, because engines differ silently.

Days count from 1970-01-01; the civil calendar is the proleptic Gregorian one, as in Python's `datetime`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from waardig.law.core.sql import case, wrapped

MIN_DAY, MAX_DAY = -719162, 2932896
Keep = Callable[[str], str]


@dataclass(frozen=True)
class Civil:
    """Year, month and day as SQL."""

    y: str
    m: str
    d: str


def civil(days: str, keep: Keep) -> Civil:
    """Year, month, day of a day number.

    Args:
        keep: stores an expression as a column of a stage and returns its name.
    """
    z = keep(f"{wrapped(days)} + 719468")
    era = keep(f"{z} // 146097")
    doe = keep(f"{z} - {era} * 146097")
    yoe = keep(f"({doe} - {doe} // 1460 + {doe} // 36524 - {doe} // 146096) // 365")
    doy = keep(f"{doe} - (365 * {yoe} + {yoe} // 4 - {yoe} // 100)")
    mp = keep(f"(5 * {doy} + 2) // 153")
    day = keep(f"{doy} - (153 * {mp} + 2) // 5 + 1")
    month = keep(f"CASE WHEN {mp} < 10 THEN {mp} + 3 ELSE {mp} - 9 END")
    year = keep(f"{yoe} + {era} * 400 + CASE WHEN {mp} < 10 THEN 0 ELSE 1 END")
    return Civil(year, month, day)


def days_of(date: Civil, keep: Keep) -> str:
    """The day number of a year, month and day."""
    y = keep(f"{date.y} - CASE WHEN {date.m} <= 2 THEN 1 ELSE 0 END")
    era = keep(f"{y} // 400")
    yoe = keep(f"{y} - {era} * 400")
    mp = keep(f"CASE WHEN {date.m} > 2 THEN {date.m} - 3 ELSE {date.m} + 9 END")
    doy = f"(153 * {mp} + 2) // 5 + {date.d} - 1"
    return keep(f"{era} * 146097 + {yoe} * 365 + {yoe} // 4 - {yoe} // 100 + {doy} - 719468")


def is_leap(year: str) -> str:
    """SQL: the year has a 29 February."""
    return f"({year} % 4 = 0 AND ({year} % 100 <> 0 OR {year} % 400 = 0))"


def last_day(year: str, month: str) -> str:
    """The number of days of a month."""
    return case(
        [(f"{month} = 2", f"CASE WHEN {is_leap(year)} THEN 29 ELSE 28 END"), (f"{month} IN (4, 6, 9, 11)", "30")], "31"
    )


def plus_months(date: Civil, months: str, keep: Keep) -> Civil:
    """The corresponding day so many months later, at most the last day of that month."""
    if months == "0":
        return date
    total = keep(f"{date.y} * 12 + {date.m} - 1 + {wrapped(months)}")
    year, month = keep(f"{total} // 12"), keep(f"{total} % 12 + 1")
    return Civil(year, month, keep(f"LEAST({date.d}, {last_day(year, month)})"))


def full_months(start: Civil, end: Civil) -> str:
    """Complete months from start to a later end, with the end of the month as cap."""
    cap = f"LEAST({start.d}, {last_day(end.y, end.m)})"
    months = f"({end.y} - {start.y}) * 12 + {end.m} - {start.m}"
    return f"{months} - CASE WHEN {end.d} < {cap} THEN 1 ELSE 0 END"
