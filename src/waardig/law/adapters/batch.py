"""From a population file to a result file: whole or not at all, in little memory, looked at again by the interpreter.

The rows stay in the order of the population, in one parquet file: identifying columns, then each output and its reason.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb

from waardig.law.adapters import duckdb as engine
from waardig.law.adapters.again import compared, sampled
from waardig.law.adapters.whole import whole
from waardig.law.core.graph import Program
from waardig.law.core.population import REASON, one_by_one, unused
from waardig.law.core.sql import column_name, quoted
from waardig.law.terms import Fact, Value

MEMORY = "3GB"
"""What the engine may hold; beyond it, it writes aside, in the folder of the unfinished result."""
CHUNK = 20_000


def write(population: engine.Population, program: Program, parameters: Mapping[str, Any], out: Path) -> int:
    """Runs the compiled program into a parquet file. Returns the rows.

    Raises:
        NotCompilable: SQL cannot say it exactly; nothing is written.
        ResultDiffers: the interpreter says something else about a row; nothing is written.
    """
    facts = engine.found_columns(population, program)
    also = unused(list(population.columns), facts)
    query = engine.query_for(population, program, parameters, also=also)
    with whole(out) as work:
        rows = _copied(population.connection, query, work)
        made = engine.open_file(work / "result", reader="read_parquet")
        compared(program, parameters, sampled(population, facts, made, program))
    return rows


def write_rows(population: engine.Population, program: Program, parameters: Mapping[str, Any], out: Path) -> int:
    """The same through the interpreter, row by row. Returns the rows."""
    facts = engine.found_columns(population, program)
    also = unused(list(population.columns), facts)
    with whole(out) as work:
        kinds = _computed(program, parameters, engine.fact_rows(population, facts), work)
        keys = "".join(f"p.{column_name(name)}, " for name in also)
        picks = []
        for n, name in enumerate(program.outputs):
            picks.append(f"CAST(o.v{n} AS {kinds[n]}) AS {column_name(name)}")
            picks.append(f"o.r{n} AS {column_name(name + REASON)}")
        connection = population.connection
        connection.execute(f"ATTACH {quoted(str(work / 'rows'))} AS aside (READ_ONLY)")
        query = f"SELECT {keys}{', '.join(picks)} FROM ({population.table}) AS p "  # noqa: S608
        return _copied(connection, query + "POSITIONAL JOIN aside.outcome AS o", work)


def _copied(connection: Any, query: str, work: Path) -> int:
    connection.execute(f"SET memory_limit = '{MEMORY}'")
    connection.execute(f"SET temp_directory = {quoted(str(work / 'spill'))}")
    done = connection.execute(f"COPY ({query}) TO {quoted(str(work / 'result'))} (FORMAT parquet)").fetchall()
    return int(done[0][0])


def _computed(
    program: Program, parameters: Mapping[str, Any], rows: Iterator[dict[str, Fact]], work: Path
) -> list[str]:
    """Outcomes as text in a database aside, some thousands of people at a time, and the type of each output."""
    names = list(program.outputs)
    kinds = ["" for _ in names]
    aside = duckdb.connect(str(work / "rows"))
    columns = ", ".join(f"v{n} VARCHAR, r{n} VARCHAR" for n in range(len(names)))
    aside.execute(f"CREATE TABLE outcome ({columns})")
    while part := list(islice(rows, CHUNK)):
        values, reasons = one_by_one(program, parameters, iter(part))
        kinds = [_wider(kind, _output_type(values[name])) for kind, name in zip(kinds, names, strict=True)]
        given = [column for name in names for column in (_texts(values[name]), list(reasons[name]))]
        picks = ", ".join(f"unnest(CAST(${n} AS VARCHAR[]))" for n in range(1, len(given) + 1))
        aside.execute(f"INSERT INTO outcome SELECT {picks}", given).fetchall()
    aside.close()
    return [kind or "VARCHAR" for kind in kinds]


def _texts(values: Sequence[Value]) -> list[str | None]:
    return [None if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value) for value in values]


def _wider(one: str, other: str) -> str:
    """The type that holds both; nothing is narrower than everything."""
    if not one or not other or one == other:
        return one or other
    return "DECIMAL(38,10)" if {one, other} == {"BIGINT", "DECIMAL(38,10)"} else "VARCHAR"


def _output_type(values: Sequence[Value]) -> str:
    """The narrowest type of what is there; the empty text when nothing is."""
    there = [value for value in values if value is not None]
    if not there:
        return ""
    if all(isinstance(value, bool) for value in there):
        return "BOOLEAN"
    if all(isinstance(value, int | Decimal) and not isinstance(value, bool) for value in there):
        return "BIGINT" if all(isinstance(value, int) for value in there) else "DECIMAL(38,10)"
    return "DATE" if all(map(_is_date, there)) else "VARCHAR"


def _is_date(value: Value) -> bool:
    try:
        return isinstance(value, str) and len(value) == 10 and bool(datetime.date.fromisoformat(value))
    except ValueError:
        return False
