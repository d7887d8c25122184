"""The figures of the generator are those of the reference data, copied without a slip."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.shared_data import ROOT, shared

OURS: Any = yaml.safe_load((ROOT / "src/waardig/demo/calibration.yaml").read_text(encoding="utf-8"))


def reference() -> Any:
    path: Path = shared("data/cbs/calibration.json")
    return json.loads(path.read_text(encoding="utf-8"))


def test_income_and_wealth_are_those_of_cbs() -> None:
    cbs = reference()
    income, wealth = cbs["inkomen_percentielen_2022_x1000"], cbs["vermogen_naar_inkomensdeciel_2014_x1000"]
    assert (OURS["income"]["disposable"], OURS["income"]["gross"]) == (income["besteedbaar"], income["bruto"])
    assert [OURS["wealth"][key] for key in ("p25", "p50", "p75")] == [wealth[key] for key in ("p25", "p50", "p75")]


def test_households_and_children_are_those_of_cbs() -> None:
    cbs = reference()
    all_, families = cbs["huishoudens_2024"], cbs["huishoudens_met_kind_2023"]
    shares = OURS["households"]["shares"]
    assert shares["single"] == pytest.approx(all_["eenpersoons"] / all_["totaal"], abs=0.001)
    assert shares["couple"] == pytest.approx(all_["meerpersoons_zonder_kind"] / all_["totaal"], abs=0.001)
    with_children = all_["met_kind"] / all_["totaal"]
    single_parents = with_children * families["eenouder"] / families["totaal"]
    assert shares["single_parent"] == pytest.approx(single_parents, abs=0.001)
    assert shares["couple_with_children"] == pytest.approx(with_children - single_parents, abs=0.001)
    alone = OURS["households"]["children_of_single_parent"]["counts"]
    together = OURS["households"]["children_of_couple"]["counts"]
    for number, key in ((1, "1_kind"), (2, "2_kind"), (3, "3plus")):
        assert alone[number] + together[number] == families[key]


def test_ages_tenure_and_benefits_are_those_of_cbs() -> None:
    cbs = reference()
    ages = cbs["leeftijdsopbouw_2019"]
    for ours, theirs in (("0-19", "0_19"), ("20-39", "20_39"), ("40-64", "40_64"), ("65-79", "65_79")):
        assert OURS["ages"]["shares"][ours] == pytest.approx(ages[theirs] / ages["totaal"], abs=0.001)
    homes = cbs["woningvoorraad_2023"]
    assert OURS["tenure"]["shares"]["own"] == pytest.approx(homes["koop"] / homes["totaal"], abs=0.001)
    people = cbs["bevolking_2024"]["totaal"]
    assert OURS["benefits"]["share_of_persons"] == pytest.approx(
        cbs["bijstand"]["eind_juni_2025_tot_AOW"] / people, abs=0.0005
    )
    units = cbs["bijstand"]["leefvorm_mrt_2018"]
    assert [OURS["benefits"]["units"][k] for k in ("single", "single_parent", "couple")] == [
        units[k] for k in ("alleenstaande", "alleenstaande_ouder", "paar")
    ]


def test_every_income_quintile_holds_a_fifth_of_the_households() -> None:
    shares, table = OURS["households"]["shares"], OURS["income"]["quintile_by_household"]
    for quintile in range(5):
        assert sum(shares[kind] * table[kind][quintile] for kind in shares) == pytest.approx(0.2, abs=0.002)
