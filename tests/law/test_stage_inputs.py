"""What a decision needs on its way through its procedure: its own facts, then what each stage asks."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.law.courses import EVENTS, ON, STAGES, two_versions
from waardig.law import queries
from waardig.law.cli import law as command
from waardig.law.terms import Fact, UnknownOutput

LATE = datetime.date(2025, 6, 1)


def asked(book: queries.LawBook, *outputs: str, on: datetime.date = ON) -> list[tuple[str, str, str]]:
    """Name, stage and kind of what is needed."""
    needs, refused = queries.stage_inputs_of(book, "toelage", outputs, on=on)
    assert refused == {}
    return [(need.name, need.stage, need.kind) for need in needs]


def test_what_stages_ask_is_listed_after_what_the_decision_asks_each_with_its_stage(tmp_path: Path) -> None:
    assert asked(two_versions(tmp_path), "recht") == [
        ("inkomen", "", "input"),
        ("datum_aanvraag", "AANVRAAG", "event"),
        ("datum_besluit", "BESLUIT", "event"),
        ("datum_bekendmaking", "BEKENDMAKING", "event"),
        ("feest", "BEKENDMAKING", "input"),
        ("datum_bezwaar", "BEZWAAR", "event"),
        ("gehoord", "BEZWAAR", "event"),
    ]


def test_for_an_output_of_a_stage_only_what_it_needs_is_listed(tmp_path: Path) -> None:
    book = two_versions(tmp_path)
    until = [name for name, stage, _ in asked(book, "recht", "termijn") if stage]

    assert until == ["datum_aanvraag", "datum_besluit"]
    assert [row[0] for row in asked(book, "recht", "bezwaar_tot")][-2:] == ["datum_bekendmaking", "feest"]
    with pytest.raises(UnknownOutput) as refused:
        asked(book, "recht", "nergens")
    assert {"recht", "termijn", "kosten", "zitting"} <= set(refused.value.known)
    with pytest.raises(UnknownOutput):
        asked(book, "termijn")


def test_with_what_is_listed_a_decision_comes_to_its_end(tmp_path: Path) -> None:
    book = two_versions(tmp_path)
    values = {"number": 200, "boolean": True, "date": LATE.isoformat()}
    needs, _ = queries.stage_inputs_of(book, "toelage", ("recht",), on=ON)

    facts = {need.name: Fact(values[need.type]) for need in needs}
    found = queries.course_of(book, "toelage", ("recht",), on=ON, facts=facts)

    assert [stage.name for stage in found.done] == list(STAGES)
    assert {out.reason for out in found.outputs.values()} == {"ok"}
    for need in needs:
        less = {name: fact for name, fact in facts.items() if name != need.name}
        course = queries.course_of(book, "toelage", ("recht",), on=ON, facts=less)
        words = {course.reason, *(out.reason for out in course.outputs.values())}
        assert f"unknown:{need.name}" in words, need.name


def test_a_fact_of_the_decision_that_a_stage_gives_says_so(tmp_path: Path) -> None:
    book = two_versions(tmp_path)
    file = tmp_path / "laws" / "toelage.yaml"
    text = file.read_text("utf-8").replace(
        "values: [1000, $inkomen]", "values: [$beslissen_voor.year, $inkomen, $dagen]"
    )
    file.write_text(text.replace("{name: inkomen,", "{name: dagen, type: number, source: {}}\n      - {name: inkomen,"))
    book = queries.law_book([], foreign=[tmp_path / "laws"])

    needs, _ = queries.stage_inputs_of(book, "toelage", ("recht",), on=ON)

    assert [(n.name, n.stage, n.given_by) for n in needs][:2] == [
        ("beslissen_voor", "", "AANVRAAG"),
        ("inkomen", "", ""),
    ]
    assert [n.given_by for n in needs if n.name == "dagen"] == [
        ""
    ]  # a later stage gives that: too late for the decision
    text = run("toelage", "recht", folder=tmp_path / "laws").output
    assert "in a procedure stage AANVRAAG gives it" in text


def test_an_outcome_of_a_stage_that_cannot_be_looked_through_does_not_hide_the_rest(tmp_path: Path) -> None:
    two_versions(tmp_path)
    for name in ("oud", "nieuw"):
        file = tmp_path / "laws" / f"{name}.yaml"
        broken = "name: feest, type: date, source: {regulation: nergens, output: feest}"
        file.write_text(file.read_text("utf-8").replace("name: feest, type: date, source: {}", broken), "utf-8")
    book = queries.law_book([], foreign=[tmp_path / "laws"])

    needs, refused = queries.stage_inputs_of(book, "toelage", ("recht",), on=ON)
    done = run("toelage", "recht", folder=tmp_path / "laws")

    assert list(refused) == ["bezwaar_tot"] and "nergens" in refused["bezwaar_tot"]
    assert {need.name for need in needs} == {"inkomen", *EVENTS}
    assert done.exit_code == 0
    assert "What 'bezwaar_tot' needs at its stage is not listed" in done.stderr
    with pytest.raises(Exception, match="nergens"):
        queries.stage_inputs_of(book, "toelage", ("recht", "bezwaar_tot"), on=ON)


def run(*arguments: str, folder: Path) -> Result:
    return CliRunner().invoke(command, ["inputs", *arguments, "--on", ON.isoformat(), "--laws", str(folder)])


def test_the_command_marks_what_a_stage_asks_in_text_and_in_json(tmp_path: Path) -> None:
    two_versions(tmp_path)

    text = run("toelage", "recht", folder=tmp_path / "laws").output.splitlines()
    content = json.loads(run("toelage", "recht", "--json", folder=tmp_path / "laws").output)

    assert text[0].split()[-2:] == ["by", "stage"]
    (line,) = [one for one in text if one.startswith("feest")]
    assert "algemeen art. 3" in line and line.endswith("BEKENDMAKING")
    (line,) = [one for one in text if one.startswith("datum_besluit")]
    assert line.split() == ["datum_besluit", "date", "event", "algemeen", "BESLUIT"]
    assert [need["name"] for need in content["inputs"]] == ["inkomen"]
    found = {one["stage"]: [need["name"] for need in one["inputs"]] for one in content["stages"]}
    assert list(found) == ["AANVRAAG", "BESLUIT", "BEKENDMAKING", "BEZWAAR"]
    assert found["BEKENDMAKING"] == ["datum_bekendmaking", "feest"]
    assert found["BEZWAAR"][:2] == ["datum_bezwaar", "gehoord"]
    assert "adviescommissie" in found["BEZWAAR"]  # the library's own law attaches to the same stage
    assert content["stages"][2]["inputs"][1]["stage"] == "BEKENDMAKING"
