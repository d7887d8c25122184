"""Periods of calendar days and whole months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache


@dataclass(frozen=True)
class Period:
    """Days from `start` to `end`, both included; an open end is None."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError(f"a period cannot end ({self.end}) before it starts ({self.start})")

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)

    def overlaps(self, other: Period) -> bool:
        """Whether the two share a day."""
        return (other.end is None or self.start <= other.end) and (self.end is None or other.start <= self.end)


def month_start(day: date, months: int = 0) -> date:
    """First day of the month of `day`, moved by a number of months.

    Example:
        >>> month_start(date(2025, 4, 28), -36)
        datetime.date(2022, 4, 1)
    """
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


@lru_cache(maxsize=256)
def months_back(as_of: date, count: int) -> tuple[date, ...]:
    """First days of the `count` whole calendar months that end before the month of `as_of`, oldest first.

    Example:
        >>> months_back(date(2025, 4, 28), 2)
        (datetime.date(2025, 2, 1), datetime.date(2025, 3, 1))
    """
    return tuple(month_start(as_of, offset) for offset in range(-count, 0))
