"""Law files and scenarios of others: older and later words of regelrecht, and a law in the place of one of ours."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.law.builders import a_law, ask, write_law
from waardig.law.cli import law
from waardig.law.core.scenario import ScenarioResult, run_feature
from waardig.law.queries import law_book
from waardig.law.terms import RuleFailed

LATER = (
    "$schema: https://raw.githubusercontent.com/MinBZK/regelrecht/refs/tags/schema-v0.8.0/schema/v0.8.0/schema.json\n"
)
MARKED = """
markings:
  - {about: de lengte van een zucht, resolution: engine, resolved_by: Een maat voor zuchten, accepted: false}
execution:
  output: [{name: x, type: number}]
  actions: [{output: x, value: 3}]
"""


def scenarios(folder: Path, text: str) -> list[ScenarioResult]:
    """The scenarios of a text against the laws in a folder."""
    return list(run_feature(law_book([], foreign=[folder]), text, "x.feature"))


def test_a_marking_is_an_untranslatable_part_under_its_later_name(tmp_path: Path) -> None:
    book = a_law(tmp_path, MARKED, head=LATER)

    assert ask(book, "w", "x").outputs["x"].reason == "untranslatable"
    assert ask(book, "w", "x", untranslatable="warn").outputs["x"].value == 3
    with pytest.raises(RuleFailed, match="Untranslatable construct 'de lengte van een zucht': Een maat voor zuchten"):
        ask(book, "w", "x", untranslatable="error")


def test_a_law_of_others_takes_the_place_of_ours_and_what_refers_to_ours_is_named(tmp_path: Path) -> None:
    body = "execution:\n  output: [{name: groet, type: string}]\n  actions: [{output: groet, value: dag}]\n"
    write_law(tmp_path, body, name="participatiewet")
    feature = tmp_path / "x.feature"
    steps = 'Given the calculation date is "2025-06-01"\n    When I evaluate "groet" of "participatiewet"\n'
    feature.write_text(f'Feature: x\n  Scenario: s\n    {steps}    Then output "groet" equals "dag"\n')

    done = CliRunner().invoke(law, ["test", str(feature), "--laws", str(tmp_path)])

    assert done.exit_code == 0, done.output
    assert done.stdout == "1 scenarios, 1 passed, 0 failed, 0 skipped\n"
    first, place, *_, last = done.stderr.splitlines()
    assert first.startswith("A law of --laws took the place of one that files of the content refer to.")
    assert ".yaml:" in place
    assert "'participatiewet'" in place
    assert last.endswith("more places")
