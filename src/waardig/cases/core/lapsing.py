"""How long a proposal stands, and how long nobody is approached again after a no; pure.

The rule: an open proposal stops new ones for a year and then lapses in the round (a yes stays possible); a no, of the
resident or of the municipality, keeps the household out of the rounds for a year.
Source: Participatiewet art. 36 lid 3 (twelve months between two grants): one proposal a year is what the law can use.
"""

from __future__ import annotations

from datetime import date, timedelta


def a_year_before(on: date) -> date:
    """The same day a year earlier; 28 February for the leap day.

    Example:
        >>> a_year_before(date(2025, 4, 28)), a_year_before(date(2024, 2, 29))
        (datetime.date(2024, 4, 28), datetime.date(2023, 2, 28))
    """
    try:
        return on.replace(year=on.year - 1)
    except ValueError:
        return (on - timedelta(days=1)).replace(year=on.year - 1)
