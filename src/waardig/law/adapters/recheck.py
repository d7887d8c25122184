"""Asks the interpreter again about people whom SQL computed: a random sample, and everybody who stands on an edge.

Edges are the smallest and largest of every fact, what is absent or unknown, the smallest and largest outcome, every
reason and every way in which an outcome changes, and per fact the last one on either side of where the outcome turns.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from waardig.kernel.errors import Refusal
from waardig.law.adapters import duckdb, variants
from waardig.law.core.counting import atom, has
from waardig.law.core.evaluate import outcome
from waardig.law.core.graph import Program
from waardig.law.core.interpret import NamedFacts, Run
from waardig.law.core.population import REASON, Found
from waardig.law.core.simulation import Checked
from waardig.law.core.sql import column_name
from waardig.law.core.types import DATE, NUMBER

SAMPLE = 200
EACH = 1_000
"""At most so many evaluations for the sample of a sweep, over all its values together."""


class ExecutorsDiffer(Refusal):
    """SQL and the interpreter say something else about one person: nothing is reported."""

    def __init__(self, output: str, row: int, variant: int, fast: str, exact: str) -> None:
        super().__init__(
            code="executors_differ",
            text_nl=f"Rij {row}, variant {variant}: '{output}' komt met SQL anders uit dan stap voor stap.",
            text_en=f"Row {row}, variant {variant}: SQL and the interpreter differ about '{output}' ({fast}, {exact}).",
            remedy="Nothing was reported. Report this with the law and the types of the columns.",
        )


def recheck(
    outcomes: variants.Outcomes, programs: Sequence[Program], parameters: Mapping[str, Any], seed: str
) -> Checked:
    """Compares a sample and the edges.

    Args:
        seed: the same seed picks the same rows.

    Raises:
        ExecutorsDiffer: a value or a reason is not the same.
    """
    size = min(outcomes.people.rows, SAMPLE, max(20, EACH // len(programs)))
    sample = set(random.Random(seed).sample(range(outcomes.people.rows), size))
    edges, evaluations = 0, 0
    for variant, program in enumerate(programs):
        facts = duckdb.found_columns(outcomes.people.population, program)
        found = [row for row in _edges(outcomes, variant, facts) if row is not None]
        edges += len(found)
        rows = sorted({*sample, *found})
        evaluations += len(rows)
        _compared(outcomes, variant, program, parameters, facts, rows)
    return Checked(size, edges, evaluations)


def _compared(
    outcomes: variants.Outcomes,
    variant: int,
    program: Program,
    parameters: Mapping[str, Any],
    facts: Sequence[Found],
    rows: Sequence[int],
) -> None:
    name = outcomes.column(variant)
    listed = ", ".join(map(str, rows))
    row_name = column_name(variants.ROW)
    query = (
        f"SELECT {row_name}, {column_name(name)}, {column_name(name + REASON)} FROM {variants.PEOPLE} "  # noqa: S608
        f"WHERE {row_name} IN ({listed}) ORDER BY {row_name}"
    )
    computed = outcomes.connection.execute(query).fetchall()
    fast = {row: (duckdb.plain_value(value), reason) for row, value, reason in computed}
    node = program.outputs[outcomes.output]
    for row, given in list(variants.fact_rows(outcomes.people, facts, rows)):
        said = outcome(node, Run(program, parameters, NamedFacts(given)).value(node))
        if fast[row] != (said.value, said.reason):
            raise ExecutorsDiffer(outcomes.output, row, variant, fast[row][1], said.reason)


def _edges(outcomes: variants.Outcomes, variant: int, facts: Sequence[Found]) -> Iterator[int | None]:
    """Rows on an edge, one for each, among those who get something and among those who do not."""
    name = outcomes.column(variant)
    row, value = f"p.{column_name(variants.ROW)}", f"o.{column_name(name)}"
    gets = has(name, outcomes.types).replace(column_name(name), value)
    picks = [f"arg_min({row}, {value})", f"arg_max({row}, {value})"]
    for found in facts:
        fact = f"p.{column_name(found.column)}"
        picks.append(f"min({row}) FILTER ({fact} IS NULL)")
        if found.reason_column:
            picks.append(f"min({row}) FILTER (p.{column_name(found.reason_column)} LIKE 'unknown%')")
        if found.kind in (NUMBER, DATE):
            picks += [f"arg_min({row}, {fact})", f"arg_max({row}, {fact})"]
        else:
            picks.append(f"min({row}) FILTER ({fact} IS NOT NULL)")
    both = f"people AS p {_beside(outcomes)}"
    query = f"SELECT {', '.join(picks)} FROM {both} GROUP BY {gets}"  # noqa: S608
    for found_rows in outcomes.connection.execute(query).fetchall():
        yield from found_rows
    sort = atom(outcomes.column(0), name, outcomes.types)
    kinds = (
        f"SELECT min({column_name(variants.ROW)}) FROM {variants.PEOPLE} "  # noqa: S608
        f"GROUP BY {column_name(name + REASON)}, {sort}"
    )
    yield from (found for (found,) in outcomes.connection.execute(kinds).fetchall())


def _beside(outcomes: variants.Outcomes) -> str:
    """SQL that puts outcomes beside people: by place when both have the same order, else by row."""
    row = column_name(variants.ROW)
    apart = f"SELECT count(*) FROM people AS p POSITIONAL JOIN {variants.PEOPLE} AS o WHERE p.{row} <> o.{row}"  # noqa: S608
    if outcomes.connection.execute(apart).fetchone()[0]:
        return f"JOIN {variants.PEOPLE} AS o USING ({row})"
    return f"POSITIONAL JOIN {variants.PEOPLE} AS o"
