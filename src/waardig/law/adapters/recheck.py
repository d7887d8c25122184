"""Asks the interpreter again about a simulation: what `again` looks at, for each variant of the law.

The edges are there among those who get something and among those who do not: per fact the last one on either side of
where the outcome turns; and the smallest and largest outcome, every reason and every way in which an outcome changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from waardig.law.adapters import duckdb, variants
from waardig.law.adapters.again import SAMPLE, Looked, chance, compared, edges
from waardig.law.core.counting import atom, has
from waardig.law.core.graph import Program
from waardig.law.core.population import REASON, Found
from waardig.law.core.simulation import Checked
from waardig.law.core.sql import column_name

EACH = 1_000
"""At most so many evaluations for the sample of a sweep, over all its values together."""


def recheck(
    outcomes: variants.Outcomes, programs: Sequence[Program], parameters: Mapping[str, Any], seed: str
) -> Checked:
    """Compares a sample and the edges.

    Args:
        seed: the same seed picks the same rows.

    Raises:
        ResultDiffers: a value or a reason is not the same.
    """
    sample = chance(outcomes.people.rows, min(SAMPLE, max(20, EACH // len(programs))), seed=seed)
    on_edges, evaluations = 0, 0
    for variant, program in enumerate(programs):
        facts = duckdb.found_columns(outcomes.people.population, program)
        found = [row for row in _edges(outcomes, variant, facts) if row is not None]
        rows = sorted({*sample, *found})
        on_edges, evaluations = on_edges + len(found), evaluations + len(rows)
        compared(program, parameters, _looked(outcomes, variant, facts, rows), variant=variant)
    return Checked(len(sample), on_edges, evaluations)


def _looked(outcomes: variants.Outcomes, variant: int, facts: Sequence[Found], rows: Sequence[int]) -> Iterator[Looked]:
    """These rows with what SQL computed of them under a variant."""
    name, row_name = outcomes.column(variant), column_name(variants.ROW)
    query = (
        f"SELECT {row_name}, {column_name(name)}, {column_name(name + REASON)} FROM {variants.PEOPLE} "  # noqa: S608
        f"WHERE {row_name} IN ({', '.join(map(str, rows))})"
    )
    fetched = outcomes.connection.execute(query).fetchall()
    computed = {row: (duckdb.plain_value(value), reason) for row, value, reason in fetched}
    for row, given in list(variants.fact_rows(outcomes.people, facts, rows)):
        yield Looked(row, given, {outcomes.output: computed[row]})


def _edges(outcomes: variants.Outcomes, variant: int, facts: Sequence[Found]) -> Iterator[int | None]:
    """Rows on an edge, one for each, among those who get something and among those who do not."""
    name = outcomes.column(variant)
    row, value = f"p.{column_name(variants.ROW)}", f"o.{column_name(name)}"
    gets = has(name, outcomes.types).replace(column_name(name), value)
    picks = [f"arg_min({row}, {value})", f"arg_max({row}, {value})", *edges(facts, row, "p.")]
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
