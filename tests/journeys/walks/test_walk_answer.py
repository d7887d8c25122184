"""Somebody disagrees with the answer to a report: objects from it, and another official puts the value right."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.journeys.walks.applying import open_message
from tests.journeys.walks.serving import ServedTown
from tests.journeys.walks.walker import Manner, Walker

pytestmark = pytest.mark.browser
ANSWER = "Wij keken het na bij uw bank. Op 28 april stond er meer op uw rekening."
BECAUSE = "Op die dag stond er geld op dat van mijn zus is."
RIGHT = "De bon en het afschrift van uw zus kloppen. Het geld is van haar en telt niet mee."


def answered(gerrit: Walker, willem: Walker) -> None:
    """Gerrit says that his savings are wrong; Willem answers that they stand."""
    gerrit.open("/gegevens/")
    gerrit.follow(re.compile("Klopt dit niet.*Spaargeld"))
    gerrit.fill("Wat moet het zijn?", "900 euro")
    gerrit.press("Verder")
    gerrit.press("Verstuur mijn melding")
    willem.open("/balie/meldingen/")
    willem.page.locator("main a[href*='/meldingen/']").first.click()
    willem.page.wait_for_url("**/meldingen/*/")
    willem.arrived()
    willem.choose("De waarde klopt en blijft staan.")
    willem.fill("Uw antwoord aan de inwoner", ANSWER)
    willem.press("Verstuur het antwoord")


def test_gerrit_maakt_bezwaar_tegen_het_antwoord_en_krijgt_gelijk(
    somebody: Callable[..., Walker], town: ServedTown, manner: Manner
) -> None:
    gerrit, willem, petra = somebody("gerrit"), somebody("willem"), somebody("petra")
    answered(gerrit, willem)
    town.settle()

    open_message(gerrit, "Ons antwoord op uw melding")
    gerrit.says("Wij laten dit gegeven zoals het is", ANSWER, "10 juni 2025")
    gerrit.follow("Maak bezwaar")
    gerrit.says("Gegeven niet veranderd", "Bezwaar kost niets.")
    gerrit.fill("Waarom bent u het niet eens met het besluit?", BECAUSE)
    gerrit.choose("Nee, ik schrijf alles op")
    gerrit.press("Verstuur het bezwaar")
    gerrit.says(BECAUSE, "Het moet zijn: 900 euro", ANSWER, "Wij beslissen uiterlijk")
    file = gerrit.path

    petra.open("/balie/bezwaren/")
    petra.says("Antwoord op een melding")
    petra.page.locator("main table a").first.click()
    petra.page.wait_for_url("**/bezwaren/*/")
    petra.arrived()
    petra.press("Ik behandel dit bezwaar")
    petra.says("De melding ging over", "€ 1.240", BECAUSE, ANSWER)
    petra.choose("Gegrond: er komt een nieuw besluit")
    petra.choose("Niet gehoord: de inwoner wilde het niet (7:3 c)")
    petra.fill("Waarom? Schrijf het aan de inwoner", RIGHT)
    petra.press("Leg mijn besluit vast", status=400)
    petra.says("Kies wat er met het gegeven gebeurt.")
    petra.choose("Dit wordt de waarde")
    petra.page.locator("main input[name=corrected]").fill("900")
    petra.press("Leg mijn besluit vast")
    petra.says("Besluit: bezwaar gegrond", RIGHT)
    town.settle()

    open_message(gerrit, re.compile("besluit op uw bezwaar"))
    gerrit.says("U hebt gelijk: wij veranderen ons besluit", "Wij herstelden het", RIGHT, "rechtbank")
    gerrit.open(file)
    gerrit.says("Besluit: bezwaar gegrond", "Besluit: gegeven niet veranderd")
    gerrit.open("/gegevens/")
    gerrit.says("€ 900")
