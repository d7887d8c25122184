"""A version of a law to read: rules in plain words, what refers to what, scenarios with what was expected."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.law.builders import LIBRARY, a_law, write_law
from waardig.law import queries
from waardig.law.core.outline import version_key
from waardig.law.terms import UnknownLaw

HEAD = """
definitions:
  GRENS: {value: 140000, type: amount, type_spec: {unit: eurocent}}
  LEEFTIJD: 27
execution:
  parameters: [{name: bsn, type: string, required: true}]
  input:
    - {name: geboortedatum, type: date, source: {description: basisregistratie personen}}
    - {name: inkomen, type: amount, type_spec: {unit: eurocent}, source: {}, description: Inkomen per maand.}
    - {name: is_student, type: boolean, source: {}}
  output: [{name: x, type: boolean}]
  actions:
    - output: x
      value: %s
"""


def rule(folder: Path, expression: str) -> list[str]:
    """The lines of a rule in Dutch, indented."""
    book = a_law(folder, HEAD % expression)
    (article,) = queries.law_outline(book, "w", "altijd").articles
    return ["  " * line.depth + line.nl for line in article.outputs[0].rule]


@pytest.mark.parametrize(
    ("expression", "lines"),
    [
        (
            "{operation: LESS_THAN_OR_EQUAL, subject: $inkomen, value: $GRENS}",
            ["Inkomen is hoogstens grens (€ 1.400)"],
        ),
        ("{operation: NOT, value: $is_student}", ["Is student: nee"]),
        (
            "{operation: LESS_THAN, subject: $geboortedatum, value: '1998-01-01'}",
            ["Geboortedatum is eerder dan 1 januari 1998"],
        ),
        (
            "{operation: AND, conditions: [$is_student, {operation: LESS_THAN, subject: {operation: AGE, "
            "date_of_birth: $geboortedatum, reference_date: $referencedate}, value: $LEEFTIJD}]}",
            [
                "Al deze voorwaarden gelden:",
                "  Is student",
                "  De leeftijd op de dag waarop de wet rekent van wie geboren is op geboortedatum"
                " is minder dan leeftijd (27)",
            ],
        ),
        (
            "{operation: IF, cases: [{when: $is_student, then: 0}, {when: {operation: GREATER_THAN, subject: $inkomen,"
            " value: 5}, then: {operation: MULTIPLY, values: [$inkomen, {operation: MIN, values: [$inkomen, 2]}]}}],"
            " default: $inkomen}",
            [
                "Als: is student",
                "  Dan: 0",
                "Anders, als: inkomen is meer dan 5",
                "  Dan: vermenigvuldig:",
                "    Inkomen",
                "    Neem de laagste van deze:",
                "      Inkomen",
                "      2",
                "In alle andere gevallen: inkomen",
            ],
        ),
        (
            "{operation: GREATER_THAN, subject: {operation: ADD, values: [$inkomen, 1, 2, 3]}, value: $GRENS}",
            ["Vergelijk:", "  Tel op:", "    Inkomen", "    1", "    2", "    3", "  Is meer dan grens (€ 1.400)"],
        ),
        ("{operation: ROUND, value: $inkomen, precision: -2}", ["Rond af op een veelvoud van 100:", "  Inkomen"]),
        ("{operation: IN, subject: $inkomen, values: [1, 2]}", ["Inkomen staat in het rijtje: 1, 2"]),
    ],
)
def test_a_rule_reads_as_plain_dutch(tmp_path: Path, expression: str, lines: list[str]) -> None:
    assert rule(tmp_path, expression) == lines


def test_every_rule_of_the_library_has_words_in_both_languages() -> None:
    book = queries.law_book([LIBRARY])

    for law in book.laws:
        for article in queries.law_outline(book, law.id, version_key(law)).articles:
            for output in article.outputs:
                assert output.rule, (law.file, output.line)
                assert all(line.nl and line.en and "$" not in line.nl for line in output.rule), (law.file, output)


def test_facts_values_and_ties_say_where_they_come_from(tmp_path: Path) -> None:
    write_law(tmp_path, HEAD % "$is_student")
    book = a_law(
        tmp_path,
        "execution:\n  input: [{name: y, type: boolean, source: {regulation: w, output: x}}]\n"
        "  output: [{name: z, type: boolean}]\n  actions: [{output: z, value: $y}]\n",
        "v",
    )

    w, v = queries.law_outline(book, "w", "altijd"), queries.law_outline(book, "v", "altijd")

    (article,) = w.articles
    assert [(one.label, one.nl, one.status.value) for one in article.constants] == [
        ("grens", "€ 1.400", "unverified"),
        ("leeftijd", "27", "unverified"),
    ]
    assert [(one.name, one.description, one.source) for one in article.inputs][:2] == [
        ("geboortedatum", "basisregistratie personen", ""),
        ("inkomen", "Inkomen per maand.", ""),
    ]
    assert [one.name for one in article.parameters] == ["bsn"]
    assert v.articles[0].inputs[0].from_law
    assert v.articles[0].inputs[0].from_law.place == queries.LawPlace("w", "w", "altijd", "1")
    assert [(one.kind, one.what, one.place.law, one.article) for one in w.referred_by] == [("uses", "x", "v", "1")]


def test_a_version_that_is_not_there_is_refused(tmp_path: Path) -> None:
    book = a_law(tmp_path, HEAD % "$is_student")

    with pytest.raises(UnknownLaw, match="2020-01-01"):
        queries.law_outline(book, "w", "2020-01-01")


def test_versions_say_until_which_day_they_hold() -> None:
    book = queries.law_book([LIBRARY])

    found = {one.valid_from: one.until for one in queries.versions_in(book) if one.id == "wet_op_de_zorgtoeslag"}

    assert found == {"2020-01-01": "2020-12-31", "2024-01-01": "2024-12-31", "2025-01-01": ""}


def test_the_findings_of_a_version_are_those_of_the_command(tmp_path: Path) -> None:
    path = write_law(tmp_path, HEAD % "$is_student")
    book = queries.law_book([], foreign=[tmp_path])
    by_command, _ = queries.law_problems([path])

    found = queries.version_findings(book, "w", "altijd")

    assert sorted((one.line, one.message, one.remedy) for one in found) == sorted(
        (one.line, one.message, one.remedy) for one in by_command
    )
    assert len(found) > 1


def test_the_source_says_when_the_file_was_changed_since(tmp_path: Path) -> None:
    book = a_law(tmp_path, HEAD % "$is_student")
    before = queries.law_source(book, "w", "altijd")
    path = tmp_path / "w.yaml"
    path.write_text(path.read_text("utf-8") + "# meer\n", "utf-8")

    after = queries.law_source(book, "w", "altijd")

    assert (before.changed, after.changed) == (False, True)
    assert after.lines[-1] == "# meer"
    assert before.lines[0] == "$id: w"


FEATURE = """Feature: x
  Background:
    Given law "w" is loaded
    And the calculation date is "2025-03-01"
    And parameter "is_student" is "true"
  Scenario: goed
    When I evaluate "x" of "w"
    Then output "x" is true
  Scenario: fout
    When I evaluate "x" of "w"
    Then output "x" is false
  Scenario: geen stap
    Given dit kan niet
