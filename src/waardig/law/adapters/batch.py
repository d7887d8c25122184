"""From a population file to a result file: whole or not at all, in little memory, looked at again by the interpreter.

The rows stay in the order of the population, in one parquet file: identifying columns, then each output and its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb

from waardig.law.adapters import duckdb as engine
from waardig.law.adapters.again import compared, sampled
from waardig.law.adapters.kinds import STORED, narrowest, texts, wider
from waardig.law.adapters.whole import whole
from waardig.law.core.graph import Program
from waardig.law.core.population import REASON, one_by_one, unused
from waardig.law.core.sql import column_name, quoted
from waardig.law.core.types import DECLARED
from waardig.law.terms import Fact, Value

MEMORY = "3GB"
"""What the engine may hold; beyond it, it writes aside, in the folder of the unfinished result."""
CHUNK = 20_000
NO_TYPES: Mapping[str, str] = {}
Told = Callable[[Iterator[dict[str, Fact]]], tuple[dict[str, list[Value]], dict[str, list[str]]]]
"""Values and reasons by column, for the facts of some rows."""


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
        rows = copied(population.connection, query, work)
        made = engine.open_file(work / "result", reader="read_parquet")
        compared(program, parameters, sampled(population, facts, made, program.outputs))
    return rows


def write_rows(population: engine.Population, program: Program, parameters: Mapping[str, Any], out: Path) -> int:
    """The same through the interpreter, row by row. Returns the rows."""
    facts = engine.found_columns(population, program)
    also, names = unused(list(population.columns), facts), list(program.outputs)
    told = partial(one_by_one, program, parameters)
    types = {name: DECLARED.get(node.type, "") for name, node in program.outputs.items()}
    return write_told(population, engine.fact_rows(population, facts), names, told, also=also, out=out, types=types)


def write_told(
    population: engine.Population,
    rows: Iterator[dict[str, Fact]],
    names: Sequence[str],
    told: Told,
    *,
    also: Sequence[str],
    out: Path,
    types: Mapping[str, str] = NO_TYPES,
) -> int:
    """What is told about each row, in the order of the population, beside the columns to carry along. Returns the rows.

    Args:
        names: the columns that are told.
        types: what is declared of them, for a column in which nobody has anything.
    """
    with whole(out) as work:
        made = _computed(names, told, rows, work)
        kinds = [kind or STORED.get(types.get(name, ""), "VARCHAR") for kind, name in zip(made, names, strict=True)]
        keys = "".join(f"p.{column_name(name)}, " for name in also)
        picks = []
        for n, name in enumerate(names):
            picks.append(f"CAST(o.v{n} AS {kinds[n]}) AS {column_name(name)}")
            picks.append(f"o.r{n} AS {column_name(name + REASON)}")
        connection = population.connection
        connection.execute(f"ATTACH {quoted(str(work / 'rows'))} AS aside (READ_ONLY)")
        query = f"SELECT {keys}{', '.join(picks)} FROM ({population.table}) AS p "  # noqa: S608
        return copied(connection, query + "POSITIONAL JOIN aside.outcome AS o", work)


def copied(connection: Any, query: str, work: Path) -> int:
    """Writes the rows of a query as the result. Returns how many."""
    roomy(connection, work)
    done = connection.execute(f"COPY ({query}) TO {quoted(str(work / 'result'))} (FORMAT parquet)").fetchall()
    return int(done[0][0])


def roomy(connection: Any, work: Path) -> None:
    """Lets the engine hold so much and write the rest aside."""
    connection.execute(f"SET memory_limit = '{MEMORY}'")
    connection.execute(f"SET temp_directory = {quoted(str(work / 'spill'))}")


def _computed(names: Sequence[str], told: Told, rows: Iterator[dict[str, Fact]], work: Path) -> list[str]:
    """Outcomes as text in a database aside, some thousands of people at a time, and the type of each output, if any."""
    kinds = ["" for _ in names]
    aside = duckdb.connect(str(work / "rows"))
    columns = ", ".join(f"v{n} VARCHAR, r{n} VARCHAR" for n in range(len(names)))
    aside.execute(f"CREATE TABLE outcome ({columns})")
    while part := list(islice(rows, CHUNK)):
        values, reasons = told(iter(part))
        kinds = [wider(kind, narrowest(values[name])) for kind, name in zip(kinds, names, strict=True)]
        given = [column for name in names for column in (texts(values[name]), list(reasons[name]))]
        picks = ", ".join(f"unnest(CAST(${n} AS VARCHAR[]))" for n in range(1, len(given) + 1))
        aside.execute(f"INSERT INTO outcome SELECT {picks}", given).fetchall()
    aside.close()
    return kinds
