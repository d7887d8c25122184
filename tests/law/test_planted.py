"""One planted error each, in small laws and in the real ones: `law check` names it with line and remedy."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.law.builders import LAWS, LIBRARY, write_law
from waardig.law import queries
from waardig.law.terms import LawProblem

HEAD = """$id: w
regulatory_layer: WET
publication_date: '2020-01-01'
valid_from: '2020-01-01'
bwb_id: BWBR0000001
url: https://example.org/w
articles:
  - number: '1'
    text: Tekst
    url: https://example.org/w/1
    machine_readable:
"""
FIELDS = """      definitions: {GRENS: {value: 100, type: amount, type_spec: {unit: eurocent}}}
      execution:
        input:
          - {name: bedrag, type: amount, type_spec: {unit: eurocent}, source: {description: opgave}}
          - {name: datum, type: date, source: {description: opgave}}
          - {name: soort, type: string, source: {description: opgave}}
        output:
          - {name: uit, type: boolean}
        actions:
          - output: uit
            value:
              operation: AND
              conditions:
                - {operation: LESS_THAN, subject: $bedrag, value: $GRENS}
                - {operation: LESS_THAN, subject: $datum, value: $referencedate}
                - operation: IF
                  cases:
                    - when: {operation: EQUALS, subject: $soort, value: A}
                      then: true
                    - when: {operation: EQUALS, subject: $soort, value: B}
                      then: true
                  default: false
