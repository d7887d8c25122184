"""A limit on a sum of parts of one date is one on that date where the sum only rises or only falls, and else not."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.law.builders import ON, a_law
from tests.law.test_lowering import both_equal
from waardig.law import queries
from waardig.law.adapters import duckdb as engine
from waardig.law.core import sql
from waardig.law.core.sql import Parts

MONTHS = "{operation: ADD, values: [{operation: MULTIPLY, values: [$d.year, 12]}, $d.month]}"
BEFORE = f"{{operation: SUBTRACT, values: [{{operation: ADD, values: [24300, 3]}}, {MONTHS}]}}"
PARTS = "{operation: ADD, values: [{operation: MULTIPLY, values: [12, PART_y]}, PART_m]}"
PARTS = PARTS.replace("PART_y", "{operation: DATE_PART, date: $d, in: year}")
PARTS = PARTS.replace("PART_m", "{operation: DATE_PART, date: $d, in: month}")
HALF = "{operation: ADD, values: [$d.year, {operation: MULTIPLY, values: [$d.month, 0.05]}, 0.5]}"
FEW = "{operation: ADD, values: [{operation: MULTIPLY, values: [$d.year, 10]}, $d.month]}"
MIXED = "{operation: SUBTRACT, values: [{operation: MULTIPLY, values: [$d.year, 400]}, $d.month, $d.day]}"
TWO = "{operation: SUBTRACT, values: [{operation: MULTIPLY, values: [$d.year, 12]}, $e.month]}"
SUMS = {
    "months since the year 0": (MONTHS, 24289, True),
    "months that are left": (BEFORE, 12, True),
    "the same by DATE_PART": (PARTS, 24289, True),
    "the year": ("$d.year", 2024, True),
    "a part of a year": (HALF, "2024.65", True),
    "the month, which begins anew": ("$d.month", 2, False),
    "a sum that falls with every new year": (FEW, 20243, False),
    "a sum that falls with every day": (MIXED, 809560, False),
    "parts of two dates": (TWO, 24286, False),
}
OPS = ("GREATER_THAN", "GREATER_THAN_OR_EQUAL", "LESS_THAN", "LESS_THAN_OR_EQUAL")


@pytest.mark.parametrize("name", SUMS)
def test_a_limit_on_parts_of_a_date_says_what_the_interpreter_says(tmp_path: Path, name: str) -> None:
    expression, limit, follows = SUMS[name]
    body = "execution:\n  input: [{name: d, type: date, source: {}}, {name: e, type: date, source: {}}]\n"
    body += f"  output: [{', '.join(f'{{name: o{n}, type: boolean}}' for n in range(len(OPS)))}]\n  actions:\n"
    for n, op in enumerate(OPS):
        body += f"    - {{output: o{n}, value: {{operation: {op}, subject: {expression}, value: {limit}}}}}\n"
    program = queries.program_for(
        a_law(tmp_path, body), "w", [f"o{n}" for n in range(len(OPS))], on=ON, parameters={}, mode="report"
    )
    connection = duckdb.connect()
    days = "CASE WHEN id % 97 = 0 THEN NULL ELSE DATE '2022-12-20' + CAST(id AS INTEGER) END AS d"
    other = "DATE '2024-11-01' + CAST(id % 90 AS INTEGER) AS e"
    connection.execute(f"CREATE TABLE p AS SELECT {days}, {other} FROM range(1200) AS t(id)")  # noqa: S608
    people = engine.open_table(connection, "SELECT * FROM p")

    both_equal(people, program)

    assert ("// 146097" in engine.query_for(people, program, {})) is not follows


def part(**taken: int) -> Parts:
    """Some parts of a date of this century."""
    return Parts("v0", 10957, 47481, "", **{name: Fraction(count) for name, count in taken.items()})


@given(st.integers(-400, 400), st.integers(-40, 40), st.integers(-3, 3), st.integers(0, 36000))
def test_what_is_said_to_rise_never_falls_and_what_is_said_to_fall_never_rises(
    year: int, month: int, day: int, first: int
) -> None:
    found = part(year=year, month=month, day=day)
    curve = found.curve
    if curve is None:
        return
    values = [found.at(number) for number in range(10957 + first, 10957 + first + 500)]

    steps = [(after - before) * (1 if curve.rising else -1) for before, after in pairwise(values)]
    assert min(steps) >= 0


def test_the_edges_of_what_rises_are_the_shortest_year_and_month() -> None:
    assert part(year=11, month=1).curve and not part(year=10, month=1).curve
    assert part(year=360, month=30, day=1).curve and not part(year=359, month=30, day=1).curve
    assert not part(year=372, month=29, day=1).curve
    assert part(year=-11, month=-1).curve and not part(month=1).curve and not part(year=-1, month=1).curve
    assert part(year=12, month=1).at(0) == 1970 * 12 + 1


def test_a_sum_wrongly_taken_for_one_that_rises_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def always(self: Parts) -> Any:
        return sql.Curve(self.base, self.lo, self.hi, self.at, True, self.stored)

    monkeypatch.setattr(Parts, "curve", property(always))
    with pytest.raises(AssertionError):
        test_a_limit_on_parts_of_a_date_says_what_the_interpreter_says(tmp_path, "the month, which begins anew")
