"""Laws that ask about each member of a household: by hand the same, given as counts the same, in SQL the same."""

from __future__ import annotations

import random
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tests.law_content.builders import book
from tests.law_content.test_population import assert_equal, some_day
from waardig.law.queries import evaluate_many, inputs_of

ROWS = 200
CHILD = ("soort_opvang", "prijs_per_uur", "uren_opvang_per_maand", "volgt_basisonderwijs")
Member = dict[str, Any]


def in_care(chance: random.Random) -> list[Member]:
    """Children in child care, some with the same hours and costs; the inspector chose the first of those."""
    children: list[Member] = [
        {
            "soort_opvang": chance.choice(("DAGOPVANG", "BUITENSCHOOLS", "GASTOUDER")),
            "prijs_per_uur": chance.choice((500, 684)),
            "uren_opvang_per_maand": chance.choice((40, 230)),
            "volgt_basisonderwijs": chance.random() < 0.5,
            "is_eerste_kind": False,
        }
        for _ in range(chance.choice((0, 1, 2, 2, 3, 5)))
    ]
    if children:
        most = max((one["uren_opvang_per_maand"], one["prijs_per_uur"]) for one in children)
        tied = [one for one in children if (one["uren_opvang_per_maand"], one["prijs_per_uur"]) == most]
        chance.choice(tied)["is_eerste_kind"] = True
    return children


def test_the_child_care_allowance_of_all_children_is_the_sum_of_each_and_rounded_once() -> None:
    chance, on = random.Random(20251129), date(2015, 6, 1)
    families = [in_care(chance) for _ in range(ROWS)]
    incomes = [chance.choice((1791800, 1791900, 8827000, 17488500)) for _ in families]
    whole = {"kinderen": families, "gezamenlijk_toetsingsinkomen": incomes, "gewerkte_uren_per_jaar": [1000] * ROWS}

    awarded = assert_equal("besluit_kinderopvangtoeslag", ["toegekende_kinderopvangtoeslag"], on, {}, whole)

    each = [(row, child) for row, children in enumerate(families) for child in children]
    columns = {name: [child[name] for _, child in each] for name in (*CHILD, "is_eerste_kind")}
    columns["gezamenlijk_toetsingsinkomen"] = [incomes[row] for row, _ in each]
    columns["gewerkte_uren_per_jaar"] = [1000] * len(each)
    name = "kinderopvangtoeslag_voor_dit_kind"
    alone = evaluate_many(book(), "besluit_kinderopvangtoeslag", [name], on=on, columns=columns, engine="python")
    sums = [Fraction(0)] * ROWS
    for (row, _), amount in zip(each, alone.columns[name], strict=True):
        sums[row] += Fraction(str(amount))
    assert awarded == [(int(total) + 50) // 100 * 100 if total >= 2350 else 0 for total in sums]
    assert len(set(awarded)) > 50


def at_home(chance: random.Random, on: date) -> list[Member]:
    """Who lives in a house: children around the age of 23, and old people."""
    return [
        {
            "toetsingsinkomen": chance.choice((0, 597000, 597001, 604200, 604201, 2000000)),
            "geboortedatum": some_day(chance, date(on.year - 24, 6, 1), date(on.year - 21, 6, 1))
            if chance.random() < 0.6
            else some_day(chance, date(1940, 1, 1), date(1965, 1, 1)),
            "is_kind": chance.random() < 0.7,
        }
        for _ in range(chance.choice((0, 1, 1, 2, 4)))
    ]


EXEMPT = ((date(2013, 6, 1), 600000), (date(2024, 6, 1), 597000), (date(2025, 6, 1), 604200))
"""What of the income of a child does not count; of 2013 it is a fact, as the amount of that year is not at hand."""


@pytest.mark.parametrize(("on", "exempt"), EXEMPT)
def test_members_of_a_household_give_the_same_as_the_figures_that_follow_from_them(on: date, exempt: int) -> None:
    chance, law = random.Random(on.year), "wet_op_de_huurtoeslag"
    houses = [at_home(chance, on) for _ in range(ROWS)]
    partner = [chance.random() < 0.3 for _ in houses]
    people = {
        "geboortedatum": [some_day(chance, date(on.year - 74, 1, 1), date(on.year - 20, 1, 1)) for _ in houses],
        "toetsingsinkomen": [chance.choice((1500000, 2500000)) for _ in houses],
        "heeft_toeslagpartner": partner,
        "toetsingsinkomen_partner": [1000000 if one else None for one in partner],
        "geboortedatum_partner": ["1990-01-01" if one else None for one in partner],
    }
    if on.year == 2013:
        people["vrijstelling_inkomen_kind"] = [exempt] * ROWS
    start = f"{on.year - 23}-01-01"  # born after it: not 23 yet on the first of January
    counted = [
        sum(
            max(0, one["toetsingsinkomen"] - exempt)
            if one["is_kind"] and one["geboortedatum"] > start
            else one["toetsingsinkomen"]
            for one in house
        )
        for house in houses
    ]
    figures = {
        "aantal_personen": [1 + one + len(house) for one, house in zip(partner, houses, strict=True)],
        "toetsingsinkomen_medebewoners": counted,
    }
    outputs = ["rekeninkomen", "inkomen_van_anderen"]

    from_members = assert_equal(law, outputs, on, {}, {**people, "medebewoners": houses})
    from_figures = assert_equal(law, outputs, on, {}, {**people, **figures})
    kinds = assert_equal(law, ["soort_huishouden", "huurgrens"], on, {}, {**people, "medebewoners": houses, **RENT})

    assert from_members == from_figures
    assert set(kinds) == {"EENPERSOONS", "EENPERSOONSOUDEREN", "MEERPERSOONS", "MEERPERSOONSOUDEREN"}


RENT: dict[str, list[Any]] = {
    "heeft_handicap": [False] * ROWS,
    "woont_met_kind": [False] * ROWS,
}


def test_people_are_asked_about_members_once_and_not_what_a_law_says_of_them() -> None:
    for year in (2013, 2025):
        needs = inputs_of(book(), "wet_op_de_huurtoeslag", ["rekeninkomen", "soort_huishouden"], on=date(year, 6, 1))

        (listed,) = [need for need in needs if need.members]
        assert [field.name for field in listed.members] == ["toetsingsinkomen", "geboortedatum", "is_kind"]
        assert not {"aantal_personen", "toetsingsinkomen_medebewoners"} & {need.name for need in needs}
