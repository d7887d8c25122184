"""Every individuele inkomenstoeslag of the municipal data is in the library, with the amounts it prints."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from tests.law_content.builders import CLIENT, LIBRARY, book, content, facts, supplement
from tests.shared_data import shared
from waardig.kernel.errors import Refusal
from waardig.law.queries import evaluate
from waardig.law.terms import LawNotInForce, MissingImplementation, UnknownOutput, Value

KEMPEN = ("GM1724", "GM1728", "GM0770", "GM1667")
CODES = {"Midden-Drenthe": ("GM1731",), "Kerkrade": ("GM0928",), "Nunspeet": ("GM0302",), "Kempengemeenten": KEMPEN}
WITHOUT_A_MUNICIPALITY = "IASZ (intergemeentelijk, gemeenten niet op de pagina)"
FORMS = {"alleenstaand": "ALLEENSTAAND", "alleenstaande_ouder": "ALLEENSTAANDE_OUDER", "paar": "PAAR"}
PERIOD = "unknown:referteperiode_van_de_verordening"
ON = date(2022, 3, 1)
UNPUBLISHED = [("GM0302", "2022-03-01"), *((code, "2019-03-01") for code in KEMPEN)]


def regimes() -> list[dict[str, Any]]:
    """The individuele inkomenstoeslag of each municipality and year in the data."""
    found = json.loads(shared("data/municipal/municipal_rules.json").read_text("utf8"))
    return [one for one in found if one["regeling"].startswith("individuele inkomenstoeslag")]


def household(form: str) -> dict[str, Value]:
    """What a household of this kind is."""
    return {"leefvorm": form, "geboortedatum_partner": "1981-01-01" if form == "PAAR" else None}


def test_every_regime_of_the_data_gives_its_printed_amounts() -> None:
    seen = 0
    for regime in regimes():
        for code in CODES.get(regime["gemeente"], ()):
            for kind, amount in regime["bedrag"].items():
                on = f"{regime['jaar']}-03-01"
                found = supplement(on, code, "bedrag_volgens_verordening", **household(FORMS[kind])).outputs
                assert found["bedrag_volgens_verordening"].value == round(amount * 100), (code, on, kind)
                seen += 1
    assert seen == 3 * (2 + 1 + 1 + 4)


def test_the_one_regime_that_is_left_out_names_no_municipality() -> None:
    assert {one["gemeente"] for one in regimes()} == {*CODES, WITHOUT_A_MUNICIPALITY}


def test_every_regulation_of_a_municipality_is_for_one_municipality() -> None:
    """Without a code a regulation would hold for everybody."""
    found = (LIBRARY / "laws/nl/gemeentelijke_verordening").glob("individuele_inkomenstoeslag_*/????-??-??.yaml")
    local = [content(path) for path in found]

    assert len(local) == 8
    assert {law["gemeente_code"] for law in local} == {code for codes in CODES.values() for code in codes}


@pytest.mark.parametrize(("code", "on"), UNPUBLISHED)
@pytest.mark.parametrize("income", [0, 90000, 1000000])
def test_without_the_reference_period_there_is_no_outcome_at_any_income(code: str, on: str, income: int) -> None:
    outcome = supplement(on, code, hoogste_maandinkomen=income).outputs["hoogte_individuele_inkomenstoeslag"]

    assert (outcome.value, outcome.reason) == (None, PERIOD)


@pytest.mark.parametrize(("code", "on"), UNPUBLISHED)
def test_with_the_reference_period_an_income_above_the_limit_gives_nothing(code: str, on: str) -> None:
    found = supplement(on, code, hoogste_maandinkomen=1000000, referteperiode_van_de_verordening=36).outputs

    assert found["hoogte_individuele_inkomenstoeslag"].value == 0


@pytest.mark.parametrize(
    ("on", "code", "born", "born_partner", "limit"),
    [
        ("2022-03-01", "GM0302", "1980-05-05", None, 124454),
        ("2022-03-01", "GM0302", "1980-05-05", "1981-01-01", 177792),
        ("2022-03-01", "GM0302", "1950-01-01", None, 138289),
        ("2022-03-01", "GM0302", "1980-05-05", "1950-01-01", 187249),
        ("2019-03-01", "GM0770", "1980-05-05", None, 102298),
        ("2019-03-01", "GM0770", "1980-05-05", "1981-01-01", 146141),
    ],
)
def test_the_computed_limit_is_the_printed_table(
    on: str, code: str, born: str, born_partner: str | None, limit: int
) -> None:
    form = "PAAR" if born_partner else "ALLEENSTAAND"
    changed: dict[str, Value] = {"leefvorm": form, "geboortedatum": born, "geboortedatum_partner": born_partner}

    assert supplement(on, code, "inkomensgrens", **changed).outputs["inkomensgrens"].value == limit


@pytest.mark.parametrize(
    ("code", "on", "refusal"),
    [
        ("GM0302", "2021-12-31", LawNotInForce),
        ("GM0302", "2022-07-01", UnknownOutput),
        ("GM0770", "2019-07-01", LawNotInForce),
        ("GM0770", "2022-03-01", MissingImplementation),
    ],
)
def test_outside_the_half_year_of_its_norms_nothing_is_computed(code: str, on: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        supplement(on, code, "inkomensgrens")


def test_oirschot_has_no_regulation_because_it_was_not_confirmed() -> None:
    with pytest.raises(MissingImplementation):
        supplement("2019-03-01", "GM0823", "inkomensgrens")


def test_the_low_income_itself_is_computed() -> None:
    law, output = "individuele_inkomenstoeslag_nunspeet", "is_inkomen_hoogstens_de_grens"

    def low(income: int) -> Value:
        known = facts({**CLIENT, "hoogste_maandinkomen": income})
        parameters = {"gemeente_code": "GM0302"}
        return evaluate(book(), law, [output], on=ON, parameters=parameters, facts=known).outputs[output].value

    assert (low(124454), low(124455)) == (True, False)
