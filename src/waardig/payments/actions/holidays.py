"""Days on which banks and offices are closed, from the law file of the Algemene termijnenwet (art. 3)."""

from __future__ import annotations

from datetime import date, timedelta

from waardig.cases.queries import working_days_after
from waardig.law import queries as law


def is_holiday(book: law.LawBook, day: date) -> bool:
    """Whether a weekday is a general holiday: then the working day after the day before is another day."""
    return day.weekday() < 5 and working_days_after(book, day - timedelta(days=1), 1) != day
