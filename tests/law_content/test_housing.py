"""Laws about housing and energy: published figures again, and the population equal to the interpreter."""

from __future__ import annotations

import random
import re
from datetime import date
from fractions import Fraction
from math import ceil

import pytest

from tests.law_content.builders import LIBRARY, book
from waardig.law.queries import evaluate_many
from waardig.law.terms import Value

ROWS = 400
YEARS = (date(2013, 6, 1),)
LATER = (date(2024, 6, 1), date(2025, 6, 1), date(2026, 6, 1))
EXAMPLES = ("W022", "W023", "W031", "W032", "W033", "W034", "W038", "W074", "W075", "W076", "W088")
LAW = "wet_op_de_huurtoeslag"
OUTPUTS = (
    "soort_huishouden",
    "rekenhuur",
    "huurgrens",
    "meetellende_rekenhuur",
    "aftoppingsgrens",
    "minimum_normhuur",
    "heeft_te_veel_vermogen",
    "inkomen_voldoet",
    "krijgt_deel_boven_aftoppingsgrens",
    "heeft_aanspraak_op_huurtoeslag",
)
FORMULA = {
    2013: {
        "EENPERSOONS": ("0.000000748531", "0.001957364475", 14875, 19474),
        "MEERPERSOONS": ("0.000000418659", "0.002104457742", 19200, 19474),
        "EENPERSOONSOUDEREN": ("0.000001114939", "-0.006236885032", 16250, 19474 - 182),
        "MEERPERSOONSOUDEREN": ("0.000000645458", "-0.005278279964", 21775, 19474 - 363),
    },
}
POINTS = (1487500, 1920000, 2100000, 2102500, 2500000, 2855000, 2872500)


def tenants(seed: int) -> dict[str, list[Value]]:
    """Tenants of every kind of household around every limit of income and rent."""
    chance = random.Random(seed)

    def yes(share: float) -> bool:
        return chance.random() < share

    rows: list[dict[str, Value]] = []
    for _ in range(ROWS):
        people = chance.choice((1, 1, 2, 3, 8))
        own = chance.choice(POINTS) + chance.randrange(-300, 300) - (chance.randrange(1900000) if yes(0.7) else 0)
        others = chance.randrange(400000) if people > 1 else 0
        partner = people > 1 and yes(0.6)
        born = date(chance.randrange(1930, 1997), chance.randrange(1, 13), chance.randrange(1, 28)).isoformat()
        rows.append(
            {
                "geboortedatum": born,
                "aantal_personen": people,
                "heeft_toeslagpartner": partner,
                "toetsingsinkomen": own,
                "toetsingsinkomen_partner": chance.randrange(400000) if partner else None,
                "toetsingsinkomen_medebewoners": others,
                "rekeninkomen_pensioengerechtigden": chance.choice((0, own)),
                "huurprijs": chance.choice((37444, 53591, 57435, 68102)) + chance.randrange(-6000, 200),
                "redelijke_huurprijs": chance.choice((None, None, None, 40000)),
                "servicekosten_energie": chance.randrange(2400),
                "servicekosten_schoonmaak": chance.randrange(2400),
                "servicekosten_huismeester": 0,
                "servicekosten_ruimten": 0,
                "huurt_woonwagen": False,
                "inschrijving_voldoet": yes(0.95),
                "onjuiste_inschrijving_niet_toe_te_rekenen": yes(0.5),
                "is_zelfstandige_woning": yes(0.95),
                "is_aangewezen_woonruimte": yes(0.5),
                "medebewoner_is_23_of_ouder": people > 1 and yes(0.8),
                "woont_met_kind": people > 1 and yes(0.5),
                "heeft_handicap": yes(0.1),
                "huur_hoger_door_voorziening": yes(0.1),
                "woning_voor_acht_personen": yes(0.5),
                "vorige_maand_huurtoeslag_zonder_verhuizing": yes(0.2),
                "vermogen": chance.choice((0, 0, 2113900, 2113901)),
                "vermogen_partner": chance.choice((0, 2113900, 2113901)) if partner else None,
                "extra_vrijstelling_vermogen": 0,
                "medebewoner_heeft_te_veel_vermogen": False,
                "iemand_heeft_pensioenleeftijd": yes(0.3),
                "woning_is_aangepast": yes(0.2),
            }
        )
    return {name: [row[name] for row in rows] for name in rows[0]}


