"""When an announced grant may be decided on, and until when the municipality promises to; pure.

The rule: whole weeks from the day of the announcement, that day not counted; a no counts until the decision itself.
Source: weighing safeguard W10 (a way to say no before anything happens); the number of weeks is content (service.yaml).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class AnnouncementTerms:
    """The last day before anything is decided, and the last day on which we promise to decide."""

    say_no_until: date
    decide_by: date


def announcement_terms(announced_on: date, *, announce_weeks: int, decide_within_weeks: int) -> AnnouncementTerms:
    """The terms of an announcement of that day.

    Example:
        >>> announcement_terms(date(2025, 4, 7), announce_weeks=3, decide_within_weeks=2)
        AnnouncementTerms(say_no_until=datetime.date(2025, 4, 28), decide_by=datetime.date(2025, 5, 12))
    """
    until = announced_on + timedelta(weeks=announce_weeks)
    return AnnouncementTerms(until, until + timedelta(weeks=decide_within_weeks))


def is_over(say_no_until: date, on: date) -> bool:
    """Whether the term has passed: from the day after its last day.

    Example:
        >>> is_over(date(2025, 4, 28), date(2025, 4, 28)), is_over(date(2025, 4, 28), date(2025, 4, 29))
        (False, True)
    """
    return on > say_no_until
