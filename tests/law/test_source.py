"""How a law file may be written: each text is read, or refused with its line; none holds up or breaks the reader."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.law.builders import write_law
from waardig.law.cli import law
from waardig.law.core.source import read_yaml
from waardig.law.core.tables import exact_json, literal
from waardig.law.queries import law_book, law_problems
from waardig.law.terms import LawFileInvalid, LawProblem, LawsInvalid

BODY = """
execution:
  parameters: [{name: a, type: number}]
  output: [{name: x, type: number}]
  actions: [{output: x, value: {operation: ADD, values: [$a, 1]}}]
"""
TENS = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 8))
UNREADABLE = {
    "large exponent": ("a: 1\nb: 1e999999999\n", 2, "a number of more than 100 digits"),
    "small exponent": ("a: 1e-999999999\n", 1, "a number of more than 100 digits"),
    "many digits": (f"a: {'9' * 5000}\n", 1, "a number of more than 100 digits"),
    "aliases of aliases": (f"a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n{TENS}", 1, "more than 250000 keys and values"),
    "brackets in brackets": ("a: 1\nb: " + "[" * 100_000 + "]" * 100_000, 2, "nested deeper than 120 levels"),
    "lists in lists": ("- " * 20_000 + "1\n", 1, "nested deeper than 120 levels"),
    "itself": ("a: &a [1, *a]\n", 1, "nested deeper than 120 levels"),
    "a merge key": ("a: &a {x: 1}\nb:\n  <<: *a\n", 3, "'<<' does not exist in YAML 1.2"),
}


def problems(path: Path) -> list[LawProblem]:
    return list(law_problems([path], roots=())[0])


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_text_that_would_hold_up_or_break_the_reader_is_refused_with_its_line(name: str) -> None:
    text, line, message = UNREADABLE[name]

    with pytest.raises(LawFileInvalid) as refused:
        read_yaml(text, "x.yaml")

    assert refused.value.line == line
    assert message in str(refused.value)


def test_large_numbers_that_can_be_held_are_exact() -> None:
    assert read_yaml("[1e5, 1e-28, 92233720368547758070]", "x.yaml") == [
        100000,
        read_yaml("1e-28", "x"),
        92233720368547758070,
    ]
    assert read_yaml("'<<': 1", "x.yaml") == {"<<": 1}


@pytest.mark.parametrize("key", ["valid_from", "valid_to"])
@pytest.mark.parametrize("value", ["'2024-02-31'", "31-12-2024", "2024-01-01T00:00:00Z", "2024", "[2024-01-01]"])
def test_a_date_of_a_version_that_is_no_date_is_refused_on_its_line(tmp_path: Path, key: str, value: str) -> None:
    path = write_law(tmp_path, BODY, head=f"{key}: {value}\n")

    found = [problem for problem in problems(path) if problem.kind == "version_date"]

    assert [problem.line for problem in found] == [4]
    assert "Write a day that exists" in found[0].remedy
    with pytest.raises(LawsInvalid, match="is not a date"):
        law_book([], foreign=[tmp_path])


def test_a_unit_that_is_no_word_is_shown_as_none(tmp_path: Path) -> None:
    write_law(tmp_path, BODY.replace("x, type: number", "x, type: number, type_spec: {unit: [a]}"))

    done = CliRunner().invoke(law, ["run", "w", "x", "--on", "2025-01-01", "--param", "a=1", "--laws", str(tmp_path)])

    assert (done.exit_code, done.output.splitlines()[-1].split()) == (0, ["x", "2", "direct"])


def test_a_status_file_in_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    path = write_law(tmp_path, BODY)
    path.with_name("w.status.yaml").write_bytes("text_status: published\nsource: gemeente Súdwest".encode("latin-1"))

    found = [problem for problem in problems(path) if problem.kind == "not_utf8"]
    assert [(Path(problem.file).name, problem.line) for problem in found] == [("w.status.yaml", 2)]


def test_a_number_that_cannot_be_held_stays_text() -> None:
    assert literal("1e999999999") == "1e999999999"
    assert literal("9" * 5000) == "9" * 5000


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"a": NaN}', "NaN is no number"),
        ('{"a": 1e999999999}', "not a number of at most 100 digits"),
        ('{"a": 1, "a": 2}', "key 'a' stands twice in one row"),
        ("[" * 100_000, "it is nested too deep"),
    ],
)
def test_facts_that_have_no_one_meaning_are_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        exact_json(text)
    write_law(tmp_path, BODY)
    data = tmp_path / "data.json"
    data.write_text(text, "utf-8")

    asked = ["run", "w", "x", "--on", "2025-01-01", "--data", str(data), "--laws", str(tmp_path)]
    done = CliRunner().invoke(law, asked)

    assert done.exit_code == 1
    assert message in str(done.exception)


def test_facts_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    write_law(
        tmp_path, BODY.replace("parameters: [{name: a, type: number}]", "input: [{name: a, type: number, source: {}}]")
    )
    data = tmp_path / "data.json"
    data.write_text('\ufeff{"s": {"key": "bsn", "rows": [{"bsn": "1", "a": 41}]}}', "utf-8")

    asked = ["run", "w", "x", "--on", "2025-01-01", "--data", str(data), "--param", "bsn=1", "--laws", str(tmp_path)]

    assert "x       42" in CliRunner().invoke(law, asked).output


LOOKS = b"""    Given the calculation date is "2025-01-01"
    And parameter "a" is 1
    When I evaluate "x" of "w"
    Then output "x" equals 2
"""


def test_a_feature_in_another_encoding_fails_with_its_line(tmp_path: Path) -> None:
    write_law(tmp_path, BODY)
    (tmp_path / "a.feature").write_bytes("Feature: x\n  Scenario: café\n".encode("latin-1"))
    (tmp_path / "b.feature").write_bytes(b"\xef\xbb\xbfFeature: y\n  Scenario: s\n" + LOOKS)

    done = CliRunner().invoke(law, ["test", str(tmp_path), "--laws", str(tmp_path)])

    assert done.exit_code == 1
    assert "a.feature:2: failed: (not readable): not UTF-8 text at byte 26" in done.output
    assert "2 scenarios, 1 passed, 1 failed" in done.output


def test_a_receipt_that_is_nested_without_end_is_refused(tmp_path: Path) -> None:
    (tmp_path / "r.json").write_text("[" * 100_000, "utf-8")

    done = CliRunner().invoke(law, ["receipt", "verify", str(tmp_path / "r.json")])

    assert done.exit_code == 1
    assert "is not JSON" in str(done.exception)


ROWS = """{"s": {"key": "bsn", "rows": [{"bsn": "1", "a": 41}, {"bsn": "2", "a": 5}, {"bsn": "01", "a": SECOND}]}}"""


@pytest.mark.parametrize(("second", "said"), [("42", "differ about 'a'"), ("41.0", "x       42"), ("null", "differ")])
def test_two_rows_of_one_person_that_differ_are_not_chosen_from(tmp_path: Path, second: str, said: str) -> None:
    write_law(
        tmp_path, BODY.replace("parameters: [{name: a, type: number}]", "input: [{name: a, type: number, source: {}}]")
    )
    data = tmp_path / "data.json"
    data.write_text(ROWS.replace("SECOND", second), "utf-8")

    asked = ["run", "w", "x", "--on", "2025-01-01", "--data", str(data), "--param", "bsn=1", "--laws", str(tmp_path)]
    done = CliRunner().invoke(law, asked)

    assert said in f"{done.output}{done.exception}"
