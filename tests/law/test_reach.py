"""Branches that no fact reaches are found on their line; what is found, no fact reaches."""

from __future__ import annotations

import tempfile
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.law.builders import ask, write_law
from tests.law.test_population import SLOW
from waardig.law.queries import law_book, law_problems
from waardig.law.terms import Fact

BODY = """
definitions: {TIEN: 10, SOORTEN: [A, B]}
execution:
  input:
    - {name: n, type: number, source: {}}
    - {name: m, type: number, source: {}}
    - {name: d, type: date, source: {}}
    - {name: p, type: boolean, source: {}}
    - {name: s, type: string, source: {}}
    - {name: o, type: object, source: {}}
  output: [{name: x, type: number}]
  actions:
    - output: x
      value:
"""
LESS_10 = "{operation: LESS_THAN, subject: $n, value: $TIEN}"
NOT_P = "{operation: NOT, value: $p}"


def cases(*whens: str, default: str = "0") -> str:
    """An IF with a case on each line."""
    lines = "".join(f"\n          - {{when: {when}, then: {n + 1}}}" for n, when in enumerate(whens))
    return f"        operation: IF\n        cases:{lines}\n        default: {default}\n"


def compares(op: str, subject: str, value: object) -> str:
    return f"{{operation: {op}, subject: {subject}, value: {value}}}"


def both(*conditions: str) -> str:
    return f"{{operation: AND, conditions: [{', '.join(conditions)}]}}"


def found(folder: Path, choice: str) -> list[tuple[int, str, bool]]:
    """What is found in a law with this choice: the line below `value:`, kind, whether it is an error."""
    path = write_law(folder, BODY + choice)
    first = path.read_text("utf-8").splitlines().index("            value:") + 1
    kinds = {"never_true", "default_never", "always_false", "always_true", "same_condition", "default_unreachable"}
    problems = law_problems([path], roots=())[0]
    return [(problem.line - first, problem.kind, problem.error) for problem in problems if problem.kind in kinds]


NEVER = {
    "a range that excludes itself": [both(compares("GREATER_THAN", "$n", 10), compares("LESS_THAN", "$n", 5))],
    "two texts at once": [both(compares("EQUALS", "$s", "A"), compares("EQUALS", "$s", "B"))],
    "yes and no": [both("$p", NOT_P)],
    "less than itself": [compares("LESS_THAN", "$n", "$n")],
    "each less than the other": [both(compares("LESS_THAN", "$n", "$m"), compares("LESS_THAN", "$m", "$n"))],
    "one of none": ["{operation: IN, subject: $s, values: []}"],
    "month 13": [compares("EQUALS", "$d.month", 13)],
    "weekday 7": [compares("GREATER_THAN", "{operation: DAY_OF_WEEK, date: $d}", 6)],
    "the larger is less": [compares("LESS_THAN", "{operation: MAX, values: [$n, 10]}", 5)],
    "days that do not meet": [
        both(compares("LESS_THAN", "$d", "'2024-01-01'"), compares("GREATER_THAN", "$d", "'2024-06-30'"))
    ],
}
AFTER = {
    "a part of the range before": [LESS_10, compares("LESS_THAN", "$n", 5)],
    "the same turned round": [LESS_10, compares("GREATER_THAN", 10, "$n")],
    "one of those before": ["{operation: IN, subject: $s, value: $SOORTEN}", compares("EQUALS", "$s", "A")],
    "nothing but what was not nothing": [
        compares("NOT_EQUALS", "$s", "null"),
        both(compares("EQUALS", "$s", "A"), "$p"),
    ],
}
NOTHING_OVER = {
    "below and from": [LESS_10, compares("GREATER_THAN_OR_EQUAL", "$n", 10)],
    "yes and no": ["$p", NOT_P],
    "yes or no": [f"{{operation: OR, conditions: [$p, {NOT_P}]}}"],
    "three ranges": [LESS_10, compares("EQUALS", "$n", 10), compares("GREATER_THAN", "$n", 10)],
    "there or not": ["{operation: IS_NULL, subject: $n}", "{operation: NOT_NULL, subject: $n}"],
}
REACHED = {
    "between whole numbers": [both(compares("GREATER_THAN", "$n", 4), compares("LESS_THAN", "$n", 5))],
    "nought is no yes": ["$n", compares("EQUALS", "$n", 0)],
    "absent is neither": [compares("EQUALS", "$p", "true"), compares("EQUALS", "$p", "false")],
    "two values": [both(compares("LESS_THAN", "$n", 5), compares("GREATER_THAN", "$m", 10))],
    "a field called month": [compares("EQUALS", "$o.month", 13)],
    "nothing is not below": ["$n", compares("GREATER_THAN", "$m", 10)],
    "from one to the other": [compares("LESS_THAN", "$n", "$m"), compares("LESS_THAN", "$m", "$n")],
}


