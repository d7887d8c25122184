"""Family and old-age laws over a population: DuckDB computes what the exact interpreter computes, row by row."""

from __future__ import annotations

import random
from datetime import date

import pytest

from tests.law_content.test_population import assert_equal, some_day, taxpayers
from waardig.law.terms import Value

ROWS = 300


def parents(seed: int) -> dict[str, list[Value]]:
    """Parents around the thresholds of income and wealth, with nought to six children; some facts absent."""
    chance = random.Random(seed)
    rows: list[dict[str, Value]] = []
    for _ in range(ROWS):
        partner = chance.random() < 0.5
        limit = chance.choice((0, 1946300, 2681900, 2840600, 3584900, 3754500, 6500000, 11116500))
        rows.append(
            {
                "heeft_toeslagpartner": partner,
                "aantal_kinderen_tot_12": chance.randrange(4),
                "aantal_kinderen_12_tot_16": chance.choice((0, 0, 1, 2)),
                "aantal_kinderen_16_en_17": chance.choice((0, 0, 1, None)),
                "toetsingsinkomen": limit + chance.randrange(0, 300),
                "toetsingsinkomen_partner": chance.randrange(0, 300) if partner else None,
                "vermogen": chance.choice((0, 10342300, 10342301, 14189600, 14189601)),
                "vermogen_partner": chance.choice((0, 3753300)) if partner else None,
            }
        )
    return {name: [row[name] for row in rows] for name in rows[0]}


def pensioners(seed: int) -> dict[str, list[Value]]:
    """People around pensionable age, insured for all or some of the years."""
    chance = random.Random(seed)
    rows: list[dict[str, Value]] = [
        {
            "geboortedatum": some_day(chance, date(1950, 1, 1), date(1962, 1, 1)),
            "is_minstens_een_jaar_verzekerd": chance.random() < 0.9,
            "is_ongehuwd": chance.random() < 0.5,
            "telt_als_inwoner": chance.random() < 0.9,
            "jaarpremies_schuldig_nalatig": chance.choice((0, 0, 0, 1, None)),
            "niet_verzekerd_jaren": chance.choice((0, 0, 1, 7, 49, 50)),
            "niet_verzekerd_maanden": chance.randrange(26),
            "niet_verzekerd_dagen": chance.randrange(40),
        }
        for _ in range(ROWS)
    ]
    return {name: [row[name] for row in rows] for name in rows[0]}


@pytest.mark.parametrize("on", [date(2015, 6, 1), date(2024, 6, 1), date(2025, 6, 1)])
def test_the_child_budget_over_a_population_equals_the_interpreter(on: date) -> None:
    outputs = ["toegekend_kindgebonden_budget", "hoogte_kindgebonden_budget", "heeft_recht_op_kindgebonden_budget"]

    amounts = assert_equal("wet_op_het_kindgebonden_budget", outputs, on, {}, parents(20250603))

    assert {0, None} < set(amounts) and len(set(amounts)) > 30


AGES = {
    "aantal_kinderen_tot_12": (0, 144),
    "aantal_kinderen_12_tot_16": (144, 192),
    "aantal_kinderen_16_en_17": (192, 216),
}


def months_old(born: str, on: date) -> int:
    """Calendar months since the month of birth (Wet op het kindgebonden budget article 2)."""
    return on.year * 12 + on.month - int(born[:4]) * 12 - int(born[5:7])


@pytest.mark.parametrize("on", [date(2015, 6, 1), date(2024, 6, 1), date(2025, 6, 1)])
def test_children_by_their_birthday_give_the_same_as_the_counts_that_follow_from_them(on: date) -> None:
    outputs = ["toegekend_kindgebonden_budget", "hoogte_kindgebonden_budget", "heeft_recht_op_kindgebonden_budget"]
    chance = random.Random(20250605)
    counted = {name: column for name, column in parents(20250603).items() if not name.startswith("aantal")}
    households: list[list[dict[str, Value]]] = [
        [
            {
                "geboortedatum": some_day(chance, date(on.year - 20, 1, 1), date(on.year + 1, 1, 1)),
                "kinderbijslag": chance.random() < 0.9,
            }
            for _ in range(chance.choice((0, 1, 1, 2, 3, 5)))
        ]
        for _ in range(ROWS)
    ]
    for name, (low, high) in AGES.items():
        counted[name] = [
            sum(
                1
                for child in children
                if child["kinderbijslag"] and low < months_old(str(child["geboortedatum"]), on) <= high
            )
            for children in households
        ]
    listed = {name: column for name, column in counted.items() if name not in AGES}

    from_counts = assert_equal("wet_op_het_kindgebonden_budget", outputs, on, {}, counted)
    from_children = assert_equal("wet_op_het_kindgebonden_budget", outputs, on, {}, {**listed, "kinderen": households})

    assert from_children == from_counts
    assert len(set(from_children)) > 30


