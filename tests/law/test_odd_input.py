"""What somebody types or hands over that cannot be: told in a line, with what to do, and never half done."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

from tests.law.builders import LAWS, LIBRARY
from waardig.kernel.errors import Refusal
from waardig.law.cli import law
from waardig.law.terms import PopulationInvalid, ScenariosInvalid

CARE = ("wet_op_de_zorgtoeslag", "toegekende_zorgtoeslag", "--on", "2025-03-01")
COLUMNS = "geboortedatum,is_verzekerd,heeft_toeslagpartner,toetsingsinkomen,vermogen"
VERSIONS = sorted((LIBRARY / "laws/nl/wet/wet_op_de_zorgtoeslag").glob("202[45]-01-01.yaml"))
PREMIUM = "regeling_standaardpremie:STANDAARDPREMIE=2200 euro"


def call(*arguments: object) -> Result:
    return CliRunner().invoke(law, [str(argument) for argument in arguments])


@pytest.mark.parametrize("engine", ["duckdb", "python"])
def test_a_csv_file_with_a_heading_and_nobody_gives_an_empty_result(tmp_path: Path, engine: str) -> None:
    """Every column of such a file is text, because nothing stands in it."""
    people, out = tmp_path / "people.csv", tmp_path / "out.parquet"
    people.write_text(COLUMNS + "\n")

    done = call("batch", *CARE, "--population", people, "--out", out, "--engine", engine)

    assert (done.exit_code, done.output) == (0, f"0 rows by {engine} -> {out}\n")
    assert duckdb.read_parquet(str(out)).fetchall() == []


@pytest.mark.parametrize("ending", [".csv", ".XLSX", ".json"])
def test_a_result_is_not_called_what_it_is_not(tmp_path: Path, ending: str) -> None:
    people, out = tmp_path / "people.csv", tmp_path / f"out{ending}"
    people.write_text(f"{COLUMNS}\n1990-01-01,true,false,2000000,0\n")

    done = call("batch", *CARE, "--population", people, "--out", out)

    assert isinstance(done.exception, PopulationInvalid)
    assert f"ends in {ending}, and the result is a parquet file. Give a name that ends in .parquet." in str(
        done.exception
    )
    assert not out.exists()


def test_words_in_the_place_of_ages_are_refused(tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("\n".join([f"{COLUMNS},wijk", *["1990-01-01,true,false,2000000,0,W1"] * 12]))

    done = call("simulate", *CARE, "--set", PREMIUM, "--population", people, "--by", "age=wijk")

    assert isinstance(done.exception, PopulationInvalid)
    assert "column 'wijk' holds no ages. Give whole years or dates of birth" in str(done.exception)


def _late(folder: Path) -> Path:
    """A row that does not fit, beyond the rows by which the engine guesses the types."""
    people = folder / "people.csv"
    people.write_text(
        "\n".join([COLUMNS, *["1990-01-01,true,false,2000000,0"] * 21_000, "1990-01-01,true,false,geheim,0"])
    )
    return people


@pytest.mark.parametrize(
    "command",
    [
        ("batch", *CARE, "--out", "out.parquet"),
        ("simulate", *CARE, "--set", PREMIUM, "--out", "verslag"),
        ("diff", *VERSIONS),
    ],
)
def test_a_row_that_does_not_fit_is_named_by_its_line_and_never_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[object, ...]
) -> None:
    people = _late(tmp_path)
    monkeypatch.chdir(tmp_path)

    done = call(*command, "--population", people)

    assert isinstance(done.exception, PopulationInvalid)
    assert "cannot be read to its end: line 21002 does not fit" in str(done.exception)
    assert "geheim" not in str(done.exception)
    assert [one.name for one in tmp_path.iterdir()] == ["people.csv"]


def test_a_file_in_another_encoding_is_refused_without_the_settings_of_the_reader(tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_bytes(b"\xff\xfe\x00binary")

    done = call("batch", *CARE, "--population", people, "--out", tmp_path / "out.parquet")

    assert isinstance(done.exception, PopulationInvalid)
    assert "not utf-8" in str(done.exception)
    assert "\n" not in str(done.exception)
    assert str(done.exception).endswith("encoded. Write it again as parquet.")


@pytest.mark.parametrize(("content", "why"), [(b"\xff", "not UTF-8 text at byte 0"), (b"Feature\n", "(1:1): expected")])
def test_scenarios_that_cannot_be_read_are_no_comparison_without_cases(
    tmp_path: Path, content: bytes, why: str
) -> None:
    feature = tmp_path / "een.feature"
    feature.write_bytes(content)

    done = call("diff", *VERSIONS, "--scenarios", feature)

    assert isinstance(done.exception, ScenariosInvalid)
    assert why in str(done.exception)


def test_a_folder_without_scenarios_is_named(tmp_path: Path) -> None:
    done = call("diff", *VERSIONS, "--scenarios", tmp_path)

    assert isinstance(done.exception, ScenariosInvalid)
    assert f"'{tmp_path}' cannot be read: there are no scenario files (*.feature) in it. Correct" in str(done.exception)


@pytest.mark.parametrize(
    "command",
    [
        ("run", "toetswet", "gezamenlijk", "--on", "2025-03-01", "--laws"),
        ("simulate", *CARE, "--population", __file__, "--laws-new"),
    ],
)
def test_a_folder_without_law_files_changes_nothing_and_is_refused(tmp_path: Path, command: tuple[object, ...]) -> None:
    done = call(*command, tmp_path)

    assert done.exit_code == 2
    assert f"'{tmp_path}' holds no law files (*.yaml)" in done.output


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "not known: inkomen\n  Say first: inkomen\n"), ("nl", "niet bekend: inkomen\n  Zeg eerst: inkomen\n")],
)
def test_where_a_fact_is_missing_it_is_asked_and_nothing_is_said_about_changes(language: str, said: str) -> None:
    done = call(
        *("nearest", "toetswet", "gezamenlijk", "--on", "2025-03-01", "--laws", LAWS, "--language", language),
        *("--param", "heeft_partner=false"),
    )

    assert done.exit_code == 0
    assert done.output == f"gezamenlijk: {said}"


LEAVES_OPEN = """$id: eigen_wet
regulatory_layer: WET
publication_date: '2024-01-01'
valid_from: '2024-01-01'
articles:
  - number: '1'
    text: t
    machine_readable:
      open_terms: [{id: grens, type: number, required: true, delegation_type: GEMEENTELIJKE_VERORDENING}]
      execution:
        output: [{name: dubbel, type: number}]
        actions: [{output: dubbel, value: {operation: MULTIPLY, values: [$grens, 2]}}]