"""


class Planted(NamedTuple):
    """What is changed, on which text the finding stands, and what it says."""

    name: str
    old: str
    new: str
    at: str
    message: str
    error: bool = True


WHEN_A = "when: {operation: EQUALS, subject: $soort, value: A}"
WHEN_B = "when: {operation: EQUALS, subject: $soort, value: B}"
DATE_LINE = "                - {operation: LESS_THAN, subject: $datum, value: $referencedate}\n"
SMALL = [
    Planted("definition", "value: $GRENS}", "value: $GRENZ}", "$GRENZ", "variable '$GRENZ' not found"),
    Planted("input", "subject: $bedrag", "subject: $bedrga", "$bedrga", "variable '$bedrga' not found"),
    Planted(
        *(
            "law",
            "type: string, source: {description: opgave}",
            "type: string, source: {regulation: weg, output: soort}",
        ),
        *("regulation: weg", "Law 'weg' not found"),
    ),
    Planted(
        *("output", "type: string, source: {description: opgave}", "type: string, source: {output: weg}"),
        *("output: weg", "Output 'weg' not found in law 'w'"),
    ),
    Planted(
        *("cycle", "source: {description: opgave}}\n        output", "source: {output: uit}}\n        output"),
        *("- output: uit", "circular reference: w#uit -> w#uit"),
    ),
    Planted(
        "type", "subject: $bedrag, value: $GRENS", "subject: $bedrag, value: '2020-01-01'", "'2020-01-01'}", "compares"
    ),
    Planted("unit", "unit: eurocent}}}", "unit: euro}}}", "value: $GRENS", "LESS_THAN compares eurocent with euro"),
    Planted("always true", WHEN_B, "when: true", "when: true", "the condition is always true: the branches after it"),
    Planted("never true", WHEN_B, "when: {operation: LESS_THAN, subject: 2, value: 1}", "value: 1}", "is always false"),
    Planted(
        *("constant by name", WHEN_B, "when: {operation: LESS_THAN, subject: $GRENS, value: 5}"),
        *("value: 5}", "the condition is always false: its branch is never reached"),
    ),
    Planted(
        *(
            "after always true",
            "when: {operation: EQUALS, subject: $soort, value: A}",
            "when: {operation: NOT, value: false}",
        ),
        *(WHEN_B, "unreachable branch: the condition on line"),
    ),
    Planted(
        "duplicate condition",
        "value: B}",
        "value: A}",
        f"{WHEN_A}\n                      then: true\n                  default",
        "the same condition stands on",
    ),
    Planted(
        *(
            "overflow of constants",
            "value: $GRENS}",
            "value: {operation: MULTIPLY, values: [$GRENS, 10000000000, 10000000000]}}",
        ),
        *("MULTIPLY", "MULTIPLY may overflow: up to about 10^22"),
    ),
    Planted(
        *("overflow of facts", "subject: $bedrag,", "subject: {operation: MULTIPLY, values: [$bedrag, $bedrag]},"),
        *("MULTIPLY", "MULTIPLY may overflow: up to about 10^20", False),
    ),
    Planted(
        "a number too large", "value: 100,", "value: 9223372036854775808,", "9223372036854775808", "64 bits cannot hold"
    ),
    Planted(
        "unused definition", "value: $GRENS}", "value: 100}", "GRENS:", "definition 'GRENS' is used nowhere", False
    ),
    Planted("unused input", DATE_LINE, "", "name: datum", "input 'datum' is used nowhere in its article", False),
    Planted(
        *("compared while absent", "conditions:\n", "conditions:\n                - $leeg\n"),
        *("subject: $datum, value: $ref", "LESS_THAN needs a value, and 'datum' may be absent (null) here"),
    ),
    Planted("no such day", "value: $referencedate", "value: '2025-02-30'", "2025-02-30", "'2025-02-30' is no date"),
    Planted(
        *("a made date", "value: $referencedate", "value: {operation: DATE, year: 2025, month: 13, day: 1}"),
        *("month: 13", "there is no date 2025-13-1"),
    ),
    Planted("end before begin", "bwb_id:", "valid_to: '2019-12-31'\nbwb_id:", "$id", "valid_to 2019-12-31 lies before"),
    Planted(
        *(
            "overridden law",
            "      execution:",
            "      overrides: [{law: weg, article: '2', output: x}]\n      execution:",
        ),
        *("overrides:", "overrides an output of 'weg', which is not loaded"),
    ),
    Planted(
        *(
            "overridden article",
            "      execution:",
            "      overrides: [{law: w, article: '2', output: uit}]\n      execution:",
        ),
        *("overrides:", "which has no such article"),
    ),
    Planted(
        *(
            "implemented law",
            "      execution:",
            "      implements: [{law: w, article: '7', open_term: uit}]\n      execution:",
        ),
        *("implements:", "'w' article 7 has no open term 'uit'"),
    ),
]
LEEG = "          - output: leeg\n            value: {operation: EQUALS, subject: $datum, value: null}\n"


def findings(path: Path, *roots: Path) -> list[LawProblem]:
    return [problem for problem in queries.law_problems([path], roots=roots)[0] if problem.file == str(path)]


def assert_found(path: Path, text: str, planted: Planted, *roots: Path) -> None:
    path.write_text(text, "utf-8")
    line = text[: text.index(planted.at)].count("\n") + 1

    problems = findings(path, *roots)

    found = [problem for problem in problems if planted.message in problem.message]
    assert [(problem.line, problem.error) for problem in found] == [(line, planted.error)], problems
    assert len(found[0].remedy) > 15


@pytest.mark.parametrize("planted", SMALL, ids=lambda planted: planted.name)
def test_a_planted_error_in_a_small_law_is_found_on_its_line(tmp_path: Path, planted: Planted) -> None:
    text = HEAD + FIELDS
    if "$leeg" in planted.new:
        text = text.replace("        actions:\n", "        actions:\n" + LEEG)
    assert text.count(planted.old) >= 1

    assert_found(tmp_path / "w.yaml", text.replace(planted.old, planted.new, 1), planted)


def test_the_small_law_without_error_has_no_findings(tmp_path: Path) -> None:
    path = tmp_path / "w.yaml"
    path.write_text(HEAD + FIELDS, "utf-8")

    assert findings(path) == []


def test_a_value_that_somebody_asked_for_first_is_no_finding(tmp_path: Path) -> None:
    text = (HEAD + FIELDS).replace("        actions:\n", "        actions:\n" + LEEG)
    path = tmp_path / "w.yaml"
    guard = "conditions:\n                - {operation: NOT, value: $leeg}\n"
    path.write_text(text.replace("conditions:\n", guard), "utf-8")

    assert findings(path) == []


ZORG, PW = "wet/wet_op_de_zorgtoeslag/2025-01-01.yaml", "wet/participatiewet/2025-01-01.yaml"
SOURCE = "source:\n              output: "
EURO = "type: amount\n          type_spec:\n            unit: euro"
WEALTH = "IF\n              cases:\n                - when: $heeft_toeslagpartner\n                  then: $VERMOGENS"
PART = "DEEL_BIJ_PARTNER_ZONDER_VERZEKERING"
VERIFIED = "- name: is_verzekerde\n            type: boolean\n            source"
REAL = [
    Planted("definition", f"default: ${PART}", "default: $DELEN", "default: $DELEN", "variable '$DELEN' not found"),
    Planted("input", "subject: $normpremie", "subject: $premie", "$premie", "variable '$premie' not found"),
    Planted(
        "output", f"{SOURCE}is_verzekerde", f"{SOURCE}is_verzekerden", VERIFIED, "Output 'is_verzekerden' not found"
    ),
    Planted(
        *("cycle", f"{SOURCE}heeft_te_veel_vermogen", f"{SOURCE}heeft_aanspraak_op_zorgtoeslag"),
        *("- output: heeft_aanspraak_op_zorgtoeslag", "circular reference"),
    ),
    Planted(
        *("type", "subject: $normpremie\n", "subject: $is_verzekerde\n"),
        *("operation: LESS_THAN\n              subject: $is_verzekerde", "compares a boolean with a number"),
    ),
    Planted(
        "unit", f"value: 14189600\n          {EURO}cent", f"value: 141896\n          {EURO}", WEALTH, "different units"
    ),
    Planted(
        *("branch", "- when: $partner_is_verzekeringsplichtig", "- when: $partner_is_verzekerd"),
        *("- when: $partner_is_verzekerd\n                  then: 0", "unreachable branch: the same condition"),
    ),
    Planted(
        "always true", "- when: $partner_is_verzekerd\n", "- when: true\n", "- when: true", "always true: the branches"
    ),
    Planted(
        "overflow", "- 2\n", "- 20000000000000000000\n", "- 20000000000000000000", "64 bits cannot hold this number"
    ),
    Planted(
        "unused definition", f"default: ${PART}", "default: 0.5", f"{PART}:", "is used nowhere in its article", False
    ),
]


@pytest.mark.parametrize("planted", REAL, ids=lambda planted: planted.name)
def test_a_planted_error_in_a_real_law_is_found_on_its_line(tmp_path: Path, planted: Planted) -> None:
    text = (LIBRARY / "laws/nl" / ZORG).read_text("utf-8")
    assert planted.old in text

    assert_found(tmp_path / "2025-01-01.yaml", text.replace(planted.old, planted.new, 1), planted, LIBRARY)


def test_a_real_law_that_computes_with_a_date_that_may_be_absent_is_found(tmp_path: Path) -> None:
    text = (LIBRARY / "laws/nl" / PW).read_text("utf-8")
    start = text.index("- output: toekenning_lang_genoeg_geleden")
    value = text.index("value:", start)
    end = text.index("legal_basis:", start)
    compare = (
        "value:\n              operation: GREATER_THAN_OR_EQUAL\n              subject: $referencedate\n"
        "              value: $aanvragen_mogelijk_vanaf\n            "
    )
    planted = Planted(
        "null", "", "", "", "GREATER_THAN_OR_EQUAL needs a value, and 'aanvragen_mogelijk_vanaf' may be absent"
    )
    path = tmp_path / "participatiewet.yaml"
    path.write_text(text[:value] + compare + text[end:], "utf-8")

    found = [problem for problem in findings(path, LIBRARY) if planted.message in problem.message]

    assert [(p.line, p.error) for p in found] == [(text[:value].count("\n") + 4, True)]


def test_the_library_has_no_false_alarm() -> None:
    problems, _ = queries.law_problems([LIBRARY / "laws"])

    assert [str(problem) for problem in problems if problem.error] == []


def test_the_test_laws_hold_one_careless_date_and_one_unused_definition() -> None:
    problems, _ = queries.law_problems([LAWS])

    assert [(problem.line, problem.error, problem.message) for problem in problems] == [
        (18, False, "definition 'SOORTEN' is used nowhere in its article"),
        (73, True, "DATE_DIFF needs a value, and 'laatste_datum' may be absent (null) here"),
    ]


ODD = [
    ("{operation: IN, subject: $s, values: [1, 2]}", "boolean", "IN compares a text with a number"),
    ("{operation: NOT_IN, subject: $c, values: [$e]}", "boolean", "NOT_IN compares eurocent with euro"),
    ("{operation: IN, subject: $s, value: $LIJST}", "boolean", "IN compares a text with a number"),
    ("{operation: DATE_ADD, date: $d, months: $dagen}", "date", "DATE_ADD adds months, but what it adds is in days"),
    (
        "{operation: DATE_ADD, date: $d, years: {operation: DATE_DIFF, from: $d, to: $d, in: days}}",
        *("date", "DATE_ADD adds years, but what it adds is in days"),
    ),
    ("{operation: DATE_ADD, date: $d, days: $s}", "date", "DATE_ADD needs a number for 'days', not a text"),
    ("{operation: ADD, values: [$d, 1]}", "date", "the values of ADD are of different types: date and number"),
    ("{operation: ADD, values: [$s, $l]}", "string", "the values of ADD are of different types: text and list"),
    ("{operation: ADD, values: [$p, $p]}", "number", "ADD needs numbers, not a boolean"),
    ("{operation: EQUALS, subject: $d, value: '31-12-2000'}", "boolean", "EQUALS compares a date with a text"),
    ("{operation: LESS_THAN, subject: $TEKST, value: $d}", "boolean", "LESS_THAN compares a text with a date"),
    ("$c.year", "number", "there is no '.year' in a number"),
    ("$d.week", "number", "there is no '.week' in a date"),
    ("{operation: DIVIDE, values: [$c, 0]}", "number", "division by zero"),
    ("{operation: DIVIDE, values: [$c, {operation: SUBTRACT, values: [$EEN, 1]}]}", "number", "division by zero"),
    ("{operation: DATE_ADD, date: '9999-06-01', years: $EEN}", "date", "a date outside the years 1 to 9999"),
]
FITTING = [
    "{operation: EQUALS, subject: $d, value: $s}",
    "{operation: LESS_THAN, subject: $d, value: '2000-12-31'}",
    "{operation: IN, subject: $s, value: $l}",
    "{operation: IN, subject: $s, values: [A, null]}",
    "{operation: ADD, values: [$s, $d]}",
    "{operation: DATE_ADD, date: $d, days: {operation: SUBTRACT, values: [$dagen, $EEN]}}",
    "{operation: DIVIDE, values: [0, $c]}",
    "$o.year",
]
DECLARED = """
definitions: {EEN: 1, LIJST: [1, 2], TEKST: morgen}
execution:
  input:
    - {name: c, type: amount, type_spec: {unit: eurocent}, source: {}}
    - {name: e, type: amount, type_spec: {unit: euro}, source: {}}
    - {name: dagen, type: number, type_spec: {unit: days}, source: {}}
    - {name: d, type: date, source: {}}
    - {name: p, type: boolean, source: {}}
    - {name: s, type: string, source: {}}
    - {name: l, type: array, source: {}}
    - {name: o, type: object, source: {}}
  output: [{name: x, type: TYPE}]
  actions:
    - output: x
      value: VALUE
