"""Collections of a population as columns: a list of structs becomes a count and a column for each field and place.

`kinderen` (a list) becomes `kinderen[]` (how many) and `kinderen[1].inkomen`, `kinderen[2].inkomen` and so on, each
with a `__reason`. A field that a member does not have is unknown, a null field is absent, a null member is all unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from waardig.law.core.population import REASON, count_name, field_name
from waardig.law.core.sql import column_name, quoted
from waardig.law.terms import ABSENT, OK, UNKNOWN, PopulationInvalid

STRUCTS = re.compile(r"STRUCT\(.*\)\[\]\Z", re.DOTALL)
FIELD = re.compile(r'(?:"((?:[^"]|"")+)"|([A-Za-z_][A-Za-z0-9_]*)) ')
PLACES = 100


@dataclass(frozen=True)
class Members:
    """What a column of lists holds.

    Attributes:
        fields: of a member.
        most: how many the longest list has.
        reason_column: who doubts the list.
        gaps: some list has a member of whom nothing is known; without, a field that no reason stands beside has none.
    """

    fields: tuple[str, ...]
    most: int
    reason_column: str | None = None
    gaps: bool = True


class DuckWords:
    """How DuckDB names a column, the size of a list, a place in it (from 1) and a field; what is not there is NULL."""

    @staticmethod
    def name(column: str) -> str:
        return column_name(column)

    @staticmethod
    def size(listed: str) -> str:
        return f"len({listed})"

    @staticmethod
    def at(listed: str, place: int) -> str:
        return f"list_extract({listed}, {place})"

    @staticmethod
    def field(member: str, name: str) -> str:
        return f"struct_extract({member}, {quoted(name)})"


class SparkWords(DuckWords):
    """The same in Spark, whose `size` of NULL depends on its settings and whose `element_at` fails past the end."""

    @staticmethod
    def name(column: str) -> str:
        return "`" + column.replace("`", "``") + "`"

    @staticmethod
    def size(listed: str) -> str:
        return f"CASE WHEN {listed} IS NOT NULL THEN size({listed}) END"

    @staticmethod
    def at(listed: str, place: int) -> str:
        return f"get({listed}, {place - 1})"

    @staticmethod
    def field(member: str, name: str) -> str:
        return f"{member}.{SparkWords.name(name)}"


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


def spread_picks(lists: Mapping[str, Members], words: type[DuckWords] = DuckWords) -> Iterator[str]:
    """SQL of the columns that lists of structs are written out as.

    Args:
        lists: what each column of lists holds, by its name.
        words: the engine that reads them.
    """
    for name, members in lists.items():
        _fit(name, members.most)
        whole = words.name(name)
        yield f"CAST({words.size(whole)} AS BIGINT) AS {words.name(count_name(name))}"
        if members.reason_column:
            yield f"{words.name(members.reason_column)} AS {words.name(count_name(name) + REASON)}"
        for place in range(1, members.most + 1):
            one = words.at(whole, place)
            gone = f"{words.size(whole)} >= {place} AND {one} IS NULL"
            for key in members.fields:
                if key.endswith(REASON):
                    continue
                column = field_name(name, place, key)
                yield f"{words.field(one, key)} AS {words.name(column)}"
                told = key + REASON in members.fields
                if not told and not members.gaps:
                    continue
                said = f"COALESCE({words.field(one, key + REASON)}, '{OK}')" if told else f"'{OK}'"
                word = f"CASE WHEN {gone} THEN '{UNKNOWN}' ELSE {said} END"
                yield f"{word} AS {words.name(column + REASON)}"


def fields_of(stored: str) -> tuple[str, ...]:
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
    return tuple(names)


def flattened(columns: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
    """Columns from memory with their reasons and lists as columns of their own; a Fact carries its reason."""
    flat: dict[str, list[Any]] = {}
    for name, values in columns.items():
        facts = [value for value in values if hasattr(value, "reason")]
        flat[name] = [value.value if hasattr(value, "reason") else value for value in values]
        reasons = [value.reason if hasattr(value, "reason") else OK for value in values]
        if is_collection(flat[name]):
            flat |= spread(name, flat.pop(name), reasons)
        elif facts:
            flat[name + REASON] = reasons
    return flat
