"""A municipality with another period, percentage, income measure and amounts is a folder of YAML and no code."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.law_content.builders import CLIENT, LIBRARY, OTHER, facts
from waardig.law.queries import evaluate, inputs_of, law_book
from waardig.law.terms import PresumesAgainst, Value

SCOPE = {"gemeente_code": "GM9998"}
ON = date(2025, 6, 1)
RESIDENT: dict[str, Value] = {
    **{name: value for name, value in CLIENT.items() if name != "hoogste_maandinkomen"},
    "gemiddeld_maandinkomen": 153382,
    "maanden_bijstand": 24,
    "aantal_kinderen": 0,
    "leeftijd_jongste_kind": None,
}


@pytest.mark.parametrize(
    ("children", "youngest", "amount"),
    [(0, None, 40000), (1, 0, 60000), (2, 11, 60000), (1, 12, 75000), (3, 17, 80000), (5, 2, 75000)],
)
def test_amounts_by_the_age_of_the_youngest_child(children: int, youngest: int | None, amount: int) -> None:
    resident = {**RESIDENT, "aantal_kinderen": children, "leeftijd_jongste_kind": youngest}

    found = evaluate(
        law_book([LIBRARY, OTHER]),
        "participatiewet",
        ["hoogte_individuele_inkomenstoeslag", "referteperiode_maanden", "inkomensgrens"],
        on=ON,
        parameters=SCOPE,
        facts=facts(resident),
    ).outputs

    assert found["hoogte_individuele_inkomenstoeslag"].value == amount
    assert found["referteperiode_maanden"].value == 24
    assert found["inkomensgrens"].value == 153382


def test_the_regulation_itself_asks_its_own_facts() -> None:
    needed = inputs_of(
        law_book([LIBRARY, OTHER]), "participatiewet", ["hoogte_individuele_inkomenstoeslag"], on=ON, scope=SCOPE
    )
    names = {need.name for need in needed}

    assert {"gemiddeld_maandinkomen", "aantal_kinderen", "leeftijd_jongste_kind"} <= names
    assert "hoogste_maandinkomen" not in names


def test_a_policy_rule_that_presumes_against_a_person_is_refused(tmp_path: Path) -> None:
    shutil.copytree(OTHER / "laws", tmp_path / "laws")
    rule = tmp_path / "laws/nl/beleidsregel/beleidsregel_uitzicht_lage_polder/2025-01-01.yaml"
    honest = rule.read_text("utf8")
    assert honest.count("default: null") == 1
    rule.write_text(honest.replace("default: null", "default: false"), "utf8")

    with pytest.raises(PresumesAgainst):
        law_book([LIBRARY, tmp_path])
