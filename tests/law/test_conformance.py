"""The conformance suite: every case holds in both executors, and no operation or feature is without cases."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from waardig.law.adapters import conformance as suite
from waardig.law.cli import law
from waardig.law.core.compile import OPERATIONS
from waardig.law.core.conformance import Case, Expected, Observed, differences, uncovered
from waardig.law.core.read import OPERANDS
from waardig.law.core.read_collection import FOREACH
from waardig.law.core.schema import SCHEMA_FILE
from waardig.law.terms import Outcome, PopulationInvalid

ROOT = Path(__file__).resolve().parents[2] / "conformance"
BESIDE_THE_SCHEMA = {"NOT_EQUALS", "NOT_IN", "IS_NULL", "NOT_NULL", "DATE_PART", "START_OF"}
"""Words of older and later files: tests/law/test_foreign.py and test_population.py hold these."""


@cache
def the_suite() -> suite.Suite:
    (found,) = suite.suites(ROOT)
    return found


@cache
def verdicts(executor: str) -> tuple[suite.Verdict, ...]:
    return tuple(suite.run(the_suite().cases, executor))


def a_case(case_id: str) -> Case:
    return next(case for case in the_suite().cases if case.id == case_id)


@pytest.mark.parametrize("executor", suite.EXECUTORS)
def test_every_case_holds_in_both_executors(executor: str) -> None:
    failed = [f"{found.case.id}: {found.message}" for found in verdicts(executor) if found.status == "failed"]

    assert failed == []


def test_every_case_is_run_by_an_executor() -> None:
    run = {found.case.id for name in suite.EXECUTORS for found in verdicts(name) if found.status != "skipped"}

    assert {case.id for case in the_suite().cases} - run == set()


def test_sql_itself_computes_values_with_every_operation_that_it_knows() -> None:
    by_sql = {
        word
        for found in verdicts("duckdb")
        if found.engine == "duckdb" and found.case.expected.outputs
        for word in found.case.covers
    }

    assert (set(OPERATIONS.lazy) | set(OPERATIONS.strict)) - BESIDE_THE_SCHEMA - by_sql == set()


def test_equal_rows_that_get_another_outcome_fail_the_case(monkeypatch: pytest.MonkeyPatch) -> None:
    true = suite._row
    monkeypatch.setattr(suite, "_row", lambda result, name, row: true(result, name, 1 if row else 0))

    (verdict,) = suite.run([a_case("add-whole")], "duckdb")

    assert (verdict.status, verdict.message) == ("failed", "expected an outcome, got error equal_rows_differ")


def test_the_manifest_has_every_operation_of_the_schema_once() -> None:
    schema = json.loads(SCHEMA_FILE.read_text("utf-8"))
    listed = [word for level in the_suite().manifest["levels"].values() for word in level["operations"]]

    assert sorted(listed) == sorted([*schema["definitions"]["operationType"]["enum"], FOREACH])


def test_the_engine_has_no_operation_beside_the_manifest_but_the_words_of_older_files() -> None:
    listed = {word for level in the_suite().manifest["levels"].values() for word in level["operations"]}

    assert set(OPERANDS) | {"IF", FOREACH} == listed | BESIDE_THE_SCHEMA


def test_every_operation_has_a_normal_an_edge_and_an_error_case_and_every_feature_a_case() -> None:
    assert uncovered(the_suite().manifest, the_suite().cases) == []


def test_a_new_operation_or_feature_without_a_case_is_named() -> None:
    level = {"test_files": [], "operations": ["ADD", "POWER"], "features": ["loops"]}

    assert uncovered({"levels": {"new": level}}, the_suite().cases) == [
        "POWER has no edge case",
        "POWER has no error case",
        "POWER has no normal case",
        "feature loops has no case",
    ]


def test_a_case_covers_only_what_the_manifest_lists() -> None:
    levels = the_suite().manifest["levels"].values()
    listed = {word for level in levels for word in (*level["operations"], *level["features"])}

    assert {word for case in the_suite().cases for word in case.covers} - listed == set()


def test_the_files_are_those_of_the_manifest_and_fit_their_schema() -> None:
    cases, manifests = (json.loads((ROOT / name).read_text("utf-8")) for name in SCHEMAS)
    folder = the_suite().folder
    named = [name for level in the_suite().manifest["levels"].values() for name in level["test_files"]]

    assert sorted(path.name for path in folder.glob("*.json")) == sorted([*named, suite.MANIFEST])
    jsonschema.Draft202012Validator(manifests).validate(_content(folder / suite.MANIFEST))
    for name in named:
        jsonschema.Draft202012Validator(cases).validate(_content(folder / name))


SCHEMAS = ("case.schema.json", "manifest.schema.json")


def _content(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


@pytest.mark.parametrize(
    "change", [{"id": "Not An Id"}, {"expected": {}}, {"expected": {"error": "x", "outputs": {"a": 1}}}, {"extra": 1}]
)
def test_a_case_of_another_shape_does_not_fit_the_schema(change: dict[str, Any]) -> None:
    content = _content(the_suite().folder / "arithmetic.json")
    content["tests"] = [{**content["tests"][0], **change}]

    assert not jsonschema.Draft202012Validator(_content(ROOT / SCHEMAS[0])).is_valid(content)


def test_no_two_cases_have_one_id() -> None:
    ids = [case.id for case in the_suite().cases]

    assert len(ids) == len(set(ids))


def test_every_error_code_of_a_case_is_explained_and_every_explained_code_has_a_case() -> None:
    table = set(re.findall(r"^\| `([a-z_]+)` \|", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE))

    assert {case.expected.error for case in the_suite().cases if case.expected.error} == table


@pytest.mark.parametrize("executor", suite.EXECUTORS)
def test_a_wrong_expectation_fails_in_both_executors(executor: str) -> None:
    found = suite.run([_spoiled(case) for case in _every_tenth()], executor)
    judged = [verdict for verdict in found if not (executor == "duckdb" and verdict.case.procedure)]

    assert len(judged) > 40
    assert [verdict.case.id for verdict in judged if verdict.status != "failed"] == []


def _every_tenth() -> tuple[Case, ...]:
    return the_suite().cases[::10]


def _spoiled(case: Case) -> Case:
    want = case.expected
    if want.findings is not None:
        return replace(case, expected=Expected(findings=() if want.findings else ("unit_mismatch",)))
    if want.error:
        return replace(case, expected=Expected(outputs={case.outputs[0] if case.outputs else "x": "anders"}))
    name = case.outputs[0]
    return replace(case, expected=replace(want, outputs={name: "anders"}, reasons={}))


@pytest.mark.parametrize(
    ("case_id", "seen", "words"),
    [
        ("add-whole", Outcome(13), "uitkomst: expected 12, got 13"),
        ("add-whole", Outcome(None, "absent"), "uitkomst: expected 12, got absent"),
        ("add-unknown", Outcome(3), "uitkomst: expected unknown:b, got 3"),
        ("if-no-default", Outcome(0), "uitkomst: expected nothing (absent), got 0"),
        ("add-overflow", Outcome(-1), "expected error arithmetic_overflow, got uitkomst = -1"),
        (
            "add-overflow",
            Outcome(None, "error", detail="no", code="type_mismatch"),
            "expected error arithmetic_overflow, got error type_mismatch (no)",
        ),
        ("unit-eurocent", Outcome(12345, unit="euro"), "uitkomst: expected unit eurocent, got euro"),
    ],
)
def test_a_failing_case_says_what_was_expected_and_what_came(case_id: str, seen: Outcome, words: str) -> None:
    assert differences(a_case(case_id), Observed({"uitkomst": seen})) == [words]


def test_a_population_may_say_error_without_its_code() -> None:
    seen = Observed({"uitkomst": Outcome(None, "error")}, whole=False)

    assert differences(a_case("add-overflow"), seen) == []


def test_the_command_prints_counts_and_ends_well() -> None:
    done = CliRunner().invoke(law, ["conformance", str(ROOT), "--executor", "interpreter"])

    number = len(the_suite().cases)
    checked = sum(case.expected.findings is not None for case in the_suite().cases)
    assert done.exit_code == 0, done.output
    assert done.output == (
        f"interpreter: {number} cases, {number} passed, 0 failed, 0 skipped"
        f" ({number - checked} by interpreter, {checked} by check)\n"
    )


def test_the_command_prints_each_failing_case_and_ends_with_one(tmp_path: Path) -> None:
    folder = _with_one_wrong(tmp_path)

    plain = CliRunner().invoke(law, ["conformance", str(folder)])
    as_json = CliRunner().invoke(law, ["conformance", str(folder), "--executor", "duckdb", "--json"])

    assert plain.exit_code == as_json.exit_code == 1
    assert "one.json: add-whole (interpreter): uitkomst: expected 13, got 12" in plain.output
    assert "one.json: add-whole (duckdb): uitkomst: expected 13, got 12" in plain.output
    assert json.loads(as_json.output)["failed"] == [
        {
            "case": "add-whole",
            "file": "one.json",
            "executor": "duckdb",
            "message": "uitkomst: expected 13, got 12",
        }
    ]


def _with_one_wrong(folder: Path) -> Path:
    content = _content(the_suite().folder / "arithmetic.json")
    first = content["tests"][0]
    first["expected"] = {"outputs": {"uitkomst": 13}}
    (folder / "one.json").write_text(json.dumps({**content, "tests": [first]}), "utf-8")
    level = {"test_files": ["one.json"], "operations": [], "features": []}
    manifest = {"schema_version": "v0.5.6", "levels": {"core": level}}
    (folder / suite.MANIFEST).write_text(json.dumps(manifest), "utf-8")
    return folder


def test_a_folder_without_a_suite_or_with_a_broken_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PopulationInvalid, match=r"has no manifest\.json"):
        suite.suites(tmp_path)
    shutil.copytree(the_suite().folder, tmp_path / "v")
    (tmp_path / "v" / "arithmetic.json").write_text('{"tests": [{"id": "x"}]}', "utf-8")
    with pytest.raises(PopulationInvalid, match="no good shape"):
        suite.suites(tmp_path)
