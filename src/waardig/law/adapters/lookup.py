"""What SQL cannot say, by the exact interpreter once for each different combination of facts, as a table to be joined.

A term depends on one day and on little else: some hundreds of days instead of some millions of rows.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from waardig.kernel.errors import Refusal
from waardig.law.adapters import duckdb
from waardig.law.adapters.kinds import STORED, narrowest, texts
from waardig.law.core.courses import Step
from waardig.law.core.evaluate import outcome
from waardig.law.core.graph import Program
from waardig.law.core.interpret import NamedFacts, Run
from waardig.law.core.population import row_facts
from waardig.law.core.sql import column_name
from waardig.law.core.types import DECLARED
from waardig.law.terms import ERROR, Fact, NotCompilable, Value

MOST = 50_000
"""So many combinations are asked of the interpreter; with more it is asked about every row."""


@dataclass(frozen=True)
class Lookup:
    """A table with a row for each combination: k0, k1, ... the facts as they are stored, v the value, r the reason."""

    table: str
    keys: tuple[str, ...]

    def condition(self, instead: Mapping[str, str]) -> str:
        """SQL: a row `s` has this combination.

        Args:
            instead: by column, what it is in the table that is joined, where that is another.
        """
        sides = [instead.get(key) or (f"s.{column_name(key)}" if key else "0") for key in self.keys]
        return " AND ".join(f"{side} IS NOT DISTINCT FROM {self.table}.k{n}" for n, side in enumerate(sides))


def looked_up(
    rows: duckdb.Population, step: Step, program: Program, day: str, table: str, why: NotCompilable
) -> Lookup:
    """One output for each combination of what it can depend on.

    Args:
        day: the column with the reference date of each row; empty when that is the same for everybody.
        why: SQL cannot say it.

    Raises:
        NotCompilable: there are more than `MOST` combinations, or the outcome is a list.
    """
    facts = duckdb.found_columns(rows, program)
    dated = bool(day) and any(node.kind == "referencedate" for node in program.nodes)
    keys = [name for one in facts for name in (one.column, one.reason_column) if name] + ([day] if dated else [])
    keys = list(dict.fromkeys(keys)) or [""]
    picks = ", ".join(f"{column_name(key) if key else '0'} AS k{n}" for n, key in enumerate(keys))
    different = f"SELECT DISTINCT {picks} FROM ({rows.table}) AS t LIMIT {MOST + 1}"  # noqa: S608
    execute = rows.connection.execute
    execute(f"CREATE TEMP TABLE {table}_keys AS SELECT row_number() OVER () AS n, * FROM ({different})")  # noqa: S608
    found = execute(f"SELECT * EXCLUDE (n) FROM {table}_keys ORDER BY n").fetchall()  # noqa: S608
    if len(found) > MOST:
        raise why
    values, reasons = [], []
    for row in found:
        cells = dict(zip(keys, row, strict=True))
        said = [cells[one.reason_column] if one.reason_column else None for one in facts]
        known = row_facts([one.fact for one in facts], [cells[one.column] for one in facts], said)
        value, reason = _told(program, step, known, cells[day] if dated else None)
        values.append(value)
        reasons.append(reason)
    _keep(rows.connection, table, _stored(program, values, why), values, reasons)
    return Lookup(table, tuple(keys))


def _told(program: Program, step: Step, facts: Mapping[str, Fact], on: datetime.date | None) -> tuple[Value, str]:
    ((name, node),) = program.outputs.items()
    run = Run(program, step.parameters, NamedFacts(facts), on=on)
    try:
        found = outcome(node, run.value(node))
    except Refusal:
        if name not in step.soft:
            raise
        return None, ERROR
    return found.value, found.reason


def _stored(program: Program, values: Sequence[Value], why: NotCompilable) -> str:
    """The type of the outcome; as declared when there is none."""
    if any(isinstance(value, list | tuple | Mapping) for value in values):
        raise why
    (node,) = program.outputs.values()
    return narrowest(values) or STORED.get(DECLARED.get(node.type, ""), "BIGINT")


def _keep(connection: Any, table: str, kind: str, values: Sequence[Value], reasons: Sequence[str]) -> None:
    listed = "unnest(CAST($1 AS VARCHAR[])) AS v, unnest(CAST($2 AS VARCHAR[])) AS r"
    told = f"SELECT unnest(range(1, len($1) + 1)) AS n, {listed}"
    picks = f"k.* EXCLUDE (n), CAST(o.v AS {kind}) AS v, o.r AS r"
    query = f"CREATE TEMP TABLE {table} AS SELECT {picks} FROM {table}_keys AS k JOIN ({told}) AS o ON k.n = o.n"  # noqa: S608
    connection.execute(query, [texts(values), list(reasons)]).fetchall()
