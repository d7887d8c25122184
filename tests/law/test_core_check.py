"""What `law check` finds, with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.law.builders import write_law
from waardig.law import queries
from waardig.law.core.source import read_yaml
from waardig.law.terms import LawFileInvalid, LawsInvalid

HEAD = """$id: w
regulatory_layer: WET
publication_date: '2020-01-01'
bwb_id: BWBR0000001
url: https://example.org/w
articles:
  - number: '1'
    text: Tekst
    url: https://example.org/w/1
    machine_readable:
"""


def found(folder: Path, body: str) -> list[str]:
    path = folder / "w.yaml"
    path.write_text(HEAD + body)
    problems, _ = queries.law_problems([path])
    return [f"{problem.line}: {problem.message}" for problem in problems]


CASES = [
    (
        "      execution:\n        output: [{name: x, type: number}]\n"
        "        actions: [{output: x, value: $nergens}]\n",
        "13: variable '$nergens' not found",
    ),
    (
        "      execution:\n        input: [{name: a, type: number, source: {regulation: weg}}]\n"
        "        output: [{name: x, type: number}]\n        actions: [{output: x, value: $a}]\n",
        "12: Law 'weg' not found",
    ),
    (
        "      execution:\n        input: [{name: a, type: number, source: {output: weg}}]\n"
        "        output: [{name: x, type: number}]\n        actions: [{output: x, value: $a}]\n",
        "12: Output 'weg' not found in law 'w'",
    ),
    (
        "      execution:\n        input: [{name: a, type: number, source: {output: x}}]\n"
        "        output: [{name: x, type: number}]\n        actions: [{output: x, value: $a}]\n",
        "14: circular reference: w#x -> w#x",
    ),
    (
        "      open_terms: [{id: t, type: number, required: true, delegation_type: WET}]\n"
        "      execution:\n        output: [{name: x, type: number}]\n        actions: [{output: x, value: $t}]\n",
        "11: Open term 't' of w article 1 has no implementation",
    ),
    (
        "      execution:\n        output: [{name: x, type: boolean}]\n        actions: [{output: x, value: 5}]\n",
        "13: 'x' is declared boolean but its value is a number",
    ),
    (
        "      definitions:\n        A: {value: 1, type: amount, type_spec: {unit: eurocent}}\n"
        "        B: {value: 1, type: amount, type_spec: {unit: euro}}\n"
        "      execution:\n        output: [{name: x, type: number}]\n"
        "        actions: [{output: x, operation: ADD, values: [$A, $B]}]\n",
        "16: the values of ADD are in different units: eurocent and euro",
    ),
    (
        "      execution:\n        output: [{name: x, type: boolean}]\n        actions:\n          - output: x\n"
        "            value: {operation: LESS_THAN, subject: 1, value: '2025-01-01'}\n",
        "15: LESS_THAN compares a number with a date",
    ),
    (
        "      execution:\n        output: [{name: x, type: number}, {name: y, type: number}]\n"
        "        actions: [{output: x, value: 5}]\n",
        "12: output 'y' is declared but no action computes it",
    ),
    (
        "      implements: [{law: w, article: '1', open_term: t}]\n"
        "      open_terms: [{id: t, type: number, delegation_type: MINISTERIELE_REGELING}]\n"
        "      execution:\n        output: [{name: t, type: number}]\n        actions: [{output: t, value: 5}]\n",
        "11: open term 't' is left to a MINISTERIELE_REGELING, but this is a WET",
    ),
    (
        "      execution:\n        output: [{name: x, type: number}]\n        actions:\n          - output: x\n"
        "            value: {operation: PLUS, values: [1]}\n",
        "'PLUS' is not one of",
    ),
    ("      verzonnen: 1\n", "11: articles/0/machine_readable: Additional properties are not allowed ('verzonnen'"),
]


@pytest.mark.parametrize(("body", "expected"), CASES)
def test_a_mistake_is_reported_on_its_line(tmp_path: Path, body: str, expected: str) -> None:
    problems = found(tmp_path, body)

    assert any(expected in problem for problem in problems), problems


def test_the_same_version_twice_is_reported_once_with_the_other_file(tmp_path: Path) -> None:
    body = "execution: {output: [{name: x, type: number}], actions: [{output: x, value: 1}]}\n"
    first = write_law(tmp_path, body)
    (tmp_path / "kopie.yaml").write_text(first.read_text())

    problems, files = queries.law_problems([tmp_path])

    assert files == 2
    assert [p.message for p in problems if "is also in" in p.message] == [
        f"$id 'w' with valid_from None is also in {tmp_path / 'kopie.yaml'}"
    ]


def test_a_required_key_that_is_missing_and_a_date_that_is_none_are_reported(tmp_path: Path) -> None:
    path = write_law(tmp_path, "definitions: {A: 1}\n", head="valid_from: 1 januari\n")

    problems, _ = queries.law_problems([path])

    assert {p.message for p in problems if "required property" in p.message} == {
        "the file: 'url' is a required property",
        "the file: 'bwb_id' is a required property",
        "articles/0: 'url' is a required property",
    }
    assert any(p.line == 4 and "valid_from" in p.message for p in problems)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [("a: 1\nb: [1\n", 3, "not valid YAML"), ("a: 1\nb: 2\na: 3\n", 3, "key 'a' is written twice (first on line 1)")],
)
def test_a_broken_file_names_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(LawFileInvalid) as refused:
        read_yaml(text, "w.yaml")

    assert (refused.value.line, words in refused.value.message) == (line, True)


def test_a_content_root_with_a_mistake_is_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "laws").mkdir()
    write_law(tmp_path / "laws", "definitions: {A: 1}\n")

    with pytest.raises(LawsInvalid) as refused:
        queries.law_book([tmp_path])

    assert "'bwb_id' is a required property" in str(refused.value)


def test_an_unknown_status_is_reported(tmp_path: Path) -> None:
    path = write_law(tmp_path, "definitions: {A: 1}\n")
    path.with_name("w.status.yaml").write_text("text_status: gokje\n")

    problems, _ = queries.law_problems([path])

    assert "'text_status' is 'gokje'; it must be one of published" in problems[0].message
    assert problems[0].line == 1
