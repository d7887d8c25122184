"""What the compiler leaves out or takes from the engine's statistics says the same as what it replaces."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.law.builders import ON, a_law
from waardig.law import queries
from waardig.law.adapters import duckdb as engine
from waardig.law.core.graph import Program
from waardig.law.core.sql import case, conjuncts
from waardig.law.terms import Fact

WORDS = ("'ok'", "'absent'", "'unknown'", "'unknown:elders'", "NULL")
LAW = """execution:
  input:
    - {name: a, type: number, source: {}}
    - {name: b, type: boolean, source: {}}
  output: [{name: x, type: number}, {name: y, type: boolean}, {name: z, type: boolean}]
  actions:
    - {output: x, value: {operation: IF, cases: [{when: $b, then: {operation: MAX, values: [$a, 3]}}], default: $a}}
    - {output: y, value: {operation: AND, conditions: [$b, {operation: GREATER_THAN, subject: $a, value: 2.5}]}}
    - {output: z, value: {operation: EQUALS, subject: $a, value: null}}
"""


def a_program(folder: Path) -> Program:
    book = a_law(folder, LAW)
    return queries.program_for(book, "w", ["x", "y", "z"], on=ON, parameters={}, mode="report")


def both_equal(people: engine.Population, program: Program) -> None:
    """SQL and interpreter say the same on every row."""
    fast, exact = engine.run(people, program, {}), engine.run_python(people, program, {}, "")

    assert (fast.columns, fast.reasons) == (exact.columns, exact.reasons)


NEIGHBOURS = """execution:
  input:
    - {name: a, type: number, source: {}}
    - {name: b, type: number, source: {}}
    - {name: p, type: boolean, source: {}}
  output: [{name: x, type: number}]
  actions:
    - output: x
      value:
        operation: IF
        cases:
          - {when: {operation: LESS_THAN_OR_EQUAL, subject: $a, value: 1}, then: $b}
          - {when: $p, then: 1}
          - {when: {operation: IN, subject: $b, values: [null, 1]}, then: 1}
        default: 3
