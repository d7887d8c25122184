"""Declared types and bounds hold: what does not fit is an error with its name, in both executors."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.law.builders import a_law, ask, write_law
from tests.law.test_population import SLOW, assert_equal, columns, doubt
from waardig.law.queries import LawBook, law_book, law_problems, nearest_changes
from waardig.law.terms import Fact, Outcome

BOUND = """
execution:
  parameters: [{name: p, type: number, type_spec: {min: 1, max: 12}}]
  input:
    - {name: a, type: amount, type_spec: {unit: eurocent, min: 0, max: 100, precision: 0}, source: {}}
    - {name: b, type: number, type_spec: {min: -1.5, max: 2.25, precision: 1}, source: {}}
    - {name: c, type: number, type_spec: {min: 3}, source: {output: half}}
  output:
    - {name: som, type: number, type_spec: {min: 0, max: 150}}
    - {name: getallen, type: number}
    - {name: dubbel, type: number, type_spec: {precision: 0}}
    - {name: maand, type: number}
    - {name: ruim, type: number}
  actions:
    - {output: som, value: {operation: MULTIPLY, values: [$a, 2]}}
    - {output: getallen, value: {operation: ADD, values: [$b, 1]}}
    - {output: dubbel, value: {operation: MULTIPLY, values: [$b, 0.5]}}
    - {output: maand, value: $p}
    - {output: ruim, value: $c}
"""
HALF = """
  - number: '2'
    text: Tekst
    machine_readable:
      execution:
        input: [{name: b, type: number, source: {}}]
        output: [{name: half, type: number}]
        actions: [{output: half, value: {operation: MULTIPLY, values: [$b, 10]}}]