@pytest.mark.parametrize("on", YEARS, ids=str)
def test_conditions_and_limits_over_a_population_equal_the_interpreter(on: date) -> None:
    columns = tenants(on.year)
    exact = evaluate_many(book(), LAW, OUTPUTS, on=on, columns=columns, engine="python")
    fast = evaluate_many(book(), LAW, OUTPUTS, on=on, columns=columns)

    assert (fast.engine, fast.fallback) == ("duckdb", "")
    assert dict(fast.reasons) == dict(exact.reasons)
    assert dict(fast.columns) == dict(exact.columns)
    assert len(set(exact.columns["soort_huishouden"])) == 4


def norm_rent(year: int, kind: str, income: int) -> int:
    """Article 19 in eurocent, by fractions of a euro, apart from the engine."""
    a, b, point, lowest = FORMULA[year][kind]
    if income <= point * 100:
        return lowest
    euros = Fraction(income, 100)
    return ceil((Fraction(a) * euros * euros + Fraction(b) * euros) * 100)


@pytest.mark.parametrize("on", YEARS, ids=str)
def test_the_norm_rent_over_a_population_is_the_formula_of_the_statute(on: date) -> None:
    outputs = ("normhuur", "soort_huishouden", "rekeninkomen", "norminkomen", "huurtoeslag_per_maand")
    found = evaluate_many(book(), LAW, outputs, on=on, columns=tenants(on.year))
    columns = found.columns
    checked = 0

    assert "which 64 bits cannot hold safely" in found.fallback, "squares of incomes are computed row by row"
    for rent, kind, income, most, amount in zip(*(columns[name] for name in outputs), strict=True):
        assert isinstance(income, int) and isinstance(most, int)
        if income <= most:
            checked += income > FORMULA[on.year][str(kind)][2] * 100
            assert rent == norm_rent(on.year, str(kind), income), (kind, income)
        else:
            assert amount == 0, (kind, income)
    assert checked > 40
    assert len(set(columns["huurtoeslag_per_maand"])) > 60


@pytest.mark.parametrize(
    ("a", "b", "lowest", "reference", "point"),
    [
        ("0.000000748531", "0.001957364475", 19474, 39591 - 182, (14875, 21675)),
        ("0.000000418659", "0.002104457742", 19474, 39591 - 363, (19200, 28200)),
    ],
    ids=["2013 single", "2013 more persons"],
)
def test_the_factors_follow_from_articles_17_and_18(
    a: str, b: str, lowest: int, reference: int, point: tuple[int, int]
) -> None:
    """Article 19, paragraph 2: a line between the two shares of the income that the norm rent is."""
    low, high = Fraction(lowest, 100 * point[0]), Fraction(reference, 100 * point[1])
    slope = (high - low) / (point[1] - point[0])

    assert abs(slope - Fraction(a)) < Fraction(1, 10**12)
    assert abs(low - slope * point[0] - Fraction(b)) < Fraction(1, 10**11)


@pytest.mark.parametrize("on", LATER, ids=str)
def test_the_limits_of_later_years_over_a_population_equal_the_interpreter(on: date) -> None:
    columns = tenants(on.year)
    columns["medebewoner_is_21_of_ouder"] = columns["medebewoner_is_23_of_ouder"]
    columns["basishuur"] = [(20000, 30000, None)[index % 3] for index in range(ROWS)]
    outputs = ["rekenhuur", "huurgrens", "meetellende_rekenhuur", "heeft_te_veel_vermogen"]
    outputs += ["huurtoeslag_per_maand", "toegekende_huurtoeslag"] if on.year < 2026 else []
    exact = evaluate_many(book(), LAW, outputs, on=on, columns=columns, engine="python")
    fast = evaluate_many(book(), LAW, outputs, on=on, columns=columns)

    assert (fast.engine, fast.fallback) == ("duckdb", "")
    assert dict(fast.reasons) == dict(exact.reasons)
    assert dict(fast.columns) == dict(exact.columns)


