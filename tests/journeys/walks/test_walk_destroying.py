"""Destroying what is due: one official makes the list, another one approves it, the resident reads that it is gone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.journeys.walks.applying import open_message
from tests.journeys.walks.serving import ServedTown
from tests.journeys.walks.walker import Walker

pytestmark = pytest.mark.browser
Somebody = Callable[..., Walker]
DUE = date(2025, 7, 1)
CASES = "SELECT count(*) FROM cases_case"
SAID_NO = "SELECT number FROM cases_case WHERE state = 'declined'"


def test_wat_over_zijn_termijn_is_gaat_weg_als_twee_mensen_keken(somebody: Somebody, town: ServedTown) -> None:
    gerrit = somebody("gerrit")
    open_message(gerrit)
    gerrit.press("Nee, nu niet")
    gerrit.press("Nee, nu niet")
    marit, daan = somebody("marit"), somebody("daan")
    marit.says("Van geen enkele zaak is de termijn om te bewaren voorbij.", "Er is nog geen lijst.")
    marit.press("Maak een lijst", status=400)
    marit.says("Dit lukte niet. Er is nu niets dat mag worden vernietigd.")

    town.stand_on(DUE)
    before = town.all(CASES)
    ((case,),) = town.all(SAID_NO)
    marit.fill("Welke zaak?", case)
    marit.fill("Waarom?", "De rechter vroeg het dossier op.")
    marit.fill("Wanneer kijkt u opnieuw of dit nodig is?", "1-10-2025")
    marit.press("Bewaar deze zaak langer")
    marit.says("1 oktober 2025")
    marit.press("Maak een lijst", status=400)
    marit.fill("Welke zaak mag weer weg?", case)
    marit.fill("Waarom is het niet meer nodig?", "De uitspraak is er, niemand ging in beroep.")
    marit.press("Bewaar deze zaak niet langer")
    marit.says("Geen enkele zaak wordt langer bewaard.")
    marit.press("Maak een lijst")
    number = marit.heading.removeprefix("Vernietigingslijst ")
    marit.says(
        "U maakte deze lijst. Een collega moet hem nakijken en goedkeuren.", "nee gezegd", "10 juni 2025 (8.4.1)"
    )
    assert marit.page.get_by_role("button", name="Keur deze lijst goed").count() == 0

    daan.open("/balie/vernietigen/")
    daan.follow(number)
    daan.fill("Neem het aantal regels over", "7")
    daan.press("Keur deze lijst goed", status=400)
    daan.says("Dit lukte niet.")
    assert town.all(CASES) == before
    daan.fill("Neem het aantal regels over", "1")
    daan.press("Keur deze lijst goed")
    town.settle()

    daan.open(daan.path)
    daan.says("Goedgekeurd door Daan Smits op 1 juli 2025.", "1 regel is vernietigd.")
    assert town.all(CASES) == [(before[0][0] - 1,)]
    with daan.page.expect_download() as told:
        daan.page.get_by_role("button", name="Haal de verklaring op").click()
    assert told.value.suggested_filename == f"{number}.zip"
    gerrit.open("/gebruik/")
    gerrit.says(f"De zaak is op dinsdag 1 juli 2025 vernietigd, met lijst {number}.")


def test_wie_over_aanvragen_beslist_vernietigt_niets(somebody: Somebody) -> None:
    willem = somebody("willem")
    willem.open("/balie/vernietigen/", status=403)
