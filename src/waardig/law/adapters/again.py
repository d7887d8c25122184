"""Asks the interpreter again about a part of what SQL computed: some people by chance, and whoever stands on an edge.

Edges are the smallest and largest value of each fact, a fact that is absent or doubted, and each reason of each output;
a simulation adds where an outcome turns (`recheck`). A batch is looked at before it is kept, by DuckDB and by Spark.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
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
from waardig.law.terms import Fact, Value

SAMPLE = 200
"""So many rows are picked by chance; a fault that touches one row in fifty is missed once in fifty runs."""
PLACE = column_name("waardig place")


class ResultDiffers(Refusal):
    """SQL and the interpreter say something else about one row, so nothing is kept. It names reasons and no values."""

    def __init__(self, output: str, row: int, computed: str, exact: str, variant: int | None = None) -> None:
        where = f"{row}" if variant is None else f"{row}, variant {variant}"
        said = f"'{output}' ({computed}, {exact})"
        super().__init__(
            code="result_differs",
            text_nl=f"Rij {where}: SQL en stap voor stap geven iets anders voor {said}. Er is niets bewaard.",
            text_en=f"Row {where}: SQL and the interpreter differ about {said}. Nothing was kept.",
            remedy="Use --engine python where there is one, and report this with the law: it is a fault of the engine.",
        )


@dataclass(frozen=True)
class Looked:
    """One row as both saw it: its number, the facts, and by output the value and reason that were computed."""

    row: int
    facts: Mapping[str, Fact]
    computed: Mapping[str, tuple[Any, str]]


def chance(rows: int, most: int = SAMPLE, *, seed: str | None = None) -> set[int]:
    """Numbers of rows by chance, from 0; the same seed picks the same."""
    return set(random.Random(seed).sample(range(rows), min(rows, most)))


def edges(facts: Sequence[Found], row: str, of: str = "") -> list[str]:
    """SQL of the number of a row on each edge of each fact, to be picked together.

    Args:
        row: SQL of the number of a row.
        of: what stands before a column (`p.`).
    """
    picks = []
    for found in facts:
        fact = of + column_name(found.column)
        picks.append(f"min({row}) FILTER ({fact} IS NULL)")
        if found.reason_column:
            reason = of + column_name(found.reason_column)
            picks += [f"min({row}) FILTER ({reason} {test})" for test in ("LIKE 'unknown%'", "= 'absent'")]
        if found.kind in (NUMBER, DATE):
            picks += [f"arg_min({row}, {fact})", f"arg_max({row}, {fact})"]
        else:
            picks.append(f"min({row}) FILTER ({fact} IS NOT NULL)")
    return picks


def compared(
    program: Program, parameters: Mapping[str, Any], rows: Iterable[Looked], *, variant: int | None = None
) -> None:
    """Asks the interpreter about these rows.

    Raises:
        ResultDiffers: it says something else.
    """

    def told(facts: Mapping[str, Fact]) -> dict[str, tuple[Value, str]]:
        run = Run(program, parameters, NamedFacts(facts))
        found = {name: outcome(node, run.value(node)) for name, node in program.outputs.items()}
        return {name: (out.value, out.reason) for name, out in found.items()}

    compared_with(told, rows, variant=variant)


def compared_with(
    told: Callable[[Mapping[str, Fact]], Mapping[str, tuple[Value, str]]],
    rows: Iterable[Looked],
    *,
    variant: int | None = None,
) -> None:
    """Asks whoever tells value and reason by column about these rows.

    Raises:
        ResultDiffers: they say something else.
    """
    for looked in rows:
        exact = told(looked.facts)
        for name, (value, reason) in looked.computed.items():
            if exact[name] != (value, reason):
                raise ResultDiffers(name, looked.row, reason, exact[name][1], variant)


def sampled(
    population: engine.Population,
    facts: Sequence[Found],
    made: engine.Population,
    names: Iterable[str],
    *,
    more: Set[int] = frozenset(),
    known: Sequence[Found] = (),
) -> list[Looked]:
    """Rows of a population with what was computed for them; both have the same order.

    Args:
        facts: whose edges are looked at; `known` are all facts that whoever is asked again may want, when it is more.
        names: of the columns that were computed.
        more: numbers of other rows to look at.
    """
    names, numbers = list(names), chosen(population, facts) | more
    for name in names:
        query = f"SELECT min({PLACE}) FROM ({placed(made)}) GROUP BY {column_name(name + REASON)}"  # noqa: S608
        numbers |= {row[0] for row in made.connection.execute(query).fetchall()}
    columns = ", ".join(f"{column_name(name)}, {column_name(name + REASON)}" for name in names)
    query = f"SELECT {columns} FROM ({at_places(made, numbers)})"  # noqa: S608
    rows = engine.Population(population.connection, at_places(population, numbers), population.columns)
    return looked(rows, known or facts, names, made.connection.execute(query).fetchall(), sorted(numbers))


def some_of(population: engine.Population, facts: Sequence[Found]) -> str:
    """SQL of some rows by chance, and the edges of all its facts, as they were given and in their order."""
    given = engine.Population(population.connection, population.given, population.columns)
    return at_places(given, chosen(population, facts))


def looked(
    population: engine.Population,
    facts: Sequence[Found],
    names: Iterable[str],
    computed: Sequence[Sequence[Any]],
    numbers: Sequence[int] = (),
) -> list[Looked]:
    """Rows of a population beside what was computed for them: value and reason of each output in turn."""
    rows, names = engine.fact_rows(population, facts), list(names)
    found = []
    for number, (known, values) in enumerate(zip(rows, computed, strict=True)):
        pairs = [(engine.plain_value(values[n]), values[n + 1]) for n in range(0, len(values), 2)]
        said = dict(zip(names, pairs, strict=True))
        found.append(Looked(numbers[number] if numbers else number, known, said))
    return found


def chosen(population: engine.Population, facts: Sequence[Found]) -> set[int]:
    """The numbers of the rows to look at."""
    picks = ", ".join(["count(*)", *edges(facts, PLACE)])
    query = f"SELECT {picks} FROM ({placed(population)})"  # noqa: S608
    size, *numbers = population.connection.execute(query).fetchall()[0]
    return chance(int(size)) | {number for number in numbers if number is not None}


def placed(people: engine.Population) -> str:
    """SQL of a population with the number of each row, in the order of the file."""
    if people.table.startswith("SELECT * FROM read_parquet("):
        text = people.table.removesuffix(")") + ", file_row_number = true)"
        return f"SELECT * RENAME (file_row_number AS {PLACE}) FROM ({text})"  # noqa: S608
    return f"SELECT *, row_number() OVER () - 1 AS {PLACE} FROM ({people.table})"  # noqa: S608


def at_places(people: engine.Population, numbers: Set[int]) -> str:
    """SQL of these rows only, in their order; without the number."""
    places = ", ".join(map(str, sorted(numbers))) or "-1"
    return f"SELECT * EXCLUDE ({PLACE}) FROM ({placed(people)}) WHERE {PLACE} IN ({places}) ORDER BY {PLACE}"  # noqa: S608