@pytest.mark.parametrize(("gemeente_code", "on"), [("GM0302", date(2023, 9, 1)), ("GM1509", date(2022, 4, 15))])
def test_the_energy_allowance_over_a_population_equals_the_interpreter(gemeente_code: str, on: date) -> None:
    chance = random.Random(on.year)
    limits = (146357, 158554, 209081, 226505, 162537, 176082, 51130, 124454, 177792, 138289, 187249)
    columns: dict[str, list[Value]] = {
        "woont_in_gemeente": [chance.random() < 0.9 for _ in range(ROWS)],
        "geboortedatum": [f"{chance.randrange(1940, 2004)}-04-15" for _ in range(ROWS)],
        "leefvorm": [chance.choice(("ALLEENSTAAND", "ALLEENSTAANDE_OUDER", "PAAR")) for _ in range(ROWS)],
        "iemand_heeft_pensioenleeftijd": [chance.random() < 0.3 for _ in range(ROWS)],
        "verblijft_in_inrichting": [chance.random() < 0.1 for _ in range(ROWS)],
        "netto_maandinkomen": [chance.choice(limits) + chance.choice((-1, 0, 1)) for _ in range(ROWS)],
        "energietoeslag_2022_ontvangen": [chance.random() < 0.8 for _ in range(ROWS)],
    }
    scope = {"gemeente_code": gemeente_code}
    outputs = ("hoogte_energietoeslag", "heeft_recht_op_energietoeslag")
    exact = evaluate_many(book(), "participatiewet", outputs, on=on, columns=columns, parameters=scope, engine="python")
    fast = evaluate_many(book(), "participatiewet", outputs, on=on, columns=columns, parameters=scope)

    assert (fast.engine, fast.fallback) == ("duckdb", "")
    assert dict(fast.reasons) == dict(exact.reasons)
    assert dict(fast.columns) == dict(exact.columns)
    assert {0, 80000} <= set(exact.columns["hoogte_energietoeslag"])


@pytest.mark.parametrize("number", EXAMPLES)
def test_each_worked_example_of_these_laws_is_a_scenario_by_its_number(number: str) -> None:
    files = [path.read_text("utf8") for path in LIBRARY.glob("laws/**/*.feature")]

    assert any(re.search(rf"^ *(\| *|Scenario(?: Outline)?: ){number} ", text, re.MULTILINE) for text in files)


@pytest.mark.parametrize("gemeente_code", ["GM9999", "GM9998", "GM0000"])
def test_the_remission_over_a_population_equals_the_interpreter(gemeente_code: str) -> None:
    chance = random.Random(gemeente_code)
    norms = (134545, 121091, 192207, 150107, 205348, 145000, 199000)

    def yes(share: float) -> list[Value]:
        return [chance.random() < share for _ in range(ROWS)]

    def some(*amounts: int) -> list[Value]:
        return [chance.choice(amounts) + chance.randrange(0, 3) for _ in range(ROWS)]

    columns: dict[str, list[Value]] = {
        "leefvorm": [chance.choice(("ALLEENSTAAND", "ALLEENSTAANDE_OUDER", "PAAR")) for _ in range(ROWS)],
        "heeft_pensioenleeftijd": yes(0.3),
        "partner_heeft_pensioenleeftijd": yes(0.3),
        "verhoging_bij_pensioen": [1049] * ROWS,
        "openstaand_bedrag": some(20000, 40000, 90000),
        "weigeringsgrond_vastgesteld": yes(0.1),
        "bedrag_later_te_betalen": some(0, 0, 10000),
        "overige_bezittingen": some(0, 0, 20000),
        "financiele_middelen": some(0, 100000, 200000, 260000),
        "hoger_bevoorrechte_schulden": some(0, 10000),
        "woonlasten_per_maand": some(40000, 60000),
        "zorgpremie_per_maand": some(15000),
        "inkomsten_per_maand": some(*norms),
        "inkomsten_partner_per_maand": some(0, 5000),
        "netto_woonlasten_die_meetellen": some(0, 3000),
        "netto_zorgpremie_die_meetelt": some(0, 1000),
        "andere_uitgaven_die_meetellen": some(0),
    }
    law, outputs = "uitvoeringsregeling_invorderingswet_1990", ("kwijtschelding", "kosten_van_bestaan", "vermogen")
    on, scope = date(2025, 3, 1), {"gemeente_code": gemeente_code}
    exact = evaluate_many(book(), law, outputs, on=on, columns=columns, parameters=scope, engine="python")
    fast = evaluate_many(book(), law, outputs, on=on, columns=columns, parameters=scope)

    assert (fast.engine, fast.fallback) == ("duckdb", "")
    assert dict(fast.reasons) == dict(exact.reasons)
    assert dict(fast.columns) == dict(exact.columns)
    assert len(set(exact.columns["kwijtschelding"])) > 50
