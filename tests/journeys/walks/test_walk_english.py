"""Who chose English reads a message in English first, the Dutch text that counts one link away, and back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.walks.applying import apply
from tests.journeys.walks.serving import ServedTown
from tests.journeys.walks.walker import Walker

pytestmark = pytest.mark.browser
SAMIR_BSN = "980000701"
COUNTS = "This is a translation. The Dutch text is the one that counts."


def test_gerrit_kiest_engels_en_leest_zijn_ontvangst_in_twee_talen(
    somebody: Callable[..., Walker], town: ServedTown
) -> None:
    gerrit = somebody("gerrit")
    gerrit.open("/weergave/")
    gerrit.choose("Nederlands, met het Engels erbij")
    gerrit.press("Bewaar mijn keuze")
    number = apply(gerrit, living="Alleen", wealth="1.150,50")
    town.settle()

    gerrit.open("/berichten/")
    gerrit.follow("We have your answer", within="main")
    assert gerrit.heading == "We have your application"
    gerrit.says(COUNTS, "You need not do anything now.", "Monday 23 June 2025", number)
    assert gerrit.page.locator("main [lang=en]").count() >= 1
    gerrit.follow("Lees de Nederlandse tekst")
    gerrit.says("Wij hebben uw aanvraag", "U hoeft nu niets te doen.", "23 juni 2025", number)
    gerrit.follow("Read the English text")
    gerrit.says(COUNTS)


def test_fatma_legt_aan_het_loket_vast_dat_samir_engels_wil_en_samir_ziet_dat(somebody: Callable[..., Walker]) -> None:
    fatma = somebody("fatma")
    fatma.open("/balie/loket/")
    fatma.fill("Burgerservicenummer", SAMIR_BSN)
    fatma.choose("Paspoort")
    fatma.press("Open het overzicht")
    fatma.follow("Verander de taal")
    assert fatma.heading == "Taal van berichten en brieven"
    fatma.says("Laat de inwoner kiezen. Dit geldt voor nieuwe berichten. De Nederlandse tekst telt altijd.")
    fatma.choose("Nederlands")
    fatma.press("Leg de keuze vast")
    fatma.says("Vastgelegd: Nederlands.")
    fatma.choose("Nederlands, met het Engels erbij")
    fatma.press("Leg de keuze vast")
    fatma.says("Vastgelegd: Nederlands, met het Engels erbij.")
    assert SAMIR_BSN not in fatma.page.url

    samir = somebody("samir")
    samir.open("/weergave/")
    assert samir.page.get_by_label("Nederlands, met het Engels erbij", exact=True).is_checked()
    samir.open("/gebruik/")
    samir.says("legde voor u vast in welke taal u berichten wilt")
