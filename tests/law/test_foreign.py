"""Law files and scenarios of others: older and later words of regelrecht, and a law in the place of one of ours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from tests.law.builders import ON, a_law, ask, write_law
from tests.law.test_population import SLOW, assert_equal, columns, days, doubt
from waardig.law.cli import law
from waardig.law.core.scenario import ScenarioResult, run_feature
from waardig.law.core.steps import PATTERNS, read_step
from waardig.law.queries import LawBook, evaluate_many, law_book, law_problems
from waardig.law.terms import Fact, Outcome, RuleFailed

ABSENT = Fact(None, "absent")
LATER = (
    "$schema: https://raw.githubusercontent.com/MinBZK/regelrecht/refs/tags/schema-v0.8.0/schema/v0.8.0/schema.json\n"
)
MARKED = """
markings:
  - {about: de lengte van een zucht, resolution: engine, resolved_by: Een maat voor zuchten, accepted: false}
execution:
  output: [{name: x, type: number}]
  actions: [{output: x, value: 3}]
"""


def scenarios(folder: Path, text: str) -> list[ScenarioResult]:
    """The scenarios of a text against the laws in a folder."""
    return list(run_feature(law_book([], foreign=[folder]), text, "x.feature"))


def test_a_marking_is_an_untranslatable_part_under_its_later_name(tmp_path: Path) -> None:
    book = a_law(tmp_path, MARKED, head=LATER)

    assert ask(book, "w", "x").outputs["x"].reason == "untranslatable"
    assert ask(book, "w", "x", untranslatable="warn").outputs["x"].value == 3
    with pytest.raises(RuleFailed, match="Untranslatable construct 'de lengte van een zucht': Een maat voor zuchten"):
        ask(book, "w", "x", untranslatable="error")


def test_a_law_of_others_takes_the_place_of_ours_and_what_refers_to_ours_is_named(tmp_path: Path) -> None:
    body = "execution:\n  output: [{name: groet, type: string}]\n  actions: [{output: groet, value: dag}]\n"
    write_law(tmp_path, body, name="participatiewet")
    feature = tmp_path / "x.feature"
    steps = 'Given the calculation date is "2025-06-01"\n    When I evaluate "groet" of "participatiewet"\n'
    feature.write_text(f'Feature: x\n  Scenario: s\n    {steps}    Then output "groet" equals "dag"\n')

    done = CliRunner().invoke(law, ["test", str(feature), "--laws", str(tmp_path)])

    assert done.exit_code == 0, done.output
    assert done.stdout == "1 scenarios, 1 passed, 0 failed, 0 skipped\n"
    first, place, *_, last = done.stderr.splitlines()
    assert first.startswith("A law of --laws took the place of one that files of the content refer to.")
    assert ".yaml:" in place
    assert "'participatiewet'" in place
    assert last.endswith("more places")


NOTHING = """
execution:
  input:
    - {name: a, type: number, source: {}}
    - {name: p, type: boolean, source: {}}
    - {name: q, type: boolean, source: {}}
    - {name: d, type: date, source: {}}
  output: [OUTPUTS]
  actions:
