"""A draft is tried in a program of its own: findings, scenarios, and nothing that a hostile text can bring down."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.law.builders import LIBRARY
from waardig.law import queries
from waardig.law.adapters import apart
from waardig.law.cli import trial
from waardig.law.core.trying import MOST_EVENTS, refused_before_reading

ZORG = next((LIBRARY / "laws").rglob("wet_op_de_zorgtoeslag/2025-01-01.yaml")).read_text("utf-8")
SMALL = """$id: regeling_proef
regulatory_layer: MINISTERIELE_REGELING
publication_date: '2025-01-01'
valid_from: '2025-01-01'
bwb_id: BWBR0000001
url: https://wetten.overheid.nl/BWBR0000001
articles:
  - number: '1'
    text: Het bedrag is 100.
    url: https://wetten.overheid.nl/BWBR0000001
    machine_readable:
      definitions:
        BEDRAG: {value: 100, type: number}
      execution:
        output: [{name: bedrag, type: number}]
        actions: [{output: bedrag, value: $BEDRAG}]
"""
FEATURE = """Feature: x
  Scenario: goed
    Given the calculation date is "2025-03-01"
    When I evaluate "bedrag" of "regeling_proef"
    Then output "bedrag" equals 100
  Scenario: fout
    Given the calculation date is "2025-03-01"
    When I evaluate "bedrag" of "regeling_proef"
    Then output "bedrag" equals 101
"""


def growing() -> str:
    """Each outcome is the square of the one before: its digits double sixty times."""
    outputs = "".join(f"          - {{name: o{i}, type: number}}\n" for i in range(60))
    squares = "".join(
        f"          - output: o{i}\n            value: {{operation: MULTIPLY, values: [$o{i - 1}, $o{i - 1}]}}\n"
        for i in range(1, 60)
    )
    head = SMALL.partition("      definitions:")[0]
    first = "          - {output: o0, value: 9999999}\n"
    return f"{head}      execution:\n        output:\n{outputs}        actions:\n{first}{squares}"


def test_a_draft_in_place_of_a_version_is_tried_with_the_scenarios_of_the_library() -> None:
    wrong = ZORG.replace("operation: SUBTRACT", "operation: ADD", 1)
    assert wrong != ZORG

    same, other = queries.try_draft([LIBRARY], ZORG), queries.try_draft([LIBRARY], wrong)

    assert (same.problem, same.law_id, same.valid_from, same.replaces) == (
        "", "wet_op_de_zorgtoeslag", "2025-01-01", True,
    )  # fmt: skip
    assert same.findings == ()
    assert {one.status for one in same.scenarios} == {"passed"}
    reds = [one for one in other.scenarios if one.status == "failed"]
    assert reds
    assert list(other.scenarios[: len(reds)]) == reds, "red ones first"
    assert reds[0].expected != reds[0].found


def test_a_new_law_is_tried_with_scenarios_of_its_own() -> None:
    done = queries.try_draft([LIBRARY], SMALL, FEATURE)

    assert (done.law_id, done.replaces, [str(one) for one in done.findings]) == ("regeling_proef", False, [])
    assert [(one.name, one.status, one.expected, one.found) for one in done.scenarios] == [
        ("fout", "failed", "101", "100"),
        ("goed", "passed", "", ""),
    ]


def test_findings_have_line_and_remedy() -> None:
    done = queries.try_draft([LIBRARY], SMALL.replace("value: $BEDRAG", "value: $BEDRAGEN"))

    assert any("BEDRAGEN" in one.message and one.line == 16 and one.remedy and one.error for one in done.findings)
    assert {one.file for one in done.findings} == {"ontwerp.yaml"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: &a [x, x]\nb: [*a, *a]\n", "an alias (*a) stands here"),
        ("[" * 100_000, "nested deeper than 120 levels"),
        ("a: [" + "b, " * MOST_EVENTS + "]", f"the draft has too many parts, more than {MOST_EVENTS}"),
    ],
)
def test_a_text_that_would_grow_is_refused_before_it_is_read(text: str, message: str) -> None:
    found = refused_before_reading(text)

    assert found is not None
    assert found.message == message
    assert found.remedy


@pytest.mark.parametrize("text", ["", "hello: [", "just words", "\x00", "- 1"])
def test_what_is_no_law_file_is_a_finding_and_no_failure(text: str) -> None:
    done = trial.tried([], text, "")

    assert done.findings
    assert (done.law_id, done.scenarios) == ("", ())


def test_what_is_too_large_is_not_tried() -> None:
    assert queries.try_draft([LIBRARY], "x" * 200_001).problem == "too_large"
    assert queries.try_draft([LIBRARY], SMALL, "x" * 200_001).problem == "too_large"


def test_what_takes_too_long_is_ended(monkeypatch: Any) -> None:
    asked = {"roots": [], "law": growing(), "scenarios": FEATURE.replace('"bedrag"', '"o59"')}

    assert apart.tried_apart(asked, seconds=4) == {"problem": "too_long"}


def test_a_number_without_end_is_a_finding() -> None:
    done = queries.try_draft([], SMALL.replace("value: 100", "value: " + "9" * 100_000))

    assert [finding.message for finding in done.findings] == ["a number of more than 100 digits"]


def test_a_program_that_gives_up_ends_and_nothing_else(monkeypatch: Any) -> None:
    monkeypatch.setattr(apart, "PROGRAM", "waardig.law.cli.no_such_program")

    assert queries.try_draft([], SMALL).problem == "not_read"


def test_while_one_is_tried_another_waits_and_hears_that_it_is_busy(monkeypatch: Any) -> None:
    monkeypatch.setattr(apart, "WAIT", 0.01)

    with apart._ONE_AT_A_TIME:
        assert queries.try_draft([LIBRARY], SMALL).problem == "busy"


def test_the_program_gets_no_settings_and_cannot_write(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    seen: dict[str, Any] = {}
    real = subprocess.Popen

    def watched(*arguments: Any, **named: Any) -> Any:
        seen.update(named)
        return real(*arguments, **named)

    monkeypatch.setattr(apart.subprocess, "Popen", watched)
    apart.tried_apart({"roots": [], "law": SMALL, "scenarios": ""})

    assert set(seen["env"]) <= {"PATH", "PYTHONPATH", "VIRTUAL_ENV", "PYTHONDONTWRITEBYTECODE"}
    script = "from waardig.law.cli import trial; trial.main(); from pathlib import Path; Path({!r}).write_text('x')"
    script = script.format(str(tmp_path / "x"))
    asked = json.dumps({"roots": [], "law": "a: 1", "scenarios": ""})
    done = subprocess.run([sys.executable, "-c", script], input=asked, capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["findings"]
    assert done.returncode != 0
    assert "File too large" in done.stderr
    assert (tmp_path / "x").read_text() == ""
