"""Each worked example is a scenario that bears its number, or stands with a reason on the page as not computed."""

from __future__ import annotations

import json
import re

import pytest

from tests.law_content.builders import LIBRARY, ROOT
from tests.shared_data import shared

PAGE = (ROOT / "docs/explanation/worked-examples.md").read_text("utf8")
ELSEWHERE, LEFT_OUT = PAGE.split("## What is not computed, and why")
OURS = ("zorgtoeslag", "bijstand", "kindgebonden budget", "kgb", "AOW", "kinderopvang")


def family(example: dict[str, str]) -> bool:
    """Whether an example belongs to the laws that the page is about."""
    return f"{example['law']} {example['input']}".startswith(OURS) or (
        example["status"].startswith("poc-wrong") and any(law in example["input"] for law in OURS)
    )


def examples() -> list[dict[str, str]]:
    """The worked examples of these laws."""
    found = json.loads(shared("data/examples/worked_examples.json").read_text("utf8"))
    return [example for example in found if family(example)]


def in_scenarios() -> set[str]:
    """The numbers in a row of a scenario."""
    files = LIBRARY.glob("laws/**/rekenvoorbeelden.feature")
    return {
        number for file in files for number in re.findall(r"^ *\| *(W\d{3}) ", file.read_text("utf8"), re.MULTILINE)
    }


def test_every_worked_example_is_a_scenario_or_left_out_with_a_reason() -> None:
    left_out = set(re.findall(r"^\| (W\d{3}) ", LEFT_OUT, re.MULTILINE))
    wanted = {example["id"] for example in examples()}

    assert len(wanted) > 23
    assert wanted - in_scenarios() - left_out == set()
    assert in_scenarios() & left_out == set()


def test_every_example_that_others_have_wrong_stands_on_the_page_with_the_article_that_decides() -> None:
    rows = dict(re.findall(r"^\| (W\d{3}) [^|]*\|[^|]*\|[^|]*\|([^|]*)\|$", ELSEWHERE, re.MULTILINE))
    wrong = {e["id"] for e in examples() if "POC incomplete" in e["status"] or e["status"].startswith("poc-wrong")}

    assert wrong - set(rows) == set()
    for number, reason in rows.items():
        assert "art. " in reason or reason.strip().startswith("the same"), number


@pytest.mark.parametrize("number", sorted(in_scenarios()))
def test_a_scenario_bears_the_number_of_an_example_that_exists(number: str) -> None:
    known = {e["id"] for e in json.loads(shared("data/examples/worked_examples.json").read_text("utf8"))}

    assert number in known
