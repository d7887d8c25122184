"""Looks again at a part of a computed population, with the interpreter: some rows by chance, and all the edges.

Edges are the smallest and largest value of each fact, a fact that is absent or doubted, and each reason of each output.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from waardig.kernel.errors import Refusal
from waardig.law.adapters import duckdb as engine
from waardig.law.core.evaluate import outcome
from waardig.law.core.graph import Program
from waardig.law.core.interpret import NamedFacts, Run
from waardig.law.core.population import REASON, Found
from waardig.law.core.sql import column_name
from waardig.law.core.types import DATE, NUMBER
from waardig.law.terms import Fact

CHANCE = 200
"""So many rows are picked by chance; a fault that touches one row in fifty is missed once in fifty runs."""


class ResultDiffers(Refusal):
    """The compiled program and the interpreter say different things about a row, so nothing is written."""

    def __init__(self, output: str, row: int, computed: object, exact: object) -> None:
        super().__init__(
            code="result_differs",
            text_nl=f"Rij {row}: '{output}' is {computed!r}, maar los uitgerekend {exact!r}. Er is niets opgeslagen.",
            text_en=f"Row {row}: '{output}' is {computed!r} in SQL and {exact!r} row by row. Nothing was written.",
            remedy="Use --engine python, and report this with the law file: it is a fault of the engine.",
        )


@dataclass(frozen=True)
class Looked:
    """One row as both saw it: its number, the facts, and per output the value and reason that were computed."""

    row: int
    facts: Mapping[str, Fact]
    computed: Sequence[tuple[Any, str]]


def compared(program: Program, parameters: Mapping[str, Any], rows: Sequence[Looked]) -> None:
    """Asks the interpreter about these rows.

    Raises:
        ResultDiffers: it says something else.
    """
    for looked in rows:
        run = Run(program, parameters, NamedFacts(looked.facts))
        for (name, node), computed in zip(program.outputs.items(), looked.computed, strict=True):
            found = outcome(node, run.value(node))
            if (found.value, found.reason) != computed:
                raise ResultDiffers(name, looked.row, computed, (found.value, found.reason))


def sampled(
    population: engine.Population, facts: Sequence[Found], made: engine.Population, program: Program
) -> list[Looked]:
    """Rows of a population with what was computed for them; both have the same order."""
    numbers = _chosen(population, facts)
    for name in program.outputs:
        query = f"SELECT min(place) FROM ({_placed(made)}) GROUP BY {column_name(name + REASON)}"  # noqa: S608
        numbers |= {row[0] for row in made.connection.execute(query).fetchall()}
    columns = ", ".join(f"{column_name(name)}, {column_name(name + REASON)}" for name in program.outputs)
    query = f"SELECT {columns} FROM ({_at(made, numbers)})"  # noqa: S608
    rows = engine.Population(population.connection, _at(population, numbers), population.columns)
    return looked(rows, facts, made.connection.execute(query).fetchall(), sorted(numbers))


def edges(population: engine.Population, facts: Sequence[Found]) -> str:
    """SQL of some rows by chance, and the edges of all its facts, as they were given and in their order."""
    given = engine.Population(population.connection, population.given, population.columns)
    return _at(given, _chosen(population, facts))


def looked(
    population: engine.Population,
    facts: Sequence[Found],
    computed: Sequence[Sequence[Any]],
    numbers: Sequence[int] = (),
) -> list[Looked]:
    """Rows of a population beside what was computed for them: value and reason of each output in turn."""
    rows = engine.fact_rows(population, facts)
    found = []
    for number, (known, values) in enumerate(zip(rows, computed, strict=True)):
        pairs = [(engine.plain_value(values[n]), values[n + 1]) for n in range(0, len(values), 2)]
        found.append(Looked(numbers[number] if numbers else number, known, pairs))
    return found


def _chosen(population: engine.Population, facts: Sequence[Found]) -> set[int]:
    """The numbers of the rows to look at."""
    size = int(_first(population, "count(*)", "TRUE"))
    numbers: set[int | None] = set(random.sample(range(size), min(CHANCE, size)))
    for found in facts:
        name = column_name(found.column)
        tests = [f"{name} IS NULL"]
        if found.kind in (NUMBER, DATE):
            of = f"FROM ({population.table})"
            tests += [f"{name} = (SELECT min({name}) {of})", f"{name} = (SELECT max({name}) {of})"]
        if found.reason_column:
            tests.append(f"{column_name(found.reason_column)} <> 'ok'")
        numbers |= {_first(population, "place", test) for test in tests}
    return {number for number in numbers if number is not None}


def _placed(people: engine.Population) -> str:
    """SQL of a population with the number of each row, in the order of the file."""
    if people.table.startswith("SELECT * FROM read_parquet("):
        text = people.table.removesuffix(")") + ", file_row_number = true)"
        return f"SELECT * RENAME (file_row_number AS place) FROM ({text})"  # noqa: S608
    return f"SELECT *, row_number() OVER () - 1 AS place FROM ({people.table})"  # noqa: S608


def _first(people: engine.Population, what: str, test: str) -> Any:
    query = f"SELECT {what} FROM ({_placed(people)}) WHERE {test} LIMIT 1"  # noqa: S608
    row = people.connection.execute(query).fetchall()
    return row[0][0] if row else None


def _at(people: engine.Population, numbers: Set[int]) -> str:
    """SQL of these rows only, in their order; without the number."""
    places = ", ".join(map(str, sorted(numbers))) or "-1"
    return f"SELECT * EXCLUDE (place) FROM ({_placed(people)}) WHERE place IN ({places}) ORDER BY place"  # noqa: S608
