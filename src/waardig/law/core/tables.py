"""Facts in tables, as the regelrecht step language and `--data` give them.

A field is found by the name of the input, whatever its case and whichever table it stands in; the row by the table's
key and the parameter of that name. A cell that says null is absent; a row or column that is not there is unknown. The
members of a collection are the rows of a table with its name.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from waardig.law.core import ir
from waardig.law.core import values as v
from waardig.law.core.source import exact_number
from waardig.law.terms import ABSENT, OK, Fact, PopulationInvalid


@dataclass(frozen=True)
class Table:
    """Rows of one source; with a law, for what that law asks of a source and for no other."""

    source: str
    key: str
    rows: Sequence[Mapping[str, Any]]
    law: str = ""


@dataclass(frozen=True)
class FactTables:
    """Facts of several sources; a later table goes before an earlier one.

    A table called as the fact itself is a collection: each row with the key is a member.

    Attributes:
        once: two rows of one person that say different things of a fact are refused; else the first one counts, as in
            the step language.
    """

    tables: Sequence[Table]
    once: bool = False

    def find(
        self,
        name: str,
        fact_name: str,
        parameter: Callable[[str], ir.Raw],
        lists: Set[str] = frozenset(),
        law: str = "",
    ) -> Fact | None:
        """The fact for an input: the cell of that name in the row that the key selects."""
        for table in reversed(self.tables):
            if table.law and table.law != law:
                continue
            if table.source.lower() in (fact_name.lower(), name.lower()):
                return Fact(_members(table, parameter), OK, table.source)
            if table.source.lower() in lists:
                continue  # its rows are about somebody else
            row = _row(table, parameter)
            cell = _cell(row, fact_name) or _cell(row, name) if row is not None else None
            if cell is not None:
                value = cell[0]
                if self.once:
                    _refuse_two(table, parameter(table.key), (fact_name, name), value)
                return Fact(value, OK, table.source) if value is not None else Fact(None, ABSENT, table.source)
        return None


def _refuse_two(table: Table, wanted: ir.Raw, names: tuple[str, str], value: Any) -> None:
    """Refuses rows with the same key that say something else: which of them is true is not for a program to choose."""
    for row in table.rows:
        key = _cell(row, table.key)
        other = _cell(row, names[0]) or _cell(row, names[1])
        same = key is not None and wanted is not None and same_key(v.from_outside(key[0]), wanted)
        if same and other is not None and not v.equal(v.from_outside(other[0]), v.from_outside(value)):
            raise PopulationInvalid(
                f"source '{table.source}' has two rows with the same {table.key} that differ about '{names[0]}'",
                "Keep the row that is true; members of a collection stand in a source with the name of the collection.",
            )


def _row(table: Table, parameter: Callable[[str], ir.Raw]) -> Mapping[str, Any] | None:
    wanted = parameter(table.key)
    if wanted is None:
        return table.rows[0] if len(table.rows) == 1 else None
    for row in table.rows:
        cell = _cell(row, table.key)
        if cell is not None and same_key(v.from_outside(cell[0]), wanted):
            return row
    if len(table.rows) == 1 and _cell(table.rows[0], table.key) is None:
        return table.rows[0]
    return None


def _members(table: Table, parameter: Callable[[str], ir.Raw]) -> list[dict[str, Any]]:
    """Every row with the key that is asked, without the key; every row when no key is asked or none is in the table."""
    wanted = parameter(table.key)
    found = []
    for row in table.rows:
        cell = _cell(row, table.key)
        if wanted is None or cell is None or same_key(v.from_outside(cell[0]), wanted):
            found.append({name: value for name, value in row.items() if name.lower() != table.key.lower()})
    return found


def same_key(left: ir.Raw, right: ir.Raw) -> bool:
    """A key is the same as a number or as text: leading zeros may have been lost on the way (regelrecht #1172)."""
    return v.equal(left, right) or (left is not None and str(left).lstrip("0") == str(right).lstrip("0"))


def _cell(row: Mapping[str, Any], name: str) -> tuple[Any] | None:
    if name in row:
        return (row[name],)
    low = name.lower()
    return next(((value,) for key, value in row.items() if key.lower() == low), None)


def literal(text: str) -> bool | int | Decimal | str | None:
    """A value from text, as the step language reads a quoted, bare or table value: the content decides.

    >>> literal("true"), literal("42"), literal("0.5"), literal("GM0384"), literal("null"), literal("2025-01-01")
    (True, 42, Decimal('0.5'), 'GM0384', None, '2025-01-01')
    """
    text = text.strip()
    if text in ("true", "false"):
        return text == "true"
    if text in ("", "null"):
        return None
    try:
        return exact_number(text)
    except ValueError:
        return text


EMPTY = object()
"""An empty cell of a later file: nobody has the fact yet. In a file of v0.5.6 it says that there is none."""


def cell(text: str, *, later: bool) -> Any:
    """A cell of a scenario, or a quoted value; a list or a mapping is written as JSON.

    Args:
        later: asked for a law of a later schema, where an empty cell is unknown and only `null` is absent (RFC-036).
    """
    text = text.strip()
    if not text:
        return EMPTY if later else None
    if text[0] in "[{":
        try:
            return exact_json(text)
        except ValueError:
            return text
    return literal(text)


def exact_json(text: str) -> Any:
    """JSON in which every number is exact and every key stands once.

    Raises:
        ValueError: it is not JSON, or it cannot be read as one meaning.
    """
    try:
        return json.loads(
            text,
            parse_int=exact_number,
            parse_float=exact_number,
            parse_constant=_no_number,
            object_pairs_hook=_each_key_once,
        )
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no number")


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"key '{twice}' stands twice in one row")
    return found


def tables_of(content: Any) -> FactTables:
    """Tables from `{"SOURCE": {"key": "bsn", "rows": [{...}]}}`.

    Raises:
        PopulationInvalid: another shape.
    """
    shape = 'Give facts as {"SOURCE": {"key": "bsn", "rows": [{"bsn": "...", "name": ...}]}}'
    if not isinstance(content, dict):
        raise PopulationInvalid("the data file is not a mapping of sources", shape)
    tables = []
    for source, entry in content.items():
        if not isinstance(entry, dict) or not isinstance(entry.get("rows"), list):
            raise PopulationInvalid(f"source '{source}' has no list of rows", shape)
        rows = entry["rows"]
        if not all(isinstance(row, dict) for row in rows):
            raise PopulationInvalid(f"a row of source '{source}' is not a mapping of name to value", shape)
        tables.append(Table(source, str(entry.get("key", "bsn")), rows))
    return FactTables(tables, once=True)
