"""Dates of which the day, or the month and day, are not known (BRP: 19780600, 19700000).

Text forms: "1978-06-12", "1978-06" (day unknown), "1978" (month and day unknown).
Source: Logisch ontwerp BRP, type datum.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

_FORM = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


def bounds(text: str) -> tuple[date, date] | None:
    """The earliest and the latest day that a date text can mean, or None when it is no date.

    Example:
        >>> bounds("1978-06")
        (datetime.date(1978, 6, 1), datetime.date(1978, 6, 30))
        >>> bounds("2025-02-30") is None
        True
    """
    found = _FORM.match(text)
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    if year is None or not 1 <= year <= 9999 or (month is not None and not 1 <= month <= 12):
        return None
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    last = calendar.monthrange(year, month)[1]
    if day is None:
        return date(year, month, 1), date(year, month, last)
    return (date(year, month, day), date(year, month, day)) if 1 <= day <= last else None


def is_complete(text: str) -> bool:
    """Whether the text names one day."""
    possible = bounds(text)
    return possible is not None and possible[0] == possible[1] and len(text) == 10


def is_date_text(text: str, *, incomplete: bool) -> bool:
    """Whether the text is a date; `incomplete` also allows a month or a year."""
    return is_complete(text) or (incomplete and bounds(text) is not None)


def from_digits(digits: str) -> str | None:
    """A BRP date of eight digits as date text; None when the year is unknown or the date cannot exist.

    Example:
        >>> from_digits("19780600"), from_digits("19700000"), from_digits("00000000"), from_digits("19990231")
        ('1978-06', '1970', None, None)
    """
    if not re.fullmatch(r"\d{8}", digits):
        return None
    year, month, day = digits[:4], digits[4:6], digits[6:]
    text = year
    if month != "00":
        text += f"-{month}"
        if day != "00":
            text += f"-{day}"
    elif day != "00":
        return None
    return text if year != "0000" and bounds(text) else None


def years_later(day: date, years: int, months: int = 0) -> date:
    """The day a number of years and months later; where that day does not exist, the first day after it.

    A person born on 29 February turns a year older on 1 March in a common year.

    Example:
        >>> years_later(date(2004, 2, 29), 21), years_later(date(1958, 1, 31), 67, 1)
        (datetime.date(2025, 3, 1), datetime.date(2025, 3, 1))
    """
    index = (day.year + years) * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if day.day <= calendar.monthrange(year, month)[1]:
        return date(year, month, day.day)
    return date((index + 1) // 12, (index + 1) % 12 + 1, 1)


def age_on(born: date, on: date) -> int:
    """Whole years of age on a day; someone born on 29 February turns a year older on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
