"""Paying: one official makes a list, another one checks and releases it, the bank answers, and everything adds up."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.journeys.walks.serving import ServedTown
from tests.journeys.walks.walker import Walker

pytestmark = pytest.mark.browser
Somebody = Callable[..., Walker]
TOTAL = re.compile(r"Totaal Aantal: \d+ Samen: € ([\d.,]+)")


def _open_list(walker: Walker, number: str) -> None:
    walker.open("/balie/betalen/")
    walker.follow(number)


def test_de_een_maakt_een_lijst_en_een_ander_geeft_hem_vrij(somebody: Somebody, town: ServedTown) -> None:
    nadia = somebody("nadia")
    nadia.says("De een maakt een lijst. Een ander kijkt hem na en geeft hem vrij.", "Klaar om te betalen Aantal: 10")
    nadia.press("Maak een lijst")
    number = nadia.heading.removeprefix("Betaallijst ")
    nadia.says("Deze lijst wacht op een collega.", "U maakte deze lijst.")
    assert nadia.page.get_by_role("button", name="Geef deze lijst vrij").count() == 0

    joost = somebody("joost")
    _open_list(joost, number)
    found = TOTAL.search(joost.text)
    assert found
    joost.fill("Neem het totaal over, in euro", "1,00")
    joost.press("Geef deze lijst vrij", status=400)
    joost.says("Dit lukte niet.")
    assert town.all("SELECT count(*) FROM payments_list WHERE released_at IS NOT NULL") == [(0,)]

    joost.fill("Neem het totaal over, in euro", found[1])
    joost.press("Geef deze lijst vrij")

    joost.says("Vrijgegeven door Joost Dekker", "Deze lijst verandert niet meer.")
    with joost.page.expect_download() as first:
        joost.page.get_by_role("button", name="Bestand voor de bank").click()
    with joost.page.expect_download() as second:
        joost.page.get_by_role("button", name="Bestand voor de bank").click()
    one, other = (download.value.path().read_bytes() for download in (first, second))
    assert one == other
    assert one.startswith(b"<?xml")
    joost.open("/balie/betalen/aansluiting/")
    joost.says_not("Vos", "Tesfay")


def test_wie_over_aanvragen_beslist_kijkt_mee_en_betaalt_niets(somebody: Somebody) -> None:
    willem = somebody("willem")
    willem.open("/balie/betalen/")

    assert willem.page.get_by_role("button", name="Maak een lijst").count() == 0
    fatma = somebody("fatma")
    fatma.open("/balie/betalen/", status=403)