"""
OUTPUTS = ("som", "getallen", "dubbel", "maand", "ruim")


def the_law(folder: Path) -> LawBook:
    path = write_law(folder, BOUND)
    path.write_text(path.read_text("utf-8") + HALF, "utf-8")
    return law_book([], foreign=[folder])


def found(book: LawBook, output: str, **given: Any) -> Outcome:
    parameters = {"p": given.pop("p")} if "p" in given else {}
    facts = {name: Fact(value) for name, value in given.items()}
    return ask(book, "w", output, parameters=parameters, facts=facts).outputs[output]


def test_a_fact_outside_its_bounds_is_an_error_that_names_it_and_the_article(tmp_path: Path) -> None:
    book = the_law(tmp_path)

    low, high = found(book, "som", a=-1), found(book, "som", a=101)

    assert (low.value, low.reason, low.code) == (None, "error", "out_of_range")
    assert low.detail == "'a' is at least 0 (w article 1)"
    assert high.detail == "'a' is at most 100 (w article 1)"
    assert found(book, "maand", p=13).detail == "'p' is at most 12 (w article 1)"
    assert [found(book, "som", a=a).value for a in (0, 75)] == [0, 150]


def test_a_fact_with_more_decimals_than_declared_is_an_error(tmp_path: Path) -> None:
    book = the_law(tmp_path)

    assert found(book, "som", a=0.5).detail == "'a' has at most 0 decimal places (w article 1)"
    assert found(book, "getallen", b=2.25).detail == "'b' has at most 1 decimal places (w article 1)"
    assert str(found(book, "getallen", b=-1.5).value) == "-0.5"


def test_an_outcome_outside_its_bounds_is_an_error_and_never_the_nearest_that_would_do(tmp_path: Path) -> None:
    book = the_law(tmp_path)

    assert found(book, "som", a=76).detail == "'som' is at most 150 (w article 1)"
    assert found(book, "ruim", b=0.2).detail == "'c' is at least 3 (w article 1)"
    assert found(book, "ruim", b=0.5).value == 5


def test_precision_of_an_outcome_rounds_nothing(tmp_path: Path) -> None:
    assert str(found(the_law(tmp_path), "dubbel", b=0.5).value) == "0.25"


def test_what_is_outside_its_bounds_is_told_where_it_stands(tmp_path: Path) -> None:
    done = ask(the_law(tmp_path), "w", "som", facts={"a": Fact(101)}, explain=True)
    plain = ask(the_law(tmp_path), "w", "som", facts={"a": Fact(50)}, explain=True)

    def kinds(steps: Any) -> list[str]:
        return [kind for step in steps for kind in (step.kind, *kinds(step.children))]

    assert "within" in kinds(done.steps)
    assert "within" not in kinds(plain.steps)
    assert plain.steps[0].article == "1"


def test_a_change_to_a_value_that_cannot_be_is_no_nearest_change(tmp_path: Path) -> None:
    body = """
        execution:
          input: [{name: a, type: number, type_spec: {min: 0, max: 9}, source: {}}]
          output: [{name: x, type: boolean}]
          actions: [{output: x, value: {operation: GREATER_THAN, subject: $a, value: 9}}]
    """

    done = nearest_changes(a_law(tmp_path, body), "w", "x", on=date(2025, 1, 1), facts={"a": Fact(5)})

    assert done.now.value is False
    assert done.changes == ()


WRONG = [
    ("boolean", "nee", "'f' must be true or false, not text"),
    ("boolean", "", "'f' must be true or false, not text"),
    ("date", "31-12-2000", "'f' must be a date (YYYY-MM-DD), not text"),
    ("date", "2025-02-30", "'f' must be a date (YYYY-MM-DD), not text"),
    ("date", 20250101, "'f' must be a date (YYYY-MM-DD), not a number"),
    ("number", "veel", "'f' must be a number, not text"),
    ("amount", True, "'f' must be a number, not true"),
]
RIGHT = [
    *[("boolean", True), ("boolean", 0), ("date", "2024-02-29"), ("number", 1.5), ("string", 12), ("string", "x")],
    *[("date", {"iso": "2024-02-29", "year": 2024, "month": 2, "day": 29}), ("object", {"a": 1}), ("array", [1])],
]


def of_a_type(folder: Path, kind: str, source: str) -> LawBook:
    body = f"execution:\n  {source}\n  output: [{{name: x, type: boolean}}]\n"
    field = f"[{{name: f, type: {kind}"
    body = body.replace("FIELD", field)
    return a_law(folder, body + "  actions: [{output: x, value: {operation: EQUALS, subject: $f, value: null}}]\n")


@pytest.mark.parametrize(("kind", "value", "detail"), WRONG)
def test_a_fact_of_another_type_decides_nothing(tmp_path: Path, kind: str, value: Any, detail: str) -> None:
    book = of_a_type(tmp_path, kind, "input: FIELD, source: {}}]")
    asked = of_a_type(tmp_path, kind, "parameters: FIELD}]")

    fact = ask(book, "w", "x", facts={"f": Fact(value)}).outputs["x"]
    parameter = ask(asked, "w", "x", parameters={"f": value}).outputs["x"]

    for outcome in (fact, parameter):
        assert (outcome.value, outcome.reason, outcome.code) == (None, "error", "type_mismatch")
        assert outcome.detail == detail


@pytest.mark.parametrize(("kind", "value"), RIGHT)
def test_a_fact_that_fits_is_taken(tmp_path: Path, kind: str, value: Any) -> None:
    book = of_a_type(tmp_path, kind, "input: FIELD, source: {}}]")

    assert ask(book, "w", "x", facts={"f": Fact(value)}).outputs["x"].value is False


def test_both_executors_hold_the_bounds(tmp_path: Path) -> None:
    book = the_law(tmp_path)

    @SLOW
    @given(
        columns(
            a=doubt(st.sampled_from([-1, 0, 1, 74, 75, 76, 100, 101])),
            b=doubt(st.sampled_from([Decimal(n) / 100 for n in (-250, -150, -50, 0, 25, 30, 225, 250)])),
            p=doubt(st.integers(0, 13)),
        )
    )
    def check(people: dict[str, list[Any]]) -> None:
        assert_equal(book, "w", OUTPUTS, people)

    check()


def test_bounds_that_no_number_lies_between_are_found(tmp_path: Path) -> None:
    path = write_law(tmp_path, BOUND.replace("min: 1, max: 12", "min: 12, max: 1"))

    found = [one for one in law_problems([path], roots=())[0] if one.kind == "bounds_crossed"]

    assert [(one.line, one.message) for one in found] == [(10, "'p' is at least 12 and at most 1: no number is")]