ACTIONS
"""
DECIDED = [
    "{operation: AND, conditions: [$p, $q]}",
    "{operation: OR, conditions: [$q, $p]}",
    "{operation: NOT, value: $p}",
    "{operation: IF, cases: [{when: $p, then: 1}, {when: $q, then: 2}], default: 3}",
    "{operation: AND, conditions: [{operation: IF, cases: [{when: $q, then: true}]}, $p]}",
    "{operation: AND, conditions: [{operation: EQUALS, subject: $p, value: null}, $q]}",
    "{operation: EQUALS, subject: $d.year, value: null}",
    "$d.month",
    "{operation: ADD, values: [$a, 1]}",
    "{operation: DATE_DIFF, from: {operation: START_OF, date: $d, in: month}, to: $d, in: days}",
]


def a_later_law(folder: Path, expressions: Sequence[str], head: str = LATER) -> LawBook:
    """Each expression as an output of its own, in a file of a later schema."""
    outputs = ", ".join(f"{{name: x{n}, type: object}}" for n in range(len(expressions)))
    actions = "\n".join(f"    - {{output: x{n}, value: {text}}}" for n, text in enumerate(expressions))
    return a_law(folder, NOTHING.replace("OUTPUTS", outputs).replace("ACTIONS", actions), head=head)


def a_reason(outcome: Outcome) -> tuple[object, str, str]:
    return outcome.value, outcome.reason, outcome.code


FACTS = {"a": ABSENT, "p": ABSENT, "q": Fact(True), "d": ABSENT}


def test_in_a_later_file_nothing_is_no_verdict_and_a_part_of_nothing_is_nothing(tmp_path: Path) -> None:
    names = [f"x{n}" for n in range(len(DECIDED))]

    found = ask(a_later_law(tmp_path, DECIDED), "w", *names, facts=FACTS).outputs

    wrong = (None, "error", "absent_value")
    settled = {1: (True, "ok", ""), 5: (True, "ok", ""), 6: (True, "ok", ""), 7: (None, "absent", "")}
    computed = (None, "error", "type_mismatch")
    assert [a_reason(found[f"x{n}"]) for n in range(8)] == [settled.get(n, wrong) for n in range(8)]
    assert [a_reason(found[name]) for name in ("x8", "x9")] == [computed, computed]
    assert "AND: an operand is null; ask first with EQUALS whether it is there" in found["x0"].detail
    assert "an operand is null" in found["x8"].detail


def test_a_file_of_our_schema_keeps_its_meaning(tmp_path: Path) -> None:
    found = ask(a_later_law(tmp_path, DECIDED, head=""), "w", "x0", "x2", "x3", "x7", facts=FACTS).outputs

    assert [found[name].value for name in ("x0", "x2", "x3")] == [False, True, 2]
    assert a_reason(found["x7"]) == (None, "error", "missing_part")


def test_both_executors_say_the_same_of_nothing_in_a_later_file(tmp_path: Path) -> None:
    book, names = a_later_law(tmp_path, DECIDED), [f"x{n}" for n in range(len(DECIDED))]

    @SLOW
    @given(columns(a=doubt(st.integers(-3, 3)), p=doubt(st.booleans()), q=doubt(st.booleans()), d=doubt(days())))
    def check(people: dict[str, list[Any]]) -> None:
        assert_equal(book, "w", names, people)

    check()


MEMBERS = """
execution:
  parameters: [{name: lijst, type: array, required: true}]
  output: [{name: som, type: number}, {name: rij, type: array}, {name: alle, type: number}]
  actions:
    - output: som
      value:
        operation: FOREACH
        collection: $lijst
        as: een
        filter: {operation: LESS_THAN, subject: $een.n, value: 5}
        body: $een.n
        combine: ADD
    - {output: rij, value: {operation: FOREACH, collection: $lijst, as: een, body: $een.n}}
    - output: alle
      value:
        operation: FOREACH
        collection: $lijst
        as: een
        body: {operation: FOREACH, collection: $een.delen, as: deel, body: $deel, combine: ADD}
        combine: ADD
