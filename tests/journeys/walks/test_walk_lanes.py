"""The scheme of the municipality checked without signing in; and whom a round left to a person, at the desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.walks.test_walk_checking import answer
from tests.journeys.walks.walker import Walker

pytestmark = pytest.mark.browser
Somebody = Callable[..., Walker]


def test_wie_niet_inlogt_gaat_na_of_zij_de_meedoenbijdrage_kan_krijgen(somebody: Somebody) -> None:
    nobody = somebody()
    nobody.open("/nagaan/")
    nobody.follow("Meedoenbijdrage")
    nobody.press("Begin")
    said = {
        "Wanneer bent u geboren?": {"text": "8 november 1984"},
        "Woont u in deze gemeente?": {"choose": "Ja"},
        "Met wie woont u?": {"choose": "Ik woon met mijn kind of kinderen"},
        "Hoeveel kinderen onder de 18 hebt u?": {"text": "2"},
        "Hoe hoog was uw inkomen in de vorige maand?": {"text": "1.300"},
        "Wanneer kreeg u deze bijdrage voor het laatst?": {"text": "14 maart 2024"},
        "Bent u Nederlander, of mag u hier wonen?": {"choose": "Ja"},
    }
    while nobody.heading in said:
        answer(nobody, **said[nobody.heading])

    assert nobody.heading == "U hebt waarschijnlijk recht op meedoenbijdrage"
    nobody.says("€ 550", "Vóór donderdag 1 januari 2026", "Daarna telt een aanvraag voor het volgende jaar.")


def test_een_medewerker_kijkt_waar_de_computer_niet_mocht_oordelen_en_sluit_af_met_een_collega(
    somebody: Somebody,
) -> None:
    petra, willem = somebody("petra"), somebody("willem")
    petra.open("/balie/werk/")
    petra.follow("Hier mocht de computer niet oordelen")
    petra.says("wacht op een mens.", "Een naam ziet u pas als u iemand opent.")
    line = petra.page.locator("main table a").first
    address = str(line.get_attribute("href"))
    petra.open(address)
    petra.says("Waarom stopte de computer?", "Dit is bekend")

    petra.press("Stel voor om af te sluiten", status=400)
    petra.page.locator(".w-option", has_text="De inwoner is al geholpen").first.click()
    petra.press("Stel voor om af te sluiten")
    petra.says("Een andere medewerker moet dit bevestigen.")
    willem.open(address)
    willem.says("Voorgesteld door Petra van Dam.")
    willem.press("Sluit af")

    willem.says("Afgesloten: er is niets te doen. De inwoner is al geholpen.", "Petra van Dam en Willem de Graaf")
    assert willem.path == address