"""


def test_a_law_may_fill_a_term_of_a_law_that_stands_beside_it(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "wet.yaml").write_text(LEAVES_OPEN)
    own, into = tmp_path / "own", tmp_path / "new"

    made = call(
        *("new", "--layer", "gemeentelijke_verordening", "--name", "Regeling eigen", "--valid-from", "2025-01-01"),
        *("--url", "https://x.example/a", "--gemeente-code", "GM0123", "--implements", "eigen_wet#1#grens"),
        *("--laws", own, "--into", into),
    )

    assert made.exit_code == 0, made.output
    assert "'eigen_wet', which is not loaded" in call("check", into).output
    assert call("check", into, "--laws", own).output == "1 files, no problems.\n"


@pytest.mark.parametrize("command", ["run", "explain", "nearest"])
def test_a_parameter_that_nothing_asks_is_told_with_the_name_that_it_looks_like(tmp_path: Path, command: str) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text('{"r": {"key": "bsn", "rows": [{"bsn": "1", "vermogen": 0}]}}')

    done = call(command, *CARE, "--param", "toetsinginkomen=1", "--param", "bsn=1", "--param", "gemeente_code=GM9999",
                "--data", facts)  # fmt: skip

    assert done.exit_code == 0
    (told,) = [line for line in done.output.splitlines() if line.startswith("--param")]
    assert told.startswith("--param toetsinginkomen: this question does not ask it; did you mean 'toetsingsinkomen'?")


@pytest.mark.parametrize(
    ("text", "remedy", "said"),
    [
        ("It has no rows", "Give one.", "It has no rows. Give one."),
        ("It has no rows.", "Give one.", "It has no rows. Give one."),
        ("Two are wrong:\na:1: no", "Correct them.", "Two are wrong:\na:1: no.\nCorrect them."),
        ("It stopped", "", "It stopped"),
        ("", "Give one.", "Give one."),
    ],
)
def test_what_happened_and_what_to_do_are_two_sentences(text: str, remedy: str, said: str) -> None:
    assert str(Refusal("x", "", text, remedy)) == said


@pytest.mark.parametrize(
    "arguments",
    [
        ("law", "new", "--layer", "wet", "--name", "x" * 300, "--valid-from", "2025-01-01", "--url", "https://x.example/a",
         "--bwb-id", "BWBR0015703"),
        ("law", "batch", *CARE, "--population", __file__, "--out", "/proc/out.parquet"),
    ],
)  # fmt: skip
def test_a_place_that_cannot_be_is_told_in_a_line(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "waardig", *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
