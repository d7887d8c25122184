"""How a population is told apart: household type, age band, income decile, neighbourhood; by named or usual columns.

Deciles come from whole numbers only: of `n` people whose income is known, somebody with `r` people below them stands in
decile `10 * r // n + 1`. Equal incomes stand in one decile, the lowest that fits, whatever the order of the rows.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from itertools import pairwise

from waardig.law.core.sql import column_name
from waardig.law.terms import PopulationInvalid

HOUSEHOLD, TYPE, AGE, INCOME, PLACE = "household", "household_type", "age", "income", "neighbourhood"
DIMENSIONS = (TYPE, AGE, INCOME, PLACE)
ORDERED = (AGE, INCOME)
USUAL: Mapping[str, tuple[str, ...]] = {
    HOUSEHOLD: ("household", "huishouden", "huishoudnummer"),
    TYPE: ("household_type", "huishoudtype", "leefvorm"),
    AGE: ("age", "leeftijd", "geboortedatum", "birth_date"),
    INCOME: ("income", "inkomen", "toetsingsinkomen", "verzamelinkomen"),
    PLACE: ("neighbourhood", "wijk", "buurt", "wijkcode", "buurtcode"),
}
BANDS = (0, 18, 25, 35, 45, 55, 65, 75)
MOST_GROUPS = 200
NOT_KNOWN = "?"
WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "HUGEINT")


def columns_by(columns: Mapping[str, str], named: Mapping[str, str]) -> dict[str, str]:
    """The column of each dimension: as named, or with a usual name; "none" leaves a dimension out.

    Args:
        columns: stored type by column.
        named: column by dimension.

    Raises:
        PopulationInvalid: a dimension or column that is not there.
    """
    low = {column.lower(): column for column in columns}
    for dimension, column in named.items():
        if dimension not in USUAL:
            raise PopulationInvalid(f"there is no division '{dimension}'", f"Use one of {', '.join(USUAL)}.")
        if column != "none" and column.lower() not in low:
            raise PopulationInvalid(f"there is no column '{column}'", f"It has: {', '.join(columns)}.")
    found = {}
    for dimension, usual in USUAL.items():
        names = (named[dimension],) if dimension in named else usual
        chosen = next((low[name.lower()] for name in names if name.lower() in low), None)
        if chosen is not None and named.get(dimension) != "none":
            found[dimension] = chosen
    return found


def group_sql(dimension: str, column: str, stored: str, on: datetime.date, bands: Sequence[int]) -> str:
    """SQL of the group in which somebody stands, as text; "?" when the column says nothing.

    Raises:
        PopulationInvalid: an age or income that is no whole number or date.
    """
    name = column_name(column)
    if dimension == INCOME:
        _whole(column, stored, "amounts are whole eurocents")
        below = f"rank() OVER (PARTITION BY {name} IS NULL ORDER BY {name}) - 1"
        text = f"lpad(CAST(10 * ({below}) // count({name}) OVER () + 1 AS VARCHAR), 2, '0')"
    elif dimension == AGE:
        text = _band(_age(column, stored, on), bands)
    else:
        text = f"CAST({name} AS VARCHAR)"
    return f"CASE WHEN {name} IS NULL THEN '{NOT_KNOWN}' ELSE {text} END"


def _age(column: str, stored: str, on: datetime.date) -> str:
    """SQL of whole years on a day; who is born on 29 February has a birthday on 1 March in other years."""
    name = column_name(column)
    if stored.startswith(("DATE", "TIMESTAMP")) or stored == "VARCHAR":
        day = f"TRY_CAST({name} AS DATE)"
        before = f"(month({day}) * 100 + day({day}) > {on.month * 100 + on.day})"
        return f"{on.year} - year({day}) - CAST({before} AS INTEGER)"
    _whole(column, stored, "ages are whole years, or give dates of birth")
    return name


def _band(age: str, bands: Sequence[int]) -> str:
    cases = " ".join(
        f"WHEN ({age}) < {after} THEN '{f'{first:02d}-{after - 1:02d}'}'" for first, after in pairwise(bands)
    )
    return f"CASE WHEN ({age}) IS NULL OR ({age}) < {bands[0]} THEN '{NOT_KNOWN}' {cases} ELSE '{bands[-1]:02d}+' END"


def _whole(column: str, stored: str, remedy: str) -> None:
    if stored not in WHOLE:
        raise PopulationInvalid(f"column '{column}' holds {stored} values", f"Convert the column: {remedy}.")


def bands_of(text: str) -> tuple[int, ...]:
    """Lower limits of age bands from `0,18,65`.

    Raises:
        PopulationInvalid: no rising whole numbers.
    """
    parts = text.split(",")
    limits = tuple(int(part) for part in parts if part.strip().isdecimal())
    if len(limits) != len(parts) or len(limits) < 2 or list(limits) != sorted(set(limits)):
        raise PopulationInvalid(f"'{text}' are no age bands", "Give rising lower limits, for example 0,18,67.")
    return limits
