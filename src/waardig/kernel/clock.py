"""Two clocks: the wall clock stamps logs, the business clock decides terms and rounds.

The business date is bound once by the shell (a date in the database) or by a test; a demo that stands on a date in
2025 therefore never forges its log.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

_business: list[Callable[[], date]] = []


def wall_now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def bind_business_clock(source: Callable[[], date]) -> None:
    """Say where the business date comes from; the last binding counts."""
    _business[:] = [source]


def business_today() -> date:
    """The date on which terms and rounds are judged; the calendar date when nothing is bound."""
    return _business[0]() if _business else wall_now().date()
