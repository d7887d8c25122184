"""Until when a value is kept, in the words of a page."""

from __future__ import annotations

from typing import Literal, cast

from waardig.archive.terms import FactTerm
from waardig.registers.terms import Attribute
from waardig.screens.pages.own_data import KeptFor
from waardig.screens.pages.words import Words

_UNITS = {"Y": ("jaar", "year", "jaar"), "M": ("maand", "month", "maanden"), "D": ("dag", "day", "dagen")}


def kept_for(attribute: Attribute, term: FactTerm | None) -> KeptFor | None:
    """How long a value is kept; None when nothing is declared for it."""
    if term is None:
        return None
    period = attribute.retention.copy_period if term.starts == "copy" else attribute.retention.period
    return KeptFor(
        until=term.kept_until,
        starts=cast("Literal['end', 'recorded', 'relation', 'death', 'copy']", term.starts),
        term=period_words(period),
        with_case=bool(term.kept_by),
    )


def period_words(period: str) -> Words:
    """A term in words.

    Args:
        period: ISO 8601 of one number and one unit, as a declaration holds it.

    Example:
        >>> period_words("P10Y")
        Words(nl='10 jaar', en='10 years')
        >>> period_words("P1M")
        Words(nl='1 maand', en='1 month')
    """
    count, (one, english, several) = int(period[1:-1]), _UNITS[period[-1]]
    return Words(f"{count} {one if count == 1 else several}", f"{count} {english}{'' if count == 1 else 's'}")
