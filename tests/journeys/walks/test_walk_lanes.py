"""The scheme of the municipality checked without signing in; and whom a round left to a person, at the desk.

And the short form: what no register knows is told, and a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.journeys.walks.applying import DECISION, NUMBER, open_message
from tests.journeys.walks.serving import ServedTown
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


def test_yonas_vertelt_alleen_wat_wij_niet_weten_en_een_mens_beslist(somebody: Somebody, town: ServedTown) -> None:
    yonas = somebody("yonas")
    open_message(yonas, "Perhaps there is money for you")
    yonas.says("Perhaps you can get a supplement", "This is what we do not know", "We do not know yet")
    yonas.follow("Lees de Nederlandse tekst")
    yonas.says("Misschien kunt u een toeslag krijgen", "Dit weten wij niet", "Dat weten wij nog niet")
    yonas.follow("Read the English text")
    yonas.press("Yes, I apply for this")
    assert yonas.heading == "Wat was uw hoogste inkomen in 1 maand, in de laatste 3 jaar?"
    yonas.says("Vraag 1 van 1")
    yonas.fill("Bedrag, in euro", "veel")
    yonas.press("Verder", status=400)
    yonas.fill("Bedrag, in euro", "1.100")
    yonas.press("Verder")
    yonas.says("€ 1.100", "Alleen")
    yonas.press("Vraag de toeslag aan")
    yonas.says_not("€ 0")
    found = NUMBER.search(yonas.text)
    assert found

    town.settle()
    willem = somebody("willem")
    willem.open("/balie/beslissen/")
    willem.follow(re.compile(found[1]))
    willem.says("€ 1.100")
    for norm in willem.page.locator("input[type=radio][name^=norm_][value=yes]").all():
        norm.check()
    for field in willem.page.locator("textarea[name^=norm_]").all():
        field.fill("De inwoner verwacht geen hoger inkomen.")
    willem.choose("Toekennen")
    willem.press("Leg mijn besluit vast", status=400)
    willem.page.locator("input[name=amount]").fill("521,97")
    willem.page.locator("textarea[name=reason]").fill("U vertelde wat wij niet wisten. Daarmee klopt alles.")
    willem.press("Leg mijn besluit vast")
    town.settle()
    open_message(yonas, DECISION)
    yonas.says("€ 521,97", "Willem de Graaf", "U vertelde wat wij niet wisten.")
