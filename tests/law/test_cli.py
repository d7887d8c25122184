"""The commands: what they print and their exit status."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner, Result

from tests.law.builders import HERE, LAWS, LIBRARY, write_law
from waardig.kernel.errors import Refusal
from waardig.law.cli import law


def call(*arguments: object) -> Result:
    return CliRunner().invoke(law, [str(argument) for argument in arguments])


def data(folder: Path, **row: Any) -> Path:
    path = folder / "data.json"
    path.write_text(json.dumps({"register": {"key": "bsn", "rows": [row]}}))
    return path


def test_run_prints_outputs_as_json(tmp_path: Path) -> None:
    facts = data(tmp_path, bsn="999990019", INKOMEN=2840700, heeft_partner=False)

    done = call(
        *("run", "toetswet", "bijdrage_exact", "--on", "2025-03-01", "--laws", LAWS, "--data", facts),
        *("--param", "bsn=999990019", "--json"),
    )

    assert done.exit_code == 0
    outputs = json.loads(done.output)["outputs"]
    assert outputs["bijdrage_exact"] == {"value": 1.896, "reason": "ok", "unit": "eurocent"}
    assert outputs["soort_klopt"] == {"value": None, "reason": "unknown:soort", "unit": None}


def test_run_takes_facts_as_parameters_and_infers_their_type() -> None:
    done = call(
        *("run", "toetswet", "gezamenlijk", "leeftijd", "--on", "2025-03-01", "--laws", LAWS, "--json"),
        *("--param", "inkomen=5", "--param", "heeft_partner=false", "--param", "geboortedatum=2000-03-01"),
    )

    outputs = json.loads(done.output)["outputs"]
    assert (outputs["gezamenlijk"]["value"], outputs["leeftijd"]["value"]) == (5, 25)


def test_one_row_without_the_key_is_the_person(tmp_path: Path) -> None:
    facts = data(tmp_path, inkomen=7, heeft_partner=False)

    with_key = call(
        "run",
        "toetswet",
        "gezamenlijk",
        "--on",
        "2025-03-01",
        "--laws",
        LAWS,
        "--data",
        facts,
        "--param",
        "bsn=1",
        "--json",
    )
    without = call("run", "toetswet", "gezamenlijk", "--on", "2025-03-01", "--laws", LAWS, "--data", facts, "--json")

    assert json.loads(with_key.output)["outputs"]["gezamenlijk"]["value"] == 7
    assert json.loads(without.output)["outputs"]["gezamenlijk"]["value"] == 7


def test_a_division_by_zero_ends_with_status_one_and_says_so() -> None:
    done = call(
        "run",
        "toetswet",
        "deel",
        "--on",
        "2025-03-01",
        "--laws",
        LAWS,
        "--param",
        "inkomen=1",
        "--param",
        "verdeling=0",
        "--json",
    )

    assert done.exit_code == 1
    assert "deel: division by zero" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", "toetswet", "--on", "2025-03-01"),
        ("run", "toetswet", "deel"),
        ("run", "toetswet", "deel", "--on", "gisteren"),
        ("run", "toetswet", "deel", "--on", "2025-03-01", "--param", "zonder"),
        ("run", "toetswet", "deel", "--on", "2025-03-01", "--data", "bestaat-niet.json"),
    ],
)
def test_a_wrong_call_is_status_two(arguments: tuple[str, ...]) -> None:
    assert call(*arguments).exit_code == 2


def test_a_refusal_reaches_the_caller() -> None:
    done = call("run", "weg", "x", "--on", "2025-03-01", "--laws", LAWS)

    assert isinstance(done.exception, Refusal)
    assert "Law 'weg' not found" in str(done.exception)


def test_inputs_names_source_type_unit_key_and_who_asks() -> None:
    done = call("inputs", "toetswet", "bijdrage", "--on", "2025-03-01", "--laws", LAWS, "--json")

    assert [
        (n["name"], n["type"], n["unit"], n["source"], n["key"], n["law"], n["article"])
        for n in json.loads(done.output)["inputs"]
    ] == [
        ("heeft_partner", "boolean", None, "", ["bsn"], "toetswet", "1"),
        ("inkomen", "amount", "eurocent", "belastingdienst", ["bsn"], "toetswet", "1"),
        ("inkomen_partner", "amount", "eurocent", "", ["bsn"], "toetswet", "1"),
    ]
    assert "toetswet art. 1" in call("inputs", "toetswet", "bijdrage", "--on", "2025-03-01", "--laws", LAWS).output


def test_explain_prints_every_step_with_article_and_link() -> None:
    done = call(
        "explain",
        "toetswet",
        "gezamenlijk",
        "--on",
        "2025-03-01",
        "--laws",
        LAWS,
        "--language",
        "nl",
        "--param",
        "inkomen=500",
        "--param",
        "heeft_partner=false",
    )

    assert done.output.splitlines() == [
        "gezamenlijk: € 5  [Toetswet art. 1] https://example.org/toetswet/1",
        "  in alle andere gevallen: € 5",
        "    heeft partner: nee",
        "    opgeteld: niet nodig",
        "    inkomen: € 5 <- decided",
    ]


def test_check_prints_file_line_message_and_ends_with_status_one(tmp_path: Path) -> None:
    path = write_law(tmp_path, "execution: {output: [{name: x, type: number}], actions: [{output: x, value: $y}]}\n")

    done = call("check", path)

    assert done.exit_code == 1
    assert f"{path}:8: variable '$y' not found" in done.output.splitlines()
    assert call("check", LIBRARY / "laws" / "nl" / "wet" / "algemene_termijnenwet").exit_code == 0


def test_test_reports_and_fails_on_a_failing_scenario() -> None:
    good = call("test", HERE / "features" / "toets.feature", "--laws", LAWS, "--json")
    bad = call("test", HERE / "features", "--laws", LAWS)

    assert (good.exit_code, bad.exit_code) == (0, 1)
    assert {k: v for k, v in json.loads(good.output).items() if k != "results"} == {
        "scenarios": 7,
        "passed": 6,
        "failed": 0,
        "skipped": 1,
    }
    assert "toets_nl.feature:22: failed: Waar, onwaar, leeg en onbekend" in bad.output
    assert bad.output.splitlines()[-1] == "10 scenarios, 8 passed, 1 failed, 1 skipped"


@pytest.mark.parametrize("engine", ["duckdb", "python"])
def test_batch_reads_and_writes_parquet_and_keeps_what_identifies_a_row(tmp_path: Path, engine: str) -> None:
    people, out = tmp_path / "in.parquet", tmp_path / "out.parquet"
    connection = duckdb.connect()
    names = "persoon INT, Inkomen INT, heeft_partner BOOL, inkomen_partner INT, inkomen_partner__reason VARCHAR"
    connection.execute(f"CREATE TABLE p ({names})")
    rows = [
        (1, 100, False, None, "ok"),
        (2, 100, True, 50, "ok"),
        (3, 100, True, None, "unknown"),
        (4, None, False, 1, "ok"),
    ]
    connection.executemany("INSERT INTO p VALUES (?, ?, ?, ?, ?)", rows)
    connection.execute(f"COPY p TO '{people}' (FORMAT parquet)")

    done = call(
        "batch",
        "toetswet",
        "gezamenlijk",
        "--on",
        "2025-03-01",
        "--laws",
        LAWS,
        "--population",
        people,
        "--out",
        out,
        "--engine",
        engine,
        "--json",
    )

    assert json.loads(done.output) == {"rows": 4, "engine": engine, "fallback": "", "out": str(out)}
    assert duckdb.read_parquet(str(out)).fetchall() == [
        (1, 100, "ok"),
        (2, 150, "ok"),
        (3, None, "unknown:inkomen_partner"),
        (4, None, "absent"),
    ]