@pytest.mark.parametrize("on", [date(2025, 6, 1), date(2026, 1, 1)])
def test_the_old_age_pension_over_a_population_equals_the_interpreter(on: date) -> None:
    outputs = ["hoogte_bruto_ouderdomspensioen", "hoogte_bruto_vakantie_uitkering", "heeft_recht_op_ouderdomspensioen"]

    amounts = assert_equal("algemene_ouderdomswet", outputs, on, {}, pensioners(20250604))

    assert {0, None} < set(amounts) and len(set(amounts)) > 10


def carers(seed: int) -> dict[str, list[Value]]:
    """Children in care around the limits of price, hours and the table of 2015."""
    chance = random.Random(seed)
    rows: list[dict[str, Value]] = [
        {
            "soort_opvang": chance.choice(("DAGOPVANG", "BUITENSCHOOLS", "GASTOUDER")),
            "prijs_per_uur": chance.choice((500, 638, 639, 684, 685, 1200)),
            "uren_opvang_per_maand": chance.choice((0, 40, 229, 230, 231)),
            "gewerkte_uren_per_jaar": chance.choice((0, 500, 1000, 2000, None)),
            "volgt_basisonderwijs": chance.random() < 0.5,
            "gezamenlijk_toetsingsinkomen": chance.choice((1791800, 1791900, 8826900, 8827000, 17488500))
            + chance.randrange(-2, 2),
            "is_eerste_kind": chance.random() < 0.5,
        }
        for _ in range(ROWS)
    ]
    return {name: [row[name] for row in rows] for name in rows[0]}


def test_the_child_care_allowance_over_a_population_equals_the_interpreter() -> None:
    outputs = ["hoogte_kinderopvangtoeslag_voor_dit_kind", "percentage", "uurprijs_die_telt"]

    amounts = assert_equal("besluit_kinderopvangtoeslag", outputs, date(2015, 6, 1), {}, carers(20250605))

    assert {0, None} < set(amounts) and len(set(amounts)) > 30


def students(seed: int) -> dict[str, list[Value]]:
    """Students around the ages and the free part of an internship; some not judged yet."""
    chance = random.Random(seed)
    rows: list[dict[str, Value]] = [
        {
            "geboortedatum": some_day(chance, date(2000, 1, 1), date(2010, 1, 1)),
            "heeft_studiefinanciering_of_tegemoetkoming": chance.random() < 0.9,
            "kan_door_ziekte_of_gebrek_niet_bijverdienen": chance.choice((True, True, True, False, None)),
            "heeft_recht_op_wajong": chance.random() < 0.1,
            "heeft_inkomen_uit_werk": chance.random() < 0.1,
            "stagevergoeding_per_maand": chance.choice((0, 18000, 18001, 21167, 21168, 60000)),
        }
        for _ in range(ROWS)
    ]
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    judged = columns["kan_door_ziekte_of_gebrek_niet_bijverdienen"]
    columns["kan_door_ziekte_of_gebrek_niet_bijverdienen__reason"] = ["unknown" if j is None else "ok" for j in judged]
    return columns


@pytest.mark.parametrize("on", [date(2022, 4, 1), date(2024, 2, 29)])
def test_the_study_allowance_over_a_population_equals_the_interpreter(on: date) -> None:
    outputs = ["hoogte_studietoeslag", "heeft_recht_op_studietoeslag", "bedrag_bij_leeftijd"]

    amounts = assert_equal("bekendmaking_bedragen_studietoeslag", outputs, on, {}, students(20250606))

    assert {0, None} < set(amounts) and len(set(amounts)) > 10


def test_the_care_allowance_of_2020_over_a_population_equals_the_interpreter() -> None:
    outputs = ["toegekende_zorgtoeslag", "hoogte_zorgtoeslag", "heeft_recht_op_zorgtoeslag"]

    amounts = assert_equal("wet_op_de_zorgtoeslag", outputs, date(2020, 6, 1), {}, taxpayers(20250607))

    assert len(set(amounts)) > 5