"""


def test_two_neighbouring_branches_with_one_value_are_each_known_to_the_finish(tmp_path: Path) -> None:
    """The condition of the second stood in no column any more, because the program needs only the two joined."""
    program = queries.program_for(a_law(tmp_path, NEIGHBOURS), "w", ["x"], on=ON, parameters={}, mode="report")
    unknown, absent = Fact(None, "unknown"), Fact(None, "absent")
    numbers, truths = [0, 1, 2, unknown, absent], [True, False, unknown]
    rows = list(itertools.product(numbers, numbers, truths))
    people = engine.open_columns(dict(zip("abp", map(list, zip(*rows, strict=True)), strict=True)))

    both_equal(people, program)

    assert set(engine.run(people, program, {}).columns["x"]) == {None, 0, 1, 2, 3}


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_choice_between_truths_is_the_condition_that_it_says(count: int) -> None:
    tests = [f"t{n}" for n in range(count)]
    rows = duckdb.sql(
        "SELECT * FROM (VALUES (TRUE), (FALSE)) a(t0), (VALUES (TRUE), (FALSE)) b(t1), (VALUES (TRUE), (FALSE)) c(t2), "
        "(VALUES (TRUE), (FALSE), (NULL::BOOLEAN)) d(x)"
    )
    for *values, default in itertools.product(("TRUE", "FALSE", "x"), repeat=count + 1):
        branches = list(zip(tests, values, strict=True))
        plain = " ".join(f"WHEN {test} THEN {value}" for test, value in branches)
        differ = rows.filter(f"({case(branches, default)}) IS DISTINCT FROM (CASE {plain} ELSE {default} END)")
        assert differ.fetchall() == [], (values, default)


@pytest.mark.parametrize("values", [[1, 2, 3, 4], [3, 3], [2, 2], [3, 4], [1, 2], [-3, None]])
@pytest.mark.parametrize("limit", ["3", "2.5", "-3", "0"])
def test_a_limit_on_one_side_of_all_data_is_no_comparison_and_says_the_same(
    tmp_path: Path, limit: str, values: list[int | None]
) -> None:
    signs = ("LESS_THAN", "LESS_THAN_OR_EQUAL", "GREATER_THAN", "GREATER_THAN_OR_EQUAL")
    body = "execution:\n  input: [{name: a, type: number, source: {}}]\n  output:\n"
    body += "".join(f"    - {{name: x{n}, type: boolean}}\n    - {{name: y{n}, type: boolean}}\n" for n in range(4))
    body += "  actions:\n"
    for n, sign in enumerate(signs):
        tenth = "{operation: MULTIPLY, values: [$a, 0.1]}"
        body += f"    - {{output: x{n}, value: {{operation: {sign}, subject: $a, value: {limit}}}}}\n"
        body += f"    - {{output: y{n}, value: {{operation: {sign}, subject: {limit}, value: {tenth}}}}}\n"
    names = [f"{letter}{n}" for n in range(4) for letter in "xy"]
    program = queries.program_for(a_law(tmp_path, body), "w", names, on=ON, parameters={}, mode="report")

    both_equal(engine.open_columns({"a": values}), program)


def test_conditions_are_told_apart_with_brackets_and_quotes_in_them() -> None:
    assert conjuncts("n1 AND (n2 OR n3) AND (v4 = 'a AND (b')") == ["n1", "n2 OR n3", "v4 = 'a AND (b'"]
    assert conjuncts("n1 AND n2 OR n3") == ["n1 AND n2 OR n3"]
    assert conjuncts("CASE WHEN n1 AND n2 THEN n3 AND n4 ELSE n5 END") == [
        "CASE WHEN n1 AND n2 THEN n3 AND n4 ELSE n5 END"
    ]


def test_every_word_of_a_reason_column_beside_a_value_and_beside_none(tmp_path: Path) -> None:
    program = a_program(tmp_path)
    cells = list(itertools.product(("7", "NULL"), WORDS, ("TRUE", "FALSE", "NULL"), WORDS))
    for words in (WORDS, ("'ok'", "'unknown'"), ("'ok'", "'absent'"), ("'ok'", "'unknown:elders'"), ("'ok'", "NULL")):
        rows = ", ".join(f"({a}, {wa}, {b}, {wb})" for a, wa, b, wb in cells if {wa, wb} <= set(words))
        file = tmp_path / "people.parquet"
        picks = "CAST(a AS BIGINT) AS a, CAST(ra AS VARCHAR) AS a__reason, CAST(b AS BOOLEAN) AS b, "
        picks += "CAST(rb AS VARCHAR) AS b__reason"
        query = f"SELECT {picks} FROM (VALUES {rows}) AS t(a, ra, b, rb)"  # noqa: S608
        duckdb.sql(f"COPY ({query}) TO '{file}' (FORMAT parquet)")
        both_equal(engine.open_file(file), program)


def test_rows_that_came_changed_or_went_after_the_table_was_made_are_within_what_is_measured(tmp_path: Path) -> None:
    program = a_program(tmp_path)
    connection = duckdb.connect(str(tmp_path / "people.db"))
    connection.execute("CREATE TABLE people AS SELECT i AS a, i % 2 = 0 AS b FROM range(5000) AS t(i)")
    connection.execute("CHECKPOINT")
    changes = (
        "UPDATE people SET a = NULL WHERE a = 17",
        "UPDATE people SET b = NULL WHERE a = 18",
        "INSERT INTO people VALUES (-900000, TRUE)",
        "DELETE FROM people WHERE a > 4000",
    )
    for change in ("SELECT 1", *changes):
        connection.execute(change)
        people = engine.open_table(connection, "SELECT * FROM people")
        both_equal(people, program)

    facts = engine.found_columns(people, program)
    columns: dict[str, Any] = engine.measured(people, facts)
    assert (columns["a"].lo, columns["a"].hi, columns["a"].absent) == (-900000, 4000, "v1 IS NULL")


def test_a_column_without_a_gap_needs_no_condition(tmp_path: Path) -> None:
    program = a_program(tmp_path)
    people = engine.open_columns({"a": [1, 2], "b": [True, False]})

    query = engine.query_for(people, program, {})

    assert "NULL" not in query
    assert "'error'" not in query


@pytest.mark.parametrize("op", ["ROUND", "CEIL", "FLOOR"])
@pytest.mark.parametrize("limit", ["-2", "0", "1", "2", "2.5", "300"])
def test_a_limit_on_a_rounded_number_is_a_limit_on_the_number_itself(tmp_path: Path, op: str, limit: str) -> None:
    signs = ("LESS_THAN", "LESS_THAN_OR_EQUAL", "GREATER_THAN", "GREATER_THAN_OR_EQUAL")
    body = "execution:\n  input: [{name: a, type: number, source: {}}, {name: b, type: number, source: {}}]\n"
    body += "  output:\n    - {name: r, type: number}\n    - {name: s, type: number}\n"
    body += "".join(f"    - {{name: {letter}{n}, type: number}}\n" for n in range(4) for letter in "wxyz")
    body += f"  actions:\n    - {{output: r, value: {{operation: {op}, precision: -2, value: $a}}}}\n"
    body += f"    - {{output: s, value: {{operation: {op}, precision: -2, value: $b}}}}\n"
    for n, sign in enumerate(signs):
        test = f"{{operation: {sign}, subject: $r, value: {{operation: MULTIPLY, values: [{limit}, 100]}}}}"
        both = f"{{operation: AND, conditions: [{{operation: NOT_EQUALS, subject: $a, value: 50}}, {test}]}}"
        for letter, when, then in (("w", test, "$s"), ("x", test, "$r"), ("y", both, "$r")):
            choice = f"{{operation: IF, cases: [{{when: {when}, then: {then}}}], default: 0}}"
            body += f"    - {{output: {letter}{n}, value: {choice}}}\n"
        body += f"    - {{output: z{n}, value: {test}}}\n"
    names = [f"{letter}{n}" for n in range(4) for letter in "wxyz"]
    program = queries.program_for(a_law(tmp_path, body), "w", names, on=ON, parameters={}, mode="report")
    values = [
        step + edge for step in (-300, -200, -100, 0, 100, 200, 300) for edge in (-51, -50, -49, -1, 0, 1, 49, 50)
    ]
    people = engine.open_columns({"a": [*values, None, Fact(None, "unknown")], "b": [*reversed(values), 7, -7]})

    both_equal(people, program)


def test_reasons_behind_a_conjunction_that_holds_come_once_and_say_the_same(tmp_path: Path) -> None:
    body = """execution:
      input:
        - {name: a, type: number, source: {}}
        - {name: b, type: boolean, source: {}}
        - {name: c, type: boolean, source: {}}
      output: [{name: right, type: boolean}, {name: x, type: number}, {name: y, type: number}]
      actions:
        - output: right
          operation: AND
          conditions: [$b, {operation: GREATER_THAN, subject: $a, value: 2}, {operation: OR, conditions: [$c, $b]}]
        - output: x
          operation: IF
          cases: [{when: $right, then: {operation: ROUND, precision: -1, value: $a}}]
          default: 0
        - output: y
          operation: IF
          cases:
            - {when: {operation: OR, conditions: [$right, $c]}, then: $a}
            - {when: $b, then: {operation: ADD, values: [$a, 1]}}
          default: {operation: IF, cases: [{when: $c, then: 1}], default: 0}
    """
    names = ["right", "x", "y"]
    program = queries.program_for(a_law(tmp_path, body), "w", names, on=ON, parameters={}, mode="report")
    unknown = Fact(None, "unknown")
    truths = (True, False, None, unknown)
    cells = list(itertools.product((1, 2, 3, 14, 15, None, unknown), truths, truths))
    people = {name: [cell[n] for cell in cells] for n, name in enumerate("abc")}

    both_equal(engine.open_columns(people), program)
    for name, other in itertools.permutations("abc", 2):
        plain = [row for row in cells if None not in row and row["abc".index(name)] is not unknown]
        both_equal(
            engine.open_columns({one: [row["abc".index(one)] for row in plain] for one in (name, other)}), program
        )