@pytest.mark.parametrize("name", NEVER)
def test_a_condition_that_excludes_itself_is_found(tmp_path: Path, name: str) -> None:
    assert found(tmp_path, cases(*NEVER[name])) == [(3, "never_true", True)]


@pytest.mark.parametrize("name", AFTER)
def test_a_condition_that_what_was_asked_before_excludes_is_found(tmp_path: Path, name: str) -> None:
    assert found(tmp_path, cases(*AFTER[name])) == [(4, "never_true", True)]


@pytest.mark.parametrize("name", NOTHING_OVER)
def test_a_default_that_nothing_is_left_for_is_a_warning(tmp_path: Path, name: str) -> None:
    whens = NOTHING_OVER[name]

    assert found(tmp_path, cases(*whens)) == [(len(whens) + 3, "default_never", False)]


@pytest.mark.parametrize("name", REACHED)
def test_what_some_fact_reaches_is_no_finding(tmp_path: Path, name: str) -> None:
    assert found(tmp_path, cases(*REACHED[name])) == []


def test_a_branch_inside_a_branch_knows_what_was_asked_outside(tmp_path: Path) -> None:
    inner = (
        f"\n          operation: IF\n          cases:\n            - {{when: {NOT_P}, then: 7}}\n          default: 8"
    )
    choice = f"        operation: IF\n        cases:\n          - {{when: {NOT_P}, then: 1}}\n        default:{inner}\n"

    assert found(tmp_path, choice) == [(7, "never_true", True)]


def test_more_trials_than_can_be_made_say_nothing(tmp_path: Path) -> None:
    many = [compares("EQUALS", f"$o.f{n}", n) for n in range(9)]

    assert found(tmp_path, cases(both(*many), both(*reversed(many)))) == []


LEAVES = st.one_of(
    st.builds(
        compares,
        st.sampled_from(["LESS_THAN", "LESS_THAN_OR_EQUAL", "GREATER_THAN", "GREATER_THAN_OR_EQUAL", "EQUALS"]),
        st.sampled_from(["$n", "$m", "{operation: MIN, values: [$n, 1]}"]),
        st.sampled_from([-1, 0, 1, 2, "$m", "$TIEN"]),
    ),
    st.builds(compares, st.just("EQUALS"), st.just("$n"), st.just("null")),
    st.builds(compares, st.just("EQUALS"), st.just("$s"), st.sampled_from(["A", "B", "null"])),
    st.sampled_from(["$p", "$n", "{operation: IN, subject: $n, values: [0, 2]}"]),
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda part: st.one_of(
        part.map(lambda one: f"{{operation: NOT, value: {one}}}"),
        st.lists(part, min_size=1, max_size=3).map(lambda all_: both(*all_)),
        st.lists(part, min_size=1, max_size=3).map(lambda some: both(*some).replace("AND", "OR", 1)),
    ),
    max_leaves=4,
)
NUMBERS: list[Any] = [None, -2, -1, 0, 0.5, 1, 1.5, 2, 9, 10, 11]
FACTS = list(product(NUMBERS, [None, 0, 1, 10], [None, True, False], [None, "A", "C"]))


@SLOW
@given(st.lists(CONDITIONS, min_size=1, max_size=3))
def test_what_is_found_no_fact_reaches(whens: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = {line - 2: line for line, _, _ in found(folder, cases(*whens))}
        named = {0 if line == len(whens) + 3 else line - 2 for line in lines.values()}
        if not named:
            return
        book = law_book([], foreign=[folder])
        for n, m, p, s in FACTS:
            given = {"n": n, "m": m, "p": p, "s": s}
            facts = {key: Fact(None, "absent") if one is None else Fact(one) for key, one in given.items()}
            outcome = ask(book, "w", "x", facts=facts).outputs["x"]
            assert outcome.reason == "error" or outcome.value not in named, (given, yaml.safe_dump(whens))
