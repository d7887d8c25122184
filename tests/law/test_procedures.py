"""Procedures: what the suite in `conformance/` does not show: the library's own, reading, checking, and the command."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.law.builders import LIBRARY, a_law
from waardig.law import queries
from waardig.law.cli import law
from waardig.law.core.check import book_problems
from waardig.law.terms import Fact, LawsInvalid, RuleFailed

ON = date(2025, 1, 1)
EVENTS = {"datum_aanvraag": "2025-02-03", "datum_besluit": "2025-03-10", "datum_bekendmaking": "2025-03-12"}
PROCEDURE = """
procedure:
- id: gewoon
  default: true
  applies_to: {legal_character: BESCHIKKING}
  stages:
  - {name: BESLUIT, requires: [{name: datum, type: date}]}
"""
DECISION = """
execution:
  produces: {legal_character: BESCHIKKING}
  output: [{name: x, type: number}, {name: y, type: number}]
  actions: [{output: x, value: 1}, {output: y, value: 2}]
"""


@pytest.fixture(scope="module")
def library() -> queries.LawBook:
    return queries.law_book([LIBRARY])


def the_course(library: queries.LawBook, **events: object) -> queries.Course:
    asked = ("toegekende_zorgtoeslag",)
    return queries.course_of(library, "wet_op_de_zorgtoeslag", asked, on=ON, parameters={**EVENTS, **events})


def test_the_terms_of_the_awb_follow_from_the_days_of_the_stages(library: queries.LawBook) -> None:
    found = the_course(library, datum_ontvangst_bezwaar="2025-04-23", adviescommissie=False)

    assert [(stage.name, stage.on.isoformat()) for stage in found.done] == [
        ("AANVRAAG", "2025-02-03"),
        ("BEHANDELING", "2025-02-03"),
        ("BESLUIT", "2025-03-10"),
        ("BEKENDMAKING", "2025-03-12"),
        ("BEZWAAR", "2025-04-23"),
    ]
    values = {name: out.value for name, out in found.outputs.items()}
    assert values["bezwaar_begindatum"] == "2025-03-13"
    assert values["bezwaar_einddatum"] == "2025-04-23"
    assert values["bezwaar_tijdig"] is True
    assert values["bezwaar_beslissen_uiterlijk"] == "2025-06-04"
    assert (found.defined_by, found.procedure) == ("algemene_wet_bestuursrecht", "beschikking")
    assert (found.waits_for, found.pending) == (None, ())


def test_a_term_that_ends_on_ascension_day_ends_after_the_weekend_that_follows(library: queries.LawBook) -> None:
    """29 May 2025 is a holiday, the Friday after it is made equal to one (Algemene termijnenwet article 3)."""
    found = the_course(library, datum_bekendmaking="2025-04-17")

    assert found.outputs["bezwaar_einddatum"].value == "2025-06-02"
    assert (found.waits_for, found.pending) == ("BEZWAAR", ("datum_ontvangst_bezwaar",))


def test_facts_of_a_register_are_events_too(library: queries.LawBook) -> None:
    events = {name: Fact(day, source="zaaksysteem") for name, day in EVENTS.items()}
    asked = ("toegekende_zorgtoeslag",)

    found = queries.course_of(library, "wet_op_de_zorgtoeslag", asked, on=ON, facts=events, explain=True)

    assert found.outputs["bezwaar_einddatum"].value == "2025-04-23"
    notified = found.done[3].evaluations[-1]
    assert [step.article for step in notified.steps] == ["6:8", "6:8"]
    assert [ref.id for ref in notified.laws if ref.id == "algemene_termijnenwet"] == ["algemene_termijnenwet"]


def test_the_decision_alone_still_takes_along_only_what_belongs_to_it(library: queries.LawBook) -> None:
    found = queries.evaluate(library, "wet_op_de_zorgtoeslag", ("toegekende_zorgtoeslag",), on=ON, parameters=EVENTS)

    assert {name for name, word in found.provenance.items() if word == "reactive"} == {
        "bezwaar_vermelden",
        "bezwaartermijn_weken",
    }


def test_outputs_of_two_kinds_of_decision_are_not_walked_together(tmp_path: Path) -> None:
    book = two_articles(tmp_path)

    with pytest.raises(RuleFailed, match="several kinds of decision"):
        queries.course_of(book, "w", ("x", "z"), on=ON)


def two_articles(folder: Path) -> queries.LawBook:
    other = "execution: {output: [{name: z, type: number}], actions: [{output: z, value: 3}]}"
    book = a_law(folder, DECISION)
    file = folder / "w.yaml"
    file.write_text(f"{file.read_text()}  - number: '2'\n    text: Tekst\n    machine_readable:\n      {other}\n")
    return queries.law_book([], foreign=[folder]) if book else book


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("{legal_character: BESCHIKKING}", "{}", 5, "a procedure needs applies_to with a legal_character"),
        ("id: gewoon", "naam: gewoon", 5, "'id' is missing"),
        ("type: date", "type: dag", 9, "a stage cannot require a 'dag'; it may be string, number, boolean, date"),
        ("  stages:\n  - {name: BESLUIT, requires: [{name: datum, type: date}]}", "  stages: []", 5, "needs stages"),
        (
            "type: date}]}",
            "type: date}]}\n  - {name: BESLUIT}",
            10,
            "stage 'BESLUIT' stands here twice",
        ),
        (
            "type: date}]}",
            "type: date}]}\n  - {name: X, requires: [{name: datum, type: date}]}",
            10,
            "'datum' is required by two stages of one procedure",
        ),
    ],
)
def test_a_procedure_that_cannot_be_walked_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, message: str
) -> None:
    assert old in PROCEDURE
    text = f"$id: w\nregulatory_layer: WET\npublication_date: '2020-01-01'{PROCEDURE.replace(old, new)}articles: []\n"
    (tmp_path / "w.yaml").write_text(text)

    with pytest.raises(LawsInvalid) as refused:
        queries.law_book([], foreign=[tmp_path])

    (problem,) = refused.value.problems
    assert problem.line == line
    assert message in problem.message


def test_check_names_stages_and_procedures_that_do_not_exist(tmp_path: Path) -> None:
    hook = "hooks: [{hook_point: post_actions, applies_to: {legal_character: BESCHIKKING, stage: BEROEP}}]\n"
    body = hook + DECISION.strip().replace("BESCHIKKING}", "BESCHIKKING, procedure_id: nergens}")
    a_law(tmp_path, body)
    file = tmp_path / "w.yaml"
    second = PROCEDURE + PROCEDURE.replace("\nprocedure:\n", "").replace("id: gewoon", "id: tweede")
    file.write_text(file.read_text().replace("\narticles:", f"{second}articles:"))

    found = {problem.message: problem.line for problem in book_problems(queries.law_book([], foreign=[tmp_path]))}

    lines = file.read_text().split("\n")
    assert found == {
        "procedure 'tweede' is a default for BESCHIKKING, and 'gewoon' is too": lines.index("- id: tweede") + 1,
        "procedure 'nergens' is in no law for BESCHIKKING": lines.index("  - number: '1'") + 1,
        "stage 'BEROEP' is in no procedure for BESCHIKKING; there is BESLUIT": lines.index(f"      {hook.strip()}") + 1,
    }


def test_the_command_shows_each_stage_and_what_it_waits_for() -> None:
    events = [part for name, day in EVENTS.items() for part in ("--param", f"{name}={day}")]
    asked = ["procedure", "wet_op_de_zorgtoeslag", "toegekende_zorgtoeslag", "--on", "2025-01-01", *events]

    shown = CliRunner().invoke(law, asked)
    told = json.loads(CliRunner().invoke(law, [*asked, "--json"]).output)

    assert shown.exit_code == 0
    assert "BEHANDELING   2025-02-03\n" in shown.output
    assert shown.output.endswith("Waits for BEZWAAR: datum_ontvangst_bezwaar\n")
    assert [stage["name"] for stage in told["stages"]] == ["AANVRAAG", "BEHANDELING", "BESLUIT", "BEKENDMAKING"]
    assert told["stages"][3]["outputs"]["bezwaar_einddatum"]["value"] == "2025-04-23"
