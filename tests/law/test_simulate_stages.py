"""A simulation asks a decision for one day; what it does not do with stages of a procedure is said, never silent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.law.courses import ON, chances, two_versions, written
from waardig.law.cli import law as command
from waardig.law.core.changing import ChangeRefused

GIVEN = "Note: in a procedure 'beslissen_voor' follows from stage AANVRAAG. A simulation asks the decision alone. "
ATTACHED = (
    "Note: 'beslissen_voor' is attached to stage AANVRAAG of a decision. Here it is computed for everybody for one "
)


def laws(folder: Path) -> Path:
    """A decision with a norm and a fact that the first stage gives; that stage has weeks that may change."""
    two_versions(folder)
    place = folder / "laws"
    decision = place / "toelage.yaml"
    text = decision.read_text("utf-8").replace("$id: toelage", "$id: toelage\nvalid_from: '2020-01-01'")
    decision.write_text(with_figure(text, "NORM", 1000, "[1000, $inkomen]", "[$NORM, $inkomen, $beslissen_voor.day]"))
    for name in ("oud", "nieuw"):
        file = place / f"{name}.yaml"
        file.write_text(with_figure(file.read_text("utf-8"), "WEKEN", 8, "weeks: 8}", "weeks: $WEKEN}"))
    return place


def with_figure(text: str, name: str, value: int, old: str, new: str) -> str:
    head = "  machine_readable:\n"
    figure = f"{head}    definitions: {{{name}: {{value: {value}, type: number}}}}\n"
    assert old in text
    return text.replace(head, figure, 1).replace(old, new, 1)


def simulated(folder: Path, law: str, output: str, change: str, **more: Any) -> Result:
    rows = [{**row, **more} for row in chances(60, 3)]
    arguments = ["simulate", law, output, "--set", change, "--on", ON.isoformat(), "--language", "en", "--json"]
    arguments += ["--population", str(written(folder / "people.parquet", rows)), "--out", str(folder / "report")]
    return CliRunner().invoke(command, [*arguments, "--laws", str(laws(folder))])


def test_a_fact_that_a_stage_gives_and_that_has_no_column_is_named_where_nobody_can_be_told(tmp_path: Path) -> None:
    done = simulated(tmp_path, "toelage", "bedrag", "toelage:NORM=1200")

    content = json.loads(done.stdout)
    assert done.stderr.startswith(GIVEN)
    assert content["notes"] == [{"kind": "given", "name": "beslissen_voor", "stage": "AANVRAAG"}]
    assert content["results"][0]["total"]["counts"] == {"unknown": 60}
    assert "Without a column of that name nobody knows it." in (tmp_path / "report" / "report.html").read_text("utf-8")


def test_with_a_column_for_it_there_is_nothing_to_note(tmp_path: Path) -> None:
    done = simulated(tmp_path, "toelage", "bedrag", "toelage:NORM=1200", beslissen_voor="2025-02-03")

    content = json.loads(done.stdout)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "notes" not in content
    assert "unknown" in content["results"][0]["total"]["counts"] and content["results"][0]["total"]["changed"] != 0
    assert "Note:" not in (tmp_path / "report" / "report.html").read_text("utf-8")


def test_an_outcome_that_a_law_attaches_to_a_stage_is_told_to_be_of_one_day(tmp_path: Path) -> None:
    done = simulated(tmp_path, "algemeen", "beslissen_voor", "algemeen:WEKEN=6")

    assert done.exit_code == 0
    assert done.stderr.startswith(ATTACHED)
    assert json.loads(done.stdout)["notes"] == [{"kind": "attached", "name": "beslissen_voor", "stage": "AANVRAAG"}]


def test_an_outcome_of_a_stage_asked_of_the_decision_is_refused_with_whom_to_ask(tmp_path: Path) -> None:
    done = simulated(tmp_path, "toelage", "bezwaar_tot", "algemeen:WEKEN=6")

    assert isinstance(done.exception, ChangeRefused)
    assert done.exception.text_en == (
        "'bezwaar_tot' cannot be: 'algemeen' attaches it to stage BEKENDMAKING of a decision, "
        "and a simulation asks 'toelage' alone."
    )
    assert "law simulate algemeen bezwaar_tot" in done.exception.remedy
    assert "law batch --procedure" in done.exception.remedy
    assert not (tmp_path / "report").exists()


@pytest.mark.parametrize("output", ["nergens", "Recht"])
def test_an_outcome_that_is_nowhere_is_refused_as_before(tmp_path: Path, output: str) -> None:
    done = simulated(tmp_path, "toelage", output, "toelage:NORM=1200")

    assert type(done.exception).__name__ == "UnknownOutput"
