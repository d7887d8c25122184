"""Content files: YAML as an author reads it, with the line of every value."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from jsonschema import FormatChecker

from waardig.kernel import content_file
from waardig.kernel.bilingual import Bilingual
from waardig.kernel.content_file import ContentInvalid, ContentProblem, read_content_file, schema_problems

WRONG = {"date": "2025-13-01", "date-time": "2025-01-01 10:00", "uri": "geen adres"}
"""For every format that a schema of ours may name, a text that is not one."""


def a_file(folder: Path, text: str) -> Path:
    """A file with this text."""
    path = folder / "proef.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_dates_and_words_stay_text_and_only_true_and_false_are_booleans(tmp_path: Path) -> None:
    path = a_file(tmp_path, "a: 2025-03-18\non: no\nb: true\nc: 'false'\nd: 12\ne: yes\n")

    assert read_content_file(path).content == {
        "a": "2025-03-18", "on": "no", "b": True, "c": "false", "d": 12, "e": "yes",
    }  # fmt: skip


def test_every_value_knows_its_line(tmp_path: Path) -> None:
    file = read_content_file(a_file(tmp_path, "a:\n  - b: 1\n    c: 2\n\n  - b: 3\n"))

    places = (("a",), ("a", 0, "c"), ("a", 1, "b"), ("a", 1, "nowhere"))

    lines = [file.line_of(place) for place in places]

    assert lines == [1, 3, 5, 5]
    assert file.problem(("a", 0, "c"), "wrong") == ContentProblem(str(file.path), 3, "wrong")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: 1\na: 2\n", 2, "'a' stands here twice; keep one"),
        ("a: 1\nb: [1, 2\nc: 3\n", 3, "is not valid YAML"),
        ("- a\n", 1, "must hold keys and values"),
        ("", 1, "must hold keys and values"),
    ],
)
def test_a_file_that_cannot_be_used_says_where_and_why(tmp_path: Path, text: str, line: int, message: str) -> None:
    with pytest.raises(ContentInvalid) as refused:
        read_content_file(a_file(tmp_path, text))

    assert [(problem.line, message in problem.message) for problem in refused.value.problems] == [(line, True)]


def test_a_missing_file_and_a_file_in_another_coding_are_refused(tmp_path: Path) -> None:
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("naam: Yıldız é".encode("utf-16"))

    with pytest.raises(ContentInvalid, match="cannot be read"):
        read_content_file(tmp_path / "weg.yaml")
    with pytest.raises(ContentInvalid, match="is not UTF-8 text"):
        read_content_file(latin)


def test_a_schema_gives_every_problem_with_a_way_out(tmp_path: Path) -> None:
    schema = {
        "type": "object",
        "properties": {
            "naam": {"type": "string", "pattern": "^[a-z]+$", "description": "a name in lower case"},
            "soort": {"enum": ["brief", "bericht"]},
        },
        "required": ["naam", "datum"],
        "additionalProperties": False,
    }
    file = read_content_file(a_file(tmp_path, "naam: Fatma\nsoort: fax\nsort: brief\n"))

    assert [(problem.line, problem.message) for problem in schema_problems(file, schema)] == [
        (1, "naam: 'Fatma' does not match '^[a-z]+$'; expected: a name in lower case"),
        (1, "the file: 'datum' missing here; add it"),
        (2, "soort: 'fax' is not one of brief, bericht; choose one of these"),
        (3, "the file: 'sort' is not known here; did you mean 'soort'?"),
    ]


def test_bilingual_text_follows_the_language_and_dutch_is_the_rule() -> None:
    text = Bilingual.of({"nl": "brief", "en": "letter"})

    assert (text.in_language("en"), text.in_language("nl"), text.in_language("ar")) == ("letter", "brief", "brief")


def formats(schema: Any) -> Iterator[str]:
    """Every format that a schema names, however deep."""
    if isinstance(schema, dict):
        if isinstance(schema.get("format"), str):
            yield schema["format"]
        schema = list(schema.values())
    if isinstance(schema, list):
        for part in schema:
            yield from formats(part)


def test_every_format_that_a_schema_of_ours_names_is_really_checked() -> None:
    source = Path(content_file.__file__).parents[1]
    named = {
        name
        for file in source.rglob("*/*.json")
        if "schema" in str(file)
        for name in formats(json.loads(file.read_text()))
    }

    assert named == WRONG.keys()
    for name, wrong in WRONG.items():
        quick = jsonschema_rs.Draft202012Validator({"format": name}, validate_formats=True)
        assert not quick.is_valid(wrong), name
    named_in_content = named - {"date-time"}  # receipts name it, and only the quick validator reads them
    assert all(not FormatChecker().conforms(WRONG[name], name) for name in named_in_content)
    assert FormatChecker().conforms("https://example.org/w/1", "uri")