"""
LIST = [{"n": 3, "delen": [1, 2]}, {"n": 7, "delen": []}, {"n": 1, "delen": [10]}]


def test_foreach_of_regelrecht_goes_over_any_list_also_inside_another(tmp_path: Path) -> None:
    book = a_law(tmp_path, MEMBERS, head=LATER)

    found = ask(book, "w", "som", "rij", "alle", parameters={"lijst": LIST}, explain=True)
    doubtful = ask(book, "w", "som", "rij", parameters={"lijst": [{"n": 1}, {}]}).outputs
    nobody = ask(book, "w", "som", "rij", "alle", parameters={"lijst": []}).outputs

    assert [found.outputs[name].value for name in ("som", "rij", "alle")] == [4, [3, 7, 1], 13]
    assert [step.words_en for step in found.steps] == ["som: 4", "rij: 3, 7, 1", "alle: 13"]
    assert [doubtful[name].reason for name in ("som", "rij")] == ["unknown:lijst.n"] * 2
    assert [nobody[name].value for name in ("som", "rij", "alle")] == [0, [], 0]


def test_a_foreach_without_a_name_calls_its_member_item_and_what_is_no_list_is_one_member(tmp_path: Path) -> None:
    body = MEMBERS.replace("        as: een\n", "", 1).replace("$een.n, value: 5", "$item.n, value: 5")
    book = a_law(tmp_path, body.replace("body: $een.n\n", "body: $item.n\n", 1), head=LATER)

    one = ask(book, "w", "som", "rij", parameters={"lijst": {"n": 4}}).outputs

    assert [one[name].value for name in ("som", "rij")] == [4, [4]]


@pytest.mark.parametrize(("version", "promised"), [("0.5.6", False), ("0.5.7", False), ("0.5.8", True)])
def test_a_parameter_is_required_unless_the_file_says_otherwise_from_one_version_on(
    tmp_path: Path, version: str, promised: bool
) -> None:
    body = "execution:\n  parameters: [{name: a, type: number}, {name: b, type: number, required: false}]\n"
    body += "  output: [{name: x, type: number}]\n  actions: [{output: x, value: $a}]\n"

    book = a_law(tmp_path, body, head=LATER.replace("0.8.0", version))

    parameters = book.laws[0].articles[0].parameters
    assert [parameters[name].required for name in ("a", "b")] == [promised, False]


def test_foreach_of_regelrecht_is_the_same_for_everybody_in_a_population(tmp_path: Path) -> None:
    book = a_law(tmp_path, MEMBERS, head=LATER)

    done = evaluate_many(book, "w", ["som"], on=ON, columns={"bsn": ["1", "2"]}, parameters={"lijst": LIST})

    assert list(done.columns["som"]) == [4, 4]


def test_a_foreach_with_words_of_neither_is_refused_in_a_later_file(tmp_path: Path) -> None:
    body = MEMBERS.replace("combine: ADD", "combine: COUNT", 1)
    write_law(tmp_path, body, head=LATER)

    problems, _ = law_problems([tmp_path], roots=[])

    messages = [problem.message for problem in problems]
    assert any("'COUNT' is not one of ADD, MIN, MAX, OR, AND" in message for message in messages)
    assert any(
        "'combine' of FOREACH is one of ADD, MIN, MAX, OR, AND, or is left out for a list" in m for m in messages
    )


def test_words_of_a_later_schema_that_are_not_read_are_named_with_what_to_do(tmp_path: Path) -> None:
    write_law(tmp_path, MARKED.replace("value: 3", "value: {operation: SORTEER, items: [1]}"), head=LATER)

    problems, _ = law_problems([tmp_path], roots=[])

    (found,) = [problem for problem in problems if "SORTEER" in problem.message and "is not one of" in problem.message]
    assert found.line == 14
    assert found.remedy.startswith("This file names schema v0.8.0.")
    assert not any("markings" in problem.message for problem in problems)


ABOUT = """
execution:
  parameters: [{name: bsn, type: string, required: true}]
  input:
    - {name: ander, type: string, source: {}}
    - {name: lengte, type: number, source: {regulation: maatwet, output: lengte, parameters: {bsn: $ander}}}
  output: [{name: x, type: number}]
  actions: [{output: x, value: $lengte}]
"""
MEASURE = """
execution:
  parameters: [{name: bsn, type: string, required: true}]
  input: [{name: centimeters, type: number, source: {}}]
  output: [{name: lengte, type: number}]
  actions: [{output: lengte, value: {operation: MULTIPLY, values: [$centimeters, 10]}}]
"""
MEASURED = """Feature: x
  Background:
    Given the calculation date is "2025-06-01"
    And parameter "bsn" is "1"
    And the following "maten" data with key "bsn" for law "maatwet":
      | bsn | centimeters |
      | 1   | 10          |
      | 2   | 20          |

  Scenario Outline: <ander>
    Given the following "kring" data with key "bsn":
      | bsn | ander   |
      | 1   | <ander> |
    When I evaluate "x" of "w"
    Then the execution succeeds
    And output "x" <uitkomst>

    Examples:
      | ander | uitkomst                           |
      | 2     | equals 200                         |
      | null  | is absent                          |
      |       | is unknown for lack of "ander"     |
      | 3     | is unknown                         |