"""


def fit_problems(folder: Path, value: str, kind: str = "object") -> list[tuple[str, str]]:
    path = write_law(folder, DECLARED.replace("VALUE", value).replace("TYPE", kind))
    lines = path.read_text("utf-8").splitlines()
    found = queries.law_problems([path], roots=())[0]
    return [
        (lines[one.line - 1].strip(), one.message) for one in found if one.error and not one.kind.startswith("schema")
    ]


@pytest.mark.parametrize(("value", "kind", "message"), ODD)
def test_what_can_never_be_computed_is_found_on_its_line(tmp_path: Path, value: str, kind: str, message: str) -> None:
    ((line, found),) = fit_problems(tmp_path, value, kind)

    assert line == f"value: {value}"
    assert message in found


@pytest.mark.parametrize("value", FITTING)
def test_what_can_be_computed_is_no_finding(tmp_path: Path, value: str) -> None:
    assert fit_problems(tmp_path, value) == []


def two_articles(folder: Path, second: str) -> list[tuple[int, str]]:
    body = "execution:\n  output: [{name: y, type: number}]\n  actions: [{output: y, value: 1}]\n"
    path = write_law(folder, body)
    text = path.read_text("utf-8")
    article = text[text.index("  - number") :].replace("'1'", "'2'").replace("machine_readable:\n", second)
    path.write_text(text + article, "utf-8")
    found = queries.law_problems([path], roots=())[0]
    return [(one.line, one.message) for one in found if one.kind == "output_elsewhere"]


def test_an_output_that_another_article_gives_already_is_found(tmp_path: Path) -> None:
    ((line, message),) = two_articles(tmp_path, "machine_readable:\n")

    assert line == 16
    assert message == "output 'y' is given by article 1 (line 5) already: this one is never asked"


def test_an_output_that_replaces_another_is_no_finding(tmp_path: Path) -> None:
    replaces = "machine_readable:\n      overrides: [{law: w, article: '1', output: y}]\n"

    assert two_articles(tmp_path, replaces) == []
