"""Collections of a population as columns: a list of structs becomes a count and a column for each field and place.

`kinderen` (a list) becomes `kinderen[]` (how many) and `kinderen[1].inkomen`, `kinderen[2].inkomen` and so on, each
with a `__reason`. A field that a member does not have is unknown, a null field is absent, a null member is all unknown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from waardig.law.core.population import REASON, count_name, field_name
from waardig.law.core.sql import column_name, quoted
from waardig.law.terms import ABSENT, OK, UNKNOWN, PopulationInvalid

STRUCTS = re.compile(r"STRUCT\(.*\)\[\]\Z", re.DOTALL)
FIELD = re.compile(r'(?:"((?:[^"]|"")+)"|([A-Za-z_][A-Za-z0-9_]*)) ')
PLACES = 100


def is_collection(values: Sequence[Any]) -> bool:
    """True for a column of lists of members."""
    lists = [value for value in values if isinstance(value, list | tuple)]
    members = [member for value in lists for member in value]
    return bool(lists) and all(member is None or isinstance(member, Mapping) for member in members)


def spread(name: str, values: Sequence[Any], reasons: Sequence[str]) -> dict[str, list[Any]]:
    """The columns of a collection in memory."""
    lists: list[Sequence[Any]] = [value if isinstance(value, list | tuple) else () for value in values]
    places = max((len(value) for value in lists), default=0)
    _fit(name, places)
    fields = dict.fromkeys(key for value in lists for member in value if member for key in member)
    found: dict[str, list[Any]] = {
        count_name(name): [len(value) if isinstance(value, list | tuple) else None for value in values],
        count_name(name) + REASON: list(reasons),
    }
    for place in range(1, places + 1):
        here = [value[place - 1] if len(value) >= place else {} for value in lists]
        for key in fields:
            cells = [(member or {}).get(key) for member in here]
            said = [OK if member and key in member else UNKNOWN for member in here]
            there = [
                _said(cell, word, len(value) >= place) for cell, word, value in zip(cells, said, lists, strict=True)
            ]
            column = field_name(name, place, str(key))
            found |= {column: cells, column + REASON: there}
    return found


def _said(cell: Any, word: str, there: bool) -> str:
    if not there:
        return ABSENT
    return ABSENT if word == OK and cell is None else word


def _fit(name: str, places: int) -> None:
    if places > PLACES:
        raise PopulationInvalid(
            f"'{name}' has {places} members in a row", f"At most {PLACES} can be computed; divide the collection."
        )


def spread_table(table: str, columns: Mapping[str, str], longest: Mapping[str, int]) -> str:
    """SQL of a table of which every list of structs is written out as columns.

    Args:
        longest: the number of members of the longest list, by column.
    """
    picks = []
    for name, places in longest.items():
        _fit(name, places)
        whole = column_name(name)
        picks.append(f"CAST(len({whole}) AS BIGINT) AS {column_name(count_name(name))}")
        fields = fields_of(columns[name])
        plain = [key for key in fields if not key.endswith(REASON)]
        for place in range(1, places + 1):
            one = f"list_extract({whole}, {place})"
            for key in plain:
                column = field_name(name, place, key)
                cell = f"struct_extract({one}, {quoted(key)})"
                said = f"struct_extract({one}, {quoted(key + REASON)})" if key + REASON in fields else quoted(OK)
                gone = f"len({whole}) >= {place} AND {one} IS NULL"
                word = f"CASE WHEN {gone} THEN {quoted(UNKNOWN)} ELSE COALESCE({said}, {quoted(OK)}) END"
                picks += [f"{cell} AS {column_name(column)}", f"{word} AS {column_name(column + REASON)}"]
    if not picks:
        return table
    lists = ", ".join(column_name(name) for name in longest)
    return f"SELECT * EXCLUDE ({lists}), {', '.join(picks)} FROM ({table}) AS c"  # noqa: S608


def fields_of(stored: str) -> list[str]:
    """The field names of `STRUCT(a BIGINT, "b c" DATE)[]`."""
    inner, level, names, start = stored[len("STRUCT(") : -len(")[]")], 0, [], 0
    quote = False
    for position, letter in enumerate(f"{inner},"):
        quote ^= letter == '"'
        level += 0 if quote else (letter == "(") - (letter == ")")
        if letter == "," and level == 0 and not quote:
            match = FIELD.match(inner[start:position].strip())
            names += [(match[1] or match[2]).replace('""', '"')] if match else []
            start = position + 1
    return names
