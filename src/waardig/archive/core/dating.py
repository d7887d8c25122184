"""When a case may be destroyed: a term of the selection list, counted from the right day. Pure.

Source: Selectielijst gemeenten 2020 (procestermijn and bewaartermijn); a term of years ends on the same day.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from waardig.archive.terms import Appraisal, Hold, Result, Start

_TERM = re.compile(r"P(\d+)([YMD])")


def starts_on(result: Result, ended_on: date, provision_ended_on: date | None) -> date | None:
    """The day from which the term counts (brondatum), None while what was provided has not ended.

    Args:
        provision_ended_on: for a single payment the day on which all of it was paid.
    """
    return provision_ended_on if result.starts is Start.PROVISION_ENDED else ended_on


def action_on(result: Result, start: date | None) -> date | None:
    """The first day on which it may be destroyed: the day after the term; None when kept, or not begun."""
    if result.appraisal is Appraisal.KEEP or start is None:
        return None
    return plus(start, result.term) + timedelta(days=1)


def plus(day: date, term: str) -> date:
    """A day plus a term; 29 February and the 31st go to the last day of the month.

    Example:
        >>> plus(date(2024, 2, 29), "P1Y"), plus(date(2025, 4, 28), "P42D")
        (datetime.date(2025, 2, 28), datetime.date(2025, 6, 9))

    Raises:
        ValueError: no term of the selection list.
    """
    found = _TERM.fullmatch(term)
    if found is None:
        raise ValueError(f"{term!r} is no term such as P10Y, P6M or P42D")
    count, unit = int(found[1]), found[2]
    if unit == "D":
        return day + timedelta(days=count)
    month = day.month - 1 + count * (12 if unit == "Y" else 1)
    year, month = day.year + month // 12, month % 12 + 1
    for last in range(day.day, 0, -1):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise ValueError(term)


def holds(
    *,
    today: date,
    objection_until: date | None,
    objection_open: bool,
    correction_open: bool,
    unpaid: bool,
    asked_for: bool,
    case_about_it: bool,
) -> tuple[Hold, ...]:
    """What keeps a case although its term has passed (legal hold)."""
    marks = {
        Hold.ASKED_FOR: asked_for,
        Hold.OBJECTION_TERM: objection_until is not None and today <= objection_until,
        Hold.OBJECTION_OPEN: objection_open,
        Hold.CORRECTION_OPEN: correction_open,
        Hold.CASE_ABOUT_IT: case_about_it and not objection_open,
        Hold.NOT_PAID: unpaid,
    }
    return tuple(hold for hold, holds_ in marks.items() if holds_)
