"""What every law file must have: source, date, scenario, citation, plain words, and a status on every amount."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.law_content.builders import (
    LIBRARY,
    ROOTS,
    STATUSES,
    book,
    content,
    law_paths,
    short,
    status_of,
)
from waardig.law.queries import law_problems, scenario_results

ALL = law_paths()
WETTEN = re.compile(
    r"https://wetten\.overheid\.nl/jci1\.3:c:BWBR\d{7}&artikel=\w+(:\w+)?(&lid=\d+)?&g=\d{4}-\d\d-\d\d\Z"
)
LONGEST_SENTENCE = 26
PARTICIPATIEWET = LIBRARY / "laws/nl/wet/participatiewet"
WITH_ALL_AMOUNTS = [
    PARTICIPATIEWET / f"{day}.yaml" for day in ("2019-01-01", "2024-01-01", "2024-07-01", "2025-01-01", "2025-07-01")
]
HALF_OF_2022 = PARTICIPATIEWET / "2022-01-01.yaml"


def rules(path: Path) -> list[dict[str, Any]]:
    """The machine readable parts of a law file."""
    return [a["machine_readable"] for a in content(path)["articles"] if "machine_readable" in a]


def actions(path: Path) -> list[dict[str, Any]]:
    """Every action of a law file."""
    return [action for rule in rules(path) for action in rule.get("execution", {}).get("actions", [])]


def test_all_law_files_are_valid_together() -> None:
    problems, read = law_problems([root / "laws" for root in ROOTS])

    assert [str(problem) for problem in problems if problem.error] == []
    assert read == len(ALL) >= 30


@pytest.mark.parametrize("path", ALL, ids=short)
def test_a_law_file_names_its_source_date_and_scenario(path: Path) -> None:
    law = content(path)

    assert law["valid_from"] == path.stem
    assert law["$id"] == path.parent.name
    assert law["url"].startswith("https://")
    assert list((path.parent / "scenarios").glob("*.feature")), "a law without a scenario"


@pytest.mark.parametrize("path", [p for p in ALL if "bwb_id" in content(p)], ids=short)
def test_national_law_links_to_the_article_at_the_official_publisher(path: Path) -> None:
    links = [article["url"] for article in content(path)["articles"]]
    links += [action["legal_basis"]["url"] for action in actions(path)]

    assert [link for link in links if not WETTEN.match(link)] == []


@pytest.mark.parametrize("path", ALL, ids=short)
def test_every_step_has_an_article_and_an_explanation_in_short_sentences(path: Path) -> None:
    for action in actions(path):
        basis = action["legal_basis"]
        assert basis["law"] and basis["article"] and basis["url"], action["output"]
        sentences = re.split(r"(?<=[.?!])\s+", basis["explanation"])
        longest = max(len(sentence.split()) for sentence in sentences)
        assert longest <= LONGEST_SENTENCE, f"{action['output']}: {basis['explanation']}"
        assert basis["explanation"].endswith((".", "?")), action["output"]


@pytest.mark.parametrize("path", ALL, ids=short)
def test_every_number_in_a_law_has_a_source_and_a_status(path: Path) -> None:
    defined = {name for rule in rules(path) for name in rule.get("definitions", {})}
    stated = status_of(path)["amounts"] or {}

    assert set(stated) == defined
    for name, entry in stated.items():
        assert entry["status"] in STATUSES - {"unverified"}, name
        assert len(entry["source"]) > 10, name


@pytest.mark.parametrize("path", ALL, ids=short)
def test_amounts_are_whole_eurocents_with_a_unit(path: Path) -> None:
    for rule in rules(path):
        for name, definition in rule.get("definitions", {}).items():
            if isinstance(definition, dict) and definition["type"] == "amount":
                assert isinstance(definition["value"], int), name
                assert definition["type_spec"] == {"unit": "eurocent"}, name


def test_only_invented_policy_rules_of_real_municipalities_are_unverified() -> None:
    unverified = {path.parent.name for path in ALL if status_of(path)["text_status"] == "unverified"}

    assert unverified == {"beleidsregel_uitzicht_midden_drenthe", "beleidsregel_uitzicht_kerkrade"}


def without_amounts(path: Path, *left_out: str) -> str:
    """A version of the Participatiewet with its own dates and amounts taken out, and without these articles."""
    law = content(path)
    law.pop("valid_to", None)
    law["articles"] = [article for article in law["articles"] if article["number"] not in left_out]
    for article in law["articles"]:
        for definition in article.get("machine_readable", {}).get("definitions", {}).values():
            definition["value"] = None
    return json.dumps(law).replace(path.stem, "DATE")


def test_the_versions_of_the_participatiewet_differ_in_dates_and_amounts_only() -> None:
    assert len({without_amounts(path) for path in WITH_ALL_AMOUNTS}) == 1


def test_the_first_half_of_2022_differs_only_where_an_amount_is_not_at_hand_and_in_article_35() -> None:
    apart = ("20", "34", "35")

    assert without_amounts(HALF_OF_2022, *apart) == without_amounts(WITH_ALL_AMOUNTS[0], *apart)
    assert without_amounts(HALF_OF_2022, "35") != without_amounts(WITH_ALL_AMOUNTS[0], "35")


def test_every_version_of_the_participatiewet_is_one_of_these_or_has_article_35_only() -> None:
    others = set(PARTICIPATIEWET.glob("????-??-??.yaml")) - {*WITH_ALL_AMOUNTS, HALF_OF_2022}

    assert {path.stem: [a["number"] for a in content(path)["articles"]] for path in others} == {"2022-07-01": ["35"]}


def test_every_scenario_of_the_laws_holds() -> None:
    results = scenario_results(book(), [root / "laws" for root in ROOTS])

    assert [f"{r.file}:{r.line}: {r.message}" for r in results if r.status != "passed"] == []
    assert len(results) > 180
