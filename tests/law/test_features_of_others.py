"""Features that others wrote run as they are: what our library adds is not theirs, and text notes are left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from waardig.law.cli import law

DOCS = Path(__file__).resolve().parents[2] / "docs/how-to/run-law-files-of-others.md"
DECIDING = """$id: pasjeswet
regulatory_layer: WET
publication_date: '2024-01-01'
valid_from: '2024-01-01'
articles:
  - number: '1'
    text: t
    machine_readable:
      execution:
        produces: {legal_character: BESCHIKKING}
        input: [{name: inkomen, type: number, source: {}}]
        output: [{name: som, type: number}]
        actions: [{output: som, value: {operation: ADD, values: [$inkomen, 1]}}]
"""
SETTING = 'Given the calculation date is "2025-06-01"\n    And parameter "inkomen" is 1\n'
ASKED = '    When I evaluate "som" of "pasjeswet"\n'


def outcome(folder: Path, steps: str, *, language: str = "en") -> tuple[int, list[dict[str, str]]]:
    (folder / "laws").mkdir(exist_ok=True)
    (folder / "laws" / "pasjeswet.yaml").write_text(DECIDING)
    head = "Feature: f\n" if language == "en" else "# language: nl\nFunctionaliteit: f\n"
    (folder / "f.feature").write_text(f"{head}  Scenario: s\n    {steps}")
    done = CliRunner().invoke(law, ["test", str(folder / "f.feature"), "--laws", str(folder / "laws"), "--json"])
    return done.exit_code, json.loads(done.output)["results"]


@pytest.mark.parametrize(
    ("loaded", "outputs", "status"),
    [
        ("", "som", "passed"),
        ("", "som, bezwaar_vermelden", "passed"),
        ("", "som, iets_anders", "failed"),
        ("", "bezwaar_vermelden", "failed"),
        ("algemene_wet_bestuursrecht", "som", "failed"),
        ("algemene_wet_bestuursrecht", "som, bezwaar_vermelden, bezwaartermijn_weken", "passed"),
    ],
)
def test_what_our_library_attaches_to_their_decision_counts_only_when_they_load_it(
    tmp_path: Path, loaded: str, outputs: str, status: str
) -> None:
    law_of_ours = f'    And law "{loaded}" is loaded\n' if loaded else ""

    _, (found,) = outcome(
        tmp_path, f'{SETTING}{law_of_ours}{ASKED}    Then the result contains exactly the outputs "{outputs}"\n'
    )

    assert found["status"] == status


def test_a_scenario_about_text_notes_is_skipped_also_without_its_tag(tmp_path: Path) -> None:
    steps = 'Given a note selecting "abc"\n    When the note is resolved\n    Then the note is an exact match\n'

    code, (found,) = outcome(tmp_path, steps)

    assert (found["status"], found["message"]) == ("skipped", "text notes are not executed")
    assert code == 0


DUTCH = [
    'Gegeven de rekendatum is "2025-06-01"\n    En wet "pasjeswet" is geladen\n    En parameter "inkomen" is 1\n'
    '    Als ik "som" van "pasjeswet" bereken\n    Dan slaagt de berekening\n    En is uitkomst "som" gelijk aan 2\n'
    '    En uitkomst "som" ontstaat rechtstreeks\n',
    'Gegeven de rekendatum is "2025-06-01"\n    En de volgende gegevens van "b" met sleutel "bsn":\n'
    "      | bsn | inkomen |\n      | 1   | 4       |\n"
    "    En de volgende parameters:\n      | naam | waarde |\n      | bsn  | 1 |\n"
    '    Als ik de uitkomsten "som" van "pasjeswet" bereken\n    Dan is uitkomst "som" gelijk aan 5\n'
    '    En het resultaat bevat precies de uitkomsten "som"\n',
    'Gegeven de rekendatum is "2025-06-01"\n    Als ik "som" van "pasjeswet" bereken\n'
    '    Dan mislukt de berekening met "inkomen"\n    En is uitkomst "som" onbekend bij gebrek aan "inkomen"\n',
]


@pytest.mark.parametrize("steps", DUTCH)
def test_the_dutch_steps_of_the_page_run(tmp_path: Path, steps: str) -> None:
    code, (found,) = outcome(tmp_path, steps, language="nl")

    assert (found["status"], found["message"], code) == ("passed", "", 0)


def test_the_page_names_a_dutch_form_for_every_action() -> None:
    from waardig.law.core.steps import PATTERNS, read_step

    section = DOCS.read_text("utf-8").partition("In Dutch, with")[2].partition("\n\nWhat laws")[0]
    read = [read_step(part) for part in section.split("`")[1::2] if part[:1].islower()]

    assert {step.action for step in PATTERNS} == {found[0] for found in read if found}
