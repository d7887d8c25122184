"""The same laws over a population: DuckDB computes what the exact interpreter computes, row by row."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from tests.law_content.builders import book
from waardig.law.queries import evaluate_many
from waardig.law.terms import Value

ROWS = 300
LIMITS = (
    134545,
    140600,
    140601,
    150643,
    150644,
    200857,
    200858,
    121964,
    121965,
    128062,
    153382,
    153383,
    219116,
    219117,
)
WEALTH = (0, 757500, 757501, 777000, 777001, 1515000, 1554000, 1554001)


def some_day(chance: random.Random, first: date, last: date) -> str:
    """A random ISO date."""
    return (first + timedelta(days=chance.randrange((last - first).days))).isoformat()


def clients(seed: int) -> dict[str, list[Value]]:
    """Clients around every limit; some facts absent."""
    chance = random.Random(seed)
    rows: list[dict[str, Value]] = []
    for _ in range(ROWS):
        leefvorm = chance.choice(("ALLEENSTAAND", "ALLEENSTAANDE_OUDER", "PAAR"))
        partner = some_day(chance, date(1955, 1, 1), date(2006, 1, 1)) if leefvorm == "PAAR" else None
        granted = chance.choice((None, some_day(chance, date(2023, 1, 1), date(2025, 6, 1))))
        children = chance.randrange(4)
        rows.append(
            {
                "leefvorm": leefvorm,
                "geboortedatum": some_day(chance, date(1956, 1, 1), date(2006, 1, 1)),
                "geboortedatum_partner": partner,
                "hoogste_maandinkomen": chance.choice(LIMITS),
                "gemiddeld_maandinkomen": chance.choice(LIMITS),
                "vermogen": chance.choice(WEALTH),
                "datum_laatste_toekenning": granted,
                "maanden_bijstand": chance.choice((23, 24, 35, 36)),
                "woont_in_gemeente": chance.random() < 0.9,
                "rechtmatig_verblijf": chance.random() < 0.9,
                "uitgesloten": chance.random() < 0.1,
                "heeft_ten_laste_komende_kinderen": children > 0,
                "aantal_kinderen": children,
                "leeftijd_jongste_kind": chance.randrange(18) if children else None,
            }
        )
    return {name: [row[name] for row in rows] for name in rows[0]}


def taxpayers(seed: int) -> dict[str, list[Value]]:
    """Insured people around the income limits, with and without a partner."""
    chance = random.Random(seed)
    rows: list[dict[str, Value]] = []
    for _ in range(ROWS):
        partner = chance.random() < 0.5
        limit = chance.choice((2840600, 3971900, 5020600))
        rows.append(
            {
                "geboortedatum": some_day(chance, date(1950, 1, 1), date(2009, 1, 1)),
                "is_verzekerd": chance.random() < 0.9,
                "heeft_toeslagpartner": partner,
                "toetsingsinkomen": limit + chance.randrange(-300, 300),
                "toetsingsinkomen_partner": chance.randrange(0, 300) if partner else None,
                "vermogen": chance.choice((0, 14189600, 14189601)),
                "vermogen_partner": chance.choice((0, 3753300)) if partner else None,
                "partner_is_verzekerd": chance.random() < 0.8 if partner else None,
                "partner_is_verzekeringsplichtig": chance.random() < 0.5 if partner else None,
            }
        )
    return {name: [row[name] for row in rows] for name in rows[0]}


def assert_equal(
    law: str, outputs: Sequence[str], on: date, parameters: dict[str, str], columns: object
) -> list[Value]:
    """Both engines agree on values and reasons; returns the first output."""
    assert isinstance(columns, dict)
    exact = evaluate_many(book(), law, outputs, on=on, columns=columns, parameters=parameters, engine="python")
    fast = evaluate_many(book(), law, outputs, on=on, columns=columns, parameters=parameters)

    assert (fast.engine, fast.fallback) == ("duckdb", "")
    assert dict(fast.reasons) == dict(exact.reasons)
    assert dict(fast.columns) == dict(exact.columns)
    return list(fast.columns[outputs[0]])


@pytest.mark.parametrize(
    ("gemeente_code", "on"),
    [
        ("GM9999", date(2025, 6, 1)),
        ("GM1731", date(2024, 9, 1)),
        ("GM0928", date(2024, 3, 1)),
        ("GM9998", date(2025, 7, 1)),
    ],
)
def test_the_supplement_over_a_population_equals_the_interpreter(gemeente_code: str, on: date) -> None:
    outputs = [
        "hoogte_individuele_inkomenstoeslag",
        "heeft_recht_op_individuele_inkomenstoeslag",
        "aanvragen_mogelijk_vanaf",
        "inkomensgrens",
        "bedrag_volgens_verordening",
    ]

    amounts = assert_equal("participatiewet", outputs, on, {"gemeente_code": gemeente_code}, clients(20250601))

    assert {0, None} < set(amounts), "the population has grants, refusals and cases for a person"


@pytest.mark.parametrize(
    ("gemeente_code", "on", "limits"),
    [
        ("GM0302", date(2022, 3, 1), {None, 124454, 177792}),
        ("GM0770", date(2019, 3, 1), {102298, 146141, 25254, 50507, 98324, 79735, 127552}),
    ],
)
def test_a_supplement_without_published_period_over_a_population_equals_the_interpreter(
    gemeente_code: str, on: date, limits: set[Value]
) -> None:
    outputs = ["inkomensgrens", "hoogte_individuele_inkomenstoeslag", "inkomen_voldoet", "bedrag_volgens_verordening"]
    scope = {"gemeente_code": gemeente_code}

    found = assert_equal("participatiewet", outputs, on, scope, clients(20250603))

    assert set(found) == limits
    amounts = evaluate_many(book(), "participatiewet", outputs[1:2], on=on, columns=clients(20250603), parameters=scope)
    assert set(amounts.columns[outputs[1]]) == {0, None}


@pytest.mark.parametrize("on", [date(2024, 6, 1), date(2025, 6, 1)])
def test_the_care_allowance_over_a_population_equals_the_interpreter(on: date) -> None:
    outputs = ["toegekende_zorgtoeslag", "hoogte_zorgtoeslag", "heeft_recht_op_zorgtoeslag"]

    amounts = assert_equal("wet_op_de_zorgtoeslag", outputs, on, {}, taxpayers(20250602))

    assert len(set(amounts)) > 5
