"""Facts of registers that are past their term, or that will be: counts and days, never a value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class PastTerm:
    """Facts of one attribute that are past their term: counts and days, nothing about anybody.

    Attributes:
        starts: from which day the term counts, as in registers.core.retention, or "copy"; term as PostgreSQL says it.
        kept_by: what keeps them all the same: "case", "round", "correction" or "hold"; "" when they may go.
        first_day, last_day: the days from which their terms counted.
    """

    attribute: str
    starts: str
    term: str
    kept_by: str
    facts: int
    first_day: date
    last_day: date


@dataclass(frozen=True)
class FactRemoval:
    """Facts of one attribute that went on one day by one term."""

    removed_on: date
    attribute: str
    starts: str
    term: str
    first_day: date
    last_day: date
    facts: int


@dataclass(frozen=True)
class FactTerm:
    """Until when one fact is kept.

    Attributes:
        term: as PostgreSQL says it, "10 years"; starts: as PastTerm.
        kept_until: the last day of the term; None while the day from which it counts has not come.
        kept_by: what keeps the fact longer than that while it stands.
    """

    starts: str
    term: str
    kept_until: date | None
    kept_by: tuple[str, ...]
