"""The Gherkin runner: every step of the tiers core, provenance and untranslatable, in both languages."""

from __future__ import annotations

import pytest

from tests.law.builders import HERE, the_laws
from waardig.law import queries
from waardig.law.core.scenario import ScenarioResult, run_feature

FEATURES = HERE / "features"
ON = 'Feature: x\n  Scenario: s\n    Given the calculation date is "2025-03-01"\n'


def run(*steps: str) -> ScenarioResult:
    return next(run_feature(the_laws(), ON + "".join(f"    {step}\n" for step in steps), "x.feature"))


def test_the_english_scenarios_pass_and_work_in_progress_is_skipped() -> None:
    found = [(r.name, r.status, r.message) for r in queries.scenario_results(the_laws(), [FEATURES / "toets.feature"])]

    assert found == [
        ("The person is selected by the parameter", "passed", ""),
        ("The person is selected by the parameter", "passed", ""),
        ("Decimals, dates, texts and nothing", "passed", ""),
        ("What fails says why", "passed", ""),
        ("Untranslatable", "passed", ""),
        ("Exactly the outputs of the article", "passed", ""),
        ("Not yet", "skipped", "work in progress"),
    ]


def test_the_dutch_scenarios_pass_except_a_step_outside_the_language() -> None:
    results = queries.scenario_results(the_laws(), [FEATURES / "toets_nl.feature"])

    assert [result.status for result in results] == ["passed", "failed", "passed"]
    assert results[1].line == 22
    assert results[1].message.startswith("ontbreekt er niets: this step is not in the step language")


WRONG = [
    (('When I evaluate "termijn_weken" of "toetswet"', 'Then output "termijn_weken" equals 9'), "is 8, expected 9"),
    (('When I evaluate "termijn_weken" of "toetswet"', "Then the execution fails"), "the execution succeeded"),
    (
        ('When I evaluate "gezamenlijk" of "toetswet"', "Then the execution succeeds"),
        "variable 'heeft_partner' not found",
    ),
    (('When I evaluate "weg" of "toetswet"', 'Then the execution fails with "anders"'), "failed with another message"),
    (('When I evaluate "termijn_weken" of "toetswet"', 'Then output "termijn_weken" is null'), "is 8, expected null"),
    (('When I evaluate "termijn_weken" of "toetswet"', 'Then output "termijn_weken" is true'), "is 8, expected true"),
    (('When I evaluate "termijn_weken" of "toetswet"', 'Then output "x" is true'), "the result has no output 'x'"),
    (('Given law "weg" is loaded',), "law 'weg' is not loaded"),
    (("Then the execution succeeds",), "nothing was evaluated yet"),
    (('Given the untranslatable mode is "x"',), "mode 'x' does not exist"),
    (("Given the following parameters:",), "a table is missing"),
    (
        ('When I evaluate "termijn_weken" of "toetswet"', 'Then output "termijn_weken" has reactive provenance'),
        "has direct provenance, expected reactive",
    ),
    (
        ('When I evaluate "termijn_weken" of "toetswet"', 'Then output "termijn_weken" is tainted as untranslatable'),
        "is 8, expected untranslatable",
    ),
    (
        (
            'When I evaluate "termijn_weken" of "toetswet"',
            'Then the result contains exactly the outputs "termijn_weken"',
        ),
        "the result has na_vrijlating",
    ),
]


@pytest.mark.parametrize(("steps", "message"), WRONG)
def test_an_expectation_that_does_not_hold_fails_with_what_was_found(steps: tuple[str, ...], message: str) -> None:
    result = run(*steps)

    assert result.status == "failed"
    assert message in result.message


def test_a_feature_that_cannot_be_read_fails() -> None:
    results = list(run_feature(the_laws(), "Scenario zonder kop", "x.feature"))

    assert [result.status for result in results] == ["failed"]


NO_THEN = """Feature: x
  Scenario: nothing is looked at
    Given the calculation date is "2025-03-01"
    When I evaluate "recht" of "toetswet"

  Scenario Outline: a column is missing
    Given the calculation date is "2025-03-01"
    And parameter "a" is "<bedrag>"
    When I evaluate "recht" of "toetswet"
    Then output "recht" is true

    Examples:
      | bedragen |
      | 1        |
"""


def test_a_scenario_that_looks_at_nothing_is_skipped_and_an_open_place_fails() -> None:
    found = [(r.status, r.line, r.message) for r in run_feature(the_laws(), NO_THEN, "x.feature")]

    assert found == [
        ("skipped", 2, "it has no Then, so that nothing was looked at"),
        ("failed", 8, 'parameter "a" is "<bedrag>": the examples have no column \'bedrag\''),
    ]
