"""Spells as calendar months: what each month holds, which months nobody knows.

A spell (from day, to day, amount per month) counts in a month for the part of its days, to the cent, half upwards, so a
change halfway is neither doubled nor lost. A person's month is known when spells cover every day of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, TypeVar
from uuid import UUID

from waardig.kernel.period import month_start, months_back

_T = TypeVar("_T")


class Spell(Protocol):
    """A value that holds from a day to a day, both included."""

    @property
    def value(self) -> object: ...
    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_to(self) -> date | None: ...
    @property
    def under_investigation(self) -> bool: ...
    @property
    def fact_id(self) -> UUID: ...


@dataclass(frozen=True)
class MonthsFound:
    """Per month of the window, oldest first, the joint amount in eurocents (or 1 and 0 when counting)."""

    amounts: tuple[int, ...]
    missing: tuple[date, ...]
    under_investigation: bool
    since: date | None
    ids: tuple[UUID, ...]


def months_of(
    people: Sequence[Sequence[Sequence[Spell]]],
    *,
    as_of: date,
    count: int,
    counting: Sequence[object] | None,
    within_month: str,
) -> MonthsFound:
    """The months of a window.

    Args:
        people: for each person, for each attribute, the spells.
        count: whole calendar months before the month of `as_of`.
        counting: None adds amounts; else a month is 1 when spells with one of these values cover all its days.
        within_month: "sum" or "max" over the attributes, after persons were added up per attribute.
    """
    window = months_back(as_of, count)
    first, end = window[0], month_start(as_of)
    used = [s for person in people for spells in person for s in spells if _overlap_days(s, first, end)]
    runs = _runs(window, used, end)
    bounds = [(month, month_start(month, 1)) for month, _times in runs]
    in_order = [sorted((s for spells in person for s in spells), key=_began) for person in people]
    covered = _spread(runs, [all(_covers(spells, m, after) for spells in in_order) for m, after in bounds])
    missing = tuple(m for m, whole in zip(window, covered, strict=True) if not whole)
    if counting is not None:
        fitting = [[s for s in spells if s.value in counting] for spells in in_order]
        found = [int(all(_covers(spells, m, after) for spells in fitting)) for m, after in bounds]
    else:
        found = [_joint(people, m, after, within_month) for m, after in bounds]
    starts = [spell.valid_from for spell in used if spell.valid_from is not None]
    return MonthsFound(
        amounts=_spread(runs, found),
        missing=missing,
        under_investigation=any(spell.under_investigation for spell in used),
        since=min(starts, default=None),
        ids=tuple(spell.fact_id for spell in used),
    )


def _runs(window: Sequence[date], used: Sequence[Spell], end: date) -> list[tuple[date, int]]:
    """Runs of equal months: the first month of each, and how many; a month in which something changes is a run."""
    starts = {0}
    for spell in used:
        last = spell.valid_to
        for day in (spell.valid_from, last + timedelta(days=1) if last is not None and last < end else None):
            if day is not None:
                place = (day.year - window[0].year) * 12 + day.month - window[0].month
                starts |= {place} if day.day == 1 else {place, place + 1}
    order = sorted(place for place in starts if 0 <= place < len(window))
    return [(window[a], b - a) for a, b in zip(order, [*order[1:], len(window)], strict=True)]


def _spread(runs: Sequence[tuple[date, int]], found: Sequence[_T]) -> tuple[_T, ...]:
    """What was found of each run, once a month."""
    return tuple(one for (_month, times), one in zip(runs, found, strict=True) for _ in range(times))


def missing_months(spells: Sequence[Spell], *, as_of: date, count: int) -> tuple[date, ...]:
    """First days of the months of the window of which spells do not cover every day."""
    in_order = sorted(spells, key=_began)
    return tuple(m for m in months_back(as_of, count) if not _covers(in_order, m, month_start(m, 1)))


def _began(spell: Spell) -> date:
    return spell.valid_from or date.min


def _overlap_days(spell: Spell, start: date, after: date) -> int:
    """Days of a spell in [start, after)."""
    begin = max(start, spell.valid_from or start)
    end = min(after, spell.valid_to + timedelta(days=1)) if spell.valid_to and spell.valid_to < after else after
    return max(0, (end - begin).days)


def _joint(people: Sequence[Sequence[Sequence[Spell]]], month: date, after: date, within_month: str) -> int:
    attributes = range(len(people[0])) if people else range(0)
    totals = [sum(_amount(spell, month, after) for person in people for spell in person[a]) for a in attributes]
    return max(totals, default=0) if within_month == "max" else sum(totals)


def _amount(spell: Spell, month: date, after: date) -> int:
    if (spell.valid_to is not None and spell.valid_to < month) or (spell.valid_from or month) >= after:
        return 0
    days = _overlap_days(spell, month, after)
    if days == 0 or not isinstance(spell.value, int):
        return 0
    length = (after - month).days
    return spell.value if days == length else (2 * spell.value * days + length) // (2 * length)


def _covers(spells: Sequence[Spell], month: date, after: date) -> bool:
    """Whether spells, in order of their first days, leave no day of [month, after) open."""
    reached = month
    for spell in spells:
        if spell.valid_from is not None and spell.valid_from > reached:
            return False
        if spell.valid_to is None:
            return True
        reached = max(reached, spell.valid_to + timedelta(days=1))
        if reached >= after:
            return True
    return reached >= after