"""


def test_a_law_is_not_run_about_nobody_and_an_empty_cell_is_unknown_in_a_later_file(tmp_path: Path) -> None:
    write_law(tmp_path, ABOUT, head=LATER)
    write_law(tmp_path, MEASURE, name="maatwet", head=LATER)

    assert [(r.name, r.status, r.message) for r in scenarios(tmp_path, MEASURED)] == [
        (name, "passed", "") for name in ("2", "null", "", "3")
    ]


def test_in_a_file_of_our_schema_an_empty_cell_is_nothing(tmp_path: Path) -> None:
    write_law(tmp_path, ABOUT.replace("$lengte}]", "$ander}]"))
    write_law(tmp_path, MEASURE, name="maatwet")

    results = scenarios(tmp_path, MEASURED)

    assert [r.status for r in results] == ["failed", "passed", "failed", "failed"]
    assert "output 'x' is absent, expected unknown ander" in results[2].message


def test_a_source_of_one_law_says_nothing_to_another(tmp_path: Path) -> None:
    body = "execution:\n  input: [{name: n, type: number, source: SOURCE}]\n  output: [{name: m, type: number}]\n"
    body += "  actions: [{output: m, value: {operation: ADD, values: [$n, 1]}}]\n"
    write_law(tmp_path, body.replace("SOURCE", "{regulation: bronwet, output: m}"))
    write_law(tmp_path, body.replace("SOURCE", "{}"), name="bronwet")
    text = 'Feature: x\n  Scenario: s\n    Given the calculation date is "2025-06-01"\n'
    text += '    And the following "r" data with key "k"HERE:\n      | k | n |\n      | 1 | 5 |\n'
    text += '    When I evaluate "m" of "w"\n    Then output "m" equals WHAT\n'

    bound = scenarios(tmp_path, text.replace("HERE", ' for law "bronwet"').replace("WHAT", "7"))
    free = scenarios(tmp_path, text.replace("HERE", "").replace("WHAT", "6"))

    assert [(r.status, r.message) for r in (*bound, *free)] == [("passed", "")] * 2


def test_a_parameter_that_another_law_needs_and_does_not_get_is_an_error_on_the_line_of_the_input(
    tmp_path: Path,
) -> None:
    write_law(tmp_path, ABOUT.replace(", parameters: {bsn: $ander}", ""), head=LATER)
    write_law(tmp_path, MEASURE, name="maatwet", head=LATER)

    with pytest.raises(RuleFailed, match="'maatwet' needs parameter 'bsn' for 'lengte'"):
        ask(law_book([], foreign=[tmp_path]), "w", "x", parameters={"bsn": "1"})

    problems, _ = law_problems([tmp_path], roots=[])
    assert [problem.line for problem in problems if "needs parameter" in problem.message] == [14]


def test_a_later_law_is_not_evaluated_for_nobody(tmp_path: Path) -> None:
    book = a_law(tmp_path, MEASURE, name="maatwet", head=LATER)

    with pytest.raises(RuleFailed, match="cannot be evaluated for nobody: parameter 'bsn' is null"):
        ask(book, "maatwet", "lengte", parameters={"bsn": None})


DECLARED = """
execution:
  parameters: [{name: k, type: number, required: false}]
  input:
    - {name: a, type: number, source: {}}
    - {name: b, type: number, nullable: true, source: {}}
  output: [{name: x, type: number}, {name: y, type: number, nullable: true}, {name: z, type: number}]
  actions:
    - {output: x, value: $a}
    - {output: y, value: $b}
    - {output: z, value: $b}
"""


def test_where_a_file_declares_absence_every_other_field_must_be_there(tmp_path: Path) -> None:
    book = a_law(tmp_path, DECLARED, head=LATER)

    found = ask(book, "w", "x", "y", "z", facts={"a": Fact(None, "absent", "maten"), "b": ABSENT}).outputs

    assert a_reason(found["x"]) == (None, "error", "absent_value")
    assert "source maten: " in found["x"].detail
    assert "'a' is null, which 'w' declares as never absent" in found["x"].detail
    assert a_reason(found["y"]) == (None, "absent", "")
    assert "'z' of 'w' evaluated to null and is not declared nullable" in found["z"].detail
    there = ask(book, "w", "x", "y", "z", facts={"a": Fact(1), "b": Fact(2)}).outputs
    assert [there[name].value for name in ("x", "y", "z")] == [1, 2, 2]


def test_in_a_scenario_units_that_do_not_fit_fail_with_the_line(tmp_path: Path) -> None:
    body = """
        definitions:
          PRIJS: {value: 300, type: amount, type_spec: {unit: eurocent}}
          DUUR: {value: 2, type: number, type_spec: {unit: weeks}}
        execution:
          output: [{name: som, type: number}, {name: prijs, type: number}]
          actions:
            - {output: som, operation: ADD, values: [$PRIJS, $DUUR]}
            - {output: prijs, operation: MULTIPLY, values: [$PRIJS, $DUUR]}
    """
    write_law(tmp_path, body)
    text = 'Feature: x\n  Scenario: s\n    Given the calculation date is "2025-06-01"\n'
    text += '    When I evaluate "som" of "w"\n    Then the execution fails with "w.yaml:15"\n'
    text += '    And the execution fails with "unit mismatch: the values of ADD are in different units"\n'
    text += '    When I evaluate "prijs" of "w"\n    Then output "prijs" equals 600\n'

    assert [(r.status, r.message) for r in scenarios(tmp_path, text)] == [("passed", "")]


def test_every_step_of_the_page_is_in_the_language_and_the_page_has_them_all() -> None:
    page = (Path(__file__).parents[2] / "docs/how-to/run-law-files-of-others.md").read_text("utf-8")
    table = page.partition("| | step |")[2].partition("\n\n")[0]

    found = [read_step(step) for step in re.findall(r"`([^`]+)`", table)]

    assert len(found) == 25
    assert None not in found
    assert {known[0] for known in found if known} == {pattern.action for pattern in PATTERNS}
