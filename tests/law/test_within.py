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


MEMBERS = """
execution:
  input:
    - name: kinderen
      type: array
      source: {}
      members:
        most: 30
        fields:
          - {name: uren, type: number, type_spec: {min: 0, max: 230, precision: 1}}
          - {name: loon, type: amount, type_spec: {unit: eurocent, max: 100}, source: SOURCE}
          - {name: thuis, type: boolean}
          - {name: geboren, type: date}
  output: [{name: uren, type: number}, {name: loon, type: amount, type_spec: {unit: eurocent}}]
  actions:
    - {output: uren, value: {operation: FOREACH, subject: $kinderen, item: kind, combine: ADD, value: $kind.uren,
       where: $kind.thuis}}
    - {output: loon, value: {operation: FOREACH, subject: $kinderen, item: kind, combine: MAX, value: $kind.loon}}
""".replace("SOURCE", "{output: verdiend, parameters: {uren: $uren}}")
EARNED = """
  - number: '2'
    text: Tekst
    url: https://example.org/w/2
    machine_readable:
      execution:
        parameters: [{name: uren, type: number}]
        output: [{name: verdiend, type: amount, type_spec: {unit: eurocent}}]
        actions: [{output: verdiend, value: {operation: MULTIPLY, values: [$uren, 2]}}]
"""
HEAD = "waardig_format: 1\nbwb_id: BWBR0000001\nvalid_from: '2020-01-01'\nurl: https://example.org/w\n"


def with_members(folder: Path, old: str = "", new: str = "") -> LawBook:
    path = write_law(folder, MEMBERS.replace(old, new) if old else MEMBERS, head=HEAD)
    text = path.read_text("utf-8").replace("    text: Tekst\n", "    text: Tekst\n    url: https://example.org/w/1\n")
    path.write_text(text + EARNED, "utf-8")
    return law_book([], foreign=[folder])


def a_child(uren: Any, **more: Any) -> dict[str, Any]:
    return {"uren": uren, "thuis": True, **more}


def test_a_field_of_a_member_outside_its_bounds_is_an_error_that_names_it(tmp_path: Path) -> None:
    book = with_members(tmp_path)

    high = found(book, "uren", kinderen=[a_child(10), a_child(231)])

    assert (high.value, high.reason, high.code) == (None, "error", "out_of_range")
    assert high.detail == "'kinderen.uren' is at most 230 (w article 1)"
    assert found(book, "uren", kinderen=[a_child(-1)]).detail == "'kinderen.uren' is at least 0 (w article 1)"
    assert found(book, "uren", kinderen=[a_child(0.25)]).detail == (
        "'kinderen.uren' has at most 1 decimal places (w article 1)"
    )
    assert found(book, "uren", kinderen=[a_child(230), a_child(0), a_child(999, thuis=False)]).value == 230


def test_a_field_that_a_law_computes_is_held_to_the_bounds_of_its_declaration(tmp_path: Path) -> None:
    book = with_members(tmp_path)

    assert found(book, "loon", kinderen=[a_child(50)]).value == 100
    assert found(book, "loon", kinderen=[a_child(51)]).detail == "'kinderen.loon' is at most 100 (w article 1)"
    assert found(book, "loon", kinderen=[a_child(1, loon=101)]).detail == "'kinderen.loon' is at most 100 (w article 1)"
    assert found(book, "loon", kinderen=[a_child(231)]).detail == "'kinderen.uren' is at most 230 (w article 1)"


@pytest.mark.parametrize(
    ("child", "detail"),
    [
        (a_child("veel"), "'kinderen.uren' must be a number, not text"),
        (a_child(3, thuis="nee"), "'kinderen.thuis' must be true or false, not text"),
    ],
)
def test_a_field_of_a_member_of_another_type_decides_nothing(tmp_path: Path, child: Any, detail: str) -> None:
    outcome = found(with_members(tmp_path), "uren", kinderen=[child])

    assert (outcome.value, outcome.reason, outcome.code, outcome.detail) == (None, "error", "type_mismatch", detail)


def test_both_executors_hold_the_bounds_of_members(tmp_path: Path) -> None:
    book = with_members(tmp_path)
    hours = st.one_of(st.none(), st.sampled_from([Decimal(n) / 4 for n in (-4, 0, 1, 2, 200, 204, 920, 922, 924)]))
    child = st.fixed_dictionaries(
        {"thuis": st.one_of(st.none(), st.booleans())},
        optional={"uren": hours, "loon": st.one_of(st.none(), st.sampled_from([0, 100, 101]))},
    )

    @SLOW
    @given(columns(kinderen=doubt(st.lists(child, max_size=3))))
    def check(people: dict[str, list[Any]]) -> None:
        assert_equal(book, "w", ("uren", "loon"), people)

    check()


def test_bounds_of_a_field_that_no_number_lies_between_are_found_on_its_line(tmp_path: Path) -> None:
    with_members(tmp_path, "{min: 0, max: 230, precision: 1}", "{min: 231, max: 230}")

    problems = [one for one in law_problems([tmp_path], roots=())[0] if one.kind == "bounds_crossed"]

    lines = (tmp_path / "w.yaml").read_text("utf-8").splitlines()
    (line,) = [n for n, text in enumerate(lines, 1) if "max: 230" in text]
    assert [(one.line, one.error) for one in problems] == [(line, True)]
    assert problems[0].message == "'uren' is at least 231 and at most 230: no number is"
    assert problems[0].remedy == "Correct min or max."


def test_a_sum_over_members_fits_when_the_bounds_of_the_field_say_so(tmp_path: Path) -> None:
    old = "value: $kind.loon}"
    big = "value: {operation: MULTIPLY, values: [$kind.loon, 1000000000]}}"
    with_members(tmp_path, old, big)
    bound = [one.kind for one in law_problems([tmp_path], roots=())[0]]

    path = tmp_path / "w.yaml"
    path.write_text(path.read_text("utf-8").replace("eurocent, max: 100}, source", "eurocent}, source"), "utf-8")
    half = [one.kind for one in law_problems([tmp_path], roots=())[0]]
    path.write_text(
        path.read_text("utf-8").replace("eurocent}, source", "eurocent, min: 0, max: 100}, source"), "utf-8"
    )

    assert (bound, half) == (["may_overflow"], ["may_overflow"])
    assert [one.kind for one in law_problems([tmp_path], roots=())[0]] == []