"""


def test_a_scenario_says_which_law_it_asks_and_what_was_expected(tmp_path: Path, monkeypatch: Any) -> None:
    book = a_law(tmp_path, HEAD % "$is_student")
    folder = tmp_path / "laws" / "scenarios"
    folder.mkdir(parents=True)
    (folder / "x.feature").write_text(FEATURE, "utf-8")

    good, wrong, stepless = queries.scenarios_of(book, [tmp_path], "w")

    assert (good.status, good.law, good.at) == ("passed", "w", 6)
    assert (wrong.status, wrong.at, wrong.line) == ("failed", 9, 11)
    assert (wrong.output, wrong.expected, wrong.found) == ("x", "false", "true")
    assert (stepless.status, stepless.law, stepless.expected) == ("failed", "w", "")
    assert queries.scenarios_of(book, [tmp_path], "v") == ()


def test_a_scenario_belongs_to_the_law_it_asks_and_to_the_law_in_whose_folder_it_stands() -> None:
    book = queries.law_book([LIBRARY])

    own = queries.scenarios_of(book, [LIBRARY], "regeling_standaardpremie")
    asked = queries.scenarios_of(book, [LIBRARY], "wet_op_de_zorgtoeslag")

    assert {Path(one.file).name for one in own} == {"standaardpremie.feature"}
    assert {one.law for one in own} == {"wet_op_de_zorgtoeslag"}
    assert set(own) < set(asked)


COLLECTION = """
execution:
  input:
    - name: kinderen
      type: array
      source: {}
      members:
        most: 30
        fields:
          - {name: geboren, type: date}
          - {name: bedrag, type: amount, type_spec: {unit: eurocent}, description: Wat het kind heeft.}
          - {name: thuis, type: boolean}
  output: [{name: aantal, type: number}, {name: som, type: number}]
  actions:
    - output: aantal
      value: {operation: FOREACH, subject: $kinderen, item: kind, combine: COUNT, where: $kind.thuis}
    - output: som
      value:
        operation: MULTIPLY
        values: [2, {operation: FOREACH, subject: $kinderen, item: kind, combine: ADD, value: $kind.bedrag}]
"""


def test_a_collection_reads_member_by_member(tmp_path: Path) -> None:
    write_law(tmp_path, COLLECTION, head="waardig_format: 1\n")
    book = queries.law_book([], foreign=[tmp_path])

    (article,) = queries.law_outline(book, "w", "altijd").articles

    lines = [["  " * line.depth + line.nl for line in output.rule] for output in article.outputs]
    assert lines == [
        ["Tel hoeveel er zijn in kinderen (elk: kind):", "  Alleen als: kind thuis"],
        ["Vermenigvuldig:", "  2", "  Tel op, voor elk in kinderen (elk: kind):", "    Kind bedrag"],
    ]
    assert [(one.label, one.description) for one in article.inputs[0].members] == [
        ("geboren", ""),
        ("bedrag", "Wat het kind heeft."),
        ("thuis", ""),
    ]


def test_what_a_law_computes_of_each_member_names_that_law_on_both_sides() -> None:
    book = queries.law_book([LIBRARY])
    rent = queries.law_outline(book, "wet_op_de_huurtoeslag", "2025-01-01")
    listed = next(one for article in rent.articles for one in article.inputs if one.members)
    asked = {one.name: one.from_law for one in listed.members}

    assert asked["is_kind"] is None
    income = asked["meetellend_inkomen"]
    assert income is not None and (income.place.law, income.place.article) == ("awir", "7")
    ties = queries.law_outline(book, "awir", "2015-01-01").referred_by
    assert ("wet_op_de_huurtoeslag", "meetellend_inkomen_medebewoner") in {(tie.place.law, tie.what) for tie in ties}
